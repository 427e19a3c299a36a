//! A story's html as an editor sees it: one plain text of blocks, with links, pictures, lists and ids beside it.

use std::collections::HashSet;
use std::ops::Range;

use super::reader::Reader;
use super::tags::{Token, Tokens};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Heading(u8),
    Item,
    Caption,
    Cell,
    /// Program text: its spelling is its own.
    Code,
}

/// A run of text that stands by itself.
pub(super) struct Block {
    pub kind: Kind,
    /// Bytes in the sheet's text.
    pub range: Range<usize>,
    /// Which of its kind it is, from 1; headings of all levels are one kind.
    pub number: usize,
    /// Which list it is an item of, from 0.
    pub list: Option<usize>,
}

pub(super) struct Link {
    pub href: Option<String>,
    /// Bytes of its words in the sheet's text; may be empty.
    pub range: Range<usize>,
    /// Has a name for those who cannot see it: a described picture, or a label.
    pub named: bool,
}

pub(super) struct Picture {
    pub alt: Option<String>,
    /// An ornament, or an icon beside its own words.
    pub decorative: bool,
    /// The block of its caption.
    pub caption: Option<usize>,
    /// Blocks before it.
    pub after: usize,
}

#[derive(Default)]
pub(super) struct Sheet {
    /// Blocks with an empty line between them.
    pub text: String,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub pictures: Vec<Picture>,
    pub ids: HashSet<String>,
    /// Bytes of program text inside of blocks, in order.
    pub code: Vec<Range<usize>>,
}

impl Sheet {
    /// Reads `html`; time is linear in it. Scripts, styles, drawings and form fields leave no text.
    pub fn read(html: &str) -> Self {
        let mut reader = Reader::default();
        for token in Tokens::new(html) {
            match token {
                Token::Open(tag) => reader.open(&tag),
                Token::Close(name) => reader.close(&name.to_ascii_lowercase()),
                Token::Text(raw) => reader.text(&document::decode_references(raw)),
            }
        }
        reader.finish()
    }

    pub fn block_text(&self, block: usize) -> &str {
        self.blocks.get(block).map_or("", |block| &self.text[block.range.clone()])
    }

    /// The block that holds a byte of the text, or the last one before it.
    pub fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.range.start <= at).saturating_sub(1)
    }

    /// Whether a byte of the text is program text.
    pub fn is_code(&self, at: usize) -> bool {
        let next = self.code.partition_point(|range| range.end <= at);
        self.code.get(next).is_some_and(|range| range.start <= at)
    }
}
