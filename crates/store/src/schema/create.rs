//! Makes the database of a new publication, as Ghost 6.65 would have made it, so that Ghost can go on with it.

use std::cell::RefCell;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::Connection;

use super::signing::SigningKey;
use super::{ddl, fixtures, known_tables};
use crate::{Chance, WriteError, WriteTransaction};

/// What a new publication is.
#[derive(Debug, Clone)]
pub struct NewPublication {
    pub title: String,
    /// One line under the title; may be empty.
    pub description: String,
    /// Language tag, such as `en` or `pt-BR`.
    pub locale: String,
    /// Name of a time zone, such as `Europe/Berlin`.
    pub timezone: String,
    /// Folder name of its theme.
    pub theme: String,
    /// None: whoever opens Ghost's Admin app first sets the publication up and becomes its owner.
    pub owner: Option<NewOwner>,
    /// Whether it begins with a first post (`/coming-soon/`, tagged News) and a page (`/about/`).
    pub first_posts: bool,
    /// Signs what other sites ask of the publication.
    pub site_key: SigningKey,
    /// Signs what a member's browser carries.
    pub members_key: SigningKey,
}

/// The owner of a new publication.
#[derive(Clone)]
pub struct NewOwner {
    pub name: String,
    /// Empty: the name makes it.
    pub slug: String,
    pub email: String,
    /// bcrypt, 60 characters.
    pub password_hash: String,
}

impl fmt::Debug for NewOwner {
    /// Without the hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewOwner").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Why a database was not made. Nothing is left at its place.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Something stands there.
    #[error("there is already something at {}: choose another place, or serve what is there", .0.display())]
    Exists(PathBuf),
    /// The folder is not there or cannot be written.
    #[error("the database {} cannot be made ({}): check that its folder is there and can be written", .0.display(), .1)]
    Disk(PathBuf, std::io::Error),
    /// SQLite reports a fault.
    #[error("the database {} cannot be made ({})", .0.display(), .1)]
    Write(PathBuf, WriteError),
}

/// Makes the database file at `path`; its folder must be there. It appears there whole or not at all.
pub fn create(
    path: &Path,
    publication: &NewPublication,
    now: Timestamp,
    chance: Chance,
) -> Result<(), CreateError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(CreateError::Exists(path.to_owned()));
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let disk = |error| CreateError::Disk(path.to_owned(), error);
    // One that an earlier attempt left.
    if unfinished.exists() {
        fs::remove_file(&unfinished).map_err(disk)?;
    }
    // Made here and not by SQLite, whose words for a missing folder help nobody. Secrets lie in it.
    make_private(&unfinished).map_err(disk)?;
    if let Err(error) = fill(&unfinished, publication, now, chance) {
        drop(fs::remove_file(&unfinished));
        return Err(CreateError::Write(path.to_owned(), error));
    }
    fs::rename(&unfinished, path).map_err(disk)
}

fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn fill(path: &Path, publication: &NewPublication, now: Timestamp, chance: Chance) -> Result<(), WriteError> {
    let mut connection = Connection::open(path)?;
    crate::pool::prepare(&connection, std::time::Duration::ZERO)?;
    let chance = RefCell::new(chance);
    let tx = WriteTransaction::begin(&mut connection, &chance)?;
    for table in known_tables() {
        for statement in ddl::statements(table) {
            tx.connection().execute_batch(&statement)?;
        }
    }
    tx.connection().execute_batch(ddl::BESIDE)?;
    fixtures::add_all(&tx, publication, now)?;
    tx.commit()?;
    connection.close().map_err(|(_, error)| WriteError::from(error))
}
