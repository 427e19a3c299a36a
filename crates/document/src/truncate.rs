//! Cutting html after so many words or characters, with the open elements closed.
//!
//! Source: behaviour of the npm package downsize-cjs 1.1.2, oddities included: themes show its output.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

use crate::utf16;

/// The beginning of `html` with at most `n` words.
///
/// A word is a run of letters and the digits 0 to 9; references count as words by their letters. The character
/// after the last word stays, white space at the ends goes. Zero and negative numbers give nothing.
pub fn truncate_words(html: &str, n: i64) -> String {
    truncate(html, Limit::Words(n))
}

/// The beginning of `html` with at most `n` UTF-16 units outside of tags. A reference counts as it is written.
pub fn truncate_characters(html: &str, n: i64) -> String {
    truncate(html, Limit::Units(n))
}

#[derive(Clone, Copy)]
enum Limit {
    Words(i64),
    Units(i64),
}

struct Counter {
    limit: Limit,
    n_units: i64,
    in_word: bool,
}

impl Counter {
    fn full(&self) -> bool {
        let (Limit::Words(limit) | Limit::Units(limit)) = self.limit;
        self.n_units >= limit
    }

    fn count(&mut self, c: Option<char>) {
        match self.limit {
            Limit::Words(_) => {
                // Letters outside of the basic plane are no letters here: they are looked at by halves.
                let in_word =
                    c.is_some_and(|c| c.is_ascii_alphanumeric() || (c <= '\u{FFFF}' && is_letter(c)));
                if self.in_word && !in_word {
                    self.n_units += 1;
                }
                self.in_word = in_word;
            }
            Limit::Units(_) => self.n_units += c.map_or(0, |c| c.len_utf16() as i64),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    Tag,
    DoubleQuoted,
    SingleQuoted,
    Comment,
}

fn truncate(html: &str, limit: Limit) -> String {
    let bytes = html.as_bytes();
    let mut counter = Counter { limit, n_units: 0, in_word: false };
    let mut state = State::Text;
    let mut tag_at = 0;
    let mut open: Vec<&str> = Vec::new();
    let mut end = html.len();
    for (at, c) in html.char_indices() {
        match c {
            '<' if state == State::Text => {
                let next = bytes.get(at + 1);
                if next.is_some_and(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'/' | b'!')) {
                    if counter.full() {
                        end = at;
                        break;
                    }
                    state = State::Tag;
                    tag_at = at;
                }
            }
            '!' if state == State::Tag && bytes[at - 1] == b'<' => state = State::Comment,
            '"' => {
                state = match state {
                    State::DoubleQuoted => State::Tag,
                    State::SingleQuoted | State::Text => state,
                    State::Tag | State::Comment => State::DoubleQuoted,
                }
            }
            '\'' => {
                state = match state {
                    State::SingleQuoted => State::Tag,
                    State::DoubleQuoted | State::Text => state,
                    State::Tag | State::Comment => State::SingleQuoted,
                }
            }
            '>' => {
                let closed = match state {
                    State::Tag => {
                        note_tag(&html[tag_at..=at], &mut open);
                        true
                    }
                    State::Comment => html[..at].ends_with("--"),
                    _ => false,
                };
                if closed {
                    state = State::Text;
                    // A tag ends a word.
                    if counter.full() {
                        end = at + 1;
                        break;
                    }
                    counter.count(None);
                    continue;
                }
            }
            _ => {}
        }
        if state == State::Text {
            if counter.full() {
                end = at;
                break;
            }
            counter.count(Some(c));
            // Half of a character is not shown: it would be the last unit, or the one behind the last word.
            let is_halved = match limit {
                Limit::Units(limit) => counter.n_units > limit,
                Limit::Words(_) => c.len_utf16() > 1 && counter.full(),
            };
            if is_halved {
                end = at;
                break;
            }
        }
    }
    let unfinished = match state {
        State::Text => "",
        _ => &html[tag_at..],
    };
    let text_end = if state == State::Text { end } else { tag_at };
    let mut out = String::with_capacity(text_end + unfinished.len() + 16);
    out.push_str(utf16::trim(&html[..text_end]));
    out.push_str(unfinished);
    for name in open.iter().rev().filter(|name| !name.is_empty()) {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
    out
}

/// Keeps the list of open elements when `tag`, from `<` to `>`, was read.
fn note_tag<'a>(tag: &'a str, open: &mut Vec<&'a str>) {
    const VOID: [&str; 16] = [
        "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta",
        "param", "source", "track", "wbr",
    ];
    let name = tag_name(tag);
    let closing = memchr::memchr_iter(b'<', tag.as_bytes())
        .any(|at| tag[at + 1..].trim_start_matches(utf16::is_space).starts_with('/'));
    if closing {
        if open.last().copied().unwrap_or("") == name {
            open.pop();
        }
    } else if !VOID.contains(&name) && !utf16::trim(&tag[..tag.len() - 1]).ends_with('/') {
        open.push(name);
    }
}

/// The first name behind a `<`; empty when there is none.
fn tag_name(tag: &str) -> &str {
    for at in memchr::memchr_iter(b'<', tag.as_bytes()) {
        let after = tag[at + 1..].trim_start_matches('/');
        let length = after
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_'))
            .count();
        if length > 0 {
            return &after[..length];
        }
    }
    ""
}

/// Unicode's general category L.
fn is_letter(c: char) -> bool {
    static LETTERS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let hir = regex_syntax::parse(r"\p{L}").map(regex_syntax::hir::Hir::into_kind);
        match hir {
            Ok(HirKind::Class(Class::Unicode(class))) => {
                class.ranges().iter().map(|range| (range.start(), range.end())).collect()
            }
            _ => Vec::new(),
        }
    });
    let after = LETTERS.partition_point(|(first, _)| *first <= c);
    LETTERS[..after].last().is_some_and(|(_, last)| c <= *last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters() {
        for (html, n, words) in [
            ("<p>one two</p><p>three four</p>", 3, "<p>one two</p><p>three</p>"),
            ("<p>one two</p><p>three</p>", 2, "<p>one two</p>"),
            ("a don't b", 2, "a don'"),
            ("Tom &amp; Jerry", 2, "Tom &amp;"),
            ("x", 0, ""),
            ("a <img src=x> b <br/> c", 2, "a <img src=x> b"),
            ("<b>été Ωx c", 2, "<b>été Ωx</b>"),
            ("<!-- a b --> one two", 1, "<!-- a b --> one"),
            ("a <a title='unfinished", 9, "a<a title='unfinished"),
            ("one", -3, ""),
        ] {
            assert_eq!(truncate_words(html, n), words, "{html}");
        }
        assert_eq!(truncate_characters("<p>a&amp;b</p>", 6), "<p>a&amp;</p>");
        assert_eq!(truncate_characters("<p>😀b</p>", 2), "<p>😀</p>");
        assert_eq!(truncate_characters("<p>😀b</p>", 1), "<p></p>");
        assert_eq!(truncate_characters("  abc", 3), "a");
    }

    #[test]
    fn letters() {
        let is: String = "aÉω漢あאا\u{2160}\u{345}9_٣".chars().filter(|c| is_letter(*c)).collect();
        assert_eq!(is, "aÉω漢あאا");
    }
}
