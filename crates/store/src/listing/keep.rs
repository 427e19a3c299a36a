//! Making the lists and mending them after writes, our own and Ghost's.
//!
//! What changed is found by `posts.updated_at` and by the ids of new pairs in the join tables (ids grow with time).
//! When numbers then do not agree, all of it is made anew.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Result, Row, Transaction, TransactionBehavior};
use rusqlite::{params, params_from_iter};

use super::VERSION;
use crate::row::{BATCH, Columns, marks};
use crate::writer::Changed;

const TABLES: &str = "
    drop table if exists courant_listing_state;
    drop table if exists courant_listing;
    drop table if exists courant_list;
    drop table if exists courant_post;
    create table courant_post (
        id text not null primary key, type text not null, status text not null default 'published', slug text not null, title text not null,
        featured boolean not null, visibility text not null, feature_image text, canonical_url text,
        created_at datetime, updated_at datetime, published_at datetime not null, tags text not null, primary_tag text not null,
        authors text not null, primary_author text not null
    ) without rowid;
    create table courant_list (
        list integer primary key, type text not null, name text not null, of text not null, n integer not null,
        unique (type, name, of)
    );
    create table courant_listing (
        list integer not null, published_at datetime not null, post_id text not null,
        primary key (list, published_at, post_id)
    ) without rowid;
    create table courant_listing_state (
        version integer not null, watermark text not null, n_posts integer not null,
        last_tag_pair text not null, last_author_pair text not null,
        n_tag_pairs integer not null, n_author_pairs integer not null
    );";

/// Posts under which no lists are made: reading a small publication the long way is quick, and its file stays as
/// Ghost made it.
const MIN_POSTS: i64 = 300;

/// Follows a write of ours, inside its transaction. A failure leaves the lists marked as old, not the write undone.
pub(crate) fn follow(connection: &Connection, changed: &[Changed]) -> Result<()> {
    let touches = |changed: &Changed| {
        matches!(changed, Changed::Post(_) | Changed::Tag(_) | Changed::Author(_) | Changed::Everything)
    };
    if !changed.iter().any(touches) {
        return Ok(());
    }
    let mut named = BTreeSet::new();
    for changed in changed {
        if let Changed::Post(id) = changed {
            named.insert(id.as_str().to_owned());
        }
    }
    let Some(before) = State::kept(connection)? else { return Ok(()) };
    connection.execute_batch("savepoint courant_listing")?;
    if let Err(error) = update(connection, before, named) {
        tracing::warn!(%error, "the kept lists cannot follow a change; lists are read the long way");
        connection.execute_batch("rollback to courant_listing; delete from courant_listing_state")?;
    }
    connection.execute_batch("release courant_listing")
}

/// Brings the lists up to date in a transaction of its own; makes them when they are absent and the publication has
/// grown enough.
///
/// Answers whether something had to be changed.
pub fn mend(connection: &mut Connection) -> Result<bool> {
    // A look first, so that nobody waits for the lock of a transaction that has nothing to do.
    match State::kept(connection)? {
        Some(before) if before == State::of_database(connection)? => return Ok(false),
        None if n_published(connection)? < MIN_POSTS => return Ok(false),
        _ => {}
    }
    mend_always(connection)?;
    Ok(true)
}

/// The same, however small the publication is.
pub fn mend_always(connection: &mut Connection) -> Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    match State::kept(&transaction)? {
        Some(before) => update(&transaction, before, BTreeSet::new())?,
        None => make(&transaction)?,
    }
    transaction.commit()
}

fn update(connection: &Connection, before: State, mut dirty: BTreeSet<String>) -> Result<()> {
    let now = State::of_database(connection)?;
    let ids = |sql: &str, from: &str| -> Result<Vec<String>> {
        let mut statement = connection.prepare_cached(sql)?;
        statement.query_map([from], |row| Columns::new(row).text())?.collect()
    };
    dirty.extend(ids("select id from posts where updated_at >= ?", &before.watermark)?);
    dirty.extend(ids("select post_id from posts_tags where id > ?", &before.last_tag_pair)?);
    dirty.extend(ids("select post_id from posts_authors where id > ?", &before.last_author_pair)?);
    let dirty: Vec<String> = dirty.into_iter().collect();
    let mut lists = Lists::new(connection);
    for ids in dirty.chunks(BATCH) {
        let slim = slim_rows(connection, Some(ids))?;
        for id in ids {
            lists.replace(id, slim.get(id))?;
        }
    }
    lists.write_numbers()?;
    if n_kept(connection)? != n_published(connection)? {
        drop_deleted(connection)?;
    }
    if n_kept(connection)? == n_published(connection)? { now.keep(connection) } else { make(connection) }
}

