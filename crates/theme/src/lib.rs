//! Ghost's themes: a folder of templates, and data, in; a page out.
//!
//! [`Theme::load`] reads a theme's folder once. [`render`] makes one page of it from a [`PageContext`]; what the page
//! was not given, helpers ask of a [`Source`]. Knows no HTTP and no database, and never reads the clock.

pub mod addresses;
pub mod check;
pub mod coercion;
pub mod colours;
pub mod context;
pub mod dates;
mod helpers;
pub mod images;
pub mod json;
pub mod links;
pub mod markup;
pub mod messages;
pub mod meta;
pub mod numbers;
pub mod package;
mod partials;
pub mod percent;
pub mod render;
pub mod source;
pub mod theme;

pub use context::{Apps, PageContext, SiteFacts};
pub use render::{Notes, Render, RenderError, Rendered, render};
pub use source::{Direction, Fetched, Kind, MemberCounts, Source, Within};
pub use theme::{Problem, Problems, Theme};
