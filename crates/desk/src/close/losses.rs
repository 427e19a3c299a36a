//! Words that a statement leaves out of a sentence and that decide what the rest says: a condition, a limit before a number, a part taken
//! for the whole, a plan told as done.

use std::ops::Range;

use text::WordList;

use super::Pair;
use crate::reasons::Code;

/// What was lost with a left-out word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    Condition,
    Limit,
    Part,
    Plan,
    /// "Few", "less".
    Few,
    /// "All but", "far from".
    NotQuite,
    /// "The first since 1998".
    Scope,
    /// "Stopped flying".
    Ended,
    /// Another small word of the same kind.
    Exchanged,
    /// A small word that says more, where the text has none.
    Added(&'static str),
    /// The word that governs a clause.
    Frame,
    /// The passive for the active, or the other way.
    Voice,
    /// Words that stand in each other's place.
    Sides,
    /// A word in the place of another, which says nothing of the kind.
    Word,
    /// Another first name.
    Name,
    /// A preposition that says the opposite, before a number.
    Figure,
    /// The same before another word; a degree.
    Opposite,
}

impl Loss {
    /// The code that the editor reads.
    pub fn code(self) -> Code {
        match self {
            Loss::Condition | Loss::Limit | Loss::Part | Loss::Plan | Loss::NotQuite | Loss::Scope => {
                Code::StatedAsCertain
            }
            Loss::Few | Loss::Ended | Loss::Opposite => Code::NegationFlipped,
            Loss::Frame | Loss::Added(_) => Code::StatedAsCertain,
            Loss::Exchanged | Loss::Word => Code::NotInText,
            Loss::Voice | Loss::Sides => Code::RolesExchanged,
            Loss::Name => Code::OtherName,
            Loss::Figure => Code::NumberDiffers,
        }
    }

    /// One plain sentence for the editor, about the left-out words as the text has them.
    pub fn message(self, words: &str) -> String {
        match self {
            Loss::Condition => format!("The text says this only under a condition (“{words} …”); say so."),
            Loss::Limit => format!("The text limits the number by “{words}”; say so."),
            Loss::Part => format!("The text says this of a part only (“{words}”); say so."),
            Loss::Plan => {
                format!("The text tells of what is to come (“{words} …”), the statement of what is done.")
            }
            Loss::Few | Loss::NotQuite => {
                format!("The text takes something back by “{words}”, which the statement leaves out.")
            }
            Loss::Scope => format!("The text says within what this holds (“{words} …”); say so."),
            Loss::Ended => {
                format!("The text says “{words} …”: what the statement tells of is not done.")
            }
            Loss::Exchanged => {
                format!("The text has “{words}” where the statement has another word of that kind.")
            }
            Loss::Added(word) => format!("The statement has “{word}” before “{words}”, the text has not."),
            Loss::Frame => {
                format!("The text says this only as what “{words} …” governs; say so.")
            }
            Loss::Voice => format!("In the text it is the other side that does it (“{words}”)."),
            Loss::Sides => format!("“{words}” stands on another side in the text."),
            Loss::Word | Loss::Name => format!("The text has “{words}” at this place."),
            Loss::Figure | Loss::Opposite => {
                format!(
                    "The text has “{words}”; the statement has another word there, which says the opposite."
                )
            }
        }
    }
}

/// Words that put a condition.
const CONDITIONS: &[&[&str]] = &[
    &["if"],
    &["unless"],
    &["provided"],
    &["assuming"],
    &["as", "long", "as"],
    &["so", "long", "as"],
    &["in", "case"],
    &["on", "condition", "that"],
    &["on", "the", "condition", "that"],
    &["in", "the", "event"],
    &["subject", "to"],
    &["depending", "on"],
    &["wenn"],
    &["falls"],
    &["sofern"],
    &["solange"],
    &["so", "lange"],
    &["vorausgesetzt"],
    &["im", "falle"],
    &["im", "fall"],
    &["unter", "der", "bedingung"],
    &["unter", "der", "voraussetzung"],
    &["vorbehaltlich"],
    &["je", "nachdem"],
];

/// Verbs that put a condition when they open a sentence that asks nothing: "Should he win, …".
static INVERTED: WordList =
    WordList::new(&["should", "were", "had", "sollte", "sollten", "wäre", "wären", "hätte", "hätten"]);

/// Words that put a condition where something would be: "Without help the school would have closed".
static WITHOUT: WordList = WordList::new(&["without", "barring", "ohne"]);

/// Verbs of what would be.
static WOULD: WordList = WordList::new(&[
    "would", "could", "might", "hätte", "hätten", "wäre", "wären", "würde", "würden", "könnte", "könnten",
]);

/// Pronouns that such a verb has behind it.
static PERSONS: WordList =
    WordList::new(&["he", "she", "it", "they", "we", "you", "i", "er", "sie", "es", "wir", "man"]);

/// Words before its noun, where it has one.
static ARTICLES: WordList = WordList::new(&[
    "the", "a", "an", "its", "his", "her", "their", "this", "der", "die", "das", "ein", "eine",
]);

