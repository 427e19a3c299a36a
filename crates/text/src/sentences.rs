//! Where sentences end. Rules for English and German, sound for other languages that use . ! ? or their like.

use std::ops::Range;

use crate::stance::is_speech_verb;

/// Titles and the like: a full stop after them never ends a sentence.
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt", "cpl",
    "maj", "insp", "supt", "det", "rev", "hon", "pres", "messrs", "mme", "mlle", "vs", "v", "fig", "eg",
    "e.g", "i.e", "ie", "cf", "approx", "dept", "univ", "mt", "ft", "hr", "fr", "frl", "dipl", "ing", "bzw",
    "ca", "z.b", "d.h", "u.a", "o.ä", "s.o", "vgl", "str", "abs", "art", "nr", "tel", "geb", "sog", "evtl",
    "ggf", "inkl", "zzgl", "mio", "mrd", "no", "nos", "sr", "sra", "dott", "sig", "jr",
];

/// Abbreviations that may end a sentence: the next word decides.
const MAYBE_LAST: &[&str] = &[
    "inc", "ltd", "co", "corp", "plc", "llc", "bros", "etc", "usw", "usf", "u.s", "u.k", "u.n", "e.u", "a.m",
    "p.m", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "okt", "dez",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "sq", "ave", "blvd", "rd", "d.c", "b.c", "a.d", "ph.d",
    "m.d", "b.a", "m.a", "p.s", "u.s.a", "calif", "mass", "conn", "fla", "ill", "penn",
];

/// Words that begin sentences far more often than they follow an abbreviation with a capital.
const STARTERS: &[&str] = &[
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "In", "On", "At", "But", "And", "This",
    "That", "These", "Those", "There", "His", "Her", "Its", "Their", "Our", "My", "As", "If", "When",
    "While", "After", "Before", "However", "For", "From", "With", "Der", "Die", "Das", "Er", "Sie", "Es",
    "Wir", "Ein", "Eine", "Im", "Am", "Aber", "Und", "Diese", "Dieser", "Dieses", "Doch", "Auch", "Nach",
];

const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Liga",
    "Klasse",
    "Platz",
    "Minute",
    "Mal",
    "Runde",
    "Tag",
    "Bundesliga",
];

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | '«' | '“' | ')' | ']' | '›' | '」' | '』' | '）')
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।')
}

/// Sentences of `text` in order, without the white space around them; none is empty.
///
/// A line that ends without a full stop (headline, item of a list) is a sentence when the next line begins like one; an
/// empty line always parts. A quotation of several sentences is parted at its full stops.
///
/// Sentences that lack the space between them ("ended.The") are parted where a word of small letters or a number stands before the
/// full stop and a word with a capital behind it.
///
/// Cannot: know an abbreviation outside its lists from a short last word.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\n' {
            let rest = &text[at..];
            let blank =
                rest.chars().take(100).take_while(|c| c.is_whitespace()).filter(|c| *c == '\n').count() > 1;
            if blank || line_ends(text[start..at].trim_end(), rest) {
                push(text, start..at, &mut found);
                start = at + 1;
            }
            continue;
        }
        if !is_terminator(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next_at, next)) = chars.peek().copied() {
            if !is_terminator(next) && !is_closer(next) {
                break;
            }
            // A closing mark after a space opens the next quotation, so only marks that touch count.
            end = next_at + next.len_utf8();
            chars.next();
        }
        if let Some(end) = glued(text, start, at, end) {
            push(text, start..end, &mut found);
            start = end;
            continue;
        }
        // "「…。」と話した": behind a closed quotation the sentence may go on, as nothing parts it from the words of its speaker.
        let wide = matches!(c, '。' | '！' | '？') && !text[..end].ends_with(['」', '』', '）', '”', '"']);
        if wide || ends_here(text, start, at, c, end) {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let lead = piece.len() - piece.trim_start().len();
    let kept = piece.trim();
    if kept.chars().any(|c| c.is_alphanumeric()) {
        found.push(range.start + lead..range.start + lead + kept.len());
    }
}

