//! Asking the lists.

use model::{Limit, Page, PostKind};
use nql::{Join, Node, Test, Value};
use rusqlite::{OptionalExtension, params};

use crate::posts::Direction;
use crate::row::{BATCH, Columns, marks};
use crate::{Result, Snapshot};

/// A post that a list is wanted without.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Except {
    Id(String),
    Slug(String),
}

/// A list that is kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum List {
    All,
    Featured,
    /// By slug; with `public`, only if the tag is.
    Tag {
        slug: String,
        public: bool,
    },
    Author {
        slug: String,
    },
    /// The first tag, which must be public.
    PrimaryTag {
        slug: String,
    },
    PrimaryAuthor {
        slug: String,
    },
}

impl List {
    /// The list that a custom filter means, if it is one; perhaps without one post.
    pub fn of_filter(filter: Option<&nql::Filter>) -> Option<(List, Option<Except>)> {
        let Some(filter) = filter else { return Some((List::All, None)) };
        // What Ghost would refuse or ignore is left to the long way.
        let tree = filter.tree_in_parentheses().ok()?;
        let members = match &tree {
            Node::Group(Join::And, members) => members.as_slice(),
            test => std::slice::from_ref(test),
        };
        let (mut list, mut except, mut is_public) = (None, None, false);
        for member in members {
            let Node::Test(key, test) = member else { return None };
            match (key.as_str(), test) {
                ("id", Test::IsNot(Value::Text(id))) if except.is_none() => {
                    except = Some(Except::Id(id.clone()))
                }
                ("slug", Test::IsNot(Value::Text(slug))) if except.is_none() => {
                    except = Some(Except::Slug(slug.clone()));
                }
                ("tags.visibility", Test::Is(Value::Text(public))) if public == "public" => is_public = true,
                (key, test) if list.is_none() => list = Some(List::of_test(key, test)?),
                _ => return None,
            }
        }
        let list = match (list, is_public) {
            (None, false) => List::All,
            (Some(List::Tag { slug, .. }), is_public) => List::Tag { slug, public: is_public },
            (Some(list), false) => list,
            (_, true) => return None,
        };
        Some((list, except))
    }

    fn of_test(key: &str, test: &Test) -> Option<List> {
        match (key, test) {
            ("tag" | "tags" | "tags.slug", Test::Is(Value::Text(slug))) => {
                Some(List::Tag { slug: slug.clone(), public: false })
            }
            ("author" | "authors" | "authors.slug", Test::Is(Value::Text(slug))) => {
                Some(List::Author { slug: slug.clone() })
            }
            ("primary_tag", Test::Is(Value::Text(slug))) => Some(List::PrimaryTag { slug: slug.clone() }),
            ("primary_author", Test::Is(Value::Text(slug))) => {
                Some(List::PrimaryAuthor { slug: slug.clone() })
            }
            ("featured", Test::Is(Value::Bool(true))) => Some(List::Featured),
            _ => None,
        }
    }
}

/// The tables, found fresh in this snapshot.
pub(crate) struct Shortcut<'s, 'c> {
    snapshot: &'s Snapshot<'c>,
}

/// A list as it is numbered; None when it has no row.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    number: i64,
    /// How long it is.
    pub n: u64,
    /// Id of a post of it that is left out; empty when there is none.
    except: String,
}

impl<'s, 'c> Shortcut<'s, 'c> {
    /// None when there are no tables or they cannot be trusted now.
    pub fn of(snapshot: &'s Snapshot<'c>) -> Result<Option<Self>> {
        let is_fresh = match snapshot.is_listing_fresh.get() {
            Some(is_fresh) => is_fresh,
            None => {
                let is_fresh = super::is_fresh(snapshot)?;
                snapshot.is_listing_fresh.set(Some(is_fresh));
                is_fresh
            }
        };
        Ok(is_fresh.then_some(Shortcut { snapshot }))
    }

    /// Finds a list; None when nothing is in it.
    pub fn list(&self, kind: PostKind, list: &List, except: Option<&Except>) -> Result<Option<Found>> {
        let Some(mut found) = self.whole_list(kind, list)? else { return Ok(None) };
        let id = match except {
            None => return Ok(Some(found)),
            Some(Except::Id(id)) => Some(id.clone()),
            Some(Except::Slug(slug)) => {
                let mut statement =
                    self.snapshot.prepare("select id from posts where slug = ? and type = ?")?;
                statement
                    .query_row([slug.as_str(), kind.as_str()], |row| Columns::new(row).text())
                    .optional()?
            }
        };
        let Some(id) = id else { return Ok(Some(found)) };
        let mut statement = self.snapshot.prepare(
            "select 1 from courant_post join courant_listing on courant_listing.published_at = courant_post.published_at \
             and courant_listing.post_id = courant_post.id where courant_post.id = ? and courant_listing.list = ?",
        )?;
        if statement.exists(params![id, found.number])? {
            found.n = found.n.saturating_sub(1);
            found.except = id;
        }
        Ok(Some(found))
    }

