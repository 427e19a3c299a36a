//! The first words of a text, cut as Ghost cuts it (npm `downsize`): a word is a run of letters and digits, and the
//! character that ends the last word is kept. What looks like a tag is not counted, and is closed at the end.

use std::sync::LazyLock;

use regex::Regex;

use super::trimmed;

/// Words in the description that is made of an excerpt.
const N_WORDS: usize = 50;

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

/// Words seen so far.
#[derive(Default)]
struct Words {
    n_ended: usize,
    inside: bool,
}

impl Words {
    fn step(&mut self, in_word: bool) {
        if self.inside && !in_word {
            self.n_ended += 1;
        }
        self.inside = in_word;
    }

    fn enough(&self) -> bool {
        self.n_ended >= N_WORDS
    }
}

/// The first fifty words of `text`.
pub(super) fn first_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(512));
    let mut words = Words::default();
    let mut state = State::Text;
    let mut tag_start = 0;
    let mut open: Vec<&str> = Vec::new();
    let mut previous = '\0';
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match (c, state) {
            ('<', State::Text) => {
                let next = text.get(after..).and_then(|rest| rest.chars().next());
                if next.is_some_and(|c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '/' | '!')) {
                    if words.enough() {
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
            ('>', State::Tag | State::Comment) => {
                let tag = text.get(tag_start..after).unwrap_or("");
                let is_tag = state == State::Tag;
                if is_tag || tag.ends_with("-->") {
                    state = State::Text;
                    out.push_str(tag);
                    if is_tag {
                        note_tag(&mut open, tag);
                    }
                    if words.enough() {
                        break;
                    }
                    words.step(false);
                    previous = c;
                    continue;
                }
            }
            _ => {}
        }
        if state == State::Text {
            if words.enough() {
                break;
            }
            words.step(is_word_char(c));
            out.push(c);
        }
        previous = c;
    }
    let kept = trimmed(&out);
    let mut whole = kept.to_owned();
    if state != State::Text {
        whole.push_str(text.get(tag_start..).unwrap_or(""));
    }
    for name in open.iter().rev().filter(|name| !name.is_empty()) {
        whole.push_str(&format!("</{name}>"));
    }
    whole
}

fn note_tag<'t>(open: &mut Vec<&'t str>, tag: &'t str) {
    let inside = tag.trim_start_matches('<');
    let closing = inside.trim_start().starts_with('/');
    let name = inside.trim_start_matches('/');
    let end = name
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')))
        .unwrap_or(name.len());
    let name = name.get(..end).unwrap_or("");
    if closing {
        if open.last() == Some(&name) {
            open.pop();
        }
    } else if !VOID.contains(&name) && !tag.trim_end_matches('>').trim_end().ends_with('/') {
        open.push(name);
    }
}

/// Letters and the digits 0 to 9. JavaScript looks at halves of the characters beyond the basic plane, which are no
/// letters.
fn is_word_char(c: char) -> bool {
    static LETTER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\p{L}$").expect("a class that regex knows"));
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    u32::from(c) < 0x1_0000 && LETTER.is_match(c.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_words() {
        assert_eq!(first_words(""), "");
        assert_eq!(first_words("  It's two – or three.\n"), "It's two – or three.");
        let long = "word ".repeat(60);
        assert_eq!(first_words(&long), "word ".repeat(50).trim_end());
        let ended = format!("{}, more", ["word"; 50].join(" "));
        assert_eq!(first_words(&ended), format!("{},", ["word"; 50].join(" ")));
    }

    #[test]
    fn tags_are_closed_and_not_counted() {
        let text = format!("<b class=\"a b\">x</b> <i>{}", "wörter ".repeat(60));
        assert_eq!(
            first_words(&text),
            format!("<b class=\"a b\">x</b> <i>{}</i>", "wörter ".repeat(49).trim_end())
        );
        assert_eq!(first_words("a < b, <br>c <unfinished"), "a < b, <br>c<unfinished");
        assert_eq!(first_words("<!-- a > b -->c"), "<!-- a > b -->c");
    }
}
