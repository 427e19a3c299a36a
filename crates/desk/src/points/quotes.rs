//! Whether the quotations of a sentence can stand alone with it.

use std::ops::Range;

use text::{Copy, WordList, is_speech_verb, is_title};

use super::alone::LAST;

/// Words that lean on what was said before, at the beginning of a quotation.
static OPENERS: WordList = WordList::new(&[
    "it", "that", "this", "these", "those", "they", "he", "she", "it's", "that's", "they're", "he's",
    "she's", "es", "das", "dies", "sie", "er", "and", "but", "so", "or", "then", "there", "yes", "no", "und",
    "aber", "dann", "also", "ja", "nein", "da",
]);

/// Verbs behind which "that" begins a clause.
static JOINED_BY_THAT: WordList = WordList::new(&[
    "think",
    "know",
    "believe",
    "hope",
    "fear",
    "mean",
    "ensure",
    "hear",
    "see",
    "feel",
    "find",
    "found",
    "show",
    "shows",
    "shown",
    "thought",
    "knew",
    "believed",
    "hoped",
    "meant",
    "felt",
    "saw",
    "heard",
    "so",
    "now",
    "sure",
    "clear",
    "given",
    "provided",
    "except",
    "such",
    "understand",
    "understood",
    "agree",
    "agreed",
    "is",
    "was",
    "decided",
    "learned",
    "learnt",
    "realised",
    "realized",
    "convinced",
    "confident",
    "happy",
    "sorry",
    "glad",
    "noticed",
    "worried",
    "surprised",
    "pleased",
    "concerned",
    "relieved",
    "delighted",
    "disappointed",
    "hoping",
    "wish",
    "guess",
    "suppose",
    "expect",
    "expected",
]);

/// Words behind a "that" which is no clause's beginning: "cover that for a month".
static BEHIND_OBJECT: WordList = WordList::new(&[
    "for", "with", "at", "by", "and", "or", "but", "to", "because", "when", "if", "again", "before",
]);

/// Words behind "this" that every listener knows: "this country".
static HERE: WordList = WordList::new(&[
    "year",
    "country",
    "city",
    "town",
    "village",
    "county",
    "world",
    "nation",
    "state",
    "planet",
    "government",
    "community",
    "continent",
    "region",
    "week",
    "month",
    "who",
    "whom",
    "of",
    "which",
    "that",
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
            if opens && OPENERS.holds(lower) || points_outside(copy, at, &span) {
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

/// Whether a quoted word stands for something that its quotation does not name: "cover that for a month", "at this corner", "all of them".
///
/// Cannot: see what an "it" in a quotation stands for.
fn points_outside(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    let word = copy.words[at].lower.as_str();
    let next = span.contains(&(at + 1)).then(|| &copy.words[at + 1]);
    let named = |key: u64| copy.words[span.start..at].iter().any(|other| other.key == key);
    let ends_clause = || {
        next.is_none()
            || copy.between(at + 1).contains([',', '.', ';', ':', '"', '”', '!', '?', '–', '—'])
            || copy.between(at + 1) == " - "
    };
    match word {
        "that" => {
            let before = if at > span.start { copy.words[at - 1].lower.as_str() } else { "" };
            let joins = JOINED_BY_THAT.holds(before) || is_speech_verb(before);
            // "Walked that road".
            let is_object = next.is_some_and(|next| BEHIND_OBJECT.holds(&next.lower))
                || before.ends_with("ed")
                    && next.is_some_and(|next| !next.stop && !next.capital && !named(next.key));
            ends_clause() || !joins && is_object
        }
        "this" | "these" | "those" | "dieser" | "diese" | "dieses" | "diesen" | "diesem" => {
            ends_clause() || next.is_some_and(|next| !HERE.holds(&next.lower) && !named(next.key))
        }
        // Somebody, or several of something, must be named first.
        "them" | "they" | "him" | "her" | "sie" | "ihn" | "ihm" | "ihnen" if !copy.words[at].capital => {
            !(span.start..at).any(|place| {
                let other = &copy.words[place];
                let lower = other.lower.as_str();
                let is_many = lower.len() > 3 && lower.ends_with('s') && !lower.ends_with("ss");
                let is_people = matches!(lower, "people" | "men" | "women" | "children" | "police" | "and");
                is_people || !other.stop && (is_many || other.capital && place > span.start)
            })
        }
        _ => LAST.holds(word) && at > span.start && ends_clause(),
    }
}
