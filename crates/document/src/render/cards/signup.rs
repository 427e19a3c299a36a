//! A form to subscribe. Hidden until the members' script shows it.

use crate::fragment::Allowed;
use crate::json::Json;
use crate::render::template::Template;

use super::{Node, header, icons};

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let layout = node.text("layout", "wide");
    let is_split = &*layout == "split";
    let src = node.text("backgroundImageSrc", "");
    let background = node.text("backgroundColor", "#F0F0F0");
    let is_accent = &*background == "accent";
    // On a transparent ground the page's own colour is best.
    let is_see_through = &*background == "transparent" && (is_split || src.is_empty());
    let color = if is_see_through { "".into() } else { node.text("textColor", "#000000") };
    let colored = |card: Template| match color.is_empty() {
        true => card,
        false => card.own(" style=\"color: ").value(&color).own(";\""),
    };
    let part = |card: Template, tag: &str, class: &str, property: &str| {
        let html = node.text(property, "");
        if html.is_empty() {
            return card;
        }
        let card = colored(card.own("<").own(tag).own(" class=\"").own(class).own("\""));
        card.own(">").html(&html, Allowed::Inline).own("</").own(tag).own(">")
    };
    let picture = |card: Template| match src.is_empty() {
        true => card,
        false => card
            .own("\n<picture><img class=\"kg-signup-card-image\" src=\"")
            .value(&src)
            .own("\" alt=\"\"></picture>\n"),
    };
    let button_color = node.text("buttonColor", "accent");
    let is_button_accent = &*button_color == "accent";
    Template::new()
        .own("<div class=\"kg-card kg-signup-card")
        .with(|card| header::layout_classes(card, node, &layout))
        .own(if is_accent && (is_split || src.is_empty()) { " kg-style-accent\"" } else { " \"" })
        .own(" data-lexical-signup-form=\"\" style=\"")
        .with(|card| match !is_accent && (src.is_empty() || is_split) {
            true => card.own("background-color: ").value(&background),
            false => card,
        })
        .own("; display: none;\">\n")
        .with(|card| if is_split { card } else { picture(card) })
        .own("\n<div class=\"kg-signup-card-content\">\n")
        .with(|card| if is_split { picture(card) } else { card })
        .own("\n<div class=\"kg-signup-card-text ")
        .own_if(&*node.text("alignment", "left") == "center", "kg-align-center")
        .own("\">\n")
        .with(|card| part(card, "h2", "kg-signup-card-heading", "header"))
        .own("\n")
        .with(|card| part(card, "p", "kg-signup-card-subheading", "subheader"))
        .own("\n\n<form class=\"kg-signup-card-form\" data-members-form=\"signup\">\n")
        .with(|card| labels(card, node))
        .own("\n<div class=\"kg-signup-card-fields\">\n")
        .own("<input class=\"kg-signup-card-input\" id=\"email\" data-members-email=\"\" type=\"email\" required=\"true\" placeholder=\"jamie@example.com\">\n")
        .own("<button class=\"kg-signup-card-button ")
        .own_if(is_button_accent, "kg-style-accent")
        .own("\" style=\"")
        .with(|card| match is_button_accent {
            true => card,
            false => card.own("background-color: ").value(&button_color).own(";"),
        })
        .own("color: ")
        .value(&node.text("buttonTextColor", "#FFFFFF"))
        .own(";\" type=\"submit\">\n<span class=\"kg-signup-card-button-default\">")
        .html(&node.text("buttonText", "Subscribe"), Allowed::NoLinks)
        .own("</span>\n<span class=\"kg-signup-card-button-loading\">")
        .own(icons::DOTS)
        .own("</span>\n</button>\n</div>\n<div class=\"kg-signup-card-success\"")
        .with(colored)
        .own(">\n")
        .html(&node.text("successMessage", "Email sent! Check your inbox to complete your signup."), Allowed::Inline)
        .own("\n</div>\n<div class=\"kg-signup-card-error\"")
        .with(colored)
        .own(" data-members-error=\"\"></div>\n</form>\n\n")
        .with(|card| part(card, "p", "kg-signup-card-disclaimer", "disclaimer"))
        .own("\n</div>\n</div>\n</div>")
        .finish(out);
}

fn labels(card: Template, node: Node<'_, '_>) -> Template {
    node.0.items("labels").iter().enumerate().fold(card, |card, (nth, label): (usize, &Json<'_>)| {
        card.own_if(nth > 0, "\n")
            .own("<input data-members-label=\"\" type=\"hidden\" value=\"")
            .value(&label.to_text())
            .own("\">")
    })
}
