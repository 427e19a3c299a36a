//! How closely a statement follows one sentence of the article, or two neighbouring ones: what it adds, what it puts in the place of
//! something else, and whether what it leaves out is of a kind that may be left out.
//!
//! The words of both are laid beside each other in order (heaviest common subsequence). What stays between is judged by its kind.

use std::ops::Range;

use text::{Copy, is_hedge, is_negation, is_pronoun, is_speech_verb, is_title};

use crate::Article;
use crate::align::{Alignment, Kind};

/// Words of the article's side that are looked at; longer pairs of sentences are cut.
const LONGEST: usize = 140;

/// What became of one sentence of a statement, laid beside the place of the article that fits best.
#[derive(Debug, Clone, Default)]
pub(crate) struct Closeness {
    /// Share of content words that stand there in order, or are known to be the same person's or thing's.
    pub held: f32,
    /// Ordinary words that stand there only as a synonym.
    pub kin: f32,
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
    /// What is left out holds the verb of speech.
    pub unsaid: f32,
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
    for (from, to) in tried {
        let start = article.copy.words_of(from).start;
        let end = article.copy.words_of(to).end.min(start + LONGEST);
        let one = Pair::new(article, statement, found, start..end).judged();
        // Two sentences must be worth the second.
        let bar = if from == to { 0.0 } else { 0.04 };
        if one.worth() - bar > best.worth() {
            best = one;
        }
    }
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
        pair
    }

    /// How well two words stand for each other, 0 not at all.
    fn weight(&self, a: usize, b: usize) -> f32 {
        let ours = &self.statement.words[self.found.span.start + a];
        let at = self.theirs.start + b;
        let other = &self.article.copy.words[at];
        if ours.stop {
            return if ours.lower == other.lower { 0.25 } else { 0.0 };
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
                let matters = matters(&word.lower);
                close.small += f32::from(u8::from(matters && self.ours_to[a].is_none()));
                continue;
            }
            n_content += 1;
            let kind = self.term_of[a].map_or(Kind::Plain, |number| self.found.terms[number].kind);
            match self.ours_to[a] {
                Some(b) => {
                    held += 1.0;
                    close.kin += f32::from(u8::from(self.other(b).key != word.key && kind == Kind::Plain));
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

    /// What the article has between the words that both have.
    fn judge_gaps(&self, close: &mut Closeness) {
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
            let put_in: Vec<usize> = between
                .filter(|a| !self.ours(*a).stop && self.ours_to[*a].is_none() && !self.attached[*a])
                .collect();
            self.judge_gap(from..to, &put_in, last_ours.is_none(), next_ours, close);
            from = to;
        }
        close.exchanged = self.exchanged(&slots);
    }

    /// Pairs of slots in which a name of the one side stands in the other slot of the other side. A verb must be kept between them,
    /// and both sides must be in one voice.
    fn exchanged(&self, slots: &[(Range<usize>, Range<usize>)]) -> f32 {
        let passive =
            |words: &[text::Word]| words.iter().any(|word| matches!(word.lower.as_str(), "by" | "von"));
        let ours = &self.statement.words[self.found.span.clone()];
        if passive(ours) != passive(&self.article.copy.words[self.theirs.clone()]) {
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
        let content = gap.clone().filter(|b| !self.other(*b).stop).count();
        let last = next.is_none();
        let edge = first || last;
        // A clause of its own before or behind says something else; its denials are its own.
        let aside = (first || self.opened(gap.start)) && (last || self.opened(gap.end));
        for b in gap.clone() {
            let word = &self.other(b).lower;
            if is_speech_verb(word) && !self.quoted(b) {
                close.unsaid += 1.0;
            }
            if (is_negation(word) || is_hedge(word) || LIMITS.contains(&word.as_str())) && (edge || !aside) {
                close.risky += if aside { 0.3 } else { 1.0 };
            }
        }
        // "Four falcons" are not "a falcon".
        let counts = gap.clone().next_back().is_some_and(|b| {
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
        if !edge && gap.len() <= 3 {
            let limits = |b: &usize| {
                let word = self.other(*b);
                let doubt = is_hedge(&word.lower) && !(word.lower == "may" && word.capital);
                doubt || STRICT.contains(&word.lower.as_str())
            };
            close.limits += gap.clone().filter(limits).count() as f32;
        }
        let span = |word: &text::Word| SPANS.contains(&word.lower.trim_end_matches('s'));
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
        let adjunct = LINKS.contains(&start.lower.as_str());
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
    fn opened(&self, b: usize) -> bool {
        let at = self.theirs.start + b;
        if b > 0 && self.article.copy.sentence_of.get(at) != self.article.copy.sentence_of.get(at - 1) {
            return true;
        }
        self.article.copy.between(at).contains([',', ';', ':', '–', '—', '(', ')'])
            || self.article.copy.between(at).contains(" - ")
            || self.article.copy.between(at).contains(" -- ")
    }

    fn quoted(&self, b: usize) -> bool {
        self.article.copy.quoted[self.theirs.start + b].is_some()
    }
}

/// Small words that change what is said.
fn matters(lower: &str) -> bool {
    is_pronoun(lower) && lower != "that"
        || is_negation(lower)
        || is_hedge(lower)
        || LIMITS.contains(&lower)
        || ["before", "after", "during", "since", "over", "under", "with", "against", "into", "from", "by"]
            .contains(&lower)
}

/// Words that limit what is said; whoever leaves them out says more.
const LIMITS: &[&str] = &[
    "if",
    "unless",
    "until",
    "except",
    "only",
    "some",
    "most",
    "many",
    "few",
    "half",
    "almost",
    "nearly",
    "former",
    "formerly",
    "ex",
    "alleged",
    "allegedly",
    "suspected",
    "attempted",
    "failed",
    "refused",
    "partly",
    "partially",
    "least",
    "more",
    "less",
    "all",
    "every",
    "each",
    "both",
    "tried",
    "try",
    "trying",
    "wants",
    "wanted",
    "want",
    "planned",
    "proposed",
    "rather",
    "instead",
    "than",
    "whether",
    "up",
    "used",
];

/// Limits that are never left out.
const STRICT: &[&str] = &["only", "almost", "nearly", "unless", "except", "barely", "hardly", "attempted"];

/// Lengths of time: one in the place of another is another time.
const SPANS: &[&str] = &["second", "minute", "hour", "day", "week", "month", "year", "decade", "century"];

/// Words that open an adjunct or a relative clause.
const LINKS: &[&str] = &[
    "on",
    "in",
    "at",
    "for",
    "with",
    "by",
    "from",
    "during",
    "after",
    "before",
    "over",
    "under",
    "near",
    "of",
    "who",
    "which",
    "that",
    "where",
    "when",
    "while",
    "as",
    "since",
    "following",
    "amid",
    "into",
    "through",
    "across",
    "within",
    "between",
    "around",
    "about",
    "because",
    "and",
    "to",
    "aged",
];
