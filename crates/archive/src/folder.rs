//! The folder of the index: what was changed can be read at once and is made durable later, all of it together.
//! Knows files and when they must be safe, nothing of what stands in them.
//!
//! On disk stands one state of the index, the durable one. The list of the files that make up a state (`meta.json`) is
//! therefore kept in memory until [`Folder::secure`] has synced them, and a file of the durable state is not removed
//! before a newer state is durable. A crash thus leaves the durable state and files that it does not name, which are
//! swept away when the index is opened again.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// The list of the files of a state.
const LIST: &str = "meta.json";
/// The index's list of all files that it ever made; read from the folder itself instead.
const MADE: &str = ".managed.json";
/// How files of an index end.
const ENDINGS: [&str; 7] = ["idx", "pos", "term", "store", "fast", "fieldnorm", "del"];

#[derive(Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    disk: MmapDirectory,
    state: Arc<Mutex<State>>,
    /// Held while a state is made durable.
    securing: Arc<Mutex<()>>,
}

#[derive(Debug, Default)]
struct State {
    /// The list of the newest state, where it is newer than the durable one.
    list: Option<Vec<u8>>,
    /// Files that are whole and not synced.
    unsynced: HashSet<PathBuf>,
    /// Files that the list on disk may name.
    durable: HashSet<PathBuf>,
    /// Those of `durable` that are no longer wanted.
    unwanted: HashSet<PathBuf>,
}

impl Folder {
    /// Errors: the folder is absent or cannot be read.
    pub fn open(path: &Path) -> Result<Folder, OpenDirectoryError> {
        let disk = MmapDirectory::open(path)?;
        Ok(Folder { path: path.to_owned(), disk, state: Arc::default(), securing: Arc::default() })
    }

    /// Says which files belong to the state that is on disk; others are removed as soon as nobody wants them.
    pub fn keep(&self, files: impl IntoIterator<Item = PathBuf>) {
        self.state().durable.extend(files);
    }

    /// Whether something was changed since the last state that is durable.
    pub fn is_ahead(&self) -> bool {
        self.state().list.is_some()
    }

    /// Makes the newest state durable. The index can be read and changed meanwhile.
    ///
    /// Errors: what could not be written; the durable state is then the old one, and the next call tries again.
    pub fn secure(&self) -> io::Result<()> {
        let _alone = self.securing.lock().unwrap_or_else(PoisonError::into_inner);
        let (list, files, unwanted) = {
            let mut state = self.state();
            let Some(list) = state.list.clone() else { return Ok(()) };
            let files: Vec<PathBuf> = state.unsynced.drain().collect();
            // From here on they may be named on disk.
            state.durable.extend(files.iter().cloned());
            (list, files, std::mem::take(&mut state.unwanted))
        };
        if let Err(error) = self.write_safely(&list, &files) {
            let mut state = self.state();
            state.unsynced.extend(files);
            state.unwanted.extend(unwanted);
            return Err(error);
        }
        let mut state = self.state();
        if state.list.as_ref() == Some(&list) {
            state.list = None;
        }
        for file in unwanted {
            state.durable.remove(&file);
            if let Err(error) = fs::remove_file(self.path.join(&file))
                && error.kind() != io::ErrorKind::NotFound
            {
                // It is swept away when the index is opened again.
                state.durable.insert(file);
            }
        }
        Ok(())
    }

    fn write_safely(&self, list: &[u8], files: &[PathBuf]) -> io::Result<()> {
        for file in files {
            File::open(self.path.join(file))?.sync_data()?;
        }
        self.disk.sync_directory()?;
        self.disk.atomic_write(Path::new(LIST), list)?;
        self.disk.sync_directory()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The names of all files of an index that lie here.
    fn made(&self) -> io::Result<Vec<String>> {
        let mut made = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            let ending = Path::new(&name).extension().and_then(|ending| ending.to_str());
            if let (Some(name), Some(ending)) = (name.to_str(), ending)
                && (ENDINGS.contains(&ending) || name == LIST)
            {
                made.push(name.to_owned());
            }
        }
        Ok(made)
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.disk.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let mut state = self.state();
        if state.durable.contains(path) {
            state.unwanted.insert(path.to_owned());
            return Ok(());
        }
        state.unsynced.remove(path);
        self.disk.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        if path == Path::new(LIST) && self.is_ahead() {
            return Ok(true);
        }
        self.disk.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file =
            OpenOptions::new().write(true).create_new(true).open(self.path.join(path)).map_err(|error| {
                match error.kind() {
                    io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
                    _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
                }
            })?;
        let writing = Writing { file, name: path.to_owned(), state: Arc::clone(&self.state) };
        Ok(BufWriter::new(Box::new(writing)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MADE) {
            let failed = |error| OpenReadError::wrap_io_error(error, path.to_owned());
            let names = self.made().map_err(failed)?;
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            return Ok(format!("[{}]", names.join(",")).into_bytes());
        }
        if path == Path::new(LIST)
            && let Some(list) = self.state().list.clone()
        {
            return Ok(list);
        }
        self.disk.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path == Path::new(MADE) {
            return Ok(());
        }
        if path == Path::new(LIST) {
            self.state().list = Some(data.to_owned());
            return Ok(());
        }
        self.disk.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.disk.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.disk.watch(callback)
    }
}

impl std::fmt::Debug for Folder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Folder").field(&self.path).finish()
    }
}

