//! Fresh copies of the fixture publication's database.

use std::path::PathBuf;

use rusqlite::Connection;

/// The folder that is shared beside the checkout.
pub fn shared() -> PathBuf {
    std::env::var_os("COURANT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
}

/// A copy in memory, so that tests may write to it.
pub fn database() -> Connection {
    let path = shared().join("peer/fixture/ghost.db");
    let mut copy = Connection::open_in_memory().expect("a database in memory");
    // The file may lie where nothing can be written beside it.
    let uri = format!("file:{}?mode=ro&immutable=1", path.display());
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
    let source = Connection::open_with_flags(&uri, flags).unwrap_or_else(|error| panic!("{uri}: {error}"));
    let backup = rusqlite::backup::Backup::new(&source, &mut copy).expect("both are open");
    backup.run_to_completion(1000, std::time::Duration::ZERO, None).expect("the fixture can be read");
    drop(backup);
    copy
}
