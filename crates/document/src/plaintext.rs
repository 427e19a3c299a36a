//! Html to the plain text that Ghost stores beside it.
//!
//! Paragraphs are separated by an empty line, list items get ` * ` or ` 1. `, links leave their text; pictures,
//! captions, rules, footnotes and sign-up cards leave nothing. Source line breaks are kept, other white space
//! shrinks to one space. Made in one pass, without a tree.
//!
//! Source: the settings that Ghost gives the npm package html-to-text 8.2.1, and that package's behaviour.

use crate::entity;
use crate::markup::{self, Name, Sink, Tag};
use crate::utf16;

/// Lists inside lists that get their own indent. Each level indents all lines of the levels below, so without
/// a limit the text could be far longer than the html.
const LIST_DEPTH_MAX: usize = 40;

/// The plain text of `html`.
///
/// Html cut in the middle of an element is as good as whole. Never longer than a small multiple of the html.
pub fn plaintext(html: &str) -> String {
    let mut text = Text::new(false);
    markup::read(html, &mut text);
    if text.has_body {
        // Only what is in `body` counts when there is one.
        text = Text::new(true);
        markup::read(html, &mut text);
    }
    text.finish()
}

/// How an element's content comes into the text.
enum Role {
    Inline,
    Skip,
    /// Its own lines, with at least so many line breaks behind it.
    Block {
        trailing: usize,
    },
    List(List),
    /// The element that switches the output on when only `body` counts.
    Body,
}

struct List {
    nested: bool,
    /// The number of the next item; None for bullets.
    next: Option<f64>,
    kind: Option<u8>,
    items: Vec<Item>,
}

struct Item {
    prefix: String,
    text: String,
    leading: usize,
    trailing: usize,
}

/// Lines being gathered, until they are put behind the lines of the surrounding block.
#[derive(Default)]
struct Block {
    /// Line breaks wanted before it, should something stand before it.
    leading: usize,
    /// Line breaks wanted before the next text in it.
    stashed: usize,
    /// Its text stands in an output of its own (a list item, or the whole).
    root: bool,
    pre: bool,
    /// It has text already. Its leading line breaks are written then.
    begun: bool,
    /// The current line has a word.
    line_begun: bool,
    /// White space stood at the end of the last text.
    space: bool,
}

struct Text {
    outputs: Vec<String>,
    blocks: Vec<Block>,
    roles: Vec<Role>,
    names: Vec<Name>,
    /// Open elements inside (and including) the one that is left out.
    skipped: usize,
    /// The current text node, references encoded.
    node: String,
    n_lists: usize,
    only_body: bool,
    n_bodies: usize,
    has_body: bool,
}

const BODY: Name = Name::of("body");
const LI: Name = Name::of("li");

macro_rules! names {
    ($($name:literal)*) => { &[$(Name::of($name)),*] };
}

const SKIPPED: &[Name] = names!("img" "figcaption" "hr" "script" "style");
const BLOCKS_1: &[Name] = names!("article" "aside" "footer" "form" "header" "main" "nav" "section");
const BLOCKS_3: &[Name] = names!("h1" "h2" "h3");
const BLOCKS_2: &[Name] = names!("p" "pre" "h4" "h5" "h6" "table");
const BLOCKQUOTE: Name = Name::of("blockquote");

impl Sink for Text {
    fn begin(&mut self, tag: &Tag<'_>, parent: Option<Name>) {
        self.end_text_node();
        self.names.push(tag.name);
        // Scripts and styles hold no elements, even where an unclosed one seems to.
        if tag.name == BODY && !self.names.iter().any(|open| open.is_any(names!("script" "style"))) {
            self.has_body = true;
            if self.only_body && self.n_bodies == 0 {
                self.n_bodies = 1;
                self.skipped = usize::from(has_class(tag, "kg-signup-card"));
                self.roles.push(Role::Body);
                return;
            }
        }
        if self.silent() {
            self.skipped += 1;
            self.roles.push(Role::Skip);
            return;
        }
        self.begin_item(tag.name == LI);
        let role = self.role_of(tag, parent);
        if let Role::Skip = role {
            self.skipped += 1;
        }
        self.roles.push(role);
    }

    fn end(&mut self) {
        self.end_text_node();
        self.names.pop();
        match self.roles.pop() {
            Some(Role::Skip) => {
                self.skipped = self.skipped.saturating_sub(1);
                if self.silent() {
                    return;
                }
            }
            Some(Role::Block { trailing }) => self.close_block(trailing),
            Some(Role::List(list)) => self.close_list(list),
            Some(Role::Body) => {
                self.n_bodies = 0;
                self.skipped = 0;
                return;
            }
            Some(Role::Inline) | None => {}
        }
        self.end_item();
    }

    fn text(&mut self, raw: &str) {
        if !self.silent() {
            self.node.push_str(raw);
        }
    }

    fn comment(&mut self) {
        self.end_text_node();
        if !self.silent() && self.in_list() {
            // A comment between items makes an item with nothing in it.
            self.begin_item(false);
            self.end_item();
        }
    }
}

