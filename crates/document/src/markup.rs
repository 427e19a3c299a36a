//! Html as a stream of tags, text and comments: unclosed elements are closed where a browser would close them.
//!
//! Follows the rules of the parser that Ghost takes its plain text through (htmlparser2), which are simpler than
//! the HTML standard's: no implied html, head, body or tbody, no foster parents, no reopened formatting.
//! References in text and attributes are left encoded.

use memchr::{memchr, memmem};

/// Elements open at the same time; tags deeper than that are passed over. Keeps hostile nesting linear.
const DEPTH_MAX: usize = 1000;

/// What is told of a piece of html while it is read from front to back.
pub(crate) trait Sink {
    /// An element begins; `end` follows for each, also for void ones.
    fn begin(&mut self, tag: &Tag<'_>, parent: Option<Name>);
    /// The element that began last and has not ended ends.
    fn end(&mut self);
    /// Text, references encoded. One call for each piece of source; pieces that belong to one text node follow
    /// each other without another call between them.
    fn text(&mut self, raw: &str);
    /// A comment, doctype or processing instruction.
    fn comment(&mut self);
}

/// The name of an element, lower case, as a number (FNV-1a of its bytes).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Name(u64);

impl Name {
    pub(crate) const fn of(name: &str) -> Name {
        let bytes = name.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at].to_ascii_lowercase() as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        Name(hash)
    }

    pub(crate) fn is_any(self, names: &[Name]) -> bool {
        names.contains(&self)
    }
}

/// An opening tag with those of its attributes that anybody asks for, as written.
pub(crate) struct Tag<'a> {
    pub name: Name,
    pub class: Option<&'a str>,
    pub rel: Option<&'a str>,
    pub start: Option<&'a str>,
    pub kind: Option<&'a str>,
    self_closing: bool,
}

macro_rules! names {
    ($($name:literal)*) => { const { &[$(Name::of($name)),*] } };
}

const VOID: &[Name] = names!("area" "base" "basefont" "br" "col" "command" "embed" "frame" "hr" "img" "input"
    "isindex" "keygen" "link" "meta" "param" "source" "track" "wbr");
const CLOSES_P: &[Name] = names!("p" "h1" "h2" "h3" "h4" "h5" "h6" "address" "article" "aside" "blockquote"
    "details" "div" "dl" "fieldset" "figcaption" "figure" "footer" "form" "header" "hr" "main" "nav" "ol" "pre"
    "section" "table" "ul");
const FORM_PARTS: &[Name] = names!("input" "option" "optgroup" "select" "button" "datalist" "textarea");
const CLOSES_FORM_PARTS: &[Name] = names!("select" "input" "output" "button" "datalist" "textarea");
const FOREIGN: &[Name] = names!("math" "svg");
const IN_FOREIGN_HTML: &[Name] = names!("mi" "mo" "mn" "ms" "mtext" "annotation-xml" "desc" "title");
const RAW_TEXT: &[(Name, &str)] =
    &[(Name::of("script"), "script"), (Name::of("style"), "style"), (Name::of("title"), "title")];
const P: Name = Name::of("p");
const BR: Name = Name::of("br");

/// What an opening tag of this name closes, as long as it is the innermost open element.
fn closed_by(name: Name) -> &'static [Name] {
    const PAIRS: &[(Name, &[Name])] = &[
        (Name::of("tr"), names!("tr" "th" "td")),
        (Name::of("th"), names!("th")),
        (Name::of("td"), names!("thead" "th" "td")),
        (Name::of("body"), names!("head" "link" "script")),
        (Name::of("li"), names!("li")),
        (Name::of("option"), names!("option")),
        (Name::of("optgroup"), names!("optgroup" "option")),
        (Name::of("dd"), names!("dt" "dd")),
        (Name::of("dt"), names!("dt" "dd")),
        (Name::of("rt"), names!("rt" "rp")),
        (Name::of("rp"), names!("rt" "rp")),
        (Name::of("tbody"), names!("thead" "tbody")),
        (Name::of("tfoot"), names!("thead" "tbody")),
    ];
    if name.is_any(CLOSES_P) {
        return names!("p");
    }
    if name.is_any(CLOSES_FORM_PARTS) {
        return FORM_PARTS;
    }
    PAIRS.iter().find(|(opening, _)| *opening == name).map_or(&[], |(_, closed)| closed)
}

/// Reads `html` to its end and tells `sink`.
pub(crate) fn read(html: &str, sink: &mut impl Sink) {
    Reader { html, bytes: html.as_bytes(), open: Vec::new(), foreign: Vec::new(), sink }.run();
}

