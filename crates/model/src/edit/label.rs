//! Labels of members.

use std::collections::BTreeSet;

use super::slug::{self, SlugOf};
use crate::Refusal;

const NAME_MAX: usize = 191;

/// A label's name as it is kept.
///
/// Errors: `Invalid` for an empty or too long one.
pub fn name(given: &str) -> Result<String, Refusal> {
    let name = given.trim();
    if name.is_empty() {
        return Err(Refusal::blank("labels", "name"));
    }
    if name.chars().count() > NAME_MAX {
        return Err(Refusal::too_long("labels", "name", NAME_MAX));
    }
    Ok(name.to_owned())
}

/// The slug that a new label asks for.
pub fn wanted_slug(name: &str) -> String {
    slug::wanted(SlugOf::Label, name)
}

/// What is said when the name or slug is another label's already.
pub fn already_there() -> Refusal {
    Refusal::invalid("Label already exists")
}

/// The names that a member's request gives, trimmed, without repetitions of any case; the first spelling stays.
pub fn plain_names(given: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    given
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty() && seen.insert(name.to_lowercase()))
        .map(str::to_owned)
        .collect()
}
