//! Who does it: the passive in the place of the active, nouns that change sides of a verb, another first name.

use std::ops::Range;

use text::{WordList, is_title};

use super::{Loss, Pair};
use crate::limits::LINKS;

static BE: WordList = WordList::new(&[
    "is", "are", "was", "were", "be", "been", "being", "wurde", "wurden", "wird", "werden", "worden",
]);

/// Pronouns that stand for somebody named before.
static ANTECEDENTS: WordList = WordList::new(&[
    "he", "she", "it", "him", "they", "his", "her", "its", "er", "sie", "ihn", "ihm", "ihr", "sein", "seine",
    "ihre",
]);

/// Verbs that say nothing alone.
static AUXILIARIES: WordList = WordList::new(&[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "hat", "haben", "hatte", "hatten", "ist",
    "sind", "war", "waren", "wurde", "wurden",
]);

/// Verbs of speech that may stand before their speaker.
static SAYING: WordList = WordList::new(&[
    "said",
    "says",
    "say",
    "told",
    "tells",
    "added",
    "adds",
    "wrote",
    "writes",
    "asked",
    "asks",
    "replied",
    "explained",
    "explains",
    "sagte",
    "sagt",
    "erklärte",
    "erklärt",
    "schrieb",
    "fragte",
    "antwortete",
    "betonte",
]);

/// Verbs that say little more than "is".
static COPULAR: WordList = WordList::new(&[
    "serve", "served", "serves", "become", "became", "becomes", "come", "comes", "came", "remain", "remains",
    "remained", "stand", "stands", "stood", "lie", "lies", "lay", "bring", "brings", "brought", "works",
    "worked", "acts", "acted", "gilt", "galt", "bleibt", "blieb",
]);

/// Pronouns that do or suffer something.
static PERSONS: WordList = WordList::new(&["he", "she", "it", "they", "him", "them", "er", "ihn", "ihm"]);

/// Words that begin an object.
static DETERMINERS: WordList = WordList::new(&[
    "the", "a", "an", "his", "her", "its", "their", "this", "that", "these", "those", "some", "all", "no",
    "more", "most",
]);

