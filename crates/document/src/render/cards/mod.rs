//! The cards, one file each; the shortest stand here.

mod audio;
mod bookmark;
mod call_to_action;
mod file;
mod gallery;
mod header;
mod icons;
mod image;
mod product;
mod signup;
mod transistor;
mod video;

use std::borrow::Cow;

use crate::escape;
use crate::fragment::{self, Allowed};
use crate::json::Json;
use crate::lexical::Card;
use crate::markdown;
use crate::utf16;

use super::RenderOptions;
use super::template::Template;
use super::visibility::WebVisibility;

/// Appends a card. Empty ones, and those that are for e-mail only, append nothing.
pub(super) fn render(out: &mut String, card: Card, node: &Json<'_>, options: &RenderOptions) {
    let node = Node(node);
    match card {
        Card::Audio => audio::render(out, node),
        Card::Bookmark => bookmark::render(out, node),
        Card::Button => button(out, node),
        Card::CallToAction => call_to_action::render(out, node),
        Card::Callout => callout(out, node),
        Card::CodeBlock => code_block(out, node),
        Card::Email | Card::EmailCta => {}
        Card::Embed => embed(out, node),
        Card::File => file::render(out, node),
        Card::Gallery => gallery::render(out, node, options),
        Card::Header => header::render(out, node, options),
        Card::HorizontalRule => out.push_str("<hr>"),
        Card::Html => html(out, node),
        Card::Image => image::render(out, node, options),
        Card::Markdown => fragment::push_parsed(out, &markdown::html(&node.text("markdown", ""))),
        Card::Paywall => out.push_str(crate::gate::PAYWALL),
        Card::Product => product::render(out, node),
        Card::Signup => signup::render(out, node),
        Card::Toggle => toggle(out, node),
        Card::Transistor => transistor::render(out, node, options),
        Card::Video => video::render(out, node),
    }
}

/// A card's properties, with the editor's rules for what is absent.
#[derive(Clone, Copy)]
struct Node<'n, 'a>(&'n Json<'a>);

impl<'n> Node<'n, '_> {
    /// A property as text; `default` when it is absent or empty.
    fn text(self, name: &str, default: &'n str) -> Cow<'n, str> {
        self.0
            .get(name)
            .filter(|value| value.is_truthy())
            .map_or(Cow::Borrowed(default), |value| value.to_text())
    }

    /// A property of any other kind, unless it is absent or null.
    fn get(self, name: &str) -> Option<&'n Json<'n>> {
        self.0.get(name)
    }

    fn is_on(self, name: &str, default: bool) -> bool {
        self.0.get(name).map_or(default, Json::is_truthy)
    }
}

fn is_blank(text: &str) -> bool {
    utf16::trim(text).is_empty()
}

/// ` name="value"`, escaped.
fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::attribute(out, value);
    out.push('"');
}

fn caption(out: &mut String, html: &str) {
    if !html.is_empty() {
        out.push_str("<figcaption>");
        fragment::push(out, html);
        out.push_str("</figcaption>");
    }
}

fn button(out: &mut String, node: Node<'_, '_>) {
    let url = node.text("buttonUrl", "");
    if is_blank(&url) {
        return;
    }
    out.push_str("<div");
    attribute(out, "class", &format!("kg-card kg-button-card kg-align-{}", node.text("alignment", "center")));
    out.push_str("><a");
    attribute(out, "href", &url);
    out.push_str(" class=\"kg-btn kg-btn-accent\">");
    escape::text(out, &node.text("buttonText", "Button Title"));
    out.push_str("</a></div>");
}

fn callout(out: &mut String, node: Node<'_, '_>) {
    let color = node.text("backgroundColor", "blue");
    let is_class = color.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    out.push_str("<div class=\"kg-card kg-callout-card kg-callout-card-");
    out.push_str(if is_class { &color } else { "white" });
    out.push_str("\">");
    // Unlike elsewhere an empty text is a choice here: no emoji.
    let emoji = node.get("calloutEmoji").map_or("💡".into(), Json::to_text);
    if node.is_on("calloutEmoji", true) {
        out.push_str("<div class=\"kg-callout-emoji\">");
        escape::text(out, &emoji);
        out.push_str("</div>");
    }
    out.push_str("<div class=\"kg-callout-text\">");
    fragment::push_callout(out, &node.text("calloutText", ""));
    out.push_str("</div></div>");
}

fn code_block(out: &mut String, node: Node<'_, '_>) {
    let code = node.text("code", "");
    if is_blank(&code) {
        return;
    }
    let caption_html = node.text("caption", "");
    if !caption_html.is_empty() {
        out.push_str("<figure class=\"kg-card kg-code-card\">");
    }
    out.push_str("<pre><code");
    let language = node.text("language", "");
    if !language.is_empty() {
        attribute(out, "class", &format!("language-{language}"));
    }
    out.push('>');
    escape::text(out, &code);
    out.push_str("</code></pre>");
    if !caption_html.is_empty() {
        caption(out, &caption_html);
        out.push_str("</figure>");
    }
}

fn embed(out: &mut String, node: Node<'_, '_>) {
    let html = node.text("html", "");
    let is_twitter = node.text("embedType", "") == "twitter";
    if !is_twitter && html.is_empty() && node.text("url", "").is_empty() {
        return;
    }
    let caption_html = node.text("caption", "");
    out.push_str("<figure class=\"kg-card kg-embed-card");
    if !caption_html.is_empty() {
        out.push_str(" kg-card-hascaption");
    }
    out.push_str("\">");
    fragment::push(out, if is_twitter { utf16::trim(&html) } else { &html });
    caption(out, &caption_html);
    out.push_str("</figure>");
}

/// The author's html, untouched: the only card that may open what another closes.
fn html(out: &mut String, node: Node<'_, '_>) {
    let html = node.text("html", "");
    if html.is_empty() {
        return;
    }
    let visibility = WebVisibility::of(node.0).unwrap_or_else(WebVisibility::everyone);
    visibility.wrap(out, |out| {
        out.push_str("\n<!--kg-card-begin: html-->\n");
        push_with_unix_lines(out, &html);
        out.push_str("\n<!--kg-card-end: html-->\n");
    });
}

fn push_with_unix_lines(out: &mut String, text: &str) {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        out.push_str(text);
    } else {
        out.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
    }
}

fn toggle(out: &mut String, node: Node<'_, '_>) {
    Template::new()
        .own("<div class=\"kg-card kg-toggle-card\" data-kg-toggle-state=\"close\">\n")
        .own("<div class=\"kg-toggle-heading\">\n<h4 class=\"kg-toggle-heading-text\">")
        .html(&node.text("heading", ""), Allowed::Inline)
        .own("</h4>\n<button class=\"kg-toggle-card-icon\" aria-label=\"Expand toggle to read content\">\n")
        .own(icons::CHEVRON)
        .own("\n</button>\n</div>\n<div class=\"kg-toggle-content\">")
        .html(&node.text("content", ""), Allowed::Blocks)
        .own("</div>\n</div>")
        .finish(out);
}
