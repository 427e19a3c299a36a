//! Authors: staff users as readers see them.

use model::Author;

use crate::{ListQuery, Listing, Result, Snapshot};

/// A list of authors; public scope: those with a published post or page, of any status.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Author>> {
    let _ = (snapshot, query);
    Err(crate::Error::not_understood("unfinished"))
}

/// One author with a published post or page.
pub fn read_by_slug(snapshot: &Snapshot<'_>, slug: &str, count_posts: bool) -> Result<Option<Author>> {
    let _ = (snapshot, slug, count_posts);
    Err(crate::Error::not_understood("unfinished"))
}

/// One author with a published post or page.
pub fn read_by_id(snapshot: &Snapshot<'_>, id: &str, count_posts: bool) -> Result<Option<Author>> {
    let _ = (snapshot, id, count_posts);
    Err(crate::Error::not_understood("unfinished"))
}
