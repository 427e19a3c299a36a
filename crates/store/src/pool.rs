//! The read connections of the pool: a fixed number, each owned by one thread.

use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::changes::Changes;
use crate::open::Database;
use crate::{Result, Snapshot};

/// Prepared statements kept for each connection; more than the store has.
const STATEMENTS: usize = 256;

/// A connection that only reads. Give each render thread its own.
pub struct ReadConnection {
    connection: Connection,
    changes: Changes,
}

impl ReadConnection {
    /// Begins a read transaction: one moment of the database for one render or one answer.
    ///
    /// Errors: one snapshot at a time; a second one while the first lives is refused.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        // The number is read before the transaction, so that it can only be too old, never too new.
        let change = self.changes.number();
        Snapshot::begin(&self.connection, change)
    }
}

impl Database {
    /// Opens `n` read connections.
    pub fn readers(&self, n: usize) -> Result<Vec<ReadConnection>> {
        (0..n).map(|_| self.reader()).collect()
    }

    /// Opens one read connection.
    pub fn reader(&self) -> Result<ReadConnection> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(ReadConnection { connection, changes: self.changes().clone() })
    }
}

/// Gives a new connection the settings that every connection of ours has.
pub(crate) fn prepare(connection: &Connection, busy_timeout: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(busy_timeout)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // Text from a publication is not code: no function with side effects may be called from a view or trigger.
    connection.pragma_update(None, "trusted_schema", false)
}
