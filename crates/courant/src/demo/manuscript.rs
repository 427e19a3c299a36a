//! Manuscripts: how the sample's stories and pages are written down, and their way to the editor's documents.
//!
//! A file begins with lines `name: value` up to a line of three hyphens. Then blocks with an empty line between them:
//! a paragraph, `## heading`, `### lower heading`, `> quote`, `>> large quote`, lines of `- item`, or a card as the editor's JSON, `{"type": …}`.
//! In a line `*italic*`, `**bold**` and `[words](address)` are marked up. Nothing else is, and nothing nests.

use serde_json::{Value as Json, json};

const BOLD: u8 = 1;
const ITALIC: u8 = 2;

/// A manuscript.
pub struct Manuscript<'t> {
    head: Vec<(&'t str, &'t str)>,
    /// The document as the editor would have saved it.
    pub document: Json,
}

impl<'t> Manuscript<'t> {
    /// Reads one.
    ///
    /// Errors: the line or block that is none.
    pub fn read(text: &'t str) -> Result<Self, String> {
        let (head, body) = text.split_once("\n---\n").ok_or("no line of three hyphens ends its head")?;
        let head = head
            .lines()
            .map(|line| line.split_once(": ").ok_or_else(|| format!("`{line}` is not `name: value`")))
            .collect::<Result<_, _>>()?;
        let blocks = body
            .split("\n\n")
            .map(|block| block.trim_matches('\n'))
            .filter(|block| !block.is_empty())
            .map(node)
            .collect::<Result<Vec<_>, _>>()?;
        let document = json!({"root": {
            "children": blocks, "direction": "ltr", "format": "", "indent": 0, "type": "root", "version": 1
        }});
        Ok(Manuscript { head, document })
    }

    /// A value of the head.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        self.head.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// A value of the head that has to be there.
    pub fn need(&self, name: &str) -> Result<&'t str, String> {
        self.get(name).ok_or_else(|| format!("its head has no `{name}`"))
    }

    /// A value that is a list: the parts between its commas.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &'t str> {
        self.get(name).into_iter().flat_map(|list| list.split(',')).map(str::trim)
    }
}

/// One block as a node.
fn node(block: &str) -> Result<Json, String> {
    if block.starts_with('{') {
        return serde_json::from_str(block).map_err(|error| format!("the card {block:.60}: {error}"));
    }
    for (mark, tag) in [("## ", "h2"), ("### ", "h3")] {
        if let Some(text) = block.strip_prefix(mark) {
            return Ok(element("extended-heading", &[("tag", json!(tag))], inline(text)));
        }
    }
    if let Some(text) = block.strip_prefix(">> ") {
        return Ok(element("aside", &[], inline(text)));
    }
    if let Some(text) = block.strip_prefix("> ") {
        return Ok(element("extended-quote", &[], inline(text)));
    }
    if !block.starts_with("- ") {
        return Ok(element("paragraph", &[], inline(&block.replace('\n', " "))));
    }
    let item = |(text, place): (&str, u32)| {
        let text =
            text.strip_prefix("- ").ok_or_else(|| format!("`{text}` stands in a list and is no item"))?;
        Ok(element("listitem", &[("value", json!(place))], inline(text)))
    };
    let items = block.lines().zip(1..).map(item).collect::<Result<Vec<_>, String>>()?;
    Ok(element("list", &[("listType", json!("bullet")), ("start", json!(1)), ("tag", json!("ul"))], items))
}

fn element(kind: &str, more: &[(&str, Json)], children: Vec<Json>) -> Json {
    let mut node = json!({
        "type": kind, "version": 1, "children": children, "direction": "ltr", "format": "", "indent": 0
    });
    for (name, value) in more {
        node[name] = value.clone();
    }
    node
}

fn words(text: &str, format: u8) -> Json {
    json!({
        "type": "extended-text", "version": 1, "text": text,
        "detail": 0, "format": format, "mode": "normal", "style": ""
    })
}

/// A line with its marks. A mark that does not end is a sign like others.
fn inline(text: &str) -> Vec<Json> {
    let mut nodes = vec![];
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let marked = rest
            .strip_prefix("**")
            .and_then(|rest| rest.split_once("**"))
            .map(|(inside, rest)| (words(inside, BOLD), rest))
            .or_else(|| {
                let (inside, rest) = rest.strip_prefix('*')?.split_once('*')?;
                Some((words(inside, ITALIC), rest))
            })
            .or_else(|| {
                let (inside, rest) = rest.strip_prefix('[')?.split_once("](")?;
                let (address, rest) = rest.split_once(')')?;
                let more = [
                    ("url", json!(address)),
                    ("rel", Json::Null),
                    ("target", Json::Null),
                    ("title", Json::Null),
                ];
                Some((element("link", &more, vec![words(inside, 0)]), rest))
            });
        match marked {
            Some((node, after)) => {
                nodes.extend((!plain.is_empty()).then(|| words(&std::mem::take(&mut plain), 0)));
                nodes.push(node);
                rest = after;
            }
            None => {
                plain.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    nodes.extend((!plain.is_empty()).then(|| words(&plain, 0)));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(body: &str) -> String {
        let text = format!("title: T\n---\n\n{body}\n");
        let manuscript = Manuscript::read(&text).unwrap();
        super::super::lexical::render(&manuscript.document.to_string()).unwrap().0
    }

    #[test]
    fn blocks_and_marks_become_what_the_editor_makes_of_them() {
        assert_eq!(
            html("One *two* **three** [four](/five/) 5 * 6."),
            "<p>One <em>two</em> <strong>three</strong> <a href=\"/five/\">four</a> 5 * 6.</p>"
        );
        assert_eq!(html("## A head\n\n> Said"), "<h2 id=\"a-head\">A head</h2><blockquote>Said</blockquote>");
        assert_eq!(html("### Lower"), "<h3 id=\"lower\">Lower</h3>");
        assert_eq!(html("- one\n- two"), "<ul><li>one</li><li>two</li></ul>");
        assert_eq!(html(r#"{"type": "horizontalrule", "version": 1}"#), "<hr>");
    }

    #[test]
    fn a_head_gives_values_and_lists() {
        let manuscript = Manuscript::read("title: A: b\ntags: one, two\n---\n\nText").unwrap();
        assert_eq!(manuscript.need("title").unwrap(), "A: b");
        assert_eq!(manuscript.list("tags").collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(manuscript.list("authors").count(), 0);
        assert!(manuscript.need("authors").is_err());
    }

    #[test]
    fn what_is_no_manuscript_is_refused() {
        for text in [
            "title: T\n\nText",
            "title\n---\n\nText",
            "title: T\n---\n\n{\"type\": }",
            "title: T\n---\n\n- a\nb",
        ] {
            assert!(Manuscript::read(text).is_err(), "{text}");
        }
    }
}
