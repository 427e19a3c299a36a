//! The score: a fitted mix of the features. Small trees, each of which moves the sum a little; every feature that speaks for a
//! statement can only raise it. How it was fitted, and on which sets: `crates/desk/fit/fit.py`.

use crate::score_table::{BASE, NODES, TREES, VERBATIM, VERBATIM_WEIGHT};

/// The feature number of a leaf.
const LEAF: u8 = 255;

/// 0 to 1.
pub(crate) fn score(row: &[f32]) -> f64 {
    let verbatim: f32 = VERBATIM.iter().map(|at| row[*at]).sum();
    let mut sum = BASE + VERBATIM_WEIGHT * f64::from(verbatim);
    for start in TREES {
        let mut at = usize::from(*start);
        while NODES[at].0 != LEAF {
            let (feature, threshold, low, high) = NODES[at];
            at = usize::from(if row[usize::from(feature)] <= threshold { low } else { high });
        }
        sum += f64::from(NODES[at].1);
    }
    1.0 / (1.0 + (-sum).exp())
}

/// Whether a statement is likelier true than not: the balanced threshold. The more of it follows the article word for word (`runs3`, a
/// share), the higher the bar, since a changed word is then likelier a fault than a paraphrase. Both numbers were chosen on the sets
/// that the score is fitted on.
pub(crate) fn is_likely(score: f64, runs3: f32) -> bool {
    (score / (1.0 - score).max(1e-9)).ln() >= 1.4 * f64::from(runs3) - 0.25
}
