//! Posts in the order in which they were changed, for those who keep something made from them; and those of which nothing is kept yet.

use model::id::PostId;
use model::{Gated, Post, PostStatus};

use crate::row::Columns;
use crate::{Result, Snapshot, Texts, With, posts};

/// A part of the posts that were changed since a moment.
#[derive(Debug, Default)]
pub struct Feed {
    /// Published ones, with texts and relations.
    pub published: Vec<Gated<Post>>,
    /// Those that are not to be found by readers (any more).
    pub gone: Vec<PostId>,
    /// `updated_at` and id of the last one, as they stand in the database; None when there was none.
    pub last: Option<(String, String)>,
}

/// Up to `limit` posts (not pages) that follow on `after` by `updated_at` and id.
///
/// Several changes within one second have one `updated_at`: who begins anew begins with `(second, "")`.
pub fn feed(snapshot: &Snapshot<'_>, after: (&str, &str), limit: u32) -> Result<Feed> {
    let mut statement = snapshot.prepare(
        "select id, status, updated_at from posts \
         where updated_at >= ?1 and (updated_at > ?1 or id > ?2) and +type = 'post' order by updated_at, id limit ?3",
    )?;
    let rows = statement.query_map((after.0, after.1, limit), |row| {
        let mut c = Columns::new(row);
        Ok((c.text()?, c.text()?, c.text()?))
    })?;
    let rows: Vec<(String, String, String)> = rows.collect::<rusqlite::Result<_>>()?;
    let mut feed = Feed { last: rows.last().map(|(id, _, at)| (at.clone(), id.clone())), ..Feed::default() };
    let mut ids = Vec::new();
    for (id, status, _) in rows {
        match PostStatus::parse(&status) {
            Some(PostStatus::Published) => ids.push(id),
            _ => feed.gone.push(PostId::new(id)),
        }
    }
    feed.published = posts::in_order(snapshot, &ids, With::RELATIONS, Texts::ALL, "")?;
    Ok(feed)
}

/// Up to `limit` of the `newest` published posts (not pages) whose words the desk has not put on record yet, the newest first.
pub fn unrecorded(snapshot: &Snapshot<'_>, newest: u32, limit: u32) -> Result<Vec<Gated<Post>>> {
    let mut sql = String::from(
        "select id from (select id, published_at from posts where published_at is not null and +type = 'post' \
         and +status = 'published' order by published_at desc, id desc limit ?1)",
    );
    if super::is_kept(snapshot, "courant_text")? {
        sql.push_str(" where id not in (select post_id from courant_text)");
    }
    sql.push_str(" order by published_at desc, id desc limit ?2");
    let mut statement = snapshot.prepare(&sql)?;
    let ids = statement.query_map((newest, limit), |row| row.get(0))?;
    let ids: Vec<String> = ids.collect::<rusqlite::Result<_>>()?;
    posts::in_order(snapshot, &ids, With::RELATIONS, Texts::ALL, "")
}

/// Those of the ids that are published posts, with texts and relations, in the order of the ids.
pub fn published_among(snapshot: &Snapshot<'_>, ids: &[String]) -> Result<Vec<Gated<Post>>> {
    let found = posts::in_order(
        snapshot,
        ids,
        With::RELATIONS,
        Texts::ALL,
        " and +posts.type = 'post' and +posts.status = 'published'",
    )?;
    Ok(found)
}
