//! Small words that turn what is said about, and that a statement leaves out or exchanges: "few", "all but", "stopped", "less"; "to"
//! for "from", "more" for "less".

use std::ops::Range;

use super::turn_words::{
    ASPECTS, BEHIND, COMPARATIVES, DEGREES, ENDED, EXCEPTIONS, FEW, LESS, LIGHT, NOT_QUITE, NOT_RANKS,
    OPPOSED, OPPOSED_AT_NUMBERS, OTHER_OFFICE, PENDING, PREFIXES, QUANTIFIERS, SCOPES, SETTLED, SUPERLATIVES,
    WHOLE,
};
use super::{Loss, Pair};
use crate::limits::alike;

fn opposed(pairs: &[(&str, &str)], one: &str, other: &str) -> bool {
    pairs.iter().any(|pair| *pair == (one, other) || *pair == (other, one))
}

/// "First", "third", "largest", "meisten".
fn is_rank(lower: &str) -> bool {
    matches!(
        lower,
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "only"
            | "most"
            | "least"
            | "best"
            | "worst"
            | "erste"
            | "ersten"
            | "erster"
            | "zweite"
            | "zweiten"
            | "dritte"
            | "dritten"
            | "einzige"
            | "einzigen"
            | "einziger"
            | "meisten"
            | "beste"
            | "besten"
    ) || SUPERLATIVES.iter().any(|end| lower.len() > 6 && lower.ends_with(end)) && !NOT_RANKS.holds(lower)
}

/// "More", "fewer", "larger".
fn is_comparative(lower: &str) -> bool {
    COMPARATIVES.holds(lower)
}

