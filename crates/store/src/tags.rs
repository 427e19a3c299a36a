//! Tags.

use std::collections::HashMap;

use model::id::TagId;
use model::{SocialCard, Tag};
use rusqlite::{Row, params_from_iter};

use crate::filter;
use crate::filter::tables::TAGS;
use crate::list::{self, Noun};
use crate::row::{Columns, marks};
use crate::{ListQuery, Listing, Result, Snapshot};

const COLUMNS: &str = "tags.id, tags.name, tags.slug, tags.description, tags.feature_image, tags.visibility, \
    tags.og_image, tags.og_title, tags.og_description, tags.twitter_image, tags.twitter_title, \
    tags.twitter_description, tags.meta_title, tags.meta_description, tags.codeinjection_head, \
    tags.codeinjection_foot, tags.canonical_url, tags.accent_color, tags.created_at, tags.updated_at";

const NOUN: Noun = Noun {
    table: &TAGS,
    columns: COLUMNS,
    has_posts: "tags.id in (select distinct posts_tags.tag_id from posts_tags \
        inner join posts on posts.id = posts_tags.post_id where posts.status = 'published')",
    // Ghost counts the pages of a list of tags before it leaves out those without posts.
    counts_only_with_posts: false,
    n_posts: "left join (select posts_tags.tag_id as of, count(distinct posts.id) as n from posts_tags \
        inner join posts on posts.id = posts_tags.post_id \
        where posts.type = 'post' and posts.status = 'published' group by posts_tags.tag_id) as counts \
        on counts.of = tags.id",
    has_posts_kept: "exists (select 1 from courant_list \
        where courant_list.type in ('post', 'page') and courant_list.name = 'tag' and of = tags.id and n > 0)",
    n_posts_kept: "left join courant_list as counts \
        on counts.type = 'post' and counts.name = 'tag' and counts.of = tags.id",
};

/// A list of tags; public scope: those with a published post or page, internal ones too.
///
/// The total counts those without posts as well, as Ghost's does.
pub fn browse(snapshot: &Snapshot<'_>, query: &ListQuery<'_>) -> Result<Listing<Tag>> {
    let condition = list::condition(&TAGS, filter::tag_filter(query))?;
    NOUN.browse(snapshot, query, condition, filter::tag_order(query), tag)
}

/// One tag with a published post or page.
pub fn read_by_slug(snapshot: &Snapshot<'_>, slug: &str, count_posts: bool) -> Result<Option<Tag>> {
    NOUN.read(snapshot, "slug", slug, count_posts, tag)
}

/// One tag with a published post or page.
pub fn read_by_id(snapshot: &Snapshot<'_>, id: &str, count_posts: bool) -> Result<Option<Tag>> {
    NOUN.read(snapshot, "id", id, count_posts, tag)
}

/// Public tags, latest change first; also those without posts when the search index wants them so.
pub(crate) fn latest(snapshot: &Snapshot<'_>, max: u32) -> Result<Vec<Tag>> {
    NOUN.latest(snapshot, "tags.visibility = 'public'", max, tag)
}

pub(crate) fn by_ids(snapshot: &Snapshot<'_>, ids: &[&str]) -> Result<HashMap<String, Tag>> {
    let mut tags = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(crate::row::BATCH) {
        let (marks, n) = marks(ids.len());
        let mut statement =
            snapshot.prepare(&format!("select {COLUMNS}, null from tags where id in ({marks})"))?;
        let padded = ids.iter().copied().map(Some).chain(std::iter::repeat(None)).take(n);
        for tag in statement.query_map(params_from_iter(padded), tag)? {
            let tag = tag?;
            tags.insert(tag.id.as_str().to_owned(), tag);
        }
    }
    Ok(tags)
}

fn tag(row: &Row<'_>) -> rusqlite::Result<Tag> {
    let mut c = Columns::new(row);
    Ok(Tag {
        id: TagId::new(c.text()?),
        name: c.text()?,
        slug: c.text()?,
        description: c.filled()?,
        feature_image: c.optional()?,
        visibility: c.text()?,
        card: SocialCard {
            og_image: c.optional()?,
            og_title: c.optional()?,
            og_description: c.optional()?,
            twitter_image: c.optional()?,
            twitter_title: c.optional()?,
            twitter_description: c.optional()?,
            meta_title: c.filled()?,
            meta_description: c.filled()?,
        },
        codeinjection_head: c.optional()?,
        codeinjection_foot: c.optional()?,
        canonical_url: c.optional()?,
        accent_color: c.optional()?,
        created_at: c.optional_instant()?,
        updated_at: c.optional_instant()?,
        n_posts: c.number()?.and_then(|n| u64::try_from(n).ok()),
    })
}
