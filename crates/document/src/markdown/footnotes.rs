//! Footnotes: `[^1]` with `[^1]: text` anywhere, and `^[text]` on the spot. They come to the end, in the order in
//! which they are first called.

use std::collections::HashMap;

use markdown_it::parser::block::{BlockRule, BlockState};
use markdown_it::parser::core::{CoreRule, Root};
use markdown_it::parser::extset::{InlineRootExtSet, RootExt};
use markdown_it::parser::inline::builtin::InlineParserRule;
use markdown_it::parser::inline::{InlineRule, InlineState};
use markdown_it::plugins::cmark::block::paragraph::Paragraph;
use markdown_it::{MarkdownIt, Node, NodeValue, Renderer};

pub(super) fn add_inline(md: &mut MarkdownIt) {
    md.inline.add_rule::<InlineNote>();
    md.inline.add_rule::<Call>();
    md.add_rule::<Tail>().after::<InlineParserRule>();
}

pub(super) fn add_block(md: &mut MarkdownIt) {
    md.block.add_rule::<Definition>();
}

/// What is known of footnotes while a text is read.
#[derive(Debug, Default)]
struct Notes {
    /// Defined labels, with the place in `called` once they are called.
    labels: HashMap<String, Option<usize>>,
    called: Vec<Called>,
}

#[derive(Debug)]
struct Called {
    /// None for a note on the spot.
    label: Option<String>,
    n_calls: usize,
}

impl RootExt for Notes {}

/// The content of a note, until it is moved to the end.
#[derive(Debug)]
struct Defined {
    label: String,
}

impl NodeValue for Defined {
    fn render(&self, _: &Node, _: &mut dyn Renderer) {}
}

/// The content of a note on the spot, until it is moved to the end.
#[derive(Debug)]
struct OnTheSpot;

impl NodeValue for OnTheSpot {
    fn render(&self, _: &Node, _: &mut dyn Renderer) {}
}

/// The number in the text. A note on the spot is its child.
#[derive(Debug)]
struct Number {
    nth: usize,
    nth_call: usize,
}

impl NodeValue for Number {
    fn render(&self, _: &Node, fmt: &mut dyn Renderer) {
        let n = self.nth + 1;
        let call = suffix(self.nth_call);
        fmt.text_raw(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn{n}\" id=\"fnref{n}{call}\">[{n}{call}]</a></sup>"
        ));
    }
}

fn suffix(nth_call: usize) -> String {
    if nth_call == 0 { String::new() } else { format!(":{nth_call}") }
}

/// The notes at the end. Their contents are its children.
#[derive(Debug)]
struct Section;

impl NodeValue for Section {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        fmt.text_raw(
            "<hr class=\"footnotes-sep\">\n<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n",
        );
        fmt.contents(&node.children);
        fmt.text_raw("</ol>\n</section>\n");
    }
}

#[derive(Debug)]
struct Note {
    nth: usize,
    n_calls: usize,
}

impl NodeValue for Note {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        let n = self.nth + 1;
        fmt.text_raw(&format!("<li id=\"fn{n}\" class=\"footnote-item\">"));
        let back: String = (0..self.n_calls.max(1))
            .map(|nth| {
                format!(
                    " <a href=\"#fnref{n}{}\" class=\"footnote-backref\">\u{21A9}\u{FE0E}</a>",
                    suffix(nth)
                )
            })
            .collect();
        for (nth, child) in node.children.iter().enumerate() {
            let is_last = nth + 1 == node.children.len();
            let html = child.render();
            match html.strip_suffix("</p>\n").filter(|_| is_last && child.is::<Paragraph>()) {
                Some(open) => {
                    fmt.text_raw(open);
                    fmt.text_raw(&back);
                    fmt.text_raw("</p>\n");
                }
                None => {
                    fmt.text_raw(&html);
                    if is_last {
                        fmt.text_raw(&back);
                    }
                }
            }
        }
        if node.children.is_empty() {
            fmt.text_raw(&back);
        }
        fmt.text_raw("</li>\n");
    }
}

/// `[^label]: text`, with further lines indented by four.
struct Definition;

/// The label, and how long the whole begin is.
fn definition(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix("[^")?;
    let length = rest.find([']', ' '])?;
    let label = &rest[..length];
    (!label.is_empty() && rest[length..].starts_with("]:")).then_some((label, length + 4))
}

impl BlockRule for Definition {
    fn check(state: &mut BlockState<'_, '_>) -> Option<()> {
        definition(state.get_line(state.line)).map(|_| ())
    }

    fn run(state: &mut BlockState<'_, '_>) -> Option<(Node, usize)> {
        if state.line_indent(state.line) >= state.md.max_indent {
            return None;
        }
        let line = state.get_line(state.line);
        let (label, length) = definition(line)?;
        let label = label.to_owned();
        // The text begins behind the colon; its column counts from there.
        let mut column = state.line_offsets[state.line].indent_nonspace.max(0) as usize + length;
        let from = column;
        let mut n_spaces = 0;
        for byte in line[length..].bytes() {
            match byte {
                b' ' => column += 1,
                b'\t' => column += 4 - column % 4,
                _ => break,
            }
            n_spaces += 1;
        }
        let indent = column - from;
        state.root_ext.get_or_insert_default::<Notes>().labels.insert(label.clone(), None);

        let first_line = state.line;
        let offsets = state.line_offsets[first_line].clone();
        let outer = std::mem::replace(&mut state.node, Node::new(Defined { label }));
        state.blk_indent += 4;
        state.level += 1;
        let line_offset = &mut state.line_offsets[first_line];
        line_offset.first_nonspace += length + n_spaces;
        let indent = if indent < state.blk_indent { indent + state.blk_indent } else { indent };
        line_offset.indent_nonspace = indent as i32;
        state.md.block.tokenize(state);
        state.level -= 1;
        state.blk_indent -= 4;

        let n_lines = state.line.saturating_sub(first_line).max(1);
        state.line_offsets[first_line] = offsets;
        state.line = first_line;
        Some((std::mem::replace(&mut state.node, outer), n_lines))
    }
}