impl Pair<'_> {
    /// What the word at `b`, which the statement leaves out, says against the rest, with all words of its phrase.
    pub(super) fn turned(&self, b: usize, sentence: &Range<usize>) -> Option<(Loss, Range<usize>)> {
        let lower = |at: usize| (at < sentence.end).then(|| self.other(at).lower.as_str());
        let word = lower(b)?;
        let before = b.checked_sub(1).filter(|at| sentence.contains(at)).and_then(lower);
        let next_word = (b + 1).min(self.theirs.len() - 1);
        let before_is_kept = || {
            let near = b.saturating_sub(4).max(sentence.start)..b;
            near.rev().any(|at| !self.other(at).stop && self.theirs_to[at].is_some())
        };
        // The statement has the next word of content.
        let keeps_next = |from: usize| {
            let near = from..sentence.end.min(from + 3);
            near.clone().find(|at| !self.other(*at).stop).is_some_and(|at| self.theirs_to[at].is_some())
        };
        let phrase = NOT_QUITE
            .iter()
            .find(|phrase| phrase.iter().enumerate().all(|(n, word)| lower(b + n) == Some(*word)));
        if let Some(phrase) = phrase.filter(|phrase| keeps_next(b + phrase.len())) {
            return Some((Loss::NotQuite, b..b + phrase.len()));
        }
        if word == "but" && before.is_some_and(|before| WHOLE.holds(before)) && keeps_next(b + 1) {
            return Some((Loss::NotQuite, b - 1..b + 1));
        }
        if QUANTIFIERS.holds(word) && before != Some("the") && keeps_next(b + 1) && !self.is_number(b) {
            return Some((Loss::Part, b..b + 1));
        }
        if EXCEPTIONS.holds(word) && before_is_kept() {
            return Some((Loss::NotQuite, b..b + 1));
        }
        if self.denies_within(b, sentence) {
            return Some((Loss::Scope, b..(b + 2).min(sentence.end)));
        }
        if matches!(word, "too" | "enough") && keeps_next(b + 1) && !self.opened(next_word) {
            return Some((Loss::NotQuite, b..b + 1));
        }
        if word == "sich"
            && (sentence.start..b)
                .rev()
                .take(4)
                .any(|at| !self.other(at).stop && self.theirs_to[at].is_some())
        {
            return Some((Loss::Word, b..b + 1));
        }
        if ASPECTS.holds(word) && keeps_next(b + 1) {
            return Some((Loss::NotQuite, b..b + 1));
        }
        if FEW.holds(word) && !matches!(before, Some("a" | "the" | "no" | "ein")) && keeps_next(b + 1) {
            let counts = lower(b + 1) != Some("than") && lower(b + 1) != Some("als");
            return counts.then_some((Loss::Few, b..b + 1));
        }
        if OTHER_OFFICE.holds(word) && keeps_next(b + 1) {
            return Some((Loss::NotQuite, b..b + 1));
        }
        if let Some(words) = self.limited_behind(b, sentence) {
            return Some((Loss::Limit, words));
        }
        if let Some(words) = self.scope(b, sentence) {
            return Some((Loss::Scope, words));
        }
        if self.ends_german_verb(b, sentence) {
            return Some((Loss::Ended, b..b + 1));
        }
        // "16 percent less": the number says by how much.
        let measures = (b.saturating_sub(2).max(sentence.start)..b)
            .any(|at| self.theirs_to[at].is_some() && (self.other(at).digit || self.is_number(at)));
        if measures && is_comparative(word) && self.theirs_to[b - 1].is_some() {
            return Some((Loss::Limit, b..b + 1));
        }
        let next = b + 1;
        let next_is_kept = next < sentence.end && !self.other(next).stop && self.theirs_to[next].is_some();
        if LESS.holds(word) && before != Some("at") && next_is_kept {
            return Some((Loss::Few, b..b + 1));
        }
        let act = next + usize::from(lower(next) == Some("from"));
        let is_ended = ENDED.holds(word)
            && lower(act).is_some_and(|act| act.ends_with("ing"))
            && self.theirs_to[act].is_some();
        is_ended.then_some((Loss::Ended, b..act))
    }

    /// "By 2030 at the earliest": the words at `b` limit what is kept right before them.
    fn limited_behind(&self, b: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let is_kept = b > sentence.start && self.theirs_to[b - 1].is_some() && !self.other(b - 1).stop;
        let fits = |phrase: &&&[&str]| {
            let mut words = phrase.iter().enumerate();
            words.all(|(n, word)| b + n < sentence.end && self.other(b + n).lower == *word)
        };
        let phrase = BEHIND.iter().find(fits).filter(|_| is_kept)?;
        Some(b..b + phrase.len())
    }

    /// "The third time in two years": the words at `b` say within what the kept word before them is the third, or the greatest.
    fn scope(&self, b: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let opener = self.other(b).lower.as_str();
        let compares = matches!(opener, "than" | "als");
        if !(compares || SCOPES.holds(opener)) || self.opened(b) || b == sentence.start {
            return None;
        }
        let before = (b.saturating_sub(4).max(sentence.start)..b).rev();
        let kept = before.take_while(|at| self.theirs_to[*at].is_some());
        for at in kept {
            let word = self.other(at);
            let is_found = if compares { is_comparative(&word.lower) } else { is_rank(&word.lower) };
            if is_found {
                return Some(at..b + 1);
            }
            if !compares && (at + 3 == b || word.stop)
                || word.capital && self.article.copy.language != text::Language::German
            {
                return None;
            }
        }
        None
    }

    /// "Would not cut jobs this year": a denial that holds within the words at `b`, which end the sentence and are left out.
    fn denies_within(&self, b: usize, sentence: &Range<usize>) -> bool {
        let begins =
            b > sentence.start && self.theirs_to[b - 1].is_some() && self.other(b).stop && !self.opened(b);
        let ends = || (b..sentence.end).all(|at| self.theirs_to[at].is_none() && !self.opened(at));
        let is_content = || (b..sentence.end).any(|at| !self.other(at).stop);
        let denied = || {
            let clause = (sentence.start..b).rev().take(9).take_while(|at| !self.opened(*at + 1));
            clause
                .filter(|at| self.theirs_to[*at].is_some())
                .any(|at| text::is_negation(&self.other(at).lower))
        };
        begins && ends() && is_content() && denied()
    }

    /// "Rät davon ab": the part of a German verb that stands at the end of its clause, whose verb is kept.
    fn ends_german_verb(&self, b: usize, sentence: &Range<usize>) -> bool {
        self.article.copy.language == text::Language::German
            && PREFIXES.holds(&self.other(b).lower)
            && (b + 1 >= sentence.end
                || self.opened(b + 1)
                || matches!(self.other(b + 1).lower.as_str(), "und" | "oder"))
            && b > sentence.start
            && (sentence.start..b).rev().take_while(|at| !self.opened(at + 1)).any(|at| {
                let word = self.other(at);
                self.theirs_to[at].is_some() && !word.stop && !word.capital
            })
    }

    /// A word that the statement has in the place of the one at `b`, and that says the opposite, or what is not settled yet.
    pub(super) fn opposed_here(&self, b: usize, sentence: &Range<usize>) -> Option<(Loss, Range<usize>)> {
        let from = (sentence.start..b).rev().find_map(|at| self.theirs_to[at]).map_or(0, |a| a + 1);
        let upto = (b + 1..sentence.end).find_map(|at| self.theirs_to[at]).unwrap_or(self.found.span.len());
        let theirs = self.other(b).lower.as_str();
        let ours = |a: usize| (self.ours_to[a].is_none()).then(|| self.ours(a).lower.as_str());
        if upto < from || upto - from > 4 {
            return None;
        }
        if (from..upto)
            .filter_map(ours)
            .any(|ours| opposed(DEGREES, ours, theirs) || opposed(OPPOSED, ours, theirs))
        {
            return Some((Loss::Opposite, b..b + 1));
        }
        let is_german = self.article.copy.language == text::Language::German;
        let settles = || (0..self.found.span.len()).filter_map(ours).any(|ours| SETTLED.holds(ours));
        let is_pending = || (0..self.found.span.len()).any(|a| PENDING.holds(&self.ours(a).lower));
        let is_settled = is_german && PENDING.holds(theirs) && settles() && !is_pending();
        is_settled.then_some((Loss::Plan, b..b + 1))
    }

    /// The word before the one at `b`, which the statement has too, where the statement has one that says the opposite: a preposition, a
    /// degree.
    pub(super) fn opposed_before(&self, b: usize, sentence: &Range<usize>) -> Option<(Loss, Range<usize>)> {
        let a = self.theirs_to[b]?;
        if self.other(b).stop || b <= sentence.start || a == 0 {
            return None;
        }
        let counted = |word: &str| matches!(word, "few" | "little" | "wenig");
        let article =
            |word: Option<&text::Word>| word.is_some_and(|word| matches!(word.lower.as_str(), "a" | "ein"));
        let near = (b.saturating_sub(2).max(sentence.start)..b).find(|at| counted(&self.other(*at).lower));
        if let Some(few) = near
            && let Some(ours) = (a.saturating_sub(2)..a).find(|at| counted(&self.ours(*at).lower))
        {
            let theirs_has = article(few.checked_sub(1).map(|at| self.other(at)));
            let ours_has = article(ours.checked_sub(1).map(|at| self.ours(at)));
            if theirs_has != ours_has {
                return Some((Loss::Few, few..few + 1));
            }
        }
        // Over an article or the like.
        let heart = |start: usize, at: usize, word: &dyn Fn(usize) -> String| -> Option<(usize, String)> {
            (start..at).rev().take(2).map(|at| (at, word(at))).find(|(_, word)| !LIGHT.holds(word))
        };
        let theirs = heart(sentence.start, b, &|at| self.other(at).lower.clone())?;
        let ours = heart(0, a, &|at| self.ours(at).lower.clone())?;
        let (one, other) = (ours.1.as_str(), theirs.1.as_str());
        if one == other || alike(one, other) {
            return None;
        }
        let at_number = self.other(b).digit || self.is_number(b);
        let is_opposed = opposed(OPPOSED, one, other)
            || opposed(DEGREES, one, other)
            || at_number && opposed(OPPOSED_AT_NUMBERS, one, other);
        is_opposed.then_some((if at_number { Loss::Figure } else { Loss::Opposite }, theirs.0..b + 1))
    }
}
