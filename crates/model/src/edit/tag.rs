//! Tags: adding and editing, and how a post's request names them.

use std::collections::BTreeSet;

use super::post::TagRef;
use super::slug::{self, SlugOf};
use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row};
use crate::Refusal;
use crate::id::TagId;
use crate::site_url::SiteUrl;

/// The texts of a tag that may be null, and their limits.
pub const TEXTS: &[TextColumn] = &[
    TextColumn::plain("description", 500),
    TextColumn::address("feature_image", 2000),
    TextColumn::address("og_image", 2000),
    TextColumn::plain("og_title", 300),
    TextColumn::plain("og_description", 500),
    TextColumn::address("twitter_image", 2000),
    TextColumn::plain("twitter_title", 300),
    TextColumn::plain("twitter_description", 500),
    TextColumn::plain("meta_title", 300),
    TextColumn::plain("meta_description", 500),
    TextColumn::html("codeinjection_head", 65535),
    TextColumn::html("codeinjection_foot", 65535),
    TextColumn::address("canonical_url", 2000),
    TextColumn::plain("accent_color", 50),
];

const NAME_MAX: usize = 191;

/// A tag as its editors see it.
#[derive(Debug, Clone, PartialEq)]
pub struct TagSheet {
    pub id: TagId,
    pub name: String,
    pub slug: String,
    /// `public` or `internal`.
    pub visibility: String,
    pub texts: Texts,
}

impl TagSheet {
    /// One that has only its id.
    pub fn new(id: TagId) -> Self {
        TagSheet {
            id,
            name: String::new(),
            slug: String::new(),
            visibility: "public".into(),
            texts: Texts::none("tags", TEXTS),
        }
    }

    /// Its columns, without the instants.
    pub fn row(&self) -> Row {
        let mut row = vec![
            ("name", Cell::text(Some(self.name.as_str()))),
            ("slug", Cell::text(Some(self.slug.as_str()))),
            ("visibility", Cell::text(Some(self.visibility.as_str()))),
        ];
        row.extend(self.texts.row());
        row
    }
}

/// What an editor asks for.
#[derive(Debug, Clone, Default)]
pub struct TagEdit {
    pub name: Change<String>,
    pub slug: Change<String>,
    /// Texts of [`TEXTS`].
    pub texts: TextEdits,
}

/// The slug that this request asks for; None when the slug stays.
pub fn wanted_slug(before: Option<&TagSheet>, edit: &TagEdit) -> Option<String> {
    match (before, edit.slug.get().filter(|slug| !slug.is_empty())) {
        (Some(before), Some(slug)) => (*slug != before.slug).then(|| slug::wanted(SlugOf::Tag, slug)),
        (Some(_), None) => None,
        (None, Some(slug)) => Some(slug::wanted(SlugOf::Tag, slug)),
        (None, None) => edit.name.get().map(|name| slug::wanted(SlugOf::Tag, name)),
    }
}

/// Decides on a new tag (`before` without name) or on a change of one. `taken` are slugs that begin with the wanted one.
///
/// Errors: `Invalid` for a name that is empty, too long or begins with a comma, and for a text that is too long.
pub fn edited(
    before: &TagSheet,
    edit: &TagEdit,
    taken: &BTreeSet<String>,
    site: &SiteUrl,
) -> Result<TagSheet, Refusal> {
    let mut after = before.clone();
    let is_new = before.name.is_empty();
    if let Some(name) = edit.name.get() {
        after.name.clone_from(name);
    }
    if let Some(wanted) = wanted_slug((!is_new).then_some(before), edit) {
        after.slug = slug::free(&wanted, taken);
    }
    if after.name.is_empty() {
        // A tag that a post names only by its slug.
        edit.slug.get().unwrap_or(&after.slug).clone_into(&mut after.name);
    }
    if after.name.is_empty() {
        return Err(Refusal::blank("tags", "name"));
    }
    if after.name != before.name {
        if after.name.chars().count() > NAME_MAX {
            return Err(Refusal::too_long("tags", "name", NAME_MAX));
        }
        if after.name.starts_with(',') {
            return Err(Refusal::invalid_field("name", "A tag's name cannot begin with a comma."));
        }
    }
    if after.name.starts_with('#') {
        after.visibility = "internal".into();
    }
    after.texts.edit(&edit.texts, site)?;
    Ok(after)
}

/// The tags that a request names, made plain: without repetitions of a name, slugs in their normal form.
pub fn plain_refs(refs: &[TagRef]) -> Vec<TagRef> {
    let mut names = BTreeSet::new();
    let mut plain = Vec::new();
    for given in refs {
        let mut tag = given.clone();
        if tag.id.is_none()
            && let Some(slug) = &mut tag.slug
        {
            *slug = slug::wanted(SlugOf::Tag, slug);
        }
        if tag.name.as_ref().is_none_or(|name| names.insert(name.to_lowercase())) {
            plain.push(tag);
        }
    }
    plain
}