/// Makes everything anew.
fn make(connection: &Connection) -> Result<()> {
    connection.execute_batch(TABLES)?;
    let slim = slim_rows(connection, None)?;
    let mut lists = Lists::new(connection);
    // All in the order of the keys, so that pages of the tables are filled one after the other: ten times as fast.
    let mut rows: Vec<&Slim> = slim.values().collect();
    rows.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let mut places = Vec::new();
    for row in rows {
        lists.add_row(row)?;
        for (name, of) in row.places() {
            places.push((lists.number(&row.kind, name, of, 1)?, row));
        }
    }
    places.sort_unstable_by(|(a, x), (b, y)| (a, &x.published_at, &x.id).cmp(&(b, &y.published_at, &y.id)));
    for (list, row) in places {
        lists.add_place(list, row)?;
    }
    lists.write_numbers()?;
    State::of_database(connection)?.keep(connection)
}

/// What the database was like when the lists were right.
#[derive(Debug, PartialEq)]
struct State {
    watermark: String,
    n_posts: i64,
    last_tag_pair: String,
    last_author_pair: String,
    n_tag_pairs: i64,
    n_author_pairs: i64,
}

impl State {
    fn read(row: &Row<'_>) -> Result<Self> {
        let mut c = Columns::new(row);
        Ok(State {
            watermark: c.text()?,
            n_posts: c.number()?.unwrap_or_default(),
            last_tag_pair: c.text()?,
            last_author_pair: c.text()?,
            n_tag_pairs: c.number()?.unwrap_or_default(),
            n_author_pairs: c.number()?.unwrap_or_default(),
        })
    }

    /// None when there are no tables, or of another version.
    fn kept(connection: &Connection) -> Result<Option<Self>> {
        let exists = "select 1 from sqlite_master where type = 'table' and name = 'courant_listing_state'";
        if !connection.prepare_cached(exists)?.exists(())? {
            return Ok(None);
        }
        connection
            .prepare_cached(
                "select watermark, n_posts, last_tag_pair, last_author_pair, n_tag_pairs, n_author_pairs \
                 from courant_listing_state where version = ?",
            )?
            .query_row([VERSION], Self::read)
            .optional()
    }

    fn of_database(connection: &Connection) -> Result<Self> {
        connection
            .prepare_cached(
                "select (select coalesce(max(updated_at), '') from posts), (select count(*) from posts), \
                 (select coalesce(max(id), '') from posts_tags), (select coalesce(max(id), '') from posts_authors), \
                 (select count(*) from posts_tags), (select count(*) from posts_authors)",
            )?
            .query_row((), Self::read)
    }

    fn keep(&self, connection: &Connection) -> Result<()> {
        connection.execute("delete from courant_listing_state", ())?;
        connection
            .prepare_cached("insert into courant_listing_state values (?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                VERSION,
                self.watermark,
                self.n_posts,
                self.last_tag_pair,
                self.last_author_pair,
                self.n_tag_pairs,
                self.n_author_pairs
            ])
            .map(drop)
    }
}

fn n_kept(connection: &Connection) -> Result<i64> {
    connection.prepare_cached("select count(*) from courant_post")?.query_row((), |row| row.get(0))
}

/// Answered from an index.
fn n_published(connection: &Connection) -> Result<i64> {
    connection
        .prepare_cached("select count(*) from posts where type in ('post', 'page') and status = 'published'")?
        .query_row((), |row| row.get(0))
}

