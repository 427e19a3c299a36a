//! Html as a tree that can be changed and written again, as the library does it that Ghost makes its feeds with.
//!
//! Read by the rules of htmlparser2: an opening tag closes what cannot hold it, nothing else is implied. Written as
//! cheerio writes it: all but ASCII and the five characters of XML as references, attributes in double quotes, none
//! without a value. Hostile input costs linear time; elements deeper than [`DEPTH_MAX`] are passed over.

mod loose;

use std::borrow::Cow;
use std::fmt::Write as _;

/// Elements inside each other that are kept.
const DEPTH_MAX: usize = 200;

const VOID: &[&str] = &[
    "area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input", "isindex",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];
const RAW: &[&str] = &["script", "style"];
const UNENCODED: &[&str] =
    &["style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext", "noscript"];
const CLOSE_P: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "pre",
    "section",
    "table",
    "ul",
];

/// What an opening tag closes, as long as it is the innermost open element.
fn closed_by(name: &str) -> &'static [&'static str] {
    match name {
        "tr" => &["tr", "th", "td"],
        "th" => &["th"],
        "td" => &["thead", "th", "td"],
        "li" => &["li"],
        "option" => &["option"],
        "optgroup" => &["optgroup", "option"],
        "dd" | "dt" => &["dt", "dd"],
        "rt" | "rp" => &["rt", "rp"],
        "tbody" | "tfoot" => &["thead", "tbody"],
        "select" | "input" | "output" | "button" | "datalist" | "textarea" => {
            &["input", "option", "optgroup", "select", "button", "datalist", "textarea"]
        }
        _ if CLOSE_P.contains(&name) => &["p"],
        _ => &[],
    }
}

/// A node's place in its tree.
pub type Id = usize;

/// The tree's root.
pub const ROOT: Id = 0;

/// An element's name and attributes.
#[derive(Debug, Clone, Default)]
pub struct Element<'h> {
    /// Lower case.
    pub name: Cow<'h, str>,
    /// Names in lower case, values decoded.
    attributes: Vec<(Cow<'h, str>, Cow<'h, str>)>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind<'h> {
    Element(Element<'h>),
    /// References as written.
    Text(&'h str),
    /// A comment or the like, as written; children are written behind it.
    Other(&'h str),
    /// What was taken out.
    Gone,
}

#[derive(Debug)]
struct Node<'h> {
    kind: Kind<'h>,
    parent: Id,
    children: Vec<Id>,
}

/// A piece of html.
#[derive(Debug)]
pub struct Tree<'h> {
    nodes: Vec<Node<'h>>,
}

impl<'h> Element<'h> {
    /// An element without attributes.
    pub fn new(name: &'static str) -> Self {
        Element { name: name.into(), attributes: Vec::new() }
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(given, _)| given == name).map(|(_, value)| &**value)
    }

    /// Sets an attribute: in its place, or behind the others.
    pub fn set(&mut self, name: &'static str, value: impl Into<Cow<'h, str>>) {
        match self.attributes.iter_mut().find(|(given, _)| given == name) {
            Some((_, old)) => *old = value.into(),
            None => self.attributes.push((name.into(), value.into())),
        }
    }

    /// Takes an attribute away.
    pub fn unset(&mut self, name: &str) {
        self.attributes.retain(|(given, _)| given != name);
    }

    /// Whether `class` names one of these.
    pub fn has_class(&self, classes: &[&str]) -> bool {
        self.attribute("class")
            .is_some_and(|given| given.split_ascii_whitespace().any(|class| classes.contains(&class)))
    }
}

impl<'h> Tree<'h> {
    /// Reads html; anything at all is html.
    pub fn read(html: &'h str) -> Self {
        let root = Node { kind: Kind::Other(""), parent: ROOT, children: Vec::new() };
        let mut reading = Reading { tree: Tree { nodes: vec![root] }, open: Vec::new(), passed: 0 };
        reading.run(html);
        reading.tree
    }

