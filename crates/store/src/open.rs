//! Opens a database that Ghost 6.65 made, or says why not. A failed opening leaves the file as it was.
//!
//! Looking and opening are two steps: first the file is looked at through a connection that cannot write; only a
//! database that is found good is then switched to SQLite's write-ahead log, where reading and writing do not
//! wait for each other (Ghost opens such files as well).

mod fault;
mod inspect;

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

pub use fault::{OpenError, OpenFault, ReadOnlyReason};

use crate::changes::Changes;
use crate::pool;
use crate::schema::GhostVersion;

/// How a database is to be opened.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Never write, even where it would be possible.
    pub read_only: bool,
    /// How long a statement waits for the lock of another program.
    pub busy_timeout: Duration,
}

impl Default for OpenOptions {
    /// For writing where possible; five seconds.
    fn default() -> Self {
        OpenOptions { read_only: false, busy_timeout: Duration::from_secs(5) }
    }
}

/// A database that was found good. Connections are opened from it: [`Database::readers`],
/// [`crate::writer::Writer::start`].
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    read_only: Option<ReadOnlyReason>,
    /// Nothing beside the file may be made, and nobody writes: SQLite reads it without locks.
    immutable: bool,
    version: GhostVersion,
    busy_timeout: Duration,
    changes: Changes,
}

impl Database {
    /// Opens the database file at `path`.
    ///
    /// Where it may not be written it is served for reading only, see [`Database::read_only`]. A file in
    /// write-ahead mode whose folder may not be written is read without locks: nobody may write it meanwhile.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, OpenError> {
        let fail = |fault: OpenFault| OpenError::new(path, fault);
        let file = look_at_file(path).map_err(fail)?;
        let absolute = std::path::absolute(path).map_err(|error| fail(OpenFault::Unreadable(error)))?;
        let mut database = Database {
            read_only: options.read_only.then_some(ReadOnlyReason::Asked).or(file.read_only),
            immutable: false,
            version: GhostVersion::KNOWN,
            busy_timeout: options.busy_timeout,
            changes: Changes::default(),
            path: absolute,
        };

        // A connection to a file in write-ahead mode makes files beside it. While nobody else has made them, looking
        // goes without them.
        let without_locks = file.is_wal && !beside(path, "-wal").exists();
        database.immutable = without_locks;
        let found = match database.look(file.bytes) {
            // What a program that ended early left behind can only be merged by one that may write.
            Err(OpenFault::Unmerged) if database.read_only.is_none() => {
                database.look_through(OpenFlags::SQLITE_OPEN_READ_WRITE, file.bytes)
            }
            other => other,
        };
        let found = found.map_err(fail)?;
        database.version = found.version;
        if !found.differences.is_empty() && database.read_only.is_none() {
            let (version, differences) = (found.version, found.differences);
            database.read_only = Some(ReadOnlyReason::Schema { version, differences });
        }

        match database.read_only {
            None => database.begin_writing().map_err(fail)?,
            // Where the folder could be written, other programs may write the file: the locks are needed.
            Some(ReadOnlyReason::Asked | ReadOnlyReason::Schema { .. }) => {
                database.immutable = without_locks && !file.may_write_beside;
            }
            Some(ReadOnlyReason::File | ReadOnlyReason::Folder) => {}
        }
        Ok(database)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why it is only read; None when it can be written. Its text is meant for the owner's log.
    pub fn read_only(&self) -> Option<&ReadOnlyReason> {
        self.read_only.as_ref()
    }

    /// Whether it can be written.
    pub fn is_writable(&self) -> bool {
        self.read_only.is_none()
    }

    /// The Ghost whose migrations ran last; 6.65 or later.
    pub fn version(&self) -> GhostVersion {
        self.version
    }

    /// The count of its changes, shared by all that is opened from it.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Opens a connection with the settings of all of ours.
    pub(crate) fn connect(&self, access: OpenFlags) -> crate::Result<Connection> {
        let connection = self.connect_plain(access)?;
        pool::prepare(&connection, self.busy_timeout)?;
        Ok(connection)
    }

