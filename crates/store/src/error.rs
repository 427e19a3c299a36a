//! What can go wrong in the store, by what the caller can do about it.

/// Short for results of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure. Absence is not one: readers answer `Option`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A filter that reads well but asks for a column or table that is not there, or more than the database can
    /// digest. Ghost's answer is 400 "Could not understand request." with code `SQLITE_ERROR`.
    #[error("Could not understand request.")]
    NotUnderstood {
        /// What was asked for, for the log.
        what: String,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
}

impl Error {
    /// True when the asker is to blame: the API answers 400, code `SQLITE_ERROR`.
    pub fn is_bad_request(&self) -> bool {
        matches!(self, Error::NotUnderstood { .. })
    }

    pub(crate) fn not_understood(what: impl Into<String>) -> Self {
        Error::NotUnderstood { what: what.into() }
    }
}
