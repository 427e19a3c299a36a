//! Stories gathered by event: groups whose members are near to each other on average.

use std::collections::{BTreeSet, HashMap};

/// Groups `n` stories by the nearness of pairs, joining the two nearest groups while their mean nearness reaches `floor`.
///
/// Shape: for each story the number of its group's first story. Pairs that are not named count as 0; a pair named twice
/// counts with its greater nearness; numbers from `n` on are left out.
/// Source: average linkage (UPGMA), Sokal and Michener, 1958.
pub fn clusters(n: usize, pairs: &[(usize, usize, f32)], floor: f32) -> Vec<usize> {
    // Sums of nearness between groups, by group; a group goes by its first story.
    let mut sums: Vec<HashMap<usize, f32>> = vec![HashMap::new(); n];
    for &(a, b, nearness) in pairs {
        if a != b && a < n && b < n {
            for (x, y) in [(a, b), (b, a)] {
                let held = sums[x].entry(y).or_default();
                *held = held.max(nearness);
            }
        }
    }
    let mut sizes = vec![1usize; n];
    let mean = |sum: f32, a: usize, b: usize, sizes: &[usize]| sum / (sizes[a] * sizes[b]) as f32;
    let key = |mean: f32, a: usize, b: usize| (mean.max(0.0).to_bits(), a.min(b), a.max(b));
    let mut queue: BTreeSet<(u32, usize, usize)> = BTreeSet::new();
    for (a, near) in sums.iter().enumerate() {
        queue.extend(near.iter().filter(|&(&b, _)| a < b).map(|(&b, &sum)| key(sum, a, b)));
    }
    let mut group: Vec<usize> = (0..n).collect();
    while let Some((bits, keep, gone)) = queue.pop_last() {
        if f32::from_bits(bits) < floor {
            break;
        }
        let moved = std::mem::take(&mut sums[gone]);
        sums[keep].remove(&gone);
        for (&other, &sum) in sums[keep].iter() {
            queue.remove(&key(mean(sum, keep, other, &sizes), keep, other));
        }
        for (other, sum) in moved {
            if other == keep {
                continue;
            }
            queue.remove(&key(mean(sum, gone, other, &sizes), gone, other));
            sums[other].remove(&gone);
            *sums[keep].entry(other).or_default() += sum;
        }
        sizes[keep] += sizes[gone];
        group[gone] = keep;
        let changed: Vec<(usize, f32)> = sums[keep].iter().map(|(&other, &sum)| (other, sum)).collect();
        for (other, sum) in changed {
            sums[other].insert(keep, sum);
            queue.insert(key(mean(sum, keep, other, &sizes), keep, other));
        }
    }
    // A group's number is always smaller than those it took in, so one pass suffices.
    for story in 0..n {
        group[story] = group[group[story]];
    }
    group
}
