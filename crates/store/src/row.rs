//! Columns to values, in the order they were selected.
//!
//! SQLite keeps what it was given: a number where text was meant, a broken date. Reading takes what can be taken and
//! never fails for one odd value, or one bad row of an imported publication would take its home page down.

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Result, Row};

/// A row read from left to right.
pub(crate) struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    pub fn new(row: &'r Row<'r>) -> Self {
        Columns { row, next: 0 }
    }

    /// From a column on.
    pub fn after(row: &'r Row<'r>, n_skipped: usize) -> Self {
        Columns { row, next: n_skipped }
    }

    fn value(&mut self) -> Result<ValueRef<'r>> {
        let value = self.row.get_ref(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// Text, or None for null.
    pub fn optional(&mut self) -> Result<Option<String>> {
        Ok(match self.value()? {
            ValueRef::Null => None,
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => String::from_utf8_lossy(bytes).into_owned(),
            }),
            ValueRef::Integer(number) => Some(number.to_string()),
            ValueRef::Real(number) => Some(number.to_string()),
        })
    }

    /// Text, or None for null and for an empty one.
    pub fn filled(&mut self) -> Result<Option<String>> {
        Ok(self.optional()?.filter(|text| !text.is_empty()))
    }

    /// Text; empty for null.
    pub fn text(&mut self) -> Result<String> {
        Ok(self.optional()?.unwrap_or_default())
    }

    /// A whole number, or None for null and for what is none.
    pub fn number(&mut self) -> Result<Option<i64>> {
        Ok(match self.value()? {
            ValueRef::Integer(number) => Some(number),
            ValueRef::Real(number) => Some(number as i64),
            ValueRef::Text(bytes) => {
                std::str::from_utf8(bytes).ok().and_then(|text| text.trim().parse().ok())
            }
            ValueRef::Null | ValueRef::Blob(_) => None,
        })
    }

    /// A count; 0 for null.
    pub fn count(&mut self) -> Result<u64> {
        Ok(self.number()?.and_then(|number| u64::try_from(number).ok()).unwrap_or_default())
    }

    /// A number with a fraction.
    pub fn real(&mut self) -> Result<Option<f64>> {
        Ok(match self.value()? {
            ValueRef::Integer(number) => Some(number as f64),
            ValueRef::Real(number) => Some(number),
            _ => None,
        })
    }

    /// A boolean: 0 or 1, however it is written.
    pub fn flag(&mut self) -> Result<bool> {
        Ok(match self.value()? {
            ValueRef::Integer(number) => number != 0,
            ValueRef::Real(number) => number != 0.0,
            ValueRef::Text(bytes) => matches!(bytes, b"1" | b"true"),
            ValueRef::Null | ValueRef::Blob(_) => false,
        })
    }

    /// An instant, in either form that databases hold; None for null and for what is no date.
    pub fn optional_instant(&mut self) -> Result<Option<Timestamp>> {
        Ok(match self.value()? {
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().and_then(model::dates::from_database),
            ValueRef::Integer(milliseconds) => Timestamp::from_millisecond(milliseconds).ok(),
            _ => None,
        })
    }

    /// An instant that is always there; 1970 for what is no date.
    pub fn instant(&mut self) -> Result<Timestamp> {
        Ok(self.optional_instant()?.unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

/// A list of question marks for `n` values, for `in (…)`: one of few lengths, so that few statements are compiled.
/// The rest is to be filled with nulls.
pub(crate) fn marks(n: usize) -> (String, usize) {
    let n = match n {
        0..=1 => 1,
        2..=4 => 4,
        5..=16 => 16,
        17..=64 => 64,
        65..=256 => 256,
        _ => BATCH,
    };
    let mut marks = "?,".repeat(n);
    marks.pop();
    (marks, n)
}

/// Most values in one `in (…)`.
pub(crate) const BATCH: usize = 1024;