    /// Number of nodes; ids are smaller. In a tree as it was read, children come behind their parents.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What the node is.
    pub fn kind(&self, id: Id) -> &Kind<'h> {
        &self.nodes[id].kind
    }

    /// The node around a node.
    pub fn parent(&self, id: Id) -> Id {
        self.nodes[id].parent
    }

    /// The text inside a node, not much more of it than `enough` bytes.
    pub fn text(&self, under: Id, enough: usize) -> String {
        let mut text = String::new();
        let mut next = vec![under];
        while let Some(id) = next.pop() {
            if let Kind::Text(written) = self.nodes[id].kind {
                text.push_str(&document::decode_references(written));
            }
            if text.len() > enough {
                break;
            }
            next.extend(self.nodes[id].children.iter().rev());
        }
        text
    }

    /// The element, if the node is one.
    pub fn element(&self, id: Id) -> Option<&Element<'h>> {
        match &self.nodes[id].kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The element, to be changed.
    pub fn element_mut(&mut self, id: Id) -> Option<&mut Element<'h>> {
        match &mut self.nodes[id].kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The nodes inside a node.
    pub fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// The elements inside a node that `wanted` takes, in the order of the html.
    pub fn find(&self, under: Id, wanted: impl Fn(&Element<'h>) -> bool) -> Vec<Id> {
        let mut found = Vec::new();
        let mut next: Vec<Id> = self.nodes[under].children.iter().rev().copied().collect();
        while let Some(id) = next.pop() {
            if self.element(id).is_some_and(&wanted) {
                found.push(id);
            }
            next.extend(self.nodes[id].children.iter().rev());
        }
        found
    }

    /// Whether the node or one around it is an element with this class.
    pub fn stands_in(&self, mut id: Id, class: &str) -> bool {
        while id != ROOT {
            if self.element(id).is_some_and(|element| element.has_class(&[class])) {
                return true;
            }
            id = self.nodes[id].parent;
        }
        false
    }

    fn add(&mut self, kind: Kind<'h>, parent: Id) -> Id {
        let id = self.nodes.len();
        self.nodes.push(Node { kind, parent, children: Vec::new() });
        self.nodes[parent].children.push(id);
        id
    }

    /// Takes nodes out, with all that is inside.
    pub fn remove(&mut self, ids: &[Id]) {
        for id in ids {
            self.nodes[*id].kind = Kind::Gone;
            self.nodes[*id].children.clear();
        }
    }

    /// Puts a node's children in its place.
    pub fn unwrap(&mut self, id: Id) {
        self.nodes[id].kind = Kind::Other("");
    }

    /// Puts an element around a node, which gets another place for that: no list of siblings is searched.
    pub fn wrap(&mut self, id: Id, element: Element<'h>) {
        let inner = self.nodes.len();
        let kind = std::mem::replace(&mut self.nodes[id].kind, Kind::Element(element));
        let children = std::mem::replace(&mut self.nodes[id].children, vec![inner]);
        for child in &children {
            self.nodes[*child].parent = inner;
        }
        self.nodes.push(Node { kind, parent: id, children });
    }

    /// Puts an element in front of a node.
    pub fn insert_before(&mut self, id: Id, element: Element<'h>) {
        let new = self.nodes.len();
        let parent = self.nodes[id].parent;
        self.nodes.push(Node { kind: Kind::Element(element), parent, children: Vec::new() });
        let siblings = &mut self.nodes[parent].children;
        let place = siblings.iter().position(|sibling| *sibling == id).unwrap_or(0);
        siblings.insert(place, new);
    }

    /// The html.
    pub fn write(&self) -> String {
        let mut html = String::new();
        for child in self.children(ROOT) {
            self.write_node(*child, false, &mut html);
        }
        html
    }

    fn write_node(&self, id: Id, is_foreign: bool, html: &mut String) {
        let element = match &self.nodes[id].kind {
            Kind::Text(text) => {
                let raw = self
                    .element(self.nodes[id].parent)
                    .is_some_and(|around| UNENCODED.contains(&&*around.name));
                if raw && !is_foreign {
                    html.push_str(text);
                } else {
                    encode(&document::decode_references(text), html);
                }
                return;
            }
            Kind::Gone => return,
            Kind::Other(text) => {
                html.push_str(text);
                for child in self.children(id) {
                    self.write_node(*child, is_foreign, html);
                }
                return;
            }
            Kind::Element(element) => element,
        };
        let is_foreign = match &*element.name {
            "svg" | "math" => true,
            "foreignobject" | "desc" | "title" | "mi" | "mo" | "mn" | "ms" | "mtext" | "annotation-xml" => {
                false
            }
            _ => is_foreign,
        };
        let name = match &*element.name {
            "lineargradient" if is_foreign => "linearGradient",
            "radialgradient" if is_foreign => "radialGradient",
            "clippath" if is_foreign => "clipPath",
            name => name,
        };
        html.push('<');
        html.push_str(name);
        for (name, value) in &element.attributes {
            html.push(' ');
            html.push_str(match &**name {
                "viewbox" if is_foreign => "viewBox",
                "preserveaspectratio" if is_foreign => "preserveAspectRatio",
                "gradientunits" if is_foreign => "gradientUnits",
                "gradienttransform" if is_foreign => "gradientTransform",
                name => name,
            });
            if !value.is_empty() || is_foreign {
                html.push_str("=\"");
                encode(value, html);
                html.push('"');
            }
        }
        let children = self.children(id);
        if is_foreign && children.is_empty() {
            return html.push_str("/>");
        }
        html.push('>');
        for child in children {
            self.write_node(*child, is_foreign, html);
        }
        if is_foreign || !VOID.contains(&name) {
            html.push_str("</");
            html.push_str(name);
            html.push('>');
        }
    }
}

