//! Stories about the same subject, and versions of the same story.
//!
//! Two steps. The index brings candidates by BM25 over subject words, as many words as fit a bound of postings. Then
//! story and candidates are compared as vectors, each smoothed with its own nearest among them: two stories that share
//! neighbours are near although they share few words. Both steps see public text alone.
//! Source: Lavrenko and Croft, "Relevance-Based Language Models", 2001, for smoothing with neighbours;
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use crate::candidates::{B, K1};
use crate::card::{self, Card};
use crate::error::Error;
use crate::fields::SKETCH;
use crate::index::Archive;
use crate::story::Story;
use crate::uncommon::Uncommon;

/// Resemblance from which two stories are versions of one.
pub const SAME_STORY: f32 = 0.5;
/// Each vector is smoothed with this many of its nearest.
const NEAREST: usize = 20;
/// How much the neighbours weigh in it, against the story's own words.
const NEIGHBOURS_WEIGHT: f32 = 2.0;
/// Power of rarity in a vector: candidates were sought by their rare words already, so here the common ones of a subject count, too.
const RARITY_POWER: f32 = 0.35;
/// Stories that share shingles of the sketch, compared exactly.
const ALIKE: usize = 100;

#[derive(Debug, Clone)]
pub struct RelatedOptions {
    /// At most this many stories.
    pub limit: usize,
    /// Likeness of the two stories' own words (cosine, not smoothed) below which a story is not related, 0.0 to 1.0; of all
    /// their words, and of those alone that are not common in this archive.
    /// Smoothed nearness only orders: in a small archive two strangers are each other's nearest.
    pub floor: f32,
    /// Whether versions of the story itself, and of stories already in the answer, are left in.
    pub versions: bool,
}

impl Default for RelatedOptions {
    fn default() -> RelatedOptions {
        RelatedOptions { limit: 5, floor: 0.15, versions: false }
    }
}

/// A story near to another. Show one that is not `public` with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    pub id: String,
    pub visibility: String,
    pub published_at: i64,
    /// 0.0 to 1.0: nearness of subjects, or resemblance for `versions`.
    pub nearness: f32,
}

impl Archive {
    /// Stories nearest to the one with this id, nearest first, the newer first among equals.
    ///
    /// Shape: at most `limit`, never the story itself; empty for an id that was not added and committed.
    pub fn related(&self, id: &str, options: &RelatedOptions) -> Result<Vec<Related>, Error> {
        match self.card_of(id)? {
            Some(card) => self.related_to_card(&card, options),
            None => Ok(Vec::new()),
        }
    }

    /// The same for a story that need not be in the index, such as a draft.
    pub fn related_to(&self, story: &Story, options: &RelatedOptions) -> Result<Vec<Related>, Error> {
        self.related_to_card(&Card::of(story), options)
    }

