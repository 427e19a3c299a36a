//! What stands twice: the headline in the body or at the beginning of the teaser; a teaser or caption that says its words twice.

use std::collections::HashSet;

use super::findings::{Findings, Place, quoted};
use super::sheet::Kind;
use super::story::{Spot, Story, plain_words};

/// A headline of fewer words is too likely to begin a sentence of its own right.
const HEADLINE_WORDS: usize = 3;

/// Words that must come back for a text to say itself twice.
const TWICE_WORDS: usize = 4;

/// Share of common words from which two lines say the same.
const SAME: f64 = 0.8;

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let title = plain_words(story.manuscript.title);
    if !title.is_empty() {
        in_body(story, &title, findings);
        for (spot, text) in [(Spot::Excerpt, story.excerpt()), (Spot::Teaser, story.teaser())] {
            if let Some(text) = text {
                in_teaser(story, spot, text, &title, findings);
            }
        }
        if plain_words(&story.caption.text) == title {
            findings.wrong(
                "caption-repeats-headline",
                story.place(Spot::LeadCaption, ""),
                "The caption is the headline over again and says nothing of the picture.",
                "Say what the picture shows.",
            );
        }
    }
    twice(story, findings);
}

/// The first paragraph and the headings.
fn in_body(story: &Story<'_>, title: &[String], findings: &mut Findings) {
    let first = story.body.blocks.iter().position(|block| block.kind == Kind::Paragraph);
    for (at, block) in story.body.blocks.iter().enumerate() {
        let heading = matches!(block.kind, Kind::Heading(_));
        if !heading && Some(at) != first {
            continue;
        }
        let text = story.body.block_text(at);
        let words = plain_words(text);
        let place = || story.place(Spot::Block(at), &quoted(text));
        let what = if heading { "heading" } else { "paragraph" };
        if words == title {
            findings.wrong(
                "headline-repeated",
                place(),
                format!("This {what} is the headline over again, which stands above the story already."),
                format!("Delete the {what}."),
            );
        } else if !heading && title.len() >= HEADLINE_WORDS && words.starts_with(title) {
            begins_with_headline(story, "headline-repeated", place(), text, title.len(), findings);
        } else if title.len() > HEADLINE_WORDS && alike(&words, title) {
            findings.doubtful(
                "headline-repeated",
                place(),
                format!("This {what} says the headline over again in nearly the same words."),
                format!("Delete the {what}, or let it say something new."),
            );
        }
    }
}

fn alike(one: &[String], other: &[String]) -> bool {
    let (one, other): (HashSet<_>, HashSet<_>) = (one.iter().collect(), other.iter().collect());
    let shared = one.intersection(&other).count();
    let all = one.len() + other.len() - shared;
    shared as f64 >= SAME * all as f64
}

fn in_teaser(story: &Story<'_>, spot: Spot, text: &str, title: &[String], findings: &mut Findings) {
    let words = plain_words(text);
    if words == title || title.len() >= HEADLINE_WORDS && words.starts_with(title) {
        begins_with_headline(
            story,
            "teaser-repeats-headline",
            story.place(spot, ""),
            text,
            title.len(),
            findings,
        );
    }
}

/// A fault when the headline stands there by itself; when the sentence goes on, only its wording is used twice.
fn begins_with_headline(
    story: &Story<'_>,
    code: &'static str,
    place: Place,
    text: &str,
    n_words: usize,
    findings: &mut Findings,
) {
    let reason = "It begins with the whole headline, so readers see it twice.";
    if behind_words(text, n_words).trim_start().starts_with(char::is_lowercase) {
        findings.doubtful(code, place, reason, "Begin it in other words than the headline.");
    } else {
        let mend = format!("Delete “{}” from its beginning.", story.manuscript.title.trim());
        findings.wrong(code, place, reason, mend);
    }
}

/// What stands behind the first `n` words.
fn behind_words(text: &str, n: usize) -> &str {
    let mut n_begun = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() && !inside {
            n_begun += 1;
        }
        inside = c.is_alphanumeric();
        if n_begun == n && !inside {
            return &text[at..];
        }
    }
    ""
}

/// Teasers and captions that begin again: "Lukashenko and Xi in Lukashenko and Xi in".
fn twice(story: &Story<'_>, findings: &mut Findings) {
    for piece in story.pieces() {
        let is_caption = match piece.spot {
            Spot::LeadCaption => true,
            Spot::Block(block) if story.body.blocks[block].kind == Kind::Caption => true,
            Spot::Teaser | Spot::Excerpt => false,
            _ => continue,
        };
        let words = plain_words(piece.text);
        if words.len() < 2 * TWICE_WORDS {
            continue;
        }
        let start = &words[..TWICE_WORDS];
        let Some(again) = words[TWICE_WORDS..].windows(TWICE_WORDS).position(|window| window == start) else {
            continue;
        };
        let code = if is_caption { "caption-twice" } else { "teaser-twice" };
        findings.wrong(
            code,
            story.place(piece.spot, &quoted(piece.text)),
            format!("After {} words it begins again with the words that it began with.", again + TWICE_WORDS),
            "Delete what stands twice.",
        );
    }
}
