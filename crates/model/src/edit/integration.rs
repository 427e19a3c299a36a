//! Integrations that staff makes: adding and editing. Their keys are made with them.

use std::collections::BTreeSet;

use super::slug::{self, SlugOf};
use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row};
use crate::Refusal;
use crate::site_url::SiteUrl;

/// The texts of an integration that may be null, and their limits.
pub const TEXTS: &[TextColumn] =
    &[TextColumn::address("icon_image", 2000), TextColumn::plain("description", 2000)];

const NAME_MAX: usize = 191;

/// An integration as staff sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct IntegrationSheet {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub texts: Texts,
}

impl IntegrationSheet {
    /// One that has only its id.
    pub fn new(id: String) -> Self {
        IntegrationSheet {
            id,
            name: String::new(),
            slug: String::new(),
            texts: Texts::none("integrations", TEXTS),
        }
    }

    /// Its columns, without the kind and the instants.
    pub fn row(&self) -> Row {
        let mut row = vec![
            ("name", Cell::text(Some(self.name.as_str()))),
            ("slug", Cell::text(Some(self.slug.as_str()))),
        ];
        row.extend(self.texts.row());
        row
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct IntegrationEdit {
    pub name: Change<String>,
    /// Texts of [`TEXTS`].
    pub texts: TextEdits,
}

/// The slug that a new integration asks for.
pub fn wanted_slug(edit: &IntegrationEdit) -> Option<String> {
    edit.name.get().map(|name| slug::wanted(SlugOf::Integration, name))
}

/// Decides on a new integration (`before` without name) or on a change of one, whose slug stays.
///
/// Errors: `Invalid` for a name that is empty or too long.
pub fn edited(
    before: &IntegrationSheet,
    edit: &IntegrationEdit,
    taken: &BTreeSet<String>,
    site: &SiteUrl,
) -> Result<IntegrationSheet, Refusal> {
    let mut after = before.clone();
    if let Some(name) = edit.name.get() {
        name.trim().clone_into(&mut after.name);
    }
    if after.name.is_empty() {
        return Err(Refusal::blank("integrations", "name"));
    }
    if after.name.chars().count() > NAME_MAX {
        return Err(Refusal::too_long("integrations", "name", NAME_MAX));
    }
    if before.name.is_empty()
        && let Some(wanted) = wanted_slug(edit)
    {
        after.slug = slug::free(&wanted, taken);
    }
    after.texts.edit(&edit.texts, site)?;
    Ok(after)
}
