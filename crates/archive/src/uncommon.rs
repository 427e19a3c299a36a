//! Whether two stories are on one subject, by the words that are not everybody's.
//!
//! In the archive of one town or one trade every story shares words with every other: the town, its council, "said". Damped
//! rarity leaves such words some weight, and long stories have hundreds of them, so that strangers come out alike. Here they
//! do not count.

use crate::candidates::{B, K1};
use crate::card::Card;

/// A word that more than this share of the stories have says nothing about a subject …
const COMMON_SHARE: f32 = 0.2;
/// … unless so few have it that the share means nothing.
const FEW: f32 = 5.0;

/// One story's weighed words, to hold others against.
pub(crate) struct Uncommon<R> {
    own: Vec<(u32, f32)>,
    mean_length: f32,
    rarity: R,
    power: f32,
    floor: f32,
}

impl<R: Fn(u32) -> f32> Uncommon<R> {
    /// `rarity` is the inverse document frequency of a word, damped by `power`.
    pub fn of(own: &Card, mean_length: f32, n_stories: f32, rarity: R, power: f32) -> Self {
        let n_with = (COMMON_SHARE * n_stories).max(FEW).min(n_stories);
        let floor = (1.0 + (n_stories - n_with + 0.5) / (n_with + 0.5)).ln();
        let mut uncommon =
            Uncommon { own: Vec::new(), mean_length: mean_length.max(1.0), rarity, power, floor };
        uncommon.own = uncommon.weights(own);
        uncommon
    }

    /// Cosine of the two stories' uncommon words, 0.0 to 1.0; 0.0 when one has none.
    pub fn likeness(&self, other: &Card) -> f32 {
        let other = self.weights(other);
        let (mut left, mut right, mut product) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (self.own.get(left), other.get(right)) {
            if a.0 == b.0 {
                product += a.1 * b.1;
            }
            left += usize::from(a.0 <= b.0);
            right += usize::from(b.0 <= a.0);
        }
        let squares =
            |weights: &[(u32, f32)]| weights.iter().map(|&(_, weight)| weight * weight).sum::<f32>();
        let lengths = (squares(&self.own) * squares(&other)).sqrt();
        if lengths > 0.0 { product / lengths } else { 0.0 }
    }

    /// Uncommon words by hash, ascending, as BM25 weighs them.
    fn weights(&self, card: &Card) -> Vec<(u32, f32)> {
        let norm = K1 * (1.0 - B + B * card.length() as f32 / self.mean_length);
        let weigh = |&(hash, count): &(u32, u8)| {
            let (rarity, count) = ((self.rarity)(hash), f32::from(count));
            (rarity >= self.floor)
                .then(|| (hash, count * (K1 + 1.0) / (count + norm) * rarity.powf(self.power)))
        };
        card.subject.iter().filter_map(weigh).collect()
    }
}
