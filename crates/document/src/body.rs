//! The running text of a story's html, with the place of every piece in the html, so that a sentence can be marked
//! where it stands.
//!
//! Running text is what stands in paragraphs, list items and quotations: no headings, captions, tables, code, and
//! nothing of the editor's cards.

use std::ops::Range;

use memchr::memchr;

use crate::entity;
use crate::markup::{self, Name, Sink, Tag};

/// Running text and where it came from.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Paragraphs, an empty line between them. References are decoded, line breaks inside a paragraph are spaces.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A piece of the text that stands in one piece of html.
#[derive(Debug, Clone)]
struct Piece {
    text: Range<usize>,
    html: Range<usize>,
}

macro_rules! names {
    ($($name:literal)*) => { &[$(Name::of($name)),*] };
}

const READ: &[Name] = names!("p" "li" "blockquote" "dd");
const PASSED_OVER: &[Name] = names!("script" "style" "title" "figure" "figcaption" "pre" "table" "button" "form" "svg"
    "math" "iframe" "noscript" "template" "textarea" "select" "audio" "video" "h1" "h2" "h3" "h4" "h5" "h6");
const BREAK: Name = Name::of("br");

/// The running text of `html`. Time is linear in its length.
pub fn body(html: &str) -> Body {
    let mut reader = Reader { html, body: Body::default(), open: Vec::new(), n_read: 0, n_passed: 0 };
    markup::read(html, &mut reader);
    reader.body
}

struct Reader<'h> {
    html: &'h str,
    body: Body,
    open: Vec<Role>,
    n_read: usize,
    n_passed: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Read,
    Passed,
    Other,
}

impl Sink for Reader<'_> {
    fn begin(&mut self, tag: &Tag<'_>, _: Option<Name>) {
        let is_card = tag.class.is_some_and(|class| {
            class.split_ascii_whitespace().any(|one| one == "kg-card" || one.ends_with("-card"))
        });
        let role = if is_card || tag.name.is_any(PASSED_OVER) {
            Role::Passed
        } else if tag.name.is_any(READ) {
            Role::Read
        } else {
            Role::Other
        };
        match role {
            Role::Passed => self.n_passed += 1,
            Role::Read => {
                self.n_read += 1;
                self.end_paragraph();
            }
            Role::Other if tag.name == BREAK => self.body.space(),
            Role::Other => {}
        }
        self.open.push(role);
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Role::Passed) => self.n_passed -= 1,
            Some(Role::Read) => {
                self.n_read -= 1;
                self.end_paragraph();
            }
            _ => {}
        }
    }

    fn text(&mut self, raw: &str) {
        if self.n_read == 0 || self.n_passed > 0 {
            return;
        }
        // `raw` is a part of `html`; its place is how far apart they begin.
        let at = (raw.as_ptr() as usize).wrapping_sub(self.html.as_ptr() as usize);
        if self.html.get(at..at + raw.len()) == Some(raw) {
            self.body.push(raw, at);
        }
    }

    fn comment(&mut self) {}
}

impl Reader<'_> {
    fn end_paragraph(&mut self) {
        let text = &mut self.body.text;
        if !text.is_empty() && !text.ends_with("\n\n") {
            text.push_str("\n\n");
        }
    }
}

impl Body {
    fn push(&mut self, raw: &str, mut at: usize) {
        let mut rest = raw;
        while !rest.is_empty() {
            let plain = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
            if plain > 0 {
                self.add(&rest[..plain].replace(['\n', '\r', '\t'], " "), at..at + plain);
                (rest, at) = (&rest[plain..], at + plain);
                continue;
            }
            // The longest name of a reference has 33 bytes.
            let end = memchr(b';', &rest.as_bytes()[..rest.len().min(40)]).map_or(1, |found| found + 1);
            self.add(&entity::decode(&rest[..end]), at..at + end);
            (rest, at) = (&rest[end..], at + end);
        }
    }

    fn add(&mut self, text: &str, html: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { text: start..self.text.len(), html });
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    /// Where bytes of the text stand in the html; None for what is no part of the text.
    pub fn in_html(&self, text: &Range<usize>) -> Option<Range<usize>> {
        if text.is_empty() {
            return None;
        }
        let first = self.pieces.get(self.pieces.partition_point(|piece| piece.text.end <= text.start))?;
        let last = self
            .pieces
            .get(self.pieces.partition_point(|piece| piece.text.start < text.end).checked_sub(1)?)?;
        let start = first.place(text.start.max(first.text.start), first.html.start);
        let end = last.place(text.end.min(last.text.end), last.html.end);
        (start < end).then_some(start..end)
    }

