//! Words that a statement leaves out of a sentence and that decide what the rest says: a condition, a limit before a number, a part taken
//! for the whole, a plan told as done.

use std::ops::Range;

use super::Pair;

/// What was lost with a left-out word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    Condition,
    Limit,
    Part,
    Plan,
}

impl Loss {
    /// One plain sentence for the editor, about the left-out word as the text has it.
    pub fn message(self, word: &str) -> String {
        match self {
            Loss::Condition => format!("The text says this only under a condition (“{word} …”); say so."),
            Loss::Limit => format!("The text limits the number by “{word}”; say so."),
            Loss::Part => format!("The text says this of a part only (“{word} of …”); say so."),
            Loss::Plan => {
                format!("The text tells of what is to come (“{word} …”), the statement of what is done.")
            }
        }
    }
}

/// Words that put a condition.
const CONDITIONS: &[&str] = &["if", "unless", "provided", "wenn", "falls", "sofern"];

/// Words before a number that make it more or less than it says.
const BEFORE_NUMBERS: &[&str] = &[
    "nearly",
    "almost",
    "only",
    "least",
    "most",
    "than",
    "up",
    "under",
    "over",
    "below",
    "above",
    "barely",
    "hardly",
    "fast",
    "nur",
    "mindestens",
    "höchstens",
    "knapp",
    "beinahe",
    "kaum",
    "unter",
    "über",
    "bis",
];

/// Words that a part is counted out of: "two of them".
const WHOLES: &[&str] = &["them", "whom", "which", "these", "those", "ihnen", "denen"];

/// The same in one word: "zwei davon".
const OF_WHOLES: &[&str] = &["davon", "darunter"];

/// Counters of a part that are no figures.
const COUNTERS: &[&str] = &[
    "one", "some", "many", "most", "several", "few", "half", "none", "each", "eine", "einer", "eines",
    "einige", "viele", "mehrere",
];

/// Words before a verb that tell of what is to come.
const TO_COME: &[&str] = &["will", "would", "shall", "to"];

/// Words between such a word and its verb.
const AUXILIARIES: &[&str] = &["be", "have", "been", "not", "soon", "also", "then", "now"];

impl Pair<'_> {
    /// What was lost, with the place of the word that tells of it, in the words of the article. Only in sentences of which the statement
    /// has a word of content.
    ///
    /// Cannot: know conditions without one of the listed words ("should he win"), or plans told by a verb ("plans a bridge").
    pub(super) fn losses(&self) -> Vec<(Loss, usize)> {
        let kept = |b: usize| self.theirs_to[b].is_some() && !self.other(b).stop;
        let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
        let mut out = Vec::new();
        let mut start = 0;
        while start < self.theirs.len() {
            let end = (start..self.theirs.len())
                .find(|b| sentence(*b) != sentence(start))
                .unwrap_or(self.theirs.len());
            if (start..end).any(kept) {
                let found = (start..end)
                    .filter_map(|b| self.loss(b, &(start..end)).map(|loss| (loss, self.theirs.start + b)));
                out.extend(found);
            }
            start = end;
        }
        out
    }

    fn loss(&self, b: usize, sentence: &Range<usize>) -> Option<Loss> {
        if self.theirs_to[b].is_some() {
            return self.is_told_as_done(b, sentence).then_some(Loss::Plan);
        }
        let lower = self.other(b).lower.as_str();
        let before = b.checked_sub(1).map_or("", |b| self.other(b).lower.as_str());
        if CONDITIONS.contains(&lower) && !matches!(before, "even" | "as" | "auch") {
            return Some(Loss::Condition);
        }
        // "One of only five men" is one of five.
        if BEFORE_NUMBERS.contains(&lower) && before != "of" && self.limits_a_number(b, sentence) {
            return Some(Loss::Limit);
        }
        let counts = self.other(b).digit || self.is_number(b) || COUNTERS.contains(&lower);
        let at = |n: usize| (b + n < sentence.end).then(|| self.other(b + n).lower.as_str());
        let of_whole = matches!(at(1), Some("of" | "von"))
            && at(2).is_some_and(|word| WHOLES.contains(&word))
            || at(1).is_some_and(|word| OF_WHOLES.contains(&word));
        // What is said of the part goes to the next comma.
        let end = (b + 1..sentence.end).find(|b| self.opened(*b)).unwrap_or(sentence.end);
        let is_kept_behind = (b + 1..end).any(|b| self.theirs_to[b].is_some() && !self.other(b).stop);
        (counts && of_whole && is_kept_behind).then_some(Loss::Part)
    }

    /// The next word, or the one behind it, is a number that the statement has, without a like word before it.
    fn limits_a_number(&self, b: usize, sentence: &Range<usize>) -> bool {
        let number =
            (b + 1..sentence.end.min(b + 3)).find(|next| self.other(*next).digit || self.is_number(*next));
        let Some(number) = number.filter(|number| (b + 1..*number).all(|between| self.other(between).stop))
        else {
            return false;
        };
        let Some(ours) = self.theirs_to[number] else { return false };
        !(ours.saturating_sub(2)..ours).any(|a| BEFORE_NUMBERS.contains(&self.ours(a).lower.as_str()))
    }

    /// A kept verb that is to come in the article, and is past in the statement.
    fn is_told_as_done(&self, b: usize, sentence: &Range<usize>) -> bool {
        let Some(a) = self.theirs_to[b] else { return false };
        if self.other(b).stop || self.ours(a).capital || self.other(b).capital {
            return false;
        }
        let (ours, theirs) = (self.ours(a).lower.as_str(), self.other(b).lower.as_str());
        let mut passive = false;
        let marker = (sentence.start..b).rev().take(3).find(|at| {
            let lower = self.other(*at).lower.as_str();
            passive |= matches!(lower, "be" | "been");
            !AUXILIARIES.contains(&lower)
        });
        let Some(marker) = marker.filter(|at| TO_COME.contains(&self.other(*at).lower.as_str())) else {
            return false;
        };
        let is_changed = ours != theirs && !ours.ends_with('s') && !ours.ends_with("ing");
        let still_to_come = (a.saturating_sub(4)..a).any(|a| TO_COME.contains(&self.ours(a).lower.as_str()))
            || self.theirs_to[marker].is_some();
        (is_changed || passive && ours == theirs) && !still_to_come
    }

    fn is_number(&self, b: usize) -> bool {
        let at = self.theirs.start + b;
        let numbers = &self.article.copy.numbers;
        let from = numbers.partition_point(|number| number.words.end <= at);
        numbers.get(from).is_some_and(|number| number.words.contains(&at))
    }
}
