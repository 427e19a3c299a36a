//! The beginning of a text or of HTML, cut as Ghost cuts it (npm `downsize`).
//!
//! A word is a run of letters and digits, and the character that ends the last word is kept. Tags are not counted, and
//! those left open are closed at the end.

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// So many words.
    Words(i64),
    /// So many characters, in UTF-16 units.
    Characters(i64),
    /// Everything.
    All,
}

/// Elements that have no end.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
];

#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    Tag,
    DoubleQuoted,
    SingleQuoted,
    Comment,
}

struct Counter {
    keep: Keep,
    n: i64,
    in_word: bool,
}

impl Counter {
    fn count(&mut self, char: char) {
        match self.keep {
            // letters beyond the basic plane are two units, neither of which is a letter
            Keep::Words(_) => self.word(char.is_alphabetic() && char <= '\u{ffff}' || char.is_ascii_digit()),
            _ => self.n += char.len_utf16() as i64,
        }
    }

    fn word(&mut self, letter: bool) {
        if self.in_word && !letter {
            self.n += 1;
        }
        self.in_word = letter;
    }

    fn end_word(&mut self) {
        if matches!(self.keep, Keep::Words(_)) {
            self.word(false);
        }
    }

    fn is_full(&self) -> bool {
        match self.keep {
            Keep::Words(limit) | Keep::Characters(limit) => self.n >= limit,
            Keep::All => false,
        }
    }
}

/// The beginning of `text`, trimmed, with its open tags closed. Linear in what is kept.
pub fn truncate(text: &str, keep: Keep) -> String {
    let mut out = String::new();
    let mut counter = Counter { keep, n: 0, in_word: false };
    let mut state = State::Text;
    let mut tag_start = 0;
    let mut open: Vec<&str> = Vec::new();
    let mut previous = '\0';
    for (at, char) in text.char_indices() {
        let after = at + char.len_utf8();
        match (char, state) {
            ('<', State::Text) => {
                let next = text.as_bytes().get(after);
                if next
                    .is_some_and(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'/' | b'!'))
                {
                    if counter.is_full() {
                        break;
                    }
                    state = State::Tag;
                    tag_start = at;
                }
            }
            ('!', State::Tag) if previous == '<' => state = State::Comment,
            ('"', State::DoubleQuoted) | ('\'', State::SingleQuoted) => state = State::Tag,
            ('"', State::Tag | State::Comment) => state = State::DoubleQuoted,
            ('\'', State::Tag | State::Comment) => state = State::SingleQuoted,
            ('>', State::Tag) => {
                let tag = text.get(tag_start..after).unwrap_or("");
                state = State::Text;
                out.push_str(tag);
                note_tag(&mut open, tag);
                if counter.is_full() {
                    break;
                }
                counter.end_word();
                previous = char;
                continue;
            }
            ('>', State::Comment) if text.get(..at).is_some_and(|before| before.ends_with("--")) => {
                state = State::Text;
                out.push_str(text.get(tag_start..after).unwrap_or(""));
                if counter.is_full() {
                    break;
                }
                counter.end_word();
                previous = char;
                continue;
            }
            _ => {}
        }
        if state == State::Text {
            if counter.is_full() {
                break;
            }
            counter.count(char);
            out.push(char);
        }
        previous = char;
    }
    let blank = |char: char| (char.is_whitespace() && char != '\u{85}') || char == '\u{feff}';
    out.truncate(out.trim_end_matches(blank).len());
    let lead = out.len() - out.trim_start_matches(blank).len();
    out.drain(..lead);
    if state != State::Text {
        out.push_str(text.get(tag_start..).unwrap_or(""));
    }
    for name in open.iter().rev().filter(|name| !name.is_empty()) {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
    out
}

fn note_tag<'t>(open: &mut Vec<&'t str>, tag: &'t str) {
    let name = name_of(tag);
    if tag.trim_start_matches('<').trim_start().starts_with('/') {
        if open.last() == Some(&name) {
            open.pop();
        }
    } else if !VOID.contains(&name) && !tag.trim_end_matches('>').trim_end().ends_with('/') {
        open.push(name);
    }
}

/// `p` of `<p class="x">` and of `</p>`.
fn name_of(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, ':' | '-' | '_')));
    inside.get(..end.unwrap_or(inside.len())).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{Keep, truncate};

    #[test]
    fn words_and_characters_are_counted() {
        let html = "<p>Hello <b>wide world</b>, it's me &amp; you</p>";
        assert_eq!(truncate(html, Keep::Words(2)), "<p>Hello <b>wide</b></p>");
        assert_eq!(truncate(html, Keep::Words(5)), "<p>Hello <b>wide world</b>, it's</p>");
        assert_eq!(truncate(html, Keep::Characters(8)), "<p>Hello <b>wi</b></p>");
        assert_eq!(truncate(html, Keep::Words(0)), "");
        assert_eq!(truncate(html, Keep::All), html);
        assert_eq!(truncate("one two. three", Keep::Words(2)), "one two.");
        assert_eq!(truncate("<img src=\"a>b\"> text <br/> more", Keep::Words(1)), "<img src=\"a>b\"> text");
        assert_eq!(truncate("a <!-- b > c --> d e", Keep::Words(2)), "a <!-- b > c --> d");
        assert_eq!(truncate("a < b <i", Keep::All), "a < b<i");
    }
}
