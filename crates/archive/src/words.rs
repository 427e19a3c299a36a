//! Text to words: lower case, without accents, stemmed in English and German. Ideographs are words of one character.

use std::cell::RefCell;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest kept word, in characters; what is longer is cut (the index has a limit of bytes a term).
const LONGEST: usize = 40;

/// The language whose endings are taken off. `Other` means: words as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
    German,
    Other,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::English, Language::German, Language::Other];

    /// From a language tag such as `de-AT`.
    pub fn of_tag(tag: &str) -> Language {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Language::English,
            "de" => Language::German,
            _ => Language::Other,
        }
    }
}

/// A word: folded, and where it stands (bytes of the text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub folded: String,
    pub range: Range<usize>,
}

/// The words of `text` in order. The English genitive ('s) is left out.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let push = |range: Range<usize>, found: &mut Vec<Word>| {
        let folded = fold(&text[range.clone()]);
        if !folded.is_empty() {
            found.push(Word { folded, range });
        }
    };
    for (at, character) in text.char_indices() {
        let in_word = character.is_alphanumeric() || (start.is_some() && is_combining_mark(character));
        if in_word && !is_ideograph(character) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(begin) = start.take() {
            push(begin..at, &mut found);
        }
        if is_ideograph(character) {
            push(at..at + character.len_utf8(), &mut found);
        }
    }
    if let Some(begin) = start {
        push(begin..text.len(), &mut found);
    }
    let mut previous_end = usize::MAX;
    found.retain(|word| {
        let between = text.get(previous_end..word.range.start);
        previous_end = word.range.end;
        !(word.folded == "s" && matches!(between, Some("'" | "’")))
    });
    found
}

/// `word` (folded) without its ending.
pub(crate) fn stem(folded: &str, language: Language) -> String {
    thread_local! {
        static STEMMERS: RefCell<(Stemmer, Stemmer)> =
            RefCell::new((Stemmer::create(Algorithm::English), Stemmer::create(Algorithm::German)));
    }
    STEMMERS.with_borrow(|(english, german)| match language {
        Language::English => english.stem(folded).into_owned(),
        Language::German => german.stem(folded).into_owned(),
        Language::Other => folded.to_owned(),
    })
}

/// Every form under which a story of some language may hold this word, without repetition.
pub(crate) fn stems(folded: &str) -> Vec<String> {
    let mut forms: Vec<String> = Language::ALL.iter().map(|&language| stem(folded, language)).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Words too common to say what a story is about.
pub(crate) fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.binary_search(&folded).is_ok()
}

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for character in
        word.nfkd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase)
    {
        match character {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'þ' => folded.push_str("th"),
            other if other.is_alphanumeric() => folded.push(other),
            _ => {}
        }
    }
    match folded.char_indices().nth(LONGEST) {
        Some((end, _)) => folded[..end].to_owned(),
        None => folded,
    }
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// English and German, folded and sorted.
const FUNCTION_WORDS: &[&str] = &[
    "a", "aber", "about", "after", "all", "als", "also", "am", "an", "and", "any", "are", "as", "at", "auch",
    "auf", "aus", "be", "because", "been", "before", "bei", "bin", "bis", "but", "by", "can", "could", "da",
    "damit", "dann", "das", "dass", "dem", "den", "der", "des", "did", "die", "dies", "diese", "dieser",
    "do", "does", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "for",
    "from", "fur", "had", "has", "hat", "hatte", "have", "he", "her", "him", "his", "how", "i", "ich", "if",
    "ihr", "ihre", "im", "in", "into", "is", "ist", "it", "its", "just", "kann", "man", "may", "me", "mehr",
    "mit", "more", "most", "my", "nach", "nicht", "no", "noch", "not", "nur", "oder", "of", "on", "only",
    "or", "other", "our", "out", "over", "sagte", "said", "say", "says", "sein", "seine", "she", "should",
    "sich", "sie", "sind", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "uber", "um", "und", "under", "uns", "unter",
    "up", "upon", "very", "vom", "von", "vor", "war", "waren", "was", "we", "wenn", "werden", "were", "what",
    "when", "where", "which", "while", "who", "wie", "will", "wir", "wird", "with", "would", "wurde",
    "wurden", "you", "your", "zu", "zum", "zur",
];
