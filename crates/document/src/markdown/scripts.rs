//! Lowered and raised text: `~a~`, `^a^`.

use markdown_it::parser::inline::{InlineRule, InlineState, Text};
use markdown_it::{MarkdownIt, Node};

use super::element::Element;
use crate::utf16;

/// Before the rules of other pairs.
pub(super) fn add_sub(md: &mut MarkdownIt) {
    md.inline.add_rule::<Subscript>();
}

/// Behind them.
pub(super) fn add_sup(md: &mut MarkdownIt) {
    md.inline.add_rule::<Superscript>();
}

struct Subscript;

impl InlineRule for Subscript {
    const MARKER: char = '~';

    fn check(_: &mut InlineState<'_, '_>) -> Option<usize> {
        None
    }

    fn run(state: &mut InlineState<'_, '_>) -> Option<(Node, usize)> {
        // Two of them strike through.
        if state.src[state.pos..state.pos_max].starts_with("~~") {
            return None;
        }
        script(state, '~', "sub")
    }
}

struct Superscript;

impl InlineRule for Superscript {
    const MARKER: char = '^';

    fn check(_: &mut InlineState<'_, '_>) -> Option<usize> {
        None
    }

    fn run(state: &mut InlineState<'_, '_>) -> Option<(Node, usize)> {
        script(state, '^', "sup")
    }
}

/// Text between two markers, without white space that is not escaped.
fn script(state: &mut InlineState<'_, '_>, marker: char, tag: &'static str) -> Option<(Node, usize)> {
    let start = state.pos;
    let here = &state.src[start..state.pos_max];
    if !here.starts_with(marker) || here.len() < 3 {
        return None;
    }
    state.pos = start + 1;
    let mut is_found = false;
    while state.pos < state.pos_max {
        if state.src[state.pos..].starts_with(marker) {
            is_found = true;
            break;
        }
        state.md.inline.skip_token(state);
    }
    let end = state.pos;
    state.pos = start;
    if !is_found || end == start + 1 {
        return None;
    }
    let content = unescaped(&state.src[start + 1..end])?;
    let mut text = Node::new(Text { content });
    text.srcmap = state.get_map(start + 1, end);
    let mut node = Node::new(Element(tag));
    node.children.push(text);
    Some((node, end + 1 - start))
}

/// The text with its escapes resolved. None when it has white space that is not escaped.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if utf16::is_space(c) {
            return None;
        }
        match chars.peek().copied() {
            Some(next) if c == '\\' && (next == ' ' || next.is_ascii_punctuation()) => {
                out.push(next);
                chars.next();
            }
            // Escaped white space of other kinds keeps its backslash.
            Some(next) if c == '\\' && utf16::is_space(next) => {
                out.push(c);
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    Some(out)
}
