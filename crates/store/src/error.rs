//! What can go wrong in the store, by what the caller can do about it.

use rusqlite::ErrorCode;

/// Short for results of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure. Absence is not one: readers answer `Option`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A filter that cannot be read where it is asked. Ghost's answer is 400 "Error parsing filter" without a code,
    /// as for one that [`nql::Filter::parse`] refuses.
    #[error("Error parsing filter")]
    UnreadableFilter(#[from] nql::Error),
    /// A filter that reads well but asks for a column or table that is not there, or more than the database can
    /// digest. Ghost's answer is 400 "Could not understand request." with code `SQLITE_ERROR`.
    #[error("Could not understand request.")]
    NotUnderstood {
        /// What was asked for, for the log.
        what: String,
    },
    /// Another program holds the database; it may be tried again.
    #[error("the database is locked by another program")]
    Locked,
    /// Too many changes wait already; it may be tried again.
    #[error("too many changes wait to be written")]
    Busy,
    /// The database is served for reading only.
    #[error("the database is opened for reading only")]
    ReadOnly,
    /// The file is not what it should be.
    #[error("the database file is damaged: {0}")]
    Damaged(String),
    /// Anything else.
    #[error("the store failed: {0}")]
    Broken(String),
}

impl Error {
    /// True when the asker is to blame: `UnreadableFilter` or `NotUnderstood`.
    pub fn is_bad_request(&self) -> bool {
        matches!(self, Error::UnreadableFilter(_) | Error::NotUnderstood { .. })
    }

    pub(crate) fn not_understood(what: impl Into<String>) -> Self {
        Error::NotUnderstood { what: what.into() }
    }

    /// A failure of a statement that was made from a filter: what SQLite cannot compile (too many terms, too many
    /// values) is the asker's fault, as it is with Ghost.
    pub(crate) fn of_filter(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::Unknown) => Error::not_understood(error.to_string()),
            _ => match error {
                rusqlite::Error::SqlInputError { .. } => Error::not_understood(error.to_string()),
                error => error.into(),
            },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked,
            Some(ErrorCode::ReadOnly) => Error::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Damaged(error.to_string()),
            _ => Error::Broken(error.to_string()),
        }
    }
}
