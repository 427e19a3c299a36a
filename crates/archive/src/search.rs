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
        let searcher = self.searcher();
        let mut clauses = Vec::new();
        for (parts, occur) in [(&query.wanted, Occur::Must), (&query.unwanted, Occur::MustNot)] {
            for part in parts {
                match self.anywhere(&searcher, part, &prefixes).map_err(|error| self.failed(error))? {
                    Some(clause) => clauses.push((occur, clause)),
                    None if occur == Occur::Must => return Ok(Found::default()),
                    None => {}
                }
            }
        }
        let query = BooleanQuery::new(clauses);
        let limit = options.limit.min(100);
        if limit == 0 || options.offset >= DEEPEST {
            let total = searcher.search(&query, &Count).map_err(|error| self.failed(error))?;
            return Ok(Found { hits: Vec::new(), total });
        }
        let top = TopDocs::with_limit(limit).and_offset(options.offset).order_by_score();
        let (total, top) = searcher.search(&query, &(Count, top)).map_err(|error| self.failed(error))?;
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

    /// A word or phrase in the public field, or in the text for one of the audiences, in any language's form; `None` when no story
    /// has one of them. Forms that no story has are left out: a word with one form alone is found several times as fast.
    fn anywhere(
        &self,
        searcher: &Searcher,
        part: &[String],
        prefixes: &[String],
    ) -> tantivy::Result<Option<Box<dyn tantivy::query::Query>>> {
        let mut ways: Vec<Box<dyn tantivy::query::Query>> = Vec::new();
        for forms in forms(part) {
            if let Some(public) = exactly(searcher, self.fields.public, "", &forms)? {
                ways.push(public);
            }
            for prefix in prefixes {
                if let Some(gated) = exactly(searcher, self.fields.gated, prefix, &forms)? {
                    ways.push(Box::new(ConstScoreQuery::new(gated, GATED_SCORE)));
                }
            }
        }
        Ok(match ways.len() {
            0 | 1 => ways.pop(),
            _ => Some(Box::new(DisjunctionMaxQuery::new(ways))),
        })
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

/// The words one behind the other; `None` when the index does not hold one of them.
fn exactly(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    words: &[String],
) -> tantivy::Result<Option<Box<dyn tantivy::query::Query>>> {
    let mut terms: Vec<Term> =
        words.iter().map(|word| Term::from_field_text(field, &format!("{prefix}{word}"))).collect();
    for term in &terms {
        if searcher.doc_freq(term)? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(if terms.len() == 1 {
        Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs))
    } else {
        Box::new(PhraseQuery::new(terms))
    }))
}