    fn connect_plain(&self, access: OpenFlags) -> rusqlite::Result<Connection> {
        // Each connection has one thread; SQLite need not guard it.
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if self.immutable {
            Connection::open_with_flags(immutable_uri(&self.path), flags | OpenFlags::SQLITE_OPEN_URI)?
        } else {
            Connection::open_with_flags(&self.path, flags)?
        };
        connection.busy_timeout(self.busy_timeout)?;
        Ok(connection)
    }

    fn look(&self, bytes: u64) -> Result<inspect::Found, OpenFault> {
        self.look_through(OpenFlags::SQLITE_OPEN_READ_ONLY, bytes)
    }

    fn look_through(&self, access: OpenFlags, bytes: u64) -> Result<inspect::Found, OpenFault> {
        inspect::inspect(&self.connect_plain(access)?, bytes)
    }

    /// Switches the file to the write-ahead log. Where the folder turns out not to be writable, it is only read.
    fn begin_writing(&mut self) -> Result<(), OpenFault> {
        let was_immutable = std::mem::replace(&mut self.immutable, false);
        let switched = self.connect_plain(OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|connection| {
            connection.query_row("PRAGMA journal_mode = wal", [], |row| row.get::<_, String>(0))
        });
        match switched {
            Ok(mode) if mode == "wal" => Ok(()),
            Ok(mode) => {
                // Some network file systems cannot share memory. Readers and the writer then wait for each other.
                tracing::warn!(%mode, "the database's file system has no write-ahead log; reading waits for writing");
                Ok(())
            }
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
                    self.read_only = Some(ReadOnlyReason::Folder);
                    self.immutable = was_immutable;
                    Ok(())
                }
                _ => Err(error.into()),
            },
        }
    }
}

/// The file that SQLite puts beside a database.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// What the file system and the first bytes say.
struct FileLook {
    bytes: u64,
    is_wal: bool,
    read_only: Option<ReadOnlyReason>,
    may_write_beside: bool,
}

/// The first bytes of every SQLite database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

fn look_at_file(path: &Path) -> Result<FileLook, OpenFault> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => OpenFault::Absent,
        _ => OpenFault::Unreadable(error),
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(OpenFault::Directory);
    }
    if !metadata.is_file() {
        return Err(OpenFault::NotAFile);
    }
    let mut file = File::open(path).map_err(unreadable)?;
    if metadata.len() == 0 {
        return Err(OpenFault::Empty);
    }
    let mut header = [0; 100];
    match file.read_exact(&mut header) {
        Ok(()) if header.starts_with(MAGIC) => {}
        // Too short, or the bytes of something else.
        Ok(()) => return Err(OpenFault::NotADatabase),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(OpenFault::NotADatabase),
        Err(error) => return Err(OpenFault::Unreadable(error)),
    }
    // While changes wait beside the file, it may rightly be shorter than it says.
    if !beside(path, "-wal").exists() && !beside(path, "-journal").exists() {
        check_length(&header, metadata.len())?;
    }

    // The marks are honoured also where the user (root) could write all the same: they are the owner's wish.
    let file_is_marked = metadata.permissions().readonly();
    let may_write = !file_is_marked && File::options().write(true).open(path).is_ok();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let may_write_beside = fs::metadata(folder).is_ok_and(|folder| !folder.permissions().readonly());
    let read_only = match (may_write, may_write_beside) {
        (false, _) => Some(ReadOnlyReason::File),
        (true, false) => Some(ReadOnlyReason::Folder),
        (true, true) => None,
    };
    // Byte 19: the version of the file format needed to read it; 2 is the write-ahead log.
    Ok(FileLook { bytes: metadata.len(), is_wal: header.get(19) == Some(&2), read_only, may_write_beside })
}

/// Compares the length with the count of pages that the header gives (where the header says that it is valid).
///
/// SQLite finds a cut-off file only when it comes to the missing page.
fn check_length(header: &[u8; 100], bytes: u64) -> Result<(), OpenFault> {
    let big_endian =
        |at: usize| header.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let page_size = match header.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    };
    let is_valid = big_endian(24) == big_endian(92);
    let pages = big_endian(28).filter(|_| is_valid).unwrap_or(0);
    if bytes < u64::from(pages) * page_size {
        return Err(OpenFault::Damaged(format!(
            "cut off: {bytes} bytes of {}",
            u64::from(pages) * page_size
        )));
    }
    Ok(())
}

/// The file as an address that tells SQLite to take no locks and make no files.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte))
            }
            _ => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}
