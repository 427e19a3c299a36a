//! The editor's documents (Lexical) as they are stored.

use std::borrow::Cow;

use crate::json::Json;

/// A story as the editor keeps it: a tree of text nodes and cards.
///
/// Borrows from the json it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<'a> {
    pub(crate) root: Json<'a>,
}

/// What was read of a document, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'a> {
    /// The best that could be made of the text; empty when it is no json at all.
    pub document: Document<'a>,
    /// Empty for a document that Ghost accepts and renders whole. At most 100.
    pub problems: Vec<Problem>,
}

/// Something wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: `root.children[2].children[0]`.
    pub place: String,
    pub kind: ProblemKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// Not json; with the reader's message.
    NotJson(String),
    /// There is no `root` object. Ghost refuses such a document.
    NoRoot,
    /// The root has no children. Ghost refuses such a document.
    NoContent,
    /// A node of a type that Ghost does not know: Ghost drops it and all that follows. We drop nothing but it, and
    /// keep text inside it.
    UnknownNode(String),
    /// Text or an inline node straight in the root: Ghost drops it and all that follows. We make a paragraph.
    InlineAtRoot,
}

impl ProblemKind {
    /// Whether Ghost refuses to save a document with this problem, rather than losing a part of it.
    pub fn is_refused(&self) -> bool {
        matches!(self, ProblemKind::NotJson(_) | ProblemKind::NoRoot | ProblemKind::NoContent)
    }
}

const PROBLEMS_MAX: usize = 100;

/// Reads a stored document. Never fails: what cannot be read is named in `problems`.
pub fn parse(text: &str) -> Parsed<'_> {
    match Json::parse(text) {
        Ok(value) => from_json(value),
        Err(message) => Parsed {
            document: Document { root: Json::Null },
            problems: vec![Problem { place: String::new(), kind: ProblemKind::NotJson(message) }],
        },
    }
}

pub(crate) fn from_json(value: Json<'_>) -> Parsed<'_> {
    let mut problems = Vec::new();
    let root = match value {
        Json::Object(members) => {
            members.into_iter().rev().find(|(key, _)| key == "root").map_or(Json::Null, |(_, root)| root)
        }
        _ => Json::Null,
    };
    let kind = match &root {
        Json::Object(_) if root.items("children").is_empty() => Some(ProblemKind::NoContent),
        Json::Object(_) => None,
        _ => Some(ProblemKind::NoRoot),
    };
    match kind {
        Some(kind) => problems.push(Problem { place: "root".to_owned(), kind }),
        None => check(&root, &mut "root".to_owned(), true, &mut problems),
    }
    Parsed { document: Document { root }, problems }
}

fn check(node: &Json<'_>, place: &mut String, is_root: bool, problems: &mut Vec<Problem>) {
    for (nth, child) in node.items("children").iter().enumerate() {
        if problems.len() >= PROBLEMS_MAX {
            return;
        }
        let length = place.len();
        place.push_str(&format!(".children[{nth}]"));
        let kind = Kind::of(child);
        let problem = match kind {
            Kind::Unknown => {
                Some(ProblemKind::UnknownNode(child.text("type").unwrap_or_default().to_owned()))
            }
            Kind::Text | Kind::LineBreak | Kind::Tab if is_root => Some(ProblemKind::InlineAtRoot),
            _ => None,
        };
        if let Some(kind) = problem {
            problems.push(Problem { place: place.clone(), kind });
        }
        check(child, place, false, problems);
        place.truncate(length);
    }
}

impl<'a> Document<'a> {
    /// The nodes in the order of reading.
    pub(crate) fn children(&self) -> &[Json<'a>] {
        self.root.items("children")
    }

    /// A document of these nodes.
    pub(crate) fn of(children: Vec<Json<'a>>) -> Self {
        let root = vec![
            (Cow::Borrowed("children"), Json::List(children)),
            (Cow::Borrowed("type"), Json::Text(Cow::Borrowed("root"))),
        ];
        Document { root: Json::Object(root) }
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    Heading,
    Quote,
    Aside,
    List,
    ListItem,
    Link,
    Text,
    Tab,
    LineBreak,
    /// The editor's search for a link, which must not be seen.
    AtLink,
    Card(Card),
    Unknown,
}

/// The cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Card {
    Audio,
    Bookmark,
    Button,
    CallToAction,
    Callout,
    CodeBlock,
    Email,
    EmailCta,
    Embed,
    File,
    Gallery,
    Header,
    HorizontalRule,
    Html,
    Image,
    Markdown,
    Paywall,
    Product,
    Signup,
    Toggle,
    Transistor,
    Video,
}

impl Kind {
    pub(crate) fn of(node: &Json<'_>) -> Kind {
        match node.text("type").unwrap_or_default() {
            "paragraph" => Kind::Paragraph,
            "heading" | "extended-heading" => Kind::Heading,
            "quote" | "extended-quote" => Kind::Quote,
            "aside" => Kind::Aside,
            "list" => Kind::List,
            "listitem" => Kind::ListItem,
            "link" => Kind::Link,
            "text" | "extended-text" | "tk" | "at-link-search" | "zwnj" => Kind::Text,
            "tab" => Kind::Tab,
            "linebreak" => Kind::LineBreak,
            "at-link" => Kind::AtLink,
            "audio" => Kind::Card(Card::Audio),
            "bookmark" => Kind::Card(Card::Bookmark),
            "button" => Kind::Card(Card::Button),
            "call-to-action" => Kind::Card(Card::CallToAction),
            "callout" => Kind::Card(Card::Callout),
            "codeblock" => Kind::Card(Card::CodeBlock),
            "email" => Kind::Card(Card::Email),
            "email-cta" => Kind::Card(Card::EmailCta),
            "embed" => Kind::Card(Card::Embed),
            "file" => Kind::Card(Card::File),
            "gallery" => Kind::Card(Card::Gallery),
            "header" => Kind::Card(Card::Header),
            "horizontalrule" => Kind::Card(Card::HorizontalRule),
            "html" => Kind::Card(Card::Html),
            "image" => Kind::Card(Card::Image),
            "markdown" => Kind::Card(Card::Markdown),
            "paywall" => Kind::Card(Card::Paywall),
            "product" => Kind::Card(Card::Product),
            "signup" => Kind::Card(Card::Signup),
            "toggle" => Kind::Card(Card::Toggle),
            "transistor" => Kind::Card(Card::Transistor),
            "video" => Kind::Card(Card::Video),
            _ => Kind::Unknown,
        }
    }

    /// Whether it stands in a line of text.
    pub(crate) fn is_inline(self) -> bool {
        matches!(self, Kind::Text | Kind::Tab | Kind::LineBreak | Kind::Link | Kind::AtLink)
    }
}
