//! An article made ready for questions: read once, with an index of its words.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use text::{Copy, Description, Language};

use crate::dateline::Dateline;

/// Occurrences kept for one word; the commonest words of a long text have more, and add nothing.
const OCCURRENCES: usize = 96;

/// An article that statements are held against.
pub struct Article {
    pub copy: Copy,
    /// Day of publication: year, month, day. Days named in the text are dated from it where the dateline has no date of its own.
    pub published: Option<(i16, u8, u8)>,
    pub(crate) dateline: Option<Dateline>,
    places: HashMap<u32, Vec<u32>>,
    runs: HashSet<u64>,
    descriptions: OnceLock<Vec<Description>>,
}

impl Article {
    /// Reads `text`, the article's body without headline or teaser. Time is linear in its length.
    pub fn new(text: &str) -> Self {
        Self::from_copy(text::read(text, None))
    }

    /// As [`Article::new`], in a known language.
    pub fn in_language(text: &str, language: Language) -> Self {
        Self::from_copy(text::read(text, Some(language)))
    }

    fn from_copy(copy: Copy) -> Self {
        let mut places: HashMap<u32, Vec<u32>> = HashMap::with_capacity(copy.words.len());
        for (at, word) in copy.words.iter().enumerate() {
            let list = places.entry(word.key as u32).or_default();
            if list.len() < OCCURRENCES {
                list.push(at as u32);
            }
        }
        let keys: Vec<u64> = copy.words.iter().map(|word| word.key).collect();
        let runs = keys.windows(2).map(run).chain(keys.windows(3).map(run)).collect();
        let dateline = Dateline::of(&copy);
        Self { copy, published: None, dateline, places, runs, descriptions: OnceLock::new() }
    }

    /// The day from which the text counts its days: that of its dateline, else that of its publication.
    pub(crate) fn day(&self) -> Option<(i16, u8, u8)> {
        let is_dated = self.dateline.as_ref().is_some_and(Dateline::is_dated);
        let dateline = self.dateline.as_ref().and_then(|line| line.day(self.published));
        if is_dated { dateline } else { self.published }
    }

    /// Words of a sentence, without the dateline.
    pub(crate) fn body_of(&self, sentence: usize) -> Range<usize> {
        let span = self.copy.words_of(sentence);
        let behind = self.dateline.as_ref().map_or(0, |line| line.words_end);
        span.start.max(behind).min(span.end)..span.end
    }

    /// Bytes of a sentence, without the dateline.
    pub(crate) fn body_range(&self, sentence: usize) -> Range<usize> {
        let range = self.copy.sentences[sentence].clone();
        let behind = self.dateline.as_ref().map_or(0, |line| line.end);
        range.start.max(behind).min(range.end)..range.end
    }

    /// Indexes of the words with this key, in order.
    pub fn places(&self, key: u32) -> &[u32] {
        self.places.get(&key).map_or(&[], Vec::as_slice)
    }

    /// People by their offices; looked for when it is first asked.
    pub(crate) fn descriptions(&self) -> &[Description] {
        self.descriptions.get_or_init(|| text::descriptions(&self.copy))
    }

    /// Words of the article's names that differ from `name` (small letters) by the ending of an adjective only: "West" for "Western".
    ///
    /// Cannot: know adjectives of another stem ("Dutch").
    pub(crate) fn name_forms(&self, name: &str) -> Vec<u32> {
        let words = self.copy.names.iter().flat_map(|name| name.words.clone());
        words.filter(|at| is_form(name, &self.copy.words[*at].lower)).map(|at| at as u32).take(32).collect()
    }

    /// Whether these two or three words follow one another somewhere.
    pub(crate) fn has_run(&self, keys: &[u64]) -> bool {
        self.runs.contains(&run(keys))
    }

    pub(crate) fn sentence_of(&self, place: u32) -> usize {
        self.copy.sentence_of[place as usize]
    }
}

/// Whether one of two names is the other's adjective.
fn is_form(one: &str, other: &str) -> bool {
    const ENDINGS: &[&str] = &["ern", "n", "an", "ian", "ean", "ish", "ese", "i", "er", "ic"];
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let fits = |stem: &str| long.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending));
    let base = short.trim_end_matches(['a', 'e', 'y', 'o']);
    short.len() >= 4 && fits(short) || base.len() >= 4 && fits(base)
}

fn run(keys: &[u64]) -> u64 {
    keys.iter()
        .fold(keys.len() as u64, |sum, key| (sum.rotate_left(17) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
