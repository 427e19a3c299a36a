//! Words: where they stand, how they are spelled small, and a key that is the same for all forms of one word.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::Language;
use crate::spelling::american;
use crate::stance::{irregular, is_stop};

/// One word of a text.
#[derive(Debug, Clone)]
pub struct Word {
    /// Bytes in the text.
    pub range: Range<usize>,
    /// The word in small letters, without a possessive ending.
    pub lower: String,
    /// Hash of the stem: equal for "walk", "walks", "walked".
    pub key: u64,
    /// Begins with a capital letter.
    pub capital: bool,
    /// Holds a digit.
    pub digit: bool,
    /// A word of grammar rather than of content.
    pub stop: bool,
}

/// Words of `text` in order, by the Unicode rules for word borders; a hyphen parts words, an apostrophe does not.
///
/// Cannot: part words in scripts without spaces beyond what Unicode's rules do; tell homographs apart.
pub fn words(text: &str, language: Language) -> Vec<Word> {
    let stemmer = language.stemmer();
    let mut found = Vec::with_capacity(text.len() / 6);
    for (start, piece) in text.unicode_word_indices() {
        let mut end = start + piece.len();
        let mut lower = piece.to_lowercase();
        if lower.contains('’') {
            lower = lower.replace('’', "'");
        }
        if language != Language::French
            && let Some(stripped) = lower.strip_suffix("'s")
        {
            let kept = stripped.len();
            lower.truncate(kept);
            end = text[start..end].rfind(['\'', '’']).map_or(end, |at| start + at);
        }
        let Some(first) = piece.chars().next() else { continue };
        let digit = piece.chars().any(|c| c.is_numeric());
        let stop = is_stop(&lower, language);
        let key = if digit || stop {
            xxh3_64(lower.as_bytes())
        } else {
            stem_key(&lower, stemmer.as_ref(), language)
        };
        found.push(Word { range: start..end, key, capital: first.is_uppercase(), digit, stop, lower });
    }
    found
}

/// The key of one word in small letters.
pub(crate) fn stem_key(lower: &str, stemmer: Option<&rust_stemmers::Stemmer>, language: Language) -> u64 {
    let american = (language == Language::English).then(|| american(lower)).flatten();
    let base = match &american {
        Some(other) => other,
        None if language == Language::English => irregular(lower).unwrap_or(lower),
        None => lower,
    };
    match stemmer {
        Some(stemmer) => xxh3_64(stemmer.stem(base).as_bytes()),
        None => xxh3_64(base.as_bytes()),
    }
}
