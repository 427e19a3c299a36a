//! From a filter's tree to SQL.
