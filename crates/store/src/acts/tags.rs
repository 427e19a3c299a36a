//! Tags: add, edit, destroy.

use model::Refusal;
use model::edit::tag::{self, TagEdit, TagSheet, wanted_slug};
use model::edit::{Cell, changed};
use model::id::{PostId, TagId};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, Saved, rows};
use crate::row::Columns;
use crate::{Changed, WriteTransaction};

/// Adds a tag. The same name may be there already: the slug then gets a number.
pub fn add(tx: &WriteTransaction<'_>, act: &Act, edit: &TagEdit) -> Result<Saved<TagId>, ActError> {
    let blank = TagSheet::new(TagId::new(tx.new_id(act.at)));
    let taken = rows::taken_slugs(tx, "tags", wanted_slug(None, edit).as_deref())?;
    let after = tag::edited(&blank, edit, &taken, &act.site)?;
    let mut row = vec![("id", Cell::text(Some(after.id.as_str())))];
    row.extend(after.row());
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "tags", &row)?;
    told(tx, act, &after, NounEvent::Added)
}

/// Edits a tag.
///
/// Errors: `NotFound` when there is none.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    id: &TagId,
    edit: &TagEdit,
) -> Result<Saved<TagId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "tag" })?;
    let taken = rows::taken_slugs(tx, "tags", wanted_slug(Some(&before), edit).as_deref())?;
    let after = tag::edited(&before, edit, &taken, &act.site)?;
    let mut row = changed(&before.row(), after.row());
    if row.is_empty() {
        return Ok(Saved { id: id.clone(), event: None });
    }
    row.push(("updated_at", Cell::Instant(act.at)));
    rows::update(tx, "tags", id.as_str(), &row)?;
    told(tx, act, &after, NounEvent::Edited)
}

/// Deletes a tag, and takes it off all posts. Their other tags keep their places.
///
/// Errors: `NotFound` when there is none.
pub fn destroy(tx: &WriteTransaction<'_>, act: &Act, id: &TagId) -> Result<Saved<TagId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "tag" })?;
    // The kept lists of these posts change with it.
    for post in rows::texts(tx, "SELECT DISTINCT post_id FROM posts_tags WHERE tag_id = ?", [id.as_str()])? {
        tx.changed(Changed::Post(PostId::new(post)));
    }
    rows::delete(tx, "posts_tags", "tag_id", id.as_str())?;
    rows::delete(tx, "tags", "id", id.as_str())?;
    told(tx, act, &before, NounEvent::Deleted)
}

fn read(tx: &WriteTransaction<'_>, id: &TagId) -> Result<Option<TagSheet>, ActError> {
    let mut sheet = TagSheet::new(id.clone());
    let sql =
        format!("SELECT name, slug, visibility, {} FROM tags WHERE id = ?", rows::names_of(&sheet.texts));
    let found = tx.connection().prepare_cached(&sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        sheet.name = c.text()?;
        sheet.slug = c.text()?;
        sheet.visibility = c.text()?;
        rows::read_texts(&mut sheet.texts, &mut c)
    });
    Ok(found.optional()?.map(|()| sheet))
}

fn told(
    tx: &WriteTransaction<'_>,
    act: &Act,
    tag: &TagSheet,
    event: NounEvent,
) -> Result<Saved<TagId>, ActError> {
    let context = vec![("primary_name", Value::from(tag.name.as_str()))];
    history::tell(tx, act, Line { noun: "tag", id: Some(tag.id.as_str()), event, context })?;
    tx.changed(Changed::Tag(tag.id.clone()));
    Ok(Saved { id: tag.id.clone(), event: Some(event) })
}
