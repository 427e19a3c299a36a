//! Authors' own html inside cards, made whole: read and written again as a browser would, so that what they left
//! open or closed too often stays inside its card.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

use crate::utf16;

/// Elements open inside each other that are read; with more the html is shown as text.
const DEPTH_MAX: usize = 500;

/// What html may contain to be passed on as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// Words with formats and links: what may stand in a heading or a caption.
    Inline,
    /// The same without links, for inside of links.
    NoLinks,
    /// Also paragraphs, headings, lists, quotes.
    Blocks,
    /// What a callout keeps. Everything else is unwrapped.
    Callout,
}

/// Appends html as a browser shows it inside an element that may hold anything.
pub(crate) fn push(out: &mut String, html: &str) {
    if is_tidy(html, Allowed::Blocks) {
        out.push_str(html);
    } else {
        push_parsed(out, html);
    }
}

/// The same without looking first whether it can be passed on.
pub(crate) fn push_parsed(out: &mut String, html: &str) {
    match Tree::parse(html) {
        Some(tree) => tree.write_children(Tree::ROOT, out),
        None => crate::escape::text(out, html),
    }
}

/// The same for html that should be one element: what stands beside it goes, as nothing of it belongs to the card.
pub(crate) fn push_element(out: &mut String, html: &str) {
    let Some(tree) = Tree::parse(html) else { return crate::escape::text(out, html) };
    let mut elements = tree.nodes[Tree::ROOT].children.iter().filter(|child| tree.element(**child).is_some());
    match (elements.next(), elements.next()) {
        (Some(only), None) => tree.write(&[*only], out),
        _ => tree.write_children(Tree::ROOT, out),
    }
}

/// Whether html is exactly what a browser would write: known elements properly nested, attributes in double quotes,
/// everything escaped that must be, and nothing else.
///
/// False only means that it must be read and written again.
pub(crate) fn is_tidy(html: &str, allowed: Allowed) -> bool {
    const DEPTH: usize = 16;
    let bytes = html.as_bytes();
    let mut open: [&str; DEPTH] = [""; DEPTH];
    let mut depth = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'<' if bytes.get(at + 1) == Some(&b'/') => {
                let Some(length) = memchr::memchr(b'>', &bytes[at..]) else { return false };
                let name = &html[at + 2..at + length];
                if depth == 0 || open[depth - 1] != name {
                    return false;
                }
                depth -= 1;
                at += length + 1;
            }
            b'<' => {
                let Some((name, end)) = tidy_tag(html, at) else { return false };
                let block = matches!(
                    name,
                    "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "blockquote"
                );
                let inline = matches!(
                    name,
                    "a" | "b"
                        | "strong"
                        | "em"
                        | "i"
                        | "s"
                        | "u"
                        | "code"
                        | "mark"
                        | "sub"
                        | "sup"
                        | "span"
                        | "br"
                        | "del"
                );
                let inside = &open[..depth];
                let fits = match allowed {
                    Allowed::Inline => inline,
                    Allowed::NoLinks => inline && name != "a",
                    Allowed::Callout => inline && name != "span",
                    Allowed::Blocks => {
                        inline
                            || (block
                                && !inside
                                    .iter()
                                    .any(|open| !matches!(*open, "ul" | "ol" | "li" | "blockquote"))
                                && (name != "li" || matches!(inside.last(), Some(&"ul" | &"ol"))))
                    }
                };
                if !fits || (name == "a" && inside.contains(&"a")) {
                    return false;
                }
                if name != "br" {
                    if depth == DEPTH {
                        return false;
                    }
                    open[depth] = name;
                    depth += 1;
                }
                at = end;
            }
            b'&' => match tidy_reference(&bytes[at..], false) {
                Some(length) => at += length,
                None => return false,
            },
            b'>' | b'\r' | b'\0' => return false,
            // The no-break space is written as a reference.
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => return false,
            _ => at += 1,
        }
    }
    depth == 0
}

