//! Integrations that staff makes, each with a key for either API: add, edit, destroy.

use model::Refusal;
use model::edit::integration::{self, IntegrationEdit, IntegrationSheet, wanted_slug};
use model::edit::{Cell, changed};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, Saved, rows};
use crate::row::Columns;
use crate::{WriteError, WriteTransaction};

/// Adds an integration with a key for the Content API and one for the Admin API.
pub fn add(tx: &WriteTransaction<'_>, act: &Act, edit: &IntegrationEdit) -> Result<Saved<String>, ActError> {
    let blank = IntegrationSheet::new(tx.new_id(act.at));
    let taken = rows::taken_slugs(tx, "integrations", wanted_slug(edit).as_deref())?;
    let after = integration::edited(&blank, edit, &taken, &act.site)?;
    let mut row = vec![("id", Cell::text(Some(after.id.as_str()))), ("type", Cell::text(Some("custom")))];
    row.extend(after.row());
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "integrations", &row)?;
    let role = rows::texts(tx, "SELECT id FROM roles WHERE name = 'Admin Integration'", [])?;
    let role = role.into_iter().next().ok_or(WriteError::Absent("role"))?;
    for (kind, n_digits, role) in [("content", 26, None), ("admin", 64, Some(role))] {
        let id = tx.new_id(act.at);
        // Ghost writes the instants of this table as milliseconds on SQLite.
        let at = Cell::Number(act.at.as_millisecond());
        rows::insert(
            tx,
            "api_keys",
            &vec![
                ("id", Cell::text(Some(id.as_str()))),
                ("type", Cell::text(Some(kind))),
                ("secret", Cell::Text(tx.new_secret(n_digits))),
                ("role_id", Cell::text(role)),
                ("integration_id", Cell::text(Some(after.id.as_str()))),
                ("created_at", at.clone()),
                ("updated_at", at),
            ],
        )?;
        tell_key(tx, act, &id, NounEvent::Added)?;
    }
    told(tx, act, &after, NounEvent::Added)
}

/// Edits an integration. Its slug and its keys stay.
///
/// Errors: `NotFound` when there is none that staff made.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    id: &str,
    edit: &IntegrationEdit,
) -> Result<Saved<String>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "integration" })?;
    let after = integration::edited(&before, edit, &Default::default(), &act.site)?;
    let mut row = changed(&before.row(), after.row());
    if row.is_empty() {
        return Ok(Saved { id: id.into(), event: None });
    }
    row.push(("updated_at", Cell::Instant(act.at)));
    rows::update(tx, "integrations", id, &row)?;
    told(tx, act, &after, NounEvent::Edited)
}

/// Deletes an integration; its keys and webhooks go along.
///
/// Errors: `NotFound` when there is none that staff made.
pub fn destroy(tx: &WriteTransaction<'_>, act: &Act, id: &str) -> Result<Saved<String>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "integration" })?;
    for key in rows::texts(tx, "SELECT id FROM api_keys WHERE integration_id = ? ORDER BY id", [id])? {
        rows::delete(tx, "api_keys", "id", &key)?;
        tell_key(tx, act, &key, NounEvent::Deleted)?;
    }
    rows::delete(tx, "webhooks", "integration_id", id)?;
    rows::delete(tx, "integrations", "id", id)?;
    told(tx, act, &before, NounEvent::Deleted)
}

fn read(tx: &WriteTransaction<'_>, id: &str) -> Result<Option<IntegrationSheet>, ActError> {
    let mut sheet = IntegrationSheet::new(id.into());
    let sql = format!(
        "SELECT name, slug, {} FROM integrations WHERE id = ? AND type = 'custom'",
        rows::names_of(&sheet.texts)
    );
    let found = tx.connection().prepare_cached(&sql)?.query_row([id], |row| {
        let mut c = Columns::new(row);
        sheet.name = c.text()?;
        sheet.slug = c.text()?;
        rows::read_texts(&mut sheet.texts, &mut c)
    });
    Ok(found.optional()?.map(|()| sheet))
}

fn tell_key(tx: &WriteTransaction<'_>, act: &Act, id: &str, event: NounEvent) -> Result<(), ActError> {
    history::tell(tx, act, Line { noun: "api_key", id: Some(id), event, context: vec![] })
}

fn told(
    tx: &WriteTransaction<'_>,
    act: &Act,
    integration: &IntegrationSheet,
    event: NounEvent,
) -> Result<Saved<String>, ActError> {
    let context = vec![("primary_name", Value::from(integration.name.as_str()))];
    history::tell(tx, act, Line { noun: "integration", id: Some(&integration.id), event, context })?;
    Ok(Saved { id: integration.id.clone(), event: Some(event) })
}
