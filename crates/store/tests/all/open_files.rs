//! Opening: each thing that may be wrong has its own words, and the file stays as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use store::open::{OpenError, OpenFault, ReadOnlyReason};
use store::{Database, OpenOptions};
use tempfile::TempDir;

use crate::fixture::shared;

/// A folder with a copy of the fixture's database in it.
pub fn publication() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder for a test");
    let path = folder.path().join("ghost.db");
    fs::write(&path, fs::read(shared().join("peer/fixture/ghost.db")).expect("the fixture")).expect("a copy");
    (folder, path)
}

fn quickly() -> OpenOptions {
    OpenOptions { busy_timeout: Duration::from_millis(50), ..OpenOptions::default() }
}

/// Opening must fail, name the path, and leave the bytes as they were, with nothing new beside them.
fn refused(path: &Path) -> OpenError {
    let folder = path.parent().expect("a file in a folder");
    let before = fs::read(path).unwrap_or_default();
    let names = listing(folder);
    let error = Database::open(path, &quickly()).expect_err("this is not to be opened");
    assert_eq!(fs::read(path).unwrap_or_default(), before, "the file was touched");
    assert_eq!(listing(folder), names, "files were left beside it");
    let message = error.to_string();
    assert!(message.contains(&path.display().to_string()), "{message}");
    assert!(message.contains(':') || message.contains(", "), "says what to do: {message}");
    error
}

fn listing(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn change(path: &Path, sql: &str) {
    Connection::open(path).expect("a database").execute_batch(sql).expect("a change");
}

fn number_of_posts(path: &Path) -> i64 {
    let connection = Connection::open(path).expect("a database");
    connection.query_row("SELECT count(*) FROM posts", [], |row| row.get(0)).expect("a count")
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = TempDir::new().unwrap();
    assert!(matches!(refused(&folder.path().join("none.db")).fault(), OpenFault::Absent));
    assert!(matches!(refused(&folder.path().join("none/none.db")).fault(), OpenFault::Absent));
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    assert!(matches!(refused(&inner).fault(), OpenFault::Directory));
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(refused(&file.join("ghost.db")).fault(), OpenFault::Absent));
}

#[test]
#[cfg(unix)]
fn a_socket_is_refused_and_does_not_block() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let error = Database::open(&path, &quickly()).unwrap_err();
    assert!(matches!(error.fault(), OpenFault::NotAFile), "{error}");
}

#[test]
fn what_is_no_database_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    fs::write(&path, "").unwrap();
    assert!(matches!(refused(&path).fault(), OpenFault::Empty));
    for bytes in [&b"x"[..], &[0; 5000], b"SQLite format 3\0", b"<!doctype html><html></html>"] {
        fs::write(&path, bytes).unwrap();
        let error = refused(&path);
        assert!(matches!(error.fault(), OpenFault::NotADatabase), "{error}");
    }
    // The beginning is right, what follows is not.
    let mut bytes = b"SQLite format 3\0".to_vec();
    bytes.resize(4096, 0xa5);
    fs::write(&path, bytes).unwrap();
    let error = refused(&path);
    assert!(matches!(error.fault(), OpenFault::NotADatabase | OpenFault::Damaged(_)), "{error}");
}

#[test]
fn another_programs_database_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    change(&path, "VACUUM");
    assert!(matches!(refused(&path).fault(), OpenFault::NotGhost { tables } if tables.is_empty()));
    change(&path, "CREATE TABLE songs (id); CREATE TABLE posts (id)");
    assert!(
        matches!(refused(&path).fault(), OpenFault::NotGhost { tables } if *tables == ["posts", "songs"])
    );
    change(&path, "PRAGMA journal_mode = wal");
    assert!(matches!(refused(&path).fault(), OpenFault::NotGhost { .. }));
}

