//! A picture with its sizes, link and caption.

use crate::escape;
use crate::json::Json;
use crate::render::{RenderOptions, images};

use super::{Node, attribute, caption, is_blank};

pub(super) fn render(out: &mut String, node: Node<'_, '_>, options: &RenderOptions) {
    let src = node.text("src", "");
    if is_blank(&src) {
        return;
    }
    let card_width = node.text("cardWidth", "regular");
    let caption_html = node.text("caption", "");
    out.push_str("<figure class=\"kg-card kg-image-card");
    if card_width != "regular" {
        out.push_str(" kg-width-");
        escape::attribute(out, &card_width);
    }
    if !caption_html.is_empty() {
        out.push_str(" kg-card-hascaption");
    }
    out.push_str("\">");
    let href = node.text("href", "");
    if !href.is_empty() {
        out.push_str("<a");
        attribute(out, "href", &href);
        out.push('>');
    }
    let width = node.get("width");
    let srcset = images::srcset(&src, width, None, options);
    let width_px = width.map_or(0.0, Json::to_number);
    let sizes = match &*card_width {
        _ if srcset.is_none() || width_px.is_nan() || width_px < 720.0 => None,
        "regular" => Some("(min-width: 720px) 720px"),
        "wide" if width_px >= 1200.0 => Some("(min-width: 1200px) 1200px"),
        _ => None,
    };
    let n_formats = if srcset.is_some() { sources(out, &src, width, sizes, options) } else { 0 };
    out.push_str("<img");
    attribute(out, "src", &src);
    out.push_str(" class=\"kg-image\"");
    attribute(out, "alt", &node.text("alt", ""));
    out.push_str(" loading=\"lazy\"");
    let title = node.text("title", "");
    if !title.is_empty() {
        attribute(out, "title", &title);
    }
    let height = node.get("height");
    let null = Json::Null;
    let scaled = images::measures(&src, width.unwrap_or(&null), height.unwrap_or(&null), options);
    let given = match (width.filter(|w| w.is_truthy()), height.filter(|h| h.is_truthy())) {
        (Some(width), Some(height)) => Some((width.to_text().into_owned(), height.to_text().into_owned())),
        _ => None,
    };
    if let Some((width, height)) = scaled.or(given) {
        attribute(out, "width", &width);
        attribute(out, "height", &height);
    }
    if let Some(srcset) = srcset {
        attribute(out, "srcset", &srcset);
    }
    if let Some(sizes) = sizes {
        attribute(out, "sizes", sizes);
    }
    out.push('>');
    if n_formats > 0 {
        out.push_str("</picture>");
    }
    if !href.is_empty() {
        out.push_str("</a>");
    }
    caption(out, &caption_html);
    out.push_str("</figure>");
}

/// Opens a `<picture>` with the further formats of a picture of ours, not for moving ones. Returns how many.
fn sources(
    out: &mut String,
    src: &str,
    width: Option<&Json<'_>>,
    sizes: Option<&str>,
    options: &RenderOptions,
) -> usize {
    let path = src.split(['?', '#']).next().unwrap_or_default();
    if path.to_ascii_lowercase().ends_with(".gif")
        || !images::is_ours(src, options)
        || !images::is_resizable(src, options)
    {
        return 0;
    }
    let mut n_formats = 0;
    for format in &options.images.formats {
        let Some(srcset) = images::srcset(src, width, Some(format), options) else { continue };
        if n_formats == 0 {
            out.push_str("<picture>");
        }
        out.push_str("<source");
        attribute(out, "srcset", &srcset);
        attribute(out, "type", &format!("image/{format}"));
        if let Some(sizes) = sizes {
            attribute(out, "sizes", sizes);
        }
        out.push('>');
        n_formats += 1;
    }
    n_formats
}
