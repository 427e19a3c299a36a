//! Key points without a model: whole sentences of the text, or safe shortenings, that cover the story and stand on their own.

mod alone;
mod times;

use std::collections::{HashMap, HashSet};

use text::{Copy, Language};

use self::alone::{quotes_whole, stands_alone};
use self::times::Edit;
use crate::verbatim::JOINING;
use crate::{Article, Evidence, check};

/// What the points must not repeat.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub title: String,
    pub teaser: String,
}

/// A key point and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub text: String,
    pub evidence: Vec<Evidence>,
}

/// Words of a text under which it gets no points.
const SHORTEST: usize = 120;

/// Words of a text for each of its points.
const WORDS_EACH: usize = 60;

/// Candidates that are looked at before the list is taken as it is; keeps the time linear in the text.
const TRIES: usize = 80;

/// Share of a sentence's content words in a headline or teaser, or of two points in one another, from which they repeat.
const REPEATS: f64 = 0.6;

/// Key points of the article, in its order: at most seven, about one for 60 words; fewer when not enough sentences stand on their
/// own, none for a text under 120 words. Each passes [`check`].
///
/// Days are given their dates when the article has its day of publication. In languages other than English and German no sentence
/// is shortened and pronouns are known only in part.
///
/// Cannot: put two sentences together, or see that a definite name ("the plan") needs the sentence before it unless it begins with one.
pub fn choose(article: &Article, options: &Options) -> Vec<Point> {
    let copy = &article.copy;
    let n_words = copy.words.len();
    if n_words < SHORTEST {
        return Vec::new();
    }
    let wanted = (n_words / WORDS_EACH).clamp(2, 7);
    let frequency = frequencies(copy);
    let told: Vec<HashSet<u64>> = [&options.title, &options.teaser]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| content(&text::read(text, Some(copy.language))))
        .collect();
    let mut candidates: Vec<Candidate> = (0..copy.sentences.len())
        .filter_map(|sentence| candidate(article, sentence))
        .filter(|one| !told.iter().any(|other| repeats(&one.content, other)))
        .collect();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut covered: HashSet<u64> = HashSet::new();
    let mut tries = 0;
    while chosen.len() < wanted && !candidates.is_empty() && tries < TRIES {
        tries += 1;
        let n_parts = wanted.min(5);
        let part = |one: &Candidate| one.sentence * n_parts / copy.sentences.len().max(1);
        let worth = |one: &Candidate| {
            let new: f64 = one
                .content
                .iter()
                .filter(|key| !covered.contains(*key))
                .map(|key| frequency.get(key).copied().unwrap_or(0.0))
                .sum();
            let fresh_part = !chosen.iter().any(|other| part(other) == part(one));
            new / (one.content.len() as f64 + 4.0) * one.weight * if fresh_part { 1.6 } else { 1.0 }
        };
        let Some(at) = (0..candidates.len())
            .max_by(|a, b| worth(&candidates[*a]).total_cmp(&worth(&candidates[*b])).then(b.cmp(a)))
        else {
            break;
        };
        let best = candidates.remove(at);
        if chosen.iter().any(|other| repeats(&best.content, &other.content)) {
            continue;
        }
        // The gate has the last word, here as everywhere.
        if !check(article, &best.text).publish {
            continue;
        }
        covered.extend(&best.content);
        chosen.push(best);
    }
    chosen.sort_by_key(|one| one.sentence);
    chosen
        .into_iter()
        .map(|one| Point {
            evidence: vec![Evidence { sentence: one.sentence, range: copy.sentences[one.sentence].clone() }],
            text: one.text,
        })
        .collect()
}

struct Candidate {
    sentence: usize,
    text: String,
    content: HashSet<u64>,
    weight: f64,
}

fn content(copy: &Copy) -> HashSet<u64> {
    copy.words.iter().filter(|word| !word.stop).map(|word| word.key).collect()
}

fn repeats(one: &HashSet<u64>, other: &HashSet<u64>) -> bool {
    let shared = one.intersection(other).count();
    shared as f64 >= REPEATS * one.len().min(other.len()).max(1) as f64
}

