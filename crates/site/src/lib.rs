//! Public pages: routes, page contexts, page cache.
