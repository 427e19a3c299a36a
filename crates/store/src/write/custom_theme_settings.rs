//! Settings that a theme brings.

use super::row::insert;
use crate::{Changed, WriteError, WriteTransaction};
use jiff::Timestamp;

/// Kinds of a theme's setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomKind {
    Select,
    Boolean,
    Color,
    Text,
    Image,
}

impl CustomKind {
    fn as_str(self) -> &'static str {
        match self {
            CustomKind::Select => "select",
            CustomKind::Boolean => "boolean",
            CustomKind::Color => "color",
            CustomKind::Text => "text",
            CustomKind::Image => "image",
        }
    }
}

/// Gives a theme's setting its value; adds it when the theme did not have it. `now` is only part of a new id.
pub fn set_custom_theme_setting(
    tx: &WriteTransaction<'_>,
    (theme, key): (&str, &str),
    kind: CustomKind,
    value: Option<&str>,
    now: Timestamp,
) -> Result<(), WriteError> {
    let sql = "UPDATE custom_theme_settings SET type = ?, value = ? WHERE theme = ? AND \"key\" = ?";
    let n_rows = tx.connection().prepare_cached(sql)?.execute((kind.as_str(), value, theme, key))?;
    if n_rows == 0 {
        let (id, kind) = (tx.new_id(now), kind.as_str());
        insert(
            tx,
            "custom_theme_settings",
            &[("id", &id), ("theme", &theme), ("key", &key), ("type", &kind), ("value", &value)],
        )?;
    }
    tx.changed(Changed::Settings);
    Ok(())
}
