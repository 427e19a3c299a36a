//! How closely a statement follows one sentence of the article, or two neighbouring ones: what it adds, what it puts in the place of
//! something else, and whether what it leaves out is of a kind that may be left out.
//!
//! The words of both are laid beside each other in order (heaviest common subsequence). What stays between is judged by its kind.

mod classes;
mod cuts;
mod figures;
mod frames;
mod gaps;
mod losses;
mod turn_words;
mod turns;
mod voice;

use std::ops::Range;

use text::{Copy, Relation, is_speech_verb, is_title};

pub(crate) use losses::Loss;

use crate::Article;
use crate::align::{Alignment, Kind};
use crate::limits::{alike, matters};

/// Words of the article's side that are looked at; longer pairs of sentences are cut.
const LONGEST: usize = 140;

/// What became of one sentence of a statement, laid beside the place of the article that fits best.
#[derive(Debug, Clone, Default)]
pub(crate) struct Closeness {
    /// Share of content words that stand there in order, or are known to be the same person's or thing's.
    pub held: f32,
    /// Ordinary words that stand there only as a synonym.
    pub kin: f32,
    /// Of these, words that say more than the article's: something narrower, or what is not known to be the same.
    pub narrow: f32,
    /// Ordinary words that do not.
    pub extra: f32,
    /// Names and figures that do not.
    pub names: f32,
    /// Small words that change what is said ("all", "before"), and do not.
    pub small: f32,
    /// Words that stand there out of order.
    pub moved: f32,
    /// Places where both have words that the other lacks.
    pub replaced: f32,
    /// Left-out words that limit what is said: denial, doubt, condition, amount.
    pub risky: f32,
    /// Left-out content words that are no aside, adjunct, adjective or description.
    pub cut: f32,
    /// Doubts and limits left out where all around them is kept.
    pub limits: f32,
    /// Pairs of names that stand in each other's place.
    pub exchanged: f32,
    /// Numbers of which the statement makes one.
    pub count: f32,
    /// Places where what is left out may change what the rest says.
    pub unsafe_cuts: f32,
    /// What is left out holds the verb of speech.
    pub unsaid: f32,
    /// Days, months and years put in the place of others.
    pub times: f32,
    /// Pronouns of the statement where the article has a name: the pronoun, and the words of the name.
    pub stand_ins: Vec<(usize, Range<usize>)>,
    /// Left-out words that decide what the rest says, with what is lost: words of the article.
    pub losses: Vec<(Loss, Range<usize>)>,
    /// Names of the statement, by their first word, where the article has another: the words of that one.
    pub other_names: Vec<(usize, Range<usize>)>,
}

impl Closeness {
    /// Higher is closer; orders the places that are tried.
    fn worth(&self) -> f32 {
        self.held
            - 0.02 * (self.cut + self.moved)
            - 0.03 * (self.replaced + self.risky)
            - 0.05 * (self.names + self.unsaid)
    }
}

/// The best fit of the aligned sentence among its best sentences, each alone and with the one before or behind.
pub(crate) fn closeness(article: &Article, statement: &Copy, found: &Alignment) -> Closeness {
    let n_sentences = article.copy.sentences.len();
    let mut tried: Vec<(usize, usize)> = Vec::new();
    for (sentence, _) in found.best.iter().take(3) {
        tried.push((*sentence, *sentence));
        tried.push((sentence.saturating_sub(1), *sentence));
        tried.push((*sentence, (sentence + 1).min(n_sentences - 1)));
    }
    tried.sort_unstable();
    tried.dedup();
    let mut best = Closeness { extra: found.terms.len() as f32, ..Closeness::default() };
    let mut best_pair = None;
    for (from, to) in tried {
        let start = article.copy.words_of(from).start;
        let end = article.copy.words_of(to).end.min(start + LONGEST);
        let pair = Pair::new(article, statement, found, start..end);
        let one = pair.judged();
        // Two sentences must be worth the second.
        let bar = if from == to { 0.0 } else { 0.04 };
        if one.worth() - bar > best.worth() {
            best = one;
            best_pair = Some(pair);
        }
    }
    // For the place that is taken alone: they cost more than the rest.
    best.losses = best_pair.map(|pair| pair.turns()).unwrap_or_default();
    best
}

/// A sentence of the statement and a span of the article, laid beside each other.
struct Pair<'a> {
    article: &'a Article,
    statement: &'a Copy,
    found: &'a Alignment,
    theirs: Range<usize>,
    /// For each word of the statement's sentence the number of its term.
    term_of: Vec<Option<usize>>,
    /// Partner of each word of the statement's sentence, and of each of the article's span.
    ours_to: Vec<Option<usize>>,
    theirs_to: Vec<Option<usize>>,
    /// Words of the statement that the article puts beside one that is held.
    attached: Vec<bool>,
    /// Words of the article that the statement has elsewhere in the same clause, behind the same preposition.
    carried: Vec<bool>,
}

