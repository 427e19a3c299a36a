//! A member's own podcasts, from Transistor.

use crate::escape;
use crate::render::RenderOptions;
use crate::render::visibility::WebVisibility;

use super::{Node, attribute};

/// Gives the frame its address, with the colour of the page behind it, and its height when the frame asks for one.
const SCRIPT: &str = "<script>(() => {
const frame = document.currentScript.parentElement.querySelector('iframe[data-kg-transistor-embed]');
if (!frame) return;
const origin = 'https://partner.transistor.fm';
const address = new URL(frame.dataset.src);
const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
for (let behind = frame.parentElement; behind; behind = behind.parentElement) {
pen.clearRect(0, 0, 1, 1);
pen.fillStyle = getComputedStyle(behind).backgroundColor;
pen.fillRect(0, 0, 1, 1);
const pixel = [...pen.getImageData(0, 0, 1, 1).data];
if (pixel[3] > 0) {
address.searchParams.set('background', pixel.slice(0, 3).map(part => part.toString(16).padStart(2, '0')).join(''));
break;
}
}
frame.src = address.href;
addEventListener('message', ({source, origin: sender, data}) => {
if (source === frame.contentWindow && sender === origin && data?.type === 'resize' && Number.isSafeInteger(data.height) && data.height > 0) frame.style.height = `${data.height}px`;
});
})()</script>";

const FRAME: &str = "<iframe width=\"100%\" height=\"370\" frameborder=\"no\" scrolling=\"no\" seamless=\"\"";

pub(super) fn render(out: &mut String, node: Node<'_, '_>, options: &RenderOptions) {
    // The reader's own id comes into the address when the page is served.
    let mut address = "https://partner.transistor.fm/ghost/embed/%7Buuid%7D".to_owned();
    if let Some(uuid) = &options.site_uuid {
        address.push_str("?ctx=");
        address.push_str(uuid);
    }
    let visibility = WebVisibility::of(node.0).unwrap_or_else(WebVisibility::members);
    visibility.wrap(out, |out| {
        out.push_str(FRAME);
        out.push_str(" title=\"Transistor podcasts\"");
        attribute(out, "data-src", &address);
        out.push_str(" data-kg-transistor-embed=\"\"></iframe>");
        out.push_str(SCRIPT);
        out.push_str("<noscript>");
        out.push_str(FRAME);
        out.push_str(" src=\"");
        escape::attribute(out, &address);
        out.push_str("\"></iframe></noscript>");
    });
}
