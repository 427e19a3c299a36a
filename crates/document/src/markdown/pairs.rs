//! Formats between pairs of signs: `*emphasis*`, `_emphasis_`, `**strong**`, `~~struck~~`, `==marked==`.
//!
//! Signs are read first, each as a node of its own; when the whole text is read they are paired by CommonMark's
//! rules, and what lies between a pair becomes its content.

use std::sync::LazyLock;

use markdown_it::parser::core::CoreRule;
use markdown_it::parser::inline::builtin::InlineParserRule;
use markdown_it::parser::inline::{InlineRule, InlineState, Text};
use markdown_it::{MarkdownIt, Node, NodeValue, Renderer};
use regex_syntax::hir::{Class, HirKind};

use super::element::Element;

pub(super) fn add(md: &mut MarkdownIt) {
    md.inline.add_rule::<Signs<'~'>>();
    md.inline.add_rule::<Signs<'='>>();
    md.inline.add_rule::<Signs<'*'>>();
    md.inline.add_rule::<Signs<'_'>>();
    md.add_rule::<Pairs>().after::<InlineParserRule>();
}

/// One sign of emphasis, or two of the others; what it may become is decided when all are known.
#[derive(Debug, Clone, Copy)]
struct Sign {
    marker: char,
    /// How many characters of it stand here: 1 or 2.
    width: usize,
    /// How long the run is that it belongs to; 0 where CommonMark's rule of three does not hold.
    run: usize,
    opens: bool,
    closes: bool,
    /// The odd one of a run of signs that count by twos: always text.
    is_odd_one: bool,
}

impl NodeValue for Sign {
    fn render(&self, _: &Node, fmt: &mut dyn Renderer) {
        for _ in 0..self.width {
            fmt.text(self.marker.encode_utf8(&mut [0; 4]));
        }
    }
}

/// Several signs read at once, until they are taken apart.
#[derive(Debug)]
struct Run;

impl NodeValue for Run {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        fmt.contents(&node.children);
    }
}

struct Signs<const MARKER: char>;

impl<const MARKER: char> InlineRule for Signs<MARKER> {
    const MARKER: char = MARKER;

    // For rules that look for their end the signs are plain text.
    fn check(_: &mut InlineState<'_, '_>) -> Option<usize> {
        None
    }

    fn run(state: &mut InlineState<'_, '_>) -> Option<(Node, usize)> {
        let here = &state.src[state.pos..state.pos_max];
        let length = here.bytes().take_while(|b| *b == MARKER as u8).count();
        let by_twos = matches!(MARKER, '~' | '=');
        if length == 0 || (by_twos && length < 2) {
            return None;
        }
        let before = state.src[..state.pos].chars().next_back().unwrap_or(' ');
        let after = here[length..].chars().next().unwrap_or(' ');
        let (opens, closes) = flanking(before, after, MARKER != '_');
        let sign = Sign {
            marker: MARKER,
            width: if by_twos { 2 } else { 1 },
            run: if by_twos { 0 } else { length },
            opens,
            closes,
            is_odd_one: false,
        };
        let mut run = Node::new(Run);
        if by_twos && length % 2 == 1 {
            run.children.push(Node::new(Sign {
                width: 1,
                is_odd_one: true,
                opens: false,
                closes: false,
                ..sign
            }));
        }
        for _ in 0..length / sign.width {
            run.children.push(Node::new(sign));
        }
        Some((run, length))
    }
}

