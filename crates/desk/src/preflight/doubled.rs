//! Words twice in a row, whatever tags stand between them.

use text::Language;

use super::findings::Findings;
use super::story::Story;

/// Words that can rightly stand twice, in small letters.
const RIGHTLY: &[&str] = &[
    "had", "that", "is", "do", "who", "very", "many", "really", "no", "so", "bye", "ha", "blah", "long",
    "far", "much", "more", "die", "der", "das", "sie", "ihr", "wie", "uns", "den", "dat", "nous", "vous",
    "yeah", "never", "again", "on", "in", "her", "well", "what", "ja", "nein", "sehr", "viel", "knock",
    "hear", "win", "go", "now", "oui", "non", "sí", "up",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    for piece in story.pieces_once() {
        let words = text::words(piece.text, story.language);
        let mut last_end = 0;
        for pair in words.windows(2) {
            let (one, two) = (&pair[0], &pair[1]);
            let between = &piece.text[one.range.end..two.range.start];
            // Two spaces part the columns of a table.
            let adjacent = between == " " || between == "\u{a0}";
            let same = adjacent
                && one.lower == two.lower
                && !one.digit
                && one.lower.chars().all(char::is_alphabetic);
            // "Duran Duran", "Baden Baden", where a word of grammar is none of it; and a word that was told of already.
            if !same || two.capital && !two.stop || one.range.start < last_end {
                continue;
            }
            if matches!(one.lower.as_str(), "nous" | "vous") && story.language == Language::French
                || story.is_code(&piece, one.range.start)
            {
                continue;
            }
            // "IS is", "US us"
            let word = &piece.text[one.range.clone()];
            if word.len() > 1 && !word.chars().any(char::is_lowercase) {
                continue;
            }
            last_end = two.range.end;
            let place = story.place_in(&piece, one.range.start..two.range.end);
            let reason = format!("“{word}” stands twice in a row.");
            // "three three-year terms"
            let compound = piece.text[two.range.end..].starts_with('-');
            if compound || RIGHTLY.contains(&one.lower.as_str()) {
                findings.doubtful(
                    "doubled-word",
                    place,
                    reason,
                    "Delete one of them, if that was not meant.",
                );
            } else {
                findings.wrong("doubled-word", place, reason, format!("Delete one “{word}”."));
            }
        }
    }
}
