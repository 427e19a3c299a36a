//! The second way to read html: by the rules of node-html-parser 6.1, which Ghost takes its Markdown from.
//!
//! Few elements close others, a closing tag only closes the innermost element, and what is still open at the end is
//! unwrapped. Comments are passed over, as is the content of scripts, style sheets and noscript.

use super::{DEPTH_MAX, Element, Id, Kind, Node, ROOT, Tree, lower, read_attributes};

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
const UNREAD: &[&str] = &["script", "noscript", "style"];

/// Whether an open element ends where another one opens in it.
fn ends_before(open: &str, opening: &str) -> bool {
    match open {
        "li" => opening == "li",
        "p" => matches!(opening, "p" | "div"),
        "b" => opening == "div",
        "td" | "th" => matches!(opening, "td" | "th"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => opening == open,
        _ => false,
    }
}

/// Whether an open element ends with one around it that is closed.
fn ends_with(open: &str, closing: &str) -> bool {
    match open {
        "li" => matches!(closing, "ul" | "ol"),
        "a" | "b" | "i" | "p" => closing == "div",
        "td" | "th" => matches!(closing, "tr" | "table"),
        _ => false,
    }
}

/// A tag as it stands in the text.
struct Tag<'h> {
    is_closing: bool,
    closes_itself: bool,
    name: &'h str,
    attributes: &'h str,
    n_bytes: usize,
}

impl<'h> Tag<'h> {
    /// The tag that `rest` begins with; None when it begins with none.
    fn read(rest: &'h str) -> Option<Self> {
        let bytes = rest.as_bytes();
        let is_closing = bytes.get(1) == Some(&b'/');
        let from = 1 + usize::from(is_closing);
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b':' | b'_');
        if !bytes.get(from)?.is_ascii_alphabetic() {
            return None;
        }
        let name_end = from + bytes[from..].iter().take_while(|b| is_name(b)).count();
        match bytes.get(name_end)? {
            b'>' => {}
            b'/' if bytes.get(name_end + 1) == Some(&b'>') => {}
            b if b.is_ascii_whitespace() => {}
            _ => return None,
        }
        let at = name_end + end_of_tag(&bytes[name_end..])?;
        let inside = &rest[name_end..at];
        let closes_itself = inside.ends_with('/');
        Some(Tag {
            is_closing,
            closes_itself,
            name: &rest[from..name_end],
            attributes: inside.strip_suffix('/').unwrap_or(inside),
            n_bytes: at + 1,
        })
    }
}

