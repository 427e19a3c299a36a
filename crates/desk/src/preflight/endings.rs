//! Teasers and captions that break off.

use super::findings::{Findings, quoted};
use super::pictures::without_credit;
use super::sheet::Kind;
use super::story::{Spot, Story};

/// Words after which something must follow.
const OPEN_WORDS: &[&str] = &[
    "the", "a", "an", "of", "and", "or", "but", "to", "in", "at", "by", "for", "from", "with", "into", "as",
    "is", "are", "was", "were", "who", "which", "that", "than", "his", "her", "their", "its", "near",
    "during", "between", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer",
    "und", "oder", "aber", "von", "vom", "zu", "zum", "zur", "im", "mit", "bei", "beim", "für", "über",
    "nach", "ist", "sind", "sein", "seine", "ihre", "le", "la", "les", "un", "une", "du", "de", "et", "ou",
    "à", "dans", "avec", "pour", "par", "sur", "el", "los", "las", "y", "con", "por", "para", "il", "lo",
    "gli", "di", "da", "e", "het", "een", "en", "van", "met", "voor", "do", "dos", "em", "com",
];

/// Words of a teaser of one unfinished sentence from which it must be a sentence cut off rather than a phrase.
const PHRASE_WORDS: usize = 25;

/// Words from which the end of a caption is a sentence rather than a name or a source.
const SENTENCE_WORDS: usize = 7;

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    for piece in story.pieces() {
        let caption = match piece.spot {
            Spot::LeadCaption => true,
            Spot::Block(block) if story.body.blocks[block].kind == Kind::Caption => true,
            Spot::Teaser | Spot::Excerpt => false,
            _ => continue,
        };
        let text = if caption { without_credit(piece.text) } else { piece.text };
        let Some(reason) = breaks_off(text) else {
            match caption {
                true => unended_caption(story, piece.spot, text, findings),
                false => unended(story, piece.spot, text, findings),
            }
            continue;
        };
        let (code, mend) = if caption {
            ("caption-breaks-off", "Finish the caption.")
        } else {
            ("teaser-breaks-off", "Finish the sentence, or end the teaser with the sentence before.")
        };
        findings.wrong(code, story.place(piece.spot, &quoted(tail(text))), reason, mend);
    }
}

/// A caption whose sentences end with full stops, but for the last. One without any is a phrase, as captions are, and a few words
/// at the end are a name or a source.
fn unended_caption(story: &Story<'_>, spot: Spot, text: &str, findings: &mut Findings) {
    let sentences = text::sentences(text);
    let [_, .., last] = sentences.as_slice() else { return };
    let last = &text[last.clone()];
    let is_source = last.split_whitespace().count() < SENTENCE_WORDS || last.contains(['/', '(', '©', '@']);
    if !ends(text) && !is_source {
        let place = story.place(spot, &quoted(tail(text)));
        let reason = "Its last sentence has no end, and the one before has.";
        findings.doubtful(
            "caption-breaks-off",
            place,
            reason,
            "Finish the caption, or end it with a full stop.",
        );
    }
}

/// A teaser without a full stop: cut off when a sentence stands before it or it is long, else perhaps a phrase on purpose.
fn unended(story: &Story<'_>, spot: Spot, text: &str, findings: &mut Findings) {
    if ends(text) {
        return;
    }
    let n_sentences = text::sentences(text).len();
    let place = story.place(spot, &quoted(tail(text)));
    let mend = "Finish the sentence, or end the teaser with the sentence before.";
    if n_sentences > 1 || text.split_whitespace().count() >= PHRASE_WORDS {
        findings.wrong("teaser-breaks-off", place, "Its last sentence has no end.", mend);
    } else {
        findings.doubtful("teaser-breaks-off", place, "It has no full stop.", "End it with a full stop.");
    }
}

/// Why a text is unfinished, when that is certain.
fn breaks_off(text: &str) -> Option<String> {
    let text = text.trim_end();
    let bare = text.trim_end_matches(['"', '”', '“', '’', '\'', '»', '«', ')', ']']);
    if bare.ends_with('…') || bare.ends_with("...") || text.ends_with("[...]") || text.ends_with("[…]") {
        return Some("It ends with dots instead of an end.".to_owned());
    }
    if text.ends_with([',', ';', ':', '-', '–', '—', '(', '/', '&']) {
        return Some("It ends with a sign after which something must follow.".to_owned());
    }
    if text.matches('(').count() > text.matches(')').count() {
        return Some("It ends inside a bracket.".to_owned());
    }
    let last = text.rsplit(|c: char| c.is_whitespace() || "-–/(".contains(c)).next()?;
    if OPEN_WORDS.contains(&last.to_lowercase().as_str()) && last.chars().all(char::is_lowercase) {
        return Some(format!("It ends with “{last}”, after which something must follow."));
    }
    None
}

fn ends(text: &str) -> bool {
    let closers = ['"', '”', '“', '’', '\'', '»', '«', '›', '‹', ')', ']'];
    let bare = text.trim_end().trim_end_matches(closers);
    bare.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।'])
}

/// The last forty characters or so, from a word's beginning.
fn tail(text: &str) -> &str {
    let Some((at, _)) = text.char_indices().rev().nth(40) else { return text };
    text[at..].find(char::is_whitespace).map_or(&text[at..], |space| text[at + space..].trim_start())
}
