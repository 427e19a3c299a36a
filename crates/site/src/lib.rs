//! Public pages: routes, page contexts, errors, files, the page cache.
//!
//! Synchronous: a [`visit::Visit`] is made from a request, a snapshot and a state of the publication, and answers.
//! Opens no socket and knows no SQL. Invariant: posts come into pages only opened for the page's reader.

pub mod answer;
pub mod cache;
mod caption;
mod corrections;
mod dev;
pub mod errors;
mod feeds;
mod files;
pub mod gift;
mod html_tree;
mod image_sizes;
mod keeping;
mod llms;
mod markdown;
pub mod onward;
pub mod origin;
mod ownership;
mod pages;
pub mod paths;
mod pictures;
mod preview;
mod private;
pub mod public;
pub mod publication;
pub mod redirects;
pub mod routes;
mod search;
mod sitemaps;
mod source;
mod synthetic;
mod texts;
pub mod unsubscribe;
mod values;
pub mod visit;
mod well_known;
mod words;
mod yaml;

pub use pages::Made;
pub use publication::{AppAddresses, Options, Placing, Publication, State};
