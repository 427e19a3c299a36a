//! Ids of headings, made from their text.

use crate::utf16;

/// The id of a heading with this text: symbols removed, spaces to hyphens, everything else percent-encoded.
pub(crate) fn heading(text: &str) -> String {
    let text = utf16::trim(text).to_lowercase();
    let mut plain = String::with_capacity(text.len());
    let mut in_space = false;
    for c in text.chars().filter(|c| !is_symbol(*c)) {
        let space = utf16::is_space(c);
        if !space {
            plain.push(c);
        } else if !in_space {
            plain.push('-');
        }
        in_space = space;
    }
    // One hyphen at the beginning, runs of two and more, and one at the end are removed, in one pass.
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain.strip_prefix('-').unwrap_or(&plain);
    while let Some(c) = rest.chars().next() {
        let after = rest.trim_start_matches('-');
        let n_hyphens = rest.len() - after.len();
        if n_hyphens == 0 {
            encode(&mut out, c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        if n_hyphens == 1 && !after.is_empty() {
            out.push('-');
        }
        rest = after;
    }
    out
}

/// The id of a heading in a header card: tags stripped, only ASCII words kept.
pub(crate) fn header_card(html: &str) -> String {
    let mut out = String::new();
    let mut in_space = false;
    for c in without_tags(html).chars() {
        if utf16::is_space(c) {
            if !in_space {
                out.push('-');
            }
            in_space = true;
        } else if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c.to_ascii_lowercase());
            in_space = false;
        }
    }
    out
}

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at + 1..].find('>').map_or("", |end| &rest[at + 2 + end..]);
    }
    out.push_str(rest);
    out
}

fn is_symbol(c: char) -> bool {
    matches!(
        c,
        ']' | '['
            | '!'
            | '"'
            | '#'
            | '$'
            | '%'
            | '&'
            | '\''
            | '('
            | ')'
            | '*'
            | '+'
            | ','
            | '.'
            | '/'
            | ':'
            | ';'
            | '<'
            | '='
            | '>'
            | '?'
            | '@'
            | '\\'
            | '^'
            | '_'
            | '{'
            | '|'
            | '}'
            | '~'
    )
}

/// Appends a character as `encodeURIComponent` does.
fn encode(out: &mut String, c: char) {
    if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '!' | '~' | '*' | '\'' | '(' | ')') {
        out.push(c);
        return;
    }
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        out.push('%');
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        assert_eq!(heading(" Hello,  World! "), "hello-world");
        assert_eq!(heading("a - b"), "ab");
        assert_eq!(heading("Über uns"), "%C3%BCber-uns");
        assert_eq!(heading("C++ & C#"), "c-c");
        assert_eq!(heading("---a"), "a");
        assert_eq!(heading("--a"), "-a");
        assert_eq!(heading("a-"), "a");
        assert_eq!(heading("`x`"), "%60x%60");
        assert_eq!(heading("!?"), "");
    }

    #[test]
    fn header_cards() {
        assert_eq!(header_card("<b>Größe</b> &amp; Big  One<br"), "gre-amp-big-one");
    }
}
