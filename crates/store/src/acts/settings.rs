//! Settings: several at once, all or none.

use model::Refusal;
use model::edit::Cell;
use model::edit::setting::{self, SettingSheet};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, rows};
use crate::row::Columns;
use crate::{Changed, WriteTransaction};

/// Gives settings their values; answers the keys that changed.
///
/// Errors: `NotFound` for a key that the publication does not have, else those of [`setting::stored`].
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    wanted: &[(String, Option<String>)],
) -> Result<Vec<String>, ActError> {
    let mut changed = Vec::new();
    for (key, value) in wanted {
        let setting = read(tx, key)?.ok_or(Refusal::NotFound { noun: "setting" })?;
        let value = setting::stored(&setting, value.as_deref(), &act.site)?;
        if value == setting.value {
            continue;
        }
        let row = vec![("value", Cell::text(value)), ("updated_at", Cell::Instant(act.at))];
        rows::update(tx, "settings", &setting.id, &row)?;
        let context =
            vec![("key", Value::from(key.as_str())), ("group", Value::from(setting.group.as_str()))];
        let event = NounEvent::Edited;
        history::tell(tx, act, Line { noun: "setting", id: Some(&setting.id), event, context })?;
        tx.changed(Changed::Settings);
        changed.push(key.clone());
    }
    Ok(changed)
}

fn read(tx: &WriteTransaction<'_>, key: &str) -> Result<Option<SettingSheet>, ActError> {
    let sql = "SELECT id, \"group\", type, value FROM settings WHERE \"key\" = ?";
    let setting = tx.connection().prepare_cached(sql)?.query_row([key], |row| {
        let mut c = Columns::new(row);
        Ok(SettingSheet {
            id: c.text()?,
            key: key.into(),
            group: c.text()?,
            kind: c.text()?,
            value: c.filled()?,
        })
    });
    Ok(setting.optional()?)
}
