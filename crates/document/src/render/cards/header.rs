//! A large heading, in its two versions.

use crate::fragment::Allowed;
use crate::render::template::Template;
use crate::render::{RenderOptions, images};
use crate::slug;
use crate::utf16;

use super::{Node, is_blank};

pub(super) fn render(out: &mut String, node: Node<'_, '_>, options: &RenderOptions) {
    let is_second = node.get("version").is_some_and(|version| version.to_text() == "2");
    if is_second { second(out, node, options) } else { first(out, node) }
}

fn first(out: &mut String, node: Node<'_, '_>) {
    let (header, subheader) = (node.text("header", ""), node.text("subheader", ""));
    let (url, text) = (node.text("buttonUrl", ""), node.text("buttonText", ""));
    let has_button = node.is_on("buttonEnabled", false) && !url.is_empty() && !text.is_empty();
    if header.is_empty() && subheader.is_empty() && !has_button {
        return;
    }
    let style = node.text("style", "dark");
    let src = node.text("backgroundImageSrc", "");
    Template::new()
        .own("<div class=\"kg-card kg-header-card kg-width-full kg-size-")
        .value(&node.text("size", "small"))
        .own(" kg-style-")
        .value(&style)
        .own("\" data-kg-background-image=\"")
        .value(&src)
        .own("\" style=\"")
        .with(|card| match &*style == "image" {
            true => card.own("background-image: url(").value(&src).own(")"),
            false => card,
        })
        .own("\">")
        .with(|card| match header.is_empty() {
            true => card,
            false => card
                .own("<h2 class=\"kg-header-card-header\" id=\"")
                .own(&slug::header_card(&header))
                .own("\"> ")
                .html(&header, Allowed::Inline)
                .own(" </h2>"),
        })
        .with(|card| match is_blank(without_trailing_breaks(&subheader)) {
            true => card,
            false => card
                .own("<h3 class=\"kg-header-card-subheader\" id=\"")
                .own(&slug::header_card(&subheader))
                .own("\"> ")
                .html(&subheader, Allowed::Inline)
                .own(" </h3>"),
        })
        .with(|card| match has_button {
            true => card
                .own("<a class=\"kg-header-card-button\" href=\"")
                .value(&url)
                .own("\"> ")
                .html(&text, Allowed::NoLinks)
                .own(" </a>"),
            false => card,
        })
        .own("</div>")
        .changed(on_one_line)
        .finish_whole(out);
}

/// Html without the line breaks at its end.
fn without_trailing_breaks(html: &str) -> &str {
    let mut rest = html;
    loop {
        let Some(inside) = rest.strip_suffix('>') else { return rest };
        let inside = inside.strip_suffix('/').unwrap_or(inside).trim_end_matches(utf16::is_space);
        let Some(at) = inside.len().checked_sub(3) else { return rest };
        match inside.get(at..) {
            Some(tag) if tag.eq_ignore_ascii_case("<br") => rest = &rest[..at],
            _ => return rest,
        }
    }
}

