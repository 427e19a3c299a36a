//! Text inside blocks: formats opened and closed so that runs stay together, links, line breaks.

use crate::escape;
use crate::json::Json;
use crate::lexical::Kind;

/// Formats in the order in which they open, when nothing else decides. The bits are the editor's.
const FORMATS: [(u32, &str); 8] =
    [(1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"), (128, "mark")];

/// Not in sight.
const NEVER: u32 = u32::MAX;

/// Appends the content of a block.
///
/// Blocks inside it (a list in a quote) lose their own tags, as in Ghost; cards inside it are left out.
pub(super) fn children(out: &mut String, nodes: &[Json<'_>]) {
    let mut run_at = 0;
    for (nth, node) in nodes.iter().enumerate() {
        let kind = Kind::of(node);
        let is_run = kind.is_inline() || (kind == Kind::Unknown && is_unknown_inline(node));
        if is_run {
            continue;
        }
        run(out, &nodes[run_at..nth]);
        run_at = nth + 1;
        if !matches!(kind, Kind::Card(_)) {
            children(out, node.items("children"));
        }
    }
    run(out, &nodes[run_at..]);
}

/// Text or a link of a type that we do not know.
fn is_unknown_inline(node: &Json<'_>) -> bool {
    node.text("text").is_some() || node.text("url").is_some()
}

fn is_link(node: &Json<'_>) -> bool {
    match Kind::of(node) {
        Kind::Link => true,
        Kind::Unknown => node.text("text").is_none(),
        _ => false,
    }
}

/// Text without a character, which the editor removes when it opens a document, and links that had nothing else.
fn is_gone(node: &Json<'_>) -> bool {
    match node.text("type") {
        Some("text" | "extended-text" | "zwnj") => node.text("text") == Some("") && is_simple(node),
        Some("link") => {
            let children = node.items("children");
            !children.is_empty() && children.iter().all(is_gone)
        }
        _ => false,
    }
}

fn format_of(node: &Json<'_>) -> u32 {
    match node.get("format") {
        Some(Json::Number(bits)) => *bits as u32,
        Some(Json::Text(name)) => match &**name {
            "bold" => 1,
            "italic" => 2,
            "strikethrough" => 4,
            "underline" => 8,
            "code" => 16,
            "subscript" => 32,
            "superscript" => 64,
            "highlight" => 128,
            _ => 0,
        },
        _ => 0,
    }
}

fn text<'n>(node: &'n Json<'_>) -> &'n str {
    match Kind::of(node) {
        Kind::Tab => node.text("text").unwrap_or("\t"),
        _ => node.text("text").unwrap_or_default(),
    }
}

/// A part of a run.
#[derive(Clone, Copy)]
enum Part {
    /// Texts with the same format, by their first and last place: the editor joins them when it opens a document.
    Text {
        format: u32,
        first: usize,
        last: usize,
    },
    Break,
    Link(usize),
}

/// Text, line breaks and links that follow each other.
fn run(out: &mut String, nodes: &[Json<'_>]) {
    match nodes {
        [] => return,
        [only] if Kind::of(only) == Kind::Text && format_of(only) == 0 => {
            return escape::text(out, text(only));
        }
        _ => {}
    }
    let parts = parts_of(nodes);
    let ahead = look_ahead(&parts);
    let mut open: Vec<usize> = Vec::new();
    for (part, coming) in parts.iter().zip(&ahead) {
        let (format, texts) = match *part {
            Part::Break => {
                out.push_str("<br>");
                continue;
            }
            Part::Link(at) => {
                link(out, &nodes[at]);
                continue;
            }
            Part::Text { format, first, last } => (format, first..=last),
        };
        // What goes on in the next texts is opened first.
        let mut opening: Vec<usize> =
            (0..FORMATS.len()).filter(|f| format & FORMATS[*f].0 != 0 && !open.contains(f)).collect();
        opening.sort_by_key(|f| coming.next_with[*f]);
        for f in opening {
            out.push('<');
            out.push_str(FORMATS[f].1);
            out.push('>');
            open.push(f);
        }
        for at in texts {
            escape::text(out, trimmed_beside_search(nodes, at));
        }
        if format == 0 {
            continue;
        }
        let n_closing = open.iter().filter(|f| coming.next_format & FORMATS[**f].0 == 0).count();
        for _ in 0..n_closing {
            close(out, &mut open);
        }
    }
    while !open.is_empty() {
        close(out, &mut open);
    }
}

fn parts_of(nodes: &[Json<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        match Kind::of(node) {
            _ if is_gone(node) => {}
            Kind::AtLink => {}
            Kind::LineBreak => parts.push(Part::Break),
            _ if is_link(node) => parts.push(Part::Link(at)),
            _ => {
                let format = format_of(node);
                match parts.last_mut() {
                    Some(Part::Text { format: before, last, .. })
                        if *before == format && joins(&nodes[*last], node) =>
                    {
                        *last = at;
                    }
                    _ => parts.push(Part::Text { format, first: at, last: at }),
                }
            }
        }
    }
    parts
}

/// Whether the editor joins two texts of the same format.
fn joins(before: &Json<'_>, after: &Json<'_>) -> bool {
    is_simple(before) && is_simple(after) && before.text("style") == after.text("style")
}

/// Text without any special behaviour in the editor.
fn is_simple(node: &Json<'_>) -> bool {
    let is_text = matches!(node.text("type"), Some("text" | "extended-text" | "zwnj"));
    let is_normal = matches!(node.text("mode"), None | Some("normal"));
    let is_unmergeable = matches!(node.get("detail"), Some(Json::Number(bits)) if *bits as u32 & 2 != 0);
    is_text && is_normal && !is_unmergeable
}

fn close(out: &mut String, open: &mut Vec<usize>) {
    if let Some(f) = open.pop() {
        out.push_str("</");
        out.push_str(FORMATS[f].1);
        out.push('>');
    }
}

/// What follows a node in its run.
#[derive(Clone, Copy)]
struct Ahead {
    /// Formats of the next text; none when a link or the end comes first.
    next_format: u32,
    /// For each format, how far the next text with it is, before a link comes.
    next_with: [u32; FORMATS.len()],
}

fn look_ahead(parts: &[Part]) -> Vec<Ahead> {
    let none = Ahead { next_format: 0, next_with: [NEVER; FORMATS.len()] };
    let mut ahead = vec![none; parts.len()];
    let mut coming = none;
    for (nth, part) in parts.iter().enumerate().rev() {
        ahead[nth] = coming;
        match *part {
            Part::Break => {}
            Part::Link(_) => coming = none,
            Part::Text { format, .. } => {
                coming.next_format = format;
                for (f, (bit, _)) in FORMATS.iter().enumerate() {
                    if format & bit != 0 {
                        coming.next_with[f] = nth as u32;
                    }
                }
            }
        }
    }
    ahead
}

/// A text beside the editor's search for a link loses the space that stood around it.
fn trimmed_beside_search<'n>(nodes: &'n [Json<'_>], nth: usize) -> &'n str {
    let is_search = |node: Option<&Json<'_>>| node.is_some_and(|node| Kind::of(node) == Kind::AtLink);
    let shown = text(&nodes[nth]);
    if is_search(nodes.get(nth + 1)) {
        return shown.strip_suffix(' ').unwrap_or(shown);
    }
    if nth == 1 && is_search(nodes.first()) {
        return shown.strip_prefix(' ').unwrap_or(shown);
    }
    shown
}

fn link(out: &mut String, node: &Json<'_>) {
    out.push_str("<a");
    for (name, property) in [("href", "url"), ("rel", "rel")] {
        if let Some(value) = node.get(property).filter(|value| value.is_truthy()) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape::attribute(out, &value.to_text());
            out.push('"');
        }
    }
    out.push('>');
    children(out, node.items("children"));
    out.push_str("</a>");
}

/// The words of a block, without formats.
pub(super) fn text_of(node: &Json<'_>) -> String {
    let mut out = String::new();
    collect_text(&mut out, node.items("children"));
    out
}

fn collect_text(out: &mut String, nodes: &[Json<'_>]) {
    for (nth, node) in nodes.iter().enumerate() {
        match Kind::of(node) {
            Kind::Text | Kind::Tab => out.push_str(trimmed_beside_search(nodes, nth)),
            Kind::LineBreak => out.push('\n'),
            Kind::AtLink | Kind::Card(_) => {}
            kind => {
                out.push_str(node.text("text").unwrap_or_default());
                collect_text(out, node.items("children"));
                if !kind.is_inline() && nth + 1 < nodes.len() {
                    out.push_str("\n\n");
                }
            }
        }
    }
}
