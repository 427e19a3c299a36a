//! The folder of a new publication. It is made beside its place and moved there when it is whole.
//!
//! A publication is one folder, `content`, so moving that one makes it appear whole or not at all, also in a folder
//! that stands already (`courant init .`).

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry};

/// How the folders begin that an interrupted attempt leaves.
const UNFINISHED: &str = "content.unfinished-";
/// Stands in `content` of a demo.
const MARK: &str = "DEMO.txt";
const MARK_TEXT: &str = "\
This is the sample publication that `courant demo` made. Town, people and events are made up.
Change what you like; `courant demo` serves it as it is. Delete the folder to have it made anew.
";

/// What stands where a publication is to be made.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing, or an empty folder.
    Free,
    /// What `courant demo` made.
    Demo,
    /// Another publication.
    Publication,
    /// Something else.
    Taken,
}

/// Looks at a folder, and touches nothing.
pub fn look(dir: &Path) -> Result<Place, String> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Place::Free),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(format!("{} is a file, not a folder: choose another place", dir.display()));
        }
        Err(error) => return Err(fault(dir)(error)),
    };
    let mut is_free = true;
    for entry in entries {
        let entry = entry.map_err(fault(dir))?;
        is_free &= is_unfinished(&entry);
    }
    let content = dir.join("content");
    Ok(if is_free {
        Place::Free
    } else if !content.join("data").join("ghost.db").exists() {
        Place::Taken
    } else if content.join(MARK).exists() {
        Place::Demo
    } else {
        Place::Publication
    })
}

fn is_unfinished(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(UNFINISHED)
}

/// A `content` folder that is being made. Vanishes unless it is finished.
pub struct Unfinished {
    dir: PathBuf,
    content: tempfile::TempDir,
}

impl Unfinished {
    /// Begins one in `dir`, which is made when it is not there.
    pub fn begin(dir: &Path) -> Result<Self, String> {
        fs::create_dir_all(dir).map_err(fault(dir))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        // Pictures and themes are for everyone; what is secret (the database) is closed by itself.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        let content = builder.tempdir_in(dir).map_err(fault(dir))?;
        Ok(Unfinished { dir: dir.to_owned(), content })
    }

    /// Where its database belongs.
    pub fn database(&self) -> PathBuf {
        self.content.path().join("data").join("ghost.db")
    }

    /// Makes a folder in it.
    pub fn make_folder(&self, name: &str) -> Result<(), String> {
        let path = self.content.path().join(name);
        fs::create_dir_all(&path).map_err(fault(&path))
    }

    /// Writes a file in it, in a folder that is there.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let path = self.content.path().join(name);
        fs::write(&path, bytes).map_err(fault(&path))
    }

    /// Writes a folder that the program carries, with all below.
    pub fn write_all(&self, name: &str, files: &Dir<'_>) -> Result<(), String> {
        self.make_folder(name)?;
        for entry in files.entries() {
            // Paths inside are those from the top of what is carried.
            let Some(last) = entry.path().file_name().and_then(|last| last.to_str()) else { continue };
            let name = format!("{name}/{last}");
            match entry {
                DirEntry::Dir(below) => self.write_all(&name, below)?,
                DirEntry::File(file) => self.write(&name, file.contents())?,
            }
        }
        Ok(())
    }

    /// Says in the folder that it is a demo.
    pub fn mark_as_demo(&self) -> Result<(), String> {
        self.write(MARK, MARK_TEXT.as_bytes())
    }

    /// Moves it to its place, and clears away what interrupted attempts left.
    pub fn finish(self) -> Result<(), String> {
        let target = self.dir.join("content");
        fs::rename(self.content.path(), &target).map_err(fault(&target))?;
        // Nothing is left there to vanish.
        let _ = self.content.keep();
        for entry in fs::read_dir(&self.dir).map_err(fault(&self.dir))? {
            let entry = entry.map_err(fault(&self.dir))?;
            if is_unfinished(&entry) {
                fs::remove_dir_all(entry.path()).map_err(fault(&entry.path()))?;
            }
        }
        Ok(())
    }
}

fn fault(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| {
        format!("{} cannot be made or read ({error}): check the folder's rights and the disk", path.display())
    }
}
