//! Tags.

use model::Tag;

use crate::{ListQuery, Listing, Result, Snapshot};

/// A list of tags; public scope: those with a published post or page, internal ones too.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Tag>> {
    let _ = (snapshot, query);
    Err(crate::Error::not_understood("unfinished"))
}

/// One tag with a published post or page.
pub fn read_by_slug(snapshot: &Snapshot<'_>, slug: &str, count_posts: bool) -> Result<Option<Tag>> {
    let _ = (snapshot, slug, count_posts);
    Err(crate::Error::not_understood("unfinished"))
}

/// One tag with a published post or page.
pub fn read_by_id(snapshot: &Snapshot<'_>, id: &str, count_posts: bool) -> Result<Option<Tag>> {
    let _ = (snapshot, id, count_posts);
    Err(crate::Error::not_understood("unfinished"))
}
