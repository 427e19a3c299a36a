//! The publication's settings.

use model::{Settings, SiteUrl};

use crate::row::Columns;
use crate::{Result, Snapshot};

/// Those that hold addresses of files.
const ADDRESSES: &[&str] = &[
    "cover_image",
    "logo",
    "icon",
    "portal_button_icon",
    "og_image",
    "twitter_image",
    "navigation",
    "secondary_navigation",
];

/// All settings, addresses made absolute.
pub fn read(snapshot: &Snapshot<'_>, site: &SiteUrl) -> Result<Settings> {
    let mut statement = snapshot.prepare("select key, value from settings")?;
    let rows = statement.query_map((), |row| {
        let mut c = Columns::new(row);
        Ok((c.text()?, c.optional()?))
    })?;
    let absolute = |(key, value): (String, Option<String>)| {
        let value =
            if ADDRESSES.contains(&key.as_str()) { value.map(|value| site.expand(value)) } else { value };
        (key, value)
    };
    let rows = rows.map(|row| row.map(absolute)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Settings::new(rows))
}
