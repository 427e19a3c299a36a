//! What a database has of the schema we know: how a later Ghost's changes are judged.

use std::collections::HashMap;
use std::fmt;

use rusqlite::Connection;

use super::tables::known_tables;

/// A difference that keeps us from writing to a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A table that we know is not there.
    TableMissing(String),
    /// A column that we know is not there: `table.column`.
    ColumnMissing(String),
    /// A column that we do not know must be filled and has no default: `table.column`.
    ColumnRequired(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::TableMissing(table) => write!(f, "no table {table}"),
            Difference::ColumnMissing(column) => write!(f, "no column {column}"),
            Difference::ColumnRequired(column) => write!(f, "a new required column {column}"),
        }
    }
}

struct FoundColumn {
    required: bool,
    has_default: bool,
}

/// Compares the tables and columns that are there with those we know.
///
/// Shape: in the order of the schema; empty when all that we know is there and what is more can be left alone.
pub(crate) fn compare(connection: &Connection) -> Result<Vec<Difference>, rusqlite::Error> {
    let mut found: HashMap<String, HashMap<String, FoundColumn>> = HashMap::new();
    let mut statement = connection.prepare(
        "SELECT m.name, c.name, c.\"notnull\", c.dflt_value IS NOT NULL
         FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let column = FoundColumn { required: row.get(2)?, has_default: row.get(3)? };
        found.entry(row.get(0)?).or_default().insert(row.get(1)?, column);
    }

    let mut differences = Vec::new();
    for table in known_tables() {
        let Some(columns) = found.get(table.name) else {
            differences.push(Difference::TableMissing(table.name.to_owned()));
            continue;
        };
        let known: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        for name in known.iter().filter(|name| !columns.contains_key(**name)) {
            differences.push(Difference::ColumnMissing(format!("{}.{name}", table.name)));
        }
        let mut required: Vec<&String> = columns
            .iter()
            .filter(|(name, column)| {
                column.required && !column.has_default && !known.contains(&name.as_str())
            })
            .map(|(name, _)| name)
            .collect();
        required.sort();
        differences
            .extend(required.iter().map(|name| Difference::ColumnRequired(format!("{}.{name}", table.name))));
    }
    Ok(differences)
}
