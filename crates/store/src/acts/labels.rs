//! Labels of members: add, edit, destroy.

use jiff::Timestamp;
use model::Refusal;
use model::edit::{Cell, label, slug};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, Saved, rows};
use crate::WriteTransaction;

/// Adds a label; answers its id.
///
/// Errors: `Invalid` when the name is another's.
pub fn add(tx: &WriteTransaction<'_>, act: &Act, name: &str) -> Result<Saved<String>, ActError> {
    let name = label::name(name)?;
    if is_taken(tx, &name, "")? {
        return Err(label::already_there().into());
    }
    let wanted = label::wanted_slug(&name);
    let slug = slug::free(&wanted, &rows::taken_slugs(tx, "labels", Some(&wanted))?);
    let id = tx.new_id(act.at);
    let mut row = vec![
        ("id", Cell::text(Some(id.as_str()))),
        ("name", Cell::text(Some(name.as_str()))),
        ("slug", Cell::Text(slug)),
    ];
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "labels", &row)?;
    told(tx, act, (&id, &name), NounEvent::Added)
}

/// Renames a label. Its slug stays.
///
/// Errors: `NotFound` when there is none, `Invalid` when the name is another's.
pub fn edit(tx: &WriteTransaction<'_>, act: &Act, id: &str, name: &str) -> Result<Saved<String>, ActError> {
    let before = name_of(tx, id)?.ok_or(Refusal::NotFound { noun: "label" })?;
    let name = label::name(name)?;
    if is_taken(tx, &name, id)? {
        return Err(label::already_there().into());
    }
    if name == before {
        return Ok(Saved { id: id.into(), event: None });
    }
    let at: Timestamp = act.at;
    let row = vec![("name", Cell::text(Some(name.as_str()))), ("updated_at", Cell::Instant(at))];
    rows::update(tx, "labels", id, &row)?;
    told(tx, act, (id, &name), NounEvent::Edited)
}

/// Deletes a label, and takes it off all members.
///
/// Errors: `NotFound` when there is none.
pub fn destroy(tx: &WriteTransaction<'_>, act: &Act, id: &str) -> Result<Saved<String>, ActError> {
    let name = name_of(tx, id)?.ok_or(Refusal::NotFound { noun: "label" })?;
    rows::delete(tx, "members_labels", "label_id", id)?;
    rows::delete(tx, "labels", "id", id)?;
    told(tx, act, (id, &name), NounEvent::Deleted)
}

/// The ids of these names, of whatever case; those that are missing are made.
pub(super) fn find(tx: &WriteTransaction<'_>, act: &Act, names: &[String]) -> Result<Vec<String>, ActError> {
    let mut known = Vec::new();
    let mut statement = tx.connection().prepare_cached("SELECT id, name FROM labels ORDER BY id")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        known.push((row.get::<_, String>(0)?, row.get::<_, String>(1)?.to_lowercase()));
    }
    let id = |name: &String| match known.iter().find(|(_, known)| *known == name.to_lowercase()) {
        Some((id, _)) => Ok(id.clone()),
        None => Ok(add(tx, act, name)?.id),
    };
    names.iter().map(id).collect()
}

fn name_of(tx: &WriteTransaction<'_>, id: &str) -> Result<Option<String>, ActError> {
    let sql = "SELECT name FROM labels WHERE id = ?";
    Ok(tx.connection().prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

fn is_taken(tx: &WriteTransaction<'_>, name: &str, but: &str) -> Result<bool, ActError> {
    let sql = "SELECT 1 FROM labels WHERE name = ? AND id <> ?";
    Ok(tx.connection().prepare_cached(sql)?.exists([name, but])?)
}

fn told(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (id, name): (&str, &str),
    event: NounEvent,
) -> Result<Saved<String>, ActError> {
    let context = vec![("primary_name", Value::from(name))];
    history::tell(tx, act, Line { noun: "label", id: Some(id), event, context })?;
    Ok(Saved { id: id.into(), event: Some(event) })
}
