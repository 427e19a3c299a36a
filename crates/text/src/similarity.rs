//! Likeness of texts by runs of words. Knows nothing of meaning.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

/// Hashes of all runs of `size` words, in small letters. A text shorter than that is one run; an empty one has none.
///
/// Cannot: see that a translation or a paraphrase is alike.
/// Source: Broder, "On the resemblance and containment of documents", 1997.
pub fn shingles(text: &str, size: usize) -> HashSet<u64> {
    let words: Vec<u64> = text.unicode_words().map(|word| xxh3_64(word.to_lowercase().as_bytes())).collect();
    if words.is_empty() {
        return HashSet::new();
    }
    let size = size.clamp(1, words.len());
    words
        .windows(size)
        .map(|run| {
            run.iter().fold(0xcbf2_9ce4_8422_2325, |sum: u64, word| {
                (sum.rotate_left(5) ^ word).wrapping_mul(0x100_0000_01b3)
            })
        })
        .collect()
}

/// Shared part of two sets of shingles, 0 to 1; two empty sets are not alike.
pub fn jaccard(one: &HashSet<u64>, other: &HashSet<u64>) -> f64 {
    let shared = one.intersection(other).count();
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}
