//! Clauses without their frame: what the text says only as "it is false that …", "if …" or "publish: …".
//!
//! A clause lifted out of such a sentence is word for word the article's, and says what the article does not. So a
//! statement must be found somewhere without the frame.

use text::{Copy, Word};

use crate::Article;

/// Words that put what follows under another statement, in small letters.
const FRAMING: &[&str] = &[
    "that", "whether", "if", "unless", "until", "dass", "daß", "ob", "wenn", "falls", "que", "si", "che",
    "se", "dat", "als",
];

/// The frame that a line has lost: the words before it in the sentence that it is from, when the text has the line's words
/// only under a frame. `None` when they stand free somewhere, or nowhere in a row.
///
/// Cannot: see a frame that stands behind its clause ("… is a lie"), nor one in the sentence before.
pub(crate) fn lost<'a>(article: &'a Article, line: &str) -> Option<(usize, &'a str)> {
    let line = text::read(line, Some(article.copy.language));
    (0..line.sentences.len()).find_map(|sentence| of_sentence(article, &line.words[line.words_of(sentence)]))
}

fn of_sentence<'a>(article: &'a Article, line: &[Word]) -> Option<(usize, &'a str)> {
    let keys: Vec<u64> = line.iter().filter(|word| !word.stop).map(|word| word.key).collect();
    let copy = &article.copy;
    let own: Vec<&str> = line
        .iter()
        .take_while(|word| word.stop)
        .map(|word| word.lower.as_str())
        .filter(|word| FRAMING.contains(word))
        .collect();
    let mut frame = None;
    for place in article.places(*keys.first()? as u32) {
        let place = *place as usize;
        let sentence = copy.sentence_of[place];
        let rest = copy.words[place..copy.words_of(sentence).end].iter().filter(|word| !word.stop);
        if rest.map(|word| word.key).take(keys.len()).eq(keys.iter().copied()) {
            // Free once is free.
            frame = Some(frame_before(copy, sentence, place, &own)?);
        }
    }
    frame
}

/// The words from the sentence's beginning to `place`, when they govern what follows; `own` are the framing words that the
/// line has itself.
fn frame_before<'a>(copy: &'a Copy, sentence: usize, place: usize, own: &[&str]) -> Option<(usize, &'a str)> {
    let before = copy.words_of(sentence).start..place;
    let near = before.clone().rev().take_while(|at| copy.words[*at].stop).last().unwrap_or(place);
    let from = near.checked_sub(1).filter(|at| *at >= before.start);
    let start = copy.sentences[sentence].start;
    let gap_start = from.map_or(start, |at| copy.words[at].range.end);
    let gap = &copy.text[gap_start..copy.words[place].range.start];
    let governed = gap.contains(':')
        || copy.words[near..place]
            .iter()
            .map(|word| word.lower.as_str())
            .any(|word| FRAMING.contains(&word) && !own.contains(&word));
    governed.then(|| (sentence, copy.text[start..copy.words[place].range.start].trim()))
}
