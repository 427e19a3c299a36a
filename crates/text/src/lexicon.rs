//! Which English words mean the same, a narrower or wider thing, or the opposite. From WordNet 3.0 (its licence stands beside the
//! table, `data/wordnet.LICENSE`); the table is made by `examples/wordnet.rs` and holds hashes of stems only.
//!
//! Layout, little endian: number of stems `n` as u32; `n` sorted hashes (u32); `n + 1` offsets into the entries (u32); the entries
//! (u32): index of the other stem in the low 24 bits, relation above.

static TABLE: &[u8] = include_bytes!("../data/wordnet.bin");

/// How a word is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same in one of its common senses.
    Same,
    /// Another kind of word for it ("win", "winner").
    Derived,
    /// The other is narrower: "player" to "goalkeeper".
    Wider,
    /// The other is wider: "goalkeeper" to "player".
    Narrower,
    /// The opposite.
    Opposite,
}

fn entry(at: usize) -> u32 {
    let at = at * 4;
    TABLE.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// Words related to the word with this key: low 32 bits of their keys, and how.
///
/// Cannot: tell in which sense a word is used, so that it answers for all common senses; know phrases, names, or any language but
/// English.
pub fn related(key: u64) -> impl Iterator<Item = (u32, Relation)> {
    let n = entry(0) as usize;
    let wanted = key as u32;
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = (low + high) / 2;
        if entry(1 + middle) < wanted { low = middle + 1 } else { high = middle }
    }
    let found = low < n && entry(1 + low) == wanted;
    let span = if found { entry(1 + n + low) as usize..entry(2 + n + low) as usize } else { 0..0 };
    let listed = span.map(move |at| {
        let packed = entry(2 + 2 * n + at);
        let relation = match packed >> 24 {
            0 => Relation::Same,
            1 => Relation::Derived,
            2 => Relation::Wider,
            3 => Relation::Narrower,
            _ => Relation::Opposite,
        };
        (entry(1 + (packed & 0xff_ffff) as usize), relation)
    });
    listed.chain(crate::synonyms::group(key).iter().map(|other| (*other, Relation::Same)))
}
