//! Staff users as authors: add, edit, destroy. A password comes hashed, and only with a new user.

use model::Refusal;
use model::edit::tag::TagEdit;
use model::edit::user::{self, NewUser, UserEdit, UserSheet, wanted_slug, wanted_slugs};
use model::edit::{Cell, Change, changed};
use model::id::{AuthorId, PostId};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, Saved, owner, rows, tags};
use crate::row::Columns;
use crate::{Changed, WriteError, WriteTransaction};

/// What Ghost's Admin app keeps of a user's choices, as it is for a new one.
const FIRST_CHOICES: &str = r#"{"nightShift":"system"}"#;

/// Adds a staff user with a role.
///
/// Errors: `Invalid` when the address is another's.
pub fn add(tx: &WriteTransaction<'_>, act: &Act, new: &NewUser) -> Result<Saved<AuthorId>, ActError> {
    let mut blank = UserSheet::new(AuthorId::new(tx.new_id(act.at)));
    blank.texts.put("accessibility", Some(FIRST_CHOICES.into()));
    let mut taken = std::collections::BTreeSet::new();
    for slug in wanted_slugs(&new.profile) {
        taken.extend(rows::taken_slugs(tx, "users", Some(&slug))?);
    }
    let is_email_taken = is_email_taken(tx, &new.profile, &blank.id)?;
    let after = user::added(&blank, &new.profile, &taken, is_email_taken, &act.site)?;
    let mut row = vec![
        ("id", Cell::text(Some(after.id.as_str()))),
        ("password", Cell::text(Some(new.password_hash.as_str()))),
        ("status", Cell::text(Some(if new.is_active { "active" } else { "inactive" }))),
    ];
    row.extend(after.row());
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "users", &row)?;
    let role = rows::texts(tx, "SELECT id FROM roles WHERE name = ?", [new.role.as_str()])?;
    let pair = vec![
        ("id", Cell::Text(tx.new_id(act.at))),
        ("role_id", Cell::Text(role.into_iter().next().ok_or(WriteError::Absent("role"))?)),
        ("user_id", Cell::text(Some(after.id.as_str()))),
    ];
    rows::insert(tx, "roles_users", &pair)?;
    told(tx, act, &after, NounEvent::Added)
}

/// Edits a user's profile.
///
/// Errors: `NotFound` when there is none.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    id: &AuthorId,
    edit: &UserEdit,
) -> Result<Saved<AuthorId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "user" })?;
    let taken = rows::taken_slugs(tx, "users", wanted_slug(&before, edit).as_deref())?;
    let after = user::edited(&before, edit, &taken, is_email_taken(tx, edit, id)?, &act.site)?;
    let mut row = changed(&before.row(), after.row());
    if row.is_empty() {
        return Ok(Saved { id: id.clone(), event: None });
    }
    row.push(("updated_at", Cell::Instant(act.at)));
    rows::update(tx, "users", id.as_str(), &row)?;
    told(tx, act, &after, NounEvent::Edited)
}

/// Deletes a user. Her posts go to the owner, marked with an internal tag of her slug.
///
/// Errors: `NotFound` when there is none, `Forbidden` for the owner.
pub fn destroy(tx: &WriteTransaction<'_>, act: &Act, id: &AuthorId) -> Result<Saved<AuthorId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "user" })?;
    let owner = owner(tx)?;
    if owner == *id {
        return Err(Refusal::Forbidden { message: "The owner of a publication cannot be deleted." }.into());
    }
    let sql = "UPDATE post_revisions SET author_id = NULL WHERE author_id = ?";
    tx.connection().prepare_cached(sql)?.execute([id.as_str()])?;
    let posts =
        rows::texts(tx, "SELECT DISTINCT post_id FROM posts_authors WHERE author_id = ?", [id.as_str()])?;
    mark(tx, act, &before, &posts)?;
    hand_over(tx, id, &owner)?;
    for post in posts {
        tx.changed(Changed::Post(PostId::new(post)));
    }
    for table in ["api_keys", "sessions", "roles_users", "permissions_users"] {
        rows::delete(tx, table, "user_id", id.as_str())?;
    }
    rows::delete(tx, "users", "id", id.as_str())?;
    told(tx, act, &before, NounEvent::Deleted)
}

fn is_email_taken(tx: &WriteTransaction<'_>, edit: &UserEdit, id: &AuthorId) -> Result<bool, ActError> {
    let Some(email) = edit.email.get() else { return Ok(false) };
    let sql = "SELECT 1 FROM users WHERE lower(email) = lower(?) AND id <> ?";
    Ok(tx.connection().prepare_cached(sql)?.exists([email, id.as_str()])?)
}

