//! What lists of tags, authors, newsletters and recommendations have in common: condition, order, page, total.

use model::{Limit, Pagination};
use nql::Node;
use rusqlite::{Row, params_from_iter};

use crate::filter::tables::Table;
use crate::filter::{self, Condition, Order, Param};
use crate::listing::Shortcut;
use crate::row::Columns;
use crate::{Error, ListQuery, Listing, Result, Scope, Snapshot};

/// The condition of a filter; without one everything matches.
pub(crate) fn condition(table: &Table, node: Option<Node>) -> Result<Condition> {
    node.map_or_else(|| Ok(Condition::default()), |node| filter::condition(table, &node))
}

/// ` where …`, or nothing.
pub(crate) fn where_clause(conditions: &[&str]) -> String {
    let conditions: Vec<&str> =
        conditions.iter().copied().filter(|condition| !condition.is_empty()).collect();
    if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) }
}

/// ` limit … offset …`, or nothing, with its values.
pub(crate) fn page_clause(page: model::Page, params: &mut Vec<Param>) -> &'static str {
    match page.limit {
        Limit::All => "",
        Limit::Rows(rows) => {
            params.push(Param::Int(i64::from(rows)));
            params.push(Param::Int(i64::from(rows) * i64::from(page.number.saturating_sub(1))));
            " limit ? offset ?"
        }
    }
}

/// How many rows of a table match.
pub(crate) fn count(
    snapshot: &Snapshot<'_>,
    table: &Table,
    conditions: &[&str],
    params: &[Param],
) -> Result<u64> {
    count_from(snapshot, table.name, conditions, params)
}

/// The same for a table under another name.
pub(crate) fn count_from(
    snapshot: &Snapshot<'_>,
    from: &'static str,
    conditions: &[&str],
    params: &[Param],
) -> Result<u64> {
    let sql = format!("select count(*) from {from}{}", where_clause(conditions));
    let mut statement = snapshot.prepare(&sql).map_err(Error::of_filter)?;
    let n = statement.query_row(params_from_iter(params), |row| Columns::new(row).count());
    n.map_err(Error::of_filter)
}

/// All rows of a statement that was made from a filter.
pub(crate) fn rows<T>(
    snapshot: &Snapshot<'_>,
    sql: &str,
    params: &[Param],
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut statement = snapshot.prepare(sql).map_err(Error::of_filter)?;
    let rows = statement.query_map(params_from_iter(params), read).map_err(Error::of_filter)?;
    rows.collect::<rusqlite::Result<Vec<_>>>().map_err(Error::of_filter)
}

/// A table whose rows have posts.
pub(crate) struct Noun {
    pub table: &'static Table,
    pub columns: &'static str,
    /// Condition: has a published post or page.
    pub has_posts: &'static str,
    /// Whether the total leaves out those without posts.
    pub counts_only_with_posts: bool,
    /// Join that brings `counts.n`, the number of published posts.
    pub n_posts: &'static str,
    /// The same two, asked of the kept lists.
    pub has_posts_kept: &'static str,
    pub n_posts_kept: &'static str,
}

/// Where posts are looked for.
#[derive(Clone, Copy)]
struct Way {
    has_posts: &'static str,
    n_posts: &'static str,
}

impl Noun {
    pub fn browse<T>(
        &self,
        snapshot: &Snapshot<'_>,
        query: &ListQuery<'_>,
        condition: Condition,
        order: Order,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Listing<T>> {
        let way = self.way(snapshot)?;
        let has_posts = if query.scope == Scope::Public { way.has_posts } else { "" };
        let total = match query.page.limit {
            Limit::All => None,
            Limit::Rows(_) => {
                let counted = if self.counts_only_with_posts { has_posts } else { "" };
                Some(count(snapshot, self.table, &[&condition.sql, counted], &condition.params)?)
            }
        };
        let order = order.sql(self.table, &|_| "count__posts");
        let Condition { sql: condition, mut params } = condition;
        params.extend(order.params);
        let page = page_clause(query.page, &mut params);
        let select = self.select(query.count_posts.then_some(way));
        let sql = format!("{select}{}{}{page}", where_clause(&[&condition, has_posts]), order.sql);
        let items = rows(snapshot, &sql, &params, read)?;
        let total = total.unwrap_or(items.len() as u64);
        Ok(Listing { items, pagination: Pagination::new(query.page, total) })
    }

    /// One with a published post or page.
    pub fn read<T>(
        &self,
        snapshot: &Snapshot<'_>,
        column: &'static str,
        key: &str,
        count_posts: bool,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let way = self.way(snapshot)?;
        let (select, table) = (self.select(count_posts.then_some(way)), self.table.name);
        let sql = format!("{select} where {table}.{column} = ? and {}", way.has_posts);
        Ok(rows(snapshot, &sql, &[Param::Text(key.to_owned())], read)?.pop())
    }

    /// Those with posts, latest change first.
    pub fn latest_with_posts<T>(
        &self,
        snapshot: &Snapshot<'_>,
        max: u32,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.latest(snapshot, self.way(snapshot)?.has_posts, max, read)
    }

    /// Those that match, latest change first.
    pub fn latest<T>(
        &self,
        snapshot: &Snapshot<'_>,
        condition: &str,
        max: u32,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let (select, table) = (self.select(None), self.table.name);
        let sql = format!("{select} where {condition} order by {table}.updated_at desc limit ?");
        rows(snapshot, &sql, &[Param::Int(i64::from(max))], read)
    }

    fn way(&self, snapshot: &Snapshot<'_>) -> Result<Way> {
        Ok(match Shortcut::of(snapshot)? {
            Some(_) => Way { has_posts: self.has_posts_kept, n_posts: self.n_posts_kept },
            None => Way { has_posts: self.has_posts, n_posts: self.n_posts },
        })
    }

    /// With the number of posts, when it is wanted.
    fn select(&self, counted: Option<Way>) -> String {
        let (columns, table) = (self.columns, self.table.name);
        match counted {
            Some(way) => {
                format!(
                    "select {columns}, coalesce(counts.n, 0) as count__posts from {table} {}",
                    way.n_posts
                )
            }
            None => format!("select {columns}, null from {table}"),
        }
    }
}
