//! Posts and pages: lists, single ones, neighbours, and the slim rows of maps and archives.

mod relations;
mod rows;

use std::collections::HashMap;

use jiff::Timestamp;
use model::id::PostId;
use model::{Gated, Limit, Page, Pagination, Post, PostKind, PostMeta, PostStatus, Visibility};
use nql::{Comparison, Direction as Run, Node, Test, Value};
use rusqlite::{Connection, Row, params_from_iter};

pub use rows::{PostRow, rows};

use crate::filter::tables::{POSTS, SLIM_POSTS};
use crate::filter::{self, Condition, Order, OrderBy, Param};
use crate::list;
use crate::listing::{self, List, Shortcut};
use crate::row::{BATCH, Columns, marks};
use crate::{Error, Listing, PostKey, PostQuery, PostRead, Result, Scope, Snapshot, Texts, With};

/// The columns of a post but for its long texts, as [`post`] reads them.
const COLUMNS: &str = "posts.id, posts.type, posts.status, posts.uuid, posts.title, posts.slug, posts.comment_id, \
    posts.feature_image, posts.featured, posts.visibility, posts.created_at, posts.updated_at, posts.published_at, \
    posts.custom_excerpt, posts.codeinjection_head, posts.codeinjection_foot, posts.custom_template, \
    posts.canonical_url, posts.show_title_and_feature_image, posts_meta.og_image, posts_meta.og_title, \
    posts_meta.og_description, posts_meta.twitter_image, posts_meta.twitter_title, posts_meta.twitter_description, \
    posts_meta.meta_title, posts_meta.meta_description, posts_meta.email_subject, posts_meta.frontmatter, \
    posts_meta.feature_image_alt, posts_meta.feature_image_caption, posts_meta.email_only";
const META: &str = " left join posts_meta on posts_meta.post_id = posts.id";
const SENTIMENT: &str = "(select coalesce(round(avg(score) * 100), 0) from members_feedback \
    where members_feedback.post_id = posts.id)";

