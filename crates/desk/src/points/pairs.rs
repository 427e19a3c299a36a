//! "Both", "the two", "the other" and "the third" of which the sentence does not name the rest.

use std::ops::Range;

use text::{Copy, Language, WordList};

use super::begins::is_count;
use super::{Lean, Told};

static ORDER: WordList = WordList::new(&[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "other",
]);

/// Surely for "both" and "the two" alone, likely for "the two surgeries".
///
/// Cannot: see that two are named without an "and" ("Brandt, Ruiz: both …").
pub(super) fn misses_its_two(copy: &Copy, sentence: usize, told: &Told) -> Lean {
    let span = copy.words_of(sentence);
    if span.clone().any(|at| is_bare(copy, at, &span)) {
        return Lean::Surely;
    }
    span.map(|at| leans(copy, sentence, at, told)).max().unwrap_or(Lean::No)
}

/// Numbers in order, and "other", without the noun that they belong to: "in the 18th Carrow's goalkeeper", "while the other is away".
fn is_bare(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    let word = copy.words[at].lower.as_str();
    let is_order = ORDER.holds(word)
        || copy.words[at].digit && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
    if !is_order || at == span.start || copy.words[at - 1].lower != "the" || copy.quoted[at].is_some() {
        return false;
    }
    // "The first to come", "the third of five", "the first and the second goal".
    let goes_on = span.contains(&(at + 1)) && copy.between(at + 1).chars().all(|c| c == ' ' || c == '-') && {
        let next = &copy.words[at + 1];
        !next.capital && !next.stop
            || matches!(
                next.lower.as_str(),
                "to" | "of" | "that" | "who" | "and" | "or" | "in" | "such" | "ever" | "for" | "on"
            )
    };
    let is_date = copy.dates.iter().any(|date| date.words.contains(&at));
    let counted_before = (span.start..at - 1).any(|before| {
        let other = copy.words[before].lower.as_str();
        ORDER.holds(other) || matches!(other, "one" | "each" | "either" | "both") || is_count(copy, before)
    });
    !goes_on && !is_date && !counted_before
}

fn leans(copy: &Copy, sentence: usize, at: usize, told: &Told) -> Lean {
    let span = copy.words_of(sentence);
    let lower = |at: usize| if span.contains(&at) { copy.words[at].lower.as_str() } else { "" };
    let is_both = matches!(lower(at), "both" | "beide" | "beiden" | "beider" | "beides");
    let is_two = matches!(lower(at), "two" | "pair" | "duo") && at > span.start && lower(at - 1) == "the";
    if !is_both && !is_two {
        return Lean::No;
    }
    let before = span.start..at.max(span.start + 1) - 1;
    let named_before = before.into_iter().any(|at| matches!(lower(at), "and" | "und" | "two" | "zwei"));
    // "Both X and Y": up to the end of the clause.
    let named_behind = is_both
        && (at + 1..span.end.min(at + 10))
            .take_while(|place| !copy.between(*place).contains([',', ';', ':', '.']))
            .any(|place| matches!(lower(place), "and" | "und"));
    // "The two men who voted against": the words behind say which.
    let says_which =
        is_two && (at + 1..at + 4).any(|place| matches!(lower(place), "of" | "who" | "whose" | "which"));
    let has_noun = span.contains(&(at + 1)) && copy.between(at + 1) == " " && !copy.words[at + 1].stop;
    let in_told =
        told.names_two || told.knows(&copy.words[at]) || has_noun && told.knows(&copy.words[at + 1]);
    if named_before || named_behind || says_which || in_told {
        Lean::No
    } else if has_noun {
        Lean::Likely
    } else {
        Lean::Surely
    }
}

/// Groups that a "they" may stand for.
static GROUPS: WordList = WordList::new(&[
    "team",
    "council",
    "company",
    "club",
    "police",
    "government",
    "firm",
    "group",
    "committee",
    "union",
    "party",
    "band",
    "couple",
    "family",
    "staff",
    "crew",
    "board",
    "authority",
    "office",
    "people",
    "men",
    "women",
    "children",
    "public",
    "somebody",
    "nobody",
    "everybody",
    "anybody",
    "someone",
    "anyone",
    "everyone",
    "who",
    "whoever",
    "and",
    "each",
    "person",
]);

/// Whether an English sentence speaks of "they" and has nothing before it of which there are several.
///
/// Cannot: see that a name is one person's.
pub(super) fn misses_its_many(copy: &Copy, sentence: usize) -> bool {
    let span = copy.words_of(sentence);
    let may_be_many = |at: usize| {
        let word = &copy.words[at];
        let ends_in_s = word.lower.len() > 3 && word.lower.ends_with('s') && !word.lower.ends_with("ss");
        GROUPS.holds(&word.lower)
            || !word.stop
                && !text::is_speech_verb(&word.lower)
                && (ends_in_s || word.capital && at > span.start)
            || is_count(copy, at)
    };
    let first = span.clone().find(|at| matches!(copy.words[*at].lower.as_str(), "they" | "them" | "their"));
    copy.language == Language::English
        && first.is_some_and(|at| copy.quoted[at].is_none() && !(span.start..at).any(may_be_many))
}