/// Whether a single line break parts: the line before is finished, or the next begins like a sentence or an item.
fn line_ends(before: &str, rest: &str) -> bool {
    if before.chars().next_back().is_some_and(|c| is_terminator(c) || is_closer(c) || c == ':' || c == ';') {
        return true;
    }
    let next = rest.trim_start();
    next.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"“„«»‘'-–—•*·".contains(c))
}

fn ends_here(text: &str, start: usize, at: usize, mark: char, end: usize) -> bool {
    let rest = &text[end..];
    let Some(first) = rest.chars().next() else { return true };
    if !first.is_whitespace() {
        return false;
    }
    // Two thousand bytes of white space are as good as an end; the bound keeps the scan linear.
    let mut upcoming = rest.chars().take(200).skip_while(|c| c.is_whitespace());
    let Some(next) = upcoming.next() else { return true };
    if next.is_lowercase() {
        return false;
    }
    let closed = text[at..end].chars().any(is_closer);
    if closed && (mark == '!' || mark == '?') && speech_follows(rest) {
        return false;
    }
    if mark != '.' {
        return !(next == ',' || next == ';');
    }
    if closed {
        return true;
    }
    let floor = floor_boundary(text, at.saturating_sub(24).max(start));
    let word = text[floor..at]
        .rsplit(|c: char| c.is_whitespace() || "([\"“„".contains(c))
        .next()
        .unwrap_or_default();
    let small = word.to_lowercase();
    let follower: &str = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if NEVER_LAST.contains(&small.as_str()) {
        return false;
    }
    if MAYBE_LAST.contains(&small.as_str()) {
        return STARTERS.contains(&follower);
    }
    let mut letters = word.chars();
    if let (Some(one), None) = (letters.next(), letters.next())
        && one.is_alphabetic()
        && word != "I"
    {
        // "z. B.", "J. K. Rowling"
        return one.is_uppercase() && STARTERS.contains(&follower);
    }
    // "J.K. Rowling", "U.N. General Assembly"
    if word.contains('.') && word.split('.').all(|part| part.chars().count() == 1) {
        return STARTERS.contains(&follower);
    }
    if !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
        let item = at - start < 200 && text[start..at].trim() == word;
        return !(item || (word.len() <= 2 && MONTHS.contains(&follower)));
    }
    true
}

/// Where a sentence ends whose next one follows without a space: behind the mark at `at`, or behind the quotation mark that ends at `end`.
fn glued(text: &str, start: usize, at: usize, end: usize) -> Option<usize> {
    let mut behind = text[end..].chars();
    let (first, second) = (behind.next()?, behind.next()?);
    if !first.is_uppercase() || !(second.is_lowercase() || second == ' ' && matches!(first, 'A' | 'I')) {
        return None;
    }
    let floor = floor_boundary(text, at.saturating_sub(24).max(start));
    let word = text[floor..at].rsplit(|c: char| c.is_whitespace() || "-–—(\"“„'’".contains(c)).next()?;
    let figure =
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'%' | b',' | b'.'));
    let small = word.chars().count() >= 3 && word.chars().skip(1).all(char::is_lowercase);
    let known = NEVER_LAST.contains(&word.to_lowercase().as_str());
    // "example.Com/page", "Node.Js.Org"
    let rest: String = text[end..].chars().take(40).take_while(|c| !c.is_whitespace()).collect();
    let inside = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    if known || !(figure || small && !word.is_empty()) || inside.contains(['/', '@', '.', '_']) {
        return None;
    }
    let mark = at + text[at..].chars().next().map_or(1, char::len_utf8);
    // A straight mark that no other opened belongs to the next sentence.
    let opens = &text[mark..end] == "\"" && text[start..at].bytes().filter(|b| *b == b'"').count() % 2 == 0;
    Some(if opens { mark } else { end })
}

/// "Why?" Mr Smith asked: the sentence goes on.
fn speech_follows(rest: &str) -> bool {
    rest.split_whitespace()
        .take(4)
        .any(|word| is_speech_verb(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
