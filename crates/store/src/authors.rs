//! Authors: staff users as readers see them.

use std::collections::HashMap;

use model::Author;
use model::id::AuthorId;
use rusqlite::{Row, params_from_iter};

use crate::filter;
use crate::filter::tables::USERS;
use crate::list::{self, Noun};
use crate::row::{Columns, marks};
use crate::{ListQuery, Listing, Result, Snapshot};

/// Nothing private: no address, no password, no role, no time of sign-in.
const COLUMNS: &str = "users.id, users.name, users.slug, users.profile_image, users.cover_image, users.bio, \
    users.website, users.location, users.facebook, users.twitter, users.threads, users.bluesky, users.mastodon, \
    users.tiktok, users.youtube, users.instagram, users.linkedin, users.meta_title, users.meta_description, \
    users.updated_at";

const NOUN: Noun = Noun {
    table: &USERS,
    columns: COLUMNS,
    has_posts: "users.id in (select distinct posts_authors.author_id from posts_authors \
        inner join posts on posts.id = posts_authors.post_id where posts.status = 'published')",
    counts_only_with_posts: true,
    n_posts: "left join (select posts_authors.author_id as of, count(posts.id) as n from posts_authors \
        inner join posts on posts.id = posts_authors.post_id \
        where posts.type = 'post' and posts.status = 'published' group by posts_authors.author_id) as counts \
        on counts.of = users.id",
    has_posts_kept: "exists (select 1 from courant_list \
        where courant_list.type in ('post', 'page') and courant_list.name = 'author' and of = users.id and n > 0)",
    n_posts_kept: "left join courant_list as counts \
        on counts.type = 'post' and counts.name = 'author' and counts.of = users.id",
};

/// A list of authors; public scope: those with a published post or page, of any status.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Author>> {
    let condition = list::condition(&USERS, filter::author_filter(query))?;
    NOUN.browse(snapshot, query, condition, filter::author_order(query), author)
}

/// One author with a published post or page.
pub fn read_by_slug(snapshot: &Snapshot<'_>, slug: &str, count_posts: bool) -> Result<Option<Author>> {
    NOUN.read(snapshot, "slug", slug, count_posts, author)
}

/// One author with a published post or page.
pub fn read_by_id(snapshot: &Snapshot<'_>, id: &str, count_posts: bool) -> Result<Option<Author>> {
    NOUN.read(snapshot, "id", id, count_posts, author)
}

/// Authors with posts, latest change first.
pub(crate) fn latest(snapshot: &Snapshot<'_>, max: u32) -> Result<Vec<Author>> {
    NOUN.latest_with_posts(snapshot, max, author)
}

pub(crate) fn by_ids(snapshot: &Snapshot<'_>, ids: &[&str]) -> Result<HashMap<String, Author>> {
    let mut authors = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(crate::row::BATCH) {
        let (marks, n) = marks(ids.len());
        let mut statement =
            snapshot.prepare(&format!("select {COLUMNS}, null from users where id in ({marks})"))?;
        let padded = ids.iter().copied().map(Some).chain(std::iter::repeat(None)).take(n);
        for author in statement.query_map(params_from_iter(padded), author)? {
            let author = author?;
            authors.insert(author.id.as_str().to_owned(), author);
        }
    }
    Ok(authors)
}

fn author(row: &Row<'_>) -> rusqlite::Result<Author> {
    let mut c = Columns::new(row);
    Ok(Author {
        id: AuthorId::new(c.text()?),
        name: c.text()?,
        slug: c.text()?,
        profile_image: c.optional()?,
        cover_image: c.optional()?,
        bio: c.filled()?,
        website: c.filled()?,
        location: c.filled()?,
        facebook: c.filled()?,
        twitter: c.filled()?,
        threads: c.optional()?,
        bluesky: c.optional()?,
        mastodon: c.optional()?,
        tiktok: c.optional()?,
        youtube: c.optional()?,
        instagram: c.optional()?,
        linkedin: c.optional()?,
        meta_title: c.filled()?,
        meta_description: c.filled()?,
        updated_at: c.optional_instant()?,
        n_posts: c.number()?.and_then(|n| u64::try_from(n).ok()),
    })
}