/// As XML that is ASCII.
fn encode(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            c if c.is_ascii() => xml.push(c),
            // Writing into a string does not fail.
            c => drop(write!(xml, "&#x{:x};", u32::from(c))),
        }
    }
}

struct Reading<'h> {
    tree: Tree<'h>,
    open: Vec<Id>,
    /// Opening tags passed over because they are too deep: as many closing tags are passed over, too.
    passed: usize,
}

impl<'h> Reading<'h> {
    fn inner(&self) -> Id {
        self.open.last().copied().unwrap_or(ROOT)
    }

    fn run(&mut self, html: &'h str) {
        let mut at = 0;
        let mut text_at = 0;
        while let Some(found) = html[at..].find('<') {
            let start = at + found;
            let rest = &html[start..];
            let Some(length) = self.tag_length(rest) else {
                at = start + 1;
                continue;
            };
            self.text(&html[text_at..start]);
            at = start + length;
            at += self.tag(&rest[..length], &html[at..]);
            text_at = at;
        }
        self.text(&html[text_at..]);
    }

    fn text(&mut self, text: &'h str) {
        if !text.is_empty() {
            let parent = self.inner();
            self.tree.add(Kind::Text(text), parent);
        }
    }

    /// Bytes of the tag or comment that `rest` begins with; None when it is text.
    fn tag_length(&self, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        let until = |mark: &str, from: usize| {
            Some(
                rest.get(from..)
                    .and_then(|rest| rest.find(mark))
                    .map_or(rest.len(), |at| from + at + mark.len()),
            )
        };
        match bytes.get(1)? {
            b'!' if rest.starts_with("<!--") => until("-->", 4),
            b'!' | b'?' => until(">", 2),
            b'/' if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => until(">", 2),
            b if b.is_ascii_alphabetic() => {
                let mut quote = None;
                let mut after_equals = false;
                for (place, b) in bytes.iter().enumerate().skip(2) {
                    match (quote, b) {
                        (Some(mark), b) if mark == *b => quote = None,
                        (Some(_), _) => {}
                        (None, b'>') => return Some(place + 1),
                        (None, b'"' | b'\'') if after_equals => quote = Some(*b),
                        _ => {}
                    }
                    after_equals = *b == b'=' || (after_equals && b.is_ascii_whitespace());
                }
                Some(rest.len())
            }
            _ => None,
        }
    }