/// Line breaks with the white space behind them become one space; white space between tags, and before the end of
/// a tag, goes. This also meets the author's own html, where it eats spaces between formats: so Ghost has it.
fn on_one_line(html: &str) -> String {
    let mut lines = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('\n') {
        let after = rest[at + 1..].trim_start_matches(utf16::is_space);
        lines.push_str(&rest[..at]);
        // A lone line break stays.
        lines.push(if after.len() == rest.len() - at - 1 { '\n' } else { ' ' });
        rest = after;
    }
    lines.push_str(rest);
    let mut joined = String::with_capacity(lines.len());
    let mut rest = &*lines;
    while let Some(at) = rest.find('>') {
        joined.push_str(&rest[..=at]);
        let after = &rest[at + 1..];
        let trimmed = after.trim_start_matches(utf16::is_space);
        rest = if trimmed.starts_with('<') { trimmed } else { after };
    }
    joined.push_str(rest);
    let mut out = String::with_capacity(joined.len());
    let mut rest = &*joined;
    while let Some(at) = rest.find('>') {
        out.push_str(rest[..at].trim_end_matches(utf16::is_space));
        out.push('>');
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    utf16::trim(&out).to_owned()
}

fn second(out: &mut String, node: Node<'_, '_>, options: &RenderOptions) {
    let layout = node.text("layout", "full");
    let is_split = &*layout == "split";
    let src = node.text("backgroundImageSrc", "");
    let background = node.text("backgroundColor", "#000000");
    let is_accent = &*background == "accent";
    let srcset = images::srcset(&src, node.get("backgroundImageWidth"), None, options);
    let picture = |card: Template| match src.is_empty() {
        true => card,
        false => card
            .own("\n<picture><img class=\"kg-header-card-image\" src=\"")
            .value(&src)
            .own("\"")
            .with(|card| match &srcset {
                Some(srcset) => card.own(" srcset=\"").value(srcset).own("\""),
                None => card,
            })
            .own(" loading=\"lazy\" alt=\"\"></picture>\n"),
    };
    Template::new()
        .own("<div class=\"kg-card kg-header-card kg-v2")
        .with(|card| layout_classes(card, node, &layout))
        .own(if is_accent { " kg-style-accent\"" } else { " \"" })
        .with(|card| match !is_accent && (src.is_empty() || is_split) {
            true => card.own(" style=\"background-color: ").value(&background).own(";\""),
            false => card,
        })
        .own(" data-background-color=\"")
        .value(&background)
        .own("\">\n")
        .with(|card| if is_split { card } else { picture(card) })
        .own("\n<div class=\"kg-header-card-content\">\n")
        .with(|card| if is_split { picture(card) } else { card })
        .own("\n<div class=\"kg-header-card-text ")
        .own_if(&*node.text("alignment", "center") == "center", "kg-align-center")
        .own("\">\n")
        .with(|card| heading(card, node, "h2", "header", "kg-header-card-heading"))
        .own("\n")
        .with(|card| heading(card, node, "p", "subheader", "kg-header-card-subheading"))
        .own("\n")
        .with(|card| button(card, node))
        .own("\n</div>\n</div>\n</div>")
        .finish(out);
}

/// The classes of a layout, shared by header and sign-up cards.
pub(super) fn layout_classes(card: Template, node: Node<'_, '_>, layout: &str) -> Template {
    let is_split = layout == "split";
    let card = match is_split {
        true => card.own(" kg-layout-split kg-width-full"),
        false => card.own(" kg-width-").value(layout),
    };
    let is_contained = is_split && &*node.text("backgroundSize", "cover") == "contain";
    card.own_if(is_split && node.is_on("swapped", false), " kg-swapped")
        .own_if(layout == "full" || is_contained, " kg-content-wide")
}

fn heading(card: Template, node: Node<'_, '_>, tag: &str, property: &str, class: &str) -> Template {
    let html = node.text(property, "");
    if html.is_empty() {
        return card;
    }
    let color = node.text("textColor", "#FFFFFF");
    card.own("<")
        .own(tag)
        .own(" id=\"")
        .own(&slug::header_card(&html))
        .own("\" class=\"")
        .own(class)
        .own("\" style=\"color: ")
        .value(&color)
        .own(";\" data-text-color=\"")
        .value(&color)
        .own("\">")
        .html(&html, Allowed::Inline)
        .own("</")
        .own(tag)
        .own(">")
}

fn button(card: Template, node: Node<'_, '_>) -> Template {
    let url = node.text("buttonUrl", "");
    if !node.is_on("buttonEnabled", false) || is_blank(&url) {
        return card;
    }
    let color = node.text("buttonColor", "#ffffff");
    let text_color = node.text("buttonTextColor", "#000000");
    let is_accent = &*color == "accent";
    card.own("<a href=\"")
        .value(&url)
        .own("\" class=\"kg-header-card-button ")
        .own_if(is_accent, "kg-style-accent")
        .own("\" style=\"")
        .with(|card| match is_accent {
            true => card,
            false => card.own("background-color: ").value(&color).own(";"),
        })
        .own("color: ")
        .value(&text_color)
        .own(";\" data-button-color=\"")
        .value(&color)
        .own("\" data-button-text-color=\"")
        .value(&text_color)
        .own("\">")
        .html(&node.text("buttonText", ""), Allowed::NoLinks)
        .own("</a>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;

    #[test]
    fn one_line() {
        assert_eq!(
            on_one_line("<div\n  a>\n  <b> x </b> <i>y</i>\n\n z\n</div >"),
            "<div a><b> x </b><i>y</i> z\n</div>"
        );
        assert_eq!(without_trailing_breaks("x<br><BR /><br/>"), "x");
    }

    #[test]
    fn version() {
        let json = Json::parse(r#"{"version":2}"#).unwrap();
        assert!(json.get("version").is_some_and(|version| version.to_text() == "2"));
    }
}
