//! Last changes to the tree of blocks, so that its html has line breaks exactly where Ghost's has: they come into the
//! plain text.

use markdown_it::common::utils::unescape_all;
use markdown_it::parser::core::{CoreRule, Root};
use markdown_it::parser::inline::builtin::InlineParserRule;
use markdown_it::plugins::cmark::block::blockquote::Blockquote;
use markdown_it::plugins::cmark::block::code::CodeBlock;
use markdown_it::plugins::cmark::block::fence::CodeFence;
use markdown_it::plugins::cmark::block::heading::ATXHeading;
use markdown_it::plugins::cmark::block::hr::ThematicBreak;
use markdown_it::plugins::cmark::block::lheading::SetextHeader;
use markdown_it::plugins::cmark::block::list::{BulletList, OrderedList};
use markdown_it::plugins::cmark::block::paragraph::Paragraph;
use markdown_it::plugins::cmark::block::reference::Definition;
use markdown_it::plugins::cmark::inline::image::Image;
use markdown_it::plugins::cmark::inline::newline::{Hardbreak, Softbreak};
use markdown_it::plugins::extra::tables::Table;
use markdown_it::plugins::html::html_block::HtmlBlock;
use markdown_it::{MarkdownIt, Node, NodeValue, Renderer};

pub(super) fn add(md: &mut MarkdownIt) {
    md.add_rule::<Finish>().after::<InlineParserRule>();
}

/// Replaces blocks by such that print as Ghost's do; lets every line break break and pictures load late.
struct Finish;

impl CoreRule for Finish {
    fn run(root: &mut Node, _: &MarkdownIt) {
        let source = root.cast::<Root>().map(|data| data.content.clone()).unwrap_or_default();
        root.walk_mut(|node, _| {
            let mut after_text = false;
            for child in &mut node.children {
                finish(child, after_text, &source);
                after_text = !is_block(child);
            }
        });
    }
}

fn is_block(node: &Node) -> bool {
    node.is::<Paragraph>()
        || node.is::<RawHtml>()
        || node.is::<Code>()
        || node.is::<Quote>()
        || node.is::<BulletList>()
        || node.is::<OrderedList>()
        || node.is::<ATXHeading>()
        || node.is::<SetextHeader>()
        || node.is::<ThematicBreak>()
        || node.is::<Table>()
        || node.is::<Definition>()
}

fn finish(node: &mut Node, after_text: bool, source: &str) {
    // What stands at the very end has no line break that the source has not.
    let is_at_end =
        !source.ends_with('\n') && node.srcmap.is_some_and(|map| map.get_byte_offsets().1 >= source.len());
    if let Some(block) = node.cast_mut::<HtmlBlock>() {
        let mut html = std::mem::take(&mut block.content);
        if is_at_end {
            cut_line_break(&mut html);
        }
        node.replace(RawHtml { html, after_text });
    } else if let Some(fence) = node.cast_mut::<CodeFence>() {
        if is_at_end && !is_closed(source, fence) {
            cut_line_break(&mut fence.content);
        }
        let info = unescape_all(&fence.info);
        let language = info.split_whitespace().next().map(str::to_owned);
        let content = std::mem::take(&mut fence.content);
        node.replace(Code { language, content, after_text });
    } else if let Some(block) = node.cast_mut::<CodeBlock>() {
        let content = std::mem::take(&mut block.content);
        node.replace(Code { language: None, content, after_text });
    } else if node.is::<Blockquote>() {
        node.replace(Quote);
    } else if node.is::<Softbreak>() {
        node.replace(Hardbreak);
    } else if let Some(image) = node.cast_mut::<Image>() {
        let picture = Picture { url: std::mem::take(&mut image.url), title: image.title.take() };
        node.replace(picture);
    }
}

/// Whether the last line ends the fence.
fn is_closed(source: &str, fence: &CodeFence) -> bool {
    let line = source.lines().last().unwrap_or_default().trim_end();
    let before = line.trim_end_matches(fence.marker);
    line.len() - before.len() >= fence.marker_len && before.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
}

fn cut_line_break(content: &mut String) {
    if content.ends_with('\n') {
        content.pop();
    }
}

/// An author's html. Ends with a line break only if the author's does.
#[derive(Debug)]
struct RawHtml {
    html: String,
    after_text: bool,
}

impl NodeValue for RawHtml {
    fn render(&self, _: &Node, fmt: &mut dyn Renderer) {
        if !self.after_text {
            fmt.cr();
        }
        fmt.text_raw(&self.html);
    }
}

/// Code in lines.
#[derive(Debug)]
struct Code {
    language: Option<String>,
    content: String,
    after_text: bool,
}

impl NodeValue for Code {
    fn render(&self, _: &Node, fmt: &mut dyn Renderer) {
        if !self.after_text {
            fmt.cr();
        }
        fmt.text_raw("<pre>");
        match &self.language {
            Some(language) => fmt.open("code", &[("class", format!("language-{language}"))]),
            None => fmt.text_raw("<code>"),
        }
        fmt.text(&self.content);
        fmt.text_raw("</code></pre>\n");
    }
}

#[derive(Debug)]
struct Quote;

impl NodeValue for Quote {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        fmt.cr();
        fmt.text_raw("<blockquote>");
        if !node.children.iter().all(Node::is::<Definition>) {
            fmt.cr();
            fmt.contents(&node.children);
        }
        fmt.text_raw("</blockquote>\n");
    }
}

/// A picture that is loaded when it comes into sight.
#[derive(Debug)]
pub(super) struct Picture {
    url: String,
    title: Option<String>,
}

impl NodeValue for Picture {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        let mut attributes = vec![("src", self.url.clone()), ("alt", node.collect_text())];
        if let Some(title) = &self.title {
            attributes.push(("title", title.clone()));
        }
        attributes.push(("loading", "lazy".to_owned()));
        fmt.self_close("img", &attributes);
    }
}
