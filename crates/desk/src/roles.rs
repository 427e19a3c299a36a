//! Who acts on whom: names that stand in each other's place around one verb.

use text::{Copy, is_speech_verb};

use crate::Article;
use crate::align::{Alignment, Kind, Term};

/// Two names with a verb between them that stand the other way round in the best sentence.
///
/// Cannot: see roles without names, or verbs of more than one word; sentences in the passive are left alone.
pub(crate) fn roles_exchanged(
    article: &Article,
    statement: &Copy,
    found: &Alignment,
) -> Option<(String, String)> {
    let best = found.best.first().filter(|pair| pair.1 > 0.5)?.0;
    let passive = |copy: &Copy, words: std::ops::Range<usize>| {
        copy.words[words].iter().any(|word| word.lower == "by" || word.lower == "von")
    };
    if passive(statement, found.span.clone()) || passive(&article.copy, article.copy.words_of(best)) {
        return None;
    }
    let place = |term: &Term| {
        term.places.iter().copied().filter(|place| article.sentence_of(*place) == best).collect::<Vec<u32>>()
    };
    let names: Vec<&Term> = found.terms.iter().filter(|t| t.kind == Kind::Name && t.level >= 0.95).collect();
    for (at, one) in names.iter().enumerate().take(12) {
        for other in names.iter().skip(at + 1).take(12) {
            if other.word - one.word < 2 || other.word - one.word > 12 {
                continue;
            }
            let verb = found.terms.iter().find(|t| {
                let between =
                    t.word > one.word && t.word < other.word && t.kind == Kind::Plain && t.level >= 0.8;
                between
                    && (t.word + 1 == other.word || statement.words[t.word + 1].stop)
                    && looks_like_verb(&statement.words[t.word].lower)
            });
            let Some(verb) = verb else { continue };
            let (ones, others, verbs) = (place(one), place(other), place(verb));
            let ([a], [b], [v]) = (ones.as_slice(), others.as_slice(), verbs.as_slice()) else { continue };
            if b < v && v < a && v - b <= 4 && a - v <= 5 {
                return Some((
                    statement.text[statement.words[one.word].range.clone()].to_owned(),
                    statement.text[statement.words[other.word].range.clone()].to_owned(),
                ));
            }
        }
    }
    None
}

fn looks_like_verb(lower: &str) -> bool {
    lower.ends_with("ed")
        || lower.ends_with("es")
        || lower.ends_with('s')
        || is_speech_verb(lower)
        || ["met", "beat", "won", "left", "hit", "shot", "told", "gave", "sent", "sold", "paid", "led"]
            .contains(&lower)
}
