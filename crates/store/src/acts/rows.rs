//! Rows of decided cells into tables. Names of tables and columns are written in this program, never sent by anybody.

use std::collections::BTreeSet;

use jiff::Timestamp;
use model::dates;
use model::edit::texts::Texts;
use model::edit::{Cell, Row};
use rusqlite::types::{ToSql, ToSqlOutput, Value};

use super::ActError;
use crate::WriteTransaction;
use crate::insert;
use crate::row::Columns;

/// A cell as SQLite takes it.
pub(super) struct Bound<'c>(pub &'c Cell);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => text.as_str().into(),
            Cell::Flag(flag) => ToSqlOutput::Owned(Value::Integer(i64::from(*flag))),
            Cell::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Instant(instant) => ToSqlOutput::Owned(Value::Text(dates::to_database(*instant))),
        })
    }
}

/// Inserts a row.
pub(super) fn insert(tx: &WriteTransaction<'_>, table: &'static str, row: &Row) -> Result<(), ActError> {
    let bound: Vec<(&'static str, Bound<'_>)> = row.iter().map(|(name, cell)| (*name, Bound(cell))).collect();
    let row: Vec<(&'static str, &dyn ToSql)> =
        bound.iter().map(|(name, cell)| (*name, cell as &dyn ToSql)).collect();
    Ok(insert::insert(tx, table, &row)?)
}

/// Writes these cells of the row with this `id`; nothing when there are none.
pub(super) fn update(
    tx: &WriteTransaction<'_>,
    table: &'static str,
    id: &str,
    row: &Row,
) -> Result<(), ActError> {
    if row.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = row.iter().map(|(name, _)| format!("\"{name}\" = ?")).collect();
    let sql = format!("UPDATE \"{table}\" SET {} WHERE id = ?", names.join(", "));
    let bound: Vec<Bound<'_>> = row.iter().map(|(_, cell)| Bound(cell)).collect();
    let mut values: Vec<&dyn ToSql> = bound.iter().map(|cell| cell as &dyn ToSql).collect();
    values.push(&id);
    tx.connection().prepare_cached(&sql)?.execute(values.as_slice())?;
    Ok(())
}

/// Deletes the rows whose `column` is this; answers how many.
pub(super) fn delete(
    tx: &WriteTransaction<'_>,
    table: &'static str,
    column: &'static str,
    value: &str,
) -> Result<usize, ActError> {
    let sql = format!("DELETE FROM \"{table}\" WHERE \"{column}\" = ?");
    Ok(tx.connection().prepare_cached(&sql)?.execute([value])?)
}

/// The names of text columns, for a `SELECT`.
pub(super) fn names_of(texts: &Texts) -> String {
    let names: Vec<String> = texts.columns().iter().map(|column| format!("\"{}\"", column.name)).collect();
    names.join(", ")
}

/// Reads the text columns, in the order of [`names_of`].
pub(super) fn read_texts(texts: &mut Texts, columns: &mut Columns<'_>) -> rusqlite::Result<()> {
    for column in texts.columns() {
        texts.put(column.name, columns.optional()?);
    }
    Ok(())
}

/// The slugs of a table that are `wanted` or begin with it and a dash.
pub(super) fn taken_slugs(
    tx: &WriteTransaction<'_>,
    table: &'static str,
    wanted: Option<&str>,
) -> Result<BTreeSet<String>, ActError> {
    let Some(wanted) = wanted else { return Ok(BTreeSet::new()) };
    // A dash comes before a dot: a range of the index, where `LIKE` would read the table.
    let sql =
        format!("SELECT slug FROM \"{table}\" WHERE slug = ?1 OR slug >= ?1 || '-' AND slug < ?1 || '.'");
    let mut statement = tx.connection().prepare_cached(&sql)?;
    let slugs = statement.query_map([wanted], |row| row.get(0))?;
    Ok(slugs.collect::<rusqlite::Result<_>>()?)
}

/// The first column of the rows that a statement finds, as texts.
pub(super) fn texts(
    tx: &WriteTransaction<'_>,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<String>, ActError> {
    let mut statement = tx.connection().prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Columns::new(row).text())?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// `created_at` and `updated_at` of a new row.
pub(super) fn made_at(at: Timestamp) -> Row {
    vec![("created_at", Cell::Instant(at)), ("updated_at", Cell::Instant(at))]
}

/// Brings the ordered pairs of a join table (`owner`, `other`, `sort_order`) to `after`. Pairs that stay keep their ids.
pub(super) fn pair_up(
    tx: &WriteTransaction<'_>,
    join: &Join,
    owner_id: &str,
    (before, after): (&[&str], &[&str]),
    at: Timestamp,
) -> Result<(), ActError> {
    let Join { table, owner, other } = join;
    if before == after {
        return Ok(());
    }
    for gone in before.iter().filter(|id| !after.contains(id)) {
        let sql = format!("DELETE FROM {table} WHERE {owner} = ? AND {other} = ?");
        tx.connection().prepare_cached(&sql)?.execute([owner_id, gone])?;
    }
    for (id, place) in after.iter().zip(0_i64..) {
        if before.contains(id) {
            let sql = format!("UPDATE {table} SET sort_order = ? WHERE {owner} = ? AND {other} = ?");
            tx.connection().prepare_cached(&sql)?.execute((place, owner_id, *id))?;
        } else {
            let row = [
                ("id", &tx.new_id(at) as &dyn ToSql),
                (*owner, &owner_id),
                (*other, id),
                ("sort_order", &place),
            ];
            insert::insert(tx, table, &row)?;
        }
    }
    Ok(())
}

/// A table of ordered pairs.
pub(super) struct Join {
    pub table: &'static str,
    pub owner: &'static str,
    pub other: &'static str,
}
