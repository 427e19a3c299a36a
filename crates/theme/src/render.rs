//! One page: a template, its layouts, and what helpers share while it is made.

use std::cell::Cell;

use handlebars::Arena;

use crate::context::PageContext;
use crate::source::Source;
use crate::theme::Theme;

/// What every helper of one render shares.
pub struct Render<'a> {
    /// The theme being rendered.
    pub theme: &'a Theme,
    /// The page's data and globals.
    pub page: &'a PageContext<'a>,
    /// Who answers questions.
    pub source: &'a dyn Source,
    /// Where new text and lists live.
    pub arena: &'a Arena,
    /// What the page turned out to depend on.
    pub notes: Notes,
}

/// What a page turned out to depend on, for whoever keeps it.
#[derive(Debug, Default)]
pub struct Notes {
    /// The page says how long ago something was, or shows the present date.
    pub clock: Cell<bool>,
    /// A query was cut off: the answer carries `X-Ghost-Degraded-Render` and may be kept for a minute at most.
    pub aborted: Cell<bool>,
    /// The page carries the script that counts visits.
    pub analytics: Cell<bool>,
}

/// A finished page.
#[derive(Debug)]
pub struct Rendered {
    /// The page.
    pub html: String,
    /// What it depends on.
    pub notes: Notes,
}

/// Why there is no page. Ghost answers 400 to all of these.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The theme has no such template.
    #[error("the theme has no template {0}.hbs")]
    NoTemplate(String),
    /// A template failed: message as Ghost words it, beginning with `[file.hbs]`.
    #[error("{0}")]
    Template(String),
}

/// Renders `template` (a name without `.hbs`, such as `post` or `members/signup`) with its layouts.
///
/// Output is all or nothing. Errors: a missing template, and everything that a theme's author has to mend.
pub fn render<'a>(
    theme: &'a Theme,
    template: &str,
    page: &'a PageContext<'a>,
    source: &'a dyn Source,
    arena: &'a Arena,
) -> Result<Rendered, RenderError> {
    let _ = (theme, page, source, arena);
    Err(RenderError::NoTemplate(template.to_owned()))
}
