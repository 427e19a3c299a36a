//! Pictures in rows of up to three.

use std::collections::BTreeMap;

use crate::json::Json;
use crate::render::{RenderOptions, images};

use super::{Node, attribute, caption, is_blank};

const PER_ROW: usize = 3;

struct Picture<'n> {
    src: &'n str,
    row: u32,
    width: &'n Json<'n>,
    height: &'n Json<'n>,
    node: Node<'n, 'n>,
}

pub(super) fn render(out: &mut String, node: Node<'_, '_>, options: &RenderOptions) {
    let pictures: Vec<Picture<'_>> = node.0.items("images").iter().filter_map(picture).collect();
    if pictures.is_empty() {
        return;
    }
    let mut rows: BTreeMap<u32, Vec<&Picture<'_>>> = BTreeMap::new();
    for (nth, picture) in pictures.iter().enumerate() {
        // The last of four or seven would stand alone: the one before it joins it.
        let joins_last = pictures.len() > 1 && pictures.len() % PER_ROW == 1 && nth + 2 == pictures.len();
        rows.entry(picture.row + u32::from(joins_last)).or_default().push(picture);
    }
    let is_single = rows.len() == 1 && rows.contains_key(&0) && rows.values().all(|row| row.len() == 1);
    let caption_html = node.text("caption", "");
    out.push_str("<figure class=\"kg-card kg-gallery-card kg-width-wide");
    if !caption_html.is_empty() {
        out.push_str(" kg-card-hascaption");
    }
    out.push_str("\"><div class=\"kg-gallery-container\">");
    for row in rows.values() {
        out.push_str("<div class=\"kg-gallery-row\">");
        for picture in row {
            render_picture(out, picture, is_single, options);
        }
        out.push_str("</div>");
    }
    out.push_str("</div>");
    caption(out, &caption_html);
    out.push_str("</figure>");
}

/// A picture with all that it needs to be shown; None for one that is left out.
fn picture<'n>(image: &'n Json<'n>) -> Option<Picture<'n>> {
    let src = image.text("src").filter(|src| !is_blank(src))?;
    image.text("fileName").filter(|name| !is_blank(name))?;
    let positive = |name| {
        image.get(name).filter(|value| matches!(value, Json::Number(px) if *px > 0.0 && px.is_finite()))
    };
    let (width, height) = (positive("width")?, positive("height")?);
    let row = match image.get("row") {
        Some(Json::Number(row)) if *row >= 0.0 && row.fract() == 0.0 && *row < f64::from(u32::MAX - 1) => {
            *row as u32
        }
        _ => return None,
    };
    Some(Picture { src, row, width, height, node: Node(image) })
}

fn render_picture(out: &mut String, picture: &Picture<'_>, is_single: bool, options: &RenderOptions) {
    let Picture { src, width, height, node, .. } = picture;
    out.push_str("<div class=\"kg-gallery-image\">");
    let href = node.text("href", "");
    if !href.is_empty() {
        out.push_str("<a");
        attribute(out, "href", &href);
        out.push('>');
    }
    out.push_str("<img");
    attribute(out, "src", src);
    let (shown_width, shown_height) = images::measures(src, width, height, options)
        .unwrap_or_else(|| (width.to_text().into_owned(), height.to_text().into_owned()));
    attribute(out, "width", &shown_width);
    attribute(out, "height", &shown_height);
    out.push_str(" loading=\"lazy\"");
    attribute(out, "alt", &node.text("alt", ""));
    let title = node.text("title", "");
    if !title.is_empty() {
        attribute(out, "title", &title);
    }
    if let Some(srcset) = images::srcset(src, Some(width), None, options) {
        attribute(out, "srcset", &srcset);
        let width_px = width.to_number();
        if width_px >= 720.0 {
            let is_wide = is_single && width_px >= 1200.0;
            attribute(
                out,
                "sizes",
                if is_wide { "(min-width: 1200px) 1200px" } else { "(min-width: 720px) 720px" },
            );
        }
    }
    out.push('>');
    if !href.is_empty() {
        out.push_str("</a>");
    }
    out.push_str("</div>");
}
