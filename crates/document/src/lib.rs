//! Lexical, Mobiledoc and Markdown to HTML, plain text, excerpt and reading time.
//!
//! Pure: knows nothing of databases, HTTP or templates, and never reads the clock.
//!
//! ```
//! let html = "<p>One <b>bold</b> word.</p><ul><li>and a list</li></ul>";
//! assert_eq!(document::plaintext(html), "One bold word.\n\n * and a list");
//! assert_eq!(document::truncate_words(html, 2), "<p>One <b>bold</b></p>");
//! assert_eq!(document::reading_time(html, false), 0);
//! ```

mod body;
mod entity;
mod escape;
mod excerpt;
mod fragment;
pub mod gate;
mod json;
pub mod jsonl;
pub mod lexical;
mod markdown;
mod markup;
pub mod mobiledoc;
mod plaintext;
mod reading_time;
pub mod render;
mod slug;
mod slugify;
pub mod stored;
mod truncate;
mod utf16;
mod written;

pub use body::{Body, body};
pub use entity::decode as decode_references;
pub use excerpt::{EXCERPT_UNITS, excerpt};
pub use plaintext::plaintext;
pub use reading_time::reading_time;
pub use render::{ImageOptions, RenderOptions, Target};
pub use slugify::slugify;
pub use truncate::{truncate_characters, truncate_words};
