//! Findings as they are gathered: in the order of the story, not more of a kind than someone will read.

use std::collections::HashMap;
use std::ops::Range;

use super::{Finding, Severity};

/// Findings of one code that are listed.
const MOST: usize = 20;

/// Characters of the story shown in a place.
const SHOWN: usize = 60;

/// Where something was found: its place in the story's order, and its name.
pub(super) struct Place {
    pub order: usize,
    pub name: String,
}

#[derive(Default)]
pub(super) struct Findings {
    found: Vec<(usize, Finding)>,
    n_by_code: HashMap<&'static str, usize>,
}

impl Findings {
    pub fn wrong(
        &mut self,
        code: &'static str,
        place: Place,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.add(Severity::Wrong, code, place, reason.into(), mend.into());
    }

    pub fn doubtful(
        &mut self,
        code: &'static str,
        place: Place,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.add(Severity::Doubtful, code, place, reason.into(), mend.into());
    }

    fn add(&mut self, severity: Severity, code: &'static str, place: Place, reason: String, mend: String) {
        let n = self.n_by_code.entry(code).or_default();
        *n += 1;
        if *n <= MOST {
            self.found.push((place.order, Finding { code, severity, place: place.name, reason, mend }));
        }
    }

    /// All findings in the story's order.
    pub fn finish(mut self) -> Vec<Finding> {
        for (code, n) in &self.n_by_code {
            let last = self.found.iter_mut().rfind(|(_, finding)| finding.code == *code);
            if let Some((_, last)) = last.filter(|_| *n > MOST) {
                last.reason = format!("{} There are {} more of this kind.", last.reason, n - MOST);
            }
        }
        self.found.sort_by_key(|(order, _)| *order);
        self.found.into_iter().map(|(_, finding)| finding).collect()
    }
}

/// Words of the story for a place or a reason: in quotation marks, on one line, cut to a bearable length, with what cannot be
/// seen made visible.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", shown(text))
}

/// The piece of `text` at `range`, with dots where text stands before and after.
pub(super) fn excerpt(text: &str, range: Range<usize>) -> String {
    // Fifty characters of white space are as good as an end; the bound keeps many findings in one text linear.
    let blank_before = text[..range.start].chars().rev().take(50).all(char::is_whitespace);
    let blank_after = text[range.end..].chars().take(50).all(char::is_whitespace);
    let before = if blank_before { "" } else { "…" };
    let after = if blank_after { "" } else { "…" };
    format!("“{before}{}{after}”", shown(&text[range]))
}

fn shown(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().skip_while(|c| c.is_whitespace()).enumerate() {
        if n == SHOWN {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || super::invisible::is_invisible(c) => {
                out.push_str(&format!("[U+{:04X}]", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words around a byte: from the white space before to the white space behind, at most 60 bytes to either side.
pub(super) fn token(text: &str, at: usize) -> Range<usize> {
    const REACH: usize = 60;
    let start = text[..at].char_indices().rev().take_while(|(i, c)| !c.is_whitespace() && at - i <= REACH);
    let start = start.last().map_or(at, |(i, _)| i);
    let end = text[at..].char_indices().take_while(|(i, c)| !c.is_whitespace() && *i <= REACH);
    let end = end.last().map_or(at, |(i, c)| at + i + c.len_utf8());
    start..end
}
