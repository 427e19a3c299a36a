//! The nouns as templates see them: objects with the field names of the Content API, borrowed from the rows.
//!
//! Only opened posts come here (see `model::access`), so no template can reach what its reader may not read.

mod author;
mod desk;
mod globals;
mod post;
mod subscription;
mod tag;
mod tier;

pub use author::AuthorValue;
pub use desk::Shown;
pub use globals::{Subscriptions, member, site, theme_settings};
pub use post::{Fields, PostValue};
pub use tag::TagValue;
pub use tier::{NewsletterValue, RecommendationValue, TierValue, pagination};

use handlebars::{Arena, Value};
use jiff::Timestamp;

/// A text or null.
fn text(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Null, Value::Text)
}

/// A text or null; the empty text counts as null.
fn filled(value: Option<&str>) -> Value<'_> {
    text(value.filter(|text| !text.is_empty()))
}

/// An instant as the API prints it for all but posts, or null.
fn instant<'a>(value: Option<Timestamp>, arena: &'a Arena) -> Value<'a> {
    value.map_or(Value::Null, |at| Value::Text(arena.text(&model::dates::to_json(at))))
}

/// A stored address made absolute.
fn address<'a>(stored: Option<&'a str>, facts: &web::Facts, arena: &'a Arena) -> Value<'a> {
    match stored.filter(|text| !text.is_empty()) {
        None => Value::Null,
        Some(stored) => match stored.strip_prefix(model::site_url::PLACEHOLDER) {
            None => Value::Text(stored),
            Some(path) => Value::Text(arena.text(&facts.site.join_stored(path))),
        },
    }
}

/// A text with the publication's own addresses in it made absolute, or null.
fn expanded<'a>(stored: Option<&'a str>, facts: &web::Facts, arena: &'a Arena) -> Value<'a> {
    match stored {
        Some(text) if text.contains(model::site_url::PLACEHOLDER) => {
            Value::Text(arena.text(&facts.site.expand(text.to_owned())))
        }
        stored => text(stored),
    }
}

/// A path of the publication made absolute.
fn absolute<'a>(path: &str, facts: &web::Facts, arena: &'a Arena) -> Value<'a> {
    Value::Text(arena.text(&facts.site.join(path)))
}
