//! Public pages: routes, page contexts, page cache.

pub mod public;
