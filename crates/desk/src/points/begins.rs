//! Whether a sentence begins with something that points at the sentence before: "In response, …", "Two thirds came …".

use std::ops::Range;

use text::{Copy, WordList};

/// First words that something went before: "Another …", "In response …".
static POINTS_BACK: WordList = WordList::new(&[
    "another",
    "other",
    "others",
    "such",
    "instead",
    "nor",
    "or",
    "because",
    "here",
    "earlier",
    "later",
    "afterwards",
    "both",
    "neither",
    "damals",
    "dort",
    "dabei",
    "dafür",
    "deshalb",
    "daher",
    "danach",
    "darauf",
    "stattdessen",
    "hier",
    "one",
    "some",
    "most",
    "many",
    "secondly",
    "thirdly",
    "finally",
    "otherwise",
    "therefore",
    "thus",
    "hence",
    "similarly",
    "likewise",
    "nevertheless",
    "nonetheless",
    "weitere",
    "außerdem",
    "trotzdem",
    "dennoch",
    "später",
    "zuvor",
    "anschließend",
    "daraufhin",
    "dann",
    "ebenso",
    "schließlich",
    "allerdings",
    "hingegen",
    "ersteres",
    "letzteres",
]);

/// First phrases of that kind, unless they go on with what they mean ("in response to the vote").
const FIRST_PHRASES: &[&[&str]] = &[
    &["in", "response"],
    &["in", "addition"],
    &["in", "return"],
    &["in", "turn"],
    &["in", "contrast"],
    &["by", "contrast"],
    &["as", "a", "result"],
    &["for", "example"],
    &["for", "instance"],
    &["at", "the", "same", "time"],
    &["on", "the", "other", "hand"],
    &["a", "further"],
    &["an", "additional"],
    &["shortly", "afterwards"],
    &["soon", "afterwards"],
    &["kurz", "darauf"],
    &["kurz", "danach"],
    &["zum", "beispiel"],
    &["ein", "weiterer"],
    &["eine", "weitere"],
    &["ein", "weiteres"],
    &["den", "anfang"],
];

/// Verbs before which a number at the beginning counts something that was named before: "Fourteen belong to people …".
static BEHIND_COUNT: WordList = WordList::new(&[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "belong",
    "belonged",
    "came",
    "come",
    "went",
    "go",
    "died",
    "said",
    "say",
    "want",
    "wanted",
    "live",
    "lived",
    "left",
    "remain",
    "remained",
    "others",
    "more",
    "ist",
    "sind",
    "war",
    "waren",
    "wurden",
    "haben",
    "hatten",
    "kamen",
    "gehören",
    "gehörten",
    "starben",
    "blieben",
    "gingen",
    "wollen",
    "leben",
    "davon",
]);

/// Parts of a whole that is named behind "of".
static SHARES: WordList = WordList::new(&[
    "half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "hälfte", "drittel", "viertel",
]);

/// Words behind a share that name its whole.
static WHOLES: WordList = WordList::new(&[
    "of", "the", "a", "an", "all", "its", "his", "her", "their", "der", "des", "von", "aller", "dieser",
    "seiner", "ihrer",
]);

/// Whether the first words need the sentence before.
pub(super) fn points_back(copy: &Copy, span: &Range<usize>) -> bool {
    POINTS_BACK.holds(&copy.words[span.start].lower)
        || begins_with_share(copy, span)
        || begins_behind(copy, span)
}

/// "Two thirds came from …", "A third has gone": of what, a sentence before says.
fn begins_with_share(copy: &Copy, span: &Range<usize>) -> bool {
    let share = (span.start..span.end.min(span.start + 3)).find(|at| SHARES.holds(&copy.words[*at].lower));
    let Some(share) = share else { return false };
    let next = (share + 1 < span.end).then(|| copy.words[share + 1].lower.as_str());
    next.is_none_or(|next| !WHOLES.holds(next))
}

/// "Yes, up to two", "In response, …", "Fourteen belong to …".
fn begins_behind(copy: &Copy, span: &Range<usize>) -> bool {
    let lower = |at: usize| span.contains(&at).then(|| copy.words[at].lower.as_str());
    let answers = matches!(lower(span.start), Some("yes" | "no" | "ja" | "nein"))
        && span.contains(&(span.start + 1))
        && copy.between(span.start + 1).starts_with(',');
    let is_year = copy.words[span.start].digit && copy.words[span.start].lower.len() == 4;
    let counts = (is_count(copy, span.start) && !is_year)
        && lower(span.start + 1).is_some_and(|next| BEHIND_COUNT.holds(next));
    let phrased = FIRST_PHRASES.iter().any(|phrase| {
        phrase.iter().enumerate().all(|(n, part)| lower(span.start + n) == Some(*part))
            && lower(span.start + phrase.len()).is_none_or(|next| !matches!(next, "of" | "to" | "for" | "as"))
    });
    answers || counts || phrased
}

/// Whether the word at `at` is a number of one word.
pub(super) fn is_count(copy: &Copy, at: usize) -> bool {
    let found = copy.numbers.partition_point(|number| number.words.end <= at);
    copy.numbers.get(found).is_some_and(|number| number.words.contains(&at) && number.words.len() == 1)
}
