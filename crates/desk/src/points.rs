//! Key points without a model: whole sentences of the text, or safe shortenings, that cover the story and stand on their own.

mod alone;
mod begins;
mod days;
mod definite;
mod moments;
mod pairs;
mod quotes;
mod times;
mod told;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use text::{Copy, Language, WordList};

use self::alone::stands_alone;
use self::begins::points_back;
use self::definite::leans_on_names;
use self::moments::{counts_back, misses_its_day};
use self::pairs::{misses_its_many, misses_its_two};
use self::quotes::quotes_whole;
use self::times::Edit;
use self::told::Told;
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

/// Points for which sentences are taken that likely lean on another, where there are no better ones.
const FEW: usize = 3;

/// Candidates that are looked at before the list is taken as it is; keeps the time linear in the text.
const TRIES: usize = 80;

/// Share of a sentence's content words in a headline or teaser, or of two points in one another, from which they repeat.
const REPEATS: f64 = 0.6;

/// Key points of the article, in its order: at most seven, about one for 60 words; fewer when not enough sentences stand on their
/// own, none for a text under 120 words. Each passes [`check`].
///
/// Days are given their dates when the article has its day, from its dateline or its publication. The dateline is left out. In languages other than English and German no sentence
/// is shortened and pronouns are known only in part.
///
/// Sentences with a definite name that the article made known before ("the plan" after "a plan") are taken for the first three only.
///
/// Cannot: put two sentences together.
pub fn choose(article: &Article, options: &Options) -> Vec<Point> {
    let copy = &article.copy;
    let n_words = copy.words.len();
    if n_words < SHORTEST {
        return Vec::new();
    }
    let wanted = (n_words / WORDS_EACH).clamp(2, 7);
    let told = Told::of(options, copy.language);
    let (sound, doubtful): (Vec<Candidate>, Vec<Candidate>) = (0..copy.sentences.len())
        .filter_map(|sentence| candidate(article, sentence, &told))
        .filter(|one| !told.heads.iter().any(|head| repeats(&one.content, head)))
        .partition(|one| !one.doubtful);
    let mut choice =
        Choice { article, wanted, frequency: frequencies(copy), chosen: Vec::new(), covered: HashSet::new() };
    choice.take(sound, wanted);
    choice.take(doubtful, wanted.min(FEW));
    let mut chosen = choice.chosen;
    chosen.sort_by_key(|one| one.sentence);
    chosen
        .into_iter()
        .map(|one| Point {
            evidence: vec![Evidence { sentence: one.sentence, range: copy.sentences[one.sentence].clone() }],
            text: one.text,
        })
        .collect()
}

/// Whether a sentence needs one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lean {
    No,
    Perhaps,
    Likely,
    Surely,
}

struct Candidate {
    sentence: usize,
    text: String,
    /// Keys of its content words; in order, so that their worths add up to the same sum each time.
    content: BTreeSet<u64>,
    weight: f64,
    /// Likely leans on a sentence before.
    doubtful: bool,
}

/// Points as they are chosen, the worthiest first.
struct Choice<'a> {
    article: &'a Article,
    wanted: usize,
    frequency: HashMap<u64, f64>,
    chosen: Vec<Candidate>,
    /// Keys of the content words of those chosen.
    covered: HashSet<u64>,
}

impl Choice<'_> {
    /// Takes from the candidates until `enough` are chosen in all.
    fn take(&mut self, mut candidates: Vec<Candidate>, enough: usize) {
        let mut tries = 0;
        while self.chosen.len() < enough && !candidates.is_empty() && tries < TRIES {
            tries += 1;
            let worths: Vec<f64> = candidates.iter().map(|one| self.worth(one)).collect();
            let Some(at) =
                (0..candidates.len()).max_by(|a, b| worths[*a].total_cmp(&worths[*b]).then(b.cmp(a)))
            else {
                break;
            };
            let best = candidates.remove(at);
            let is_new = !self.chosen.iter().any(|other| repeats(&best.content, &other.content));
            // The gate has the last word, here as everywhere.
            if is_new && check(self.article, &best.text).publish {
                self.covered.extend(&best.content);
                self.chosen.push(best);
            }
        }
    }

    fn worth(&self, one: &Candidate) -> f64 {
        let n_parts = self.wanted.min(5);
        let part = |one: &Candidate| one.sentence * n_parts / self.article.copy.sentences.len().max(1);
        let new: f64 = one
            .content
            .iter()
            .filter(|key| !self.covered.contains(*key))
            .map(|key| self.frequency.get(key).copied().unwrap_or(0.0))
            .sum();
        let fresh_part = !self.chosen.iter().any(|other| part(other) == part(one));
        new / (one.content.len() as f64 + 4.0) * one.weight * if fresh_part { 1.6 } else { 1.0 }
    }
}