impl<'h> Tree<'h> {
    /// Reads html; anything at all is html.
    pub fn read_loosely(html: &'h str) -> Self {
        let root = Node { kind: Kind::Other(""), parent: ROOT, children: Vec::new() };
        let mut tree = Tree { nodes: vec![root] };
        let mut open: Vec<Id> = vec![ROOT];
        // How many were open before the link that is open.
        let mut link_at = None;
        let mut passed = 0_usize;
        let (mut at, mut text_at) = (0, 0);
        while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
            let start = at + found;
            let rest = &html[start..];
            let inner = open.last().copied().unwrap_or(ROOT);
            if let Some(comment) = rest.strip_prefix("<!--") {
                match comment.find("-->") {
                    Some(length) => {
                        tree.add_text(&html[text_at..start], inner);
                        at = start + 4 + length + 3;
                        text_at = at;
                    }
                    None => at = start + 4,
                }
                continue;
            }
            let Some(tag) = Tag::read(rest) else {
                at = start + 1;
                continue;
            };
            tree.add_text(&html[text_at..start], inner);
            at = start + tag.n_bytes;
            text_at = at;
            let name = lower(tag.name);
            if !tag.is_closing {
                if !tag.closes_itself && open.len() > 1 && ends_before(tree.name(inner), &name) {
                    open.pop();
                }
                if name == "a" {
                    if let Some(length) = link_at {
                        open.truncate(length);
                    }
                    link_at = Some(open.len());
                }
                let mut attributes = Vec::new();
                read_attributes(tag.attributes, &mut attributes);
                let is_unread = UNREAD.contains(&&*name);
                let ends = tag.closes_itself || VOID.contains(&&*name);
                if open.len() > DEPTH_MAX {
                    passed += usize::from(!ends && !is_unread);
                } else {
                    let around = open.last().copied().unwrap_or(ROOT);
                    let id = tree.add(Kind::Element(Element { name: name.clone(), attributes }), around);
                    if !ends && !is_unread {
                        open.push(id);
                    }
                }
                if is_unread {
                    match end_of(&html[at..], &name) {
                        Some(length) => at += length,
                        None => at = html.len(),
                    }
                    text_at = at;
                    continue;
                }
                if !ends {
                    continue;
                }
            }
            if name == "a" {
                link_at = None;
            }
            if !tag.is_closing {
                continue;
            }
            if passed > 0 {
                passed -= 1;
                continue;
            }
            while open.len() > 1 {
                let inner = tree.name(open.last().copied().unwrap_or(ROOT));
                let (is_it, goes_too) = (inner == name, ends_with(inner, &name));
                if is_it || goes_too {
                    open.pop();
                }
                if is_it || !goes_too {
                    break;
                }
            }
        }
        let inner = open.last().copied().unwrap_or(ROOT);
        tree.add_text(&html[text_at..], inner);
        tree.unwrap_open(open);
        tree
    }

    fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    fn add_text(&mut self, text: &'h str, parent: Id) {
        if !text.is_empty() {
            self.add(Kind::Text(text), parent);
        }
    }

    /// What is open at the end leaves its content to the element around it; the second of two of the same name
    /// leaves it to the one around both. The outermost stays.
    fn unwrap_open(&mut self, mut open: Vec<Id>) {
        while let (Some(last), Some(before)) = (open.pop(), open.last().copied()) {
            let parent = self.nodes[last].parent;
            if before == ROOT || parent == ROOT {
                continue;
            }
            let are_same = parent == before && self.name(last) == self.name(before);
            let to = if are_same { self.nodes[before].parent } else { before };
            let children = std::mem::take(&mut self.nodes[last].children);
            for child in &children {
                self.nodes[*child].parent = to;
            }
            // The last open element is always the last child of what it stands in.
            if self.nodes[before].children.last() == Some(&last) {
                self.nodes[before].children.pop();
            }
            self.nodes[last].kind = Kind::Gone;
            self.nodes[to].children.extend(children);
            if are_same {
                open.pop();
            }
        }
    }
}

/// Where the tag ends whose attributes begin here.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let first = memchr::memchr(b'>', bytes)?;
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        at += found + 1;
        let quote = bytes[at - 1];
        if quote == b'>' {
            return Some(at - 1);
        }
        // A quoted value may hold what would end the tag, if the quotes are a pair.
        if let Some(length) = memchr::memchr(quote, &bytes[at..])
            && bytes.get(at + length + 1).is_some_and(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())
        {
            at += length + 1;
        }
    }
    Some(first)
}

/// Bytes up to behind the closing tag of an element whose content is not read.
fn end_of(rest: &str, name: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        let name_at = at + found + 2;
        let end = name_at + name.len();
        if bytes.get(name_at..end).is_some_and(|given| given.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(end) == Some(&b'>')
        {
            return Some(end + 1);
        }
        at = name_at;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closes_and_unwraps_as_the_library_does() {
        for (html, written) in [
            ("<p>a<b>c<div>d", "<p>a<b>c</b>d</p>"),
            ("<p>a<div>b</div>", "<p>a</p><div>b</div>"),
            ("<div><b>a<b>b</div>c", "<div><b>a<b>b</b></b></div>c"),
            ("<ul><li>1<li>2</ul>x", "<ul><li>1</li><li>2</li></ul>x"),
            ("<i>a</p>b</i>c", "<i>ab</i>c"),
            ("<a href=x>1<a href=y>2</a>3", "<a href=\"x\">1</a><a href=\"y\">2</a>3"),
            ("a<!-- b --><!c>d<!-- e", "a&lt;!c&gt;d&lt;!-- e"),
            ("<p title=it's>don't</p><P/>x<br/>", "<p title=\"it&apos;s\">don&apos;t</p><p></p>x<br>"),
            ("<script>1<2</SCRIPT>b<a/b>", "<script></script>b&lt;a/b&gt;"),
        ] {
            assert_eq!(Tree::read_loosely(html).write(), written, "{html}");
        }
    }

    #[test]
    fn hostile_nesting_is_bounded() {
        let deep = "<i>".repeat(100_000) + "x" + &"</i>".repeat(100_000) + "<b>y";
        assert!(Tree::read_loosely(&deep).write().len() < 2000);
        let quotes = "<a '".repeat(20_000);
        assert!(!Tree::read_loosely(&quotes).write().is_empty());
    }
}
