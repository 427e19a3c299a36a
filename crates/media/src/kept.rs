//! The folder of pictures: originals, and beside them (below `size/`, where Ghost keeps them, too) what was made.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::fault::Fault;
use crate::wanted::Wanted;

/// Where files are written before they get their name; hidden, so that nobody is given a half one.
const BEING_MADE: &str = "size/.making";

/// The folder.
#[derive(Debug)]
pub struct Kept {
    images: PathBuf,
    most_bytes: u64,
    /// Bytes kept; None until they were counted.
    total: Mutex<Option<u64>>,
    n_made: AtomicU64,
}

impl Kept {
    /// The folder of a publication's pictures, of which at most so many bytes are kept in other sizes.
    pub fn new(images: PathBuf, most_bytes: u64) -> Self {
        Kept { images, most_bytes, total: Mutex::new(None), n_made: AtomicU64::new(0) }
    }

    /// The file of a picture that was made already.
    pub fn find(&self, wanted: &Wanted) -> Option<PathBuf> {
        below(&self.images, &wanted.kept_path())
    }

    /// The file that it is made from; None when there is none.
    pub fn original(&self, wanted: &Wanted) -> Option<PathBuf> {
        wanted.originals().iter().find_map(|path| below(&self.images, path))
    }

    /// Keeps a picture. It appears whole, or not at all.
    ///
    /// Errors: the file system's; a path that leads out of the folder by a link.
    pub fn put(&self, wanted: &Wanted, bytes: &[u8]) -> Result<(), Fault> {
        let path = wanted.kept_path();
        let folder = self.folder(path.parent().unwrap_or(Path::new("size")))?;
        let target = folder.join(path.file_name().unwrap_or_default());
        let making = self.folder(Path::new(BEING_MADE))?;
        let number = self.n_made.fetch_add(1, Ordering::Relaxed);
        let draft = making.join(format!("{}-{number}", std::process::id()));
        let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, &target));
        if let Err(error) = written {
            // What was begun is of no use; that it is gone matters more than why it could not be removed.
            drop(fs::remove_file(&draft));
            return Err(Fault::disk(&target, &error));
        }
        self.count(bytes.len() as u64);
        Ok(())
    }

    /// A folder below the pictures' that is there, made where needed.
    fn folder(&self, path: &Path) -> Result<PathBuf, Fault> {
        let root = self.images.canonicalize().map_err(|error| Fault::disk(&self.images, &error))?;
        let mut folder = root.clone();
        for part in path.components() {
            folder.push(part);
            let fault = |error: &std::io::Error| Fault::disk(&folder, error);
            match fs::create_dir(&folder) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(fault(&error)),
                Ok(()) | Err(_) => {}
            }
            let real = folder.canonicalize().map_err(|error| fault(&error))?;
            if !real.starts_with(&root) {
                let message = "a link leads out of the folder of pictures".to_owned();
                return Err(Fault::Disk { path: folder.display().to_string(), message });
            }
            folder = real;
        }
        Ok(folder)
    }

    /// Counts what was added, and removes the oldest when it is too much.
    fn count(&self, added: u64) {
        let mut total = self.total.lock().unwrap_or_else(PoisonError::into_inner);
        let now = match *total {
            Some(known) => known + added,
            None => {
                self.clear_drafts();
                self.files().iter().map(|file| file.bytes).sum()
            }
        };
        *total = Some(if now > self.most_bytes { self.remove_oldest() } else { now });
    }

    /// Drafts of a process that ended while it wrote.
    fn clear_drafts(&self) {
        let own = format!("{}-", std::process::id());
        let Ok(entries) = fs::read_dir(self.images.join(BEING_MADE)) else { return };
        for entry in entries.flatten() {
            let old = entry
                .metadata()
                .and_then(|metadata| metadata.modified())
                .is_ok_and(|at| at.elapsed().is_ok_and(|age| age.as_secs() > 3600));
            if old && !entry.file_name().to_string_lossy().starts_with(&own) {
                drop(fs::remove_file(entry.path()));
            }
        }
    }

    /// Removes the oldest until an eighth is free again; gives the bytes that are left.
    fn remove_oldest(&self) -> u64 {
        let mut files = self.files();
        files.sort_by_key(|file| file.made_at);
        let mut left: u64 = files.iter().map(|file| file.bytes).sum();
        let before = left;
        for file in files {
            if left <= self.most_bytes / 8 * 7 {
                break;
            }
            match fs::remove_file(&file.path) {
                Ok(()) => left -= file.bytes,
                Err(error) => {
                    tracing::warn!(file = %file.path.display(), %error, "a kept picture cannot be removed");
                }
            }
        }
        tracing::info!(before, left, "kept pictures were more than is kept; the oldest were removed");
        left
    }

    /// All kept files; links are not followed.
    fn files(&self) -> Vec<KeptFile> {
        let mut files = Vec::new();
        let mut folders = vec![self.images.join("size")];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries.flatten() {
                let Ok(metadata) = entry.metadata() else { continue };
                if metadata.is_dir() && !entry.file_name().as_encoded_bytes().starts_with(b".") {
                    folders.push(entry.path());
                } else if metadata.is_file() {
                    let made_at = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                    files.push(KeptFile { path: entry.path(), bytes: metadata.len(), made_at });
                }
            }
        }
        files
    }
}

struct KeptFile {
    path: PathBuf,
    bytes: u64,
    made_at: SystemTime,
}

/// The file of this path below a folder; None when there is none, or the path leads elsewhere.
///
/// Links are followed only while they stay below the folder.
pub fn below(root: &Path, path: &Path) -> Option<PathBuf> {
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let path = root.join(path).canonicalize().ok()?;
    (path.starts_with(&root) && path.is_file()).then_some(path)
}
