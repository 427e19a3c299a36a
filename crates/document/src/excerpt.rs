//! The excerpt that Ghost takes from a post's plain text.

use crate::utf16;

/// Length of an excerpt, in UTF-16 units, as Ghost cuts it.
pub const EXCERPT_UNITS: usize = 500;

/// The first 500 UTF-16 units of `plaintext`.
///
/// May end inside a word, has no ellipsis. Where Ghost would leave half of an astral character (an emoji on the
/// border), it is left out.
pub fn excerpt(plaintext: &str) -> &str {
    utf16::head(plaintext, EXCERPT_UNITS)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn cuts_at_500_units() {
        assert_eq!(excerpt("short"), "short");
        assert_eq!(excerpt(&"é".repeat(501)), "é".repeat(500));
        assert_eq!(excerpt(&format!("{}😀", "a".repeat(499))), "a".repeat(499));
        assert_eq!(excerpt(&format!("{}😀x", "a".repeat(498))), format!("{}😀", "a".repeat(498)));
    }
}