fn drop_deleted(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare(
        "select id from courant_post where not exists (select 1 from posts where posts.id = courant_post.id)",
    )?;
    let gone: Vec<String> =
        statement.query_map((), |row| Columns::new(row).text())?.collect::<Result<_>>()?;
    let mut lists = Lists::new(connection);
    for id in gone {
        lists.replace(&id, None)?;
    }
    lists.write_numbers()
}

/// A published post, as far as lists, maps and addresses need it.
struct Slim {
    id: String,
    kind: String,
    slug: String,
    title: String,
    featured: bool,
    visibility: String,
    feature_image: Option<String>,
    canonical_url: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    /// Empty when there is none; then it comes last.
    published_at: String,
    tags: Vec<String>,
    primary_tags: Vec<String>,
    authors: Vec<String>,
    primary_authors: Vec<String>,
}

/// The published posts among `ids`, or all.
fn slim_rows(connection: &Connection, ids: Option<&[String]>) -> Result<HashMap<String, Slim>> {
    let (marks, n) = marks(ids.map_or(0, <[String]>::len));
    let among =
        |column: &str| if ids.is_some() { format!(" and {column} in ({marks})") } else { String::new() };
    let padded = || {
        let values = ids.iter().flat_map(|ids| ids.iter().map(Some)).chain(std::iter::repeat(None));
        params_from_iter(values.take(if ids.is_some() { n } else { 0 }))
    };
    let sql = format!(
        "select id, type, slug, title, featured, visibility, feature_image, canonical_url, created_at, updated_at, \
         published_at from posts where type in ('post', 'page') and status = 'published'{}",
        among("+id")
    );
    // With a list of ids, the way through the index on them is the short one.
    let sql = if ids.is_some() { sql.replace("+id", "id").replace("where type", "where +type") } else { sql };
    let mut slim = HashMap::new();
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(padded(), |row| {
        let mut c = Columns::new(row);
        Ok(Slim {
            id: c.text()?,
            kind: c.text()?,
            slug: c.text()?,
            title: c.text()?,
            featured: c.flag()?,
            visibility: c.text()?,
            feature_image: c.optional()?,
            canonical_url: c.optional()?,
            created_at: c.optional()?,
            updated_at: c.optional()?,
            published_at: c.text()?,
            tags: Vec::new(),
            primary_tags: Vec::new(),
            authors: Vec::new(),
            primary_authors: Vec::new(),
        })
    })?;
    for row in rows {
        let row = row?;
        slim.insert(row.id.clone(), row);
    }
    let mut pair_up = |table: &str, other: &str, take: fn(&mut Slim, String, bool)| -> Result<()> {
        let among = among("post_id").replacen(" and", " where", 1);
        let sql =
            format!("select post_id, {other}, sort_order = 0 from {table}{among} order by sort_order, id");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(padded())?;
        while let Some(row) = rows.next()? {
            let mut c = Columns::new(row);
            if let Some(post) = slim.get_mut(&c.text()?) {
                take(post, c.text()?, c.flag()?);
            }
        }
        Ok(())
    };
    pair_up("posts_tags", "tag_id", |post, tag, is_first| {
        if is_first {
            post.primary_tags.push(tag.clone());
        }
        post.tags.push(tag);
    })?;
    pair_up("posts_authors", "author_id", |post, author, is_first| {
        if is_first {
            post.primary_authors.push(author.clone());
        }
        post.authors.push(author);
    })?;
    Ok(slim)
}

impl Slim {
    /// The lists it stands in: name, and of which tag or author.
    fn places(&self) -> BTreeSet<(&'static str, &str)> {
        let mut places = BTreeSet::from([("all", "")]);
        if self.featured {
            places.insert(("featured", ""));
        }
        for (name, ids) in [
            ("tag", &self.tags),
            ("primary_tag", &self.primary_tags),
            ("author", &self.authors),
            ("primary_author", &self.primary_authors),
        ] {
            places.extend(ids.iter().map(|id| (name, id.as_str())));
        }
        places
    }
}

/// The lists while they are changed.
struct Lists<'c> {
    connection: &'c Connection,
    /// Type, name, of: number of the list, and by how much its length changed.
    numbers: HashMap<(String, &'static str, String), (i64, i64)>,
}

impl<'c> Lists<'c> {
    fn new(connection: &'c Connection) -> Self {
        Lists { connection, numbers: HashMap::new() }
    }

