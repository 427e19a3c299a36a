//! What is kept of each story beside the index itself: enough to compare it with another, all of it from public text.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::story::Story;
use crate::words::{self, Word};

/// Occurrences of a word in the title, in tags and in names count this often, since they say what the story is about.
const HEADLINE_WEIGHT: u8 = 2;

/// A story's subject and fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Card {
    pub id: String,
    pub visibility: String,
    pub published_at: i64,
    /// Subject words by hash, ascending, with their counts.
    pub subject: Vec<(u32, u8)>,
    /// Hashes of all word 3-shingles of title and text, ascending, each once.
    pub shingles: Vec<u32>,
}

impl Card {
    pub fn of(story: &Story) -> Card {
        let title = words::words(&story.title);
        let text = words::words(&story.public_text);
        let mut counts: HashMap<u32, u8> = HashMap::new();
        let mut count = |words: &[Word], weight: u8| {
            for word in words {
                let number = word.folded.chars().all(|character| character.is_ascii_digit());
                if number || word.folded.len() < 2 || words::is_function_word(&word.folded) {
                    continue;
                }
                let held = counts.entry(hash(&words::stem(&word.folded, story.language))).or_default();
                *held = held.saturating_add(weight);
            }
        };
        count(&text, 1);
        count(&title, HEADLINE_WEIGHT);
        for name in story.tags.iter().chain(&story.names) {
            count(&words::words(name), HEADLINE_WEIGHT);
        }
        let mut subject: Vec<(u32, u8)> = counts.into_iter().collect();
        subject.sort_unstable();
        Card {
            id: story.id.clone(),
            visibility: story.visibility.clone(),
            published_at: story.published_at,
            subject,
            shingles: shingles(&title, &text),
        }
    }

    /// The number of subject words, repetitions counted.
    pub fn length(&self) -> u32 {
        self.subject.iter().map(|&(_, count)| u32::from(count)).sum()
    }

    /// The share of 3-shingles that two stories have in common (Jaccard), 0.0 to 1.0; 0.0 when one has none.
    pub fn resemblance(&self, other: &Card) -> f32 {
        let (mut left, mut right, mut shared) = (0, 0, 0usize);
        while let (Some(a), Some(b)) = (self.shingles.get(left), other.shingles.get(right)) {
            shared += usize::from(a == b);
            left += usize::from(a <= b);
            right += usize::from(b <= a);
        }
        let union = self.shingles.len() + other.shingles.len() - shared;
        if union == 0 { 0.0 } else { shared as f32 / union as f32 }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 + self.subject.len() * 5 + self.shingles.len() * 4);
        for text in [&self.id, &self.visibility] {
            bytes.extend((text.len() as u32).to_le_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes.extend(self.published_at.to_le_bytes());
        bytes.extend((self.subject.len() as u32).to_le_bytes());
        for (hash, count) in &self.subject {
            bytes.extend(hash.to_le_bytes());
            bytes.push(*count);
        }
        for hash in &self.shingles {
            bytes.extend(hash.to_le_bytes());
        }
        bytes
    }

    /// Nothing if the bytes are no card.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Card> {
        let id = take_text(&mut bytes)?;
        let visibility = take_text(&mut bytes)?;
        let published_at = i64::from_le_bytes(take(&mut bytes)?);
        let n_words = u32::from_le_bytes(take(&mut bytes)?) as usize;
        let mut subject = Vec::with_capacity(n_words.min(bytes.len() / 5));
        for _ in 0..n_words {
            let hash = u32::from_le_bytes(take(&mut bytes)?);
            let [count] = take(&mut bytes)?;
            subject.push((hash, count));
        }
        let (shingles, rest) = bytes.as_chunks();
        rest.is_empty().then(|| Card {
            id,
            visibility,
            published_at,
            subject,
            shingles: shingles.iter().map(|&chunk| u32::from_le_bytes(chunk)).collect(),
        })
    }
}

/// A subject word's name in the index.
pub(crate) fn term_of(hash: u32) -> String {
    format!("{hash:08x}")
}

pub(crate) fn hash_of_term(term: &[u8]) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(term).ok()?, 16).ok()
}

fn hash(word: &str) -> u32 {
    xxh3_64(word.as_bytes()) as u32
}

fn shingles(title: &[Word], text: &[Word]) -> Vec<u32> {
    let all: Vec<&Word> = title.iter().chain(text).collect();
    let mut joined = String::new();
    let mut hashes: Vec<u32> = all
        .windows(3)
        .map(|three| {
            joined.clear();
            for word in three {
                joined.push_str(&word.folded);
                joined.push(' ');
            }
            hash(&joined)
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(take(bytes)?) as usize;
    let (head, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    String::from_utf8(head.to_vec()).ok()
}
