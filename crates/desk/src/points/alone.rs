//! Whether a sentence can stand alone: no word of it needs a sentence before.

use std::ops::Range;

use text::{Copy, Language, WordList, is_pronoun, is_title};

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

/// Parts of a whole that is named behind "of".
static SHARES: WordList = WordList::new(&[
    "half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "hälfte", "drittel", "viertel",
]);

/// Words that stand for something said before when they close a clause: "he had eaten his", "who swam the last leg then".
static LAST: WordList = WordList::new(&[
    "his", "hers", "theirs", "then", "ours", "ones", "one", "seine", "ihre", "seinen", "ihren",
]);

/// Words behind a share that name its whole.
static WHOLES: WordList = WordList::new(&[
    "of", "the", "a", "an", "all", "its", "his", "her", "their", "der", "des", "von", "aller", "dieser",
    "seiner", "ihrer",
]);

/// No word of the sentence needs the one before it.
///
/// Cannot: see that a definite name in the middle ("… because of the vote") leans on a sentence before.
pub(super) fn stands_alone(copy: &Copy, sentence: usize) -> bool {
    let span = copy.words_of(sentence);
    let first = &copy.words[span.start];
    let second = copy.words.get(span.start + 1);
    if POINTS_BACK.holds(&first.lower) || begins_with_share(copy, &span) {
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
                || at == span.start && word.capital && !word.stop && copy.language != Language::German,
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

/// "Two thirds came from …", "A third has gone": of what, a sentence before says.
fn begins_with_share(copy: &Copy, span: &Range<usize>) -> bool {
    let share = (span.start..span.end.min(span.start + 3)).find(|at| SHARES.holds(&copy.words[*at].lower));
    let Some(share) = share else { return false };
    let next = (share + 1 < span.end).then(|| copy.words[share + 1].lower.as_str());
    next.is_none_or(|next| !WHOLES.holds(next))
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
    ELSEWHERE.holds(word)
        || is_place
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

/// Words that lean on what was said before, at the beginning of a quotation.
static OPENERS: WordList = WordList::new(&[
    "it", "that", "this", "these", "those", "they", "he", "she", "it's", "that's", "they're", "he's",
    "she's", "es", "das", "dies", "sie", "er",
]);

/// Quotations of the sentence begin and end in it, do not begin with a word for something said before or end a clause with one, and
/// someone is named who speaks them.
pub(super) fn quotes_whole(copy: &Copy, sentence: usize) -> bool {
    let span = copy.words_of(sentence);
    let range = &copy.sentences[sentence];
    let mut quoted = 0;
    for at in span.clone() {
        if let Some(number) = copy.quoted[at] {
            let lower = copy.words[at].lower.as_str();
            let opens = at == span.start || copy.quoted[at - 1] != Some(number);
            let ends_clause =
                || at + 1 >= span.end || copy.between(at + 1).contains([',', '.', ';', '"', '”']);
            if opens && OPENERS.holds(lower) || matches!(lower, "that" | "this" | "those") && ends_clause() {
                return false;
            }
            quoted += 1;
            let quote = &copy.quotations[number];
            if quote.inner.start < range.start || quote.inner.end > range.end || !quote.closed {
                return false;
            }
        }
    }
    let marks = copy.sentence(sentence).chars().filter(|c| *c == '"').count();
    if marks % 2 == 1 {
        return false;
    }
    let speaks =
        |at: usize| copy.words[at].capital && !copy.words[at].stop && !is_title(&copy.words[at].lower);
    quoted < 4 || copy.attributions.iter().any(|a| a.sentence == sentence && a.speaker.clone().any(speaks))
}
