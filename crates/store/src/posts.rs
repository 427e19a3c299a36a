//! Posts and pages: lists, single ones, neighbours, and the slim rows of maps and archives.

use jiff::Timestamp;
use model::id::PostId;
use model::{Gated, Post, PostKind, Visibility};

use crate::{Listing, PostQuery, PostRead, Result, Snapshot, With};

/// A list, in its order. One query for the rows, one for each relation, never one a row.
///
/// Errors: [`crate::Error::NotUnderstood`] when the filter names what is not there.
pub fn browse(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<Listing<Gated<Post>>> {
    let _ = (snapshot, query);
    Err(crate::Error::not_understood("unfinished"))
}

/// How many match, whatever the page.
pub fn count(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<u64> {
    let _ = (snapshot, query);
    Err(crate::Error::not_understood("unfinished"))
}

/// One post.
pub fn read(snapshot: &Snapshot<'_>, read: &PostRead<'_>) -> Result<Option<Gated<Post>>> {
    let _ = (snapshot, read);
    Err(crate::Error::not_understood("unfinished"))
}

/// Which way from a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Published at the same second or before.
    Previous,
    /// Published after.
    Next,
}

/// Among which posts a neighbour is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among<'q> {
    All,
    /// Those with this slug as primary tag.
    PrimaryTag(&'q str),
    /// Those with this slug as primary author.
    PrimaryAuthor(&'q str),
}

/// The published post next to one of this slug and instant.
pub fn neighbour(
    snapshot: &Snapshot<'_>,
    (slug, published_at): (&str, Timestamp),
    direction: Direction,
    among: Among<'_>,
    with: With,
) -> Result<Option<Gated<Post>>> {
    let _ = (snapshot, slug, published_at, direction, among, with);
    Err(crate::Error::not_understood("unfinished"))
}

/// As much of a published post as its address and a line in a map need; nothing of it is ever gated.
#[derive(Debug, Clone, PartialEq)]
pub struct PostRow {
    pub id: PostId,
    pub kind: PostKind,
    pub slug: String,
    pub title: String,
    pub featured: bool,
    pub visibility: Visibility,
    pub feature_image: Option<String>,
    pub canonical_url: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    /// Slug and whether it is public, in order.
    pub tags: Vec<(String, bool)>,
    /// Slugs, in order.
    pub authors: Vec<String>,
}

/// All published ones of a kind, newest first (`published_at`, then id, descending).
pub fn rows(snapshot: &Snapshot<'_>, kind: PostKind) -> Result<Vec<PostRow>> {
    let _ = (snapshot, kind);
    Err(crate::Error::not_understood("unfinished"))
}
