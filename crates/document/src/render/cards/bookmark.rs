//! A link with a preview of what it leads to.

use std::borrow::Cow;

use crate::escape;
use crate::json::Json;

use super::{Node, attribute, caption, is_blank};

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let url = node.text("url", "");
    if is_blank(&url) {
        return;
    }
    let nothing = Json::Null;
    let metadata = Node(node.get("metadata").unwrap_or(&nothing));
    let of_page = |name| -> Cow<'_, str> { metadata.text(name, "") };
    let caption_html = node.text("caption", "");
    out.push_str("<figure class=\"kg-card kg-bookmark-card");
    if !caption_html.is_empty() {
        out.push_str(" kg-card-hascaption");
    }
    out.push_str("\"><a class=\"kg-bookmark-container\"");
    attribute(out, "href", &url);
    out.push_str("><div class=\"kg-bookmark-content\"><div class=\"kg-bookmark-title\">");
    escape::text(out, &of_page("title"));
    out.push_str("</div><div class=\"kg-bookmark-description\">");
    escape::text(out, &of_page("description"));
    out.push_str("</div><div class=\"kg-bookmark-metadata\">");
    let icon = of_page("icon");
    if !icon.is_empty() {
        out.push_str("<img class=\"kg-bookmark-icon\"");
        attribute(out, "src", &icon);
        out.push_str(" alt=\"\">");
    }
    // The classes are the wrong way round, and themes rely on it.
    for (class, name) in [("kg-bookmark-author", "publisher"), ("kg-bookmark-publisher", "author")] {
        let text = of_page(name);
        if !text.is_empty() {
            out.push_str("<span");
            attribute(out, "class", class);
            out.push('>');
            escape::text(out, &text);
            out.push_str("</span>");
        }
    }
    out.push_str("</div></div>");
    let thumbnail = of_page("thumbnail");
    if !thumbnail.is_empty() {
        out.push_str("<div class=\"kg-bookmark-thumbnail\"><img");
        attribute(out, "src", &thumbnail);
        out.push_str(" alt=\"\" onerror=\"this.style.display = 'none'\"></div>");
    }
    out.push_str("</a>");
    caption(out, &caption_html);
    out.push_str("</figure>");
}
