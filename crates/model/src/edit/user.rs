//! Staff users as authors: what they, or those above them, change of their profile. Knows nothing of passwords.

use std::collections::BTreeSet;

use super::slug::{self, SlugOf};
use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row};
use crate::Refusal;
use crate::id::AuthorId;
use crate::site_url::SiteUrl;

/// The texts of a user that may be null, and their limits.
pub const TEXTS: &[TextColumn] = &[
    TextColumn::address("profile_image", 2000),
    TextColumn::address("cover_image", 2000),
    TextColumn::plain("bio", 250),
    TextColumn::plain("website", 2000),
    TextColumn::plain("location", 150),
    TextColumn::plain("facebook", 2000),
    TextColumn::plain("twitter", 2000),
    TextColumn::plain("threads", 191),
    TextColumn::plain("bluesky", 191),
    TextColumn::plain("mastodon", 191),
    TextColumn::plain("tiktok", 191),
    TextColumn::plain("youtube", 191),
    TextColumn::plain("instagram", 191),
    TextColumn::plain("linkedin", 191),
    TextColumn::plain("accessibility", 65535),
    TextColumn::plain("locale", 6),
    TextColumn::plain("meta_title", 300),
    TextColumn::plain("meta_description", 500),
    TextColumn::plain("tour", 65535),
];

const NAME_MAX: usize = 191;

/// A user as staff sees her.
#[derive(Debug, Clone, PartialEq)]
pub struct UserSheet {
    pub id: AuthorId,
    pub name: String,
    pub slug: String,
    pub email: String,
    pub texts: Texts,
}

impl UserSheet {
    /// One that has only its id.
    pub fn new(id: AuthorId) -> Self {
        UserSheet {
            id,
            name: String::new(),
            slug: String::new(),
            email: String::new(),
            texts: Texts::none("users", TEXTS),
        }
    }

    /// Its columns, without the instants.
    pub fn row(&self) -> Row {
        let mut row = vec![
            ("name", Cell::text(Some(self.name.as_str()))),
            ("slug", Cell::text(Some(self.slug.as_str()))),
            ("email", Cell::text(Some(self.email.as_str()))),
        ];
        row.extend(self.texts.row());
        row
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct UserEdit {
    pub name: Change<String>,
    pub slug: Change<String>,
    pub email: Change<String>,
    /// Texts of [`TEXTS`].
    pub texts: TextEdits,
}

/// The slug that this request asks for; None when it stays.
pub fn wanted_slug(before: &UserSheet, edit: &UserEdit) -> Option<String> {
    let slug = edit.slug.get().filter(|slug| !slug.is_empty() && **slug != before.slug)?;
    Some(slug::wanted(SlugOf::User, slug))
}

/// Decides on a change of a user. `taken` are slugs that begin with the wanted one.
///
/// Errors: `Invalid` for an empty name, a text that is too long, an address that is none or another's.
pub fn edited(
    before: &UserSheet,
    edit: &UserEdit,
    taken: &BTreeSet<String>,
    is_email_taken: bool,
    site: &SiteUrl,
) -> Result<UserSheet, Refusal> {
    let mut after = before.clone();
    if let Some(email) = edit.email.get() {
        if is_email_taken {
            return Err(Refusal::invalid("Email is already in use"));
        }
        if *email != before.email && !super::member::is_email(email) {
            return Err(Refusal::Invalid {
                message: "Validation (isEmail) failed for email".into(),
                field: None,
                column: Some("users.email".into()),
            });
        }
        after.email.clone_from(email);
    }
    if let Some(name) = edit.name.get() {
        if name.is_empty() {
            return Err(Refusal::blank("users", "name"));
        }
        if name.chars().count() > NAME_MAX {
            return Err(Refusal::too_long("users", "name", NAME_MAX));
        }
        after.name.clone_from(name);
    }
    if let Some(wanted) = wanted_slug(before, edit) {
        after.slug = slug::free(&wanted, taken);
    }
    after.texts.edit(&edit.texts, site)?;
    Ok(after)
}
