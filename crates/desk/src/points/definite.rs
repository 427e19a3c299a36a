//! Definite names that lean on a sentence before: "the plan" where the article told first of "a plan".

mod words;

use std::ops::Range;

use text::{Copy, Language};

use self::words::{ALONE, DEFINITE, INDEFINITE, KNOWN, NEW, OWNED, SAYS_WHICH, SUMMING};
use super::{Lean, Told};
use crate::Article;

/// Words of a phrase behind its article that are looked at.
const LONGEST: usize = 3;

/// Whether a definite name of the sentence is told of in a sentence before it, and neither here nor in the headline and the teaser:
/// likely where the article made it known there, perhaps where it only has the word.
///
/// Cannot: see that two names are of one thing ("the vessel"), or that what stands behind a name does not say which it is ("closed
/// the wall in 2019").
pub(super) fn leans_on_names(article: &Article, sentence: usize, told: &Told) -> Lean {
    let copy = &article.copy;
    let span = copy.words_of(sentence);
    span.clone()
        .filter(|at| DEFINITE.holds(&copy.words[*at].lower))
        .map(|at| leans(article, sentence, at, &span, told))
        .max()
        .unwrap_or(Lean::No)
}

fn leans(article: &Article, sentence: usize, at: usize, span: &Range<usize>, told: &Told) -> Lean {
    let copy = &article.copy;
    let nouns = phrase(copy, at, span);
    // "Solberg, the medical director": of somebody who is named.
    if at > span.start && copy.words[at - 1].capital && copy.between(at) == ", " {
        return Lean::No;
    }
    let is_superlative = |word: &str| word.len() > 4 && word.ends_with("est") || ALONE.holds(word);
    if copy.words.get(at + 1).is_some_and(|next| is_superlative(&next.lower)) {
        return Lean::No;
    }
    // "The three men": the number is not the thing.
    let begin = nouns.start + usize::from(nouns.len() > 1 && is_count(copy, nouns.start));
    let lean = |noun: usize| {
        let word = &copy.words[noun];
        let next = (noun + 1 < span.end).then(|| &copy.words[noun + 1]);
        let says_which = next.is_some_and(|next| match copy.between(noun + 1) {
            " " => {
                SAYS_WHICH.holds(&next.lower)
                    || next.digit
                    || next.capital && copy.language == Language::English
            }
            // "The mayor, Grace Linfield".
            ", " => next.capital && !next.stop,
            _ => false,
        });
        // "The new rules" are news only where they are told of first.
        let is_new =
            at + 1 < noun && NEW.holds(&copy.words[at + 1].lower) && noun + 1 == nouns.end && sentence > 0;
        let is_before = copy.words[span.start..at].iter().any(|other| other.key == word.key);
        let is_known = told.knows(word) || !is_new && KNOWN.holds(&word.lower);
        if says_which || is_before || is_known || word.digit {
            return Lean::No;
        }
        let sums_up = SUMMING.holds(&word.lower) && sentence > 0;
        let is_again = noun == begin && is_told_before(article, noun, sentence);
        let is_introduced = || is_introduced(article, noun, sentence, noun + 1 == nouns.end);
        if sums_up || is_new || is_again && at == span.start || is_introduced() {
            Lean::Likely
        } else if is_again {
            Lean::Perhaps
        } else {
            Lean::No
        }
    };
    nouns.clone().map(lean).max().unwrap_or(Lean::No)
}

/// Words behind the article at `at` of which one is the noun; none when the phrase is a name.
fn phrase(copy: &Copy, at: usize, span: &Range<usize>) -> Range<usize> {
    let is_german = copy.language == Language::German;
    let joined =
        |place: usize| span.contains(&place) && copy.between(place) == " " && !copy.words[place].stop;
    let mut end = at + 1;
    while end <= at + LONGEST && joined(end) {
        if copy.words[end].capital {
            let found = copy.names.partition_point(|name| name.words.end <= end);
            let name = copy.names.get(found).filter(|name| name.words.contains(&end));
            let is_name = || name.is_some_and(|name| name.words.len() > 1);
            // A German noun has a capital and ends its phrase; an English phrase ends before a name.
            return if is_german { end..end + usize::from(!is_name()) } else { at + 1..end };
        }
        end += 1;
    }
    if is_german { end..end } else { at + 1..end }
}

/// Whether a sentence before has the word.
fn is_told_before(article: &Article, noun: usize, sentence: usize) -> bool {
    let key = article.copy.words[noun].key;
    article.places(key as u32).first().is_some_and(|first| article.sentence_of(*first) < sentence)
}

/// Whether the article tells of the thing for the first time in a sentence before this one, as of something new.
fn is_introduced(article: &Article, noun: usize, sentence: usize, is_last: bool) -> bool {
    let copy = &article.copy;
    let word = &copy.words[noun];
    let Some(first) = article.places(word.key as u32).first().map(|first| *first as usize) else {
        return false;
    };
    let begin = copy.words_of(copy.sentence_of[first]).start;
    if copy.sentence_of[first] >= sentence || copy.words[first].key != word.key {
        return false;
    }
    let other = &copy.words[first];
    let is_english = copy.language == Language::English;
    if is_english && other.capital && first > begin {
        return false;
    }
    // "Voted": the vote.
    let is_verb = |word: &str| word.ends_with("ed") || word.ends_with("ing");
    if is_english && is_verb(&other.lower) && !is_verb(&word.lower) {
        return true;
    }
    // In "a new line" and "the new rules" the same word stands before two things.
    let goes_on = copy
        .words
        .get(first + 1)
        .is_some_and(|next| copy.between(first + 1) == " " && !next.stop && !next.digit);
    if is_english && goes_on && !is_last {
        return false;
    }
    let mut at = first;
    while at > begin && first - at < LONGEST && matches!(copy.between(at), " " | "-") {
        let before = &copy.words[at - 1];
        if INDEFINITE.holds(&before.lower) || is_count(copy, at - 1) {
            return true;
        }
        if DEFINITE.holds(&before.lower) || OWNED.holds(&before.lower) {
            return false;
        }
        // An owner: "Carrow's".
        if before.stop || copy.text[before.range.end..].starts_with(['\'', '’']) {
            break;
        }
        at -= 1;
    }
    let owned = at > begin && copy.between(at).starts_with(['\'', '’']);
    is_english && !owned && other.lower == word.lower && is_plural(&word.lower)
}

fn is_count(copy: &Copy, at: usize) -> bool {
    let found = copy.numbers.partition_point(|number| number.words.end <= at);
    copy.numbers.get(found).is_some_and(|number| number.words.contains(&at) && number.value >= 2.0)
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}
