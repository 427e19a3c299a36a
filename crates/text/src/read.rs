//! One reading of a text: everything this crate finds, made once and asked often.

use std::ops::Range;

use crate::{Attribution, Date, Language, Name, Number, Quotation, Word};

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Copy {
    pub text: String,
    pub language: Language,
    /// Bytes of each sentence.
    pub sentences: Vec<Range<usize>>,
    pub words: Vec<Word>,
    /// Number of the sentence of each word.
    pub sentence_of: Vec<usize>,
    /// Number of the quotation of each word.
    pub quoted: Vec<Option<usize>>,
    pub quotations: Vec<Quotation>,
    pub names: Vec<Name>,
    pub numbers: Vec<Number>,
    pub dates: Vec<Date>,
    pub attributions: Vec<Attribution>,
    starts: Vec<usize>,
}

/// Reads `text` once; `language` as guessed when not given. Time is linear in its length.
///
/// Cannot: see what is not in the text (pictures, tables that were flattened, who publishes it).
pub fn read(text: &str, language: Option<Language>) -> Copy {
    let language = language.unwrap_or_else(|| crate::language(text));
    let sentences = crate::sentences(text);
    let words = crate::words(text, language);
    let mut sentence_of = Vec::with_capacity(words.len());
    let mut starts = vec![words.len(); sentences.len() + 1];
    let mut sentence = 0;
    for (at, word) in words.iter().enumerate() {
        while sentence + 1 < sentences.len() && word.range.start >= sentences[sentence + 1].start {
            sentence += 1;
        }
        sentence_of.push(sentence);
        if starts[sentence] == words.len() {
            starts[sentence] = at;
        }
    }
    for at in (0..sentences.len()).rev() {
        if starts[at] == words.len() {
            starts[at] = starts[at + 1];
        }
    }
    let begins: Vec<bool> = (0..words.len()).map(|at| starts[sentence_of[at]] == at).collect();
    let quotations = crate::quotations(text);
    let mut quoted = vec![None; words.len()];
    let mut at = 0;
    for (number, quote) in quotations.iter().enumerate() {
        while at < words.len() && words[at].range.start < quote.inner.start {
            at += 1;
        }
        while at < words.len() && words[at].range.end <= quote.inner.end {
            quoted[at] = Some(number);
            at += 1;
        }
    }
    let names = crate::names(text, &words, &begins, language);
    let numbers = crate::numbers(text, &words, language);
    let dates = crate::dates(&words);
    let mut copy = Copy {
        text: text.to_owned(),
        language,
        sentences,
        words,
        sentence_of,
        quoted,
        quotations,
        names,
        numbers,
        dates,
        attributions: Vec::new(),
        starts,
    };
    copy.attributions = crate::attributions(&copy);
    copy
}

impl Copy {
    /// Indexes of the words of a sentence.
    pub fn words_of(&self, sentence: usize) -> Range<usize> {
        if sentence >= self.sentences.len() {
            return 0..0;
        }
        self.starts[sentence]..self.starts[sentence + 1]
    }

    /// The sentence itself.
    pub fn sentence(&self, sentence: usize) -> &str {
        self.sentences.get(sentence).map_or("", |range| &self.text[range.clone()])
    }

    /// Whether the word at `at` makes its sentence less than certain. "May" is left alone in a date and with a capital.
    pub fn doubts(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let in_date = || {
            let from = self.dates.partition_point(|date| date.words.end <= at);
            self.dates.get(from).is_some_and(|date| date.words.contains(&at))
        };
        crate::is_hedge(&word.lower) && !(word.lower == "may" && (word.capital || in_date()))
    }

    /// What stands between a word and the one before it.
    pub fn between(&self, word: usize) -> &str {
        if word == 0 || word >= self.words.len() {
            return "";
        }
        &self.text[self.words[word - 1].range.end..self.words[word].range.start]
    }
}
