//! The fields of the index, and a story laid out in them.

use tantivy::TantivyDocument;
use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::card::{self, Card};
use crate::story::Story;
use crate::words;

/// A story is known to others by this many of its shingles, those with the smallest hashes.
/// Of two stories with resemblance 0.5 each is in both with probability 0.5: none shared has probability 2^-20.
/// Source: Broder, "On the resemblance and containment of documents", 1997.
pub(crate) const SKETCH: usize = 20;
/// Words between title and text, so that no phrase reaches from one into the other.
const GAP: usize = 100;
/// The name under which the index knows [`Lines`].
const LINES: &str = "lines";

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

impl Fields {
    pub fn schema() -> (Schema, Fields) {
        let indexed = |record: IndexRecordOption, lengths: bool| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(LINES)
                .set_index_option(record)
                .set_fieldnorms(lengths);
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

    pub fn document(&self, story: &Story, card: &Card) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.id, &story.id);
        let mut public = Words::default();
        public.push_text(&story.title, "", story);
        public.push_text(&story.public_text, "", story);
        for tag in &story.tags {
            public.push_text(tag, "", story);
        }
        document.add_text(self.public, public.lines);
        let mut gated = Words::default();
        for (audience, text) in &story.audiences {
            gated.push_text(text, &audience_prefix(audience), story);
        }
        if !gated.lines.is_empty() {
            document.add_text(self.gated, gated.lines);
        }
        let mut subject = Words::default();
        for &(hash, count) in &card.subject {
            let term = card::term_of(hash);
            for _ in 0..count {
                subject.push("", &term);
            }
        }
        document.add_text(self.subject, subject.lines);
        let mut sketch = Words::default();
        for &hash in card.shingles.iter().take(SKETCH) {
            sketch.push("", &card::term_of(hash));
        }
        document.add_text(self.sketch, sketch.lines);
        document.add_bytes(self.card, &card.to_bytes());
        document
    }
}

/// What stands before a word of gated text. The separator stands in no word and is taken out of names.
pub(crate) fn audience_prefix(audience: &str) -> String {
    let name: String = audience.chars().filter(|character| !character.is_control()).take(60).collect();
    format!("{name}\u{1f}")
}

/// What the index must know to read the fields.
pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(LINES, TextAnalyzer::from(Lines::default()));
    tokenizers
}

/// Words on their way into a field, one a line; an empty line is a gap. A story that waits to be indexed is held in this
/// form, since thousands may wait at once: as tokens they would be ten times as large.
#[derive(Default)]
struct Words {
    lines: String,
}

impl Words {
    fn push_text(&mut self, text: &str, prefix: &str, story: &Story) {
        for word in words::words(text) {
            self.push(prefix, &words::stem(&word.folded, story.language));
        }
        if !self.lines.is_empty() {
            self.lines.push('\n');
        }
    }

    fn push(&mut self, prefix: &str, word: &str) {
        self.lines.push_str(prefix);
        self.lines.push_str(word);
        self.lines.push('\n');
    }
}

/// Reads what [`Words`] wrote.
#[derive(Clone, Default)]
struct Lines {
    token: Token,
}

struct LineStream<'a> {
    rest: &'a str,
    next_position: usize,
    token: &'a mut Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { rest: text, next_position: 0, token: &mut self.token }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        while !self.rest.is_empty() {
            let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            if line.is_empty() {
                self.next_position += GAP;
                continue;
            }
            self.token.text.clear();
            self.token.text.push_str(line);
            self.token.position = self.next_position;
            self.next_position += 1;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
