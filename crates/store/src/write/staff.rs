//! Staff users and their roles. Passwords come hashed; nothing here knows one.

use jiff::Timestamp;
use model::dates;
use model::id::AuthorId;
use rusqlite::OptionalExtension;

use super::row::{Filled, insert};
use crate::{Changed, WriteError, WriteTransaction};

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
}

/// Whether a staff user may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffStatus {
    /// May sign in.
    Active,
    /// May not, or has not yet: the owner of a publication that waits to be set up.
    Inactive,
}

impl StaffStatus {
    fn as_str(self) -> &'static str {
        match self {
            StaffStatus::Active => "active",
            StaffStatus::Inactive => "inactive",
        }
    }
}

/// A staff user to be added.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub id: AuthorId,
    pub name: String,
    pub slug: String,
    pub email: String,
    /// bcrypt, 60 characters.
    pub password_hash: String,
    pub role: StaffRole,
    pub status: StaffStatus,
    pub profile_image: Option<String>,
    pub cover_image: Option<String>,
    pub bio: Option<String>,
    pub website: Option<String>,
    pub location: Option<String>,
}

impl NewUser {
    /// An active author of whom nothing more is said.
    pub fn named(id: AuthorId, name: &str, slug: &str, email: &str, password_hash: &str) -> Self {
        NewUser {
            id,
            name: name.into(),
            slug: slug.into(),
            email: email.into(),
            password_hash: password_hash.into(),
            role: StaffRole::Author,
            status: StaffStatus::Active,
            profile_image: None,
            cover_image: None,
            bio: None,
            website: None,
            location: None,
        }
    }
}

/// What Ghost's Admin app keeps of a user's choices, as it is for a new one.
const FIRST_CHOICES: &str = r#"{"nightShift":"system"}"#;

/// Adds a staff user with a role.
///
/// Errors: `Conflict` when the slug or the address is taken.
pub fn add_user(tx: &WriteTransaction<'_>, user: &NewUser, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    insert(
        tx,
        "users",
        &[
            ("id", &user.id.as_str()),
            ("name", &user.name),
            ("slug", &user.slug),
            ("password", &user.password_hash),
            ("email", &user.email),
            ("profile_image", &Filled(&user.profile_image)),
            ("cover_image", &Filled(&user.cover_image)),
            ("bio", &Filled(&user.bio)),
            ("website", &Filled(&user.website)),
            ("location", &Filled(&user.location)),
            ("accessibility", &FIRST_CHOICES),
            ("status", &user.status.as_str()),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )?;
    let role = role_id(tx, user.role)?;
    insert(
        tx,
        "roles_users",
        &[("id", &tx.new_id(now)), ("role_id", &role), ("user_id", &user.id.as_str())],
    )?;
    tx.changed(Changed::Author(user.id.clone()));
    Ok(())
}

/// Gives the owner a name, an address and a password, and lets the owner sign in: what Ghost's set-up screen does.
/// Answers the owner's id.
///
/// Errors: `Absent` when there is no owner.
pub fn edit_owner(
    tx: &WriteTransaction<'_>,
    (name, slug): (&str, &str),
    email: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<AuthorId, WriteError> {
    let role = role_id(tx, StaffRole::Owner)?;
    let sql = "SELECT user_id FROM roles_users WHERE role_id = ? ORDER BY id LIMIT 1";
    let owner: Option<String> =
        tx.connection().prepare_cached(sql)?.query_row([role], |row| row.get(0)).optional()?;
    let owner = AuthorId::new(owner.ok_or(WriteError::Absent("owner"))?);
    let sql = "UPDATE users SET name = ?, slug = ?, email = ?, password = ?, status = 'active', updated_at = ? WHERE id = ?";
    let at = dates::to_database(now);
    tx.connection().prepare_cached(sql)?.execute((name, slug, email, password_hash, at, owner.as_str()))?;
    tx.changed(Changed::Author(owner.clone()));
    Ok(owner)
}

fn role_id(tx: &WriteTransaction<'_>, role: StaffRole) -> Result<String, WriteError> {
    let sql = "SELECT id FROM roles WHERE name = ?";
    let id = tx.connection().prepare_cached(sql)?.query_row([role.as_str()], |row| row.get(0)).optional()?;
    id.ok_or(WriteError::Absent("role"))
}
