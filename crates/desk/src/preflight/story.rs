//! A story made ready for the checks: its pieces of text, and what each is called.

use std::ops::Range;

use text::{Copy, Language};

use super::Manuscript;
use super::findings::{Place, excerpt, quoted};
use super::sheet::{Kind, Sheet};

/// A part of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Headline,
    Excerpt,
    Teaser,
    LeadAlt,
    LeadCaption,
    LeadPicture,
    Block(usize),
    /// A picture of the body, from 0.
    Picture(usize),
    Link(usize),
    Whole,
    Point,
}

/// A piece of text that is read by itself.
pub(super) struct Piece<'s> {
    pub spot: Spot,
    pub text: &'s str,
}

pub(super) struct Story<'m> {
    pub manuscript: &'m Manuscript<'m>,
    pub body: Sheet,
    /// The lead picture's caption.
    pub caption: Sheet,
    /// The body's text, read.
    pub copy: Copy,
    pub language: Language,
}

impl<'m> Story<'m> {
    pub fn read(manuscript: &'m Manuscript<'m>) -> Self {
        let body = Sheet::read(manuscript.html);
        let caption = Sheet::read(manuscript.feature_image_caption.unwrap_or_default());
        let language = manuscript.language.unwrap_or_else(|| text::language(&body.text));
        let copy = text::read(&body.text, Some(language));
        Self { manuscript, body, caption, copy, language }
    }

    pub fn teaser(&self) -> Option<&'m str> {
        self.manuscript.teaser.map(str::trim).filter(|teaser| !teaser.is_empty())
    }

    /// The editor's teaser, where it is not the one that readers are shown anyway.
    pub fn excerpt(&self) -> Option<&'m str> {
        let excerpt = self.manuscript.custom_excerpt.map(str::trim).filter(|excerpt| !excerpt.is_empty());
        excerpt.filter(|excerpt| Some(*excerpt) != self.teaser())
    }

    /// Every piece that readers see, program text aside.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = vec![Piece { spot: Spot::Headline, text: self.manuscript.title }];
        let mut add = |spot, text: Option<&'m str>| {
            pieces.extend(text.map(|text| Piece { spot, text }));
        };
        add(Spot::Excerpt, self.excerpt());
        add(Spot::Teaser, self.teaser());
        add(Spot::LeadAlt, self.manuscript.feature_image_alt);
        if !self.caption.text.is_empty() {
            pieces.push(Piece { spot: Spot::LeadCaption, text: &self.caption.text });
        }
        let blocks = self.body.blocks.iter().enumerate().filter(|(_, block)| block.kind != Kind::Code);
        pieces.extend(blocks.map(|(at, _)| Piece { spot: Spot::Block(at), text: self.body.block_text(at) }));
        pieces
    }

    /// The pieces, without a teaser that is the body's own beginning: what is wrong with its spelling is told of the body.
    pub fn pieces_once(&self) -> Vec<Piece<'_>> {
        let mut pieces = self.pieces();
        if self.teaser().is_some_and(|teaser| self.is_bodys_own(teaser)) {
            pieces.retain(|piece| piece.spot != Spot::Teaser);
        }
        pieces
    }

    /// Whether a teaser is made of the body's words: whole sentences in a row, the last of them perhaps cut.
    pub fn is_bodys_own(&self, teaser: &str) -> bool {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let teaser = one_line(teaser);
        one_line(&self.body.text).contains(teaser.trim_end_matches('.'))
    }

    /// Whether a byte of a piece is program text.
    pub fn is_code(&self, piece: &Piece<'_>, at: usize) -> bool {
        match piece.spot {
            Spot::Block(block) => self.body.is_code(self.body.blocks[block].range.start + at),
            _ => false,
        }
    }

    /// The place of a range of a piece.
    pub fn place_in(&self, piece: &Piece<'_>, range: Range<usize>) -> Place {
        self.place(piece.spot, &excerpt(piece.text, range))
    }

    /// The place of a range of the body's text.
    pub fn place_at(&self, range: Range<usize>) -> Place {
        let block = self.body.block_at(range.start);
        let Some(found) = self.body.blocks.get(block) else { return self.place(Spot::Whole, "") };
        let start = range.start.max(found.range.start) - found.range.start;
        let end = range.end.min(found.range.end).max(found.range.start + start) - found.range.start;
        self.place(Spot::Block(block), &excerpt(self.body.block_text(block), start..end))
    }

    /// A part's place, with `words` (in quotation marks already) behind it.
    pub fn place(&self, spot: Spot, words: &str) -> Place {
        const BODY: usize = 8;
        let block_order = |block: usize| BODY + 2 * block + 1;
        let (order, name) = match spot {
            Spot::Headline => (0, "headline".to_owned()),
            Spot::Excerpt => (1, "custom excerpt".to_owned()),
            Spot::Teaser => (2, "teaser".to_owned()),
            Spot::LeadPicture => (3, "lead picture".to_owned()),
            Spot::LeadAlt => (4, "alternative text of the lead picture".to_owned()),
            Spot::LeadCaption => (5, "caption of the lead picture".to_owned()),
            Spot::Block(block) => (block_order(block), self.block_name(block)),
            Spot::Picture(picture) => {
                let after = self.body.pictures.get(picture).map_or(0, |picture| picture.after);
                (BODY + 2 * after, format!("picture {}", picture + 1))
            }
            Spot::Link(link) => {
                let at = self.body.links.get(link).map_or(0, |link| link.range.start);
                let block = self.body.block_at(at);
                let name = match self.body.blocks.get(block) {
                    Some(found) if found.range.contains(&at) => format!("link in {}", self.block_name(block)),
                    _ => format!("link {}", link + 1),
                };
                (block_order(block), name)
            }
            Spot::Whole => (usize::MAX - 1, "the story".to_owned()),
            Spot::Point => (usize::MAX, "key point".to_owned()),
        };
        Place { order, name: if words.is_empty() { name } else { format!("{name}: {words}") } }
    }

    fn block_name(&self, block: usize) -> String {
        let Some(block) = self.body.blocks.get(block) else { return "body".to_owned() };
        let kind = match block.kind {
            Kind::Paragraph => "paragraph",
            Kind::Heading(_) => "heading",
            Kind::Item => "list item",
            Kind::Caption => "caption",
            Kind::Cell => "table cell",
            Kind::Code => "program text",
        };
        format!("{kind} {}", block.number)
    }

    /// The place of a link with its words or, when it has none, its address.
    pub fn place_of_link(&self, link: usize) -> Place {
        let found = &self.body.links[link];
        let words = &self.body.text[found.range.clone()];
        let shown = if words.is_empty() { found.href.as_deref().unwrap_or_default() } else { words };
        self.place(Spot::Link(link), &if shown.is_empty() { String::new() } else { quoted(shown) })
    }
}

/// The words of `text` in small letters, for comparing pieces whatever their punctuation.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}