/// Marks the posts with the tag `#slug`, so that they are found again.
fn mark(tx: &WriteTransaction<'_>, act: &Act, user: &UserSheet, posts: &[String]) -> Result<(), ActError> {
    if posts.is_empty() {
        return Ok(());
    }
    let sql = "SELECT id FROM tags WHERE slug = ?";
    let known = rows::texts(tx, sql, [format!("hash-{}", user.slug)])?.into_iter().next();
    let tag = match known {
        Some(id) => id,
        None => {
            let edit = TagEdit { name: Change::To(format!("#{}", user.slug)), ..TagEdit::default() };
            tags::add(tx, act, &edit)?.id.as_str().to_owned()
        }
    };
    for post in posts {
        let sql = "SELECT 1 FROM posts_tags WHERE post_id = ? AND tag_id = ?";
        if tx.connection().prepare_cached(sql)?.exists([post, &tag])? {
            continue;
        }
        let row = vec![
            ("id", Cell::Text(tx.new_id(act.at))),
            ("post_id", Cell::text(Some(post.as_str()))),
            ("tag_id", Cell::text(Some(tag.as_str()))),
            // Ghost gives it no place of its own; by its later id it comes behind the post's first tag.
            ("sort_order", Cell::Number(0)),
        ];
        rows::insert(tx, "posts_tags", &row)?;
    }
    let count = ("count", Value::from(posts.len()));
    let (id, context) = match posts {
        [one] => {
            let sql = "SELECT title FROM posts WHERE id = ?";
            let title = rows::texts(tx, sql, [one])?.into_iter().next().unwrap_or_default();
            (Some(one.as_str()), vec![("type", Value::from("post")), ("primary_name", Value::from(title))])
        }
        _ => (None, vec![count, ("type", Value::from("post"))]),
    };
    history::tell(tx, act, Line { noun: "post", id, event: NounEvent::Edited, context })
}

/// The owner takes the place of a first author; from posts that have others she is taken off.
fn hand_over(tx: &WriteTransaction<'_>, id: &AuthorId, owner: &AuthorId) -> Result<(), ActError> {
    let both = (id.as_str(), owner.as_str());
    for sql in [
        // Where the owner wrote, too, she comes first now.
        "UPDATE posts_authors SET sort_order = 0 WHERE author_id = ?2 AND post_id IN \
         (SELECT post_id FROM posts_authors WHERE author_id = ?1 AND sort_order = 0)",
        "DELETE FROM posts_authors WHERE author_id = ?1 AND sort_order = 0 AND post_id IN \
         (SELECT post_id FROM posts_authors WHERE author_id = ?2)",
        "UPDATE posts_authors SET author_id = ?2 WHERE author_id = ?1 AND sort_order = 0",
    ] {
        tx.connection().prepare_cached(sql)?.execute(both)?;
    }
    // A post of an old import may have no first author at all.
    let sql = "UPDATE posts_authors SET author_id = ?2 WHERE author_id = ?1 AND NOT EXISTS \
               (SELECT 1 FROM posts_authors o WHERE o.post_id = posts_authors.post_id AND o.id <> posts_authors.id)";
    tx.connection().prepare_cached(sql)?.execute(both)?;
    rows::delete(tx, "posts_authors", "author_id", id.as_str())?;
    Ok(())
}

fn read(tx: &WriteTransaction<'_>, id: &AuthorId) -> Result<Option<UserSheet>, ActError> {
    let mut sheet = UserSheet::new(id.clone());
    let sql = format!("SELECT name, slug, email, {} FROM users WHERE id = ?", rows::names_of(&sheet.texts));
    let found = tx.connection().prepare_cached(&sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        sheet.name = c.text()?;
        sheet.slug = c.text()?;
        sheet.email = c.text()?;
        rows::read_texts(&mut sheet.texts, &mut c)
    });
    Ok(found.optional()?.map(|()| sheet))
}

fn told(
    tx: &WriteTransaction<'_>,
    act: &Act,
    user: &UserSheet,
    event: NounEvent,
) -> Result<Saved<AuthorId>, ActError> {
    let context = vec![("primary_name", Value::from(user.name.as_str()))];
    history::tell(tx, act, Line { noun: "user", id: Some(user.id.as_str()), event, context })?;
    tx.changed(Changed::Author(user.id.clone()));
    Ok(Saved { id: user.id.clone(), event: Some(event) })
}