    /// Takes a tag in; returns how many bytes of what follows belong to it.
    fn tag(&mut self, tag: &'h str, follows: &'h str) -> usize {
        if tag.starts_with("<!") || tag.starts_with("<?") {
            let parent = self.inner();
            self.tree.add(Kind::Other(tag), parent);
            return 0;
        }
        let Some(inside) = tag.strip_suffix('>') else { return 0 };
        let is_end = |c: char| c == '/' || c == '>' || c.is_ascii_whitespace();
        if let Some(closing) = inside.strip_prefix("</") {
            let name = closing.split(is_end).next().unwrap_or_default();
            self.close(&lower(name));
            return 0;
        }
        let inside = &inside[1..];
        let end = inside.find(is_end).unwrap_or(inside.len());
        let name = lower(&inside[..end]);
        let mut attributes: Vec<(Cow<'h, str>, Cow<'h, str>)> = Vec::new();
        let self_closing = read_attributes(&inside[end..], &mut attributes);
        while let Some(last) = self.open.last()
            && self.tree.element(*last).is_some_and(|open| closed_by(&name).contains(&&*open.name))
        {
            self.open.pop();
        }
        let in_foreign = matches!(&*name, "svg" | "math")
            || self
                .open
                .iter()
                .any(|id| self.tree.element(*id).is_some_and(|e| e.name == "svg" || e.name == "math"));
        if self.open.len() >= DEPTH_MAX {
            if !VOID.contains(&&*name) {
                self.passed += 1;
            }
            return 0;
        }
        let is_raw = RAW.contains(&&*name) && !in_foreign;
        let is_void = VOID.contains(&&*name) || (self_closing && in_foreign);
        let closing = is_raw.then(|| format!("</{name}"));
        let parent = self.inner();
        let id = self.tree.add(Kind::Element(Element { name, attributes }), parent);
        if is_void {
            return 0;
        }
        self.open.push(id);
        let Some(closing) = closing else { return 0 };
        let mut from = 0;
        while let Some(at) = follows[from..].find("</") {
            let start = from + at;
            if follows
                .get(start..start + closing.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(&closing))
            {
                self.text(&follows[..start]);
                return start;
            }
            from = start + 2;
        }
        self.text(follows);
        follows.len()
    }

    fn close(&mut self, name: &str) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        if VOID.contains(&name) {
            if name == "br" {
                let parent = self.inner();
                self.tree.add(Kind::Element(Element::new("br")), parent);
            }
            return;
        }
        let place = self
            .open
            .iter()
            .rposition(|id| self.tree.element(*id).is_some_and(|element| element.name == name));
        match place {
            Some(place) => self.open.truncate(place),
            None if name == "p" => {
                let parent = self.inner();
                self.tree.add(Kind::Element(Element::new("p")), parent);
            }
            None => {}
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// Reads what stands behind an element's name; says whether it ends with a slash.
fn read_attributes<'h>(mut rest: &'h str, attributes: &mut Vec<(Cow<'h, str>, Cow<'h, str>)>) -> bool {
    loop {
        rest = rest.trim_ascii_start();
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            if rest.trim_ascii_start().is_empty() {
                return true;
            }
            continue;
        }
        let Some(first) = rest.chars().next() else { return false };
        // A name may begin with any character, even with an equals sign.
        let end = rest[first.len_utf8()..]
            .find(|c: char| c == '=' || c == '/' || c.is_ascii_whitespace())
            .map_or(rest.len(), |at| at + first.len_utf8());
        let name = lower(&rest[..end]);
        rest = rest[end..].trim_ascii_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_ascii_start();
            let quoted = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quoted {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len())),
            };
        }
        // Many attributes on one element are nothing that anybody writes; the list stays short to search.
        if attributes.len() < 64 && !attributes.iter().any(|(given, _)| *given == name) {
            attributes.push((name, document::decode_references(value)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_cheerio_writes() {
        for (html, written) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<IMG SRC=x alt=''><br/>ü&nbsp;&amp;<", "<img src=\"x\" alt><br>&#xfc;&#xa0;&amp;&lt;"),
            ("<svg viewBox='0 0'><path d='M'/></svg>", "<svg viewBox=\"0 0\"><path d=\"M\"/></svg>"),
            ("<script>if (a<b) '&'</script>", "<script>if (a<b) '&'</script>"),
            ("<!-- x --><a title='a\"b>c'>d</a></b>", "<!-- x --><a title=\"a&quot;b&gt;c\">d</a>"),
            ("<ul><li>1<li>2</ul></p>x", "<ul><li>1</li><li>2</li></ul><p></p>x"),
            ("<div class=a", ""),
        ] {
            assert_eq!(Tree::read(html).write(), written, "{html}");
        }
    }

    #[test]
    fn hostile_nesting_is_bounded() {
        let deep = "<div>".repeat(100_000) + "x" + &"</div>".repeat(100_000);
        assert_eq!(Tree::read(&deep).write().matches("<div>").count(), DEPTH_MAX);
        let open = "<script>".to_owned() + &"</".repeat(100_000);
        assert!(Tree::read(&open).write().len() > 100_000);
    }
}
