//! What can go wrong with an index, by what the caller can do about it.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "{0} is not an archive index and is not empty; give an empty folder or one that an index was made in"
    )]
    Foreign(PathBuf),
    #[error(
        "the archive index in {0} was made by a newer version; upgrade, or rebuild the index from the publication"
    )]
    Newer(PathBuf),
    #[error("the archive index in {dir} cannot be read ({reason}); rebuild it from the publication")]
    Unreadable { dir: PathBuf, reason: String },
    #[error("the archive index in {0} is in use by another process; stop it first")]
    Busy(PathBuf),
    #[error("there is no archive index in {0} yet; it is made when the publication is served")]
    Absent(PathBuf),
    #[error("the archive index in {0} was opened to be read, not to be changed")]
    ReadOnly(PathBuf),
    #[error("the archive index in {dir}: {reason}")]
    Io { dir: PathBuf, reason: String },
}
