//! Teasers that end: whole sentences from the beginning of a text, within a length, without the headline over again.

mod clause;
mod small_words;

use std::collections::HashSet;

use text::{Copy, WordList, is_pronoun};

/// A cut clause shorter than this says too little where something else can be had, and at all.
const SHORT: usize = 40;
const SHORTEST: usize = 20;

/// Sentences in which a teaser is looked for when the first one is too long.
const LOOKED_AT: usize = 12;

/// A teaser of at most `max_chars` characters for a story with this headline.
///
/// Sentences that repeat the headline, or begin with its first three words, are passed over; so are lines without a full stop
/// (kickers, bylines). Where the first sentence is too long it ends behind a main clause that has its verb, with a full stop; where
/// it has none that fits, a later sentence that leans on no other takes its place. Never an ellipsis. `None` when nothing fits.
///
/// Cannot: know that a sentence further down needs one that was passed over.
pub fn teaser(text: &str, headline: &str, max_chars: usize) -> Option<String> {
    let copy = text::read(text, None);
    let title = text::read(headline, Some(copy.language));
    let fits = |sentence: &usize| {
        is_whole(&one_line(copy.sentence(*sentence))) && !repeats(&copy, *sentence, &title)
    };
    let first = (0..copy.sentences.len()).find(fits)?;
    let short = clause_or_more(&copy, first, max_chars, fits);
    short.or_else(|| {
        let mut later = (first + 1..copy.sentences.len()).take(LOOKED_AT);
        later
            .find(|sentence| {
                fits(sentence) && stands_alone(&copy, *sentence) && n_chars(&copy, *sentence) <= max_chars
            })
            .and_then(|sentence| clause_or_more(&copy, sentence, max_chars, fits))
            .or_else(|| clause::cut(&copy, first, (SHORTEST, max_chars)))
    })
}

/// Whole sentences from this one on, as many as there is room for; or the beginning of this one.
fn clause_or_more(
    copy: &Copy,
    first: usize,
    max_chars: usize,
    fits: impl Fn(&usize) -> bool,
) -> Option<String> {
    let mut out = String::new();
    for sentence in (first..copy.sentences.len()).take_while(fits) {
        let line = one_line(copy.sentence(sentence));
        let space = if out.is_empty() || out.ends_with(WIDE_ENDS) { "" } else { " " };
        if out.chars().count() + space.len() + line.chars().count() > max_chars {
            break;
        }
        out.push_str(space);
        out.push_str(&line);
    }
    if out.is_empty() { clause::cut(copy, first, (SHORT, max_chars)) } else { Some(out) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn n_chars(copy: &Copy, sentence: usize) -> usize {
    one_line(copy.sentence(sentence)).chars().count()
}

/// First words that something went before.
static POINTS_BACK: WordList = WordList::new(&[
    "also",
    "and",
    "another",
    "besides",
    "both",
    "but",
    "however",
    "instead",
    "meanwhile",
    "nor",
    "or",
    "other",
    "others",
    "so",
    "such",
    "then",
    "there",
    "these",
    "this",
    "those",
    "yet",
    "aber",
    "auch",
    "außerdem",
    "da",
    "dabei",
    "dafür",
    "daher",
    "damals",
    "danach",
    "daraufhin",
    "deshalb",
    "dies",
    "diese",
    "dieser",
    "dieses",
    "doch",
    "dort",
    "hier",
    "und",
    "zudem",
]);

/// No word of it stands for something in a sentence before.
fn stands_alone(copy: &Copy, sentence: usize) -> bool {
    let span = copy.words_of(sentence);
    let Some(first) = copy.words.get(span.start) else { return false };
    let definite = matches!(first.lower.as_str(), "the" | "der" | "die" | "das");
    let begins_with_name =
        copy.names.iter().any(|name| span.contains(&name.words.start) && name.words.start < span.start + 7);
    let leans = |at: usize| {
        let lower = copy.words[at].lower.as_str();
        copy.quoted[at].is_none() && is_pronoun(lower) && (lower != "that" || at == span.start)
    };
    !POINTS_BACK.holds(&first.lower) && (!definite || begins_with_name) && !span.clone().any(leans)
}

/// Full stops of scripts that set no space behind them.
const WIDE_ENDS: [char; 6] = ['。', '！', '？', '」', '』', '）'];

/// Ends like a sentence, and its quotation marks are closed.
fn is_whole(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '”', '“', '\'', '’', '»', '«', ')', '」', '』', '）']);
    end.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।']) && !end.ends_with("..") && balanced(line)
}

fn balanced(line: &str) -> bool {
    let count = |marks: &[char]| line.chars().filter(|c| marks.contains(c)).count();
    count(&['"']) % 2 == 0
        && count(&['“', '„', '”']) % 2 == 0
        && count(&['«', '»']) % 2 == 0
        && count(&['(', '（']) == count(&[')', '）'])
        && count(&['「', '『']) == count(&['」', '』'])
}

fn repeats(copy: &Copy, sentence: usize, title: &Copy) -> bool {
    let span = copy.words_of(sentence);
    // Where each letter is a word, as in Chinese, three of them are one name.
    let n_same = if title.words.iter().take(3).all(|word| word.lower.chars().count() < 2) { 8 } else { 3 };
    let start = |words: &[text::Word]| words.iter().take(n_same).map(|word| word.key).collect::<Vec<_>>();
    let same_start = title.words.len() >= n_same && start(&copy.words[span.clone()]) == start(&title.words);
    let content = |words: &[text::Word]| {
        words.iter().filter(|word| !word.stop).map(|word| word.key).collect::<HashSet<u64>>()
    };
    let (ours, theirs) = (content(&copy.words[span]), content(&title.words));
    let shared = ours.intersection(&theirs).count();
    let least = ours.len().min(theirs.len());
    same_start || (least >= 3 && shared as f64 >= 0.8 * least as f64)
}