/// Whether signs between these characters may open, and may close.
fn flanking(before: char, after: char, splits_words: bool) -> (bool, bool) {
    let (is_before_sign, is_after_sign) = (is_sign(before), is_sign(after));
    let (is_before_space, is_after_space) = (is_space(before), is_space(after));
    let is_left = !is_after_space && (!is_after_sign || is_before_space || is_before_sign);
    let is_right = !is_before_space && (!is_before_sign || is_after_space || is_after_sign);
    let opens = is_left && (splits_words || !is_right || is_before_sign);
    let closes = is_right && (splits_words || !is_left || is_after_sign);
    (opens, closes)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_sign(c: char) -> bool {
    static SIGNS: LazyLock<Vec<(char, char)>> =
        LazyLock::new(|| match regex_syntax::parse(r"[\p{P}\p{S}]").map(regex_syntax::hir::Hir::into_kind) {
            Ok(HirKind::Class(Class::Unicode(class))) => {
                class.ranges().iter().map(|range| (range.start(), range.end())).collect()
            }
            _ => Vec::new(),
        });
    let after = SIGNS.partition_point(|(first, _)| *first <= c);
    SIGNS[..after].last().is_some_and(|(_, last)| c <= *last)
}

/// Pairs the signs of every text.
pub(super) struct Pairs;

impl CoreRule for Pairs {
    fn run(root: &mut Node, _: &MarkdownIt) {
        root.walk_mut(|node, _| {
            if node.children.iter().any(Node::is::<Run>) {
                let flat = std::mem::take(&mut node.children);
                node.children = nest(flat);
            }
        });
        root.walk_mut(|node, _| {
            if node.children.iter().any(Node::is::<Sign>) {
                let flat = std::mem::take(&mut node.children);
                node.children = as_text(flat);
            }
        });
    }
}

/// A sign while pairs are sought.
struct Delimiter {
    /// Its place among the nodes.
    at: usize,
    sign: Sign,
    opens: bool,
    closes: bool,
    /// The place among the delimiters of the one that closes it.
    end: Option<usize>,
    /// How many delimiters before this one need not be looked at.
    jump: usize,
}

/// The nodes with everything between pairs put into elements.
fn nest(flat: Vec<Node>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::with_capacity(flat.len());
    for mut node in flat {
        match node.is::<Run>() {
            true => nodes.append(&mut node.children),
            false => nodes.push(node),
        }
    }
    let mut delimiters: Vec<Delimiter> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| {
            let sign = *node.cast::<Sign>()?;
            (sign.opens || sign.closes).then_some(Delimiter {
                at,
                sign,
                opens: sign.opens,
                closes: sign.closes,
                end: None,
                jump: 0,
            })
        })
        .collect();
    pair(&mut delimiters);
    let marks = elements(&delimiters, nodes.len());
    build(nodes, marks)
}

/// Finds for each opening sign the one that closes it. Linear: where nothing was found is not looked at again.
fn pair(delimiters: &mut [Delimiter]) {
    // For each marker, whether the closer may open, and its length modulo three: where looking back ends.
    let mut bottoms: std::collections::HashMap<(char, bool, usize), isize> = std::collections::HashMap::new();
    let mut head = 0;
    let mut last_at: Option<usize> = None;
    for closer in 0..delimiters.len() {
        // Signs of one run are looked at from its beginning.
        let is_same_run = delimiters[head].sign.marker == delimiters[closer].sign.marker
            && last_at.is_some_and(|last| last + 1 == delimiters[closer].at);
        if !is_same_run {
            head = closer;
        }
        last_at = Some(delimiters[closer].at);
        if !delimiters[closer].closes {
            continue;
        }
        let Sign { marker, run, .. } = delimiters[closer].sign;
        let bottom = bottoms.entry((marker, delimiters[closer].opens, run % 3)).or_insert(-1);
        let mut opener = head as isize - delimiters[head].jump as isize - 1;
        let mut new_bottom = Some(opener);
        while opener > *bottom {
            let at = opener as usize;
            let fits = {
                let (open, close) = (&delimiters[at], &delimiters[closer]);
                let is_both = open.closes || close.opens;
                let by_three = (open.sign.run + close.sign.run) % 3 == 0
                    && (open.sign.run % 3 != 0 || close.sign.run % 3 != 0);
                open.sign.marker == marker && open.opens && open.end.is_none() && !(is_both && by_three)
            };
            if fits {
                let last_jump = match at.checked_sub(1) {
                    Some(before) if !delimiters[before].opens => delimiters[before].jump + 1,
                    _ => 0,
                };
                delimiters[closer].jump = closer - at + last_jump;
                delimiters[closer].opens = false;
                delimiters[at].end = Some(closer);
                delimiters[at].closes = false;
                delimiters[at].jump = last_jump;
                new_bottom = None;
                last_at = None;
                break;
            }
            opener -= delimiters[at].jump as isize + 1;
        }
        if let Some(new_bottom) = new_bottom {
            *bottom = new_bottom;
        }
    }
}

