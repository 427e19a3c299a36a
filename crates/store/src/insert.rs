//! One row into one table, with names that are written in this crate.

use rusqlite::types::ToSql;

use crate::{WriteError, WriteTransaction};

/// Inserts a row. Columns that are not named take their default.
pub(crate) fn insert(
    tx: &WriteTransaction<'_>,
    table: &'static str,
    row: &[(&'static str, &dyn ToSql)],
) -> Result<(), WriteError> {
    // `group`, `from`, `to` and `key` are words of SQL; quotes hold for all.
    let names: Vec<String> = row.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let places = vec!["?"; row.len()].join(", ");
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({places})", names.join(", "));
    let values: Vec<&dyn ToSql> = row.iter().map(|(_, value)| *value).collect();
    tx.connection().prepare_cached(&sql)?.execute(values.as_slice())?;
    Ok(())
}
