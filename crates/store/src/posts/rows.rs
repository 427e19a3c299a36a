//! Slim rows of all published posts: for addresses, maps and archives.

use std::collections::HashMap;

use jiff::Timestamp;
use model::id::PostId;
use model::{PostKind, Visibility};

use crate::listing::Shortcut;
use crate::row::Columns;
use crate::{Result, Snapshot};

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
    if let Some(shortcut) = Shortcut::of(snapshot)? {
        return kept_rows(snapshot, &shortcut, kind);
    }
    let mut statement = snapshot.prepare(
        "select id, slug, title, featured, visibility, feature_image, canonical_url, created_at, updated_at, \
         published_at from posts where type = ? and status = 'published' order by published_at desc, id desc",
    )?;
    let rows = statement.query_map([kind.as_str()], |row| slim_row(kind, &mut Columns::new(row)))?;
    let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let places: HashMap<PostId, usize> =
        rows.iter().enumerate().map(|(place, row)| (row.id.clone(), place)).collect();
    let mut statement = snapshot.prepare(
        "select posts_tags.post_id, tags.slug, tags.visibility = 'public' from posts_tags \
         join tags on tags.id = posts_tags.tag_id order by posts_tags.sort_order, posts_tags.id",
    )?;
    let mut pairs = statement.query(())?;
    while let Some(row) = pairs.next()? {
        let mut c = Columns::new(row);
        if let Some(row) = places.get(&PostId::new(c.text()?)).and_then(|place| rows.get_mut(*place)) {
            row.tags.push((c.text()?, c.flag()?));
        }
    }
    let mut statement = snapshot.prepare(
        "select posts_authors.post_id, users.slug from posts_authors \
         join users on users.id = posts_authors.author_id order by posts_authors.sort_order, posts_authors.id",
    )?;
    let mut pairs = statement.query(())?;
    while let Some(row) = pairs.next()? {
        let mut c = Columns::new(row);
        if let Some(row) = places.get(&PostId::new(c.text()?)).and_then(|place| rows.get_mut(*place)) {
            row.authors.push(c.text()?);
        }
    }
    Ok(rows)
}

fn slim_row(kind: PostKind, c: &mut Columns<'_>) -> rusqlite::Result<PostRow> {
    Ok(PostRow {
        id: PostId::new(c.text()?),
        kind,
        slug: c.text()?,
        title: c.text()?,
        featured: c.flag()?,
        visibility: Visibility::parse(&c.text()?),
        feature_image: c.filled()?,
        canonical_url: c.filled()?,
        created_at: c.optional_instant()?,
        updated_at: c.optional_instant()?,
        published_at: c.optional_instant()?,
        tags: Vec::new(),
        authors: Vec::new(),
    })
}

/// The same rows out of the kept ones, without a look at the long texts.
fn kept_rows(snapshot: &Snapshot<'_>, shortcut: &Shortcut<'_, '_>, kind: PostKind) -> Result<Vec<PostRow>> {
    let named = |sql: &str| -> Result<HashMap<String, (String, bool)>> {
        let mut statement = snapshot.prepare(sql)?;
        let rows = statement.query_map((), |row| {
            let mut c = Columns::new(row);
            Ok((c.text()?, (c.text()?, c.flag()?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let tags = named("select id, slug, visibility = 'public' from tags")?;
    let authors = named("select id, slug, 1 from users")?;
    let mut rows = shortcut.rows(kind, |row| {
        let mut c = Columns::new(row);
        let mut row = slim_row(kind, &mut c)?;
        row.tags = c.text()?.split(',').filter_map(|id| tags.get(id).cloned()).collect();
        row.authors = c.text()?.split(',').filter_map(|id| Some(authors.get(id)?.0.clone())).collect();
        Ok(row)
    })?;
    rows.sort_unstable_by(|a, b| (b.published_at, &b.id).cmp(&(a.published_at, &a.id)));
    Ok(rows)
}
