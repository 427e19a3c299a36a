//! What the search box in pages looks through.

use model::{Author, Gated, Limit, Page, Post, PostKind, Tag};

use crate::{PostQuery, Result, Snapshot, Texts, With, authors, posts, tags};

/// Most entries of one kind.
pub const MAX_ENTRIES: u32 = 10_000;

/// Published posts, latest change first: with plain text (for the excerpt, which access decides) and without html.
/// Tags and authors are loaded when `relations` says so (permalinks may need them).
pub fn posts(snapshot: &Snapshot<'_>, relations: bool) -> Result<Vec<Gated<Post>>> {
    let query = PostQuery {
        order: Some("updated_at desc"),
        page: Page { number: 1, limit: Limit::Rows(MAX_ENTRIES) },
        with: With { tags: relations, authors: relations, ..With::NONE },
        texts: Texts { html: false, plaintext: true },
        count: false,
        ..PostQuery::of(PostKind::Post)
    };
    Ok(posts::browse(snapshot, &query)?.items)
}

/// Public tags, latest change first; also those without posts.
pub fn tags(snapshot: &Snapshot<'_>) -> Result<Vec<Tag>> {
    tags::latest(snapshot, MAX_ENTRIES)
}

/// Authors with posts, latest change first.
pub fn authors(snapshot: &Snapshot<'_>) -> Result<Vec<Author>> {
    authors::latest(snapshot, MAX_ENTRIES)
}
