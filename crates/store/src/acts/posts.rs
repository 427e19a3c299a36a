//! Posts and pages: add, edit (which is also publish, schedule, unpublish), destroy.

use model::edit::content::Content;
use model::edit::post::{self, PostEdit, PostEvent, PostSheet, Stale};
use model::edit::revision::REVISIONS_MAX;
use model::edit::{Actor, Cell, Change};
use model::id::{AuthorId, PostId};
use model::{PostKind, PostStatus, Refusal};
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, post_ground, post_rows, rows};
use crate::{Changed, WriteTransaction};

/// A post that was written.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedPost {
    pub id: PostId,
    /// What happened, in the order in which it is to be told.
    pub events: Vec<PostEvent>,
    /// Columns and relations that are other than before; empty when there was nothing to change.
    pub changed: Vec<&'static str>,
    /// Which kept pages are old.
    pub stale: Stale,
}

/// Adds a post or page.
pub fn add(
    tx: &WriteTransaction<'_>,
    act: &Act,
    kind: PostKind,
    edit: &PostEdit,
) -> Result<SavedPost, ActError> {
    let blank = post_ground::blank(tx, act, kind)?;
    let ground = post_ground::gather(tx, act, &blank.id, None, edit)?;
    let decided = post::added(blank, edit, &ground)?;
    save(tx, act, None, decided, &ground.writer)
}

/// Edits a post or page: also publishes, schedules and unpublishes it.
///
/// Errors: `NotFound` when there is none of this kind, `Collision` when somebody has saved it since the editor read it.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, id): (PostKind, &PostId),
    edit: &PostEdit,
) -> Result<SavedPost, ActError> {
    let before = post_rows::read(tx, kind, id)?.ok_or(Refusal::NotFound { noun: kind.as_str() })?;
    let ground = post_ground::gather(tx, act, id, Some(&before), edit)?;
    let decided = post::edited(&before, edit, &ground)?;
    save(tx, act, Some(&before), decided, &ground.writer)
}

/// Adds a draft like another post or page, named as a copy. `convert` makes the text of a post of the old editor.
///
/// Errors: `NotFound` when there is none of this kind.
pub fn copy(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, id): (PostKind, &PostId),
    convert: impl Fn(&str) -> Result<Content, Refusal>,
) -> Result<SavedPost, ActError> {
    let original = post_rows::read(tx, kind, id)?.ok_or(Refusal::NotFound { noun: kind.as_str() })?;
    let mut edit = original.to_copy();
    if let Some(mobiledoc) = &original.mobiledoc {
        edit.content = Change::To(convert(mobiledoc)?);
    }
    add(tx, act, kind, &edit)
}

/// Deletes a post or page, whatever its status, with everything that hangs on it. A letter that was sent of it stays.
///
/// Errors: `NotFound` when there is none of this kind.
pub fn destroy(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, id): (PostKind, &PostId),
) -> Result<SavedPost, ActError> {
    let before = post_rows::read(tx, kind, id)?.ok_or(Refusal::NotFound { noun: kind.as_str() })?;
    destroy_rows(tx, id.as_str())?;
    tell(tx, act, &before, NounEvent::Deleted)?;
    tx.changed(Changed::Post(id.clone()));
    let was_out = before.status == PostStatus::Published;
    let mut events = Vec::new();
    if !before.tags.is_empty() {
        events.push(PostEvent::TagDetached);
    }
    if was_out {
        events.push(PostEvent::Unpublished);
    }
    events.push(PostEvent::Deleted);
    let stale = if before.status == PostStatus::Draft { Stale::Nothing } else { Stale::Everything };
    Ok(SavedPost { id: id.clone(), events, changed: vec![], stale })
}

/// The post's own rows, and all that hang on it.
pub(super) fn destroy_rows(tx: &WriteTransaction<'_>, id: &str) -> Result<(), ActError> {
    let sql = "UPDATE comments SET in_reply_to_id = NULL WHERE post_id = ? AND in_reply_to_id IS NOT NULL";
    tx.connection().prepare_cached(sql)?.execute([id])?;
    for table in [
        "posts_meta",
        "posts_tags",
        "posts_authors",
        "posts_products",
        "post_revisions",
        "mobiledoc_revisions",
    ] {
        rows::delete(tx, table, "post_id", id)?;
    }
    rows::delete(tx, "posts", "id", id)?;
    Ok(())
}

/// A post that became a page, or the other way.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedConversion {
    pub id: PostId,
    /// Told of the kind that it was.
    pub left: Vec<PostEvent>,
    /// Told of the kind that it is.
    pub came: Vec<PostEvent>,
    pub stale: Stale,
}

/// Makes a page of a post, or a post of a page: its text, dates and relations stay.
///
/// Errors: `NotFound` when there is none of this kind, `Bad` for a letter.
pub fn convert(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, id): (PostKind, &PostId),
) -> Result<SavedConversion, ActError> {
    let before = post_rows::read(tx, kind, id)?.ok_or(Refusal::NotFound { noun: kind.as_str() })?;
    let mut taken = rows::taken_slugs(tx, "posts", Some(&before.slug))?;
    let sql = "SELECT 1 FROM posts WHERE slug = ? AND id <> ?";
    if !tx.connection().prepare_cached(sql)?.exists([&before.slug, id.as_str()])? {
        taken.remove(&before.slug);
    }
    let decided = post::converted(&before, &taken, act.at)?;
    post_rows::write(tx, act, Some(&before), &decided.after)?;
    let kind = vec![("type", Cell::text(Some(decided.after.kind.as_str())))];
    rows::update(tx, "posts", id.as_str(), &kind)?;
    tell(tx, act, &before, NounEvent::Deleted)?;
    tell(tx, act, &decided.after, NounEvent::Added)?;
    tx.changed(Changed::Post(id.clone()));
    let post::Converted { left, came, stale, .. } = decided;
    Ok(SavedConversion { id: id.clone(), left, came, stale })
}

