//! Quotation marks that do not close, or close what is not open; paragraph by paragraph, with the newspapers' custom that a
//! quotation over several paragraphs opens anew in each and closes in the last.
//!
//! Reads "…", “…”, „…“, ”…”, «…», »…«. Single marks are left alone: they cannot be told from apostrophes.

use super::findings::{Findings, quoted};
use super::sheet::Kind;
use super::story::{Piece, Spot, Story};

/// What is wrong with the marks of one piece.
#[derive(Clone, Copy)]
enum Fault {
    /// Opened at this byte, never closed.
    Open(usize),
    /// Closed at this byte, never opened.
    Closed(usize),
}

/// Paragraphs within which a quotation that did not open anew is looked for its end.
const REACH: usize = 4;

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let pieces = story.pieces_once();
    let faults: Vec<Option<Fault>> = pieces.iter().map(|piece| fault(piece.text)).collect();
    let mut closed_by = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Some(fault) = faults[at] else { continue };
        let (Fault::Open(mark) | Fault::Closed(mark)) = fault;
        let place = || story.place(piece.spot, &quoted(context(piece.text, mark, fault)));
        match fault {
            Fault::Open(mark) if continues(story, &pieces, at, piece.text[mark..].chars().next()) => {}
            Fault::Open(_) => {
                closed_by = end_elsewhere(story, &pieces, &faults, at);
                if closed_by.is_some() {
                    findings.doubtful(
                        "unbalanced-quotes",
                        place(),
                        "The quotation runs over several paragraphs without opening anew in each.",
                        "Set an opening mark at the beginning of each of its paragraphs.",
                    );
                } else {
                    findings.wrong(
                        "unbalanced-quotes",
                        place(),
                        "The quotation that begins here is not closed.",
                        "Set the closing mark, or delete the opening one.",
                    );
                }
            }
            Fault::Closed(_) if closed_by == Some(at) => {}
            Fault::Closed(_) => findings.wrong(
                "unbalanced-quotes",
                place(),
                "This mark closes a quotation that was not opened.",
                "Set the opening mark, or delete the closing one.",
            ),
        }
    }
}

fn flows(story: &Story<'_>, piece: &Piece<'_>) -> bool {
    match piece.spot {
        Spot::Block(block) => matches!(story.body.blocks[block].kind, Kind::Paragraph | Kind::Item),
        _ => false,
    }
}

/// The piece in which a quotation that was opened at `at` is closed, with only sound ones between.
fn end_elsewhere(
    story: &Story<'_>,
    pieces: &[Piece<'_>],
    faults: &[Option<Fault>],
    at: usize,
) -> Option<usize> {
    let last = (at + REACH).min(pieces.len() - 1);
    let next = (at + 1..=last).find(|next| faults[*next].is_some())?;
    let closed = matches!(faults[next], Some(Fault::Closed(_)));
    (closed && pieces[at..=next].iter().all(|piece| flows(story, piece))).then_some(next)
}

/// Whether the next piece of body text goes on with the quotation: it begins with an opening mark.
fn continues(story: &Story<'_>, pieces: &[Piece<'_>], at: usize, mark: Option<char>) -> bool {
    let Some(next) = pieces.get(at + 1).filter(|next| flows(story, next) && flows(story, &pieces[at])) else {
        return false;
    };
    let first = next.text.trim_start().chars().next();
    first == mark
        || matches!((mark, first), (Some('“' | '”'), Some('“' | '”' | '"')) | (Some('"'), Some('“')))
}

fn context(text: &str, mark: usize, fault: Fault) -> &str {
    match fault {
        Fault::Open(_) => &text[mark..],
        Fault::Closed(_) => {
            let from = text[..mark].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            let behind = text[mark..].chars().next().map_or(mark, |c| mark + c.len_utf8());
            &text[from..behind]
        }
    }
}

/// The first fault among the marks of `text`; marks that stand there without a word are ornaments.
fn fault(text: &str) -> Option<Fault> {
    if !text.contains(char::is_alphanumeric) {
        return None;
    }
    let mut straight = Vec::new();
    curly(text, &mut straight).or_else(|| in_pairs(text, &straight)).or_else(|| angled(text))
}

/// Straight marks come in pairs; one behind a figure may stand for inches or seconds.
fn in_pairs(text: &str, marks: &[usize]) -> Option<Fault> {
    let before = |at: usize| text[..at].chars().next_back();
    let inches = marks.iter().any(|at| before(*at).is_some_and(|c| c.is_ascii_digit()));
    if marks.len().is_multiple_of(2) || inches {
        return None;
    }
    // The mark that breaks the order of opening and closing; else the last one.
    let mut open = false;
    for (n, at) in marks.iter().enumerate() {
        if open && opens(text, *at, '"') && n > 0 {
            return Some(Fault::Open(marks[n - 1]));
        }
        if !open && !opens(text, *at, '"') {
            return Some(Fault::Closed(*at));
        }
        open = !open;
    }
    marks.last().map(|at| Fault::Open(*at))
}

/// English “…”, German „…“, Swedish ”…”. A straight mark may close what a curly one opened; the others go to `straight`.
fn curly(text: &str, straight: &mut Vec<usize>) -> Option<Fault> {
    let german = text.contains('„');
    let mut open: Option<(usize, char)> = None;
    let mut inner = false;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('"', Some(_)) if !inner && !opens(text, at, c) => open = None,
            ('"', within) => {
                straight.push(at);
                inner = within.is_some() && !inner;
            }
            ('„', None) => open = Some((at, c)),
            ('„', Some((start, _))) => return Some(Fault::Open(start)),
            ('“', Some((_, '„'))) | ('”', Some(_)) => open = None,
            ('“', Some((start, _))) => return Some(Fault::Open(start)),
            ('“', None) if !german => open = Some((at, c)),
            ('”', None) if !german && opens(text, at, c) => open = Some((at, c)),
            ('“' | '”', None) => return Some(Fault::Closed(at)),
            _ => {}
        }
    }
    open.map(|(at, _)| Fault::Open(at))
}

/// Whether a mark stands before a word and behind none.
fn opens(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let behind = text[at + mark.len_utf8()..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || "([—–-/‘'".contains(c))
        && behind.is_some_and(|c| !c.is_whitespace())
}

/// French «…» or German »…«, as the first mark tells. Marks of one kind that touch no word are arrows and borders.
fn angled(text: &str) -> Option<Fault> {
    let opening = text.chars().find(|c| matches!(c, '«' | '»'))?;
    let marks = || text.char_indices().filter(|(_, c)| matches!(c, '«' | '»'));
    let alone = |at: usize| {
        let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        apart(text[..at].chars().next_back()) && apart(text[at..].chars().nth(1))
    };
    let at_edge = |at: usize| at == 0 || text[at..].chars().nth(1).is_none();
    // French sets its opening mark apart, so inside of a text that one alone is a quotation.
    if marks().all(|(at, c)| c == opening && alone(at) && (c == '»' || at_edge(at))) {
        return None;
    }
    let mut open = None;
    for (at, c) in marks() {
        match (c == opening, open) {
            (true, None) => open = Some(at),
            (true, Some(start)) => return Some(Fault::Open(start)),
            (false, Some(_)) => open = None,
            (false, None) => return Some(Fault::Closed(at)),
        }
    }
    open.map(Fault::Open)
}
