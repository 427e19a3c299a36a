//! What the owner chose in a theme's own settings.

use model::SiteUrl;

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
    let _ = (snapshot, theme, site);
    Err(crate::Error::not_understood("unfinished"))
}
