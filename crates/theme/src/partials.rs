//! The partials that every theme has: navigation, pagination, the note at the end of a gated post, and so on.
//!
//! A theme's own partial of the same name takes their place. Classes and structure are what themes' style sheets and
//! scripts expect.

use std::collections::HashMap;

use handlebars::{Error, Template};

use crate::theme::compile;

const BUILT_IN: &[(&str, &str)] = &[
    ("cancel_link", include_str!("partials/cancel_link.hbs")),
    ("content-cta", include_str!("partials/content-cta.hbs")),
    ("gift-toast", include_str!("partials/gift-toast.hbs")),
    ("navigation", include_str!("partials/navigation.hbs")),
    ("pagination", include_str!("partials/pagination.hbs")),
    ("recommendations", include_str!("partials/recommendations.hbs")),
];

/// The built-in partials by name.
pub(crate) fn built_in() -> HashMap<String, Result<Template, Error>> {
    BUILT_IN
        .iter()
        .map(|(name, source)| ((*name).to_owned(), compile(&format!("{name}.hbs"), source)))
        .collect()
}
