//! Doubt that the text has and a statement leaves out.

use std::ops::Range;

use text::Copy;

use crate::Article;
use crate::align::{Alignment, Kind};

/// The doubting word of the best sentence that governs what the statement repeats without doubt.
pub(crate) fn doubt_lost(article: &Article, statement: &Copy, found: &Alignment) -> Option<String> {
    let copy = &article.copy;
    let ours = &statement.words[found.span.clone()];
    if ours.iter().any(|word| matches!(word.lower.as_str(), "if" | "whether" | "ob" | "wenn")) {
        return None;
    }
    let (best, held) = found.best.first().copied().filter(|pair| pair.1 > 0.4)?;
    let span = copy.words_of(best);
    let span = span.start..span.end.min(span.start + 300);
    let n_ours = found.span.clone().filter(|at| statement.doubts(*at)).count();
    if n_ours >= span.clone().filter(|at| copy.doubts(*at)).count() {
        return None;
    }
    let repeated = |at: usize| found.terms.iter().any(|t| t.places.binary_search(&(at as u32)).is_ok());
    let hedge = span.clone().find(|at| {
        let governs = || {
            (at + 1..span.end.min(at + 5)).any(|next| {
                found.terms.iter().any(|t| t.kind == Kind::Plain && t.places.contains(&(next as u32)))
            })
        };
        let kept = || ours.iter().any(|other| other.lower == copy.words[*at].lower);
        copy.doubts(*at)
            && !kept()
            && !falls_with(copy, *at, repeated)
            && (governs() || held >= 0.8 && !stands_apart(copy, *at, &span, repeated))
    })?;
    Some(copy.text[copy.words[hedge].range.clone()].to_owned())
}

/// Whether a doubting word stands in a clause of its own, of which the statement repeats nothing: "…, and the club may sell him".
fn stands_apart(copy: &Copy, at: usize, span: &Range<usize>, repeated: impl Fn(usize) -> bool) -> bool {
    let border = |at: usize| copy.between(at).contains([',', ';', ':', '–', '—', '(', ')']);
    let from = (span.start + 1..=at).rev().find(|at| border(*at)).unwrap_or(span.start);
    let to = (at + 1..span.end).find(|at| border(*at)).unwrap_or(span.end);
    let opens = copy.words[from..at].iter().take(2).any(|word| OPENING.contains(&word.lower.as_str()));
    from > span.start && opens && (from..to).filter(|at| !copy.words[*at].stop).all(|at| !repeated(at))
}

/// Whether a doubting adverb falls together with the one word that it qualifies: "a reportedly dangerous chemical".
fn falls_with(copy: &Copy, at: usize, repeated: impl Fn(usize) -> bool) -> bool {
    let (Some(next), Some(behind)) = (copy.words.get(at + 1), copy.words.get(at + 2)) else { return false };
    let article = at > 0 && matches!(copy.words[at - 1].lower.as_str(), "a" | "an" | "the");
    let joined = copy.between(at + 1).trim().is_empty() && copy.between(at + 2).trim().is_empty();
    article
        && joined
        && copy.words[at].lower.ends_with("ly")
        && !next.stop
        && !repeated(at + 1)
        && !behind.stop
        && repeated(at + 2)
}

/// Words that begin a clause of its own.
const OPENING: &[&str] =
    &["and", "but", "while", "although", "though", "who", "which", "where", "so", "yet", "as"];
