//! A video with our own controls, which the cards' script brings to life.

use crate::fragment::Allowed;
use crate::json::{Json, number_text};
use crate::render::template::Template;

use super::{Node, icons, is_blank};

/// A transparent picture of one pixel: the real preview is the element's background.
const EMPTY_PICTURE: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let src = node.text("src", "");
    if is_blank(&src) {
        return;
    }
    let caption = node.text("caption", "");
    let thumbnail = node.text("thumbnailSrc", "");
    let custom_thumbnail = node.text("customThumbnailSrc", "");
    let shown_thumbnail = if custom_thumbnail.is_empty() { &thumbnail } else { &custom_thumbnail };
    let is_loop = node.is_on("loop", false);
    let (width, height) = (node.get("width"), node.get("height"));
    let print = |value: Option<&Json<'_>>| {
        value.map_or_else(|| "null".to_owned(), |value| value.to_text().into_owned())
    };
    let ratio = match (width, height) {
        (Some(Json::Number(width)), Some(Json::Number(height))) if *width > 0.0 && *height > 0.0 => {
            format!("{} / {}", number_text(*width), number_text(*height))
        }
        _ => "16 / 9".to_owned(),
    };
    Template::new()
        .own("<figure class=\"kg-card kg-video-card kg-width-")
        .value(&node.text("cardWidth", "regular"))
        .own_if(!caption.is_empty(), " kg-card-hascaption")
        .own("\"")
        .unquoted(&[("data-kg-thumbnail", &thumbnail), ("data-kg-custom-thumbnail", &custom_thumbnail)])
        .own(">\n<div class=\"kg-video-container\">\n<video src=\"")
        .value(&src)
        .own("\" poster=\"")
        .own(EMPTY_PICTURE)
        .own("\" width=\"")
        .value(&print(width))
        .own("\" height=\"")
        .value(&print(height))
        .own("\"")
        .own_if(is_loop, " loop=\"\" autoplay=\"\" muted=\"\"")
        .own(" playsinline=\"\" preload=\"metadata\" style=\"aspect-ratio: ")
        .own(&ratio)
        .own("; background: transparent url('")
        .value(shown_thumbnail)
        .own("') 50% 50% / cover no-repeat;\"></video>\n<div class=\"kg-video-overlay\">\n")
        .own("<button class=\"kg-video-large-play-icon\" aria-label=\"Play video\">\n")
        .own(icons::PLAY)
        .own("\n</button>\n</div>\n<div class=\"kg-video-player-container")
        .own_if(is_loop, " kg-video-hide")
        .own("\">\n<div class=\"kg-video-player\">\n")
        .own("<button class=\"kg-video-play-icon\" aria-label=\"Play video\">\n")
        .own(icons::PLAY)
        .own("\n</button>\n<button class=\"kg-video-pause-icon kg-video-hide\" aria-label=\"Pause video\">\n")
        .own(icons::PAUSE)
        .own("\n</button>\n<span class=\"kg-video-current-time\">0:00</span>\n<div class=\"kg-video-time\">\n")
        .own("/<span class=\"kg-video-duration\">")
        .own(&minutes_and_seconds(node.get("duration").map_or(0.0, Json::to_number)))
        .own("</span>\n</div>\n<input type=\"range\" class=\"kg-video-seek-slider\" max=\"100\" value=\"0\">\n")
        .own("<button class=\"kg-video-playback-rate\" aria-label=\"Adjust playback speed\">1×</button>\n")
        .own("<button class=\"kg-video-unmute-icon\" aria-label=\"Unmute\">\n")
        .own(icons::SOUND)
        .own("\n</button>\n<button class=\"kg-video-mute-icon kg-video-hide\" aria-label=\"Mute\">\n")
        .own(icons::SILENCE)
        .own("\n</button>\n<input type=\"range\" class=\"kg-video-volume-slider\" max=\"100\" value=\"100\">\n")
        .own("</div>\n</div>\n</div>\n")
        .with(|card| match caption.is_empty() {
            true => card,
            false => card.own("<figcaption>").html(&caption, Allowed::Blocks).own("</figcaption>"),
        })
        .own("\n</figure>")
        .finish(out);
}

fn minutes_and_seconds(seconds: f64) -> String {
    let minutes = (seconds / 60.0).floor();
    let rest = number_text((seconds - minutes * 60.0).floor());
    format!("{}:{rest:0>2}", number_text(minutes))
}
