//! The stories that may be near to another: the best by BM25 over the words that tell most about it.
//!
//! In two rounds, since most of a large archive holds some word of any story. The words that tell most, as long as few
//! stories hold them, say who may be among the best at all; the other words are looked up in those alone.
//! Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; Moffat and Zobel,
//! "Self-indexing inverted files for fast text retrieval", 1996, for the two rounds.

use tantivy::fieldnorm::FieldNormReader as Lengths;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, InvertedIndexReader, Searcher, SegmentReader, Term};

use crate::card::{self, Card};
use crate::error::Error;
use crate::index::Archive;

/// Stories that are found at most.
const CANDIDATES: usize = 200;
/// At most this many words are asked for.
const WORDS: usize = 60;
/// Words are of the first round while the stories that hold them stay below this, counted for each word.
const POSTINGS: u64 = 150_000;
/// Stories that come into the second round.
const POOL: usize = 400;
/// Stories whose scores are added up at once: small enough to stay in a core's cache.
const WINDOW: u32 = 1 << 13;
/// Repetitions of a word that are told apart.
const COUNTS: usize = 16;
/// BM25's usual numbers.
pub(crate) const K1: f32 = 1.2;
pub(crate) const B: f32 = 0.75;

/// A word that candidates are sought by, and how much it tells.
type Telling = (Term, f32);

impl Archive {
    /// Nearly the best by BM25 over the story's most telling subject words, best first.
    pub(crate) fn candidates(
        &self,
        searcher: &Searcher,
        own: &Card,
        n_stories: f32,
    ) -> Result<Vec<DocAddress>, Error> {
        let (first, second) = self.telling_words(own, n_stories);
        self.best(searcher, n_stories, &first, &second).map_err(|error| self.failed(error))
    }

    fn best(
        &self,
        searcher: &Searcher,
        n_stories: f32,
        first: &[Telling],
        second: &[Telling],
    ) -> tantivy::Result<Vec<DocAddress>> {
        let indexes: Vec<_> = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.inverted_index(self.fields.subject))
            .collect::<tantivy::Result<_>>()?;
        let n_words: u64 = indexes.iter().map(|index| index.total_num_tokens()).sum();
        let gains = Gains::new((n_words as f32 / n_stories.max(1.0)).max(1.0));
        let mut pool = Pool::default();
        for (number, (segment, index)) in (0u32..).zip(searcher.segment_readers().iter().zip(&indexes)) {
            let lengths = segment.get_fieldnorms_reader(self.fields.subject)?;
            first_round((number, segment, index), first, (&gains, &lengths), &mut pool)?;
        }
        let mut pool = pool.close();
        if !second.is_empty() && pool.len() > CANDIDATES {
            pool.sort_unstable_by_key(|&(_, address)| address);
            for stories in pool.chunk_by_mut(|a, b| a.1.segment_ord == b.1.segment_ord) {
                let number = stories[0].1.segment_ord;
                let lengths = searcher.segment_reader(number).get_fieldnorms_reader(self.fields.subject)?;
                second_round(&indexes[number as usize], second, (&gains, &lengths), stories)?;
            }
        }
        pool.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        pool.truncate(CANDIDATES);
        Ok(pool.into_iter().map(|(_, address)| address).collect())
    }

    /// Words that candidates are sought by, those that tell most first: of the first round and of the second.
    fn telling_words(&self, own: &Card, n_stories: f32) -> (Vec<Telling>, Vec<Telling>) {
        let mut words: Vec<(u32, f32)> = own
            .subject
            .iter()
            .filter(|&&(hash, _)| self.n_stories_with(hash) > 0)
            .map(|&(hash, count)| (hash, f32::from(count.min(3)) * self.rarity(hash, n_stories)))
            .collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(WORDS);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let mut n_postings = 0;
        for (hash, weight) in words {
            let word = (Term::from_field_text(self.fields.subject, &card::term_of(hash)), weight);
            let n_with = u64::from(self.n_stories_with(hash));
            if first.is_empty() || n_postings + n_with <= POSTINGS {
                n_postings += n_with;
                first.push(word);
            } else {
                second.push(word);
            }
        }
        (first, second)
    }

    /// How much a word tells (inverse document frequency), always above 0.
    pub(crate) fn rarity(&self, hash: u32, n_stories: f32) -> f32 {
        let n_with = self.n_stories_with(hash) as f32;
        let n_stories = n_stories.max(n_with);
        (1.0 + (n_stories - n_with + 0.5) / (n_with + 0.5)).ln()
    }
}

