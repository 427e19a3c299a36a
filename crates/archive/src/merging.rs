//! Which segments of the index are joined, and when: few enough that a question need not look into many, small ones often
//! and large ones seldom, so that no change waits for long.

use std::collections::BTreeMap;

use tantivy::index::SegmentMeta;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// Segments are of one tier while they hold less than this, or this times a power of `STEP`, stories.
const SMALLEST: u32 = 512;
const STEP: u32 = 8;
/// So many of the lowest tier are joined; it is where single changes arrive.
const FEW_SMALL: usize = 8;
/// So many of a higher tier.
const FEW: usize = 4;
/// A segment of which this share is removed is written anew.
const REMOVED: f32 = 0.3;

#[derive(Debug)]
pub(crate) struct Tiers;

impl MergePolicy for Tiers {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut tiers: BTreeMap<u32, Vec<&SegmentMeta>> = BTreeMap::new();
        for segment in segments {
            tiers.entry(tier(segment.num_docs())).or_default().push(segment);
        }
        let mut joined = Vec::new();
        for (tier, segments) in tiers {
            let few = if tier == 0 { FEW_SMALL } else { FEW };
            if segments.len() >= few {
                joined.push(MergeCandidate(segments.iter().map(|segment| segment.id()).collect()));
                continue;
            }
            let is_worn =
                |one: &&&SegmentMeta| one.num_deleted_docs() as f32 > one.max_doc() as f32 * REMOVED;
            joined.extend(segments.iter().filter(is_worn).map(|one| MergeCandidate(vec![one.id()])));
        }
        joined
    }
}

fn tier(n_stories: u32) -> u32 {
    (n_stories / SMALLEST).checked_ilog(STEP).map_or(0, |tier| tier + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn tiers_grow_by_eight() {
        let sizes = [0, 1, 511, 512, 4095, 4096, 32_767, 32_768, 1_000_000];
        assert_eq!(sizes.map(super::tier), [0, 0, 0, 1, 1, 2, 2, 3, 4]);
    }
}
