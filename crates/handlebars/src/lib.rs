//! Handlebars 4.7 templates: parsed once to a program, rendered from borrowed values, bounded.
//!
//! Knows nothing of Ghost, files or networks. Helpers and partials come through [`Host`].

pub mod arena;
pub mod value;

pub use arena::Arena;
pub use value::{Map, Object, Value};
