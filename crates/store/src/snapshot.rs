//! One moment of the database: everything read through it belongs together.

use rusqlite::{CachedStatement, Connection, Transaction};

use crate::Result;

/// A read transaction on one connection. Ends when dropped; writes nothing.
#[derive(Debug)]
pub struct Snapshot<'c> {
    transaction: Transaction<'c>,
}

impl<'c> Snapshot<'c> {
    /// Begins it. The moment is fixed by the first read.
    ///
    /// Errors: the connection is already in a transaction, or unusable.
    pub fn new(connection: &'c Connection) -> Result<Self> {
        // The pool gives a connection to one thread at a time and a render makes one snapshot, so that there is
        // no transaction inside a transaction; SQLite would refuse it.
        Ok(Snapshot { transaction: connection.unchecked_transaction()? })
    }

    /// A statement, compiled once for each connection.
    pub(crate) fn prepare(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.transaction.prepare_cached(sql)
    }
}
