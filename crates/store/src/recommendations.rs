//! Recommendations of other publications.

use model::Recommendation;

use crate::{ListQuery, Listing, Result, Snapshot};

/// A list, newest first by default.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Recommendation>> {
    let _ = (snapshot, query);
    Err(crate::Error::not_understood("unfinished"))
}
