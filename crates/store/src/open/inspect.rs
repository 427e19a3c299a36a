//! Looks into a database that was opened, whether it is one of Ghost's, how old, and whole. Changes nothing.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, ffi};

use super::fault::OpenFault;
use crate::schema::{Difference, GhostVersion, Migration, compare, known_migrations, known_tables};

/// Up to this size every page is looked at: about 30 ms. Larger files would delay the start; there the root of
/// every table is looked at.
const WHOLE_CHECK_BYTES: u64 = 32 * 1024 * 1024;

/// Tables without which nothing can be shown.
const NEEDED: [&str; 4] = ["posts", "settings", "users", "tags"];

/// What a good database says of itself.
pub(super) struct Found {
    /// The newest version whose migrations have run; at least 6.65.
    pub version: GhostVersion,
    /// Empty when it can be written.
    pub differences: Vec<Difference>,
}

/// Looks at an opened database.
pub(super) fn inspect(connection: &Connection, file_bytes: u64) -> Result<Found, OpenFault> {
    whole(connection, file_bytes)?;
    let tables = table_names(connection)?;
    if !NEEDED.iter().all(|table| tables.contains(*table)) {
        let mut some: Vec<String> = tables.into_iter().filter(|name| !name.starts_with("sqlite_")).collect();
        some.sort();
        some.truncate(5);
        return Err(OpenFault::NotGhost { tables: some });
    }
    let version = ghost_version(connection, &tables)?;
    let differences = compare(connection)?;
    touch_roots(connection, &tables)?;
    Ok(Found { version, differences })
}

fn whole(connection: &Connection, file_bytes: u64) -> Result<(), OpenFault> {
    if file_bytes > WHOLE_CHECK_BYTES {
        return Ok(());
    }
    let report: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if report == "ok" || report.starts_with("NULL value in ") || report.starts_with("CHECK constraint") {
        return Ok(());
    }
    let line = report.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("***"));
    Err(OpenFault::Damaged(line.unwrap_or("unknown fault").to_owned()))
}

fn table_names(connection: &Connection) -> Result<HashSet<String>, OpenFault> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?;
    let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

/// Tells from the bookkeeping which Ghost made or changed the database last.
fn ghost_version(connection: &Connection, tables: &HashSet<String>) -> Result<GhostVersion, OpenFault> {
    let first = known_migrations().first().map_or("", |migration| migration.name);
    if !tables.contains("migrations") {
        return Err(OpenFault::OlderGhost { version: None, missing: first.to_owned() });
    }
    let locked = if tables.contains("migrations_lock") {
        let sql = "SELECT 1 FROM migrations_lock WHERE locked = 1 LIMIT 1";
        connection.query_row(sql, [], |_| Ok(())).optional()?.is_some()
    } else {
        false
    };
    if locked {
        return Err(OpenFault::Migrating);
    }

    let mut statement = connection.prepare("SELECT version, name FROM migrations")?;
    let rows: HashSet<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let version = rows.iter().filter_map(|(version, _)| GhostVersion::parse(version)).max();
    // Ghost asks in the same way, by folder and file name, what it still has to run.
    let has_run =
        |migration: &Migration| rows.contains(&(migration.version.to_owned(), migration.name.to_owned()));
    match known_migrations().iter().find(|migration| !has_run(migration)) {
        Some(missing) => {
            Err(OpenFault::OlderGhost { version, missing: format!("{}/{}", missing.version, missing.name) })
        }
        None => Ok(version.map_or(GhostVersion::KNOWN, |version| version.max(GhostVersion::KNOWN))),
    }
}

/// Reads the first row of every table that we know, and so its root page.
fn touch_roots(connection: &Connection, tables: &HashSet<String>) -> Result<(), OpenFault> {
    for table in known_tables().iter().filter(|table| tables.contains(table.name)) {
        let sql = format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name);
        connection.query_row(&sql, [], |_| Ok(())).optional()?;
    }
    Ok(())
}

impl From<rusqlite::Error> for OpenFault {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            // A row that does not have the type that Ghost writes.
            return OpenFault::Damaged(error.to_string());
        };
        let message = message.clone().unwrap_or_else(|| failure.to_string());
        match (failure.extended_code, failure.code) {
            (
                ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY | ffi::SQLITE_READONLY_CANTINIT,
                _,
            ) => OpenFault::Unmerged,
            (_, ffi::ErrorCode::NotADatabase) => OpenFault::NotADatabase,
            (_, ffi::ErrorCode::DatabaseCorrupt) => OpenFault::Damaged(message),
            (_, ffi::ErrorCode::DatabaseBusy | ffi::ErrorCode::DatabaseLocked) => OpenFault::Locked,
            _ => OpenFault::Other(message),
        }
    }
}
