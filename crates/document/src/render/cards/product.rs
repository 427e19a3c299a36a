//! A product with picture, rating and button.

use crate::fragment::Allowed;
use crate::json::Json;
use crate::render::template::Template;

use super::{Node, icons};

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let src = node.text("productImageSrc", "");
    let title = node.text("productTitle", "");
    let description = node.text("productDescription", "");
    let is_rated = node.is_on("productRatingEnabled", false);
    let has_button = node.is_on("productButtonEnabled", false);
    let (button, url) = (node.text("productButton", ""), node.text("productUrl", ""));
    let is_button_filled = has_button && !button.is_empty() && !url.is_empty();
    if title.is_empty() && description.is_empty() && !is_button_filled && src.is_empty() && !is_rated {
        return;
    }
    let n_stars = node.get("productStarRating").map_or(5.0, Json::to_number);
    let measure =
        |card: Template, name: &str, property: &str| match node.get(property).filter(|v| v.is_truthy()) {
            Some(value) => card.own(name).value(&value.to_text()).own("\""),
            None => card,
        };
    Template::new()
        .own("<div class=\"kg-card kg-product-card\">\n<div class=\"kg-product-card-container\">\n")
        .with(|card| match src.is_empty() {
            true => card,
            false => {
                let card = card.own("<img src=\"").value(&src).own("\"");
                let card = measure(card, " width=\"", "productImageWidth");
                let card = measure(card, " height=\"", "productImageHeight");
                card.own(" class=\"kg-product-card-image\" loading=\"lazy\">")
            }
        })
        .own("\n<div class=\"kg-product-card-title-container\">\n<h4 class=\"kg-product-card-title\">")
        .html(&title, Allowed::Inline)
        .own("</h4>\n</div>\n")
        .with(|card| match is_rated {
            true => rating(card, n_stars),
            false => card,
        })
        .own("\n\n<div class=\"kg-product-card-description\">")
        .html(&description, Allowed::Blocks)
        .own("</div>\n")
        .with(|card| match has_button {
            true => card
                .own("\n<a href=\"")
                .value(&url)
                .own("\" class=\"kg-product-card-button kg-product-card-btn-accent\" target=\"_blank\" rel=\"noopener noreferrer\"><span>")
                .html(&button, Allowed::NoLinks)
                .own("</span></a>\n"),
            false => card,
        })
        .own("\n</div>\n</div>")
        .finish(out);
}

fn rating(card: Template, n_stars: f64) -> Template {
    let mut card = card.own("\n<div class=\"kg-product-card-rating\">\n");
    for nth in 1..=5 {
        let active = if n_stars >= f64::from(nth) { "kg-product-card-rating-active" } else { "" };
        card = card
            .own("<span class=\"")
            .own(active)
            .own(" kg-product-card-rating-star\">")
            .own(icons::STAR)
            .own("</span>\n");
    }
    card.own("</div>\n")
}