/// Words before a number that make it more or less than it says.
static BEFORE_NUMBERS: WordList = WordList::new(&[
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
    "als",
]);

/// Words right before a number that make it a rough one.
static ROUGHLY: WordList = WordList::new(&[
    "about",
    "around",
    "roughly",
    "approximately",
    "some",
    "circa",
    "etwa",
    "rund",
    "ungefähr",
    "ca",
    "gut",
    "schätzungsweise",
]);

/// Words that belong to a limit and stand before it ("at least") or behind it ("up to").
const WITH_LIMITS: &[(&[&str], &str, &[&str])] = &[
    (&["at"], "least", &[]),
    (&["at"], "most", &[]),
    (&["more", "less", "fewer", "better", "longer", "older", "later", "earlier"], "than", &[]),
    (&["mehr", "weniger", "länger", "älter", "später", "früher"], "als", &[]),
    (&[], "up", &["to"]),
    (&[], "bis", &["zu"]),
];

/// Words that a part is counted out of: "two of them".
static WHOLES: WordList = WordList::new(&["them", "whom", "which", "these", "those", "ihnen", "denen"]);

/// The same in one word: "zwei davon".
static OF_WHOLES: WordList = WordList::new(&["davon", "darunter"]);

/// Counters of a part that are no figures.
static COUNTERS: WordList = WordList::new(&[
    "one", "some", "many", "most", "several", "few", "half", "none", "each", "eine", "einer", "eines",
    "einige", "viele", "mehrere",
]);

/// Words before a verb that tell of what is to come.
static TO_COME: WordList = WordList::new(&["will", "would", "shall", "to"]);

/// Words between such a word and its verb.
static AUXILIARIES: WordList = WordList::new(&["be", "have", "been", "not", "soon", "also", "then", "now"]);

