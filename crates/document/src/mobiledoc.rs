//! Documents of Ghost's older editor (Mobiledoc 0.3), turned into Lexical.

use std::borrow::Cow;

use crate::json::Json;
use crate::lexical::{Document, Parsed, Problem, ProblemKind, from_json};

const MARKUP_SECTION: f64 = 1.0;
const LIST_SECTION: f64 = 3.0;
const CARD_SECTION: f64 = 10.0;

/// Reads a Mobiledoc and turns it into a Lexical document, as Ghost does when such a post is saved.
///
/// Image sections are dropped (Ghost never wrote any). Never fails: what cannot be read is named in `problems`.
pub fn parse(text: &str) -> Parsed<'_> {
    let value = match Json::parse(text) {
        Ok(value) => value,
        Err(message) => {
            let problem = Problem { place: String::new(), kind: ProblemKind::NotJson(message) };
            return Parsed { document: Document { root: Json::Null }, problems: vec![problem] };
        }
    };
    let source =
        Source { markups: value.items("markups"), atoms: value.items("atoms"), cards: value.items("cards") };
    let children: Vec<Json<'_>> =
        value.items("sections").iter().filter_map(|section| source.section(section)).collect();
    let document = Document::of(children);
    from_json(Json::Object(vec![(Cow::Borrowed("root"), document.root)]))
}

/// The same as the editor's text, for posts that are saved.
///
/// Errors: why it is no document at all.
pub fn to_lexical(text: &str) -> Result<String, ProblemKind> {
    let parsed = parse(text);
    match parsed
        .problems
        .into_iter()
        .map(|problem| problem.kind)
        .find(|kind| matches!(kind, ProblemKind::NotJson(_)))
    {
        Some(problem) => Err(problem),
        None => Ok(crate::written::text(&parsed.document)),
    }
}

struct Source<'d, 'a> {
    markups: &'d [Json<'a>],
    atoms: &'d [Json<'a>],
    cards: &'d [Json<'a>],
}

fn items<'d, 'a>(value: Option<&'d Json<'a>>) -> &'d [Json<'a>] {
    match value {
        Some(Json::List(items)) => items,
        _ => &[],
    }
}

fn text<'d>(value: Option<&'d Json<'_>>) -> &'d str {
    match value {
        Some(Json::Text(text)) => text,
        _ => "",
    }
}

fn number(value: Option<&Json<'_>>) -> f64 {
    match value {
        Some(Json::Number(value)) => *value,
        _ => f64::NAN,
    }
}

fn at<'d, 'a>(list: &'d [Json<'a>], index: f64) -> Option<&'d Json<'a>> {
    if index >= 0.0 && index.fract() == 0.0 { list.get(index as usize) } else { None }
}

fn object<'a>(members: Vec<(&'static str, Json<'a>)>) -> Json<'a> {
    Json::Object(members.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect())
}