/// What a word adds to a story's score before it is weighed, by its repetitions and the story's length, which the index
/// keeps as one of 256 steps.
struct Gains(Vec<[f32; COUNTS]>);

impl Gains {
    fn new(mean_length: f32) -> Gains {
        let of_length = |step: u8| {
            let length = Lengths::id_to_fieldnorm(step) as f32;
            let norm = K1 * (1.0 - B + B * length / mean_length);
            std::array::from_fn(|count| (K1 + 1.0) * count as f32 / (count as f32 + norm))
        };
        Gains((0..=u8::MAX).map(of_length).collect())
    }

    fn of(&self, n_times: u32, length: u8) -> f32 {
        self.0[usize::from(length)][(n_times as usize).min(COUNTS - 1)]
    }
}

/// Scores of all stories of a segment that hold one of the words.
fn first_round(
    (number, segment, index): (u32, &SegmentReader, &InvertedIndexReader),
    words: &[Telling],
    (gains, lengths): (&Gains, &Lengths),
    pool: &mut Pool,
) -> tantivy::Result<()> {
    let mut cursors: Vec<(BlockSegmentPostings, usize, f32)> = Vec::with_capacity(words.len());
    for (term, weight) in words {
        if let Some(postings) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? {
            cursors.push((postings, 0, *weight));
        }
    }
    let mut scores = vec![0.0_f32; WINDOW as usize];
    let mut touched: Vec<u32> = Vec::with_capacity(WINDOW as usize);
    // A window begins at the next story that holds any of the words.
    while let Some(start) = cursors.iter().filter_map(|(postings, at, _)| postings.docs().get(*at)).min() {
        let start = *start;
        let end = start.saturating_add(WINDOW);
        for (postings, at, weight) in &mut cursors {
            loop {
                let (stories, counts) = (&postings.docs()[*at..], &postings.freqs()[*at..]);
                let n_before = stories.partition_point(|&story| story < end);
                for (&story, &count) in stories[..n_before].iter().zip(counts) {
                    let score = &mut scores[(story - start) as usize];
                    if *score == 0.0 {
                        touched.push(story);
                    }
                    *score += *weight * gains.of(count, lengths.fieldnorm_id(story));
                }
                if n_before < stories.len() || stories.is_empty() {
                    *at += n_before;
                    break;
                }
                postings.advance();
                *at = 0;
            }
        }
        for story in touched.drain(..) {
            let score = std::mem::take(&mut scores[(story - start) as usize]);
            if score >= pool.floor && !segment.is_deleted(story) {
                pool.push(score, DocAddress::new(number, story));
            }
        }
    }
    Ok(())
}

/// Adds what further words give to stories of one segment, which stand in the segment's order.
fn second_round(
    index: &InvertedIndexReader,
    words: &[Telling],
    (gains, lengths): (&Gains, &Lengths),
    stories: &mut [(f32, DocAddress)],
) -> tantivy::Result<()> {
    for (term, weight) in words {
        let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else {
            continue;
        };
        for (score, address) in &mut *stories {
            let story: DocId = address.doc_id;
            match postings.docs().last() {
                None => break,
                Some(&last) if last < story => drop(postings.seek(story)),
                Some(_) => {}
            }
            let Ok(at) = postings.docs().binary_search(&story) else { continue };
            *score += weight * gains.of(postings.freq(at), lengths.fieldnorm_id(story));
        }
    }
    Ok(())
}

/// The best `POOL` stories so far, and some more.
#[derive(Default)]
struct Pool {
    stories: Vec<(f32, DocAddress)>,
    /// Below this nobody comes in any more.
    floor: f32,
}

impl Pool {
    fn push(&mut self, score: f32, address: DocAddress) {
        self.stories.push((score, address));
        if self.stories.len() >= 4 * POOL {
            self.thin_out();
        }
    }

    fn thin_out(&mut self) {
        if self.stories.len() > POOL {
            let (_, last, _) =
                self.stories.select_nth_unstable_by(POOL - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            self.floor = last.0;
            self.stories.truncate(POOL);
        }
    }

    fn close(mut self) -> Vec<(f32, DocAddress)> {
        self.thin_out();
        self.stories
    }
}