impl Text {
    fn new(only_body: bool) -> Self {
        Text {
            outputs: vec![String::new()],
            blocks: vec![Block { root: true, ..Block::default() }],
            roles: Vec::new(),
            names: Vec::new(),
            skipped: 0,
            node: String::new(),
            n_lists: 0,
            only_body,
            n_bodies: 0,
            has_body: false,
        }
    }

    fn finish(mut self) -> String {
        self.end_text_node();
        self.outputs.swap_remove(0)
    }

    fn silent(&self) -> bool {
        self.skipped > 0 || (self.only_body && self.n_bodies == 0)
    }

    fn role_of(&mut self, tag: &Tag<'_>, parent: Option<Name>) -> Role {
        const BR: Name = Name::of("br");
        const A: Name = Name::of("a");
        const DIV: Name = Name::of("div");
        const UL: Name = Name::of("ul");
        const OL: Name = Name::of("ol");
        const PRE: Name = Name::of("pre");
        let name = tag.name;
        if name.is_any(SKIPPED)
            || has_class(tag, "kg-signup-card")
            || (name == DIV && has_class(tag, "footnotes"))
            || (name == A && tag.rel == Some("footnote"))
        {
            return Role::Skip;
        }
        if name == BR {
            self.line_break();
            return Role::Inline;
        }
        if name == UL || name == OL {
            if self.n_lists >= LIST_DEPTH_MAX {
                self.open_block(1, false);
                return Role::Block { trailing: 1 };
            }
            self.n_lists += 1;
            let next = (name == OL).then(|| match tag.start {
                Some(start) if !start.is_empty() => number(start),
                _ => 1.0,
            });
            let kind = tag.kind.filter(|kind| kind.len() == 1).and_then(|kind| kind.bytes().next());
            return Role::List(List { nested: parent == Some(LI), next, kind, items: Vec::new() });
        }
        let (leading, trailing) = if name.is_any(BLOCKS_3) {
            (3, 2)
        } else if name.is_any(BLOCKS_2) || name == BLOCKQUOTE {
            (2, 2)
        } else if name.is_any(BLOCKS_1) {
            (1, 1)
        } else {
            return Role::Inline;
        };
        self.open_block(leading, name == PRE);
        Role::Block { trailing }
    }

    // Lists

    fn in_list(&self) -> bool {
        matches!(self.roles.last(), Some(Role::List(_)))
    }

    /// Begins the item of a node right inside a list.
    fn begin_item(&mut self, numbered: bool) {
        let Some(Role::List(list)) = self.roles.last_mut() else { return };
        let prefix = if numbered { list.next_prefix() } else { String::new() };
        list.items.push(Item { prefix, text: String::new(), leading: 1, trailing: 1 });
        let pre = self.blocks.last().is_some_and(|block| block.pre);
        self.outputs.push(String::new());
        self.blocks.push(Block { leading: 1, root: true, pre, ..Block::default() });
    }

    /// Ends the item, when the node that ended stood right inside a list.
    fn end_item(&mut self) {
        let Some(Role::List(list)) = self.roles.last_mut() else { return };
        let (Some(block), Some(text), Some(item)) =
            (self.blocks.pop(), self.outputs.pop(), list.items.last_mut())
        else {
            return;
        };
        item.text = text;
        item.leading = block.leading;
        item.trailing = block.stashed.max(1);
    }

    fn close_list(&mut self, list: List) {
        self.n_lists -= 1;
        if list.items.is_empty() {
            return;
        }
        let breaks = if list.nested { 1 } else { 2 };
        let indent = list.items.iter().map(|item| item.prefix.chars().count()).max().unwrap_or(0);
        self.open_block(breaks, false);
        for item in list.items {
            self.open_block(item.leading, false);
            if indent > 0 || !item.text.is_empty() {
                let out = self.write();
                out.push_str(&item.prefix);
                spaces(out, indent - item.prefix.chars().count());
                let mut lines = item.text.split('\n');
                out.push_str(lines.next().unwrap_or(""));
                for line in lines {
                    out.push('\n');
                    spaces(out, indent);
                    out.push_str(line);
                }
            }
            self.close_block(item.trailing);
        }
        self.close_block(breaks);
    }

    // Blocks

    fn open_block(&mut self, leading: usize, pre: bool) {
        let pre = pre || self.blocks.last().is_some_and(|block| block.pre);
        self.blocks.push(Block { leading, pre, ..Block::default() });
    }

    fn close_block(&mut self, trailing: usize) {
        let Some(block) = self.blocks.pop() else { return };
        let Some(parent) = self.blocks.last_mut() else { return };
        if !block.begun {
            // Nothing in it, but it still separates.
            let breaks = parent.stashed.max(block.leading);
            if parent.begun {
                parent.line_begun = false;
                if let Some(out) = self.outputs.last_mut() {
                    line_breaks(out, breaks);
                }
            } else {
                parent.leading = breaks;
            }
        }
        parent.stashed = block.stashed.max(trailing);
    }