/// A list, in its order. One query for the rows, one for each relation, never one a row.
///
/// Errors: [`Error::NotUnderstood`] when the filter names what is not there.
pub fn browse(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<Listing<Gated<Post>>> {
    if let Some(list) = browse_kept(snapshot, query)? {
        return Ok(list);
    }
    if let Some(list) = browse_slim(snapshot, query)? {
        return Ok(list);
    }
    let condition = condition(query)?;
    let order = filter::post_order(query);
    if order.needs_meta() && query.scope == Scope::Public {
        // Ghost's own query for it does not compile either.
        return Err(Error::not_understood("order by a column of posts_meta"));
    }
    let total = match (query.count, query.page.limit) {
        (true, Limit::Rows(_)) => Some(list::count(snapshot, &POSTS, &[&condition.sql], &condition.params)?),
        _ => None,
    };
    let selection = Selection { condition, order, page: query.page, with: query.with, texts: query.texts };
    let items = match query.page.limit {
        // Sorting whole rows would carry their texts through the sorter: the ids first, then what is on the page.
        Limit::Rows(_) => {
            let ids = ids(snapshot, &selection)?;
            in_order(snapshot, &ids, query.with, query.texts, "")?
        }
        Limit::All => select(snapshot, selection)?,
    };
    let total = total.unwrap_or(items.len() as u64);
    Ok(Listing { items, pagination: Pagination::new(query.page, total) })
}

/// How many match, whatever the page.
pub fn count(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<u64> {
    if let Some((_, list)) = kept_list(snapshot, query)? {
        return Ok(list.map_or(0, |list| list.n));
    }
    if let Some(condition) = slim_condition(snapshot, query)? {
        return list::count_from(snapshot, SLIM, &[&condition.sql], &condition.params);
    }
    let condition = condition(query)?;
    list::count(snapshot, &POSTS, &[&condition.sql], &condition.params)
}

/// Kept rows in the place of Ghost's, under their name.
const SLIM: &str = "courant_post as posts";

/// A public filter that needs no more than the kept slim rows hold; None when it does, or when there are none.
fn slim_condition(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<Option<Condition>> {
    if query.scope != Scope::Public || Shortcut::of(snapshot)?.is_none() {
        return Ok(None);
    }
    // A column that is not there is looked for in the whole table then, and reported from there.
    Ok(list::condition(&SLIM_POSTS, filter::post_filter(query)?).ok())
}

/// A list found by going through the slim rows: texts are only read of what is on the page.
///
/// Ghost's order of equals is that of the last change; it is kept.
fn browse_slim(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<Option<Listing<Gated<Post>>>> {
    let (Some(condition), Limit::Rows(_)) = (slim_condition(snapshot, query)?, query.page.limit) else {
        return Ok(None);
    };
    let order = match filter::post_order(query) {
        Order::By(mut by)
            if by.iter().all(|rule| rule.table == "posts" && SLIM_POSTS.column(rule.column).is_some()) =>
        {
            by.push(OrderBy::ascending("posts", "updated_at"));
            by.push(OrderBy::ascending("posts", "id"));
            Order::By(by)
        }
        Order::Slugs(slugs) => Order::Slugs(slugs),
        _ => return Ok(None),
    };
    let total = match query.count {
        true => Some(list::count_from(snapshot, SLIM, &[&condition.sql], &condition.params)?),
        false => None,
    };
    let order = order.sql(&POSTS, &|_| "null");
    let Condition { sql: condition, mut params } = condition;
    params.extend(order.params);
    let page = list::page_clause(query.page, &mut params);
    let sql = format!("select posts.id from {SLIM}{}{}{page}", list::where_clause(&[&condition]), order.sql);
    let ids = list::rows(snapshot, &sql, &params, |row| Columns::new(row).text())?;
    let items = in_order(snapshot, &ids, query.with, query.texts, still_published(query.kind))?;
    let total = total.unwrap_or(items.len() as u64);
    Ok(Some(Listing { items, pagination: Pagination::new(query.page, total) }))
}

/// The kept list that a query means, if there is one; with None inside when nothing is in it.
fn kept_list<'s, 'c>(
    snapshot: &'s Snapshot<'c>,
    query: &PostQuery<'_>,
) -> Result<Option<(Shortcut<'s, 'c>, Option<listing::Found>)>> {
    if query.scope != Scope::Public {
        return Ok(None);
    }
    let Some((list, except)) = List::of_filter(query.filter) else { return Ok(None) };
    let Some(shortcut) = Shortcut::of(snapshot)? else { return Ok(None) };
    let found = shortcut.list(query.kind, &list, except.as_ref())?;
    Ok(Some((shortcut, found)))
}

/// A list that is kept ready; None when this one is not.
fn browse_kept(snapshot: &Snapshot<'_>, query: &PostQuery<'_>) -> Result<Option<Listing<Gated<Post>>>> {
    if !filter::is_newest_first(query) {
        return Ok(None);
    }
    let Some((shortcut, list)) = kept_list(snapshot, query)? else { return Ok(None) };
    let (ids, n) = match list {
        Some(list) => (shortcut.page(&list, query.page)?, list.n),
        None => (Vec::new(), 0),
    };
    let items = in_order(snapshot, &ids, query.with, query.texts, still_published(query.kind))?;
    let total = if query.count { n } else { items.len() as u64 };
    Ok(Some(Listing { items, pagination: Pagination::new(query.page, total) }))
}

/// What is asked again of a post that a kept list named: the lists decide order and number, never access. The unary
/// plus keeps SQLite from going through all published posts to find a few.
fn still_published(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Post => " and +posts.type = 'post' and +posts.status = 'published'",
        PostKind::Page => " and +posts.type = 'page' and +posts.status = 'published'",
    }
}

/// The posts with these ids that also meet `besides`, in the order of the ids.
pub(crate) fn in_order(
    snapshot: &Snapshot<'_>,
    ids: &[String],
    with: With,
    texts: Texts,
    besides: &'static str,
) -> Result<Vec<Gated<Post>>> {
    let mut items = Vec::with_capacity(ids.len());
    for ids in ids.chunks(BATCH) {
        let (marks, n) = marks(ids.len());
        let params =
            ids.iter().cloned().map(Param::Text).chain(std::iter::repeat(Param::Null)).take(n).collect();
        let selection = Selection {
            condition: Condition { sql: format!("posts.id in ({marks}){besides}"), params },
            order: Order::By(Vec::new()),
            page: Page { number: 1, limit: Limit::All },
            with,
            texts,
        };
        let mut found = found(snapshot, selection)?;
        let places: HashMap<&str, usize> =
            ids.iter().enumerate().map(|(place, id)| (id.as_str(), place)).collect();
        found.sort_by_key(|found| places.get(found.post.id.as_str()).copied());
        items.extend(found.into_iter().map(|found| Gated::seal(found.post)));
    }
    Ok(items)
}

/// The ids of a selection, in its order.
fn ids(snapshot: &Snapshot<'_>, selection: &Selection) -> Result<Vec<String>> {
    let order = selection
        .order
        .sql(&POSTS, &|_| if selection.with.sentiment { SENTIMENT } else { SENTIMENT_OR_NULL });
    let join = if selection.order.needs_meta() { META } else { "" };
    let condition = list::where_clause(&[&selection.condition.sql]);
    let mut params = selection.condition.params.clone();
    params.extend(order.params);
    let page = list::page_clause(selection.page, &mut params);
    let sql = format!("select posts.id from posts{join}{condition}{}{page}", order.sql);
    list::rows(snapshot, &sql, &params, |row| Columns::new(row).text())
}

/// One post.
pub fn read(snapshot: &Snapshot<'_>, read: &PostRead<'_>) -> Result<Option<Gated<Post>>> {
    let (column, key) = match read.key {
        PostKey::Id(id) => ("id", id),
        PostKey::Slug(slug) => ("slug", slug),
        PostKey::Uuid(uuid) => ("uuid", uuid),
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let mut tests = vec![Node::is(column, text(key))];
    tests.extend(read.kind.map(|kind| Node::is("type", text(kind.as_str()))));
    if !read.statuses.is_empty() {
        let statuses = read.statuses.iter().map(|status| text(status.as_str())).collect();
        tests.push(Node::Test("status".to_owned(), Test::In(statuses)));
    }
    let selection = Selection {
        condition: filter::condition(&POSTS, &Node::Group(nql::Join::And, tests))?,
        order: Order::By(Vec::new()),
        page: Page { number: 1, limit: Limit::Rows(1) },
        with: read.with,
        texts: read.texts,
    };
    Ok(select(snapshot, selection)?.pop())
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

/// The published post next to one of this slug and instant, with its texts.
pub fn neighbour(
    snapshot: &Snapshot<'_>,
    (slug, published_at): (&str, Timestamp),
    direction: Direction,
    among: Among<'_>,
    with: With,
) -> Result<Option<Gated<Post>>> {
    let published_at = model::dates::to_database(published_at);
    if let Some(shortcut) = Shortcut::of(snapshot)? {
        let list = match among {
            Among::All => List::All,
            Among::PrimaryTag(slug) => List::PrimaryTag { slug: slug.to_owned() },
            Among::PrimaryAuthor(slug) => List::PrimaryAuthor { slug: slug.to_owned() },
        };
        let Some(list) = shortcut.list(PostKind::Post, &list, None)? else { return Ok(None) };
        let Some(id) = shortcut.neighbour(&list, (slug, &published_at), direction)? else { return Ok(None) };
        return Ok(in_order(snapshot, &[id], with, Texts::ALL, still_published(PostKind::Post))?.pop());
    }
    let (comparison, run) = match direction {
        Direction::Previous => (Comparison::LessOrEqual, Run::Descending),
        Direction::Next => (Comparison::Greater, Run::Ascending),
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let mut tests = vec![
        Node::Test("slug".to_owned(), Test::IsNot(text(slug))),
        Node::Test("published_at".to_owned(), Test::Compare(comparison, Value::Text(published_at))),
    ];
    match among {
        Among::All => {}
        Among::PrimaryTag(slug) => tests.push(Node::is("primary_tag", text(slug))),
        Among::PrimaryAuthor(slug) => tests.push(Node::is("primary_author", text(slug))),
    }
    let node = filter::published(PostKind::Post, Node::Group(nql::Join::And, tests));
    let selection = Selection {
        condition: filter::condition(&POSTS, &node)?,
        order: Order::By(vec![OrderBy { table: "posts", column: "published_at", direction: run }]),
        page: Page { number: 1, limit: Limit::Rows(1) },
        with,
        texts: Texts::ALL,
    };
    Ok(select(snapshot, selection)?.pop())
}

/// Id, title and status of all that match, in the order of their making, whatever the page; also inside of a write.
pub(crate) fn names_in(
    connection: &Connection,
    query: &PostQuery<'_>,
) -> Result<Vec<(String, String, PostStatus)>> {
    let condition = condition(query)?;
    let sql = format!(
        "select posts.id, posts.title, posts.status from posts{} order by posts.id",
        list::where_clause(&[&condition.sql])
    );
    let mut statement = connection.prepare_cached(&sql).map_err(Error::of_filter)?;
    let rows = statement.query_map(params_from_iter(&condition.params), |row| {
        let mut c = Columns::new(row);
        Ok((c.text()?, c.text()?, PostStatus::parse(&c.text()?).unwrap_or(PostStatus::Draft)))
    });
    rows.map_err(Error::of_filter)?.collect::<rusqlite::Result<_>>().map_err(Error::of_filter)
}

fn condition(query: &PostQuery<'_>) -> Result<Condition> {
    list::condition(&POSTS, filter::post_filter(query)?)
}

/// What is read from the table `posts`, checked.
struct Selection {
    condition: Condition,
    order: Order,
    page: Page,
    with: With,
    texts: Texts,
}

fn select(snapshot: &Snapshot<'_>, selection: Selection) -> Result<Vec<Gated<Post>>> {
    Ok(found(snapshot, selection)?.into_iter().map(|found| Gated::seal(found.post)).collect())
}

fn found(snapshot: &Snapshot<'_>, selection: Selection) -> Result<Vec<Found>> {
    let Selection { condition, order, page, with, texts } = selection;
    let order = order.sql(&POSTS, &|_| if with.sentiment { "count__sentiment" } else { SENTIMENT_OR_NULL });
    let mut sql = format!("select {COLUMNS}");
    sql.push_str(if texts.html { ", posts.html" } else { ", null" });
    sql.push_str(if texts.plaintext { ", posts.plaintext" } else { ", null" });
    if with.sentiment {
        sql.push_str(&format!(", {SENTIMENT} as count__sentiment"));
    }
    sql.push_str(" from posts");
    sql.push_str(META);
    sql.push_str(&list::where_clause(&[&condition.sql]));
    sql.push_str(&order.sql);
    let mut params = condition.params;
    params.extend(order.params);
    sql.push_str(list::page_clause(page, &mut params));
    let mut posts = list::rows(snapshot, &sql, &params, |row| post(row, with))?;
    relations::load(snapshot, &mut posts, with)?;
    Ok(posts)
}

/// Votes as they are ordered by when they are not shown: without any they count as nothing at all.
const SENTIMENT_OR_NULL: &str =
    "(select avg(score) from members_feedback where members_feedback.post_id = posts.id)";

/// A post on its way out of the database.
struct Found {
    post: Post,
    /// The column as it stands: a word, or an old filter on tiers.
    visibility: String,
}

fn post(row: &Row<'_>, with: With) -> rusqlite::Result<Found> {
    let mut c = Columns::new(row);
    let id = PostId::new(c.text()?);
    let kind = if c.text()? == "page" { PostKind::Page } else { PostKind::Post };
    let status = PostStatus::parse(&c.text()?).unwrap_or(PostStatus::Draft);
    let (uuid, title, slug) = (c.text()?, c.text()?, c.text()?);
    let comment_id = c.optional()?;
    let feature_image = c.optional()?;
    let featured = c.flag()?;
    let visibility = c.text()?;
    let post = Post {
        id,
        kind,
        status,
        uuid,
        title,
        slug,
        comment_id,
        feature_image,
        featured,
        visibility: Visibility::parse(&visibility),
        created_at: c.instant()?,
        updated_at: c.optional_instant()?,
        published_at: c.optional_instant()?,
        custom_excerpt: c.optional()?,
        codeinjection_head: c.optional()?,
        codeinjection_foot: c.optional()?,
        custom_template: c.optional()?,
        canonical_url: c.optional()?,
        show_title_and_feature_image: c.flag()?,
        meta: PostMeta {
            og_image: c.filled()?,
            og_title: c.filled()?,
            og_description: c.filled()?,
            twitter_image: c.filled()?,
            twitter_title: c.filled()?,
            twitter_description: c.filled()?,
            meta_title: c.filled()?,
            meta_description: c.filled()?,
            email_subject: c.filled()?,
            frontmatter: c.filled()?,
            feature_image_alt: c.filled()?,
            feature_image_caption: c.filled()?,
            email_only: c.flag()?,
        },
        html: c.optional()?,
        plaintext: c.optional()?,
        sentiment: if with.sentiment { Some(c.real()?.unwrap_or_default()) } else { None },
        tags: None,
        authors: None,
        tiers: None,
        access: false,
        is_cut: false,
        reading_time: None,
        excerpt: None,
    };
    Ok(Found { post, visibility })
}
