//! Text that was to be filled in before the story goes out.

use text::Language;

use super::findings::{Findings, token};
use super::story::{Piece, Story};

/// Phrases that stand for text to come, in small letters.
const PHRASES: &[&str] = &[
    "lorem ipsum",
    "dolor sit amet",
    "insert text here",
    "insert name",
    "insert link",
    "your text here",
    "text goes here",
    "begin writing your post",
    "hier steht ein text",
    "blindtext",
    "platzhaltertext",
    "placeholder text",
    "headline goes here",
    "caption goes here",
    "[name]",
    "[link]",
    "[date]",
    "[datum]",
    "[source]",
    "[quelle]",
    "[citation needed]",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    for piece in story.pieces_once() {
        words(story, &piece, findings);
        let small = piece.text.to_lowercase();
        let phrase = PHRASES.iter().find(|phrase| small.contains(*phrase));
        if let Some(phrase) = phrase {
            // Small letters can be of another length, so the place is told by the phrase itself.
            let place = story.place(piece.spot, &format!("“{phrase}”"));
            wrong(findings, place, "This is text to be filled in.");
        }
        if let Some(at) = piece.text.find("{{").filter(|at| piece.text[*at..].contains("}}"))
            && !story.is_code(&piece, at)
        {
            let place = story.place_in(&piece, token(piece.text, at));
            wrong(findings, place, "The placeholder of a template was not filled in.");
        }
    }
}

fn words(story: &Story<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    let mut end = 0;
    for part in piece.text.split(|c: char| !c.is_alphanumeric()) {
        let start = end;
        end = start + part.len();
        let range = start..end;
        end += piece.text[end..].chars().next().map_or(0, char::len_utf8);
        let crosses = part.len() > 2 && part.bytes().all(|b| b == b'X') && part != "XXX";
        let sure = match part {
            // A German insurer has the letters of "to come".
            "TK" if story.language == Language::German => continue,
            "TK" => true,
            "TODO" | "FIXME" | "TKTK" | "TKTKTK" | "TBD" | "TBC" | "TBA" => part.len() != 3,
            _ if crosses => true,
            "XXX" => false,
            _ => continue,
        };
        if story.is_code(piece, range.start) {
            continue;
        }
        let place = story.place_in(piece, range);
        if sure {
            wrong(findings, place, "This stands for something to be filled in.");
        } else {
            let reason = "This may stand for something to be filled in.";
            findings.doubtful("placeholder", place, reason, "Fill it in, if something is missing.");
        }
    }
}

fn wrong(findings: &mut Findings, place: super::findings::Place, reason: &str) {
    findings.wrong("placeholder", place, reason, "Fill it in or delete it.");
}