    /// `html`, of which this is the text, with an element around each of the `marks`: bytes of the text, and the
    /// element's id. The element is `<span class="courant-evidence" id="…">`.
    ///
    /// Where a mark begins inside another element than it ends in, the element holds the mark's beginning alone. Marks
    /// that overlap an earlier one are left out.
    pub fn marked(&self, html: &str, marks: &[(Range<usize>, String)]) -> String {
        let mut places: Vec<(Range<usize>, &str)> =
            marks.iter().filter_map(|(text, id)| Some((self.in_html(text)?, id.as_str()))).collect();
        places.sort_by_key(|(place, _)| place.start);
        let mut out = String::with_capacity(html.len() + 64 * places.len());
        let mut written = 0;
        for (place, id) in places {
            let end = balanced_end(html, &place);
            let (Some(before), Some(inside)) = (html.get(written..place.start), html.get(place.start..end))
            else {
                continue;
            };
            out.push_str(before);
            out.push_str("<span class=\"courant-evidence\" id=\"");
            out.push_str(id);
            out.push_str("\">");
            out.push_str(inside);
            out.push_str("</span>");
            written = end;
        }
        out.push_str(html.get(written..).unwrap_or_default());
        out
    }
}

impl Piece {
    /// The place in the html of a place in the text: byte for byte in plain text, else the given end of the reference.
    fn place(&self, text: usize, end: usize) -> usize {
        match self.text.len() == self.html.len() {
            true => self.html.start + (text - self.text.start),
            false => end,
        }
    }
}

/// Where the element around `place` can end: at its end if every element that begins in it ends in it, else before the
/// first tag.
fn balanced_end(html: &str, place: &Range<usize>) -> usize {
    let inside = html.get(place.clone()).unwrap_or_default();
    let mut depth = 0i32;
    let mut at = 0;
    let first_tag = memchr(b'<', inside.as_bytes()).unwrap_or(inside.len());
    while let Some(found) = inside.get(at..).and_then(|rest| memchr(b'<', rest.as_bytes())) {
        let open = at + found;
        let Some(close) = inside.get(open..).and_then(|rest| memchr(b'>', rest.as_bytes())) else {
            return place.start + first_tag;
        };
        let tag = &inside[open + 1..open + close];
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let is_void = ["br", "img", "wbr", "hr", "input"].iter().any(|void| name.eq_ignore_ascii_case(void));
        if tag.starts_with('/') {
            depth -= 1;
        } else if !tag.starts_with('!') && !is_void {
            depth += 1;
        }
        if depth < 0 {
            return place.start + first_tag;
        }
        at = open + close + 1;
    }
    if depth == 0 { place.end } else { place.start + first_tag }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_quotations_are_read_and_nothing_else() {
        let html = "<h2>Head</h2><p>One <b>bold</b>\nword &amp; more.</p><figure class=\"kg-card\"><p>Card.</p></figure>\
                    <ul><li>Item.</li></ul><blockquote>Said.</blockquote><pre>code</pre><p>Last<br>line.</p>Loose";
        assert_eq!(body(html).text, "One bold word & more.\n\nItem.\n\nSaid.\n\nLast line.\n\n");
    }

    #[test]
    fn a_sentence_is_marked_where_it_stands() {
        let html = "<p>First. The <a href=\"/x\">mayor &amp; council</a> agreed. Third.</p>";
        let read = body(html);
        let start = read.text.find("The").unwrap();
        let end = read.text.find(" Third").unwrap();
        assert_eq!(
            read.marked(html, &[(start..end, "evidence-1".to_owned())]),
            "<p>First. <span class=\"courant-evidence\" id=\"evidence-1\">The <a href=\"/x\">mayor &amp; council</a> \
             agreed.</span> Third.</p>"
        );
    }

    #[test]
    fn a_mark_over_the_border_of_an_element_holds_its_beginning() {
        let html = "<p><b>One. Two</b> goes on. Three.</p>";
        let read = body(html);
        let start = read.text.find("Two").unwrap();
        let end = read.text.find(" Three").unwrap();
        assert_eq!(
            read.marked(html, &[(start..end, "e".to_owned())]),
            "<p><b>One. <span class=\"courant-evidence\" id=\"e\">Two</span></b> goes on. Three.</p>"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_html_is_read_and_marked_without_loss(parts in proptest::collection::vec(
            proptest::sample::select(vec!["<p>", "</p>", "<b>", "</b>", "&amp;", "&", "é", "One. ", "<br>", "<li>", "<",
                ">", "</", "<!--", "-->", "\n", "&#", ";", "<script>", "</script>", "<p class=\"kg-card\">"]), 0..40),
            from in 0usize..60, to in 0usize..80)
        {
            let html = parts.concat();
            let read = body(&html);
            let marked = read.marked(&html, &[(from..to, "x".to_owned())]);
            let without = marked.replacen("<span class=\"courant-evidence\" id=\"x\">", "", 1).replacen("</span>", "", 1);
            proptest::prop_assert!(marked == html || without == html);
        }
    }
}