/// An opening tag as browsers write it; its name, and where it ends.
fn tidy_tag(html: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = html.as_bytes();
    let is_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    let name_end = at + 1 + bytes[at + 1..].iter().take_while(|b| is_name(b)).count();
    let mut at_attribute = name_end;
    let mut names: [&str; 6] = [""; 6];
    let mut n_names = 0;
    loop {
        match bytes.get(at_attribute)? {
            b'>' => return Some((&html[at + 1..name_end], at_attribute + 1)),
            b' ' => {
                let from = at_attribute + 1;
                let end = from + bytes[from..].iter().take_while(|b| is_name(b)).count();
                let name = &html[from..end];
                if name.is_empty()
                    || names.contains(&name)
                    || n_names == names.len()
                    || !bytes[end..].starts_with(b"=\"")
                {
                    return None;
                }
                names[n_names] = name;
                n_names += 1;
                let value_at = end + 2;
                let value_end = value_at + memchr::memchr(b'"', &bytes[value_at..])?;
                if !is_tidy_value(&html[value_at..value_end]) {
                    return None;
                }
                at_attribute = value_end + 1;
            }
            _ => return None,
        }
    }
}

/// Whether text stands in an attribute as browsers write it.
pub(crate) fn is_tidy_value(value: &str) -> bool {
    let bytes = value.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'&' => match tidy_reference(&bytes[at..], true) {
                Some(length) => at += length,
                None => return false,
            },
            b'"' | b'\r' | b'\0' => return false,
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => return false,
            _ => at += 1,
        }
    }
    true
}

fn tidy_reference(bytes: &[u8], in_attribute: bool) -> Option<usize> {
    let references: &[&[u8]] = if in_attribute {
        &[b"&amp;", b"&quot;", b"&nbsp;"]
    } else {
        &[b"&amp;", b"&lt;", b"&gt;", b"&nbsp;"]
    };
    references.iter().find(|reference| bytes.starts_with(reference)).map(|reference| reference.len())
}

/// A callout's text: only formats and links stay, other elements leave their content.
pub(crate) fn push_callout(out: &mut String, html: &str) {
    if is_tidy(html, Allowed::Callout) {
        out.push_str(html);
        return;
    }
    let Some(mut tree) = Tree::parse(html) else { return crate::escape::text(out, html) };
    const KEPT: [&str; 13] =
        ["a", "strong", "em", "b", "i", "br", "code", "mark", "s", "del", "u", "sup", "sub"];
    tree.unwrap_others(&KEPT);
    tree.write_children(Tree::ROOT, out);
}

/// A sponsor label: line breaks become spaces, elements without text go, and of the first element only its content
/// stays.
pub(crate) fn sponsor_label(html: &str) -> String {
    let mut text = without_breaks(html);
    text = shrink_spaces(&text);
    let trimmed = utf16::trim(&text);
    let trimmed = trimmed.strip_prefix("&nbsp;").unwrap_or(trimmed);
    let trimmed = utf16::trim(trimmed.strip_suffix("&nbsp").unwrap_or(trimmed));
    if trimmed.is_empty() {
        return String::new();
    }
    let Some(mut tree) = Tree::parse(trimmed) else { return String::new() };
    if tree.text_of(Tree::ROOT).is_empty() {
        return String::new();
    }
    tree.drop_blank_elements();
    let mut out = String::new();
    let first = tree.nodes[Tree::ROOT].children.iter().copied().find(|child| tree.element(*child).is_some());
    tree.write_children(first.unwrap_or(Tree::ROOT), &mut out);
    utf16::trim(&out).to_owned()
}