impl Pair<'_> {
    /// What was lost, with the words of the article that tell of it. Only in sentences of which the statement
    /// has a word of content.
    ///
    /// Cannot: know conditions without one of the listed words ("the pool closes, had the vote failed"), or plans told by a verb ("plans a bridge").
    pub(super) fn losses(&self) -> Vec<(Loss, Range<usize>)> {
        let kept = |b: usize| self.theirs_to[b].is_some() && !self.other(b).stop;
        let sentence = |b: usize| self.article.copy.sentence_of[self.theirs.start + b];
        let mut out = Vec::new();
        let mut start = 0;
        while start < self.theirs.len() {
            let end = (start..self.theirs.len())
                .find(|b| sentence(*b) != sentence(start))
                .unwrap_or(self.theirs.len());
            if (start..end).any(kept) {
                out.extend((start..end).filter_map(|b| self.loss(b, &(start..end))).map(|(loss, words)| {
                    (loss, self.theirs.start + words.start..self.theirs.start + words.end)
                }));
            }
            start = end;
        }
        out
    }

    /// What was lost with the word at `b`, with all words of the phrase.
    fn loss(&self, b: usize, sentence: &Range<usize>) -> Option<(Loss, Range<usize>)> {
        if self.theirs_to[b].is_some() {
            if self.is_told_as_done(b, sentence) {
                return Some((Loss::Plan, b..b + 1));
            }
            return self.part(b, sentence).or_else(|| self.opposed_before(b, sentence));
        }
        if let Some(words) = self.condition(b, sentence) {
            return Some((Loss::Condition, words));
        }
        if let Some(words) = self.limit(b, sentence) {
            return Some((Loss::Limit, words));
        }
        self.part(b, sentence).or_else(|| self.turned(b, sentence)).or_else(|| self.opposed_here(b, sentence))
    }

    /// The words that say of which whole the number or the like at `b` is a part, when the statement has not all of them.
    fn part(&self, b: usize, sentence: &Range<usize>) -> Option<(Loss, Range<usize>)> {
        let lower = self.other(b).lower.as_str();
        let counts = self.other(b).digit || self.is_number(b) || COUNTERS.holds(lower);
        let at = |n: usize| (b + n < sentence.end).then(|| self.other(b + n).lower.as_str());
        let whole = if matches!(at(1), Some("of" | "von")) && at(2).is_some_and(|word| WHOLES.holds(word)) {
            b + 3
        } else if at(1).is_some_and(|word| OF_WHOLES.holds(word)) {
            b + 2
        } else {
            return None;
        };
        // What is said of the part goes to the next comma.
        let end = (b + 1..sentence.end).find(|b| self.opened(*b)).unwrap_or(sentence.end);
        let is_kept_behind = (b + 1..end).any(|b| self.theirs_to[b].is_some() && !self.other(b).stop);
        let is_lost = (b..whole).any(|b| self.theirs_to[b].is_none());
        (counts && is_lost && is_kept_behind).then_some((Loss::Part, b..whole))
    }

    /// The words of a condition that begins at `b`.
    fn condition(&self, b: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let lower = |at: usize| (at < sentence.end).then(|| self.other(at).lower.as_str());
        let before = b.checked_sub(1).and_then(lower);
        if matches!(before, Some("even" | "as" | "auch")) {
            return None;
        }
        let is_person = || lower(b + 1).is_some_and(|word| PERSONS.holds(word));
        let is_behind = || {
            let verb = self.other(b).lower.as_str();
            let is_thing = lower(b + 1).is_some_and(|word| ARTICLES.holds(word));
            // ", had the keys" has another subject; ", were the repairs to fail" has not.
            let is_to_come = || (b + 2..b + 7).any(|at| lower(at) == Some("to"));
            let is_so = self.opened(b) || (sentence.start..b).any(|at| WOULD.holds(&self.other(at).lower));
            is_so
                && (is_person()
                    || is_thing
                        && (verb.starts_with('s') || verb == "had" && !self.opened(b) || is_to_come()))
        };
        let opens = INVERTED.holds(&self.other(b).lower) && (b == sentence.start || is_behind());
        let number = self.article.copy.sentence_of[self.theirs.start + b];
        let is_inverted = opens && !self.article.copy.sentence(number).trim_end().ends_with('?');
        if is_inverted {
            return Some(b..b + 1);
        }
        let would = || sentence.clone().any(|b| WOULD.holds(&self.other(b).lower));
        if WITHOUT.holds(&self.other(b).lower) && would() {
            return Some(b..b + 1);
        }
        let phrase = CONDITIONS
            .iter()
            .find(|phrase| phrase.iter().enumerate().all(|(n, word)| lower(b + n) == Some(*word)))?;
        let end = b + phrase.len();
        // "As long as six weeks", "in case 14".
        let counts = end < sentence.end && (self.other(end).digit || self.is_number(end));
        (phrase.len() == 1 || !counts).then_some(b..end)
    }

    /// The words of a limit on a number of which the word at `b` is the heart.
    fn limit(&self, b: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let lower = |at: usize| (at < sentence.end).then(|| self.other(at).lower.as_str());
        let (word, before) = (lower(b)?, b.checked_sub(1).and_then(lower));
        // "As much as 6 percent".
        let is_much = matches!(word, "much" | "many" | "little" | "few")
            && before == Some("as")
            && lower(b + 1) == Some("as");
        if is_much
            && (b + 2..sentence.end.min(b + 4))
                .any(|at| self.theirs_to[at].is_some() && (self.other(at).digit || self.is_number(at)))
        {
            return Some(b - 1..b + 2);
        }
        // "One of only five men" is one of five.
        let counted =
            || b.checked_sub(2).is_some_and(|at| self.is_number(at) || COUNTERS.holds(&self.other(at).lower));
        if before == Some("of") && counted() {
            return None;
        }
        let is_rough =
            ROUGHLY.holds(word) && b + 1 < sentence.end && (self.other(b + 1).digit || self.is_number(b + 1));
        if !(is_rough || BEFORE_NUMBERS.holds(word)) || !self.limits_a_number(b, sentence) {
            return None;
        }
        let with = WITH_LIMITS.iter().find(|(_, heart, _)| *heart == word);
        let is_led = with.is_some_and(|(leads, ..)| before.is_some_and(|before| leads.contains(&before)));
        let is_followed =
            with.is_some_and(|(.., follow)| lower(b + 1).is_some_and(|next| follow.contains(&next)));
        // "Rather as mayor": the German word compares behind a comparative only.
        (word != "als" || is_led).then_some(b - usize::from(is_led)..b + 1 + usize::from(is_followed))
    }

    /// The next word, or the one behind it, is a number that the statement has, without a like word before it.
    fn limits_a_number(&self, b: usize, sentence: &Range<usize>) -> bool {
        let number =
            (b + 1..sentence.end.min(b + 3)).find(|next| self.other(*next).digit || self.is_number(*next));
        // "To" and "zu" of "up to", whatever the language of the whole is taken for.
        let is_small =
            |at: usize| self.other(at).stop || matches!(self.other(at).lower.as_str(), "to" | "zu");
        let Some(number) = number.filter(|number| (b + 1..*number).all(is_small)) else {
            return false;
        };
        let Some(ours) = self.theirs_to[number] else { return false };
        !(ours.saturating_sub(2)..ours).any(|a| {
            let lower = self.ours(a).lower.as_str();
            BEFORE_NUMBERS.holds(lower) || ROUGHLY.holds(lower)
        })
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
            !AUXILIARIES.holds(lower)
        });
        let Some(marker) = marker.filter(|at| TO_COME.holds(&self.other(*at).lower)) else {
            return false;
        };
        let is_changed = ours != theirs && !ours.ends_with('s') && !ours.ends_with("ing");
        let still_to_come = (a.saturating_sub(4)..a).any(|a| TO_COME.holds(&self.ours(a).lower))
            || self.theirs_to[marker].is_some();
        (is_changed || passive && ours == theirs) && !still_to_come
    }

    pub(super) fn is_number(&self, b: usize) -> bool {
        let at = self.theirs.start + b;
        let numbers = &self.article.copy.numbers;
        let from = numbers.partition_point(|number| number.words.end <= at);
        numbers.get(from).is_some_and(|number| number.words.contains(&at))
    }
}