impl<'a> Pair<'a> {
    fn new(article: &'a Article, statement: &'a Copy, found: &'a Alignment, theirs: Range<usize>) -> Self {
        let mut term_of = vec![None; found.span.len()];
        for (number, term) in found.terms.iter().enumerate() {
            term_of[term.word - found.span.start] = Some(number);
        }
        let (n, m) = (found.span.len().min(120), theirs.len());
        let mut pair = Self {
            article,
            statement,
            found,
            theirs,
            term_of,
            ours_to: vec![None; found.span.len()],
            theirs_to: vec![None; m],
            attached: vec![false; found.span.len()],
            carried: vec![false; m],
        };
        let wide = m + 1;
        let mut table = vec![0f32; (n + 1) * wide];
        for a in (0..n).rev() {
            for b in (0..m).rev() {
                let skip = table[(a + 1) * wide + b].max(table[a * wide + b + 1]);
                let weight = pair.weight(a, b);
                table[a * wide + b] =
                    if weight > 0.0 { skip.max(table[(a + 1) * wide + b + 1] + weight) } else { skip };
            }
        }
        let (mut a, mut b) = (0, 0);
        while a < n && b < m {
            let here = table[a * wide + b];
            let weight = pair.weight(a, b);
            if weight > 0.0 && here <= table[(a + 1) * wide + b + 1] + weight + 1e-6 {
                pair.ours_to[a] = Some(b);
                pair.theirs_to[b] = Some(a);
                a += 1;
                b += 1;
            } else if here <= table[(a + 1) * wide + b] + 1e-6 {
                a += 1;
            } else {
                b += 1;
            }
        }
        pair.attach();
        pair.carry();
        pair
    }

    /// How well two words stand for each other, 0 not at all.
    fn weight(&self, a: usize, b: usize) -> f32 {
        let ours = &self.statement.words[self.found.span.start + a];
        let at = self.theirs.start + b;
        let other = &self.article.copy.words[at];
        if ours.stop {
            return match ours.lower == other.lower {
                true => 0.25,
                false if alike(&ours.lower, &other.lower) => 0.15,
                false => 0.0,
            };
        }
        if ours.key == other.key {
            return 1.0;
        }
        let kin = self.term_of[a]
            .is_some_and(|number| self.found.terms[number].places.binary_search(&(at as u32)).is_ok());
        if kin { 0.7 } else { 0.0 }
    }

    fn ours(&self, a: usize) -> &text::Word {
        &self.statement.words[self.found.span.start + a]
    }

    fn other(&self, b: usize) -> &text::Word {
        &self.article.copy.words[self.theirs.start + b]
    }

    fn judged(&self) -> Closeness {
        let mut close = Closeness::default();
        let n = self.found.span.len();
        let mut n_content = 0;
        let mut held = 0.0;
        for a in 0..n {
            let word = self.ours(a);
            if word.stop {
                let kept = self.ours_to[a].is_some() || self.attached[a] || self.is_alike(a);
                close.small += f32::from(u8::from(matters(&word.lower) && !kept));
                continue;
            }
            n_content += 1;
            let kind = self.term_of[a].map_or(Kind::Plain, |number| self.found.terms[number].kind);
            match self.ours_to[a] {
                Some(b) => {
                    held += 1.0;
                    let kin = self.other(b).key != word.key && kind == Kind::Plain;
                    close.kin += f32::from(kin);
                    close.narrow += f32::from(kin && !says_no_more(word.key, self.other(b).key));
                }
                None if self.attached[a] => held += 1.0,
                None if self.is_there(a) => {
                    held += 0.5;
                    close.moved += 1.0;
                }
                None if kind == Kind::Plain => close.extra += 1.0,
                None => close.names += 1.0,
            }
        }
        close.held = if n_content == 0 { 0.0 } else { held / n_content as f32 };
        self.judge_gaps(&mut close);
        close
    }

    /// Words that the statement leaves out, adds or exchanges, and that turn what is said.
    fn turns(&self) -> Vec<(Loss, Range<usize>)> {
        let mut out = self.losses();
        for found in [
            self.other_kinds(),
            self.lost_frames(),
            self.other_voices(),
            self.other_first_names(),
            self.other_figures(),
            self.other_sides(),
            self.other_words(),
            self.other_doers(),
            self.other_antecedents(),
            self.bare_auxiliaries(),
        ] {
            let absolute = |at: usize| self.theirs.start + at;
            out.extend(found.into_iter().map(|(loss, at)| (loss, absolute(at.start)..absolute(at.end))));
        }
        out
    }

