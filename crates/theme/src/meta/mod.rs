//! What a page says about itself: titles and descriptions, the lines of `{{ghost_head}}` and `{{ghost_foot}}`, and
//! the classes of its body. Knows no database and no clock.
//!
//! [`Head::gather`] computes the facts of a page once; [`head`] writes them as lines, in Ghost's order. Everything
//! is read by field name from the values that the page's templates see, and everything written is escaped for the
//! place where it stands (text, attribute, JSON in a script, style), but for code injection, which is the
//! publisher's own HTML.

mod addresses;
mod classes;
mod cta_style;
mod facts;
mod fonts;
mod head_lines;
mod html;
mod images;
mod json_ld;
mod profiles;
mod schema;
mod scripts;
mod social;
mod subject;
mod titles;

use handlebars::{Arena, Value};

use crate::context::PageContext;
use crate::source::Source;

pub use addresses::{Turn, paginated_url};
pub use classes::{body_class, post_class};
pub use facts::Head;
pub use head_lines::{foot, head};
pub use images::{Picture, icon_url};
pub use profiles::profile_url;
pub use titles::{Property, description, title};

/// What the facts of a page are computed from.
#[derive(Clone, Copy)]
pub struct HeadContext<'a> {
    /// The page: its data, context names, addresses, status.
    pub page: &'a PageContext<'a>,
    /// Settings, sizes of pictures, fingerprints of files, the key for browsers.
    pub source: &'a dyn Source,
    /// Where new text lives.
    pub arena: &'a Arena,
}

impl<'a> HeadContext<'a> {
    /// Whether the page has this context name.
    pub fn is(&self, name: &str) -> bool {
        self.page.context.contains(&name)
    }

    /// A field of the page's root, if JavaScript would hold it for true.
    pub(crate) fn root(&self, name: &str) -> Option<Value<'a>> {
        truthy(self.page.data.get(name, self.arena))
    }

    /// A setting of the publication.
    pub(crate) fn setting(&self, name: &str) -> Value<'a> {
        self.source.setting(self.arena, name)
    }

    /// A setting that is text, and not empty.
    pub(crate) fn setting_text(&self, name: &str) -> Option<&'a str> {
        filled(self.setting(name))
    }

    /// A field of a thing that is text, and not empty.
    pub(crate) fn text(&self, thing: Value<'a>, name: &str) -> Option<&'a str> {
        filled(thing.get(name, self.arena))
    }

    /// Whether a site preview is being rendered, which shows settings that are not saved yet.
    pub(crate) fn is_site_preview(&self) -> bool {
        self.page.site.get("_preview", self.arena).is_truthy()
    }
}

fn truthy(value: Value<'_>) -> Option<Value<'_>> {
    value.is_truthy().then_some(value)
}

fn filled(value: Value<'_>) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// As JavaScript trims: white space and the byte order mark, but not U+0085.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}')
}