/// Whether two points say nearly the same: most content words of the shorter are the other's, too.
pub fn repeat(one: &str, other: &str, language: Language) -> bool {
    let content = |text: &str| content(&text::read(text, Some(language)));
    repeats(&content(one), &content(other))
}

fn content(copy: &Copy) -> BTreeSet<u64> {
    copy.words.iter().filter(|word| !word.stop).map(|word| word.key).collect()
}

fn repeats(one: &BTreeSet<u64>, other: &BTreeSet<u64>) -> bool {
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
fn candidate(article: &Article, sentence: usize, told: &Told) -> Option<Candidate> {
    let copy = &article.copy;
    let span = article.body_of(sentence);
    if !(8..=42).contains(&span.len()) || !is_finished(&copy.text[article.body_range(sentence)]) {
        return None;
    }
    if !stands_alone(copy, sentence) || !quotes_whole(copy, sentence) || is_marked(copy, &span) {
        return None;
    }
    // Behind a dateline the sentence has a first word of its own.
    let is_dated = span.start > copy.words_of(sentence).start;
    if is_dated && (text::is_pronoun(&copy.words[span.start].lower) || points_back(copy, &span)) {
        return None;
    }
    let lean = misses_its_day(copy, span.clone()).max(misses_its_two(copy, sentence, told));
    if lean == Lean::Surely {
        return None;
    }
    let text = shortened(article, sentence)?;
    let content: BTreeSet<u64> =
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
    let lean = lean.max(leans_on_names(article, sentence, told));
    weight *= if lean == Lean::Perhaps { 0.6 } else { 1.0 };
    let doubtful = lean == Lean::Likely || counts_back(copy, span.clone()) || misses_its_many(copy, sentence);
    Some(Candidate { sentence, text, content, weight, doubtful })
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

/// Marks of who speaks in an interview.
static MARKS: WordList = WordList::new(&["question", "answer", "frage", "antwort"]);

/// "Q: …", "A: …", "Frage: …", "SPIEGEL: …": a turn of an interview, which leans on the turn before.
fn is_marked(copy: &Copy, span: &Range<usize>) -> bool {
    let Some(next) = copy.words.get(span.start + 1) else { return false };
    let first = &copy.words[span.start];
    let said = &copy.text[first.range.clone()];
    let is_mark = MARKS.holds(&first.lower) || first.capital && !said.chars().any(char::is_lowercase);
    let between = copy.text[first.range.end..next.range.start].trim_start();
    // "A. Brandt" is a name, unless the text has "Q." too.
    let is_short = matches!(said, "Q" | "A") && between.starts_with('.') && copy.text.contains("Q. ");
    is_mark && between.starts_with(':') || is_short
}

/// The sentence without the dateline, a joining first word and "also", with the dates of its days. `None` when a day cannot be dated.
fn shortened(article: &Article, sentence: usize) -> Option<String> {
    let copy = &article.copy;
    let span = article.body_of(sentence);
    let range = article.body_range(sentence);
    let two = matches!(copy.language, Language::English | Language::German);
    let mut edits: Vec<Edit> = Vec::new();
    let mut start = range.start;
    let first = &copy.words[span.start];
    if JOINING.contains(&first.lower.as_str()) {
        if !two {
            return None;
        }
        let next = copy.words.get(span.start + 1)?;
        if JOINING.contains(&next.lower.as_str()) || points_back(copy, &(span.start + 1..span.end)) {
            return None;
        }
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
