//! Lists of words that are asked for every word of a text.

/// The lengths of the words that begin with each letter. Most words of a text differ from all words of a list in one of the two, so that
/// few are compared letter by letter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lengths([u32; 32]);

impl Lengths {
    pub(crate) const fn of_none() -> Self {
        Self([0; 32])
    }

    pub(crate) const fn with(mut self, word: &str) -> Self {
        let (letter, length) = place(word.as_bytes());
        self.0[letter] |= length;
        self
    }

    /// Whether some word has this one's first letter and length.
    pub(crate) fn fit(&self, word: &str) -> bool {
        let (letter, length) = place(word.as_bytes());
        self.0[letter] & length != 0
    }
}

/// Slot of the first letter, and the bit of the length; words of 31 bytes and more share one.
const fn place(word: &[u8]) -> (usize, u32) {
    let letter = if word.is_empty() { 0 } else { word[0] & 31 };
    let length = if word.len() < 31 { word.len() } else { 31 };
    (letter as usize, 1 << length)
}

/// A fixed list of words that knows fast which words it does not hold.
///
/// ```
/// static SMALL: text::WordList = text::WordList::new(&["of", "the"]);
/// assert!(SMALL.holds("of") && !SMALL.holds("for"));
/// ```
#[derive(Debug)]
pub struct WordList {
    words: &'static [&'static str],
    is_sorted: bool,
    lengths: Lengths,
}

impl WordList {
    /// A list in the order of its bytes is asked by halves.
    pub const fn new(words: &'static [&'static str]) -> Self {
        let (mut lengths, mut is_sorted, mut at) = (Lengths::of_none(), true, 0);
        while at < words.len() {
            lengths = lengths.with(words[at]);
            is_sorted = is_sorted && (at == 0 || precedes(words[at - 1].as_bytes(), words[at].as_bytes()));
            at += 1;
        }
        Self { words, is_sorted, lengths }
    }

    /// Whether this very word is on the list.
    pub fn holds(&self, word: &str) -> bool {
        self.lengths.fit(word)
            && if self.is_sorted {
                self.words.binary_search(&word).is_ok()
            } else {
                self.words.contains(&word)
            }
    }
}

const fn precedes(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() <= other.len()
}