#[test]
fn damage_is_seen() {
    let (_folder, path) = publication();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(refused(&path).fault(), OpenFault::Damaged(what) if what.starts_with("cut off")));
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert!(matches!(refused(&path).fault(), OpenFault::Damaged(_)));
    // Every 40th page in turn is overwritten; each time something is found, or the page held nothing but text.
    let (mut found, mut tried) = (0, 0);
    for at in (4096..whole.len()).step_by(40 * 4096) {
        let mut broken = whole.clone();
        broken[at..at + 4096].fill(0x5a);
        fs::write(&path, broken).unwrap();
        tried += 1;
        if let Err(error) = Database::open(&path, &quickly()) {
            assert!(matches!(error.fault(), OpenFault::Damaged(_)), "{error}");
            found += 1;
        } else {
            fs::remove_file(&path).unwrap();
        }
    }
    assert!(tried >= 5 && found * 10 >= tried * 7, "{found} of {tried}");
}

#[test]
fn a_lock_is_waited_for_and_then_reported() {
    let (_folder, path) = publication();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert!(matches!(refused(&path).fault(), OpenFault::Locked));
    other.execute_batch("ROLLBACK; BEGIN IMMEDIATE").unwrap();
    let error = refused(&path);
    assert!(matches!(error.fault(), OpenFault::Locked), "{error}");
    other.execute_batch("ROLLBACK").unwrap();
    Database::open(&path, &quickly()).unwrap();
}

#[test]
fn another_ghost_is_named() {
    let (_folder, path) = publication();
    change(&path, "DELETE FROM migrations WHERE version IN ('6.64', '6.65')");
    let error = refused(&path);
    assert!(
        matches!(error.fault(), OpenFault::OlderGhost { version: Some(version), .. } if version.to_string() == "6.63")
    );
    assert!(error.to_string().contains("made by Ghost 6.63"), "{error}");
    assert!(error.to_string().contains("update Ghost to 6.65 first"), "{error}");

    let (_folder, path) = publication();
    change(&path, "DROP TABLE migrations");
    assert!(matches!(refused(&path).fault(), OpenFault::OlderGhost { version: None, .. }));

    let (_folder, path) = publication();
    change(&path, "UPDATE migrations_lock SET locked = 1");
    assert!(matches!(refused(&path).fault(), OpenFault::Migrating));
}

#[test]
fn a_later_ghost_that_only_adds_is_served() {
    let (_folder, path) = publication();
    change(
        &path,
        "INSERT INTO migrations (name, version, currentVersion) VALUES ('2027-01-01-00-00-00-add.js', '6.71', '6.72');
         ALTER TABLE posts ADD COLUMN mood varchar(50) NULL; ALTER TABLE tags ADD COLUMN n integer NOT NULL DEFAULT 0;
         CREATE TABLE moods (id varchar(24) PRIMARY KEY)",
    );
    let database = Database::open(&path, &quickly()).unwrap();
    assert_eq!(database.version().to_string(), "6.71");
    assert!(database.is_writable());
}

