//! Full-text search that knows what its reader may read.
//!
//! Public words are ranked by BM25 over the public field. A gated word adds the same amount wherever it stands, so that
//! neither lengths nor frequencies of text for other audiences can show in the order.

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use crate::card::Card;
use crate::error::Error;
use crate::fields::audience_prefix;
use crate::index::Archive;
use crate::query::Query;
use crate::words;

/// Pages end here: deeper ones cost more and are read by machines.
const DEEPEST: usize = 10_000;
/// What a gated word adds to a score.
const GATED_SCORE: f32 = 1.0;

#[derive(Debug, Clone)]
pub struct SearchOptions {
    /// The audiences that the reader belongs to; none for an anonymous one.
    pub audiences: Vec<String>,
    /// How many hits, at most 100, after leaving out `offset`.
    pub limit: usize,
    pub offset: usize,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions { audiences: Vec::new(), limit: 15, offset: 0 }
    }
}

/// One story that was found. Show a story that is not `public` with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub id: String,
    pub visibility: String,
    pub published_at: i64,
    pub score: f32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Of all pages together.
    pub total: usize,
}

impl Archive {
    /// Stories in which every word and phrase of `query` stands where this reader may read.
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<Found, Error> {
        let query = Query::parse(query);
        if query.is_empty() {
            return Ok(Found::default());
        }
        let prefixes: Vec<String> =
            options.audiences.iter().map(|audience| audience_prefix(audience)).collect();
        let mut clauses = Vec::new();
        for (parts, occur) in [(&query.wanted, Occur::Must), (&query.unwanted, Occur::MustNot)] {
            clauses.extend(parts.iter().map(|part| (occur, self.anywhere(part, &prefixes))));
        }
        let query = BooleanQuery::new(clauses);
        let searcher = self.searcher();
        let total = searcher.search(&query, &Count).map_err(|error| self.failed(error))?;
        let limit = options.limit.min(100);
        if limit == 0 || options.offset >= DEEPEST.min(total) {
            return Ok(Found { hits: Vec::new(), total });
        }
        let top = TopDocs::with_limit(limit).and_offset(options.offset).order_by_score();
        let top = searcher.search(&query, &top).map_err(|error| self.failed(error))?;
        let mut hits = Vec::with_capacity(top.len());
        for (score, address) in top {
            let Card { id, visibility, published_at, .. } = self.card(&searcher, address)?;
            hits.push(Hit { id, visibility, published_at, score });
        }
        Ok(Found { hits, total })
    }

    pub(crate) fn card(&self, searcher: &Searcher, address: DocAddress) -> Result<Card, Error> {
        let document: TantivyDocument = searcher.doc(address).map_err(|error| self.failed(error))?;
        let bytes = document.get_first(self.fields.card).and_then(|value| {
            use tantivy::schema::Value;
            value.as_bytes().and_then(Card::from_bytes)
        });
        bytes.ok_or_else(|| Error::Unreadable {
            dir: self.dir.clone(),
            reason: "a story's card is broken".to_owned(),
        })
    }

    /// A word or phrase in the public field, or in the text for one of the audiences, in any language's form.
    fn anywhere(&self, part: &[String], prefixes: &[String]) -> Box<dyn tantivy::query::Query> {
        let mut ways: Vec<Box<dyn tantivy::query::Query>> = Vec::new();
        for forms in forms(part) {
            ways.push(exactly(self.fields.public, "", &forms));
            for prefix in prefixes {
                let gated = exactly(self.fields.gated, prefix, &forms);
                ways.push(Box::new(ConstScoreQuery::new(gated, GATED_SCORE)));
            }
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }
}

/// The part as a story of each language holds it, without repetition.
fn forms(part: &[String]) -> Vec<Vec<String>> {
    let mut forms: Vec<Vec<String>> = words::Language::ALL
        .iter()
        .map(|&language| part.iter().map(|word| words::stem(word, language)).collect())
        .collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn exactly(field: Field, prefix: &str, words: &[String]) -> Box<dyn tantivy::query::Query> {
    let mut terms: Vec<Term> =
        words.iter().map(|word| Term::from_field_text(field, &format!("{prefix}{word}"))).collect();
    if terms.len() == 1 {
        return Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs));
    }
    Box::new(PhraseQuery::new(terms))
}