impl Pair<'_> {
    /// Verbs that one side has in the passive and the other, with the same word before them, in the active.
    pub(super) fn other_voices(&self) -> Vec<(Loss, Range<usize>)> {
        (1..self.theirs.len()).filter(|b| self.is_other_voice(*b)).map(|b| (Loss::Voice, b..b + 1)).collect()
    }

    fn is_other_voice(&self, b: usize) -> bool {
        let Some(a) = self.theirs_to[b] else { return false };
        let (ours, theirs) = (self.ours(a), self.other(b));
        if ours.stop || ours.capital || theirs.capital || ours.digit || a == 0 {
            return false;
        }
        // The words before the verb, back to the last one of content.
        let back = |at: usize, stop: &dyn Fn(usize) -> bool| (0..at).rev().take(5).find(|at| !stop(*at));
        let (one, other) = (back(a, &|a| self.ours(a).stop), back(b, &|b| self.other(b).stop));
        let (Some(one), Some(other)) = (one, other) else { return false };
        if self.theirs_to[other] != Some(one) {
            return false;
        }
        let is_passive = |mut words: std::ops::Range<usize>, at: &dyn Fn(usize) -> bool| words.any(at);
        let ours_passive = is_passive(one + 1..a, &|a| BE.holds(&self.ours(a).lower));
        let theirs_passive = is_passive(other + 1..b, &|b| BE.holds(&self.other(b).lower));
        let passive = if ours_passive { ours } else { theirs };
        let is_participle = ["ed", "en", "d", "t", "n", "ne"].iter().any(|end| passive.lower.ends_with(end));
        if ours_passive == theirs_passive || !is_participle {
            return false;
        }
        // What is active has an object behind: "a man arrested on Friday" is passive too.
        let object = |word: Option<&text::Word>| {
            word.is_some_and(|word| {
                DETERMINERS.holds(&word.lower) || word.digit || word.capital || !word.stop
            })
        };
        if ours_passive {
            object(self.article.copy.words.get(self.theirs.start + b + 1)) && b + 1 < self.theirs.len()
        } else {
            let has_agent = (b + 1..self.theirs.len().min(b + 4))
                .any(|b| matches!(self.other(b).lower.as_str(), "by" | "von"));
            has_agent || object(self.statement.words.get(self.found.span.start + a + 1))
        }
    }

    /// What lies between two kept words, on both sides.
    fn slots(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut out = Vec::new();
        let (mut a, mut b) = (0, 0);
        let n = self.found.span.len().min(self.ours_to.len());
        loop {
            let next = (b..self.theirs.len()).find_map(|at| self.theirs_to[at].map(|a| (a, at)));
            let (to_a, to_b) = next.unwrap_or((n, self.theirs.len()));
            out.push((a..to_a.max(a), b..to_b));
            let Some((at, bt)) = next else { return out };
            (a, b) = (at + 1, bt + 1);
        }
    }

    /// Words of content, or pronouns, that stand in each other's place around a kept one.
    pub(super) fn other_sides(&self) -> Vec<(Loss, Range<usize>)> {
        let slots: Vec<_> =
            self.slots().into_iter().filter(|slot| !slot.0.is_empty() && !slot.1.is_empty()).collect();
        let counts = |word: &text::Word| {
            !word.stop && !text::is_speech_verb(&word.lower) || PERSONS.holds(&word.lower)
        };
        let shared = |a: &Range<usize>, b: &Range<usize>| {
            b.clone().find(|b| {
                counts(self.other(*b))
                    && a.clone().any(|a| {
                        self.ours(a).key == self.other(*b).key && self.ours(a).stop == self.other(*b).stop
                    })
            })
        };
        let mut out = Vec::new();
        for (nth, one) in slots.iter().enumerate().take(20) {
            for other in slots.iter().skip(nth + 1).take(20) {
                let has_verb = (one.1.end..other.1.start)
                    .any(|b| self.theirs_to[b].is_some() && !self.other(b).stop && !self.other(b).capital);
                let has_between =
                    (one.1.end..other.1.start).any(|b| self.theirs_to[b].is_some() && !self.other(b).stop);
                let pair = (shared(&other.0, &one.1), shared(&one.0, &other.1));
                if let (Some(first), Some(second)) = pair
                    && (has_verb || has_between && self.is_past(first) && self.is_past(second))
                    && self.is_once(first)
                    && self.is_once(second)
                {
                    out.push((Loss::Sides, first..first + 1));
                }
            }
        }
        out
    }

    /// The statement has another before a verb than the text, who stands behind that verb in the text: "Weber blamed" for "Kern blamed
    /// Weber".
    pub(super) fn other_doers(&self) -> Vec<(Loss, Range<usize>)> {
        let mut out = Vec::new();
        let is_be = |word: &text::Word| BE.holds(&word.lower);
        for a in 1..self.found.span.len().min(self.ours_to.len()) {
            let verb = self.ours(a);
            if verb.stop
                || verb.capital
                || verb.digit
                || verb.lower.ends_with("ing")
                || SAYING.holds(&verb.lower)
            {
                continue;
            }
            let Some(doer) = (a.saturating_sub(4)..a).rev().find(|at| !self.ours(*at).stop) else { continue };
            let doer_word = self.ours(doer);
            // A noun has an article or a preposition before it.
            let before = &self.ours(a - 1).lower;
            if text::is_speech_verb(&doer_word.lower) || DETERMINERS.holds(before) || LINKS.holds(before) {
                continue;
            }
            let parted = (doer + 1..=a).any(|at| {
                self.statement
                    .between(self.found.span.start + at)
                    .contains([',', ';', ':', '(', ')', '–', '—', '-'])
            });
            let is_adjective = ["ing", "ly"].iter().any(|end| doer_word.lower.ends_with(end));
            if parted || is_adjective || doer_word.digit || (doer + 1..a).any(|at| is_be(self.ours(at))) {
                continue;
            }
            let mut verbs = (1..self.theirs.len()).filter(|b| self.other(*b).lower == verb.lower);
            let (Some(b), None) = (verbs.next(), verbs.next()) else { continue };
            let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
            let inside: Vec<usize> =
                (0..self.theirs.len()).filter(|at| sentence(*at) == sentence(b)).collect();
            let before = (b.saturating_sub(3)..b).any(|at| is_be(self.other(at)));
            let agent = (b + 1..self.theirs.len().min(b + 4))
                .any(|at| matches!(self.other(at).lower.as_str(), "by" | "von"));
            let is_doer = |at: &&usize| self.other(**at).key == doer_word.key && !self.other(**at).stop;
            let places: Vec<usize> = inside.iter().filter(is_doer).copied().collect();
            let behind = !places.is_empty() && places.iter().all(|at| *at > b && at - b <= 8);
            if behind && !before && !agent {
                out.push((Loss::Sides, places[0]..places[0] + 1));
            }
        }
        out
    }

    /// A name in the place of a pronoun that stands for another: "Aas promised" for "she promised".
    pub(super) fn other_antecedents(&self) -> Vec<(Loss, Range<usize>)> {
        let mut out = Vec::new();
        let named = |word: &text::Word| word.capital && !word.stop && !word.digit;
        let copy = &self.article.copy;
        for (ours, theirs) in self.slots() {
            let Some(pronoun) = theirs.clone().find(|b| ANTECEDENTS.holds(&self.other(*b).lower)) else {
                continue;
            };
            if theirs.clone().any(|b| !self.other(b).stop) || theirs.len() > 3 {
                continue;
            }
            let name: Vec<u64> =
                ours.clone().map(|a| self.ours(a)).filter(|word| named(word)).map(|word| word.key).collect();
            if name.is_empty() || ours.len() > 6 {
                continue;
            }
            let at = self.theirs.start + pronoun;
            let sentence = copy.sentence_of[at];
            let keys = |range: Range<usize>| -> Vec<u64> {
                copy.words[range].iter().filter(|word| named(word)).map(|word| word.key).collect()
            };
            let own = keys(copy.words_of(sentence).start..at);
            let near = if own.is_empty() {
                let from = sentence.saturating_sub(2);
                keys(copy.words_of(from).start..copy.words_of(sentence).start)
            } else {
                own
            };
            if !near.is_empty() && !name.iter().any(|key| near.contains(key)) {
                out.push((Loss::Name, pronoun..pronoun + 1));
            }
        }
        out
    }

    /// A verb of its own in the text, where the statement has an auxiliary alone: "is flying" for "stopped flying"; somebody of
    /// the named one's in the place of her: "the minister's brother".
    pub(super) fn bare_auxiliaries(&self) -> Vec<(Loss, Range<usize>)> {
        let genitive =
            |text: &str, end: usize| text[end..].starts_with("'s") || text[end..].starts_with("’s");
        let mut out: Vec<(Loss, Range<usize>)> = self
            .slots()
            .into_iter()
            .filter(|(ours, theirs)| {
                let is_auxiliary = |a: usize| AUXILIARIES.holds(&self.ours(a).lower);
                let verbs: Vec<usize> = theirs.clone().filter(|b| !self.other(*b).stop).collect();
                let plain = |b: &usize| {
                    !COPULAR.holds(&self.other(*b).lower)
                        && !self.other(*b).capital
                        && !self.other(*b).digit
                        && !self.opened(*b)
                };
                !ours.is_empty()
                    && ours.clone().all(is_auxiliary)
                    && ours.start > 0
                    && verbs.len() == 1
                    && theirs.len() <= 2
                    && verbs.iter().all(plain)
                    && !self.opened(theirs.end.min(self.theirs.len() - 1))
            })
            .map(|(_, theirs)| (Loss::Word, theirs))
            .collect();
        out.extend((0..self.theirs.len()).filter_map(|b| {
            let a = self.theirs_to[b].filter(|_| !self.other(b).stop)?;
            let next = (a + 1 < self.found.span.len()).then_some(a + 1)?;
            let owns = genitive(&self.statement.text, self.ours(a).range.end)
                && !genitive(&self.article.copy.text, self.other(b).range.end)
                && self.ours_to.get(next).is_some_and(Option::is_none)
                && !self.ours(next).stop
                && !(0..self.theirs.len()).any(|at| self.other(at).key == self.ours(next).key);
            owns.then_some((Loss::Word, b..b + 1))
        }));
        out
    }

    /// The word ends as verbs of the past do.
    fn is_past(&self, b: usize) -> bool {
        let word = self.other(b);
        !word.capital && ["ed", "te", "ten"].iter().any(|end| word.lower.ends_with(end))
    }

    /// The sentence has the word once.
    fn is_once(&self, b: usize) -> bool {
        let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
        let is_same = |at: &usize| sentence(*at) == sentence(b) && self.other(*at).key == self.other(b).key;
        (0..self.theirs.len()).filter(is_same).take(2).count() == 1
    }

    /// A word of content alone in the place of one other, which does not mean the same.
    pub(super) fn other_words(&self) -> Vec<(Loss, Range<usize>)> {
        let german = self.article.copy.language == text::Language::German;
        let content = |word: &text::Word| !word.stop && (german || !word.capital) && !word.digit;
        self.slots()
            .into_iter()
            .filter(|(ours, theirs)| ours.len() == 1 && theirs.len() == 1 && theirs.start > 0)
            .filter(|(ours, theirs)| {
                let (one, other) = (self.ours(ours.start), self.other(theirs.start));
                let kin = || text::related(one.key).any(|(key, _)| key == other.key as u32);
                content(one) && content(other) && one.key != other.key && !kin()
            })
            .map(|(_, theirs)| (Loss::Word, theirs))
            .collect()
    }

    /// Another first name before a family name that both have: "Rui Teles" for "Paulo Teles".
    pub(super) fn other_first_names(&self) -> Vec<(Loss, Range<usize>)> {
        let is_name = |word: &text::Word| word.capital && !word.stop && !word.digit && !is_title(&word.lower);
        (1..self.theirs.len())
            .filter(|b| {
                let Some(a) = self.theirs_to[*b].filter(|a| *a > 0) else { return false };
                let (ours, theirs) = (self.ours(a - 1), self.other(b - 1));
                is_name(self.ours(a))
                    && is_name(self.other(*b))
                    && is_name(ours)
                    && is_name(theirs)
                    && ours.key != theirs.key
                    && self.theirs_to[b - 1].is_none()
                    && self.ours_to[a - 1].is_none()
                    && !self.opened(*b)
                    && self.article.has_run(&[ours.key, self.ours(a).key])
                    && !ours.lower.starts_with(&theirs.lower)
                    && !theirs.lower.starts_with(&ours.lower)
            })
            .map(|b| (Loss::Name, b - 1..b + 1))
            .collect()
    }
}
