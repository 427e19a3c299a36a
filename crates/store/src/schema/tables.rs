//! The tables of a Ghost 6.65 database, read from the description `ghost-6.65.schema`.
//!
//! Knows nothing of a dialect: how a table is made is written in `ddl.rs`.

use std::sync::LazyLock;

/// A table with its keys and indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    /// In their order.
    pub columns: Vec<Column>,
    /// Columns of the primary key; none for `id`, which is the rule.
    pub primary: Vec<&'static str>,
    pub indexes: Vec<Index>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    /// `varchar(191)`, `text`, `mediumtext`, `longtext`, `integer`, `unsigned`, `bigint`, `boolean`, `datetime`, `blob`.
    pub kind: &'static str,
    pub required: bool,
    /// The default, without quotes.
    pub default: Option<&'static str>,
    pub refers: Option<ForeignKey>,
}

/// The row of another table that a column refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    pub table: &'static str,
    pub column: &'static str,
    pub on_delete: OnDelete,
    /// The name of the rule, where Ghost gave it one.
    pub name: Option<&'static str>,
}

/// What happens to a row when the row that it refers to is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// The deletion is refused; Ghost deletes what refers first.
    NoAction,
    /// It goes as well.
    Cascade,
    /// The column becomes null.
    SetNull,
    /// The deletion is refused at once.
    Restrict,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    pub name: String,
    pub unique: bool,
    pub columns: Vec<&'static str>,
}

/// All tables that Ghost 6.65 makes, without its bookkeeping of migrations.
pub fn known_tables() -> &'static [Table] {
    static KNOWN: LazyLock<Vec<Table>> = LazyLock::new(|| parse(include_str!("ghost-6.65.schema")));
    &KNOWN
}

fn parse(description: &'static str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in description.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !line.starts_with(' ') {
            tables.push(Table { name: line, columns: vec![], primary: vec![], indexes: vec![] });
        } else if let Some(table) = tables.last_mut() {
            parse_line(table, line);
        }
    }
    tables
}

fn parse_line(table: &mut Table, line: &'static str) {
    let mut words = line.split_whitespace();
    match words.next() {
        Some("primary") => table.primary = words.collect(),
        // `index` and `unique` are followed by columns; there is no column of these names.
        Some(kind @ ("index" | "unique")) => {
            let mut columns: Vec<&str> = words.by_ref().take_while(|word| *word != "as").collect();
            columns.shrink_to_fit();
            let name = words
                .next()
                .map_or_else(|| format!("{}_{}_{kind}", table.name, columns.join("_")), str::to_owned);
            table.indexes.push(Index { name, unique: kind == "unique", columns });
        }
        Some(name) => {
            let Some(kind) = words.next() else { return };
            let mut column = Column { name, kind, required: false, default: None, refers: None };
            while let Some(word) = words.next() {
                match word {
                    "!" => column.required = true,
                    "=" => column.default = words.next().map(|word| word.trim_matches('\'')),
                    "->" => column.refers = words.next().and_then(|target| parse_key(target, words.by_ref())),
                    _ => {}
                }
            }
            table.columns.push(column);
        }
        None => {}
    }
}

fn parse_key(target: &'static str, mut words: impl Iterator<Item = &'static str>) -> Option<ForeignKey> {
    let (table, column) = target.split_once('.')?;
    let rule: Vec<&str> = words.by_ref().take_while(|word| *word != "as").collect();
    let on_delete = match rule.as_slice() {
        ["cascade"] => OnDelete::Cascade,
        ["set", "null"] => OnDelete::SetNull,
        ["restrict"] => OnDelete::Restrict,
        _ => OnDelete::NoAction,
    };
    Some(ForeignKey { table, column, on_delete, name: words.next() })
}
