//! The stories that may be near to another: the best by BM25 over the words that tell most about it.
//!
//! Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::card::{self, Card};
use crate::error::Error;
use crate::index::Archive;

/// Stories that are found at most.
const CANDIDATES: usize = 200;
/// At most this many words are asked for, and of those only while the stories that hold them stay below `POSTINGS`.
const WORDS: usize = 100;
const POSTINGS: u64 = 400_000;
/// BM25's usual numbers.
pub(crate) const K1: f32 = 1.2;
pub(crate) const B: f32 = 0.75;

impl Archive {
    /// The best by BM25 over the story's most telling subject words.
    ///
    /// Adds up word by word over all stories of a segment: with a hundred words this is far quicker than the index's
    /// own search, which keeps them all in step to leave out stories that cannot be among the best.
    pub(crate) fn candidates(
        &self,
        searcher: &Searcher,
        own: &Card,
        n_stories: f32,
    ) -> Result<Vec<DocAddress>, Error> {
        let words = self.telling_words(own, n_stories);
        let mut best: BinaryHeap<(Reverse<u32>, DocAddress)> = BinaryHeap::with_capacity(CANDIDATES + 1);
        let mean_length = self.mean_length(searcher, n_stories).map_err(|error| self.failed(error))?;
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            let scores = self.scores(segment, &words, mean_length).map_err(|error| self.failed(error))?;
            for (story, &score) in (0u32..).zip(&scores) {
                // Floats above 0 are ordered as their bits are.
                let place = (Reverse(score.to_bits()), DocAddress::new(number as u32, story));
                if score <= 0.0 || best.len() == CANDIDATES && best.peek().is_some_and(|last| *last <= place)
                {
                    continue;
                }
                if segment.is_deleted(story) {
                    continue;
                }
                best.push(place);
                if best.len() > CANDIDATES {
                    best.pop();
                }
            }
        }
        Ok(best.into_sorted_vec().into_iter().map(|(_, address)| address).collect())
    }

    /// Words that candidates are sought by, with their weights.
    fn telling_words(&self, own: &Card, n_stories: f32) -> Vec<(Term, f32)> {
        let mut words: Vec<(u32, f32)> = own
            .subject
            .iter()
            .filter(|&&(hash, _)| self.n_stories_with(hash) > 0)
            .map(|&(hash, count)| (hash, f32::from(count.min(3)) * self.rarity(hash, n_stories)))
            .collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(WORDS);
        let mut postings = 0;
        let mut telling = Vec::with_capacity(words.len());
        for (hash, weight) in words {
            postings += u64::from(self.n_stories_with(hash));
            if postings > POSTINGS && !telling.is_empty() {
                break;
            }
            telling.push((Term::from_field_text(self.fields.subject, &card::term_of(hash)), weight));
        }
        telling
    }

    /// BM25 of each story of a segment, 0.0 where no word stands; removed stories are among them.
    fn scores(
        &self,
        segment: &SegmentReader,
        words: &[(Term, f32)],
        mean_length: f32,
    ) -> tantivy::Result<Vec<f32>> {
        let index = segment.inverted_index(self.fields.subject)?;
        let lengths = segment.get_fieldnorms_reader(self.fields.subject)?;
        // Lengths are kept as one of 256 steps.
        let norms: Vec<f32> = (0..=u8::MAX)
            .map(|step| FieldNormReader::id_to_fieldnorm(step) as f32)
            .map(|length| K1 * (1.0 - B + B * length / mean_length))
            .collect();
        let mut scores = vec![0.0_f32; segment.max_doc() as usize];
        for (term, weight) in words {
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            let mut story = postings.doc();
            while story != TERMINATED {
                let count = postings.term_freq() as f32;
                let norm = norms[usize::from(lengths.fieldnorm_id(story))];
                scores[story as usize] += weight * (K1 + 1.0) * count / (count + norm);
                story = postings.advance();
            }
        }
        Ok(scores)
    }

    /// Subject words of a story, repetitions counted; at least 1.
    fn mean_length(&self, searcher: &Searcher, n_stories: f32) -> tantivy::Result<f32> {
        let mut n_words = 0;
        for segment in searcher.segment_readers() {
            n_words += segment.inverted_index(self.fields.subject)?.total_num_tokens();
        }
        Ok((n_words as f32 / n_stories.max(1.0)).max(1.0))
    }

    /// How much a word tells (inverse document frequency), always above 0.
    pub(crate) fn rarity(&self, hash: u32, n_stories: f32) -> f32 {
        let n_with = self.n_stories_with(hash) as f32;
        let n_stories = n_stories.max(n_with);
        (1.0 + (n_stories - n_with + 0.5) / (n_with + 0.5)).ln()
    }
}
