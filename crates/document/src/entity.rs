//! Character references: `&amp;` and its 2,230 relatives to characters, and text to escaped text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use memchr::memchr;

/// Reference with its ampersand (and semicolon, if it has one) to characters.
static REFERENCES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| entities::ENTITIES.iter().map(|entity| (entity.entity, entity.characters)).collect());

/// Longest name that is also understood without its semicolon (`&thorn`, `&frac12`).
const LEGACY_NAME_MAX: usize = 6;
/// Longest name there is (`CounterClockwiseContourIntegral`).
const NAME_MAX: usize = 31;

/// Text with its character references replaced, as browsers do it in text.
///
/// What is no reference stays as it stands. Code points that cannot be become U+FFFD.
pub fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut at = first;
    loop {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = decode_one(rest, &mut out);
        rest = &rest[used..];
        match memchr(b'&', rest.as_bytes()) {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Decodes the reference that `text` (beginning with `&`) begins with; returns how many bytes were used.
fn decode_one(text: &str, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
        let start = if hex { 3 } else { 2 };
        let radix = if hex { 16 } else { 10 };
        let n_digits = bytes[start.min(bytes.len())..]
            .iter()
            .take_while(|byte| if hex { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() })
            .count();
        if n_digits > 0 {
            let end = start + n_digits;
            out.push(numbered(u32::from_str_radix(&text[start..end], radix).unwrap_or(u32::MAX)));
            return end + usize::from(bytes.get(end) == Some(&b';'));
        }
    } else {
        let n_name =
            bytes[1..].iter().take(NAME_MAX + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = 1 + n_name;
        if n_name > 0
            && bytes.get(end) == Some(&b';')
            && let Some(characters) = REFERENCES.get(&text[..end + 1])
        {
            out.push_str(characters);
            return end + 1;
        }
        for length in (2..=n_name.min(LEGACY_NAME_MAX)).rev() {
            if bytes.get(1 + length) == Some(&b';') {
                continue;
            }
            if let Some(characters) = REFERENCES.get(&text[..1 + length]) {
                out.push_str(characters);
                return 1 + length;
            }
        }
    }
    out.push('&');
    1
}

/// The character of a numeric reference. The range of old control characters means Windows' code page, as the
/// HTML standard has it.
fn numbered(code: u32) -> char {
    const WINDOWS_1252: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    let code = match code {
        0 => 0xFFFD,
        0x80..=0x9F => u32::from(WINDOWS_1252[(code - 0x80) as usize]),
        _ => code,
    };
    char::from_u32(code).unwrap_or('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_as_browsers_read_them() {
        assert_eq!(decode("a &amp; b &lt;c&gt; &nbsp;"), "a & b <c> \u{A0}");
        assert_eq!(decode("&copy 2024 &notit; &ampx &amp"), "© 2024 ¬it; &x &");
        assert_eq!(
            decode("&#65;&#x1F600;&#65 &#0;&#128;&#xD800;&#99999999999;"),
            "A😀A \u{FFFD}€\u{FFFD}\u{FFFD}"
        );
        assert_eq!(decode("&; &#; &#x; & &unknown; &"), "&; &#; &#x; & &unknown; &");
        assert_eq!(decode("&CounterClockwiseContourIntegral;&nGt;"), "∳≫⃒");
    }
}
