//! What a reader typed, understood: words, "phrases", -minus. Every string is a query; one without words finds nothing.

use crate::words;

/// At most this many words are looked at.
const MOST_WORDS: usize = 32;

/// Every part of `wanted` must stand in a story, none of `unwanted` may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(crate) wanted: Vec<Vec<String>>,
    pub(crate) unwanted: Vec<Vec<String>>,
}

impl Query {
    /// Shape: each part is one word or the words of a phrase, folded, not yet stemmed.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        let mut rest = text;
        let mut n_words = 0;
        loop {
            rest = rest.trim_start();
            if rest.is_empty() || n_words >= MOST_WORDS {
                return query;
            }
            let minus = rest.strip_prefix('-');
            let part = minus.unwrap_or(rest);
            let quoted = part.strip_prefix(is_quote);
            let body = quoted.unwrap_or(part);
            let end = match quoted {
                Some(body) => body.find(is_quote),
                None => body.find(|character: char| character.is_whitespace() || is_quote(character)),
            };
            let end = end.unwrap_or(body.len());
            let folded: Vec<String> =
                words::words(&body[..end]).into_iter().map(|word| word.folded).collect();
            let folded: Vec<String> = folded.into_iter().take(MOST_WORDS - n_words).collect();
            n_words += folded.len();
            if !folded.is_empty() {
                if minus.is_some() { query.unwanted.push(folded) } else { query.wanted.push(folded) }
            }
            rest = &body[end..];
            if quoted.is_some() {
                rest = rest.strip_prefix(is_quote).unwrap_or(rest);
            }
        }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»')
}