    /// A small word for which the article has one that says the same, right before the next word that both have.
    fn is_alike(&self, a: usize) -> bool {
        let near = (a + 1..self.found.span.len().min(a + 4)).find(|next| !self.ours(*next).stop);
        let Some(b) = near.and_then(|next| self.ours_to[next]) else { return false };
        (b.saturating_sub(3)..b)
            .rev()
            .take_while(|b| self.other(*b).stop)
            .any(|b| alike(&self.ours(a).lower, &self.other(b).lower))
    }

    /// The word stands in the span, but not in its turn.
    fn is_there(&self, a: usize) -> bool {
        let Some(number) = self.term_of[a] else { return false };
        let places = &self.found.terms[number].places;
        let from = places.partition_point(|place| (*place as usize) < self.theirs.start);
        places.get(from).is_some_and(|place| (*place as usize) < self.theirs.end)
    }

    /// Words that the article itself puts before or behind a word that both have: first names, titles, descriptions of a name.
    fn attach(&mut self) {
        let n = self.found.span.len();
        let joins = |pair: &Self, a: usize, other: usize| {
            let (one, two) = (pair.ours(a.min(other)), pair.ours(a.max(other)));
            let named = pair.ours(a).capital && pair.ours(other).capital
                || is_title(&pair.ours(a).lower)
                || pair.ours(other).capital && a < other;
            let plain = |word: &text::Word| !word.stop && !word.digit;
            let held = pair.ours_to[other].is_some() || pair.attached[other];
            held && named && plain(one) && plain(two) && pair.article.has_run(&[one.key, two.key])
        };
        for order in [(0..n).collect::<Vec<_>>(), (0..n).rev().collect()] {
            for a in order {
                let near = [a.checked_sub(1), (a + 1 < n).then_some(a + 1)];
                self.attached[a] |= self.ours_to[a].is_none()
                    && near.into_iter().flatten().any(|other| joins(self, a, other));
            }
        }
    }

    /// "In 1994 by Bush" for "by Bush in 1994": adjuncts that stand elsewhere in the same clause.
    ///
    /// Cannot: see which verb of a clause an adjunct belongs to; so nothing moves over a verb of speech, a joining word or a comma.
    fn carry(&mut self) {
        for p in 0..self.found.span.len() {
            let preposition = self.ours(p).lower.as_str();
            if !ADJUNCTS.contains(&preposition) {
                continue;
            }
            let to = (p + 1..self.found.span.len().min(p + 7))
                .find(|a| self.ours(*a).stop && self.ours(*a).lower != "the")
                .unwrap_or(self.found.span.len().min(p + 7));
            let loose = (p + 1..to).filter(|a| !self.ours(*a).stop).all(|a| self.ours_to[a].is_none());
            let n = to - p;
            if n < 2 || !loose || n > self.theirs.len() {
                continue;
            }
            let same = |b: usize| {
                self.other(b).lower == preposition
                    && (1..n).all(|k| self.other(b + k).key == self.ours(p + k).key)
                    && (b..b + n).all(|b| self.other(b).stop || self.theirs_to[b].is_none())
            };
            let Some(b) = (0..=self.theirs.len() - n).find(|b| same(*b)) else { continue };
            let anchor = (0..p).rev().find_map(|a| self.ours_to[a].filter(|_| !self.ours(a).stop));
            let Some(anchor) = anchor else { continue };
            let over = if anchor < b { anchor + 1..b } else { b + n..anchor };
            if over.clone().any(|b| self.parts(b)) || over.len() > 12 {
                continue;
            }
            self.attached[p..to].iter_mut().for_each(|it| *it = true);
            self.carried[b..b + n].iter_mut().for_each(|it| *it = true);
        }
    }

    /// Whether a word of the article begins, or governs, something that an adjunct does not cross.
    fn parts(&self, b: usize) -> bool {
        let word = &self.other(b).lower;
        self.opened(b) || is_speech_verb(word) || BORDERS.contains(&word.as_str()) || word.ends_with("ing")
    }
}

/// Whether a word says nothing that the article's word does not: the same, another form of it, or something wider ("player" for
/// "goalkeeper").
fn says_no_more(ours: u64, theirs: u64) -> bool {
    let safe = |how| matches!(how, Relation::Same | Relation::Derived | Relation::Wider);
    text::related(ours).any(|(key, how)| key == theirs as u32 && safe(how))
}

/// Prepositions whose phrases may stand at another place of their clause.
const ADJUNCTS: &[&str] = &["in", "on", "at", "by", "during", "since"];

/// Words that an adjunct does not cross.
const BORDERS: &[&str] = &[
    "who", "which", "that", "where", "when", "while", "because", "and", "or", "but", "after", "before", "if",
    "to", "as", "than", "whether",
];
