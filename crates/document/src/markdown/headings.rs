//! Headings that need no space behind their signs, and the ids of all headings.

use markdown_it::parser::block::{BlockRule, BlockState};
use markdown_it::parser::core::{CoreRule, Root};
use markdown_it::parser::inline::builtin::InlineParserRule;
use markdown_it::parser::inline::{InlineRoot, Text, TextSpecial};
use markdown_it::plugins::cmark::block::heading::ATXHeading;
use markdown_it::plugins::cmark::block::lheading::SetextHeader;
use markdown_it::plugins::cmark::inline::image::Image;
use markdown_it::plugins::html::html_inline::HtmlInline;
use markdown_it::{MarkdownIt, Node};

use super::blocks::Picture;
use crate::slug;

pub(super) fn add(md: &mut MarkdownIt) {
    md.block.add_rule::<Heading>();
    md.add_rule::<Ids>().after::<InlineParserRule>();
}

struct Heading;

impl BlockRule for Heading {
    fn run(state: &mut BlockState<'_, '_>) -> Option<(Node, usize)> {
        // A line that is indented too far is only looked at here when it interrupts nothing.
        if state.line_indent(state.line) >= state.md.max_indent {
            return None;
        }
        let line = state.get_line(state.line);
        let level = line.bytes().take_while(|b| *b == b'#').count();
        if !(1..=6).contains(&level) {
            return None;
        }
        // Signs at the end go, if a space stands before them.
        let text = line[level..].trim_end_matches(' ');
        let unsigned = text.trim_end_matches('#');
        let text = if unsigned.len() < text.len() && unsigned.ends_with(' ') { unsigned } else { text };
        let start = level + (text.len() - text.trim_start().len());
        let content = text.trim().to_owned();
        let mapping = vec![(0, state.line_offsets[state.line].first_nonspace + start)];
        let mut node = Node::new(ATXHeading { level: level as u8 });
        node.children.push(Node::new(InlineRoot::new(content, mapping)));
        Some((node, 1))
    }
}

struct Ids;

impl CoreRule for Ids {
    fn run(root: &mut Node, _: &MarkdownIt) {
        let source = root.cast::<Root>().map(|data| data.content.clone()).unwrap_or_default();
        root.walk_mut(|node, _| {
            if node.is::<ATXHeading>() || node.is::<SetextHeader>() {
                let id = slug::heading(&text_of(node, &source));
                node.attrs.push(("id", id));
            }
        });
    }
}

/// The words of a heading; of pictures what stands between their brackets, as it is written.
fn text_of(heading: &Node, source: &str) -> String {
    let mut out = String::new();
    collect(heading, source, &mut out);
    out
}

fn collect(node: &Node, source: &str, out: &mut String) {
    if node.is::<Image>() || node.is::<Picture>() {
        let start = node.srcmap.map(|map| map.get_byte_offsets().0 + 2);
        let end = node.children.last().and_then(|last| last.srcmap).map(|map| map.get_byte_offsets().1);
        if let (Some(start), Some(end)) = (start, end) {
            out.push_str(source.get(start..end).unwrap_or_default());
        }
        return;
    }
    if let Some(text) = node.cast::<Text>() {
        out.push_str(&text.content);
    } else if let Some(text) = node.cast::<TextSpecial>() {
        out.push_str(&text.content);
    } else if let Some(tag) = node.cast::<HtmlInline>() {
        out.push_str(&tag.content);
    }
    for child in &node.children {
        collect(child, source, out);
    }
}
