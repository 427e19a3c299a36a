//! What the article has between the words that it shares with a statement, judged by its kind.

use std::ops::Range;

use text::{DateKind, is_negation, is_speech_verb, is_title};

use super::{Closeness, Pair};
use crate::align::Kind;
use crate::limits::{LIMITS, LINKS, SPANS, STRICT, alike};
use crate::rules::{is_short_form, same_date};

impl Pair<'_> {
    /// What the article has between the words that both have.
    pub(super) fn judge_gaps(&self, close: &mut Closeness) {
        let m = self.theirs.len();
        let mut from = 0;
        let mut last_ours: Option<usize> = None;
        let mut slots: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        while from < m {
            if let Some(a) = self.theirs_to[from] {
                last_ours = Some(a);
                from += 1;
                continue;
            }
            let to = (from..m).find(|b| self.theirs_to[*b].is_some()).unwrap_or(m);
            let next_ours = self.theirs_to.get(to).copied().flatten();
            let between = last_ours.map_or(0, |a| a + 1)..next_ours.unwrap_or(self.found.span.len());
            slots.push((between.clone(), from..to));
            close.unsafe_cuts += f32::from(self.is_unsafe_cut(&(from..to)));
            let put_in: Vec<usize> = between
                .filter(|a| !self.ours(*a).stop && self.ours_to[*a].is_none() && !self.attached[*a])
                .collect();
            self.judge_gap(from..to, &put_in, last_ours.is_none(), next_ours, close);
            from = to;
        }
        close.exchanged = self.exchanged(&slots) + self.inverted();
        close.times = slots.iter().filter(|slot| self.other_time(slot)).count() as f32;
        close.other_names = slots.iter().filter_map(|slot| self.other_name(slot)).collect();
        close.stand_ins = slots.iter().filter_map(|slot| self.stand_in(slot)).collect();
    }

    /// Names that stand on the other side of the same verb: "Zaha returned to Selhurst Park" for "Selhurst Park returned to Zaha".
    ///
    /// The small word behind the verb must be the same, so that "Gardline, based in Norfolk" is not taken for an exchange of
    /// "Norfolk-based Gardline", and both sides must be in one voice.
    fn inverted(&self) -> f32 {
        let n = self.found.span.len().min(120);
        let place = |a: usize| self.ours_to[a].or_else(|| self.only_place(a));
        let placed: Vec<(usize, usize, bool)> = (0..n)
            .filter(|a| !self.ours(*a).stop)
            .filter_map(|a| place(a).map(|b| (a, b, self.ours_to[a].is_none())))
            .collect();
        let kind = |a: usize| self.term_of[a].map(|number| self.found.terms[number].kind);
        let names: Vec<_> = placed.iter().filter(|it| kind(it.0) == Some(Kind::Name)).take(16).collect();
        if !names.iter().any(|it| it.2) || self.other_voice() {
            return 0.0;
        }
        let behind = |words: &[text::Word], at: usize| {
            words
                .get(at + 1)
                .filter(|word| word.stop && !DETERMINERS.contains(&word.lower.as_str()))
                .map(|word| word.lower.clone())
        };
        let ours = &self.statement.words[self.found.span.clone()];
        let theirs = &self.article.copy.words[self.theirs.clone()];
        let around = |one: &(usize, usize, bool), other: &(usize, usize, bool)| {
            placed.iter().any(|verb| {
                one.0 < verb.0
                    && verb.0 < other.0
                    && other.1 < verb.1
                    && verb.1 < one.1
                    && other.0 - one.0 <= NEAR
                    && one.1 - other.1 <= NEAR
                    && kind(verb.0) == Some(Kind::Plain)
                    && !is_speech_verb(&self.ours(verb.0).lower)
                    && behind(ours, verb.0) == behind(theirs, verb.1)
            })
        };
        let pairs = names
            .iter()
            .enumerate()
            .flat_map(|(nth, one)| names[nth + 1..].iter().map(move |other| (one, other)));
        f32::from(pairs.filter(|(one, other)| one.2 || other.2).any(|(one, other)| around(one, other)))
    }

    /// The only place of a word in the span.
    fn only_place(&self, a: usize) -> Option<usize> {
        let places = &self.found.terms[self.term_of[a]?].places;
        let from = places.partition_point(|place| (*place as usize) < self.theirs.start);
        let mut inside =
            places[from..].iter().map(|place| *place as usize).take_while(|place| *place < self.theirs.end);
        let first = inside.next()?;
        inside.next().is_none().then(|| first - self.theirs.start)
    }

    /// One side is in the passive and the other is not.
    fn other_voice(&self) -> bool {
        let passive =
            |words: &[text::Word]| words.iter().any(|word| matches!(word.lower.as_str(), "by" | "von"));
        passive(&self.statement.words[self.found.span.clone()])
            != passive(&self.article.copy.words[self.theirs.clone()])
    }

    /// Whether a slot has one time in the statement and another of the same kind in the article.
    fn other_time(&self, (ours, theirs): &(Range<usize>, Range<usize>)) -> bool {
        let absolute = |range: &Range<usize>, start: usize| start + range.start..start + range.end;
        let (ours, theirs) = (absolute(ours, self.found.span.start), absolute(theirs, self.theirs.start));
        let within = |dates: &[text::Date], span: &Range<usize>| -> Vec<DateKind> {
            let from = dates.partition_point(|date| date.words.end <= span.start);
            let inside = |date: &&text::Date| date.words.start < span.end;
            dates[from..].iter().take_while(inside).map(|date| date.kind).collect()
        };
        let (one, other) = (within(&self.statement.dates, &ours), within(&self.article.copy.dates, &theirs));
        let same_kind = |a: &DateKind, b: &DateKind| std::mem::discriminant(a) == std::mem::discriminant(b);
        one.iter().any(|a| other.iter().any(|b| same_kind(a, b)) && !other.iter().any(|b| same_date(*a, *b)))
    }

    /// A pronoun that stands where the article has a name.
    fn stand_in(&self, (ours, theirs): &(Range<usize>, Range<usize>)) -> Option<(usize, Range<usize>)> {
        if theirs.len() > 6 || ours.clone().any(|a| !self.ours(a).stop) {
            return None;
        }
        let at = ours.clone().map(|a| self.found.span.start + a).find(|at| {
            PERSONS.contains(&self.statement.words[*at].lower.as_str())
                && self.statement.quoted[*at].is_none()
        })?;
        let names = &self.article.copy.names;
        let (start, end) = (self.theirs.start + theirs.start, self.theirs.start + theirs.end);
        let from = names.partition_point(|name| name.words.end <= start);
        let name = names.get(from).filter(|name| name.words.start >= start && name.words.end <= end)?;
        Some((at, name.words.clone()))
    }

    /// A name of the statement where the article has another one, both sides of it kept.
    ///
    /// Cannot: know that two names without a word or an initial in common mean the same one.
    fn other_name(&self, (ours, theirs): &(Range<usize>, Range<usize>)) -> Option<(usize, Range<usize>)> {
        let put_in = |a: &usize| !self.ours(*a).stop && self.ours_to[*a].is_none() && !self.attached[*a];
        let kind = |a: usize| self.term_of[a].map(|number| self.found.terms[number].kind);
        let is_name = |a: usize| kind(a) == Some(Kind::Name) || is_title(&self.ours(a).lower);
        let first = ours.clone().filter(put_in).find(|a| kind(*a) == Some(Kind::Name))?;
        if in_date(self.statement, self.found.span.start + first) {
            return None;
        }
        if theirs.len() > 8 || !ours.clone().filter(put_in).all(is_name) {
            return None;
        }
        let (start, end) = (self.theirs.start + theirs.start, self.theirs.start + theirs.end);
        let copy = &self.article.copy;
        let from = copy.names.partition_point(|name| name.words.end <= start);
        let inside = |name: &&text::Name| name.words.start >= start && name.words.end <= end;
        let mut names = copy.names[from..].iter().take_while(|name| name.words.start < end).filter(inside);
        let name =
            names.find(|name| !copy.words[name.words.clone()].iter().all(|word| is_title(&word.lower)))?;
        let ours_words = self.found.span.start + ours.start..self.found.span.start + ours.end;
        let short = is_short_form(self.statement, ours_words.clone(), copy, start..end)
            || is_short_form(copy, start..end, self.statement, ours_words);
        let shared = ours
            .clone()
            .any(|a| theirs.clone().any(|b| self.ours(a).key == self.other(b).key && !self.ours(a).stop));
        // "The UK" for Britain.
        let same = ours.clone().any(|a| {
            let mut kin = text::related(self.ours(a).key).filter(|(_, how)| *how == text::Relation::Same);
            kin.any(|(key, _)| theirs.clone().any(|b| self.other(b).key as u32 == key))
        });
        (!short && !shared && !same).then(|| (self.found.span.start + first, name.words.clone()))
    }

    /// Pairs of slots in which a name of the one side stands in the other slot of the other side. A verb must be kept between them,
    /// and both sides must be in one voice.
    fn exchanged(&self, slots: &[(Range<usize>, Range<usize>)]) -> f32 {
        if self.other_voice() {
            return 0.0;
        }
        let name = |word: &text::Word| word.capital && !word.stop && !word.digit;
        let shares = |a: &Range<usize>, b: &Range<usize>| {
            a.clone().any(|a| {
                name(self.ours(a))
                    && b.clone().any(|b| name(self.other(b)) && self.other(b).key == self.ours(a).key)
            })
        };
        let mut n = 0;
        for (nth, one) in slots.iter().enumerate().take(20) {
            for other in slots.iter().skip(nth + 1).take(20) {
                let kept =
                    (one.0.end..other.0.start).any(|a| self.ours_to[a].is_some() && !self.ours(a).stop);
                n += usize::from(kept && shares(&one.0, &other.1) && shares(&other.0, &one.1));
            }
        }
        n as f32
    }

    fn judge_gap(
        &self,
        gap: Range<usize>,
        put_in_words: &[usize],
        first: bool,
        next: Option<usize>,
        close: &mut Closeness,
    ) {
        let content = gap.clone().filter(|b| !self.other(*b).stop && !self.carried[*b]).count();
        let last = next.is_none();
        let edge = first || last;
        // A clause of its own before or behind says something else; its denials are its own.
        let aside = (first || self.opened(gap.start)) && (last || self.opened(gap.end));
        // "A reportedly dangerous chemical": the doubt falls with the word that it qualifies.
        let falls = |b: usize| {
            let described = b > 0 && matches!(self.other(b - 1).lower.as_str(), "a" | "an" | "the");
            described && b + 2 == gap.end && !self.other(b + 1).stop && self.other(b).lower.ends_with("ly")
        };
        let doubts = |b: usize| self.article.copy.doubts(self.theirs.start + b) && !falls(b);
        for b in gap.clone() {
            let word = &self.other(b).lower;
            if is_speech_verb(word) && !self.quoted(b) {
                close.unsaid += 1.0;
            }
            let kept = || next.is_some_and(|a| a > 0 && alike(word, &self.ours(a - 1).lower));
            let limit = is_negation(word) || doubts(b) || LIMITS.holds(word) && !kept();
            if limit && (edge || !aside) {
                close.risky += if aside { 0.3 } else { 1.0 };
            }
        }
        // "Four falcons" are not "a falcon".
        let counts = gap.clone().next_back().filter(|b| !self.carried[*b]).is_some_and(|b| {
            let at = self.theirs.start + b;
            let numbers = &self.article.copy.numbers;
            let from = numbers.partition_point(|number| number.words.end <= at);
            numbers.get(from).is_some_and(|number| number.words.contains(&at))
        });
        if counts && !last && !aside {
            close.risky += 1.0;
            let one = |a: usize| matches!(self.ours(a).lower.as_str(), "a" | "an" | "one");
            close.count += f32::from(u8::from(next.is_some_and(|a| a > 0 && one(a - 1))));
        }
        let ends_it = last && !first && !self.opened(gap.start);
        if (!edge || ends_it) && gap.len() <= 3 {
            let limits = |b: &usize| {
                let lower = &self.other(*b).lower;
                let kept = next.is_some_and(|a| a > 0 && alike(lower, &self.ours(a - 1).lower));
                doubts(*b) || STRICT.holds(lower) && !kept
            };
            close.limits += gap.clone().filter(limits).count() as f32;
        }
        let span = |word: &text::Word| SPANS.holds(word.lower.trim_end_matches('s'));
        let other_span = put_in_words.iter().any(|a| span(self.ours(*a)));
        if other_span && gap.clone().any(|b| span(self.other(b))) {
            close.risky += 1.0;
        }
        let put_in = put_in_words.len();
        if content == 0 {
            return;
        }
        if put_in > 0 {
            close.replaced += put_in.min(content) as f32;
        }
        let start = self.other(gap.start);
        let adjunct = LINKS.holds(&start.lower);
        let names = gap.clone().filter(|b| !self.other(*b).stop).all(|b| {
            let word = self.other(b);
            word.capital || is_title(&word.lower)
        });
        let adjective = content <= 2 && content == gap.len() && !last;
        if !(aside || adjunct || names || adjective) {
            close.cut += content as f32;
        } else if adjunct && !aside && !last {
            close.cut += 0.2;
        }
    }

    /// Whether a comma, a dash or a bracket parts this word of the article from the one before, or a sentence begins with it.
    pub(super) fn opened(&self, b: usize) -> bool {
        let at = self.theirs.start + b;
        if b > 0 && self.article.copy.sentence_of.get(at) != self.article.copy.sentence_of.get(at - 1) {
            return true;
        }
        self.article.copy.between(at).contains([',', ';', ':', '–', '—', '(', ')', '\n'])
            || self.article.copy.between(at).contains(" - ")
            || self.article.copy.between(at).contains(" -- ")
    }

    fn quoted(&self, b: usize) -> bool {
        self.article.copy.quoted[self.theirs.start + b].is_some()
    }
}

/// Whether the word at `at` is of a date.
fn in_date(copy: &text::Copy, at: usize) -> bool {
    let from = copy.dates.partition_point(|date| date.words.end <= at);
    copy.dates.get(from).is_some_and(|date| date.words.contains(&at))
}

/// Pronouns that can stand for a name.
const PERSONS: &[&str] = &["he", "she", "him", "her", "his", "they", "them", "their"];

/// Words between two names within which a verb is taken for theirs.
const NEAR: usize = 9;

/// Words before a noun, which say nothing of the verb.
const DETERMINERS: &[&str] = &["the", "a", "an", "his", "her", "their", "its"];
