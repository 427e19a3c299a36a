//! Newsletters.

use model::Newsletter;

use crate::{ListQuery, Listing, Result, Snapshot};

/// A list; public scope: active ones, and only the columns that the API shows can be filtered or ordered by.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Newsletter>> {
    let _ = (snapshot, query);
    Err(crate::Error::not_understood("unfinished"))
}
