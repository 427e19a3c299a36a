//! The only SQL: pool, schema, one file a noun, filters to SQL.
