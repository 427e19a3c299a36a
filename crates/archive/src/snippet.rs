//! The piece of a text that shows why a story was found. Works on the text that the caller holds for this reader, so it
//! can show nothing else.

use std::ops::Range;

use crate::query::Query;
use crate::words;

/// Where to look in the text, in bytes, always on character borders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The piece to show.
    pub range: Range<usize>,
    /// The words found, inside `range`, ascending.
    pub marks: Vec<Range<usize>>,
}

/// The piece of at most about `length` bytes, of whole words, that holds most of the query's different words; the
/// beginning of the text if it holds none. Single words are marked, whether or not the query joined them to a phrase.
pub fn snippet(text: &str, query: &Query, length: usize) -> Snippet {
    let wanted: Vec<Vec<String>> = query.wanted.iter().flatten().map(|word| words::stems(word)).collect();
    let words = words::words(text);
    let found: Vec<(usize, usize)> = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| {
            let forms = words::stems(&word.folded);
            let which = wanted.iter().position(|stems| stems.iter().any(|stem| forms.contains(stem)))?;
            Some((at, which))
        })
        .collect();
    let lead = length / 4;
    let mut best = (0, 0);
    for (first, &(at, _)) in found.iter().enumerate().take(200) {
        let end = words[at].range.start + length - lead;
        let mut seen: Vec<usize> = found[first..]
            .iter()
            .take_while(|(at, _)| words[*at].range.end <= end)
            .map(|(_, which)| *which)
            .collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() > best.0 {
            best = (seen.len(), words[at].range.start.saturating_sub(lead));
        }
    }
    let inside = |word: &&words::Word| word.range.start >= best.1 && word.range.end <= best.1 + length;
    let start = if best.1 == 0 { 0 } else { words.iter().find(inside).map_or(0, |word| word.range.start) };
    let end = words.iter().rev().find(inside).map_or(start, |word| word.range.end);
    let marks = found
        .iter()
        .map(|&(at, _)| words[at].range.clone())
        .filter(|mark| mark.start >= start && mark.end <= end)
        .collect();
    Snippet { range: start..end, marks }
}
