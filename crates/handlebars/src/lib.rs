//! Handlebars 4.7 templates: parsed once to a program, rendered from borrowed values, bounded.
//!
//! Knows nothing of Ghost, files or networks. Helpers and partials come through [`Host`].

pub mod arena;
mod error;
mod frames;
mod host;
mod limits;
mod names;
mod program;
mod render;
mod template;
pub mod value;

pub use arena::Arena;
pub use error::{Error, Kind, Place};
pub use host::{Call, Host, Scope};
pub use limits::Limits;
pub use names::{HelperId, Names};
pub use template::{Mention, Mentioned, Options, Template};
pub use value::{Map, Object, Value};
