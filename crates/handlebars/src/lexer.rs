//! Cuts a template's source into tokens, by the rules of Handlebars 4.7 in their order.

use std::borrow::Cow;

use crate::error::{Error, Kind, Place};
use crate::javascript::is_space;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Eof,
    Comment,
    Content,
    OpenRawBlock,
    CloseRawBlock,
    EndRawBlock,
    OpenBlock,
    OpenInverse,
    OpenInverseChain,
    Inverse,
    OpenEndBlock,
    Open,
    OpenUnescaped,
    CloseUnescaped,
    OpenPartial,
    OpenPartialBlock,
    OpenSexpr,
    CloseSexpr,
    Close,
    Id,
    Equals,
    Sep,
    String,
    Number,
    Boolean,
    Undefined,
    Null,
    Data,
    OpenBlockParams,
    CloseBlockParams,
    Invalid,
    /// Text that no rule fits. An error only when the parser gets there: what it has read before may be wrong already.
    Unrecognized,
}

impl Token {
    /// Whether a path may stand before it.
    pub fn follows_path(self) -> bool {
        use Token::{Boolean, Data, Id, Null, Number, String, Undefined};
        use Token::{Close, CloseRawBlock, CloseSexpr, CloseUnescaped, OpenBlockParams, OpenSexpr};
        matches!(self, Boolean | Data | Id | Null | Number | String | Undefined)
            || matches!(
                self,
                Close | CloseRawBlock | CloseSexpr | CloseUnescaped | OpenBlockParams | OpenSexpr
            )
    }

    /// What Handlebars' messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Token::Eof => "EOF",
            Token::Comment => "COMMENT",
            Token::Content => "CONTENT",
            Token::OpenRawBlock => "OPEN_RAW_BLOCK",
            Token::CloseRawBlock => "CLOSE_RAW_BLOCK",
            Token::EndRawBlock => "END_RAW_BLOCK",
            Token::OpenBlock => "OPEN_BLOCK",
            Token::OpenInverse => "OPEN_INVERSE",
            Token::OpenInverseChain => "OPEN_INVERSE_CHAIN",
            Token::Inverse => "INVERSE",
            Token::OpenEndBlock => "OPEN_ENDBLOCK",
            Token::Open => "OPEN",
            Token::OpenUnescaped => "OPEN_UNESCAPED",
            Token::CloseUnescaped => "CLOSE_UNESCAPED",
            Token::OpenPartial => "OPEN_PARTIAL",
            Token::OpenPartialBlock => "OPEN_PARTIAL_BLOCK",
            Token::OpenSexpr => "OPEN_SEXPR",
            Token::CloseSexpr => "CLOSE_SEXPR",
            Token::Close => "CLOSE",
            Token::Id => "ID",
            Token::Equals => "EQUALS",
            Token::Sep => "SEP",
            Token::String => "STRING",
            Token::Number => "NUMBER",
            Token::Boolean => "BOOLEAN",
            Token::Undefined => "UNDEFINED",
            Token::Null => "NULL",
            Token::Data => "DATA",
            Token::OpenBlockParams => "OPEN_BLOCK_PARAMS",
            Token::CloseBlockParams => "CLOSE_BLOCK_PARAMS",
            Token::Invalid => "INVALID",
            Token::Unrecognized => "UNRECOGNIZED",
        }
    }
}

/// A token with its text (escapes resolved, quotes taken off) and its place.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme<'s> {
    pub token: Token,
    pub text: Cow<'s, str>,
    pub place: Place,
    pub end: Place,
    /// Where it starts in the source, in bytes.
    pub offset: usize,
    /// How much of the source it takes, in bytes.
    pub len: usize,
}

/// What the lexer is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Text,
    Mustache,
    /// After `\{{`: a mustache that is text.
    Escaped,
    /// A `{{!-- --}}` comment.
    Comment,
    Raw,
}

