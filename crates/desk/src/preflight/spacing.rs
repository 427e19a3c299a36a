//! Spaces: missing behind a comma or full stop, standing before one, two in a row.

use std::ops::Range;

use text::Language;

use super::findings::{Findings, quoted, token};
use super::story::{Piece, Story};

/// Ends of addresses and file names, in small letters.
const SUFFIXES: &[&str] = &[
    "com", "org", "net", "de", "at", "ch", "fr", "uk", "eu", "io", "co", "tv", "info", "gov", "edu", "pdf",
    "jpg", "jpeg", "png", "gif", "webp", "doc", "docx", "xls", "xlsx", "csv", "zip", "html", "htm", "php",
    "txt", "mp3", "mp4", "exe", "js", "css", "rs", "py", "json", "xml", "news",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    for piece in story.pieces_once() {
        missing(story, &piece, findings);
        before_mark(story, &piece, findings);
        let double = piece.text.match_indices("  ").find(|(at, _)| !story.is_code(&piece, *at));
        if let Some((at, _)) = double {
            let range = around(piece.text, at, at + 2);
            findings.doubtful(
                "double-space",
                story.place_in(&piece, range),
                "Two spaces stand in a row.",
                "Delete one of them.",
            );
        }
    }
}

/// "offices,Lukashenko", "ended.The": a mark between letters that do not belong together.
fn missing(story: &Story<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    let text = piece.text;
    let mut told_until = 0;
    for (at, mark) in text.char_indices() {
        if at < told_until || !matches!(mark, ',' | ';' | '.' | '!' | '?' | ':') {
            continue;
        }
        let closing = text[at + 1..].chars().next().filter(|c| matches!(c, '"' | '”' | '“' | '„'));
        let behind = at + 1 + closing.map_or(0, char::len_utf8);
        let Some(next) = text[behind..].chars().next().filter(|c| c.is_alphabetic()) else { continue };
        let Some(before) = text[..at].chars().next_back() else { continue };
        if is_unspaced(before) || is_unspaced(next) {
            continue;
        }
        let fits = match mark {
            // A mark, a quotation mark and a letter: whether the one in the middle closes or opens, a space is missing.
            ',' | '.' | '!' | '?' if closing.is_some() => word_before(text, at) >= 2,
            _ if closing.is_some() => false,
            ',' | ';' => comma_fits(text, at, before),
            ':' => next.is_uppercase() && word_before(text, at) >= 3 && !text[behind..].starts_with("In"),
            _ => next.is_uppercase() && full_stop_fits(text, at),
        };
        let range = token(text, at);
        let behind_initials = mark == '.' && closing.is_none() && ends_initials(text, at, story.language);
        if !(fits && !is_address(&text[range.clone()]) || behind_initials) || story.is_code(piece, at) {
            continue;
        }
        told_until = range.end;
        let place = story.place_in(piece, range.clone());
        let mend = match closing {
            Some(_) => "Set a space before or behind the quotation mark.".to_owned(),
            None => format!("Write {}.", quoted(&spaced(&text[range.clone()], at - range.start))),
        };
        if closing.is_some() {
            findings.wrong(
                "missing-space",
                place,
                "A quotation mark stands between two words without a space.",
                mend,
            );
        } else if mark == ':' {
            findings.doubtful("missing-space", place, "After the colon there is no space.", mend);
        } else {
            let name = match mark {
                ',' => "comma",
                ';' => "semicolon",
                '.' => "full stop",
                '!' => "exclamation mark",
                _ => "question mark",
            };
            findings.wrong("missing-space", place, format!("After the {name} there is no space."), mend);
        }
    }
}

/// The words with a space behind the mark at `at`, and behind every comma of the same kind of slip.
fn spaced(words: &str, at: usize) -> String {
    let mut out = String::with_capacity(words.len() + 4);
    for (n, c) in words.char_indices() {
        out.push(c);
        let next = words[n + c.len_utf8()..].chars().next();
        if n == at || n > at && c == ',' && next.is_some_and(char::is_alphabetic) {
            out.push(' ');
        }
    }
    out
}

/// Letters of scripts that set no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}')
}

