//! Offers.

use model::Offer;

use crate::{Result, Snapshot};

/// One offer, active or not.
pub fn read(snapshot: &Snapshot<'_>, id: &str) -> Result<Option<Offer>> {
    let _ = (snapshot, id);
    Err(crate::Error::not_understood("unfinished"))
}

/// The active offer behind a link `/{code}`.
pub fn read_by_code(snapshot: &Snapshot<'_>, code: &str) -> Result<Option<Offer>> {
    let _ = (snapshot, code);
    Err(crate::Error::not_understood("unfinished"))
}
