//! Shared HTTP: identity, error table, conditional answers.