/// Between two words, of which one at least has two letters ("x,y" is a pair of coordinates).
fn comma_fits(text: &str, at: usize, before: char) -> bool {
    if matches!(before, ')' | '"' | '”' | '%' | '’' | '»') {
        return true;
    }
    let ahead = text[at + 1..].chars().take_while(|c| c.is_alphanumeric()).take(3).count();
    before.is_alphanumeric() && (word_before(text, at) > 1 || ahead > 1)
}

/// A word of three letters or more in small letters before ("U.S.A", "Ph.D", "No.Two" are none) or a number of three digits, and
/// a word that begins with one capital behind.
fn full_stop_fits(text: &str, at: usize) -> bool {
    let small = text[..at].chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
    let digits = text[..at].chars().rev().take_while(char::is_ascii_digit).take(3).count();
    let mut ahead = text[at + 1..].chars();
    ahead.next();
    (small >= 2 || digits == 3)
        && word_before(text, at) >= 3
        && ahead.next().is_none_or(|c| c.is_lowercase() || c.is_whitespace())
}

/// "U.S.and", "E.U.agreed", "U.S.He": two capitals with their stops at least, and right behind them a word that is none of the name:
/// one in small letters, or a word of grammar.
fn ends_initials(text: &str, at: usize, language: Language) -> bool {
    let mut before = text[..at].chars().rev();
    let is_run = before.next().is_some_and(char::is_uppercase)
        && before.next() == Some('.')
        && before.next().is_some_and(char::is_uppercase)
        && !before.next().is_some_and(char::is_alphanumeric);
    let word: String = text[at + 1..].chars().take_while(|c| c.is_alphabetic()).take(20).collect();
    let follows = text[at + 1 + word.len()..].chars().next();
    let is_word =
        word.chars().count() >= 2 && follows.is_none_or(|c| c.is_whitespace() || ",;:!?".contains(c));
    let is_small = word.chars().all(char::is_lowercase);
    let is_grammar =
        word.chars().skip(1).all(char::is_lowercase) && text::is_stop(&word.to_lowercase(), language);
    is_run && is_word && (is_small || is_grammar)
}

/// Letters and digits right before a byte, counted up to four.
fn word_before(text: &str, at: usize) -> usize {
    text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).take(4).count()
}

/// An address, a file name, a handle, or program text.
fn is_address(token: &str) -> bool {
    // "Theorie.Organisation.Praxis" is a name that is spelled so.
    let stops = token.trim_matches(|c: char| !c.is_alphanumeric()).matches('.').count();
    if stops > 1 || token.contains("://") || token.contains(['@', '\\', '_', '#', '&', '=', '{', '<']) {
        return true;
    }
    let small = token.to_lowercase();
    if small.starts_with("www.") || token.contains('/') && token.contains('.') {
        return true;
    }
    let bare = small.trim_matches(|c: char| !c.is_alphanumeric());
    bare.rsplit_once('.').is_some_and(|(_, last)| SUFFIXES.contains(&last))
        && !bare.contains([',', ';', '!', '?'])
}

/// "offices ,": a space before a mark. French sets one before the higher marks.
fn before_mark(story: &Story<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    let text = piece.text;
    let high = story.language != Language::French;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let mark = chars.peek().map_or(' ', |pair| pair.1);
        let follows = || text[at + c.len_utf8() + mark.len_utf8()..].chars().next();
        if matches!(c, ' ' | '\u{a0}')
            && before.is_alphanumeric()
            && (matches!(mark, ',' | '.') || high && matches!(mark, ';' | ':' | '!' | '?'))
            && follows().is_none_or(|next| next.is_whitespace() || "\"”“’»".contains(next))
            && !story.is_code(piece, at)
        {
            let range = around(text, at, at + c.len_utf8() + 1);
            let mended: String = text[range.clone()]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .replace(&format!(" {mark}"), &mark.to_string());
            findings.doubtful(
                "space-before-punctuation",
                story.place_in(piece, range),
                "There is a space before the punctuation.",
                format!("Write {}.", quoted(&mended)),
            );
            // One tells an editor to look at the whole piece.
            return;
        }
        before = c;
    }
}

/// The range with the words that touch it.
fn around(text: &str, start: usize, end: usize) -> Range<usize> {
    token(text, start).start..token(text, end.min(text.len())).end
}