/// How many sentences hold a word, damped: what a story is about comes again.
fn frequencies(copy: &Copy) -> HashMap<u64, f64> {
    let mut seen: HashMap<u64, (usize, f64)> = HashMap::new();
    for (at, word) in copy.words.iter().enumerate().filter(|(_, word)| !word.stop) {
        let sentence = copy.sentence_of[at];
        let slot = seen.entry(word.key).or_insert((usize::MAX, 0.0));
        if slot.0 != sentence {
            *slot = (sentence, slot.1 + 1.0);
        }
    }
    seen.into_iter().map(|(key, (_, n))| (key, n.ln() + 0.3)).collect()
}

/// A sentence as a point, if it can stand alone.
fn candidate(article: &Article, sentence: usize) -> Option<Candidate> {
    let copy = &article.copy;
    let span = copy.words_of(sentence);
    if !(8..=42).contains(&span.len()) || !is_finished(copy.sentence(sentence)) {
        return None;
    }
    if !stands_alone(copy, sentence) || !quotes_whole(copy, sentence) {
        return None;
    }
    let text = shortened(article, sentence)?;
    let content: HashSet<u64> =
        span.clone().filter(|at| !copy.words[*at].stop).map(|at| copy.words[at].key).collect();
    if content.len() < 5 {
        return None;
    }
    let named = copy.names.iter().any(|name| span.contains(&name.words.start) && !name.doubtful);
    let figures = copy.numbers.iter().any(|number| span.contains(&number.words.start));
    let mut weight = 1.0;
    weight *= if named || copy.language == Language::German { 1.0 } else { 0.6 };
    weight *= if figures { 1.1 } else { 1.0 };
    weight *= if sentence < 3 { 1.25 } else { 1.0 };
    weight *= if span.len() > 32 { 0.8 } else { 1.0 };
    weight *= if span.clone().any(|at| copy.quoted[at].is_some()) { 0.85 } else { 1.0 };
    Some(Candidate { sentence, text, content, weight })
}

/// Begins like a sentence and ends with a full stop; questions and calls are no points.
fn is_finished(sentence: &str) -> bool {
    let begins = sentence
        .trim_start_matches(['"', '“', '„', '\'', '‘', '»', '«'])
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let end = sentence.trim_end_matches(['"', '”', '“', '\'', '’', '»', '«', ')']);
    begins && end.ends_with('.') && !end.ends_with("..") && !sentence.contains('\n')
}

/// The sentence without a joining first word and without "also", with the dates of its days. `None` when a day cannot be dated.
fn shortened(article: &Article, sentence: usize) -> Option<String> {
    let copy = &article.copy;
    let span = copy.words_of(sentence);
    let range = copy.sentences[sentence].clone();
    let two = matches!(copy.language, Language::English | Language::German);
    let mut edits: Vec<Edit> = Vec::new();
    let mut start = range.start;
    let first = &copy.words[span.start];
    if JOINING.contains(&first.lower.as_str()) {
        if !two {
            return None;
        }
        let next = copy.words.get(span.start + 1)?;
        // "Still waters …" keeps its first word unless a comma sets it off or it is a plain conjunction.
        let comma = copy.between(span.start + 1).contains(',');
        if !comma && !matches!(first.lower.as_str(), "but" | "and" | "aber" | "und" | "doch")
            || copy.language == Language::German && first.lower != "und" && first.lower != "aber"
        {
            return None;
        }
        start = next.range.start;
    }
    for at in span.clone() {
        let word = &copy.words[at];
        if copy.quoted[at].is_none() && matches!(word.lower.as_str(), "also" | "too" | "auch") {
            let inner = word.lower == "also"
                && at > span.start
                && copy.between(at) == " "
                && copy.between(at + 1) == " ";
            // "Not only … but also" leans on its own sentence; a last "too" and the German word carry the stress, so they are left alone.
            let alone = at > 0 && copy.words[at - 1].lower != "but";
            if !inner || !alone {
                return None;
            }
            edits.push((word.range.start - 1..word.range.end, String::new()));
        }
    }
    edits.extend(times::edits(article, span)?);
    edits.sort_by_key(|edit| edit.0.start);
    let mut out = String::with_capacity(range.len() + 24);
    let mut from = start;
    for (place, new) in edits {
        if place.start < from {
            continue;
        }
        out.push_str(&copy.text[from..place.start]);
        out.push_str(&new);
        from = place.end;
    }
    out.push_str(&copy.text[from..range.end]);
    let mut chars = out.chars();
    let head = chars.next()?;
    Some(if start > range.start { head.to_uppercase().chain(chars).collect() } else { out })
}
