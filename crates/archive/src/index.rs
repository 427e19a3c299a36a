//! The index on disk: opening it, adding, replacing and removing stories, and how far it has come.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tantivy::directory::error::LockError;
use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use crate::card::{self, Card};
use crate::error::Error;
use crate::story::Story;
use crate::words;

/// The first line of the file that says whose folder this is; the number grows with the format.
const MARK: &str = "courant archive ";
const FORMAT: u32 = 1;
const MARK_FILE: &str = "courant-archive";
/// Stories that wait for a commit are held within this, in bytes.
const WAITING_BYTES: usize = 32 << 20;
/// Counters of subject words, 4 bytes each: two rare words that share one are taken for a little more common.
const COUNTERS: usize = 1 << 20;
/// A story is known to others by this many of its shingles, those with the smallest hashes.
/// Of two stories with resemblance 0.5 each is in both with probability 0.5: none shared has probability 2^-20.
/// Source: Broder, "On the resemblance and containment of documents", 1997.
pub(crate) const SKETCH: usize = 20;
/// Words between title and text, so that no phrase reaches from one into the other.
const GAP: usize = 100;

pub(crate) struct Fields {
    pub id: Field,
    /// Title, text and tags that everybody may read, with positions.
    pub public: Field,
    /// Texts for audiences; each word is preceded by its audience's name. No lengths are kept.
    pub gated: Field,
    /// Hashes of subject words of the public text.
    pub subject: Field,
    /// The smallest hashes of shingles.
    pub sketch: Field,
    pub card: Field,
}

/// An open index. One process may have it open at a time.
pub struct Archive {
    pub(crate) dir: PathBuf,
    pub(crate) fields: Fields,
    writer: IndexWriter,
    reader: IndexReader,
    watermark: Option<String>,
    counters: Vec<u32>,
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
            let mark = fs::read(&mark_file).map_err(io)?;
            let format = std::str::from_utf8(&mark)
                .ok()
                .and_then(|mark| mark.strip_prefix(MARK)?.trim().parse::<u32>().ok())
                .ok_or_else(|| Error::Foreign(dir.to_owned()))?;
            if format > FORMAT {
                return Err(Error::Newer(dir.to_owned()));
            }
        } else {
            if fs::read_dir(dir).map_err(io)?.next().is_some() {
                return Err(Error::Foreign(dir.to_owned()));
            }
            let mut file = fs::File::create(&mark_file).map_err(io)?;
            writeln!(file, "{MARK}{FORMAT}").and_then(|()| file.sync_all()).map_err(io)?;
        }
        let (schema, fields) = schema();
        let unreadable =
            |error: TantivyError| Error::Unreadable { dir: dir.to_owned(), reason: error.to_string() };
        let index = if dir.join("meta.json").exists() {
            Index::open_in_dir(dir).map_err(unreadable)?
        } else {
            Index::create_in_dir(dir, schema.clone()).map_err(unreadable)?
        };
        if index.schema() != schema {
            return Err(Error::Unreadable {
                dir: dir.to_owned(),
                reason: "its fields are others".to_owned(),
            });
        }
        let writer = index.writer_with_num_threads(1, WAITING_BYTES).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy(dir.to_owned()),
            error => unreadable(error),
        })?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(4)
            .try_into()
            .map_err(unreadable)?;
        let watermark = index.load_metas().map_err(unreadable)?.payload;
        let mut archive =
            Archive { dir: dir.to_owned(), fields, writer, reader, watermark, counters: vec![0; COUNTERS] };
        archive.count_words().map_err(unreadable)?;
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

    /// Adds a story, or replaces the one with its id. Found after the next `commit`.
    pub fn add(&mut self, story: &Story) -> Result<(), Error> {
        let card = Card::of(story);
        self.remove(&story.id);
        for &(hash, _) in &card.subject {
            let counter = &mut self.counters[counter_of(hash)];
            *counter = counter.saturating_add(1);
        }
        let document = self.document(story, &card);
        self.writer.add_document(document).map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Takes a story out. It is found until the next `commit`. An unknown id is no error.
    pub fn remove(&mut self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.id, id));
    }

    /// Makes everything since the last commit durable and visible, and remembers `watermark` with it: both or neither.
    pub fn commit(&mut self, watermark: &str) -> Result<(), Error> {
        let committed = self.writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(watermark);
            prepared.commit()
        });
        committed.map_err(|error| self.failed(error))?;
        self.reader.reload().map_err(|error| self.failed(error))?;
        self.watermark = Some(watermark.to_owned());
        Ok(())
    }

    /// What the last commit was told, in this process or an earlier one; nothing for an index that was never committed.
    pub fn watermark(&self) -> Option<&str> {
        self.watermark.as_deref()
    }

    /// The number of stories that can be found.
    pub fn n_stories(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// In about how many stories a subject word stands.
    pub(crate) fn n_stories_with(&self, hash: u32) -> u32 {
        self.counters[counter_of(hash)]
    }

    pub(crate) fn failed(&self, error: TantivyError) -> Error {
        Error::Io { dir: self.dir.clone(), reason: error.to_string() }
    }

    fn document(&self, story: &Story, card: &Card) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.id, &story.id);
        let mut public = Terms::default();
        public.push_text(&story.title, "", story);
        public.push_text(&story.public_text, "", story);
        for tag in &story.tags {
            public.push_text(tag, "", story);
        }
        document.add_pre_tokenized_text(self.fields.public, public.into_field());
        let mut gated = Terms::default();
        for (audience, text) in &story.audiences {
            gated.push_text(text, &audience_prefix(audience), story);
        }
        if !gated.tokens.is_empty() {
            document.add_pre_tokenized_text(self.fields.gated, gated.into_field());
        }
        let mut subject = Terms::default();
        for &(hash, count) in &card.subject {
            let term = card::term_of(hash);
            for _ in 0..count {
                subject.push(term.clone());
            }
        }
        document.add_pre_tokenized_text(self.fields.subject, subject.into_field());
        let mut sketch = Terms::default();
        for &hash in card.shingles.iter().take(SKETCH) {
            sketch.push(card::term_of(hash));
        }
        document.add_pre_tokenized_text(self.fields.sketch, sketch.into_field());
        document.add_bytes(self.fields.card, &card.to_bytes());
        document
    }

    /// Counts in how many stories each subject word stands, from the dictionaries of the index.
    fn count_words(&mut self) -> tantivy::Result<()> {
        for segment in self.reader.searcher().segment_readers() {
            let dictionary = segment.inverted_index(self.fields.subject)?;
            let mut terms = dictionary.terms().stream()?;
            while terms.advance() {
                if let Some(hash) = card::hash_of_term(terms.key()) {
                    let counter = &mut self.counters[counter_of(hash)];
                    *counter = counter.saturating_add(terms.value().doc_freq);
                }
            }
        }
        Ok(())
    }
}