    /// Takes out what stands there under this id, and puts in what should.
    fn replace(&mut self, id: &str, slim: Option<&Slim>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "select id, type, slug, title, featured, visibility, feature_image, canonical_url, created_at, \
             updated_at, published_at, tags, primary_tag, authors, primary_author from courant_post where id = ?",
        )?;
        let ids = |text: String| text.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
        let kept = statement.query_row([id], |row| {
            let mut c = Columns::new(row);
            Ok(Slim {
                id: c.text()?,
                kind: c.text()?,
                slug: c.text()?,
                title: c.text()?,
                featured: c.flag()?,
                visibility: c.text()?,
                feature_image: c.optional()?,
                canonical_url: c.optional()?,
                created_at: c.optional()?,
                updated_at: c.optional()?,
                published_at: c.text()?,
                tags: ids(c.text()?),
                primary_tags: ids(c.text()?),
                authors: ids(c.text()?),
                primary_authors: ids(c.text()?),
            })
        });
        if let Some(kept) = kept.optional()? {
            self.remove(&kept)?;
        }
        slim.map_or(Ok(()), |slim| self.add(slim))
    }

    fn remove(&mut self, slim: &Slim) -> Result<()> {
        for (name, of) in slim.places() {
            let list = self.number(&slim.kind, name, of, -1)?;
            self.connection
                .prepare_cached(
                    "delete from courant_listing where list = ? and published_at = ? and post_id = ?",
                )?
                .execute(params![list, slim.published_at, slim.id])?;
        }
        self.connection.prepare_cached("delete from courant_post where id = ?")?.execute([&slim.id]).map(drop)
    }

    fn add(&mut self, slim: &Slim) -> Result<()> {
        for (name, of) in slim.places() {
            let list = self.number(&slim.kind, name, of, 1)?;
            self.add_place(list, slim)?;
        }
        self.add_row(slim)
    }

    fn add_place(&self, list: i64, slim: &Slim) -> Result<()> {
        self.connection
            .prepare_cached("insert into courant_listing (list, published_at, post_id) values (?, ?, ?)")?
            .execute(params![list, slim.published_at, slim.id])
            .map(drop)
    }

    fn add_row(&self, slim: &Slim) -> Result<()> {
        self.connection
            .prepare_cached(
                "insert into courant_post (id, type, slug, title, featured, visibility, feature_image, \
                 canonical_url, created_at, updated_at, published_at, tags, primary_tag, authors, primary_author) \
                 values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                slim.id,
                slim.kind,
                slim.slug,
                slim.title,
                slim.featured,
                slim.visibility,
                slim.feature_image,
                slim.canonical_url,
                slim.created_at,
                slim.updated_at,
                slim.published_at,
                slim.tags.join(","),
                slim.primary_tags.join(","),
                slim.authors.join(","),
                slim.primary_authors.join(",")
            ])
            .map(drop)
    }

    /// The number of a list, which is made when it is absent; its length changes by `by`.
    fn number(&mut self, kind: &str, name: &'static str, of: &str, by: i64) -> Result<i64> {
        let key = (kind.to_owned(), name, of.to_owned());
        if let Some((list, change)) = self.numbers.get_mut(&key) {
            *change += by;
            return Ok(*list);
        }
        let found = self
            .connection
            .prepare_cached("select list from courant_list where type = ? and name = ? and of = ?")?
            .query_row(params![kind, name, of], |row| row.get(0))
            .optional()?;
        let list = match found {
            Some(list) => list,
            None => self
                .connection
                .prepare_cached(
                    "insert into courant_list (type, name, of, n) values (?, ?, ?, 0) returning list",
                )?
                .query_row(params![kind, name, of], |row| row.get(0))?,
        };
        self.numbers.insert(key, (list, by));
        Ok(list)
    }

    fn write_numbers(&mut self) -> Result<()> {
        for (list, by) in self.numbers.drain().map(|(_, numbers)| numbers).filter(|(_, by)| *by != 0) {
            self.connection
                .prepare_cached("update courant_list set n = n + ? where list = ?")?
                .execute(params![by, list])?;
        }
        Ok(())
    }
}