struct Reader<'a, 's, S> {
    html: &'a str,
    bytes: &'a [u8],
    open: Vec<Name>,
    /// For svg and math, and html inside them: whether self-closing tags close themselves.
    foreign: Vec<bool>,
    sink: &'s mut S,
}

impl<'a, S: Sink> Reader<'a, '_, S> {
    fn run(mut self) {
        let mut at = 0;
        let mut text_at = 0;
        while let Some(found) = memchr(b'<', &self.bytes[at..]) {
            let open = at + found;
            let inside = open + 1;
            at = match self.bytes.get(inside) {
                Some(b'!') => self.pass_text(text_at, open).declaration(inside + 1),
                Some(b'?') => self.pass_text(text_at, open).instruction(inside + 1),
                Some(b'/') => {
                    let name_at = self.skip_space(inside + 1);
                    match self.bytes.get(name_at) {
                        Some(b) if b.is_ascii_alphabetic() => self.pass_text(text_at, open).closing(name_at),
                        Some(b'>') | None => {
                            at = inside;
                            continue;
                        }
                        Some(_) => {
                            self.pass_text(text_at, open);
                            match memchr(b'>', &self.bytes[name_at..]) {
                                Some(found) => {
                                    self.sink.comment();
                                    name_at + found + 1
                                }
                                None => self.rest_is_text(name_at),
                            }
                        }
                    }
                }
                Some(b) if b.is_ascii_alphabetic() => self.pass_text(text_at, open).opening(inside),
                _ => {
                    at = inside;
                    continue;
                }
            };
            text_at = at;
        }
        self.pass_text(text_at, self.html.len());
        while self.open.pop().is_some() {
            self.sink.end();
        }
    }

    fn pass_text(&mut self, from: usize, to: usize) -> &mut Self {
        if from < to {
            self.sink.text(&self.html[from..to]);
        }
        self
    }

    /// An unfinished piece at the very end counts as text.
    fn rest_is_text(&mut self, from: usize) -> usize {
        self.pass_text(from, self.html.len());
        self.html.len()
    }

    fn skip_space(&self, mut at: usize) -> usize {
        while self.bytes.get(at).is_some_and(|b| is_space(*b)) {
            at += 1;
        }
        at
    }

    /// After `<!`.
    fn declaration(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let (skip, end_mark): (usize, &[u8]) = if rest.starts_with(b"--") {
            (2, b"-->")
        } else if rest.get(..7).is_some_and(|cdata| cdata.eq_ignore_ascii_case(b"[CDATA[")) {
            (7, b"]]>")
        } else {
            // One character after the exclamation mark is never the end, two when the first is a dash.
            let skip = if rest.first() == Some(&b'-') { 2 } else { 1 };
            let from = (at + skip).min(self.bytes.len());
            return match memchr(b'>', &self.bytes[from..]) {
                Some(found) => {
                    self.sink.comment();
                    from + found + 1
                }
                None => self.rest_is_text(at),
            };
        };
        self.sink.comment();
        memmem::find(&rest[skip..], end_mark).map_or(self.html.len(), |found| at + skip + found + 3)
    }

    /// After `<?`.
    fn instruction(&mut self, at: usize) -> usize {
        match memchr(b'>', &self.bytes[at..]) {
            Some(found) => {
                self.sink.comment();
                at + found + 1
            }
            None => self.rest_is_text(at),
        }
    }

    /// At the name of a closing tag.
    fn closing(&mut self, at: usize) -> usize {
        let end = self.until(at, |b| b == b'>' || is_space(b));
        if end == self.bytes.len() {
            return end;
        }
        self.close(Name::of(&self.html[at..end]));
        memchr(b'>', &self.bytes[end..]).map_or(self.html.len(), |found| end + found + 1)
    }

    fn close(&mut self, name: Name) {
        if name.is_any(FOREIGN) || name.is_any(IN_FOREIGN_HTML) {
            self.foreign.pop();
        }
        let void = name.is_any(VOID);
        if !self.open.is_empty()
            && !void
            && let Some(position) = self.open.iter().rposition(|open| *open == name)
        {
            for _ in position..self.open.len() {
                self.open.pop();
                self.sink.end();
            }
            return;
        }
        if name == P || (name == BR && (self.open.is_empty() || void)) {
            // A closing tag without opening one stands for an empty element.
            let tag = Tag { name, class: None, rel: None, start: None, kind: None, self_closing: true };
            self.imply_ends(name);
            self.sink.begin(&tag, self.open.last().copied());
            self.sink.end();
        }
    }

    fn imply_ends(&mut self, name: Name) {
        let closed = closed_by(name);
        while self.open.last().is_some_and(|open| open.is_any(closed)) {
            let Some(open) = self.open.last().copied() else { break };
            self.close(open);
        }
    }

    /// At the name of an opening tag.
    fn opening(&mut self, at: usize) -> usize {
        let name_end = self.until(at, |b| b == b'>' || b == b'/' || is_space(b));
        let written = &self.html[at..name_end];
        if name_end == self.bytes.len() {
            // The parser waits for one of three special names, and gives back what it has when they do not come.
            let waiting = RAW_TEXT.iter().any(|(_, raw)| {
                raw.get(..written.len()).is_some_and(|head| head.eq_ignore_ascii_case(written))
            });
            return if waiting { self.rest_is_text(at) } else { name_end };
        }
        let name = Name::of(written);
        let mut tag = Tag { name, class: None, rel: None, start: None, kind: None, self_closing: false };
        let Some(end) = self.attributes(name_end, &mut tag) else { return self.html.len() };
        self.imply_ends(name);
        let parent = self.open.last().copied();
        if name.is_any(VOID) {
            self.sink.begin(&tag, parent);
            self.sink.end();
            return end;
        }
        let foreign = self.foreign_with(name);
        let closed_at_once = tag.self_closing && foreign;
        if closed_at_once {
            self.sink.begin(&tag, parent);
            self.sink.end();
        } else if self.open.len() < DEPTH_MAX {
            self.sink.begin(&tag, parent);
            self.open.push(name);
        }
        if tag.self_closing {
            return end;
        }
        RAW_TEXT.iter().find(|(raw, _)| *raw == name).map_or(end, |(_, raw)| self.raw_text(end, raw))
    }

    /// Notes that an element of this name opens; returns whether self-closing tags close themselves there.
    fn foreign_with(&mut self, name: Name) -> bool {
        if name.is_any(FOREIGN) {
            self.foreign.push(true);
        } else if name.is_any(IN_FOREIGN_HTML) {
            self.foreign.push(false);
        }
        self.foreign.last().copied().unwrap_or(false)
    }

    /// Text up to the closing tag of script, style or title. Returns the place of that tag.
    fn raw_text(&mut self, at: usize, name: &str) -> usize {
        let mut from = at;
        while let Some(found) = memmem::find(&self.bytes[from..], b"</") {
            let open = from + found;
            let name_at = self.skip_space(open + 2);
            let name_end = name_at + name.len();
            let here =
                self.bytes.get(name_at..name_end).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                    && self.bytes.get(name_end).is_some_and(|b| *b == b'>' || is_space(*b));
            if here {
                self.pass_text(at, open);
                return open;
            }
            from = open + 2;
        }
        self.pass_text(at, self.html.len());
        self.html.len()
    }

    /// Reads attributes from behind the name; returns the place behind the tag, None when it does not end.
    fn attributes(&self, mut at: usize, tag: &mut Tag<'a>) -> Option<usize> {
        loop {
            at = self.skip_space(at);
            match self.bytes.get(at)? {
                b'>' => return Some(at + 1),
                b'/' => {
                    at = self.skip_space(at + 1);
                    if *self.bytes.get(at)? == b'>' {
                        tag.self_closing = true;
                        return Some(at + 1);
                    }
                }
                _ => {
                    // A name may begin with any character, even with an equals sign.
                    let name_end = self.until(at + 1, |b| matches!(b, b'=' | b'/' | b'>') || is_space(b));
                    let name = &self.html[at..name_end];
                    at = self.skip_space(name_end);
                    let mut value = "";
                    if *self.bytes.get(at)? == b'=' {
                        at = self.skip_space(at + 1);
                        let quote = *self.bytes.get(at)?;
                        if quote == b'"' || quote == b'\'' {
                            let end = at + 1 + memchr(quote, &self.bytes[at + 1..])?;
                            value = &self.html[at + 1..end];
                            at = end + 1;
                        } else {
                            let end = self.until(at, |b| b == b'>' || is_space(b));
                            value = &self.html[at..end];
                            at = end;
                        }
                    }
                    let slot = match name.len() {
                        5 if name.eq_ignore_ascii_case("class") => &mut tag.class,
                        3 if name.eq_ignore_ascii_case("rel") => &mut tag.rel,
                        5 if name.eq_ignore_ascii_case("start") => &mut tag.start,
                        4 if name.eq_ignore_ascii_case("type") => &mut tag.kind,
                        _ => continue,
                    };
                    slot.get_or_insert(value);
                }
            }
        }
    }

    /// The first place from `at` on where `stop` holds, or the end.
    fn until(&self, at: usize, stop: impl Fn(u8) -> bool) -> usize {
        self.bytes[at..].iter().position(|b| stop(*b)).map_or(self.bytes.len(), |found| at + found)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\x0C' | b'\r')
}
