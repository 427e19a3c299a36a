//! What a reader knows before the points: the headline and the teaser.

use std::collections::BTreeSet;

use text::{Copy, Language, Word};

use super::{Options, content};

pub(super) struct Told {
    /// Keys of the content words of each of the two that is there.
    pub heads: Vec<BTreeSet<u64>>,
    /// The headline joins two: "Xi and Lukashenko meet".
    pub names_two: bool,
    /// Words in small letters, of German only, whose compounds hold what they end with.
    words: Vec<String>,
}

impl Told {
    pub fn of(options: &Options, language: Language) -> Self {
        let read = |text: &String| text::read(text, Some(language));
        let heads: Vec<Copy> =
            [&options.title, &options.teaser].into_iter().filter(|text| !text.is_empty()).map(read).collect();
        let joins = |word: &Word| matches!(word.lower.as_str(), "and" | "und");
        let is_german = language == Language::German;
        let words = heads.iter().flat_map(|head| &head.words).filter(|_| is_german);
        Told {
            names_two: !options.title.is_empty()
                && heads.first().is_some_and(|head| head.words.iter().any(joins)),
            words: words.map(|word| word.lower.clone()).collect(),
            heads: heads.iter().map(content).collect(),
        }
    }

    /// Whether the headline or the teaser has the word, in German also at the end of a longer one ("Hafenmauer" of "Mauer").
    pub fn knows(&self, word: &Word) -> bool {
        self.heads.iter().any(|head| head.contains(&word.key))
            || word.lower.len() >= 4 && self.words.iter().any(|told| told.ends_with(&word.lower))
    }
}
