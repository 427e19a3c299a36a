//! Names and their later short forms.

use std::ops::Range;

use crate::{Language, Word, WordList};

/// A run of words that names someone or something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Bytes in the text.
    pub range: Range<usize>,
    /// Index of the first and behind the last word.
    pub words: Range<usize>,
    /// Only word of its run and first of its sentence: it may be an ordinary word.
    pub doubtful: bool,
}

/// Titles that stand before names and are left out when persons are compared.
static TITLES: WordList = WordList::new(&[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "dame",
    "president",
    "minister",
    "prime",
    "chancellor",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "general",
    "gen",
    "col",
    "captain",
    "capt",
    "sgt",
    "insp",
    "inspector",
    "chief",
    "det",
    "supt",
    "superintendent",
    "judge",
    "justice",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "bishop",
    "rev",
    "director",
    "executive",
    "chairman",
    "secretary",
    "councillor",
    "cllr",
    "mp",
    "herr",
    "frau",
    "präsident",
    "kanzler",
    "minister",
    "professor",
    "constable",
    "coach",
    "manager",
    "spokesman",
    "spokeswoman",
    "leader",
    "mayor",
    "deputy",
    "former",
    "officer",
    "detective",
    "sergeant",
]);

/// Small words that hold a name together when capitals stand on both sides.
const JOINTS: &[&str] =
    &["of", "de", "von", "van", "der", "den", "la", "le", "al", "bin", "da", "di", "du", "zu"];

/// Names among `words`. `begins` tells for each word whether a sentence begins with it.
///
/// In German, where every noun has a capital, only runs of two or more such words count.
///
/// Cannot: find names written small, tell persons from places, or part two names that touch ("Monday Lukashenko").
pub fn names(text: &str, words: &[Word], begins: &[bool], language: Language) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !is_part(&words[at]) {
            at += 1;
            continue;
        }
        let first = at;
        at += 1;
        loop {
            let next = at;
            if next < words.len() && is_part(&words[next]) && touches(text, words, next) && !begins[next] {
                at += 1;
            } else if next + 1 < words.len()
                && JOINTS.contains(&words[next].lower.as_str())
                && is_part(&words[next + 1])
                && touches(text, words, next)
                && touches(text, words, next + 1)
                && !begins[next + 1]
            {
                at += 2;
            } else {
                break;
            }
        }
        let single = at == first + 1;
        if language == Language::German && single {
            continue;
        }
        found.push(Name {
            range: words[first].range.start..words[at - 1].range.end,
            words: first..at,
            doubtful: single && begins[first],
        });
    }
    found
}

fn is_part(word: &Word) -> bool {
    word.capital && !word.stop && !word.digit && word.lower != "i"
}

/// Whether only a space, a hyphen or the full stop of a title parts this word from the one before.
fn touches(text: &str, words: &[Word], at: usize) -> bool {
    let between = &text[words[at - 1].range.end..words[at].range.start];
    matches!(between, " " | "-" | "\u{a0}")
        || (between == ". " && (words[at - 1].lower.len() == 1 || TITLES.holds(&words[at - 1].lower)))
}

/// Whether a word is a title rather than a name of its own, in small letters.
pub fn is_title(word: &str) -> bool {
    TITLES.holds(word)
}

/// Whether two names can be of one person: titles aside, the last word of the shorter is in the longer, and first names that
/// both give do not differ.
///
/// Cannot: know nicknames ("Bill" for William), offices ([`crate::descriptions`] reads those), or that two people share a last name.
pub fn same_person(one: &[Word], other: &[Word]) -> bool {
    let one: Vec<&Word> = one.iter().filter(|word| !is_title(&word.lower) && !word.stop).collect();
    let other: Vec<&Word> = other.iter().filter(|word| !is_title(&word.lower) && !word.stop).collect();
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let Some(last) = short.last() else { return false };
    if !long.iter().any(|word| word.key == last.key) {
        return false;
    }
    short.len() < 2
        || long.len() < 2
        || short[0].key == long[0].key
        || short.iter().all(|word| long.iter().any(|w| w.key == word.key))
}
