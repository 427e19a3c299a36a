//! The index on disk: opening it, adding, replacing and removing stories, and how far it has come.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::store::Compressor;
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};

use crate::card::{self, Card};
use crate::error::Error;
use crate::fields::{self, Fields};
use crate::folder::Folder;
use crate::merging::Tiers;
use crate::story::Story;

/// The first line of the file that says whose folder this is; the number grows with the format.
const MARK: &str = "courant archive ";
const FORMAT: u32 = 2;
const MARK_FILE: &str = "courant-archive";
/// What is indexed is held within this until it is written, in bytes.
const WAITING_BYTES: usize = 20 << 20;
/// One joins large segments, which takes minutes, while the other joins small ones.
const N_MERGING: usize = 2;
/// Cards are read one here and one there: what else stands in a block is read for nothing.
const CARD_BLOCK_BYTES: usize = 2048;
/// Counters of subject words, 4 bytes each: two rare words that share one are taken for a little more common.
const COUNTERS: usize = 1 << 20;

/// Times that an index is opened for reading anew when its writer has just removed files of the state that was to be read.
const TRIES: usize = 10;

/// An open index. One process may have it open to change it, and in it all threads may ask meanwhile; others may read what is
/// durable beside it.
pub struct Archive {
    pub(crate) dir: PathBuf,
    pub(crate) fields: Fields,
    pub(crate) folder: Folder,
    /// Absent where the index is only read.
    writer: Option<Mutex<IndexWriter>>,
    reader: IndexReader,
    watermark: Mutex<Option<String>>,
    counters: Vec<AtomicU32>,
}

