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
            && (self.crosses(gap)
                || self.joins_sentences(gap)
                || self.loses_its_preposition(gap)
                || self.takes_another_object(gap)
                || self.loses_intention(gap))
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
        let is_list = || {
            gap.clone()
                .all(|b| !CLAUSES.contains(&self.other(b).lower.as_str()) || self.other(b).lower == "and")
        };
        if gap.start > 0 && self.opened(gap.start) && LINKS.holds(next) && is_list() {
            return false;
        }
        let border =
            |b: &usize| CLAUSES.contains(&self.other(*b).lower.as_str()) || *b > gap.start && self.opened(*b);
        // A joining word right before the kept word begins the kept clause. At the sentence's beginning only the last one counts,
        // since nothing before it is kept.
        let mut borders = gap.clone().filter(border);
        let first = if gap.start == 0 { borders.next_back() } else { borders.next() };
        let has_subject = |behind: usize| !small(behind) || text::is_pronoun(&self.other(behind).lower);
        // "The flood that | destroyed": who did it is left out.
        let is_headless = |b: usize| {
            gap.start > 0
                && matches!(self.other(b).lower.as_str(), "who" | "which" | "that")
                && (gap.start..b).any(|before| !small(before))
        };
        first.is_some_and(|b| is_headless(b) || (b + 1..gap.end).any(has_subject) || !small(b))
    }

    /// "The bus belonged to | Norbus": one sentence made of the beginning of one and a part of the next, with nothing that joins them.
    fn joins_sentences(&self, gap: &Range<usize>) -> bool {
        let Some(a) = self.theirs_to[gap.end] else { return false };
        let begins = |b: usize| {
            self.begins_sentence(b) || self.article.copy.between(self.theirs.start + b).contains(';')
        };
        let crosses = (gap.start.max(1)..=gap.end).any(begins);
        let joined = || {
            let joint = (a.saturating_sub(2)..=a).any(|at| {
                let small = self.ours(at).lower.as_str();
                at < a
                    && (CLAUSES.contains(&small)
                        || matches!(
                            small,
                            "und" | "oder" | "aber" | "während" | "weil" | "die" | "der" | "das"
                        ))
            });
            joint || self.statement.between(self.found.span.start + a).contains([';', ':', '–', '—', '('])
        };
        gap.start > 0 && !self.begins_sentence(gap.start) && crosses && !joined()
    }

    /// "Bought Coastal" for "bought Alder Lines from Coastal": what hung on a left-out preposition in the place of what is left out.
    fn takes_another_object(&self, gap: &Range<usize>) -> bool {
        let is_light = |b: usize| ARTICLES.contains(&self.other(b).lower.as_str());
        let next = (gap.end..self.theirs.len()).find(|b| !is_light(*b));
        let Some(next) =
            next.filter(|next| gap.start > 0 && !self.opened(gap.end) && !self.other(*next).stop)
        else {
            return false;
        };
        let hung = gap.clone().rev().find(|b| !ARTICLES.contains(&self.other(*b).lower.as_str()));
        let Some(preposition) = hung.filter(|b| PREPOSITIONS.contains(&self.other(*b).lower.as_str())) else {
            return false;
        };
        let object: Vec<usize> = (gap.start..preposition).filter(|b| !self.other(*b).stop).collect();
        let is_kind = |b: &usize| KINDS.contains(&self.other(*b).lower.as_str());
        let Some(a) = self.theirs_to[next].filter(|_| !object.is_empty() && !object.iter().all(is_kind))
        else {
            return false;
        };
        // "In Leeds" for "in the north of Leeds".
        let before = (0..a).rev().map(|a| self.ours(a)).find(|word| !ARTICLES.contains(&word.lower.as_str()));
        let hung = self.other(preposition).lower.as_str();
        before.is_some_and(|word| {
            !word.stop || PREPOSITIONS.contains(&word.lower.as_str()) && word.lower != hung
        })
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
        let is_light = |b: usize| ARTICLES.contains(&self.other(b).lower.as_str());
        let first = (0..gap.start).rev().find(|b| !is_light(*b) || self.begins_sentence(*b));
        let begins = gap.start == 0
            || self.begins_sentence(gap.start)
            || first.is_none()
            || first.is_some_and(|b| is_light(b) && self.begins_sentence(b));
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

/// Nouns that a name behind "of" stands for: "the city of Leeds".
const KINDS: &[&str] = &[
    "city", "town", "village", "state", "province", "county", "region", "island", "number", "kind", "group",
    "part",
];

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
