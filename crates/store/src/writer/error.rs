//! Why a write did not happen, by what the caller can do about it. Knows nothing of HTTP.

use rusqlite::ffi;

/// Why a write did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another program held the lock longer than the busy timeout. Trying again may help.
    #[error("another program holds the database's lock")]
    Locked,
    /// A row with the same value in these columns stands there already.
    #[error("there is already a row with the same {}", columns.join(", "))]
    Conflict {
        /// `table.column`, as the database names them.
        columns: Vec<String>,
    },
    /// The row refers to one that is not there, or one that is still referred to was to go.
    #[error("a row refers to one that is not there")]
    Dangling,
    /// A required value is absent, or a value is not allowed.
    #[error("a value is not allowed: {0}")]
    Refused(String),
    /// What was to be changed is not there.
    #[error("there is no such {0}")]
    Absent(&'static str),
    /// The database was opened for reading only, or the disk does not take writes any more.
    #[error("the database can only be read")]
    ReadOnly,
    /// No room is left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The file is damaged. A backup is needed.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The queue before the writer is full, or the writer has ended. Trying again may help.
    #[error("the writer is busy")]
    Busy,
    /// The change itself broke off (a defect); it was rolled back.
    #[error("the change broke off: {0}")]
    Broken(String),
    /// Anything else that the store reports.
    #[error(transparent)]
    Store(crate::Error),
}

impl From<crate::Error> for WriteError {
    fn from(error: crate::Error) -> Self {
        match error {
            crate::Error::Locked => WriteError::Locked,
            crate::Error::ReadOnly => WriteError::ReadOnly,
            crate::Error::Damaged(what) => WriteError::Damaged(what),
            other => WriteError::Store(other),
        }
    }
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return WriteError::Store(error.into());
        };
        let message = message.clone().unwrap_or_default();
        match (failure.extended_code, failure.code) {
            (ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY, _) => {
                WriteError::Conflict { columns: conflicting_columns(&message) }
            }
            (ffi::SQLITE_CONSTRAINT_FOREIGNKEY, _) => WriteError::Dangling,
            (_, ffi::ErrorCode::ConstraintViolation) => WriteError::Refused(message),
            (_, ffi::ErrorCode::DatabaseBusy | ffi::ErrorCode::DatabaseLocked) => WriteError::Locked,
            (_, ffi::ErrorCode::ReadOnly) => WriteError::ReadOnly,
            (_, ffi::ErrorCode::DiskFull) => WriteError::DiskFull,
            (_, ffi::ErrorCode::DatabaseCorrupt | ffi::ErrorCode::NotADatabase) => {
                WriteError::Damaged(message)
            }
            _ => WriteError::Store(error.into()),
        }
    }
}

/// SQLite names the columns of a broken uniqueness: `UNIQUE constraint failed: posts.slug, posts.type`.
fn conflicting_columns(message: &str) -> Vec<String> {
    let columns = message.rsplit_once(": ").map_or("", |(_, columns)| columns);
    columns.split(", ").filter(|column| !column.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn constraints_say_what_they_are() {
        let connection = Connection::open_in_memory().unwrap();
        let tables = "CREATE TABLE tags (slug TEXT UNIQUE NOT NULL CHECK (slug <> ''));
                      CREATE TABLE pairs (tag TEXT REFERENCES tags (slug));
                      PRAGMA foreign_keys = ON; INSERT INTO tags VALUES ('news');";
        connection.execute_batch(tables).unwrap();
        let error = |sql: &str| WriteError::from(connection.execute(sql, []).unwrap_err());
        let twice = error("INSERT INTO tags VALUES ('news')");
        assert!(matches!(twice, WriteError::Conflict { columns } if columns == ["tags.slug"]));
        assert!(matches!(error("INSERT INTO pairs VALUES ('nothing')"), WriteError::Dangling));
        assert!(matches!(error("INSERT INTO tags VALUES ('')"), WriteError::Refused(_)));
        assert!(matches!(error("INSERT INTO tags VALUES (NULL)"), WriteError::Refused(_)));
    }
}