fn save(
    tx: &WriteTransaction<'_>,
    act: &Act,
    before: Option<&PostSheet>,
    decided: post::Decided,
    writer: &AuthorId,
) -> Result<SavedPost, ActError> {
    let after = &decided.after;
    post_rows::write(tx, act, before, after)?;
    if let Some(reason) = decided.revision {
        keep_revision(tx, act, after, reason, writer)?;
    }
    let event = if before.is_none() { NounEvent::Added } else { NounEvent::Edited };
    if before.is_none() || !decided.changed.is_empty() {
        tell(tx, act, after, event)?;
        tx.changed(Changed::Post(after.id.clone()));
    }
    Ok(SavedPost {
        id: after.id.clone(),
        events: decided.events,
        changed: decided.changed,
        stale: decided.stale,
    })
}

fn keep_revision(
    tx: &WriteTransaction<'_>,
    act: &Act,
    post: &PostSheet,
    reason: &'static str,
    writer: &AuthorId,
) -> Result<(), ActError> {
    let meta = |name: &str| Cell::text(post.meta.as_ref().and_then(|meta| meta.texts.get(name)));
    rows::insert(
        tx,
        "post_revisions",
        &vec![
            ("id", Cell::Text(tx.new_id(act.at))),
            ("post_id", Cell::text(Some(post.id.as_str()))),
            ("lexical", Cell::text(post.lexical.as_deref())),
            ("created_at_ts", Cell::Number(act.at.as_millisecond())),
            ("created_at", Cell::Instant(act.at)),
            ("author_id", Cell::text(Some(writer.as_str()))),
            ("title", Cell::text(Some(post.title.as_str()))),
            ("post_status", Cell::text(Some(post.status.as_str()))),
            ("reason", Cell::text(Some(reason))),
            ("feature_image", Cell::text(post.texts.get("feature_image"))),
            ("feature_image_alt", meta("feature_image_alt")),
            ("feature_image_caption", meta("feature_image_caption")),
            ("custom_excerpt", Cell::text(post.texts.get("custom_excerpt"))),
        ],
    )?;
    let sql = "DELETE FROM post_revisions WHERE post_id = ?1 AND id NOT IN (SELECT id FROM post_revisions \
               WHERE post_id = ?1 ORDER BY created_at_ts DESC, id DESC LIMIT ?2)";
    tx.connection().prepare_cached(sql)?.execute((post.id.as_str(), REVISIONS_MAX))?;
    Ok(())
}

fn tell(tx: &WriteTransaction<'_>, act: &Act, post: &PostSheet, event: NounEvent) -> Result<(), ActError> {
    if act.by == Actor::System {
        return Ok(());
    }
    let context =
        vec![("type", Value::from(post.kind.as_str())), ("primary_name", Value::from(post.title.as_str()))];
    history::tell(tx, act, Line { noun: "post", id: Some(post.id.as_str()), event, context })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use rusqlite::Connection;

    use super::*;
    use crate::schema::{NewPublication, SigningKey};
    use crate::{Chance, WriteError};

    // Only in here: a limit to the size of a file is the connection's, and the writer's is nobody else's.
    #[test]
    fn a_full_disk_says_so_and_leaves_nothing() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("ghost.db");
        let at = "2026-03-01T07:30:00Z".parse().unwrap();
        let key = || SigningKey { private: String::new(), public: String::new() };
        let publication = NewPublication {
            title: "The Herald".into(),
            description: String::new(),
            locale: "en".into(),
            timezone: "Etc/UTC".into(),
            theme: "source".into(),
            owner: None,
            first_posts: true,
            site_key: key(),
            members_key: key(),
        };
        crate::schema::create(&path, &publication, at, Chance::sequence(1)).unwrap();
        let mut connection = Connection::open(&path).unwrap();
        let count = |connection: &Connection, sql: &str| -> i64 {
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        let n_pages = count(&connection, "PRAGMA page_count");
        count(&connection, &format!("PRAGMA max_page_count = {}", n_pages + 3));
        let all = "SELECT (SELECT count(*) FROM posts) * 1000 + (SELECT count(*) FROM tags)";
        let before = count(&connection, all);
        let site = model::SiteUrl::parse("https://herald.example").unwrap();
        let act = Act { by: Actor::System, at, site };
        let mut edit = PostEdit {
            title: Change::To("Long".into()),
            tags: Change::To(vec![post::TagRef { name: Some("New".into()), ..post::TagRef::default() }]),
            ..PostEdit::default()
        };
        edit.texts.insert("codeinjection_head".into(), Some("x".repeat(60_000)));
        let chance = RefCell::new(Chance::sequence(2));
        let tx = WriteTransaction::begin(&mut connection, &chance).unwrap();
        let full = add(&tx, &act, PostKind::Post, &edit);
        assert!(matches!(full, Err(ActError::Failed(WriteError::DiskFull))), "{full:?}");
        drop(tx);
        assert_eq!(count(&connection, all), before);
        let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
    }
}
