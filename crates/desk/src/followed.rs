//! What is wrong with a statement that follows a place of the text: words that it leaves out, adds or exchanges, and that turn what
//! is said.

use text::Copy;

use crate::Article;
use crate::close::{Closeness, Loss};
use crate::reasons::Reason;

/// Share of a sentence's content words held in order at one place, from which it is taken to follow that place.
const FOLLOWED: f32 = 0.7;

/// The reasons against a statement that is no whole sentence of the text. A quotation stands for itself; of its frame only words of
/// one kind are laid beside one another ("he said" for "she said").
pub(crate) fn faults(article: &Article, closes: &[Closeness], is_quotation: bool) -> Vec<Reason> {
    let counts = |loss: &Loss| !is_quotation || *loss == Loss::Exchanged;
    closes
        .iter()
        .filter(|close| close.held >= FOLLOWED)
        .flat_map(|close| &close.losses)
        .filter(|(loss, _)| counts(loss))
        .map(|(loss, at)| {
            let message = loss.message(spelled(&article.copy, at.clone()));
            let sentence = article.copy.sentence_of.get(at.start).copied();
            Reason::new(loss.code(), message, sentence.into_iter().collect())
        })
        .collect()
}

fn spelled(copy: &Copy, words: std::ops::Range<usize>) -> &str {
    let words = copy.words.get(words).unwrap_or_default();
    let range = words.first().zip(words.last()).map(|(first, last)| first.range.start..last.range.end);
    &copy.text[range.unwrap_or_default()]
}
