//! What staff may do to the nouns, decided purely: what stands, what is wanted and `now` in; what shall stand and what
//! follows from it out, or the reason it may not be.
//!
//! Knows no database: what a decision must know beside the noun itself (slugs that are taken, earlier revisions) it is
//! given. Columns have Ghost's names, since its database is the contract.

pub mod bulk;
pub mod content;
pub mod integration;
pub mod label;
pub mod member;
pub mod newsletter;
pub mod post;
pub mod revision;
pub mod setting;
pub mod slug;
pub mod tag;
pub mod texts;
pub mod theme_setting;
pub mod tier;
pub mod user;

use jiff::Timestamp;

use crate::id::AuthorId;

/// A field of a request: named or not.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Change<T> {
    /// Not named: what stands stays.
    #[default]
    Keep,
    /// This shall stand.
    To(T),
}

impl<T> Change<T> {
    /// The new value, when there is one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Change::Keep => None,
            Change::To(value) => Some(value),
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A staff user.
    User(AuthorId),
    /// An integration, by its key. It writes in the owner's name.
    Integration(String),
    /// The program itself: a scheduled post goes out. Not told in the history.
    System,
}

/// One value of a row, as the database takes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Null,
    Text(String),
    Flag(bool),
    Number(i64),
    /// Kept to the second.
    Instant(Timestamp),
}

impl Cell {
    /// A text, or null.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Cell::Null, |text| Cell::Text(text.into()))
    }

    /// An instant, or null.
    pub fn instant(instant: Option<Timestamp>) -> Self {
        instant.map_or(Cell::Null, Cell::Instant)
    }
}

/// Columns with their values, in the order of the noun.
pub type Row = Vec<(&'static str, Cell)>;

/// The cells of `after` that are not so in `before`. Both are rows of one noun.
pub fn changed(before: &Row, after: Row) -> Row {
    let is_same = |(name, cell): &(&'static str, Cell)| before.iter().any(|(n, c)| n == name && c == cell);
    after.into_iter().filter(|cell| !is_same(cell)).collect()
}

/// An instant as the database keeps it: whole seconds.
pub fn to_second(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}
