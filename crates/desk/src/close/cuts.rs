//! Whether what a statement leaves out of a sentence changes what the rest says: a verb taken from its subject, a name from its
//! preposition, an intention from its act ("The wife of Brandt was arrested", "refused to sell").

use std::ops::Range;

use super::Pair;
use crate::limits::LINKS;

impl Pair<'_> {
    /// Whether leaving out these words of the article, which end before a kept word or at the end of the span, changes what the rest
    /// says.
    ///
    /// Cannot: tell a verb from a noun, so it goes by small words, commas and sentence borders.
    pub(super) fn is_unsafe_cut(&self, gap: &Range<usize>) -> bool {
        if self.loses_its_noun(gap) {
            return true;
        }
        gap.end < self.theirs.len()
            && (self.crosses(gap) || self.loses_its_preposition(gap) || self.loses_intention(gap))
    }

    /// What is kept behind the gap is of another clause than what is kept before: "The minister met the king and the bishop attacked …".
    fn crosses(&self, gap: &Range<usize>) -> bool {
        let small = |b: usize| self.other(b).stop;
        let next = self.other(gap.end).lower.as_str();
        let closed = self.opened(gap.end) || matches!(next, "and" | "but" | "or");
        if closed || gap.clone().all(small) {
            return false;
        }
        // "Moss, grass and straw to line the nest": the rest of a list, with a preposition behind it.
        if gap.start > 0 && self.opened(gap.start) && LINKS.holds(next) {
            return false;
        }
        let border =
            |b: &usize| CLAUSES.contains(&self.other(*b).lower.as_str()) || *b > gap.start && self.opened(*b);
        // A joining word right before the kept word begins the kept clause. At the sentence's beginning only the last one counts,
        // since nothing before it is kept.
        let mut borders = gap.clone().filter(border);
        let first = if gap.start == 0 { borders.next_back() } else { borders.next() };
        first.is_some_and(|b| (b..gap.end).any(|behind| !small(behind)))
    }

    /// "Weber's brother won" without the brother: a kept word in the genitive whose noun is left out.
    fn loses_its_noun(&self, gap: &Range<usize>) -> bool {
        let Some(a) = gap.start.checked_sub(1).and_then(|b| self.theirs_to[b]) else { return false };
        let genitive =
            |text: &str, end: usize| text[end..].starts_with("'s") || text[end..].starts_with("’s");
        let noun = gap.clone().any(|b| !self.other(b).stop);
        noun && genitive(&self.article.copy.text, self.other(gap.start - 1).range.end)
            && !genitive(&self.statement.text, self.ours(a).range.end)
    }

    /// "The wife of Brandt" without the wife: the sentence begins with what hung on a preposition.
    fn loses_its_preposition(&self, gap: &Range<usize>) -> bool {
        let begins = gap.start == 0 || self.begins_sentence(gap.start);
        let content = gap.clone().any(|b| !self.other(b).stop);
        let before = gap.clone().rev().map(|b| self.other(b).lower.as_str());
        let hangs = before
            .take_while(|lower| ARTICLES.contains(lower) || PREPOSITIONS.contains(lower))
            .any(|lower| PREPOSITIONS.contains(&lower));
        let kept = self.theirs_to[gap.end].is_some_and(|a| {
            (0..a).rev().take(2).any(|a| PREPOSITIONS.contains(&self.ours(a).lower.as_str()))
        });
        begins && content && hangs && !kept
    }

    /// "Refused to sell", "voted against the plan to build": what turned the act into none, or into something only wished for.
    fn loses_intention(&self, gap: &Range<usize>) -> bool {
        let next_to = self.other(gap.end).lower == "to";
        let last = self.other(gap.end - 1);
        let joined = !self.opened(gap.end) && gap.clone().skip(1).all(|b| !self.opened(b));
        let verb = if next_to {
            Some(gap.end - 1)
        } else {
            (last.lower == "to" && gap.len() >= 2).then(|| gap.end - 2)
        };
        let wished = verb.is_some_and(|b| {
            self.other(b).lower.ends_with("ed") || INTENTIONS.contains(&self.other(b).lower.as_str())
        });
        let turned =
            gap.clone().any(|b| matches!(self.other(b).lower.as_str(), "against" | "without" | "instead"));
        joined && (wished || turned)
    }

    fn begins_sentence(&self, b: usize) -> bool {
        let at = self.theirs.start + b;
        self.article.copy.sentence_of.get(at) != self.article.copy.sentence_of.get(at.wrapping_sub(1))
    }
}

/// Words that begin another clause, or another member of the same.
const CLAUSES: &[&str] = &[
    "who", "which", "that", "where", "when", "while", "because", "and", "or", "but", "after", "before", "if",
    "as", "whose", "although", "though", "since", "until", "unless",
];

/// Prepositions that hang a name on a noun.
const PREPOSITIONS: &[&str] =
    &["of", "for", "to", "by", "from", "with", "against", "about", "without", "like", "than"];

const ARTICLES: &[&str] = &["the", "a", "an", "his", "her", "their", "its", "this", "that"];

/// Verbs, as they stand before "to", that do not end in "-ed".
const INTENTIONS: &[&str] = &[
    "refuse",
    "refuses",
    "refusing",
    "fail",
    "fails",
    "failing",
    "try",
    "tries",
    "trying",
    "plan",
    "plans",
    "planning",
    "hope",
    "hopes",
    "hoping",
    "want",
    "wants",
    "wanting",
    "threatens",
    "threatening",
    "offers",
    "offering",
    "declines",
    "bid",
    "attempt",
    "seek",
    "seeks",
    "seeking",
    "sought",
    "unable",
    "expects",
    "intends",
    "aims",
    "aiming",
    "set",
    "due",
    "likely",
    "about",
];
