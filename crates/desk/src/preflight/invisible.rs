//! Characters that readers do not see and programs do; letters that look alike in two scripts; letters broken on the way.

use super::findings::{Findings, token};
use super::story::{Piece, Story};

/// Variation selectors behind a byte order mark from which the run is a signed record of provenance (C2PA), not a fault.
const RECORD: usize = 16;

/// What UTF-8 looks like when it was read as a Windows code page.
const BROKEN: &[&str] =
    &["â€™", "â€œ", "â€\u{9d}", "â€“", "â€”", "Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã©", "Ã¨", "Ã§", "Â ", "\u{fffd}"];

/// Whether a character has no shape of its own and no place in copy, or only a small one.
pub fn is_invisible(c: char) -> bool {
    is_direction(c)
        || is_variation(c)
        || c == '\u{61c}'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{115f}' | '\u{3164}')
        || matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}')
        || c.is_control() && c != '\n'
}

/// Turns the order of what follows.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Letters that are written without joiners.
fn is_plain_letter(c: char) -> bool {
    c.is_alphabetic() && script(c).is_some() || c.is_ascii_digit()
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
}

fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some(Script::Latin),
        '\u{370}'..='\u{3ff}' => Some(Script::Greek),
        '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
        _ => None,
    }
}

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    for piece in story.pieces_once() {
        hidden(story, &piece, findings);
        mixed(story, &piece, findings);
        broken(story, &piece, findings);
    }
}

fn hidden(story: &Story<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    let text = piece.text;
    let mut before: Option<char> = None;
    let mut told_until = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\u{feff}' {
            let record = text[at + c.len_utf8()..].chars().take_while(|c| is_variation(*c)).count();
            if record >= RECORD {
                for _ in 0..record {
                    chars.next();
                }
                continue;
            }
        }
        let next = chars.peek().map(|pair| pair.1);
        if at >= told_until && is_invisible(c) && is_fault(c, before, next) {
            let range = token(text, at);
            told_until = range.end;
            let clean: String = text[range.clone()].chars().filter(|c| !is_invisible(*c)).collect();
            let reason = if is_direction(c) {
                format!(
                    "A hidden character (U+{:04X}) turns the order of the letters that follow.",
                    u32::from(c)
                )
            } else {
                format!("A hidden character (U+{:04X}) stands here.", u32::from(c))
            };
            let mend =
                if clean.is_empty() { "Delete it.".to_owned() } else { format!("Write “{clean}” anew.") };
            findings.wrong("invisible-character", story.place_in(piece, range), reason, mend);
        }
        before = Some(c);
    }
}

/// Joiners and selectors have their use in emoji and in scripts other than ours, direction marks in right-to-left copy.
fn is_fault(c: char, before: Option<char>, next: Option<char>) -> bool {
    match c {
        '\u{200c}' | '\u{200d}' | '\u{200b}' => {
            before.is_some_and(is_plain_letter) && next.is_some_and(is_plain_letter)
        }
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            before.is_none_or(is_plain_letter) && next.is_none_or(is_plain_letter)
        }
        '\u{e0000}'..='\u{e007f}' => {
            !before.is_some_and(|b| b == '\u{1f3f4}' || matches!(b, '\u{e0000}'..='\u{e007f}'))
        }
        c if is_variation(c) => {
            before.is_none_or(|b| b.is_alphabetic() && script(b).is_some() || b.is_whitespace())
        }
        _ => true,
    }
}

/// "Вelarus" with a Cyrillic В.
fn mixed(story: &Story<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    let text = piece.text;
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    let mut seen: [bool; 3] = [false; 3];
    for (at, c) in ends {
        if c.is_alphabetic() {
            start.get_or_insert(at);
            if let Some(script) = script(c) {
                seen[script as usize] = true;
            }
            continue;
        }
        let mixed = seen[Script::Cyrillic as usize] && (seen[0] || seen[1])
            || seen[0] && seen[1] && start.is_some_and(|s| at - s > 4);
        if let Some(start) = start.take().filter(|_| mixed) {
            findings.doubtful(
                "mixed-scripts",
                story.place_in(piece, start..at),
                "The word has letters of two scripts that look alike.",
                "Write the word anew.",
            );
        }
        seen = [false; 3];
    }
}

fn broken(story: &Story<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    let text = piece.text;
    let found = BROKEN.iter().find_map(|bad| text.find(bad)).or_else(|| shown_reference(text));
    if let Some(at) = found.filter(|at| !story.is_code(piece, *at)) {
        findings.wrong(
            "broken-encoding",
            story.place_in(piece, token(text, at)),
            "Letters were broken on the way here, and readers see the pieces.",
            "Write the word anew.",
        );
    }
}

/// `&amp;`, `&nbsp;`, `&#8217;` that readers would see as they stand.
fn shown_reference(text: &str) -> Option<usize> {
    text.match_indices('&').map(|(at, _)| at).find(|at| {
        let name: String = text[at + 1..].chars().take(8).take_while(|c| *c != ';').collect();
        let known = matches!(
            name.as_str(),
            "amp" | "nbsp" | "quot" | "lt" | "gt" | "apos" | "shy" | "rsquo" | "ldquo" | "rdquo"
        );
        let numbered = name
            .strip_prefix('#')
            .is_some_and(|n| n.len() > 1 && n.len() < 7 && n.bytes().all(|b| b.is_ascii_alphanumeric()));
        (known || numbered) && text[at + 1 + name.len()..].starts_with(';')
    })
}