    /// The output, with the line breaks written that are due before the first text of the innermost block.
    fn write(&mut self) -> &mut String {
        // There is always an output: one is made at the beginning, others come and go.
        let last = self.outputs.len() - 1;
        let out = &mut self.outputs[last];
        let mut at = self.blocks.len() - 1;
        while !self.blocks[at].begun {
            self.blocks[at].begun = true;
            if self.blocks[at].root || at == 0 {
                break;
            }
            let breaks = self.blocks[at - 1].stashed.max(self.blocks[at].leading);
            let parent = &mut self.blocks[at - 1];
            if parent.begun {
                parent.line_begun = false;
                line_breaks(out, breaks);
            } else {
                parent.leading = breaks;
            }
            at -= 1;
        }
        out
    }

    fn line_break(&mut self) {
        self.write().push('\n');
        self.top().line_begun = false;
    }

    fn top(&mut self) -> &mut Block {
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    // Text

    fn end_text_node(&mut self) {
        if self.node.is_empty() {
            return;
        }
        let node = std::mem::take(&mut self.node);
        if self.in_list() {
            if !node.chars().all(utf16::is_space) {
                self.begin_item(false);
                self.add_text(&entity::decode(&node));
                self.end_item();
            }
        } else {
            self.add_text(&entity::decode(&node));
        }
        // Keep the memory for the next one.
        self.node = node;
        self.node.clear();
    }

    fn add_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let top = self.top();
        if top.pre {
            self.write().push_str(text);
            return;
        }
        let stashed = top.stashed;
        let blank = text.chars().all(|c| c == '\n' || is_blank(c));
        if blank {
            let n_lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
            if n_lines > 0 {
                line_breaks(self.write(), n_lines);
                self.top().line_begun = false;
                return;
            }
            if stashed > 0 {
                return;
            }
        }
        if stashed > 0 {
            line_breaks(self.write(), stashed);
            self.top().line_begun = false;
        }
        self.add_words(text);
        self.top().stashed = 0;
    }

    fn add_words(&mut self, text: &str) {
        let top = self.top();
        let mut apart = top.space || text.starts_with(is_blank);
        let mut line_begun = top.line_begun;
        let trailing_space = text.ends_with(is_blank);
        let mut any = false;
        let mut rest = text.trim_start_matches(is_blank);
        if !rest.is_empty() {
            let out = self.write();
            while !rest.is_empty() {
                any = true;
                if let Some(after) = rest.strip_prefix('\n') {
                    out.push('\n');
                    line_begun = false;
                    rest = after.trim_start_matches(is_blank);
                } else {
                    let end = word_end(rest);
                    if apart && line_begun {
                        out.push(' ');
                    }
                    out.push_str(&rest[..end]);
                    line_begun = true;
                    rest = rest[end..].trim_start_matches(is_blank);
                }
                apart = true;
            }
        }
        let top = self.top();
        top.space = (top.space && !any) || trailing_space;
        top.line_begun = line_begun;
    }
}

impl List {
    fn next_prefix(&mut self) -> String {
        let prefix = match self.next {
            None => " * ".to_owned(),
            Some(number) => {
                self.next = Some(number + 1.0);
                format!(" {}. ", numeral(number, self.kind))
            }
        };
        if self.nested { prefix.trim_start().to_owned() } else { prefix }
    }
}

fn has_class(tag: &Tag<'_>, wanted: &str) -> bool {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
    tag.class.is_some_and(|class| class.split(is_space).any(|class| class == wanted))
}

/// White space that shrinks. Line breaks do not.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\x0C' | '\u{200B}')
}

/// Where the word ends that `text` begins with.
fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\x0C' | b'\n' => return at,
            // U+200B, zero width space
            0xE2 if bytes[at..].starts_with("\u{200B}".as_bytes()) => return at,
            _ => at += 1,
        }
    }
    text.len()
}

fn line_breaks(out: &mut String, n: usize) {
    out.extend(std::iter::repeat_n('\n', n));
}

fn spaces(out: &mut String, n: usize) {
    out.extend(std::iter::repeat_n(' ', n));
}

/// A number as JavaScript's `Number(text)` reads it, decimal forms only.
fn number(text: &str) -> f64 {
    let text = utf16::trim(text);
    if text.is_empty() {
        return 0.0;
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

/// The number of an item in the list's style: `1` (also when it cannot be written otherwise), `a`, `A`, `i`, `I`.
fn numeral(number: f64, kind: Option<u8>) -> String {
    let whole = (number.fract() == 0.0 && (1.0..4000.0).contains(&number)).then_some(number as u32);
    match (kind, whole) {
        (Some(b'a'), Some(n)) => letters(n, b'a'),
        (Some(b'A'), Some(n)) => letters(n, b'A'),
        (Some(b'i'), Some(n)) => roman(n).to_lowercase(),
        (Some(b'I'), Some(n)) => roman(n),
        _ => ryu_js::Buffer::new().format(number).to_owned(),
    }
}

fn letters(mut n: u32, first: u8) -> String {
    let mut digits = Vec::new();
    while n > 0 {
        n -= 1;
        digits.push(char::from(first + (n % 26) as u8));
        n /= 26;
    }
    digits.iter().rev().collect()
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}