    /// Stories of which at least half the word 3-shingles (Jaccard) are this one's too, most alike first, at most 100.
    pub fn versions(&self, id: &str) -> Result<Vec<Related>, Error> {
        let Some(own) = self.card_of(id)? else { return Ok(Vec::new()) };
        let clauses = own.shingles.iter().take(SKETCH).map(|&hash| {
            let term = Term::from_field_text(self.fields.sketch, &card::term_of(hash));
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            (Occur::Should, Box::new(ConstScoreQuery::new(query, 1.0)) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(clauses.collect());
        let searcher = self.searcher();
        let alike = searcher
            .search(&query, &TopDocs::with_limit(ALIKE).order_by_score())
            .map_err(|error| self.failed(error))?;
        let mut versions = Vec::new();
        for (_, address) in alike {
            let card = self.card(&searcher, address)?;
            let resemblance = own.resemblance(&card);
            if card.id != own.id && resemblance >= SAME_STORY {
                versions.push(related(&card, resemblance));
            }
        }
        sort(&mut versions);
        Ok(versions)
    }

    fn related_to_card(&self, own: &Card, options: &RelatedOptions) -> Result<Vec<Related>, Error> {
        let searcher = self.searcher();
        let n_stories = searcher.num_docs() as f32;
        let mut cards = vec![own.clone()];
        for address in self.candidates(&searcher, own, n_stories)? {
            let card = self.card(&searcher, address)?;
            if card.id != own.id {
                cards.push(card);
            }
        }
        let (likeness, nearness) = nearness(&cards, |hash| self.rarity(hash, n_stories));
        let mut order: Vec<usize> = (1..cards.len()).filter(|&at| likeness[at] >= options.floor).collect();
        order.sort_by(|&a, &b| {
            (nearness[b].total_cmp(&nearness[a]))
                .then_with(|| cards[b].published_at.cmp(&cards[a].published_at))
                .then_with(|| cards[a].id.cmp(&cards[b].id))
        });
        let mean_length = cards.iter().map(|card| card.length() as f32).sum::<f32>() / cards.len() as f32;
        let rarity = |hash| self.rarity(hash, n_stories);
        let uncommon = Uncommon::of(own, mean_length, n_stories, rarity, RARITY_POWER);
        let mut shown: Vec<usize> = Vec::new();
        for at in order {
            if shown.len() >= options.limit {
                break;
            }
            if uncommon.likeness(&cards[at]) < options.floor {
                continue;
            }
            let seen =
                [0].iter().chain(&shown).any(|&other| cards[at].resemblance(&cards[other]) >= SAME_STORY);
            if options.versions || !seen {
                shown.push(at);
            }
        }
        Ok(shown.into_iter().map(|at| related(&cards[at], nearness[at])).collect())
    }

    fn card_of(&self, id: &str) -> Result<Option<Card>, Error> {
        let searcher = self.searcher();
        let address = self.address_of(&searcher, id).map_err(|error| self.failed(error))?;
        address.map(|address| self.card(&searcher, address)).transpose()
    }

    fn address_of(&self, searcher: &Searcher, id: &str) -> tantivy::Result<Option<DocAddress>> {
        let term = Term::from_field_text(self.fields.id, id);
        for (number, segment) in (0u32..).zip(searcher.segment_readers()) {
            let index = segment.inverted_index(self.fields.id)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let mut story = postings.doc();
            while story != TERMINATED {
                if !segment.is_deleted(story) {
                    return Ok(Some(DocAddress::new(number, story)));
                }
                story = postings.advance();
            }
        }
        Ok(None)
    }
}

/// How like each card is to the first by its own words, and how near smoothed, each 0.0 to 1.0.
fn nearness(cards: &[Card], rarity: impl Fn(u32) -> f32) -> (Vec<f32>, Vec<f32>) {
    let n = cards.len();
    let products = products(cards, rarity);
    // Row a of `shares`: what the smoothed vector of a is made of. The products of smoothed vectors follow from
    // those of the vectors: shares × products × sharesᵀ.
    let mut shares: Vec<Vec<(usize, f32)>> = Vec::with_capacity(n);
    for (a, row) in products.chunks_exact(n).enumerate() {
        let mut near: Vec<usize> = (0..n).filter(|&b| b != a && row[b] > 0.0).collect();
        if near.len() > NEAREST {
            let nearer = |&x: &usize, &y: &usize| row[y].total_cmp(&row[x]).then(x.cmp(&y));
            near.select_nth_unstable_by(NEAREST - 1, nearer);
            near.truncate(NEAREST);
        }
        let sum: f32 = near.iter().map(|&b| row[b]).sum();
        let mut share: Vec<(usize, f32)> =
            near.into_iter().map(|b| (b, NEIGHBOURS_WEIGHT * row[b] / sum)).collect();
        share.push((a, 1.0));
        shares.push(share);
    }
    let mut own = vec![0.0_f32; n];
    for &(i, weight) in &shares[0] {
        for (sum, product) in own.iter_mut().zip(&products[i * n..]) {
            *sum += weight * product;
        }
    }
    let with_own = |a: usize| -> f32 { shares[a].iter().map(|&(j, weight)| own[j] * weight).sum() };
    let with_itself = |a: usize| -> f32 {
        let of_row =
            |i: usize| shares[a].iter().map(|&(j, weight)| products[i * n + j] * weight).sum::<f32>();
        shares[a].iter().map(|&(i, weight)| weight * of_row(i)).sum()
    };
    let first = with_own(0);
    let nearness = (0..n)
        .map(|at| (with_own(at) / (first * with_itself(at)).sqrt()).clamp(0.0, 1.0))
        .map(not_nan)
        .collect();
    (products[..n].to_vec(), nearness)
}

/// Products of all pairs of cards as unit vectors over subject words, n × n, row by row.
///
/// The vectors are of BM25 with damped rarity, which keeps few rare words from drowning all others. Only words that two
/// cards share add to a product, so all words are gone through once, each with the cards that hold it.
fn products(cards: &[Card], rarity: impl Fn(u32) -> f32) -> Vec<f32> {
    let n = cards.len();
    let lengths: Vec<f32> = cards.iter().map(|card| card.length() as f32).collect();
    let mean_length = (lengths.iter().sum::<f32>() / n as f32).max(1.0);
    let norms: Vec<f32> = lengths.iter().map(|length| K1 * (1.0 - B + B * length / mean_length)).collect();
    // Word, card and count in one number, so that sorting is quick.
    let mut entries: Vec<u64> = Vec::with_capacity(cards.iter().map(|card| card.subject.len()).sum());
    for (at, card) in (0u64..).zip(cards) {
        let entry = |&(hash, count): &(u32, u8)| u64::from(hash) << 32 | at << 8 | u64::from(count);
        entries.extend(card.subject.iter().map(entry));
    }
    entries.sort_unstable();
    let mut products = vec![0.0_f32; n * n];
    let mut holders: Vec<(usize, f32)> = Vec::with_capacity(n);
    for of_word in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
        let rarity = rarity((of_word[0] >> 32) as u32).powf(RARITY_POWER);
        holders.clear();
        holders.extend(of_word.iter().map(|entry| {
            let (at, count) = ((entry >> 8 & 0xff_ffff) as usize, (entry & 0xff) as f32);
            (at, rarity * count * (K1 + 1.0) / (count + norms[at]))
        }));
        for (nth, &(a, weight)) in holders.iter().enumerate() {
            let row = &mut products[a * n..(a + 1) * n];
            for &(b, other) in &holders[nth..] {
                row[b] += weight * other;
            }
        }
    }
    let lengths: Vec<f32> = (0..n).map(|at| products[at * n + at].sqrt()).collect();
    for a in 0..n {
        for b in a..n {
            let product = products[a * n + b] / (lengths[a] * lengths[b]);
            products[a * n + b] = not_nan(product);
            products[b * n + a] = not_nan(product);
        }
    }
    products
}

fn related(card: &Card, nearness: f32) -> Related {
    Related {
        id: card.id.clone(),
        visibility: card.visibility.clone(),
        published_at: card.published_at,
        nearness,
    }
}

fn sort(stories: &mut [Related]) {
    stories.sort_by(|a, b| {
        (b.nearness.total_cmp(&a.nearness))
            .then_with(|| b.published_at.cmp(&a.published_at))
            .then_with(|| a.id.cmp(&b.id))
    });
}

/// A story without subject words is near to none.
fn not_nan(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value }
}
