//! The publication's settings.

use model::{Settings, SiteUrl};

use crate::{Result, Snapshot};

/// All settings, addresses made absolute.
pub fn read(snapshot: &Snapshot<'_>, site: &SiteUrl) -> Result<Settings> {
    let _ = (snapshot, site);
    Err(crate::Error::not_understood("unfinished"))
}