pub(crate) struct Lexer<'s> {
    source: &'s str,
    file: &'s str,
    at: usize,
    place: Place,
    modes: Vec<Mode>,
}

impl<'s> Lexer<'s> {
    pub fn new(file: &'s str, source: &'s str) -> Self {
        Self { source, file, at: 0, place: Place { line: 1, column: 0 }, modes: vec![Mode::Text] }
    }

    /// The next token. After [`Token::Unrecognized`] there is none.
    pub fn next(&mut self) -> Lexeme<'s> {
        loop {
            let lexeme = match self.modes.last().copied().unwrap_or(Mode::Text) {
                Mode::Text => self.text(),
                Mode::Mustache => self.mustache(),
                Mode::Escaped => Some(self.escaped()),
                Mode::Comment => Some(self.comment()),
                Mode::Raw => Some(self.raw()),
            };
            if let Some(lexeme) = lexeme {
                return lexeme;
            }
        }
    }

    /// What was read around `offset`, with an arrow below, as Handlebars' messages show it.
    pub fn excerpt(&self, offset: usize, len: usize) -> String {
        let past = self.source.get(..offset).unwrap_or_default();
        let after = self.source.get(offset..).unwrap_or_default();
        let n_past = past.chars().count();
        let mut excerpt = if n_past > 20 { "...".to_owned() } else { String::new() };
        excerpt.extend(past.chars().skip(n_past.saturating_sub(20)).filter(|char| *char != '\n'));
        let arrow = "-".repeat(excerpt.chars().count());
        let shown =
            after.get(..len).map_or(0, |token| token.chars().count()).max(20).min(after.chars().count());
        excerpt.extend(after.chars().take(20).filter(|char| *char != '\n'));
        if shown > 20 {
            excerpt.push_str("...");
        }
        format!("{excerpt}\n{arrow}^")
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// The next `len` bytes as a token with the text `text`.
    fn take_as(&mut self, token: Token, len: usize, text: Cow<'s, str>) -> Lexeme<'s> {
        let (offset, place) = (self.at, self.place);
        self.skip(len);
        Lexeme { token, text, place, end: self.place, offset, len }
    }

    fn take(&mut self, token: Token, len: usize) -> Lexeme<'s> {
        let text = self.rest().get(..len).unwrap_or_default();
        self.take_as(token, len, Cow::Borrowed(text))
    }

    fn skip(&mut self, len: usize) {
        let passed = self.rest().get(..len).unwrap_or_default();
        let mut units = passed;
        if let Some(last) = passed.rfind(['\n', '\r']) {
            let breaks = passed.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.place.line += (breaks - passed.matches("\r\n").count()) as u32;
            self.place.column = 0;
            // Handlebars' pattern for the line stops at these two.
            let line = passed.get(last + 1..).unwrap_or_default();
            units = line.split(['\u{2028}', '\u{2029}']).next().unwrap_or_default();
        }
        self.place.column += units.encode_utf16().count() as u32;
        self.at += len;
    }

    /// What is wrong where the last token is [`Token::Unrecognized`].
    pub fn unrecognized(&self) -> Error {
        let message = format!(
            "Lexical error on line {}. Unrecognized text.\n{}",
            self.place.line,
            self.excerpt(self.at, 0)
        );
        Error::at(Kind::Syntax, message, self.file, self.place)
    }

    /// Text up to the next mustache; none when there is no text before it.
    fn text(&mut self) -> Option<Lexeme<'s>> {
        let rest = self.rest();
        if rest.is_empty() {
            return Some(self.take(Token::Eof, 0));
        }
        let len = rest.find("{{").unwrap_or(rest.len());
        let text = rest.get(..len).unwrap_or_default();
        if let Some(zero) = text.find('\0') {
            self.skip(zero);
            return Some(self.take(Token::Unrecognized, 0));
        }
        if len == rest.len() {
            return Some(self.take(Token::Content, len));
        }
        let shown = match text.strip_suffix('\\') {
            Some(shown) => {
                self.modes.push(if shown.ends_with('\\') { Mode::Mustache } else { Mode::Escaped });
                shown
            }
            None => {
                self.modes.push(Mode::Mustache);
                text
            }
        };
        if shown.is_empty() {
            self.skip(len);
            return None;
        }
        Some(self.take_as(Token::Content, len, Cow::Borrowed(shown)))
    }

    /// `{{` that was escaped, and the text after it up to the next mustache with its backslashes.
    fn escaped(&mut self) -> Lexeme<'s> {
        let after = self.rest().get(2..).unwrap_or_default();
        let len = after.find("{{").map_or(after.len(), |len| {
            let text = after.get(..len).unwrap_or_default();
            let one = text.strip_suffix('\\').unwrap_or(text);
            one.strip_suffix('\\').unwrap_or(one).len()
        });
        if after.get(..len).is_some_and(|text| text.contains('\0')) {
            return self.take(Token::Unrecognized, 0);
        }
        self.modes.pop();
        self.take(Token::Content, 2 + len)
    }

    fn comment(&mut self) -> Lexeme<'s> {
        let rest = self.rest();
        let mut from = 0;
        while let Some(dashes) = rest.get(from..).and_then(|tail| tail.find("--")) {
            let after = from + dashes + 2;
            let tail = rest.get(after..).unwrap_or_default();
            let tilde = usize::from(tail.starts_with('~'));
            if tail.get(tilde..).is_some_and(|tail| tail.starts_with("}}")) {
                self.modes.pop();
                return self.take(Token::Comment, after + tilde + 2);
            }
            from = after - 1;
        }
        self.take(Token::Unrecognized, 0)
    }

    /// Inside a raw block: its text, raw blocks in it, its end.
    fn raw(&mut self) -> Lexeme<'s> {
        let rest = self.rest();
        if rest.is_empty() {
            return self.take(Token::Eof, 0);
        }
        if let Some(after) = rest.strip_prefix("{{{{") {
            match after.strip_prefix('/') {
                None if !after.is_empty() => {
                    self.modes.push(Mode::Raw);
                    return self.take(Token::Content, 4);
                }
                Some(name_on) => {
                    let len = id_len(name_on);
                    if len > 0 && name_on.get(len..).is_some_and(|tail| tail.starts_with("}}}}")) {
                        self.modes.pop();
                        if self.modes.last() == Some(&Mode::Raw) {
                            return self.take(Token::Content, len + 9);
                        }
                        let name = name_on.get(..len).unwrap_or_default();
                        return self.take_as(Token::EndRawBlock, len + 9, Cow::Borrowed(name));
                    }
                }
                None => {}
            }
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        match rest.get(first..).and_then(|tail| tail.find("{{{{")) {
            Some(len) if !rest.get(..first + len).is_some_and(|text| text.contains('\0')) => {
                self.take(Token::Content, first + len)
            }
            _ => self.take(Token::Unrecognized, 0),
        }
    }

    /// A token inside `{{ }}`; none for white space.
    fn mustache(&mut self) -> Option<Lexeme<'s>> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Some(self.take(Token::Eof, 0));
        };
        let lexeme = match first {
            '(' => self.take(Token::OpenSexpr, 1),
            ')' => self.take(Token::CloseSexpr, 1),
            '{' if rest.starts_with("{{{{") => self.take(Token::OpenRawBlock, 4),
            '{' if rest.starts_with("{{") => return self.opening(),
            '}' if rest.starts_with("}}}}") => {
                self.modes.pop();
                self.modes.push(Mode::Raw);
                self.take(Token::CloseRawBlock, 4)
            }
            '}' if rest.starts_with("}}}") => {
                self.modes.pop();
                self.take(Token::CloseUnescaped, 3)
            }
            '}' if rest.starts_with("}~}}") => {
                self.modes.pop();
                self.take(Token::CloseUnescaped, 4)
            }
            '}' if rest.starts_with("}}") => {
                self.modes.pop();
                self.take(Token::Close, 2)
            }
            '~' if rest.starts_with("~}}") => {
                self.modes.pop();
                self.take(Token::Close, 3)
            }
            '=' => self.take(Token::Equals, 1),
            '.' if rest.starts_with("..") => self.take(Token::Id, 2),
            '.' if rest.get(1..).is_some_and(ends_id) => self.take(Token::Id, 1),
            '.' | '/' => self.take(Token::Sep, 1),
            space if is_space(space) => {
                self.skip(rest.len() - rest.trim_start_matches(is_space).len());
                return None;
            }
            '"' | '\'' => self.string(first),
            '@' => self.take(Token::Data, 1),
            '|' => self.take(Token::CloseBlockParams, 1),
            '[' => self.segment(),
            _ => self.word(first),
        };
        Some(lexeme)
    }

    /// A token that starts with `{{`; none when it is the start of a long comment.
    fn opening(&mut self) -> Option<Lexeme<'s>> {
        let rest = self.rest();
        let inner = rest.get(2..).unwrap_or_default();
        let tilde = usize::from(inner.starts_with('~'));
        let inner = inner.get(tilde..).unwrap_or_default();
        let len = 2 + tilde;
        let lexeme = match inner.as_bytes() {
            [b'>', ..] => self.take(Token::OpenPartial, len + 1),
            [b'#', b'>', ..] => self.take(Token::OpenPartialBlock, len + 2),
            [b'#', b'*', ..] => self.take(Token::OpenBlock, len + 2),
            [b'#', ..] => self.take(Token::OpenBlock, len + 1),
            [b'/', ..] => self.take(Token::OpenEndBlock, len + 1),
            [b'^', ..] => match closing_len(inner.get(1..).unwrap_or_default()) {
                Some(more) => {
                    self.modes.pop();
                    self.take(Token::Inverse, len + 1 + more)
                }
                None => self.take(Token::OpenInverse, len + 1),
            },
            [b'{', ..] => self.take(Token::OpenUnescaped, len + 1),
            [b'&', ..] => self.take(Token::Open, len + 1),
            [b'!', b'-', b'-', ..] => {
                self.modes.pop();
                self.modes.push(Mode::Comment);
                return None;
            }
            [b'!', after @ ..] if find(after, b"}}").is_some() => {
                let more = find(after, b"}}").unwrap_or_default();
                self.modes.pop();
                self.take(Token::Comment, len + 1 + more + 2)
            }
            [b'*', ..] => self.take(Token::Open, len + 1),
            _ => {
                let word = inner.trim_start_matches(is_space);
                let spaces = inner.len() - word.len();
                let Some(after) = word.strip_prefix("else") else {
                    return Some(self.take(Token::Open, len));
                };
                if let Some(more) = closing_len(after) {
                    self.modes.pop();
                    self.take(Token::Inverse, len + spaces + 4 + more)
                } else if after.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_') {
                    self.take(Token::Open, len)
                } else {
                    self.take(Token::OpenInverseChain, len + spaces + 4)
                }
            }
        };
        Some(lexeme)
    }

    /// A quoted string ends at the first quote without a backslash before it, or else at the last one with.
    fn string(&mut self, quote: char) -> Lexeme<'s> {
        let inner = self.rest().get(1..).unwrap_or_default();
        match enclosed_len(inner, quote) {
            Some(len) => {
                let text = inner.get(..len).unwrap_or_default();
                let escaped = if quote == '"' { "\\\"" } else { "\\'" };
                let text = if text.contains(escaped) {
                    Cow::Owned(text.replace(escaped, quote.encode_utf8(&mut [0; 4])))
                } else {
                    Cow::Borrowed(text)
                };
                self.take_as(Token::String, len + 2, text)
            }
            None => self.take(Token::Invalid, 1),
        }
    }

    /// A literal segment, `[any text]`. Its text keeps the brackets.
    fn segment(&mut self) -> Lexeme<'s> {
        let inner = self.rest().get(1..).unwrap_or_default();
        let Some(len) = enclosed_len(inner, ']') else {
            return self.take(Token::Invalid, 1);
        };
        let text = self.rest().get(..len + 2).unwrap_or_default();
        if !text.contains('\\') {
            return self.take(Token::Id, len + 2);
        }
        let mut unescaped = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match chars.peek() {
                Some(next) if char == '\\' && matches!(next, '\\' | ']') => unescaped.extend(chars.next()),
                _ => unescaped.push(char),
            }
        }
        self.take_as(Token::Id, len + 2, Cow::Owned(unescaped))
    }

    /// A keyword, a number, `as |` or a name.
    fn word(&mut self, first: char) -> Lexeme<'s> {
        let rest = self.rest();
        let keywords = [
            ("true", Token::Boolean),
            ("false", Token::Boolean),
            ("undefined", Token::Undefined),
            ("null", Token::Null),
        ];
        for (keyword, token) in keywords {
            if rest.strip_prefix(keyword).is_some_and(ends_literal) {
                return self.take(token, keyword.len());
            }
        }
        if let Some(len) = number_len(rest) {
            return self.take(Token::Number, len);
        }
        if let Some(after) = rest.strip_prefix("as") {
            let spaces = after.len() - after.trim_start_matches(is_space).len();
            if spaces > 0 && after.get(spaces..).is_some_and(|tail| tail.starts_with('|')) {
                return self.take(Token::OpenBlockParams, 2 + spaces + 1);
            }
        }
        let len = id_len(rest);
        if len > 0 && rest.get(len..).is_some_and(ends_id) {
            return self.take(Token::Id, len);
        }
        self.take(Token::Invalid, first.len_utf8())
    }
}

