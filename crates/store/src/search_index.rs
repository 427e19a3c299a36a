//! What the search box in pages looks through.

use model::{Author, Gated, Post, Tag};

use crate::{Result, Snapshot};

/// Most entries of one kind.
pub const MAX_ENTRIES: u32 = 10_000;

/// Published posts, latest change first: with plain text (for the excerpt, which access decides) and without html.
/// Tags and authors are loaded when `relations` says so (permalinks may need them).
pub fn posts(snapshot: &Snapshot<'_>, relations: bool) -> Result<Vec<Gated<Post>>> {
    let _ = (snapshot, relations);
    Err(crate::Error::not_understood("unfinished"))
}

/// Public tags, latest change first; also those without posts.
pub fn tags(snapshot: &Snapshot<'_>) -> Result<Vec<Tag>> {
    let _ = snapshot;
    Err(crate::Error::not_understood("unfinished"))
}

/// Authors with posts, latest change first.
pub fn authors(snapshot: &Snapshot<'_>) -> Result<Vec<Author>> {
    let _ = snapshot;
    Err(crate::Error::not_understood("unfinished"))
}
