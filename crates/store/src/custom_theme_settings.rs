//! What the owner chose in a theme's own settings.

use model::SiteUrl;

use crate::row::Columns;
use crate::{Result, Snapshot};

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomSetting {
    pub key: String,
    /// `select`, `boolean`, `color`, `text` or `image`.
    pub kind: String,
    /// As stored (booleans `true`/`false`), addresses absolute.
    pub value: Option<String>,
}

/// The choices for a theme.
pub fn of_theme(snapshot: &Snapshot<'_>, theme: &str, site: &SiteUrl) -> Result<Vec<CustomSetting>> {
    let mut statement =
        snapshot.prepare("select key, type, value from custom_theme_settings where theme = ?")?;
    let settings = statement.query_map([theme], |row| {
        let mut c = Columns::new(row);
        let (key, kind, value) = (c.text()?, c.text()?, c.optional()?);
        let value = if kind == "image" { value.map(|value| site.expand(value)) } else { value };
        Ok(CustomSetting { key, kind, value })
    })?;
    Ok(settings.collect::<rusqlite::Result<Vec<_>>>()?)
}