/// A file that is being written.
struct Writing {
    file: File,
    name: PathBuf,
    state: Arc<Mutex<State>>,
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Writing {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.file.flush()?;
        let name = std::mem::take(&mut self.name);
        self.state.lock().unwrap_or_else(PoisonError::into_inner).unsynced.insert(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::Folder;
    use crate::{Archive, SearchOptions, Story};

    /// The folder as the disk may hold it after the power went: of a file that was not synced there is half or nothing.
    fn after_power_loss(dir: &Path, folder: &Folder) -> TempDir {
        let unsynced = folder.state().unsynced.clone();
        let copy = tempfile::tempdir().unwrap();
        for (number, entry) in fs::read_dir(dir).unwrap().enumerate() {
            let name = entry.unwrap().file_name();
            // A file of segments that were being joined may be gone by now.
            let Ok(mut bytes) = fs::read(dir.join(&name)) else { continue };
            if unsynced.contains(Path::new(&name)) {
                if number.is_multiple_of(2) {
                    continue;
                }
                bytes.truncate(bytes.len() / 2);
            }
            fs::write(copy.path().join(&name), bytes).unwrap();
        }
        copy
    }

    fn total(archive: &Archive, query: &str) -> usize {
        archive.search(query, &SearchOptions::default()).unwrap().total
    }

    #[test]
    fn what_was_shown_is_found_at_once_and_lost_with_the_power_until_it_is_secure() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        for id in ["1", "2", "3"] {
            archive.add(&Story::new(id, "Grain", "first")).unwrap();
        }
        archive.commit("three").unwrap();
        assert!(!archive.is_ahead_of_disk());
        archive.add(&Story::new("1", "Grain", "second")).unwrap();
        archive.add(&Story::new("4", "Grain", "second")).unwrap();
        archive.remove("2");
        archive.show("changed").unwrap();
        assert_eq!((total(&archive, "first"), total(&archive, "second")), (1, 2));
        assert!(archive.is_ahead_of_disk());

        let lost = after_power_loss(dir.path(), &archive.folder);
        let before = Archive::open(lost.path()).unwrap();
        assert_eq!(before.watermark().as_deref(), Some("three"));
        assert_eq!((total(&before, "first"), total(&before, "second")), (3, 0));

        archive.secure().unwrap();
        let lost = after_power_loss(dir.path(), &archive.folder);
        let after = Archive::open(lost.path()).unwrap();
        assert_eq!(after.watermark().as_deref(), Some("changed"));
        assert_eq!((total(&after, "first"), total(&after, "second")), (1, 2));
    }

    /// With so many changes that segments are joined and their files are no longer wanted while the disk names them.
    #[test]
    fn the_power_may_go_after_every_change() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        for number in 1..=60_u64 {
            archive.add(&Story::new(&number.to_string(), "Grain", "another ship")).unwrap();
            // The one before is written anew, so that files of removals come into it.
            archive.add(&Story::new(&(number / 2 + 1).to_string(), "Grain", "another ship")).unwrap();
            archive.show(&number.to_string()).unwrap();
            if number.is_multiple_of(7) {
                archive.secure().unwrap();
            }
            let lost = after_power_loss(dir.path(), &archive.folder);
            let found = Archive::open(lost.path()).unwrap();
            let durable = number / 7 * 7;
            let watermark = (durable > 0).then(|| durable.to_string());
            assert_eq!(found.watermark(), watermark);
            assert_eq!((found.n_stories(), total(&found, "ship") as u64), (durable, durable));
            if number.is_multiple_of(10) {
                // And it goes on from there.
                found.add(&Story::new("more", "Grain", "another ship")).unwrap();
                found.commit("more").unwrap();
                assert_eq!(found.n_stories(), durable + 1);
            }
        }
        assert!(archive.n_segments() < 20, "{} segments", archive.n_segments());
    }

    #[test]
    fn what_nobody_needs_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::open(dir.path()).unwrap();
        for number in 0..50 {
            archive.add(&Story::new("1", "Grain", "another ship")).unwrap();
            archive.show(&number.to_string()).unwrap();
        }
        // A crash leaves files behind that the disk's list does not name.
        fs::write(dir.path().join("0123.idx"), "half").unwrap();
        archive.commit("all").unwrap();
        drop(archive);
        let archive = Archive::open(dir.path()).unwrap();
        assert!(!dir.path().join("0123.idx").exists());
        archive.add(&Story::new("1", "Grain", "another ship")).unwrap();
        archive.commit("again").unwrap();
        archive.commit("and again").unwrap();
        let n_files = fs::read_dir(dir.path()).unwrap().count();
        assert!(n_files < 30, "{n_files} files for one story");
    }
}
