//! Handlebars 4.7 templates: parsed once to a program, rendered from borrowed values, bounded.
//!
//! Knows nothing of Ghost, files or networks. Helpers and partials come through [`Host`].

pub mod arena;
mod compile;
mod error;
mod frames;
mod helpers;
mod host;
mod javascript;
mod lexer;
mod limits;
mod names;
mod parser;
mod partials;
mod program;
mod render;
mod syntax;
mod template;
pub mod value;
mod whitespace;

pub use arena::Arena;
pub use error::{Error, Kind, Place};
pub use host::{Call, Host, Scope};
pub use limits::Limits;
pub use names::{HelperId, Names};
pub use template::{Mention, Mentioned, Options, Template};
pub use value::{Map, Object, Value};