/// What stands before a word of gated text. The separator stands in no word and is taken out of names.
pub(crate) fn audience_prefix(audience: &str) -> String {
    let name: String = audience.chars().filter(|&character| character != '\u{1f}').take(60).collect();
    format!("{name}\u{1f}")
}

fn counter_of(hash: u32) -> usize {
    hash as usize & (COUNTERS - 1)
}

/// Words on their way into a field.
#[derive(Default)]
struct Terms {
    tokens: Vec<Token>,
    position: usize,
}

impl Terms {
    fn push_text(&mut self, text: &str, prefix: &str, story: &Story) {
        for word in words::words(text) {
            self.push(format!("{prefix}{}", words::stem(&word.folded, story.language)));
        }
        self.position += GAP;
    }

    fn push(&mut self, text: String) {
        self.tokens.push(Token {
            offset_from: 0,
            offset_to: 0,
            position: self.position,
            text,
            position_length: 1,
        });
        self.position += 1;
    }

    fn into_field(self) -> PreTokenizedString {
        PreTokenizedString { text: String::new(), tokens: self.tokens }
    }
}

fn schema() -> (Schema, Fields) {
    let indexed = |record: IndexRecordOption, lengths: bool| {
        let indexing = TextFieldIndexing::default().set_index_option(record).set_fieldnorms(lengths);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_text_field("id", STRING),
        public: builder.add_text_field("public", indexed(IndexRecordOption::WithFreqsAndPositions, true)),
        gated: builder.add_text_field("gated", indexed(IndexRecordOption::WithFreqsAndPositions, false)),
        subject: builder.add_text_field("subject", indexed(IndexRecordOption::WithFreqs, true)),
        sketch: builder.add_text_field("sketch", indexed(IndexRecordOption::Basic, false)),
        card: builder.add_bytes_field("card", BytesOptions::default().set_stored()),
    };
    (builder.build(), fields)
}