#[test]
fn a_later_ghost_that_changes_is_only_read() {
    for (sql, said) in [
        ("ALTER TABLE posts DROP COLUMN locale", "no column posts.locale"),
        ("ALTER TABLE labels RENAME TO marks", "no table labels"),
        (
            "DROP TABLE snippets; CREATE TABLE snippets (id, name, mobiledoc, lexical, created_at, updated_at, extra NOT NULL)",
            "a new required column snippets.extra",
        ),
    ] {
        let (_folder, path) = publication();
        change(&path, sql);
        change(&path, "INSERT INTO migrations (name, version, currentVersion) VALUES ('z.js', '7.0', '7.0')");
        let before = fs::read(&path).unwrap();
        let database = Database::open(&path, &quickly()).unwrap();
        let reason = database.read_only().expect("only read").to_string();
        assert!(reason.contains(said) && reason.contains("Ghost 7.0"), "{reason}");
        database.reader().unwrap().snapshot().unwrap();
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_database_that_was_tampered_with_is_only_read() {
    let (_folder, path) = publication();
    change(&path, "DROP TABLE members_cancel_events");
    let database = Database::open(&path, &quickly()).unwrap();
    let reason = database.read_only().expect("only read").to_string();
    assert!(reason.contains("not as Ghost 6.65 makes it (no table members_cancel_events)"), "{reason}");
}

#[test]
fn a_file_or_folder_that_may_not_be_written_is_only_read() {
    for wal in [false, true] {
        let (folder, path) = publication();
        if wal {
            change(&path, "PRAGMA journal_mode = wal");
        }
        let before = fs::read(&path).unwrap();
        set_readonly(&path, true);
        let database = Database::open(&path, &quickly()).unwrap();
        assert_eq!(database.read_only(), Some(&ReadOnlyReason::File));
        read_something(&database);
        drop(database);
        set_readonly(&path, false);

        set_readonly(folder.path(), true);
        let database = Database::open(&path, &quickly()).unwrap();
        assert_eq!(database.read_only(), Some(&ReadOnlyReason::Folder));
        read_something(&database);
        drop(database);
        assert_eq!(listing(folder.path()), ["ghost.db"]);
        set_readonly(folder.path(), false);
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn reading_only_as_asked_changes_nothing() {
    let (_folder, path) = publication();
    let before = fs::read(&path).unwrap();
    let database = Database::open(&path, &OpenOptions { read_only: true, ..quickly() }).unwrap();
    assert_eq!(database.read_only(), Some(&ReadOnlyReason::Asked));
    read_something(&database);
    drop(database);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_good_database_is_switched_to_the_write_ahead_log() {
    let (_folder, path) = publication();
    let database = Database::open(&path, &quickly()).unwrap();
    assert!(database.is_writable());
    assert_eq!(database.version(), store::schema::GhostVersion::KNOWN);
    let connection = Connection::open(&path).unwrap();
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    drop(connection);
    // A second opening finds the file in that mode, with and without the files beside it.
    Database::open(&path, &quickly()).unwrap();
    let reader = database.reader().unwrap();
    let _snapshot = reader.snapshot().unwrap();
    assert!(Database::open(&path, &quickly()).unwrap().is_writable());
}

#[test]
fn what_a_killed_program_left_is_merged() {
    // A rollback journal that was not finished: the bytes of a Ghost that was killed in a transaction.
    let (folder, path) = publication();
    let posts = number_of_posts(&path);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE posts SET title = 'x', html = hex(randomblob(20000)); DELETE FROM posts_tags").unwrap();
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    fs::copy(folder.path().join("ghost.db-journal"), folder.path().join("copy.db-journal")).unwrap();
    let database = Database::open(&copy, &quickly()).unwrap();
    assert!(database.is_writable());
    assert_eq!(number_of_posts(&copy), posts);
    let titles: i64 = Connection::open(&copy)
        .unwrap()
        .query_row("SELECT count(*) FROM posts WHERE title = 'x'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(titles, 0);

    // A write-ahead log that was not merged.
    let (folder, path) = publication();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA journal_mode = wal; UPDATE posts SET title = 'y'").unwrap();
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    fs::copy(folder.path().join("ghost.db-wal"), folder.path().join("copy.db-wal")).unwrap();
    Database::open(&copy, &quickly()).unwrap();
    let titles: i64 = Connection::open(&copy)
        .unwrap()
        .query_row("SELECT count(*) FROM posts WHERE title = 'y'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(titles, posts);
}

#[test]
fn paths_of_every_shape_are_opened() {
    for name in ["a b?c#d%20.db", "Zeitung-ä-新聞.db", "file:x.db", "-wal"] {
        let (folder, path) = publication();
        let other = folder.path().join(name);
        fs::rename(&path, &other).unwrap();
        change(&other, "PRAGMA journal_mode = wal");
        set_readonly(folder.path(), true);
        let database = Database::open(&other, &quickly()).unwrap();
        read_something(&database);
        set_readonly(folder.path(), false);
        drop(database);
        assert!(Database::open(&other, &quickly()).unwrap().is_writable(), "{name}");
    }
}

fn read_something(database: &Database) {
    let readers = database.readers(2).unwrap();
    for reader in &readers {
        let snapshot = reader.snapshot().unwrap();
        let site = model::SiteUrl::parse("http://127.0.0.1:2368").expect("an address");
        let settings = store::settings::read(&snapshot, &site).unwrap();
        assert_eq!(settings.text("title"), Some("The Courant"));
    }
}

fn set_readonly(path: &Path, readonly: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = permissions.mode();
        permissions.set_mode(if readonly { mode & !0o222 } else { mode | 0o200 });
    }
    #[cfg(not(unix))]
    permissions.set_readonly(readonly);
    fs::set_permissions(path, permissions).unwrap();
}
