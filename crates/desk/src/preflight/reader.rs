//! From tags to a sheet: which block a text belongs to, and what is linked, shown, listed and named.

use std::ops::Range;

use super::sheet::{Block, Kind, Link, Picture, Sheet};
use super::tags::Tag;

/// Elements open inside each other that are told apart; deeper ones are read as if they were not there.
const DEPTH_MAX: usize = 256;

#[derive(Default)]
pub(super) struct Reader {
    sheet: Sheet,
    /// Names of the open elements that matter, outermost first, and whether they make ornaments of their pictures.
    open: Vec<(String, bool)>,
    block_start: usize,
    block_kind: Option<(Kind, Option<usize>)>,
    lists: Vec<usize>,
    n_lists: usize,
    /// Number of pictures and the caption's block at the beginning of each open figure.
    figures: Vec<(usize, Option<usize>)>,
    link: Option<usize>,
    code_start: Option<usize>,
    /// How many open elements hide their text, hold ornaments, or are of the kind that names a block.
    n_hidden: usize,
    n_ornaments: usize,
    n_captions: usize,
    n_items: usize,
    n_cells: usize,
    n_pre: usize,
    heading: Option<u8>,
    numbers: [usize; 6],
}

const HIDDEN: &[&str] = &[
    "script", "style", "template", "svg", "math", "iframe", "textarea", "title", "select", "object", "video",
    "audio", "noscript",
];
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "figure",
    "figcaption",
    "blockquote",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "form",
    "details",
    "summary",
];
/// Cards whose pictures stand beside their own words.
const ORNAMENTED: &[&str] = &["kg-bookmark-card", "kg-audio-card", "kg-file-card", "kg-signup-card"];

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