    fn whole_list(&self, kind: PostKind, list: &List) -> Result<Option<Found>> {
        let id_of = |sql: &str, slug: &str| -> Result<Option<String>> {
            let mut statement = self.snapshot.prepare(sql)?;
            Ok(statement.query_row([slug], |row| Columns::new(row).text()).optional()?)
        };
        const TAG: &str = "select id from tags where slug = ?";
        const PUBLIC_TAG: &str = "select id from tags where slug = ? and visibility = 'public'";
        let (of, id) = match list {
            List::All => ("all", Some(String::new())),
            List::Featured => ("featured", Some(String::new())),
            List::Tag { slug, public: false } => ("tag", id_of(TAG, slug)?),
            List::Tag { slug, public: true } => ("tag", id_of(PUBLIC_TAG, slug)?),
            List::PrimaryTag { slug } => ("primary_tag", id_of(PUBLIC_TAG, slug)?),
            List::Author { slug } => ("author", id_of("select id from users where slug = ?", slug)?),
            List::PrimaryAuthor { slug } => (
                "primary_author",
                id_of("select id from users where slug = ? and visibility = 'public'", slug)?,
            ),
        };
        let Some(id) = id else { return Ok(None) };
        let mut statement = self
            .snapshot
            .prepare("select list, n from courant_list where type = ? and name = ? and of = ?")?;
        let found = statement.query_row(params![kind.as_str(), of, id], |row| {
            let mut c = Columns::new(row);
            Ok(Found { number: c.number()?.unwrap_or_default(), n: c.count()?, except: String::new() })
        });
        Ok(found.optional()?)
    }

    /// The ids on a page of a list, newest first.
    pub fn page(&self, list: &Found, page: Page) -> Result<Vec<String>> {
        let (rows, offset) = match page.limit {
            Limit::All => (-1, 0),
            Limit::Rows(rows) => {
                (i64::from(rows), i64::from(rows) * i64::from(page.number.saturating_sub(1)))
            }
        };
        // Without the look at each id, what is skipped is skipped four times as fast.
        let sql = match list.except.is_empty() {
            true => {
                "select post_id from courant_listing where list = ?1 and ?2 = '' \
                 order by published_at desc, post_id desc limit ?3 offset ?4"
            }
            false => {
                "select post_id from courant_listing where list = ?1 and post_id != ?2 \
                 order by published_at desc, post_id desc limit ?3 offset ?4"
            }
        };
        let mut statement = self.snapshot.prepare(sql)?;
        let ids = statement
            .query_map(params![list.number, list.except, rows, offset], |row| Columns::new(row).text())?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// The post next to `slug` in a list. Of several in one second, the one that Ghost's query finds first: that
    /// which was changed first.
    pub fn neighbour(
        &self,
        list: &Found,
        (slug, published_at): (&str, &str),
        direction: Direction,
    ) -> Result<Option<String>> {
        let mut own = self.snapshot.prepare("select id from posts where slug = ? and type = 'post'")?;
        let own = own.query_row([slug], |row| Columns::new(row).text()).optional()?.unwrap_or_default();
        let sql = match direction {
            Direction::Previous => {
                "select published_at from courant_listing where list = ? and published_at <= ? and post_id != ? \
                 order by published_at desc limit 1"
            }
            Direction::Next => {
                "select published_at from courant_listing where list = ? and published_at > ? and post_id != ? \
                 order by published_at asc limit 1"
            }
        };
        let mut statement = self.snapshot.prepare(sql)?;
        let nearest = statement
            .query_row(params![list.number, published_at, own], |row| Columns::new(row).text())
            .optional()?;
        let Some(nearest) = nearest else { return Ok(None) };
        let mut statement = self.snapshot.prepare(
            "select courant_listing.post_id from courant_listing join posts on posts.id = courant_listing.post_id \
             where list = ? and courant_listing.published_at = ? and post_id != ? \
             order by posts.updated_at, posts.rowid limit 1",
        )?;
        Ok(statement
            .query_row(params![list.number, nearest, own], |row| Columns::new(row).text())
            .optional()?)
    }

    /// Slim rows of all published posts of a kind, as [`crate::posts::rows`] wants them; tags and authors by id.
    pub fn rows<T>(
        &self,
        kind: PostKind,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.snapshot.prepare(
            "select id, slug, title, featured, visibility, feature_image, canonical_url, created_at, updated_at, \
             published_at, tags, authors from courant_post where type = ?",
        )?;
        Ok(statement.query_map([kind.as_str()], read)?.collect::<rusqlite::Result<_>>()?)
    }

    /// Author ids of published posts; of those that are not published, nothing.
    pub fn authors_of(&self, ids: &[&str]) -> Result<Vec<(String, String)>> {
        let mut pairs = Vec::new();
        for ids in ids.chunks(BATCH) {
            let (marks, n) = marks(ids.len());
            let mut statement = self
                .snapshot
                .prepare(&format!("select id, authors from courant_post where id in ({marks})"))?;
            let padded = ids.iter().copied().map(Some).chain(std::iter::repeat(None)).take(n);
            let mut rows = statement.query(rusqlite::params_from_iter(padded))?;
            while let Some(row) = rows.next()? {
                let mut c = Columns::new(row);
                let (post, authors) = (c.text()?, c.text()?);
                pairs.extend(
                    authors.split(',').filter(|id| !id.is_empty()).map(|id| (post.clone(), id.to_owned())),
                );
            }
        }
        Ok(pairs)
    }
}