fn find(bytes: &[u8], what: &[u8; 2]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair == what)
}

/// Length of `\s*~?}}` at the start of `text`.
fn closing_len(text: &str) -> Option<usize> {
    let tail = text.trim_start_matches(is_space);
    let tail = tail.strip_prefix('~').unwrap_or(tail);
    tail.starts_with("}}").then(|| text.len() - tail.len() + 2)
}

/// Length of the text before the closing `quote`, which is the first one without a backslash before it, or else
/// the last one.
fn enclosed_len(inner: &str, quote: char) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut last = None;
    for (at, _) in inner.match_indices(quote) {
        if at == 0 || bytes.get(at - 1) != Some(&b'\\') {
            return Some(at);
        }
        last = Some(at);
    }
    last
}

fn id_len(text: &str) -> usize {
    let stops = |char: char| {
        is_space(char)
            || matches!(char, '!' | '"' | '#' | '%'..=',' | '.' | '/' | ';'..='>' | '@' | '['..='^' | '`' | '{'..='~')
    };
    text.find(stops).unwrap_or(text.len())
}

/// Length of a number that is followed by the end of an argument. A shorter one never is: a digit or a full stop
/// would follow.
fn number_len(text: &str) -> Option<usize> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let sign = usize::from(text.starts_with('-'));
    let whole = digits(text.get(sign..)?);
    if whole == 0 {
        return None;
    }
    let mut len = sign + whole;
    if let Some(fraction) = text.get(len..).and_then(|tail| tail.strip_prefix('.')) {
        match digits(fraction) {
            0 => {}
            n => len += 1 + n,
        }
    }
    text.get(len..).is_some_and(ends_literal).then_some(len)
}

fn ends_id(tail: &str) -> bool {
    tail.starts_with(|next: char| is_space(next) || matches!(next, '=' | '~' | '}' | '/' | '.' | ')' | '|'))
}

fn ends_literal(tail: &str) -> bool {
    tail.starts_with(|next: char| is_space(next) || matches!(next, '~' | '}' | ')'))
}
