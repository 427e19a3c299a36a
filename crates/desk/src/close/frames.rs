//! Clauses whose governing word is left out or exchanged: "doubted that …", "retracted a report that …", "there was no proof that …".

use std::ops::Range;

use text::{Language, WordList, is_speech_verb};

use super::{Loss, Pair};
use crate::reported::REPORTING;

/// Words that open a clause which another word governs.
static OPENERS: WordList = WordList::new(&["that", "whether", "dass", "daß", "ob"]);

/// Words that say that what they govern is so.
static FACTIVE: WordList = WordList::new(&[
    "found",
    "finds",
    "find",
    "finding",
    "showed",
    "shows",
    "show",
    "shown",
    "confirmed",
    "confirms",
    "confirm",
    "discovered",
    "learned",
    "learnt",
    "knew",
    "knows",
    "know",
    "known",
    "realised",
    "realized",
    "proved",
    "proven",
    "noticed",
    "saw",
    "revealed",
    "reveals",
    "fact",
    "remembered",
    "recalled",
    "regretted",
    "regrets",
    "sorry",
    "glad",
    "pleased",
    "proud",
    "surprised",
    "true",
    "clear",
    "stellte",
    "fest",
    "zeigte",
    "zeigt",
    "bestätigte",
    "bestätigt",
    "weiß",
    "wusste",
    "tatsache",
    "bewies",
    "bedauerte",
    "so",
    "such",
    "evident",
    "obvious",
    "means",
    "meant",
    "ensure",
    "ensured",
    "heißt",
    "year",
    "day",
    "time",
    "moment",
    "first",
    "way",
    "jahr",
    "tag",
    "mal",
]);

/// Words of speech that are nouns before "that": what stands before them decides ("refuted reports that …").
static NOUNS: WordList =
    WordList::new(&["reports", "report", "claims", "claim", "statement", "rumours", "comments", "notes"]);

impl Pair<'_> {
    /// The word that governs a clause of which the statement has the words, and which it leaves out.
    pub(super) fn lost_frames(&self) -> Vec<(Loss, Range<usize>)> {
        let mut out = Vec::new();
        for b in 0..self.theirs.len() {
            let lower = self.other(b).lower.as_str();
            if OPENERS.holds(lower) && self.is_governed(b) {
                out.push((Loss::Frame, self.governing(b).unwrap_or(b)..b + 1));
            }
            if self.settles_infinitive(b) {
                out.push((Loss::Frame, b..b + 2));
            }
            if self.article.copy.language == Language::German
                && REPORTING.holds(lower)
                && self.tells_as_fact(b)
            {
                out.push((Loss::Frame, b..b + 1));
            }
        }
        out
    }

    /// The last word of content before the word at `b`, near it and in its sentence.
    fn governing(&self, b: usize) -> Option<usize> {
        let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
        (b.saturating_sub(5)..b)
            .rev()
            .take_while(|at| sentence(*at) == sentence(b))
            .find(|at| !self.other(*at).stop)
    }

    /// "Hat die Unwahrheit gesagt" for "… vor, die Unwahrheit gesagt zu haben".
    fn settles_infinitive(&self, b: usize) -> bool {
        let next = |at: usize| (at < self.theirs.len()).then(|| self.other(at).lower.as_str());
        let is_infinitive = next(b) == Some("zu")
            && matches!(next(b + 1), Some("haben" | "sein" | "werden"))
            && self.theirs_to[b].is_none();
        let settled = || {
            let mut words = (0..self.found.span.len()).map(|a| self.ours(a).lower.as_str());
            words.any(|word| matches!(word, "hat" | "haben" | "ist" | "sind" | "hatte" | "war" | "wurde"))
        };
        is_infinitive && settled()
    }

    fn is_governed(&self, b: usize) -> bool {
        let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
        let behind = (b + 1..self.theirs.len().min(b + 9)).take_while(|at| sentence(*at) == sentence(b));
        let mut content = behind.filter(|at| !self.other(*at).stop);
        let keeps_clause = content.by_ref().take(2).any(|at| self.theirs_to[at].is_some());
        let Some(governing) = self.governing(b) else { return false };
        let word = self.other(governing);
        // "Said" is near "reports", and is no noun.
        let fits = |a: usize| self.ours(a).key == word.key || !NOUNS.holds(&word.lower);
        let is_kept = self.theirs_to[governing].is_some_and(fits) || self.attached_at(governing);
        keeps_clause
            && !is_kept
            && !FACTIVE.holds(&word.lower)
            && (!is_speech_verb(&word.lower) || NOUNS.holds(&word.lower))
            && !word.capital
    }

    /// A clause of reported speech, of which the statement makes a fact: it has no speaker, and no such verb itself.
    fn tells_as_fact(&self, b: usize) -> bool {
        let span = &self.found.span;
        let speaks = self.statement.attributions.iter().any(|speech| span.contains(&speech.verb));
        let reports = self.statement.words[span.clone()].iter().any(|word| REPORTING.holds(&word.lower));
        let joined = |at: usize| (at.min(b) + 1..=at.max(b)).all(|at| !self.opened(at));
        let near = b.saturating_sub(7)..self.theirs.len().min(b + 7);
        let n_kept =
            near.filter(|at| joined(*at) && !self.other(*at).stop && self.theirs_to[*at].is_some()).count();
        !speaks && !reports && n_kept > 0
    }

    /// The statement has the word at another place.
    fn attached_at(&self, b: usize) -> bool {
        (0..self.found.span.len()).any(|a| self.ours_to[a].is_none() && self.ours(a).key == self.other(b).key)
    }
}
