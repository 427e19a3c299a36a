//! Ages of one person that differ: "Anna Berg, 45" and further down "Anna Berg, 54".

use std::collections::HashMap;
use std::ops::Range;

use text::{Copy, Language};

use super::findings::{Findings, quoted};
use super::story::Story;

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let copy = &story.copy;
    let mut known: HashMap<Vec<&str>, (u32, Range<usize>)> = HashMap::new();
    for name in copy.names.iter().filter(|name| name.words.len() > 1) {
        let Some((age, range)) = age(copy, &name.words) else { continue };
        // "Montag Anna Berg": in German a noun before the name may have run into it.
        let words: Vec<&str> =
            copy.words[name.words.clone()].iter().map(|word| word.lower.as_str()).rev().take(2).collect();
        let (first, place) = known.entry(words).or_insert((age, range.clone())).clone();
        if first != age {
            findings.doubtful(
                "number-differs",
                story.place_at(range),
                format!("Before, the age is another: {}.", quoted(&copy.text[place])),
                "Let both say the same age, or tell two persons of one name apart.",
            );
        }
    }
}

/// The age behind a name, or before it, and the range from the one to the other. A number in brackets is one in German copy only, of two
/// figures, as it may be a minute, a score or a number in a list.
fn age(copy: &Copy, name: &Range<usize>) -> Option<(u32, Range<usize>)> {
    let start = copy.words[name.start].range.start;
    let end = copy.words[name.end - 1].range.end;
    let rest = &copy.text[end..];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    for (open, closers) in [(", ", [',', '.', ';']), (" (", [')', ',', ')'])] {
        let Some(behind) = rest.strip_prefix(open) else { continue };
        let n = digits(behind);
        let follows = behind[n..].chars().next();
        let is_closed = follows.is_none_or(|c| closers.contains(&c)) && !behind[n..].starts_with(",0");
        let is_number = behind[n..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let is_age = match open {
            " (" => n == 2 && copy.language == Language::German,
            _ => matches!(n, 1 | 2),
        };
        if is_age && is_closed && !is_number {
            return behind[..n].parse().ok().map(|age| (age, start..end + open.len() + n));
        }
    }
    let before = copy.text[..start].trim_end();
    let before = before.strip_suffix("-year-old").or_else(|| before.strip_suffix("-jährige"))?;
    let n = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let age = before[before.len() - n..].parse().ok().filter(|_| matches!(n, 1 | 2))?;
    Some((age, before.len() - n..end))
}
