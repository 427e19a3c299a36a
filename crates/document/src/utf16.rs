//! Lengths, cuts and white space as JavaScript counts them, for limits that Ghost defines in its units.

/// The longest beginning of `text` that has at most `n_units` UTF-16 units. Never half a character.
pub(crate) fn head(text: &str, n_units: usize) -> &str {
    // Every unit is at least one byte of UTF-8.
    if text.len() <= n_units {
        return text;
    }
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > n_units {
            return &text[..at];
        }
    }
    text
}

/// White space as `\s` and `trim()` mean it in JavaScript.
pub(crate) fn is_space(c: char) -> bool {
    c == '\u{FEFF}' || (c != '\u{85}' && c.is_whitespace())
}

/// Text without white space at both ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}
