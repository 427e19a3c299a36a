//! One moment of the database: everything read through it belongs together.

use std::cell::Cell;

use rusqlite::{CachedStatement, Connection, Transaction};

use crate::Result;

/// A read transaction on one connection. Ends when dropped; writes nothing.
#[derive(Debug)]
pub struct Snapshot<'c> {
    transaction: Transaction<'c>,
    change: u64,
    /// Whether our own lists can be asked here; None until somebody wanted to know.
    pub(crate) is_listing_fresh: Cell<Option<bool>>,
}

impl<'c> Snapshot<'c> {
    /// A snapshot of a database that nobody else writes, for tools and tests.
    pub fn new(connection: &'c Connection) -> Result<Self> {
        Self::begin(connection, 0)
    }

    /// Begins it, as the state after this change. The moment is fixed by the first read.
    ///
    /// Errors: `Locked`; `Broken` when the connection is in a transaction already.
    pub(crate) fn begin(connection: &'c Connection, change: u64) -> Result<Self> {
        // The pool gives a connection to one thread at a time and a render makes one snapshot, so that there is
        // no transaction inside a transaction; SQLite would refuse it.
        Ok(Snapshot {
            transaction: connection.unchecked_transaction()?,
            change,
            is_listing_fresh: Cell::new(None),
        })
    }

    /// The number of the last change that it is sure to show; what is made from it is older than every later one.
    pub fn change(&self) -> u64 {
        self.change
    }

    /// The connection inside, for the rooms of this crate.
    pub(crate) fn connection(&self) -> &Connection {
        &self.transaction
    }

    /// A statement, compiled once for each connection.
    pub(crate) fn prepare(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.transaction.prepare_cached(sql)
    }
}
