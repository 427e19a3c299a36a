//! What kind of thing a value is, told by its fields, as Ghost tells it.

use handlebars::{Arena, Value};

fn has<'a>(value: Value<'a>, names: &[&str], arena: &'a Arena) -> bool {
    matches!(value, Value::Object(_))
        && names.iter().all(|name| !matches!(value.get(name, arena), Value::Undefined))
}

/// A post or page.
pub(super) fn is_post<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    has(value, &["slug", "title", "html"], arena)
}

pub(super) fn is_newsletter<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    has(value, &["subscribe_on_signup", "name", "visibility"], arena)
}

pub(super) fn is_tag<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    has(value, &["name", "slug", "description", "feature_image"], arena)
}

pub(super) fn is_author<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    has(value, &["bio", "website", "profile_image", "location"], arena)
}

/// An item of the site's navigation.
pub(super) fn is_navigation<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    has(value, &["label", "current", "url", "slug"], arena)
}
