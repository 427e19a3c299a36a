//! Which places of the article a statement's words rest on.

use std::ops::Range;

use text::{Copy, Relation};

use crate::Article;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    Number,
    Plain,
}

/// A content word of a statement and where the article holds it.
#[derive(Debug)]
pub(crate) struct Term {
    /// Index of the word in the statement.
    pub word: usize,
    pub kind: Kind,
    /// How well the article holds it: 1 as it stands, less for related words, 0 not at all.
    pub level: f32,
    pub relation: Option<Relation>,
    /// Words of the article that carry it.
    pub places: Vec<u32>,
    /// Words of the article that say its opposite.
    pub opposites: Vec<u32>,
}

/// One sentence of a statement against the article.
pub(crate) struct Alignment {
    /// Words of the statement's sentence.
    pub span: Range<usize>,
    pub terms: Vec<Term>,
    /// Sentences of the article by how much of the statement they carry, best first, at most four; the share beside each.
    pub best: Vec<(usize, f32)>,
    /// Best two neighbouring sentences: number of the first, and the share both carry.
    pub window: (usize, f32),
    /// Share carried by the best sentence and the one that adds most to it.
    pub pair: f32,
    /// That other sentence.
    pub second: Option<usize>,
}

fn weight(term: &Term) -> f32 {
    match term.kind {
        Kind::Plain => 1.0,
        Kind::Name | Kind::Number => 1.4,
    }
}

fn term(article: &Article, statement: &Copy, word: usize, in_name: bool) -> Term {
    let it = &statement.words[word];
    let kind = if it.digit {
        Kind::Number
    } else if in_name {
        Kind::Name
    } else {
        Kind::Plain
    };
    let mut places = article.places(it.key as u32).to_vec();
    let mut level = if places.is_empty() { 0.0 } else { 1.0 };
    let mut relation = None;
    let mut opposites = Vec::new();
    if kind != Kind::Number && article.copy.language == text::Language::English {
        for (key, how) in text::related(it.key) {
            let there = article.places(key);
            if there.is_empty() {
                continue;
            }
            let worth = match how {
                Relation::Same => 0.8,
                Relation::Derived => 0.8,
                Relation::Wider => 0.6,
                Relation::Narrower => 0.4,
                Relation::Opposite => {
                    opposites.extend_from_slice(there);
                    continue;
                }
            };
            // "Chinese" for China; a name has no synonyms.
            let fits = kind == Kind::Plain || how == Relation::Derived;
            if level < 1.0 && fits {
                places.extend_from_slice(there);
                if worth > level {
                    level = worth;
                    relation = Some(how);
                }
            }
        }
        if kind == Kind::Name && level == 0.0 {
            places.extend(article.name_forms(&it.lower));
            if !places.is_empty() {
                level = 0.8;
                relation = Some(Relation::Derived);
            }
        }
        places.sort_unstable();
    }
    Term { word, kind, level, relation, places, opposites }
}

/// Aligns the words `span` of `statement` with the article.
pub(crate) fn align(article: &Article, statement: &Copy, span: Range<usize>) -> Alignment {
    let mut named = vec![false; span.len()];
    for name in
        statement.names.iter().filter(|name| name.words.start >= span.start && name.words.end <= span.end)
    {
        let ordinary = name.doubtful && is_ordinary(article, statement, name.words.start);
        for word in name.words.clone() {
            named[word - span.start] = !ordinary;
        }
    }
    let number_words: Vec<usize> =
        statement.numbers.iter().filter(|n| !n.digits).flat_map(|n| n.words.clone()).collect();
    let mut terms: Vec<Term> = span
        .clone()
        .filter(|at| !statement.words[*at].stop)
        .map(|at| term(article, statement, at, named[at - span.start]))
        .collect();
    for term in &mut terms {
        if term.kind == Kind::Plain && number_words.contains(&term.word) {
            term.kind = Kind::Number;
        }
        number_places(article, statement, term);
    }
    let n_sentences = article.copy.sentences.len();
    let total: f32 = terms.iter().map(weight).sum::<f32>().max(1e-6);
    let mut share = vec![0f32; n_sentences];
    let mut window = vec![0f32; n_sentences];
    for term in &terms {
        let worth = weight(term) * term.level;
        let mut last = usize::MAX;
        let mut last_window: Option<usize> = None;
        for place in &term.places {
            let sentence = article.sentence_of(*place);
            if sentence != last {
                share[sentence] += worth;
                let from = sentence.saturating_sub(1).max(last_window.map_or(0, |last| last + 1));
                window[from..=sentence].iter_mut().for_each(|sum| *sum += worth);
                last_window = Some(sentence);
                last = sentence;
            }
        }
    }
    let mut order: Vec<usize> = (0..n_sentences).filter(|at| share[*at] > 0.0).collect();
    let n_best = order.len().min(4);
    if order.len() > n_best {
        order.select_nth_unstable_by(n_best, |a, b| share[*b].total_cmp(&share[*a]).then(a.cmp(b)));
    }
    order.truncate(n_best);
    order.sort_by(|a, b| share[*b].total_cmp(&share[*a]).then(a.cmp(b)));
    let best: Vec<(usize, f32)> = order.iter().map(|at| (*at, share[*at] / total)).collect();
    let top_window =
        (0..n_sentences).max_by(|a, b| window[*a].total_cmp(&window[*b]).then(b.cmp(a))).unwrap_or(0);
    // What the best sentence lacks, found elsewhere.
    let mut rest = vec![0f32; n_sentences];
    let first = best.first().map(|pair| pair.0);
    for term in &terms {
        if term.places.iter().any(|place| Some(article.sentence_of(*place)) == first) {
            continue;
        }
        let mut last = usize::MAX;
        for place in &term.places {
            let sentence = article.sentence_of(*place);
            if sentence != last {
                rest[sentence] += weight(term) * term.level;
                last = sentence;
            }
        }
    }
    let second = (0..n_sentences)
        .filter(|at| rest[*at] > 0.0)
        .max_by(|a, b| rest[*a].total_cmp(&rest[*b]).then(b.cmp(a)));
    let pair = best.first().map_or(0.0, |pair| pair.1) + second.map_or(0.0, |at| rest[at] / total);
    Alignment {
        span,
        terms,
        window: (top_window, window.get(top_window).map_or(0.0, |sum| sum / total)),
        best,
        pair,
        second,
    }
}

/// A first word with a capital that the article writes small, or that a dictionary knows.
fn is_ordinary(article: &Article, statement: &Copy, word: usize) -> bool {
    let key = statement.words[word].key;
    let there = article.places(key as u32);
    if there.iter().any(|place| !article.copy.words[*place as usize].capital) {
        return true;
    }
    there.is_empty() && text::related(key).next().is_some()
}

/// Figures and number words of one value stand for each other: "three" for 3, "over three decades" for "more than 30 years".
fn number_places(article: &Article, statement: &Copy, term: &mut Term) {
    if term.level >= 1.0 {
        return;
    }
    let Some(number) = statement.numbers.iter().find(|number| number.words.contains(&term.word)) else {
        return;
    };
    let same: Vec<u32> = article
        .copy
        .numbers
        .iter()
        .filter(|other| (other.value - number.value).abs() <= 1e-9 * number.value.abs().max(1.0))
        .take(32)
        .flat_map(|other| other.words.clone())
        .map(|at| at as u32)
        .collect();
    if !same.is_empty() {
        term.places.extend(same);
        term.places.sort_unstable();
        term.level = 0.95;
    }
}