/// `<br>` and its spellings replaced by a space.
fn without_breaks(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<br") {
        let after = &rest[at + 3..];
        let after_space = after.strip_prefix(utf16::is_space).unwrap_or(after);
        let after_slash = after_space.strip_prefix('/').unwrap_or(after_space);
        if let Some(next) = after_slash.strip_prefix('>') {
            out.push_str(&rest[..at]);
            out.push(' ');
            rest = next;
        } else {
            out.push_str(&rest[..at + 3]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Two or more white spaces (or `&nbsp;`) replaced by one space.
fn shrink_spaces(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let mut n_spaces = 0;
        let mut after = rest;
        while let Some(next) = after.strip_prefix(utf16::is_space).or_else(|| after.strip_prefix("&nbsp;")) {
            after = next;
            n_spaces += 1;
        }
        match n_spaces {
            0 => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
            1 => {
                out.push_str(&rest[..rest.len() - after.len()]);
                rest = after;
            }
            _ => {
                out.push(' ');
                rest = after;
            }
        }
    }
    out
}

struct Node {
    parent: Option<usize>,
    children: Vec<usize>,
    data: Data,
}

enum Data {
    /// The document, and the root of what was read.
    None,
    Element {
        name: QualName,
        attrs: Vec<Attribute>,
        template: Option<usize>,
    },
    Text(StrTendril),
    Comment(StrTendril),
}

/// Html as a tree in one vector.
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The element that holds what was read.
    const ROOT: usize = 0;

    /// Reads html as the content of a div. None when it is nested too deep.
    fn parse(html: &str) -> Option<Tree> {
        if is_too_deep(html) {
            return None;
        }
        let context = QualName::new(None, ns!(html), local_name!("div"));
        let options = html5ever::ParseOpts {
            tree_builder: html5ever::tree_builder::TreeBuilderOpts {
                scripting_enabled: false,
                ..Default::default()
            },
            ..Default::default()
        };
        let sink = Building {
            nodes: RefCell::new(vec![Node { parent: None, children: Vec::new(), data: Data::None }]),
        };
        let mut tree = html5ever::parse_fragment(sink, options, context, Vec::new(), false).one(html);
        // The reader puts an html element into the document, and everything into that.
        let html = tree.nodes[Tree::ROOT].children.first().copied();
        let children = html.map(|html| std::mem::take(&mut tree.nodes[html].children)).unwrap_or_default();
        for child in &children {
            tree.nodes[*child].parent = Some(Tree::ROOT);
        }
        tree.nodes[Tree::ROOT].children = children;
        Some(tree)
    }

    fn element(&self, node: usize) -> Option<&QualName> {
        match &self.nodes[node].data {
            Data::Element { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Elements below the root that are not in `kept` are replaced by their content.
    fn unwrap_others(&mut self, kept: &[&str]) {
        let mut parents = vec![Tree::ROOT];
        while let Some(parent) = parents.pop() {
            let mut children = Vec::new();
            let mut waiting: Vec<usize> = std::mem::take(&mut self.nodes[parent].children);
            waiting.reverse();
            while let Some(child) = waiting.pop() {
                match self.element(child) {
                    Some(name) if name.ns != ns!(html) || !kept.contains(&&*name.local) => {
                        waiting.extend(std::mem::take(&mut self.nodes[child].children).into_iter().rev());
                    }
                    Some(_) => {
                        parents.push(child);
                        children.push(child);
                    }
                    None => children.push(child),
                }
            }
            self.nodes[parent].children = children;
        }
    }

    fn text_of(&self, node: usize) -> String {
        let mut out = String::new();
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            if let Data::Text(text) = &self.nodes[node].data {
                out.push_str(text);
            }
            waiting.extend(self.nodes[node].children.iter().rev());
        }
        out
    }

    /// Elements with nothing but white space in them become one space, those with nothing at all go.
    fn drop_blank_elements(&mut self) {
        let mut waiting: Vec<usize> = self.nodes[Tree::ROOT].children.clone();
        while let Some(node) = waiting.pop() {
            waiting.extend(self.nodes[node].children.iter());
            if self.element(node).is_none() {
                continue;
            }
            let text = self.text_of(node);
            if !utf16::trim(&text).replace('\u{200C}', "").is_empty() {
                continue;
            }
            self.nodes[node].children.clear();
            self.nodes[node].data = if text.is_empty() { Data::None } else { Data::Text(" ".into()) };
        }
    }

    /// Writes what is inside `node`.
    fn write_children(&self, node: usize, out: &mut String) {
        self.write(&self.nodes[node].children, out);
    }

    /// Writes nodes with all that is in them.
    fn write(&self, nodes: &[usize], out: &mut String) {
        enum Step<'t> {
            Node(usize),
            End(&'t str),
        }
        let mut steps: Vec<Step<'_>> = nodes.iter().rev().map(|node| Step::Node(*node)).collect();
        while let Some(step) = steps.pop() {
            let node = match step {
                Step::Node(node) => node,
                Step::End(name) => {
                    out.push_str("</");
                    out.push_str(name);
                    out.push('>');
                    continue;
                }
            };
            match &self.nodes[node].data {
                Data::None => {}
                Data::Comment(text) => {
                    out.push_str("<!--");
                    out.push_str(text);
                    out.push_str("-->");
                }
                Data::Text(text) => {
                    let raw =
                        self.nodes[node].parent.and_then(|parent| self.element(parent)).is_some_and(|name| {
                            name.ns == ns!(html)
                                && matches!(
                                    &*name.local,
                                    "style"
                                        | "script"
                                        | "xmp"
                                        | "iframe"
                                        | "noembed"
                                        | "noframes"
                                        | "plaintext"
                                )
                        });
                    if raw {
                        out.push_str(text);
                    } else {
                        crate::escape::text(out, text);
                    }
                }
                Data::Element { name, attrs, template } => {
                    out.push('<');
                    out.push_str(&name.local);
                    for attr in attrs {
                        out.push(' ');
                        if attr.name.ns == ns!(xlink) {
                            out.push_str("xlink:");
                        } else if attr.name.ns == ns!(xml) {
                            out.push_str("xml:");
                        } else if attr.name.ns == ns!(xmlns) && &*attr.name.local != "xmlns" {
                            out.push_str("xmlns:");
                        }
                        out.push_str(&attr.name.local);
                        out.push_str("=\"");
                        crate::escape::attribute(out, &attr.value);
                        out.push('"');
                    }
                    out.push('>');
                    if name.ns == ns!(html) && is_void(&name.local) {
                        continue;
                    }
                    steps.push(Step::End(&name.local));
                    let inside = template.unwrap_or(node);
                    steps.extend(self.nodes[inside].children.iter().rev().map(|child| Step::Node(*child)));
                }
            }
        }
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// A quick look at how deep elements lie in each other at most. Reading takes time as depth times length.
fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut depth: usize = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        if rest.first() == Some(&b'/') {
            depth = depth.saturating_sub(1);
            continue;
        }
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).take(12).count();
        let name = html[at + 1..at + 1 + length].to_ascii_lowercase();
        let closes_itself =
            is_void(&name) || matches!(&*name, "" | "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "option");
        depth += usize::from(!closes_itself);
        if depth > DEPTH_MAX {
            return true;
        }
    }
    false
}

/// A tree while it is being read.
struct Building {
    nodes: RefCell<Vec<Node>>,
}

#[derive(Debug)]
struct OwnedName(QualName);

impl ElemName for OwnedName {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Building {
    fn add(&self, data: Data) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { parent: None, children: Vec::new(), data });
        nodes.len() - 1
    }

    /// Puts a child into `parent`, before the child at `position` or behind all.
    fn insert(&self, parent: usize, position: Option<usize>, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => {
                self.detach(child);
                child
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let position = position.unwrap_or(nodes[parent].children.len());
                let previous =
                    position.checked_sub(1).and_then(|before| nodes[parent].children.get(before).copied());
                if let Some(previous) = previous
                    && let Data::Text(existing) = &mut nodes[previous].data
                {
                    existing.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(Data::Text(text))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        let children = &mut nodes[parent].children;
        let position = position.unwrap_or(children.len()).min(children.len());
        children.insert(position, child);
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].children.retain(|child| *child != node);
        }
    }
}

impl TreeSink for Building {
    type Handle = usize;
    type Output = Tree;
    type ElemName<'a> = OwnedName;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> OwnedName {
        match &self.nodes.borrow()[*target].data {
            Data::Element { name, .. } => OwnedName(name.clone()),
            _ => OwnedName(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> usize {
        let template = flags.template.then(|| self.add(Data::None));
        self.add(Data::Element { name, attrs, template })
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.add(Data::Comment(text))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Data::None)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, prev_element: &usize, child: NodeOrText<usize>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        match &self.nodes.borrow()[*target].data {
            Data::Element { template: Some(template), .. } => *template,
            _ => *target,
        }
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, new_node: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(node) = &new_node {
            self.detach(*node);
        }
        let (parent, position) = {
            let nodes = self.nodes.borrow();
            let Some(parent) = nodes[*sibling].parent else { return };
            (parent, nodes[parent].children.iter().position(|child| child == sibling))
        };
        self.insert(parent, position, new_node);
    }

    fn add_attrs_if_missing(&self, target: &usize, attrs: Vec<Attribute>) {
        if let Data::Element { attrs: existing, .. } = &mut self.nodes.borrow_mut()[*target].data {
            for attr in attrs {
                if !existing.iter().any(|known| known.name == attr.name) {
                    existing.push(attr);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            let mut nodes = self.nodes.borrow_mut();
            nodes[child].parent = Some(*new_parent);
            nodes[*new_parent].children.push(child);
        }
    }

    fn allow_declarative_shadow_roots(&self, _: &usize) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let mut out = String::new();
        push_parsed(&mut out, html);
        out
    }

    #[test]
    fn browsers_writing() {
        assert_eq!(shown("<p>a<b>b"), "<p>a<b>b</b></p>");
        assert_eq!(
            shown("</div>x & y > z\u{A0}<br/><A HREF=x title='\"&<'>"),
            "x &amp; y &gt; z&nbsp;<br><a href=\"x\" title=\"&quot;&amp;<\"></a>"
        );
        assert_eq!(
            shown("<script>a<b</script><!--c--><svg viewBox=\"0\"><path/></svg>"),
            "<script>a<b</script><!--c--><svg viewBox=\"0\"><path></path></svg>"
        );
        assert_eq!(shown("<b>1<p>2</b>3"), "<b>1</b><p><b>2</b>3</p>");
        assert_eq!(shown("<table>x<tr><td>y"), "x<table><tbody><tr><td>y</td></tr></tbody></table>");
        assert_eq!(shown("<template><p>t</template>"), "<template><p>t</p></template>");
        assert_eq!(shown(&"<i>".repeat(100_000)).matches("&lt;i&gt;").count(), 100_000);
    }

    #[test]
    fn tidy_html_is_written_the_same() {
        for html in [
            "plain",
            "<span style=\"white-space: pre-wrap;\">x</span> &amp; <a href=\"y\"><b><strong>z</strong></b></a><br>",
            "<p>a</p><ul><li>b<ul><li>c</li></ul></li></ul><h2>d <em>e</em></h2>",
        ] {
            assert!(is_tidy(html, Allowed::Blocks), "{html}");
            assert_eq!(shown(html), html);
        }
        for html in [
            "<p>a",
            "a > b",
            "&copy;",
            "<p><p>a</p></p>",
            "<b><p>x</p></b>",
            "<li>x</li>",
            "<a href=x>y</a>",
            "<br/>",
            "</p>",
        ] {
            assert!(!is_tidy(html, Allowed::Blocks), "{html}");
        }
        assert!(!is_tidy("<a href=\"x\"><i><a href=\"y\">z</a></i></a>", Allowed::Inline));
    }

    #[test]
    fn callouts_and_labels() {
        let mut out = String::new();
        push_callout(&mut out, "<p>a <span>b</span></p><div><p><b>c</b></p></div>");
        assert_eq!(out, "a b<b>c</b>");
        assert_eq!(sponsor_label("<p><span>A</span><br><b> </b></p><p>B</p>"), "<span>A</span>");
        assert_eq!(sponsor_label("<p></p>"), "");
    }
}
