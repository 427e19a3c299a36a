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

/// The role of a staff user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRole {
    Owner,
    Administrator,
    SuperEditor,
    Editor,
    Author,
    Contributor,
}

impl StaffRole {
    /// The name in the table `roles`.
    pub fn as_str(self) -> &'static str {
        match self {
            StaffRole::Owner => "Owner",
            StaffRole::Administrator => "Administrator",
            StaffRole::SuperEditor => "Super Editor",
            StaffRole::Editor => "Editor",
            StaffRole::Author => "Author",
            StaffRole::Contributor => "Contributor",
        }
    }

    /// Reads such a name; None for a role that is no person's.
    pub fn parse(name: &str) -> Option<Self> {
        use StaffRole::{Administrator, Author, Contributor, Editor, Owner, SuperEditor};
        let all = [Owner, Administrator, SuperEditor, Editor, Author, Contributor];
        all.into_iter().find(|role| role.as_str() == name)
    }
}

/// A staff user to be added.
#[derive(Clone)]
pub struct NewUser {
    /// Name, address, and what else is known. Without a slug, the name makes it.
    pub profile: UserEdit,
    /// bcrypt, 60 characters.
    pub password_hash: String,
    pub role: StaffRole,
    /// False when the user may not sign in yet: the owner of a publication that waits to be set up.
    pub is_active: bool,
}

impl std::fmt::Debug for NewUser {
    /// Without the hash.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser")
            .field("profile", &self.profile)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// The slugs that a new user asks for, the first one first: her slug, or the first word of her name's slug and then the whole.
pub fn wanted_slugs(edit: &UserEdit) -> Vec<String> {
    if let Some(slug) = edit.slug.get().filter(|slug| !slug.is_empty()) {
        return vec![slug::wanted(SlugOf::User, slug)];
    }
    let name = edit.name.get().map(String::as_str).unwrap_or_default();
    let whole = slug::wanted(SlugOf::User, name);
    // Also of a double name: Jean-Luc is `jean`, as with Ghost.
    let first = whole.split('-').next().unwrap_or_default();
    vec![slug::wanted(SlugOf::User, first), whole]
}

/// Decides on a new user. `taken` are slugs that begin with one of the wanted ones.
///
/// Errors: those of [`edited`]; `Invalid` also without a name or an address.
pub fn added(
    blank: &UserSheet,
    edit: &UserEdit,
    taken: &BTreeSet<String>,
    is_email_taken: bool,
    site: &SiteUrl,
) -> Result<UserSheet, Refusal> {
    let given = |change: &Change<String>| Change::To(change.get().cloned().unwrap_or_default());
    let whole = UserEdit {
        name: given(&edit.name),
        email: given(&edit.email),
        slug: Change::Keep,
        texts: edit.texts.clone(),
    };
    let mut after = edited(blank, &whole, taken, is_email_taken, site)?;
    if after.email.is_empty() {
        return Err(Refusal::blank("users", "email"));
    }
    let wanted = wanted_slugs(edit);
    let first_free = wanted.iter().find(|slug| !taken.contains(*slug)).cloned();
    after.slug = first_free.or_else(|| wanted.last().map(|slug| slug::free(slug, taken))).unwrap_or_default();
    Ok(after)
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