/// What a node becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark {
    Keep,
    Open(&'static str),
    Close,
    /// The second sign of `**`.
    Drop,
}

fn elements(delimiters: &[Delimiter], n_nodes: usize) -> Vec<Mark> {
    let mut marks = vec![Mark::Keep; n_nodes];
    let mut nth = delimiters.len();
    while nth > 0 {
        nth -= 1;
        let open = &delimiters[nth];
        let Some(end) = open.end else { continue };
        let close = &delimiters[end];
        let tag = match open.sign.marker {
            '~' => "s",
            '=' => "mark",
            _ => {
                // Two pairs right around each other are strong.
                let outer = nth.checked_sub(1).map(|before| &delimiters[before]);
                let outer_close = delimiters.get(end + 1);
                match (outer, outer_close) {
                    (Some(outer), Some(outer_close))
                        if outer.end == Some(end + 1)
                            && outer.sign.marker == open.sign.marker
                            && outer.at + 1 == open.at
                            && outer_close.at == close.at + 1 =>
                    {
                        marks[outer.at] = Mark::Drop;
                        marks[outer_close.at] = Mark::Drop;
                        nth -= 1;
                        "strong"
                    }
                    _ => "em",
                }
            }
        };
        marks[open.at] = Mark::Open(tag);
        marks[close.at] = Mark::Close;
    }
    marks
}

fn build(mut nodes: Vec<Node>, mut marks: Vec<Mark>) -> Vec<Node> {
    // The odd sign of a closing run comes behind what the run closes.
    for at in (0..nodes.len()).rev() {
        let Some(marker) = nodes[at].cast::<Sign>().filter(|sign| sign.is_odd_one).map(|sign| sign.marker)
        else {
            continue;
        };
        let is_close = |at: usize| {
            marks.get(at) == Some(&Mark::Close)
                && nodes[at].cast::<Sign>().is_some_and(|sign| sign.marker == marker)
        };
        let mut last = at;
        while is_close(last + 1) {
            last += 1;
        }
        nodes.swap(at, last);
        marks.swap(at, last);
    }
    let mut stack: Vec<(Node, Vec<Node>)> = Vec::new();
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    for (node, mark) in nodes.into_iter().zip(marks) {
        match mark {
            Mark::Keep => out.push(node),
            Mark::Drop => {}
            Mark::Open(tag) => stack.push((Node::new(Element(tag)), std::mem::take(&mut out))),
            Mark::Close => {
                if let Some((mut element, outside)) = stack.pop() {
                    element.children = std::mem::replace(&mut out, outside);
                    out.push(element);
                }
            }
        }
    }
    out
}

/// Signs that found no pair are text, and join the text beside them.
fn as_text(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    for mut node in nodes {
        if let Some(sign) = node.cast::<Sign>().copied() {
            node = Node::new(Text { content: sign.marker.to_string().repeat(sign.width) });
        }
        let content = node.cast::<Text>().map(|text| text.content.clone());
        match (content, out.last_mut().and_then(|last| last.cast_mut::<Text>())) {
            (Some(content), Some(before)) => before.content.push_str(&content),
            _ => out.push(node),
        }
    }
    out
}