fn word(word: &'static str) -> Json<'static> {
    Json::Text(Cow::Borrowed(word))
}

impl<'a> Source<'_, 'a> {
    fn section(&self, section: &Json<'a>) -> Option<Json<'a>> {
        let parts = items(Some(section));
        let kind = number(parts.first());
        if kind == MARKUP_SECTION {
            Some(self.markup_section(text(parts.get(1)), items(parts.get(2))))
        } else if kind == LIST_SECTION {
            Some(self.list(text(parts.get(1)), items(parts.get(2))))
        } else if kind == CARD_SECTION {
            self.card(at(self.cards, number(parts.get(1)))?)
        } else {
            None
        }
    }

    fn markup_section(&self, tag: &str, markers: &[Json<'a>]) -> Json<'a> {
        let children = ("children", Json::List(self.inline(markers)));
        let heading = |tag: &'static str| vec![("type", word("heading")), ("tag", word(tag))];
        let mut members = match tag {
            "h1" => heading("h1"),
            "h2" => heading("h2"),
            "h3" => heading("h3"),
            "h4" => heading("h4"),
            "h5" => heading("h5"),
            "h6" => heading("h6"),
            "blockquote" => vec![("type", word("quote"))],
            "aside" => vec![("type", word("aside"))],
            // Ghost knows no others, and makes nodes of them that it then cannot read.
            _ => vec![("type", word("paragraph"))],
        };
        members.push(children);
        object(members)
    }

    fn list(&self, tag: &str, list_items: &[Json<'a>]) -> Json<'a> {
        let children = list_items
            .iter()
            .map(|item| {
                object(vec![
                    ("type", word("listitem")),
                    ("children", Json::List(self.inline(items(Some(item))))),
                ])
            })
            .collect();
        let list_type = if tag == "ul" { "bullet" } else { "number" };
        object(vec![
            ("type", word("list")),
            ("listType", word(list_type)),
            ("start", Json::Number(1.0)),
            ("children", Json::List(children)),
        ])
    }

    fn card(&self, card: &Json<'a>) -> Option<Json<'a>> {
        let parts = items(Some(card));
        let name = match text(parts.first()) {
            "code" => "codeblock",
            "hr" => "horizontalrule",
            name => name,
        };
        let mut members = vec![(Cow::Borrowed("type"), Json::Text(Cow::Owned(name.to_owned())))];
        if let Some(Json::Object(payload)) = parts.get(1) {
            for (key, value) in payload {
                match &**key {
                    "type" if name == "embed" => members.push((Cow::Borrowed("embedType"), value.clone())),
                    "type" => {}
                    _ => members.push((key.clone(), value.clone())),
                }
            }
        }
        Some(Json::Object(members))
    }

    /// Markers: text with the formats that open before it and the number that close after it.
    fn inline(&self, markers: &[Json<'a>]) -> Vec<Json<'a>> {
        let mut out = Vec::new();
        let mut open: Vec<&Json<'a>> = Vec::new();
        // The link being built: its address, rel, children.
        let mut in_link = false;
        let (mut href, mut rel) = (None, None);
        let mut link_children: Vec<Json<'a>> = Vec::new();
        for marker in markers {
            let parts = items(Some(marker));
            if number(parts.first()) != 0.0 {
                let atom = at(self.atoms, number(parts.get(3)));
                if atom.is_some_and(|atom| text(items(Some(atom)).first()) == "soft-return") {
                    out.push(object(vec![("type", word("linebreak"))]));
                }
                continue;
            }
            for index in items(parts.get(1)) {
                let Some(markup) = at(self.markups, number(Some(index))) else { continue };
                let markup_parts = items(Some(markup));
                if text(markup_parts.first()) == "a" {
                    in_link = true;
                    let attributes = items(markup_parts.get(1));
                    if text(attributes.first()) == "href" {
                        href = attributes.get(1);
                    }
                    if text(attributes.get(2)) == "rel" {
                        rel = attributes.get(3);
                    }
                }
                open.push(markup);
            }
            if let Some(value) = parts.get(3) {
                let node = object(vec![
                    ("type", word("text")),
                    ("text", value.clone()),
                    ("format", Json::Number(f64::from(formats(&open)))),
                ]);
                if in_link { link_children.push(node) } else { out.push(node) }
            }
            let n_closed = number(parts.get(2));
            for _ in 0..if n_closed > 0.0 { (n_closed as usize).min(open.len()) } else { 0 } {
                let closed = open.pop();
                if closed.is_some_and(|markup| text(items(Some(markup)).first()) == "a") {
                    if !link_children.is_empty() {
                        out.push(link(href, rel, std::mem::take(&mut link_children)));
                    }
                    // The rel of one link is still there for the next, unless that brings its own: so Ghost does.
                    in_link = false;
                    href = None;
                }
            }
        }
        if !link_children.is_empty() {
            // A link that is never closed: Ghost loses it.
            out.push(link(href, rel, link_children));
        }
        out
    }
}

fn link<'a>(href: Option<&Json<'a>>, rel: Option<&Json<'a>>, children: Vec<Json<'a>>) -> Json<'a> {
    object(vec![
        ("type", word("link")),
        ("url", href.cloned().unwrap_or_default()),
        ("rel", rel.cloned().unwrap_or_default()),
        ("children", Json::List(children)),
    ])
}

fn formats(open: &[&Json<'_>]) -> u8 {
    open.iter().fold(0, |bits, markup| {
        bits | match text(items(Some(markup)).first()) {
            "strong" | "b" => 1,
            "em" | "i" => 2,
            "s" => 4,
            "u" => 8,
            "code" => 16,
            "sub" => 32,
            "sup" => 64,
            _ => 0,
        }
    })
}
