//! Html as tags and text, by the tokenising rules of the HTML standard as far as they matter for reading copy.
//!
//! Read here rather than by a tree builder because time must be linear in any html: comparing each attribute with all others
//! of its tag, as the standard asks of browsers, is not.

/// Elements whose content is text up to their own closing tag.
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"];

pub(super) enum Token<'h> {
    Open(Tag<'h>),
    /// Name as written.
    Close(&'h str),
    /// References encoded.
    Text(&'h str),
}

pub(super) struct Tag<'h> {
    /// In small letters.
    pub name: String,
    attributes: Vec<(&'h str, &'h str)>,
}

impl Tag<'_> {
    /// The value of an attribute, references decoded; empty when it has none.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|pair| pair.0.eq_ignore_ascii_case(name))?;
        Some(document::decode_references(found.1).into_owned())
    }
}

/// The tokens of `html` in order. Comments, doctypes and tags that never end are left out.
pub(super) struct Tokens<'h> {
    html: &'h str,
    at: usize,
    raw: Option<&'static str>,
}

impl<'h> Tokens<'h> {
    pub fn new(html: &'h str) -> Self {
        Self { html, at: 0, raw: None }
    }

    /// Where the next tag, comment or the like begins.
    fn next_markup(&self) -> usize {
        let bytes = self.html.as_bytes();
        let mut from = self.at;
        while let Some(found) = self.html[from..].find('<') {
            let at = from + found;
            if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || b"/!?".contains(b)) {
                return at;
            }
            from = at + 1;
        }
        self.html.len()
    }

    /// Moves behind the next `mark`, or to the end.
    fn skip_past(&mut self, from: usize, mark: &str) {
        let rest = self.html.get(from..).and_then(|rest| rest.find(mark));
        self.at = rest.map_or(self.html.len(), |found| from + found + mark.len());
    }

    fn closing(&mut self) -> Option<Token<'h>> {
        let start = self.at + 2;
        let end = self.until(start, |b| b == b'>' || b.is_ascii_whitespace() || b == b'/');
        self.skip_past(start, ">");
        let name = &self.html[start..end];
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(Token::Close(name))
    }

    fn opening(&mut self) -> Option<Token<'h>> {
        let start = self.at + 1;
        let mut at = self.until(start, |b| b == b'>' || b == b'/' || b.is_ascii_whitespace());
        let name = self.html[start..at].to_ascii_lowercase();
        let bytes = self.html.as_bytes();
        let mut attributes = Vec::new();
        self.at = self.html.len();
        loop {
            at = self.until(at, |b| !(b == b'/' || b.is_ascii_whitespace()));
            if *bytes.get(at)? == b'>' {
                break;
            }
            let key_at = at;
            at = self.until(at + 1, |b| matches!(b, b'=' | b'/' | b'>') || b.is_ascii_whitespace());
            let key = &self.html[key_at..at];
            let mut value = "";
            let sign = self.until(at, |b| !b.is_ascii_whitespace());
            if *bytes.get(sign)? == b'=' {
                at = self.until(sign + 1, |b| !b.is_ascii_whitespace());
                let quote = *bytes.get(at)?;
                let end = if quote == b'"' || quote == b'\'' {
                    at += 1;
                    self.until(at, |b| b == quote)
                } else {
                    self.until(at, |b| b == b'>' || b.is_ascii_whitespace())
                };
                value = &self.html[at..end];
                at = end + usize::from(quote == b'"' || quote == b'\'');
            }
            attributes.push((key, value));
        }
        self.at = at + 1;
        self.raw = RAW.iter().copied().find(|raw| *raw == name);
        Some(Token::Open(Tag { name, attributes }))
    }

    /// Where the raw text of the element that was opened last ends.
    fn raw_end(&self, name: &str) -> usize {
        let mut from = self.at;
        while let Some(found) = self.html[from..].find("</") {
            let at = from + found;
            let written = self.html.as_bytes().get(at + 2..at + 2 + name.len());
            if written.is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes())) {
                return at;
            }
            from = at + 2;
        }
        self.html.len()
    }

    /// The first place from `at` on where `stop` holds, or the end.
    fn until(&self, at: usize, stop: impl Fn(u8) -> bool) -> usize {
        let rest = self.html.as_bytes().get(at..).unwrap_or_default();
        rest.iter().position(|b| stop(*b)).map_or(self.html.len(), |found| at + found)
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        while self.at < self.html.len() {
            let end = self.raw.take().map_or_else(|| self.next_markup(), |name| self.raw_end(name));
            if end > self.at {
                let text = &self.html[self.at..end];
                self.at = end;
                return Some(Token::Text(text));
            }
            let token = match self.html.as_bytes().get(self.at + 1) {
                Some(b'!') if self.html[self.at..].starts_with("<!--") => {
                    self.skip_past(self.at + 4, "-->");
                    None
                }
                Some(b'!' | b'?') => {
                    self.skip_past(self.at, ">");
                    None
                }
                Some(b'/') => self.closing(),
                _ => self.opening(),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}