impl Archive {
    /// Opens the index in `dir`, or makes an empty one if `dir` is absent or empty.
    ///
    /// Errors: `Foreign`, `Newer`, `Unreadable`, `Busy`; after each but `Busy` nothing was changed.
    pub fn open(dir: &Path) -> Result<Archive, Error> {
        let io = |error: std::io::Error| Error::Io { dir: dir.to_owned(), reason: error.to_string() };
        fs::create_dir_all(dir).map_err(io)?;
        let mark_file = dir.join(MARK_FILE);
        if mark_file.exists() {
            check_mark(dir)?;
        } else {
            if fs::read_dir(dir).map_err(io)?.next().is_some() {
                return Err(Error::Foreign(dir.to_owned()));
            }
            let mut file = fs::File::create(&mark_file).map_err(io)?;
            writeln!(file, "{MARK}{FORMAT}").and_then(|()| file.sync_all()).map_err(io)?;
        }
        Archive::open_index(dir).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy(dir.to_owned()),
            error => unreadable(dir, error.to_string()),
        })
    }

    /// Opens the index in `dir` beside the process that changes it, and changes nothing: what was durable at this moment is
    /// found, whatever is done to the index later.
    ///
    /// Errors: `Absent`, `Foreign`, `Newer`, `Unreadable`.
    pub fn open_to_read(dir: &Path) -> Result<Archive, Error> {
        if !dir.join(MARK_FILE).exists() {
            return Err(Error::Absent(dir.to_owned()));
        }
        check_mark(dir)?;
        let mut tries = 0;
        loop {
            match Archive::open_durable(dir) {
                Ok(Some(archive)) => return Ok(archive),
                Ok(None) => return Err(Error::Absent(dir.to_owned())),
                Err(error) if tries == TRIES => return Err(unreadable(dir, error.to_string())),
                Err(_) => {
                    tries += 1;
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            }
        }
    }

    /// None where nothing is durable yet.
    fn open_durable(dir: &Path) -> tantivy::Result<Option<Archive>> {
        let (schema, fields) = Fields::schema();
        let folder = Folder::open(dir)?;
        if !Index::exists(&folder)? {
            return Ok(None);
        }
        let mut index = Index::open(folder.clone())?;
        if index.schema() != schema {
            return Err(TantivyError::SchemaError("its fields are others".to_owned()));
        }
        index.set_tokenizers(fields::tokenizers());
        Archive::over(dir, &index, fields, folder, None).map(Some)
    }

    fn open_index(dir: &Path) -> tantivy::Result<Archive> {
        let (schema, fields) = Fields::schema();
        let folder = Folder::open(dir)?;
        let settings = IndexSettings {
            // Hashes do not become smaller, and a card is read quicker as it stands.
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            docstore_blocksize: CARD_BLOCK_BYTES,
        };
        // Checks that the fields of an index that is there are these.
        let mut index = Index::builder().schema(schema).settings(settings).open_or_create(folder.clone())?;
        index.set_tokenizers(fields::tokenizers());
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(WAITING_BYTES)
            .num_merge_threads(N_MERGING)
            .build();
        let writer = index.writer_with_options(options)?;
        writer.set_merge_policy(Box::new(Tiers));
        // What a crash has left behind is swept away before anything is written: names might be given again.
        let segments = index.searchable_segment_metas()?;
        folder.keep(segments.iter().flat_map(|segment| segment.list_files()));
        writer.garbage_collect_files().wait()?;
        Archive::over(dir, &index, fields, folder, Some(writer))
    }

    fn over(
        dir: &Path,
        index: &Index,
        fields: Fields,
        folder: Folder,
        writer: Option<IndexWriter>,
    ) -> tantivy::Result<Archive> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(0)
            .try_into()?;
        let archive = Archive {
            dir: dir.to_owned(),
            fields,
            folder,
            writer: writer.map(Mutex::new),
            reader,
            watermark: Mutex::new(index.load_metas()?.payload),
            counters: (0..COUNTERS).map(|_| AtomicU32::new(0)).collect(),
        };
        archive.count_words()?;
        Ok(archive)
    }

    /// Removes an index and makes an empty one in its place; for a folder that `open` calls unreadable or newer.
    ///
    /// Errors: `Foreign` when the folder does not say that it is an archive's; nothing is removed then.
    pub fn rebuild(dir: &Path) -> Result<Archive, Error> {
        let io = |error: std::io::Error| Error::Io { dir: dir.to_owned(), reason: error.to_string() };
        let ours = fs::read(dir.join(MARK_FILE)).is_ok_and(|mark| mark.starts_with(MARK.as_bytes()));
        if !ours {
            return Err(Error::Foreign(dir.to_owned()));
        }
        for entry in fs::read_dir(dir).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.is_file() && !path.ends_with(MARK_FILE) {
                fs::remove_file(path).map_err(io)?;
            }
        }
        fs::write(dir.join(MARK_FILE), format!("{MARK}{FORMAT}\n")).map_err(io)?;
        Archive::open(dir)
    }

    /// Adds a story, or replaces the one with its id. Found after the next `show` or `commit`.
    pub fn add(&self, story: &Story) -> Result<(), Error> {
        let card = Card::of(story);
        let document = self.fields.document(story, &card);
        let writer = self.writer()?;
        writer.delete_term(Term::from_field_text(self.fields.id, &story.id));
        writer.add_document(document).map_err(|error| self.failed(error))?;
        for &(hash, _) in &card.subject {
            self.counters[counter_of(hash)].fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Takes a story out. It is found until the next `show` or `commit`. An unknown id is no error; of an index that is only read
    /// nothing is taken, as `show` says.
    pub fn remove(&self, id: &str) {
        if let Ok(writer) = self.writer() {
            writer.delete_term(Term::from_field_text(self.fields.id, id));
        }
    }

    /// Makes everything that was added and removed visible, and remembers `watermark` with it: both or neither. It is
    /// durable after the next `secure` or `commit`; until then a crash may take it back.
    pub fn show(&self, watermark: &str) -> Result<(), Error> {
        let mut writer = self.writer()?;
        let shown = writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(watermark);
            prepared.commit()
        });
        shown.and_then(|_| self.reader.reload()).map_err(|error| self.failed(error))?;
        *self.watermark.lock().unwrap_or_else(PoisonError::into_inner) = Some(watermark.to_owned());
        Ok(())
    }

    /// Makes what was shown durable, its watermark included. Questions and changes need not wait for it.
    ///
    /// Errors: `Io`; the index on disk then stands as of the last time, and the next call tries again.
    pub fn secure(&self) -> Result<(), Error> {
        self.folder
            .secure()
            .map_err(|error| Error::Io { dir: self.dir.clone(), reason: error.to_string() })?;
        // Where segments were joined since, the same stories are asked in the new one from now on. Not while one shows
        // something, or an older state might follow a newer one.
        let _writer = self.writer()?;
        self.reader.reload().map_err(|error| self.failed(error))
    }

    /// Whether something was shown that is not durable. Segments that were joined count, too.
    pub fn is_ahead_of_disk(&self) -> bool {
        self.folder.is_ahead()
    }

    /// Makes everything since the last commit visible and durable: `show`, then `secure`.
    pub fn commit(&self, watermark: &str) -> Result<(), Error> {
        self.show(watermark)?;
        self.secure()
    }

    /// What the last `show` or `commit` was told; after opening, what is durable of it. Nothing for an index that is new.
    pub fn watermark(&self) -> Option<String> {
        self.watermark.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The number of stories that can be found.
    pub fn n_stories(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// In how many parts they lie; each question looks into all of them.
    pub fn n_segments(&self) -> usize {
        self.reader.searcher().segment_readers().len()
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// In about how many stories a subject word stands.
    pub(crate) fn n_stories_with(&self, hash: u32) -> u32 {
        self.counters[counter_of(hash)].load(Ordering::Relaxed)
    }

    pub(crate) fn failed(&self, error: TantivyError) -> Error {
        Error::Io { dir: self.dir.clone(), reason: error.to_string() }
    }

    fn writer(&self) -> Result<MutexGuard<'_, IndexWriter>, Error> {
        let writer = self.writer.as_ref().ok_or_else(|| Error::ReadOnly(self.dir.clone()))?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts in how many stories each subject word stands, from the dictionaries of the index.
    fn count_words(&self) -> tantivy::Result<()> {
        for segment in self.reader.searcher().segment_readers() {
            let dictionary = segment.inverted_index(self.fields.subject)?;
            let mut terms = dictionary.terms().stream()?;
            while terms.advance() {
                if let Some(hash) = card::hash_of_term(terms.key()) {
                    self.counters[counter_of(hash)].fetch_add(terms.value().doc_freq, Ordering::Relaxed);
                }
            }
        }
        Ok(())
    }
}

/// Whether the folder says that an index of this format is in it.
fn check_mark(dir: &Path) -> Result<(), Error> {
    let mark = fs::read(dir.join(MARK_FILE))
        .map_err(|error| Error::Io { dir: dir.to_owned(), reason: error.to_string() })?;
    let format = std::str::from_utf8(&mark)
        .ok()
        .and_then(|mark| mark.strip_prefix(MARK)?.trim().parse::<u32>().ok())
        .ok_or_else(|| Error::Foreign(dir.to_owned()))?;
    if format > FORMAT {
        return Err(Error::Newer(dir.to_owned()));
    }
    if format < FORMAT {
        return Err(unreadable(dir, format!("its format is {format}, which is no longer used")));
    }
    Ok(())
}

fn unreadable(dir: &Path, reason: String) -> Error {
    Error::Unreadable { dir: dir.to_owned(), reason }
}

fn counter_of(hash: u32) -> usize {
    hash as usize & (COUNTERS - 1)
}
