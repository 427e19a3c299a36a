//! Settings that the theme brings: several at once, all or none.

use model::edit::Cell;
use model::edit::theme_setting::{self, ThemeSetting};
use rusqlite::OptionalExtension;

use super::{Act, ActError, rows};
use crate::{Changed, WriteTransaction};

/// Gives settings of a theme their values, and adds those that the theme did not have; answers the keys that changed.
///
/// Errors: those of [`theme_setting::stored`].
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    theme: &str,
    wanted: &[(ThemeSetting, Option<String>)],
) -> Result<Vec<String>, ActError> {
    let mut changed = Vec::new();
    for (setting, value) in wanted {
        let value = theme_setting::stored(setting, value.as_deref())?;
        let sql = "SELECT id, value FROM custom_theme_settings WHERE theme = ? AND \"key\" = ?";
        let known: Option<(String, Option<String>)> = tx
            .connection()
            .prepare_cached(sql)?
            .query_row([theme, &setting.key], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let kind_and_value =
            [("type", Cell::text(Some(setting.kind.as_str()))), ("value", Cell::text(value.as_deref()))];
        match known {
            Some((_, stands)) if stands == value => continue,
            Some((id, _)) => rows::update(tx, "custom_theme_settings", &id, &kind_and_value.to_vec())?,
            None => {
                let mut row = vec![
                    ("id", Cell::Text(tx.new_id(act.at))),
                    ("theme", Cell::text(Some(theme))),
                    ("key", Cell::text(Some(setting.key.as_str()))),
                ];
                row.extend(kind_and_value);
                rows::insert(tx, "custom_theme_settings", &row)?;
            }
        }
        tx.changed(Changed::Settings);
        changed.push(setting.key.clone());
    }
    Ok(changed)
}