impl Reader {
    pub fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        self.sheet.ids.extend(tag.attribute("id"));
        match name {
            "br" => self.line_break(),
            "hr" => self.flush(),
            "img" => self.picture(tag),
            "a" => self.open_link(tag),
            "code" | "kbd" | "samp" => {
                self.code_start.get_or_insert(self.sheet.text.len());
            }
            _ if HIDDEN.contains(&name) => self.push(name, tag),
            _ if BLOCKS.contains(&name) => {
                self.flush();
                self.imply_end(name);
                self.push(name, tag);
            }
            _ => {}
        }
    }

    pub fn close(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "code" | "kbd" | "samp" => {
                if let Some(start) = self.code_start.take() {
                    self.sheet.code.push(start..self.sheet.text.len());
                }
            }
            _ => {
                if let Some(at) = self.open.iter().rposition(|open| open.0 == name) {
                    while self.open.len() > at {
                        self.pop();
                    }
                }
            }
        }
    }

    /// A paragraph ends where another block begins, an item where the next item of its list begins.
    fn imply_end(&mut self, name: &str) {
        if self.open.last().is_some_and(|open| open.0 == "p") {
            self.pop();
        }
        if matches!(name, "li" | "td" | "th" | "tr" | "dt" | "dd")
            && let Some(at) = self
                .open
                .iter()
                .rposition(|open| open.0 == name || matches!(open.0.as_str(), "ul" | "ol" | "table"))
            && self.open[at].0 == name
        {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    fn push(&mut self, name: &str, tag: &Tag<'_>) {
        if self.open.len() == DEPTH_MAX {
            return;
        }
        let class = tag.attribute("class").unwrap_or_default();
        let ornamented = class.split_ascii_whitespace().any(|one| ORNAMENTED.contains(&one));
        match name {
            "figure" => self.figures.push((self.sheet.pictures.len(), None)),
            "ul" | "ol" => {
                self.lists.push(self.n_lists);
                self.n_lists += 1;
            }
            _ => {}
        }
        if heading_level(name).is_some() {
            self.heading = heading_level(name);
        }
        self.count(name, true);
        self.n_ornaments += usize::from(ornamented);
        self.open.push((name.to_owned(), ornamented));
    }

    fn pop(&mut self) {
        self.flush();
        let Some((name, ornamented)) = self.open.pop() else { return };
        let name = name.as_str();
        self.n_ornaments -= usize::from(ornamented);
        self.count(name, false);
        match name {
            "figure" => self.close_figure(),
            "ul" | "ol" => {
                self.lists.pop();
            }
            _ if heading_level(name).is_some() => self.heading = None,
            _ => {}
        }
    }

    fn count(&mut self, name: &str, begins: bool) {
        let counter = match name {
            "figcaption" => &mut self.n_captions,
            "li" => &mut self.n_items,
            "td" | "th" => &mut self.n_cells,
            "pre" => &mut self.n_pre,
            _ if HIDDEN.contains(&name) => &mut self.n_hidden,
            _ => return,
        };
        *counter = if begins { *counter + 1 } else { counter.saturating_sub(1) };
    }

    fn kind(&self) -> Kind {
        match self.heading {
            _ if self.n_pre > 0 => Kind::Code,
            _ if self.n_captions > 0 => Kind::Caption,
            Some(level) => Kind::Heading(level),
            None if self.n_items > 0 => Kind::Item,
            None if self.n_cells > 0 => Kind::Cell,
            None => Kind::Paragraph,
        }
    }

    pub fn text(&mut self, text: &str) {
        if self.n_hidden > 0 {
            return;
        }
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if !matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0c') {
                if self.block_kind.is_none() {
                    self.block_kind = Some((self.kind(), self.lists.last().copied()));
                }
                self.sheet.text.push(c);
                continue;
            }
            let mut n_spaces = usize::from(c == ' ');
            let mut source_line = c != ' ';
            while let Some(next) = chars.next_if(|c| matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0c')) {
                n_spaces += usize::from(next == ' ');
                source_line |= next != ' ';
            }
            let written = &self.sheet.text[self.block_start..];
            if !written.is_empty() && !written.ends_with([' ', '\n']) {
                // Two spaces that an author typed are kept to be told of; those that lay out the source are not.
                self.sheet.text.push_str(if n_spaces > 1 && !source_line { "  " } else { " " });
            }
        }
    }

    fn line_break(&mut self) {
        if self.n_hidden == 0 && self.sheet.text.len() > self.block_start {
            self.sheet.text.push('\n');
        }
    }

    fn flush(&mut self) {
        let kept = self.block_start + self.sheet.text[self.block_start..].trim_end().len();
        self.sheet.text.truncate(kept);
        for link in self.sheet.links.iter_mut().rev().take_while(|link| link.range.end > kept) {
            link.range = link.range.start.min(kept)..kept;
        }
        self.code_start = self.code_start.map(|start| start.min(kept));
        let Some((kind, list)) = self.block_kind.take() else { return };
        if kept == self.block_start {
            return;
        }
        let slot = match kind {
            Kind::Paragraph => 0,
            Kind::Heading(_) => 1,
            Kind::Item => 2,
            Kind::Caption => 3,
            Kind::Cell => 4,
            Kind::Code => 5,
        };
        self.numbers[slot] += 1;
        if kind == Kind::Caption
            && let Some(figure) = self.figures.last_mut()
        {
            figure.1.get_or_insert(self.sheet.blocks.len());
        }
        let list = list.filter(|_| kind == Kind::Item);
        self.sheet.blocks.push(Block {
            kind,
            range: self.block_start..kept,
            number: self.numbers[slot],
            list,
        });
        self.sheet.text.push_str("\n\n");
        self.block_start = self.sheet.text.len();
    }

    fn picture(&mut self, tag: &Tag<'_>) {
        if self.n_hidden > 0 {
            return;
        }
        let alt = tag.attribute("alt");
        let role = tag.attribute("role").unwrap_or_default();
        let decorative = self.n_ornaments > 0
            || matches!(role.as_str(), "presentation" | "none")
            || tag.attribute("aria-hidden").is_some_and(|hidden| hidden == "true");
        if let Some(link) = self.link
            && alt.as_ref().is_some_and(|alt| !alt.trim().is_empty())
        {
            self.sheet.links[link].named = true;
        }
        let after = self.sheet.blocks.len();
        self.sheet.pictures.push(Picture { alt, decorative, caption: None, after });
    }

    fn close_figure(&mut self) {
        let Some((first, caption)) = self.figures.pop() else { return };
        for picture in &mut self.sheet.pictures[first..] {
            picture.caption = picture.caption.or(caption);
        }
    }

    fn open_link(&mut self, tag: &Tag<'_>) {
        self.close_link();
        let href = tag.attribute("href");
        let anchor = tag.attribute("name");
        if href.is_none() && (anchor.is_some() || tag.attribute("id").is_some()) {
            // A place to lead to, not a link.
            self.sheet.ids.extend(anchor);
            return;
        }
        self.sheet.ids.extend(anchor);
        if self.n_hidden > 0 {
            return;
        }
        let labelled = |name: &str| tag.attribute(name).is_some_and(|label| !label.trim().is_empty());
        let named = labelled("aria-label") || labelled("title");
        let start = self.sheet.text.len();
        self.link = Some(self.sheet.links.len());
        self.sheet.links.push(Link { href, range: start..start, named });
    }

    fn close_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        self.sheet.links[link].range.end = self.sheet.text.len();
    }

    pub fn finish(mut self) -> Sheet {
        while !self.open.is_empty() {
            self.pop();
        }
        self.flush();
        self.close_link();
        let end = self.sheet.text.trim_end().len();
        self.sheet.text.truncate(end);
        for link in &mut self.sheet.links {
            trim(&self.sheet.text, &mut link.range);
        }
        self.sheet.code.retain_mut(|range| {
            trim(&self.sheet.text, range);
            range.start < range.end
        });
        self.sheet
    }
}

/// Draws a range in to the text that it holds; white space at its ends may have been cut away since it was noted.
fn trim(text: &str, range: &mut Range<usize>) {
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    let Some(inside) = text.get(start..end) else {
        *range = start..start;
        return;
    };
    let lead = inside.len() - inside.trim_start().len();
    *range = if inside.trim().is_empty() {
        start..start
    } else {
        start + lead..start + lead + inside.trim().len()
    };
}
