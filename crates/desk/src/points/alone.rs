//! Whether a sentence can stand alone: no word of it needs a sentence before.

use std::ops::Range;

use text::{Copy, Language, WordList, is_pronoun, is_title};

use super::begins::{is_count, points_back};

/// Prepositions before "that" as a thing that was said before: "in that way".
static BEFORE_THAT: WordList = WordList::new(&[
    "in", "on", "at", "of", "for", "from", "by", "to", "with", "about", "before", "after", "during", "until",
    "since", "under", "over", "like", "behind",
]);

/// Words behind a "that" which points: "that night".
static BEHIND_THAT: WordList = WordList::new(&[
    "day",
    "night",
    "morning",
    "evening",
    "afternoon",
    "week",
    "month",
    "year",
    "summer",
    "winter",
    "way",
    "kind",
    "point",
    "moment",
    "decision",
    "meeting",
    "vote",
    "election",
    "period",
]);

/// Words of those who speak; outside quotations nobody does.
static SPEAKERS: WordList = WordList::new(&[
    "i", "we", "you", "my", "our", "your", "us", "me", "i'm", "we're", "it's", "he's", "she's", "they're",
    "wir", "ich", "uns", "unser", "unsere",
]);

static DAYS: WordList =
    WordList::new(&["yesterday", "tomorrow", "today", "tonight", "gestern", "heute", "morgen"]);

static PERSONS: WordList = WordList::new(&["he", "she", "him", "her", "his", "hers", "er", "ihn", "ihm"]);

static POINTING: WordList =
    WordList::new(&["this", "these", "those", "dieser", "diese", "dieses", "diesen", "diesem"]);

/// Pronouns that are objects, or may be.
static OBJECTS: WordList = WordList::new(&["it", "him", "them", "ihn", "ihm", "ihnen"]);

/// Words that stand for something said before, wherever they stand.
static ELSEWHERE: WordList = WordList::new(&[
    "thereafter",
    "thereby",
    "therein",
    "thereof",
    "dort",
    "dorthin",
    "daraus",
    "davon",
    "darin",
    "darunter",
    "daneben",
    "danach",
    "seitdem",
    "seither",
]);

/// The same unless a clause follows that says what they stand for ("dafür, dass …").
static BEFORE_CLAUSES: WordList =
    WordList::new(&["dazu", "dafür", "dagegen", "damit", "daran", "darauf", "darüber", "dabei", "dadurch"]);

/// Phrases of that kind.
const PHRASES: &[&[&str]] = &[
    &["since", "then"],
    &["from", "then"],
    &["by", "then"],
    &["until", "then"],
    &["before", "then"],
    &["after", "that"],
    &["before", "that"],
    &["at", "the", "time"],
    &["the", "others"],
    &["the", "latter"],
    &["the", "other", "two"],
    &["die", "anderen"],
    &["die", "übrigen"],
    &["seit", "damals"],
    &["bis", "dahin"],
];

/// Verbs with which "there" says that something is, and stands for no place.
static WITH_THERE: WordList = WordList::new(&[
    "is", "are", "was", "were", "will", "would", "has", "have", "had", "can", "could", "may", "might",
    "must", "should", "isn't", "aren't", "wasn't", "weren't", "seems", "seemed", "remains", "remained", "be",
    "being",
]);

/// Words that stand for something said before, or leave it out, when they close a clause: "he had eaten his", "who swam the last leg
/// then", "61 of them still are".
pub(super) static LAST: WordList = WordList::new(&[
    "his", "hers", "theirs", "then", "ours", "ones", "one", "seine", "ihre", "seinen", "ihren", "letzten",
    "letzte", "are", "were",
]);