/// `^[text]`
struct InlineNote;

/// Where the bracket ends that opens at `start`.
fn label_end(state: &mut InlineState<'_, '_>, start: usize) -> Option<usize> {
    let old_pos = state.pos;
    let mut level = 1;
    let mut end = None;
    state.pos = start + 1;
    while let Some(c) = state.src[state.pos..state.pos_max].chars().next() {
        if c == ']' {
            level -= 1;
            if level == 0 {
                end = Some(state.pos);
                break;
            }
        }
        let before = state.pos;
        state.md.inline.skip_token(state);
        if c == '[' {
            if state.pos != before + 1 {
                // A link inside: no note, as no link in a link.
                break;
            }
            level += 1;
        }
    }
    state.pos = old_pos;
    end
}

impl InlineNote {
    fn find(state: &mut InlineState<'_, '_>) -> Option<usize> {
        let here = &state.src[state.pos..state.pos_max];
        if here.len() < 3 || !here.starts_with("^[") {
            return None;
        }
        label_end(state, state.pos + 1)
    }
}

impl InlineRule for InlineNote {
    const MARKER: char = '^';

    fn check(state: &mut InlineState<'_, '_>) -> Option<usize> {
        Self::find(state).map(|end| end + 1 - state.pos)
    }

    fn run(state: &mut InlineState<'_, '_>) -> Option<(Node, usize)> {
        let end = Self::find(state)?;
        let text = state.src[state.pos + 2..end].to_owned();
        let notes = state.root_ext.get_or_insert_default::<Notes>();
        let nth = notes.called.len();
        notes.called.push(Called { label: None, n_calls: 1 });
        let mapping = vec![(0, 0)];
        let mut inline_ext = InlineRootExtSet::new();
        let parsed = state.md.inline.parse(
            text,
            mapping,
            Node::new(Paragraph),
            state.md,
            state.root_ext,
            &mut inline_ext,
        );
        let mut note = Node::new(OnTheSpot);
        note.children.push(parsed);
        let mut number = Node::new(Number { nth, nth_call: 0 });
        number.children.push(note);
        Some((number, end + 1 - state.pos))
    }
}

/// `[^label]`
struct Call;

impl Call {
    fn find(state: &InlineState<'_, '_>) -> Option<String> {
        let rest = state.src[state.pos..state.pos_max].strip_prefix("[^")?;
        let length = rest.find([']', ' ', '\n'])?;
        let label = &rest[..length];
        let is_known = || state.root_ext.get::<Notes>().is_some_and(|notes| notes.labels.contains_key(label));
        (!label.is_empty() && rest[length..].starts_with(']') && is_known()).then(|| label.to_owned())
    }
}

impl InlineRule for Call {
    const MARKER: char = '[';

    fn check(state: &mut InlineState<'_, '_>) -> Option<usize> {
        Self::find(state).map(|label| label.len() + 3)
    }

    fn run(state: &mut InlineState<'_, '_>) -> Option<(Node, usize)> {
        let label = Self::find(state)?;
        let length = label.len() + 3;
        let notes = state.root_ext.get_or_insert_default::<Notes>();
        let n_called = notes.called.len();
        let nth = *notes.labels.entry(label.clone()).or_default().get_or_insert(n_called);
        if nth == n_called {
            notes.called.push(Called { label: Some(label), n_calls: 0 });
        }
        let called = notes.called.get_mut(nth)?;
        called.n_calls += 1;
        Some((Node::new(Number { nth, nth_call: called.n_calls - 1 }), length))
    }
}

/// Moves the notes to the end.
struct Tail;

impl CoreRule for Tail {
    fn run(root: &mut Node, _: &MarkdownIt) {
        let Some(notes) = root.cast_mut::<Root>().and_then(|data| data.ext.remove::<Notes>()) else { return };
        let mut defined: HashMap<String, Vec<Node>> = HashMap::new();
        let mut on_the_spot: HashMap<usize, Vec<Node>> = HashMap::new();
        root.walk_mut(|node, _| {
            if let Some(number) = node.cast::<Number>() {
                let nth = number.nth;
                if let Some(mut note) = node.children.pop() {
                    on_the_spot.insert(nth, std::mem::take(&mut note.children));
                }
            }
        });
        root.walk_mut(|node, _| {
            if !node.children.iter().any(Node::is::<Defined>) {
                return;
            }
            let mut kept = Vec::with_capacity(node.children.len());
            for mut child in std::mem::take(&mut node.children) {
                match child.cast::<Defined>().map(|data| data.label.clone()) {
                    Some(label) => {
                        defined.insert(label, std::mem::take(&mut child.children));
                    }
                    None => kept.push(child),
                }
            }
            node.children = kept;
        });
        if notes.called.is_empty() {
            return;
        }
        let mut section = Node::new(Section);
        for (nth, called) in notes.called.into_iter().enumerate() {
            let mut note = Node::new(Note { nth, n_calls: called.n_calls });
            note.children = match &called.label {
                Some(label) => defined.remove(label).unwrap_or_default(),
                None => on_the_spot.remove(&nth).unwrap_or_default(),
            };
            section.children.push(note);
        }
        root.children.push(section);
    }
}
