//! The texts of a noun that may be absent, kept by the names of their columns: most of what an editor can fill in.

use std::collections::BTreeMap;

use super::{Cell, Row};
use crate::Refusal;
use crate::site_url::SiteUrl;

/// A column for a text that may be null.
#[derive(Debug, PartialEq)]
pub struct TextColumn {
    /// Its name, in the table and in the API.
    pub name: &'static str,
    /// Most characters.
    pub max: usize,
    /// What of it is the publication's own address, to be stored as a placeholder.
    pub own: Own,
}

/// Where a text may hold the publication's own address.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Own {
    Nowhere,
    /// It is an address.
    Whole,
    /// It is html with addresses in it.
    Html,
}

/// The texts of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    table: &'static str,
    columns: &'static [TextColumn],
    values: BTreeMap<&'static str, String>,
}

/// New texts by the name of their column; None and an empty one clear it.
pub type TextEdits = BTreeMap<String, Option<String>>;

impl Texts {
    /// All null.
    pub fn none(table: &'static str, columns: &'static [TextColumn]) -> Self {
        Texts { table, columns, values: BTreeMap::new() }
    }

    /// The columns, in their order.
    pub fn columns(&self) -> &'static [TextColumn] {
        self.columns
    }

    /// A text; None when null.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Puts a stored text, unchecked. A name that is no column is passed over.
    pub fn put(&mut self, name: &str, value: Option<String>) {
        let Some(column) = self.columns.iter().find(|column| column.name == name) else { return };
        match value {
            Some(text) => drop(self.values.insert(column.name, text)),
            None => drop(self.values.remove(column.name)),
        }
    }

    /// Changes texts; those of other tables are passed over, as unknown fields of a request are.
    ///
    /// Errors: the first, in the order of the columns, that is changed and too long.
    pub fn edit(&mut self, edits: &TextEdits, site: &SiteUrl) -> Result<(), Refusal> {
        for column in self.columns {
            let Some(edit) = edits.get(column.name) else { continue };
            let text = edit.as_deref().filter(|text| !text.is_empty()).map(|text| column.stored(text, site));
            if text.as_deref() == self.get(column.name) {
                continue;
            }
            if text.as_ref().is_some_and(|text| text.chars().count() > column.max) {
                return Err(Refusal::too_long(self.table, column.name, column.max));
            }
            self.put(column.name, text);
        }
        Ok(())
    }

    /// All columns with their values.
    pub fn row(&self) -> Row {
        self.columns.iter().map(|column| (column.name, Cell::text(self.get(column.name)))).collect()
    }

    /// Whether all are null.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether any of these edits is for one of the columns.
    pub fn are_named_in(&self, edits: &TextEdits) -> bool {
        self.columns.iter().any(|column| edits.contains_key(column.name))
    }
}

impl TextColumn {
    const fn of(name: &'static str, max: usize, own: Own) -> Self {
        TextColumn { name, max, own }
    }

    /// A text without addresses.
    pub(super) const fn plain(name: &'static str, max: usize) -> Self {
        Self::of(name, max, Own::Nowhere)
    }

    /// An address.
    pub(super) const fn address(name: &'static str, max: usize) -> Self {
        Self::of(name, max, Own::Whole)
    }

    /// Html.
    pub(super) const fn html(name: &'static str, max: usize) -> Self {
        Self::of(name, max, Own::Html)
    }

    fn stored(&self, text: &str, site: &SiteUrl) -> String {
        match self.own {
            Own::Nowhere => text.to_owned(),
            Own::Whole => document::stored::address(text, site.as_str()).into_owned(),
            Own::Html => document::stored::html(text, site.as_str()).into_owned(),
        }
    }
}