/// No word of the sentence needs the one before it.
///
/// Definite names are looked at in `definite.rs`.
pub(super) fn stands_alone(copy: &Copy, sentence: usize) -> bool {
    let span = copy.words_of(sentence);
    let first = &copy.words[span.start];
    let second = copy.words.get(span.start + 1);
    if points_back(copy, &span) {
        return false;
    }
    let mut named = 0;
    let mut n_content = 0;
    for at in span.clone() {
        let word = &copy.words[at];
        if copy.quoted[at].is_some() {
            continue;
        }
        if SPEAKERS.holds(&word.lower) || leans(copy, at, &span) {
            return false;
        }
        if DAYS.holds(&word.lower) && !copy.dates.iter().any(|date| date.words.contains(&at)) {
            return false;
        }
        if is_pronoun(&word.lower) {
            let person = PERSONS.holds(&word.lower);
            // "This year" points at the day of publication.
            let pointing = POINTING.holds(&word.lower) && text::calendar(&copy.words, at).is_none();
            // "Divers found it …": nothing before it in its own clause that it could stand for.
            let is_object =
                OBJECTS.holds(&word.lower) && at > span.start && !is_behind_border(copy, span.start, at);
            if is_object {
                return false;
            }
            let joins = word.lower == "that" && n_content > 0;
            if !joins && (pointing || (person && named == 0) || n_content < 2) {
                return false;
            }
        }
        named += usize::from(
            word.capital && !word.stop && !is_title(&word.lower) && at > span.start
                || at == span.start
                    && word.capital
                    && !word.stop
                    && !is_count(copy, at)
                    && copy.language != Language::German,
        );
        n_content += usize::from(!word.stop);
    }
    // "The company said …" without a name soon after leans on a sentence before.
    let definite = matches!(first.lower.as_str(), "the" | "its" | "their" | "der" | "die" | "das");
    let soon = copy
        .names
        .iter()
        .any(|name| name.words.start >= span.start && name.words.start < (span.start + 7).min(span.end));
    second.is_some() && (sentence == 0 || soon || !definite)
}

/// Whether the word at `at` stands for something that was said before.
fn leans(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    let lower = |at: usize| span.contains(&at).then(|| copy.words[at].lower.as_str());
    let Some(word) = lower(at) else { return false };
    let is_place = word == "there" && lower(at + 1).is_none_or(|next| !WITH_THERE.holds(next));
    let names_clause = || {
        copy.words[at..span.end]
            .iter()
            .any(|word| matches!(word.lower.as_str(), "dass" | "daß" | "zu" | "ob" | "wie"))
    };
    let closes = || at + 1 == span.end || copy.between(at + 1).contains([',', ';', ':', '–', '—']);
    let is_nobody = word == "none" && lower(at + 1).is_none_or(|next| next != "of");
    let before = |n: usize| at.checked_sub(n).and_then(lower).unwrap_or("");
    // "Before the closure it was 33": how many of what, it does not say.
    let counts = word == "it"
        && matches!(lower(at + 1), Some("was" | "is" | "were"))
        && (at + 2..span.end).next().is_some_and(|value| copy.words[value].digit || is_count(copy, value))
        && (at + 3 == span.end || copy.between(at + 3).contains([',', ';', ':']));
    let seen = |key: u64| copy.words[span.start..at].iter().any(|other| other.key == key);
    let points = word == "that"
        && lower(at + 1).is_some_and(|next| {
            next != "of"
                && (BEFORE_THAT.holds(before(1)) || BEHIND_THAT.holds(next))
                && !seen(copy.words[at + 1].key)
                && !copy.dates.iter().any(|date| span.contains(&date.words.start) && date.words.start < at)
        });
    ELSEWHERE.holds(word)
        || is_place
        || counts
        || points
        || is_nobody
        || LAST.holds(word) && at > span.start && closes()
        || BEFORE_CLAUSES.holds(word) && !names_clause()
        || PHRASES.iter().any(|phrase| {
            phrase.iter().enumerate().all(|(n, part)| lower(at + n) == Some(*part))
                // "At the time of the vote" says which.
                && lower(at + phrase.len()).is_none_or(|next| !matches!(next, "of" | "when" | "that"))
        })
}

/// Whether a clause begins between `start` and the word before `at`, so that a pronoun at `at` can stand for a noun of the
/// clause before.
fn is_behind_border(copy: &Copy, start: usize, at: usize) -> bool {
    const BORDERS: &[&str] = &[
        "that", "who", "which", "because", "when", "after", "before", "while", "if", "as", "although", "but",
        "since", "until", "where", "dass", "weil", "wenn", "als", "nachdem", "bevor", "während", "obwohl",
        "aber", "bis", "wo",
    ];
    let before = at.saturating_sub(1);
    (start + 1..at).any(|place| {
        let word = copy.words[place].lower.as_str();
        // In "the women who set it" the women are who sets; "it" needs another noun.
        if matches!(word, "who" | "which") && at - place <= 3 {
            let nouns = (start..place).filter(|at| !copy.words[*at].stop && !copy.words[*at].digit);
            let counted = |at: &usize| !copy.numbers.iter().any(|number| number.words.contains(at));
            return nouns.filter(counted).count() >= 2;
        }
        BORDERS.contains(&word)
            || (place < before || copy.words[at].lower == "it") && text::is_speech_verb(word)
            || copy.between(place).contains([';', ':', '–', '—'])
    })
}
