//! Speech that a statement gives to somebody of whom the text does not say that she spoke.

use text::{Attribution, Copy, Language};

use crate::Article;
use crate::align::Alignment;
use crate::reasons::{Code, Reason};
use crate::rules::is_short_form;

/// Verbs that report a clause also without "that".
const SAYING: &[&str] =
    &["said", "says", "say", "told", "claimed", "claims", "added", "insisted", "sagte", "sagt", "erklärte"];

/// Sentences around the one that a statement rests on in which its speaker may be named as such.
const AROUND: usize = 2;

/// A reason for each act of speech in the statement whose speaker nobody near the place in the text is said to be.
///
/// Only named speakers, of whom a whole clause is reported, are looked at. A speaker is known by any word of content that the text's
/// speaker has too, title and name alike, or by her initials.
pub(crate) fn invented(article: &Article, statement: &Copy, found: &[Alignment]) -> Vec<Reason> {
    let theirs = &article.copy;
    let mut out = Vec::new();
    for speech in statement.attributions.iter().filter(|speech| frames(statement, speech)) {
        let words: Vec<u64> = statement.words[speech.speaker.clone()]
            .iter()
            .filter(|word| !word.stop)
            .map(|word| word.key)
            .collect();
        // German writes all nouns large: one without an article before it is taken for a name.
        let is_bare = || {
            let first = statement.words.get(speech.speaker.start);
            theirs.language == Language::German && first.is_some_and(|word| word.capital && !word.stop)
        };
        let is_named = statement.names.iter().any(|name| {
            !name.doubtful && speech.speaker.start < name.words.end && name.words.start < speech.speaker.end
                || name.words == speech.speaker
        }) || is_bare();
        if !is_named || words.is_empty() || statement.quoted[speech.verb].is_some() {
            continue;
        }
        let Some(best) = found
            .iter()
            .find(|one| one.span.contains(&speech.verb))
            .and_then(|one| one.best.first())
            .map(|pair| pair.0)
        else {
            continue;
        };
        let is_near = |sentence: usize| sentence.abs_diff(best) <= AROUND;
        let is_theirs = |range: std::ops::Range<usize>| {
            let shares = |who: &[text::Word]| who.iter().any(|word| words.contains(&word.key));
            theirs.words.get(range.clone()).is_some_and(shares)
                || is_short_form(statement, speech.speaker.clone(), theirs, range.clone())
                || is_short_form(theirs, range, statement, speech.speaker.clone())
        };
        let speaks = theirs
            .attributions
            .iter()
            .filter(|one| is_near(one.sentence))
            .any(|one| is_theirs(one.who()) || is_theirs(one.speaker.clone()));
        if !speaks {
            let name = &statement.words[speech.speaker.clone()];
            let (Some(first), Some(last)) = (name.first(), name.last()) else { continue };
            let who = &statement.text[first.range.start..last.range.end];
            let message = format!("The text does not say that “{who}” said this.");
            out.push(Reason::new(Code::OtherSpeaker, message, vec![best]));
        }
    }
    out
}

/// Whether a whole clause is reported ("according to …" always reports one) rather than a thing ("announced its plans").
fn frames(statement: &Copy, speech: &Attribution) -> bool {
    let next = statement.words.get(speech.verb + 1).map_or("", |word| word.lower.as_str());
    let verb = statement.words.get(speech.verb).map_or("", |word| word.lower.as_str());
    speech.according || SAYING.contains(&verb) || matches!(next, "that" | "dass" | "daß")
}
