//! Documents to html, exactly with Ghost's structure: themes, style sheets and scripts of cards rely on it.
//!
//! One buffer is written from front to back. Cards whose html comes from authors are read and written again as a
//! browser would unless they are tidy already, so nothing leaks out of a card.

mod cards;
mod images;
mod inline;
mod template;
mod visibility;

use std::collections::HashMap;

pub use images::ImageOptions;

use crate::escape;
use crate::json::Json;
use crate::lexical::{Document, Kind};
use crate::slug;
use crate::utf16;

/// Where the html is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Target {
    /// Pages and feeds.
    #[default]
    Web,
}

/// What a render must know besides the document.
#[derive(Debug, Clone, PartialEq)]
pub struct RenderOptions {
    pub target: Target,
    /// The public address without trailing slash. Pictures below it are ours, as are those below `__GHOST_URL__`.
    pub site_url: String,
    /// The publication's unique id, for embeds that ask for it.
    pub site_uuid: Option<String>,
    pub images: ImageOptions,
}

impl Default for RenderOptions {
    fn default() -> Self {
        RenderOptions {
            target: Target::Web,
            site_url: "__GHOST_URL__".to_owned(),
            site_uuid: None,
            images: ImageOptions::default(),
        }
    }
}

/// The html of a document.
pub fn html(document: &Document<'_>, options: &RenderOptions) -> String {
    let mut renderer = Renderer { out: String::with_capacity(4096), options, ids: HashMap::new() };
    let children = document.children();
    for (nth, child) in children.iter().enumerate() {
        // The editor keeps an empty paragraph at the end to write in.
        let is_last = nth + 1 == children.len();
        if is_last && Kind::of(child) == Kind::Paragraph && utf16::trim(&inline::text_of(child)).is_empty() {
            break;
        }
        renderer.block(child);
    }
    renderer.out
}

struct Renderer<'o> {
    out: String,
    options: &'o RenderOptions,
    /// How often each heading id was used.
    ids: HashMap<String, u32>,
}

impl Renderer<'_> {
    /// A node in the root.
    fn block(&mut self, node: &Json<'_>) {
        match Kind::of(node) {
            Kind::Card(card) => cards::render(&mut self.out, card, node, self.options),
            Kind::Paragraph => self.wrapped("<p>", node, "</p>"),
            Kind::Quote => self.wrapped("<blockquote>", node, "</blockquote>"),
            Kind::Aside => self.wrapped("<blockquote class=\"kg-blockquote-alt\">", node, "</blockquote>"),
            Kind::Heading => self.heading(node),
            Kind::List => self.list(node),
            Kind::Link | Kind::ListItem => inline::children(&mut self.out, node.items("children")),
            Kind::AtLink => {}
            Kind::Text | Kind::Tab | Kind::LineBreak => {
                self.out.push_str("<p>");
                inline::children(&mut self.out, std::slice::from_ref(node));
                self.out.push_str("</p>");
            }
            Kind::Unknown => {
                if !node.items("children").is_empty() {
                    self.wrapped("<p>", node, "</p>");
                }
            }
        }
    }

    fn wrapped(&mut self, begin: &str, node: &Json<'_>, end: &str) {
        self.out.push_str(begin);
        inline::children(&mut self.out, node.items("children"));
        self.out.push_str(end);
    }

    fn heading(&mut self, node: &Json<'_>) {
        let is_heading = |tag: &&str| matches!(*tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let tag = node.text("tag").filter(is_heading).unwrap_or("h2");
        let id = slug::heading(&inline::text_of(node));
        let n_used = self.ids.entry(id.clone()).or_insert(0);
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str(" id=\"");
        self.out.push_str(&id);
        if *n_used > 0 {
            self.out.push('-');
            self.out.push_str(&n_used.to_string());
        }
        *n_used += 1;
        self.out.push_str("\">");
        inline::children(&mut self.out, node.items("children"));
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn list(&mut self, node: &Json<'_>) {
        let tag = if node.text("listType").is_some_and(|kind| kind == "number" || kind == "ol") {
            "ol"
        } else {
            "ul"
        };
        self.out.push('<');
        self.out.push_str(tag);
        if let Some(start) = node.get("start").filter(|start| **start != Json::Number(1.0)) {
            self.out.push_str(" start=\"");
            escape::attribute(&mut self.out, &start.to_text());
            self.out.push('"');
        }
        self.out.push('>');
        let mut is_open = false;
        for child in node.items("children") {
            // Only items stand in a list; anything else is put into one.
            let inside = match Kind::of(child) {
                Kind::ListItem => child.items("children"),
                _ => std::slice::from_ref(child),
            };
            if let Some(nested) = inside.first().filter(|first| Kind::of(first) == Kind::List) {
                self.list(nested);
                if is_open {
                    self.out.push_str("</li>");
                }
                is_open = false;
                continue;
            }
            if is_open {
                self.out.push_str("</li>");
            }
            self.out.push_str("<li>");
            inline::children(&mut self.out, inside);
            is_open = true;
        }
        if is_open {
            self.out.push_str("</li>");
        }
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }
}
