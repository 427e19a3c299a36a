//! Quotations: where they begin and end.

use std::ops::Range;

/// A quotation of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes between the marks.
    pub inner: Range<usize>,
    /// Ended by a mark of its own, rather than by the next opening mark (a quotation over several paragraphs) or the text's end.
    pub closed: bool,
}

/// Quotations in order; they never overlap.
///
/// Reads "…", “…”, „…“, «…», »…«, and '…' where the single marks cannot be apostrophes. An opening mark inside an open
/// quotation continues it, as newspapers do at each new paragraph. Straight marks open before a word and close after one.
///
/// Cannot: keep quotations inside quotations apart; find one whose closing mark is missing and no other follows for 3,000 bytes.
pub fn quotations(text: &str) -> Vec<Quotation> {
    const LONGEST: usize = 3000;
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|pair| pair.1);
        let opens = before.is_none_or(|b| b.is_whitespace() || "([—–-/:".contains(b) || b == '\u{200b}');
        let end = at + c.len_utf8();
        if let Some((start, _)) = open
            && at - start > LONGEST
        {
            open = None;
        }
        match (c, open) {
            ('"' | '”' | '“' | '„' | '«' | '»', None) => {
                let german_close = c == '“' && !opens;
                if c != '”'
                    && !german_close
                    && (opens || c != '"')
                    && next.is_some_and(|n| !n.is_whitespace())
                {
                    open = Some((end, c));
                }
            }
            ('"', Some((start, '"'))) => {
                let starts_anew = opens && next.is_some_and(char::is_alphanumeric);
                found.push(Quotation { inner: start..at, closed: !starts_anew });
                open = starts_anew.then_some((end, '"'));
            }
            ('”', Some((start, '“' | '”' | '„' | '"')))
            | ('“', Some((start, '„')))
            | ('»', Some((start, '«')))
            | ('«', Some((start, '»'))) => {
                found.push(Quotation { inner: start..at, closed: true });
                open = None;
            }
            ('“', Some((start, '“'))) | ('„', Some((start, '„'))) => {
                found.push(Quotation { inner: start..at, closed: false });
                open = Some((end, c));
            }
            ('\'' | '‘', None) if opens && next.is_some_and(char::is_alphabetic) => {
                if let Some(close) = single_close(text, end) {
                    found.push(Quotation { inner: end..close, closed: true });
                    while chars.peek().is_some_and(|pair| pair.0 <= close) {
                        chars.next();
                    }
                    before = Some('\'');
                    continue;
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    found.retain(|quote| !text[quote.inner.clone()].trim().is_empty());
    found
}

/// The single mark that closes a quotation begun at `start`: behind a letter or a stop, not before a letter, within a line of
/// 300 bytes. A mark behind a plural s closes only if no better one follows.
fn single_close(text: &str, start: usize) -> Option<usize> {
    let mut before = ' ';
    let mut fallback = None;
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        if offset > 300 || c == '\n' || c == '"' {
            break;
        }
        if c == '\'' || c == '’' {
            let next = text[at + c.len_utf8()..].chars().next();
            if !next.is_some_and(char::is_alphanumeric) && !before.is_whitespace() {
                if before != 's' {
                    return Some(at);
                }
                fallback = fallback.or(Some(at));
            }
        }
        before = c;
    }
    fallback
}
