//! A file to download.

use crate::escape;
use crate::json::number_text;

use super::{Node, attribute, icons, is_blank};

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let src = node.text("src", "");
    if is_blank(&src) {
        return;
    }
    out.push_str("<div class=\"kg-card kg-file-card\"><a class=\"kg-file-card-container\"");
    attribute(out, "href", &src);
    out.push_str(" title=\"Download\" download=\"\"><div class=\"kg-file-card-contents\">");
    part(out, "kg-file-card-title", &node.text("fileTitle", ""));
    part(out, "kg-file-card-caption", &node.text("fileCaption", ""));
    out.push_str("<div class=\"kg-file-card-metadata\">");
    part(out, "kg-file-card-filename", &node.text("fileName", ""));
    part(
        out,
        "kg-file-card-filesize",
        &node
            .get("fileSize")
            .filter(|size| size.is_truthy())
            .map_or("0 Byte".to_owned(), |n| size(n.to_number())),
    );
    out.push_str("</div></div><div class=\"kg-file-card-icon\">");
    out.push_str(icons::DOWNLOAD);
    out.push_str("</div></a></div>");
}

fn part(out: &mut String, class: &str, text: &str) {
    out.push_str("<div");
    attribute(out, "class", class);
    out.push('>');
    escape::text(out, text);
    out.push_str("</div>");
}

/// A number of bytes for people: `121 KB`.
fn size(n_bytes: f64) -> String {
    const UNITS: [&str; 5] = ["Bytes", "KB", "MB", "GB", "TB"];
    let power = (n_bytes.ln() / 1024_f64.ln()).floor();
    let unit = if (0.0..5.0).contains(&power) { UNITS[power as usize] } else { "undefined" };
    format!("{} {unit}", number_text((n_bytes / 1024_f64.powf(power) + 0.5).floor()))
}
