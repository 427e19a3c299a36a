//! Why a database cannot be opened, in words that say what, where, and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::schema::{Difference, GhostVersion};

/// A database that could not be opened. The file is as it was.
#[derive(Debug)]
pub struct OpenError {
    path: PathBuf,
    fault: OpenFault,
}

/// What is wrong with a database that was to be opened.
#[derive(Debug)]
pub enum OpenFault {
    /// Nothing stands at the path.
    Absent,
    /// A folder stands at the path.
    Directory,
    /// Something else that is no file: a pipe, a socket, a device.
    NotAFile,
    /// The system does not let us read it.
    Unreadable(std::io::Error),
    /// A file of no bytes.
    Empty,
    /// The file does not begin as a SQLite database does, or is encrypted.
    NotADatabase,
    /// A SQLite database, cut off or broken inside.
    Damaged(String),
    /// Another program holds the lock for longer than we wait.
    Locked,
    /// Changes of a program that ended early wait beside the file, and nothing may be written there to merge them.
    Unmerged,
    /// A SQLite database of another program. The tables found, at most five.
    NotGhost { tables: Vec<String> },
    /// A Ghost is changing the schema at this moment, or broke off while it did.
    Migrating,
    /// Made by a Ghost before 6.65: its version, and a migration that is missing.
    OlderGhost { version: Option<GhostVersion>, missing: String },
    /// What SQLite reports beyond all that.
    Other(String),
}

impl OpenError {
    pub(crate) fn new(path: &Path, fault: OpenFault) -> Self {
        OpenError { path: path.to_owned(), fault }
    }

    /// The file that was to be opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong.
    pub fn fault(&self) -> &OpenFault {
        &self.fault
    }
}

impl std::error::Error for OpenError {}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.fault {
            OpenFault::Absent => write!(
                f,
                "there is no database at {path}: check the path given by --database, or make a new publication with `courant init`"
            ),
            OpenFault::Directory => {
                write!(f, "{path} is a folder, not a database: name the file in it, such as {path}/ghost.db")
            }
            OpenFault::NotAFile => write!(f, "{path} is not a file: name the database file of a Ghost site"),
            OpenFault::Unreadable(error) => write!(
                f,
                "the database {path} cannot be read ({error}): let the user that runs courant read the file and its folder"
            ),
            OpenFault::Empty => write!(
                f,
                "the database {path} is empty (0 bytes): restore it from a backup, or remove it and make a new publication with `courant init`"
            ),
            OpenFault::NotADatabase => write!(
                f,
                "{path} is not a SQLite database: name the database file of a Ghost site, usually content/data/ghost.db"
            ),
            OpenFault::Damaged(what) => write!(
                f,
                "the database {path} is damaged ({what}): restore it from a backup, or save what can be read with `sqlite3 {path} .recover`"
            ),
            OpenFault::Locked => write!(
                f,
                "the database {path} is locked by another program: wait until it has finished, or stop it (a running Ghost, a backup, an open sqlite3)"
            ),
            OpenFault::Unmerged => write!(
                f,
                "a program that used the database {path} ended early, and what it wrote waits in the file beside it (-wal or -journal): make the file and its folder writable once, so that it can be merged"
            ),
            OpenFault::NotGhost { tables } if tables.is_empty() => {
                write!(
                    f,
                    "the database {path} has no tables: make a new publication in another place with `courant init`"
                )
            }
            OpenFault::NotGhost { tables } => write!(
                f,
                "the database {path} is not Ghost's (its tables: {}): name the database file of a Ghost site",
                tables.join(", ")
            ),
            OpenFault::Migrating => write!(
                f,
                "the database {path} is being changed by a Ghost update, or the update broke off (migrations_lock is set): let it finish, or start Ghost to see what it reports, then try again"
            ),
            OpenFault::OlderGhost { version, missing } => {
                let known = GhostVersion::KNOWN;
                match version {
                    Some(version) if *version < known => {
                        write!(f, "the database {path} was made by Ghost {version}")?
                    }
                    _ => write!(f, "the database {path} was made by a Ghost before {known}")?,
                }
                write!(
                    f,
                    ", courant serves {known}: update Ghost to {known} first, let it start once, then try again (the first missing step is {missing})"
                )
            }
            OpenFault::Other(what) => write!(
                f,
                "the database {path} cannot be opened ({what}): check the disk and the rights of the file and its folder"
            ),
        }
    }
}

/// Why a database is only read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// It was asked for.
    Asked,
    /// The file may not be written.
    File,
    /// The folder may not be written, which SQLite needs for its journal.
    Folder,
    /// The schema is not the one we know, nor that one with additions: the version it says, and what differs.
    Schema { version: GhostVersion, differences: Vec<Difference> },
}

impl ReadOnlyReason {
    /// What stands in the way of writing, and what would take it away.
    pub fn cause(&self) -> String {
        match self {
            ReadOnlyReason::Asked => "it was asked to be opened for reading only".to_owned(),
            ReadOnlyReason::File => {
                "its file may not be written by the user that runs courant; give that user the right to write it"
                    .to_owned()
            }
            ReadOnlyReason::Folder => "its folder may not be written by the user that runs courant, and SQLite puts \
                                       its journal there; give that user the right to write the folder"
                .to_owned(),
            ReadOnlyReason::Schema { version, differences } => {
                let shown: Vec<String> = differences.iter().take(3).map(Difference::to_string).collect();
                let more = differences.len().saturating_sub(shown.len());
                let more = if more > 0 { format!(", and {more} more") } else { String::new() };
                let (known, shown) = (GhostVersion::KNOWN, shown.join(", "));
                if *version == known {
                    format!(
                        "it is not as Ghost {known} makes it ({shown}{more}); let Ghost or a backup restore it"
                    )
                } else {
                    format!(
                        "it was changed by Ghost {version}, courant knows {known} ({shown}{more}); update courant to write again"
                    )
                }
            }
        }
    }
}

impl fmt::Display for ReadOnlyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database is served for reading only: {}", self.cause())
    }
}
