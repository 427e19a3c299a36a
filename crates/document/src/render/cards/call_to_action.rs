//! A call to action: sponsor label, picture, text and button.

use crate::fragment::{self, Allowed};
use crate::render::template::Template;
use crate::render::visibility::WebVisibility;

use super::Node;

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let visibility = WebVisibility::of(node.0).unwrap_or_else(WebVisibility::everyone);
    visibility.wrap(out, |out| card(out, node));
}

fn card(out: &mut String, node: Node<'_, '_>) {
    let layout = node.text("layout", "minimal");
    let background = node.text("backgroundColor", "grey");
    let image = node.text("imageUrl", "");
    let text = node.text("textValue", "");
    let (url, button_text) = (node.text("buttonUrl", ""), node.text("buttonText", "Learn more"));
    let wants_button = node.is_on("showButton", true);
    let has_button = wants_button && !url.is_empty();
    let class = |condition: bool, name: &'static str| if condition { name } else { "" };
    Template::new()
        .own("<div class=\"kg-card kg-cta-card kg-cta-bg-")
        .own(if is_color_or_class(&background) { &background } else { "white" })
        .own(" kg-cta-")
        .value(&layout)
        .own(" ")
        .own(class(!node.is_on("showDividers", true), "kg-cta-no-dividers"))
        .own(" ")
        .own(class(!image.is_empty(), "kg-cta-has-img"))
        .own(" ")
        .own(class(&*node.text("linkColor", "text") == "accent", "kg-cta-link-accent"))
        .own(" ")
        .own(class(&*node.text("alignment", "left") == "center", "kg-cta-centered"))
        .own("\" data-layout=\"")
        .value(&layout)
        .own("\">\n")
        .with(|card| match node.is_on("hasSponsorLabel", true) {
            true => sponsor(card, node),
            false => card,
        })
        .own("\n<div class=\"kg-cta-content\">\n")
        .with(|card| match image.is_empty() {
            true => card,
            false => picture(card, node, &image, has_button.then_some(&*url)),
        })
        .own("\n")
        .with(|card| match text.is_empty() && !wants_button {
            true => card,
            false => card
                .own("\n<div class=\"kg-cta-content-inner\">\n")
                .with(|card| match text.is_empty() {
                    true => card,
                    false => card
                        .own("\n<div class=\"kg-cta-text\">\n")
                        .html(&text, Allowed::Blocks)
                        .own("\n</div>\n"),
                })
                .own("\n")
                .with(|card| match has_button {
                    true => button(card, node, &url, &button_text),
                    false => card,
                })
                .own("\n</div>\n"),
        })
        .own("\n</div>\n</div>")
        .finish(out);
}

/// Letters, digits and hyphens, or a hexadecimal colour.
fn is_color_or_class(color: &str) -> bool {
    match color.strip_prefix('#') {
        Some(hex) => matches!(hex.len(), 3 | 6) && hex.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !color.is_empty() && color.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
    }
}

fn sponsor(card: Template, node: Node<'_, '_>) -> Template {
    const DEFAULT: &str = "<p><span style=\"white-space: pre-wrap;\">SPONSORED</span></p>";
    card.own("\n<div class=\"kg-cta-sponsor-label-wrapper\">\n<div class=\"kg-cta-sponsor-label\">\n")
        .html(&fragment::sponsor_label(&node.text("sponsorLabel", DEFAULT)), Allowed::Blocks)
        .own("\n</div>\n</div>\n")
}

fn picture(card: Template, node: Node<'_, '_>, src: &str, link: Option<&str>) -> Template {
    let width = node.get("imageWidth").filter(|width| width.is_truthy());
    let height = node.get("imageHeight").filter(|height| height.is_truthy());
    card.own("\n<div class=\"kg-cta-image-container\">\n")
        .with(|card| match link {
            Some(url) => card.own("<a href=\"").value(url).own("\">"),
            None => card,
        })
        .own("<img src=\"")
        .value(src)
        .own("\" alt=\"CTA Image\"")
        .with(|card| match (width, height) {
            (Some(width), Some(height)) => card
                .own(" data-image-dimensions=\"")
                .value(&width.to_text())
                .own("x")
                .value(&height.to_text())
                .own("\""),
            _ => card,
        })
        .own(">")
        .own_if(link.is_some(), "</a>")
        .own("\n</div>\n")
}

fn button(card: Template, node: Node<'_, '_>, url: &str, text: &str) -> Template {
    let color = node.text("buttonColor", "#000000");
    let color = if is_color_or_class(&color) { &*color } else { "accent" };
    let is_accent = color == "accent";
    card.own("\n<a href=\"")
        .value(url)
        .own("\" class=\"kg-cta-button ")
        .own_if(is_accent, "kg-style-accent")
        .own("\" style=\"")
        .with(|card| match is_accent {
            true => card,
            false => card.own("background-color: ").own(color).own("; "),
        })
        .own("color: ")
        .value(&node.text("buttonTextColor", "#ffffff"))
        .own(";\">\n")
        .html(text, Allowed::NoLinks)
        .own("\n</a>\n")
}
