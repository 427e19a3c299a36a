//! Columns to values.
