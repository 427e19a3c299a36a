//! Ghost's filter language (NQL) and order strings: text to a checked tree.
//!
//! Knows no tables and no clock: relative dates resolve against a `now` that is passed in. What a key means is
//! said by the caller, either as data ([`Expansion`]) or through a trait ([`Subject`]).
//!
//! ```
//! let now = "2026-01-31T12:00:00Z".parse().unwrap();
//! let filter = nql::Filter::parse("tag:[news,sport]+published_at:>now-1M", now).unwrap();
//! assert_eq!(filter.tree().to_string(), "(tag:['news','sport']+published_at:>'2025-12-31 12:00:00')");
//! ```

mod combine;
mod evaluate;
mod lexer;
mod order;
mod parser;
mod tree;

pub use combine::Expansion;
pub use evaluate::{Datum, Subject};
pub use order::{Direction, Rule, rules};
pub use parser::{Error, Filter};
pub use tree::{Comparison, Join, Node, Pattern, PatternPlace, Test, Value};
