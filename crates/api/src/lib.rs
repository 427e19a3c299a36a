//! The Content API.
