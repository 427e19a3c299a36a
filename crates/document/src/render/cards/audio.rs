//! A sound with our own controls, which the cards' script brings to life.

use crate::escape;
use crate::json::Json;

use super::{Node, attribute, icons, is_blank};

pub(super) fn render(out: &mut String, node: Node<'_, '_>) {
    let src = node.text("src", "");
    if is_blank(&src) {
        return;
    }
    let thumbnail = node.text("thumbnailSrc", "");
    let (hide_picture, hide_note) =
        if thumbnail.is_empty() { (" kg-audio-hide", "") } else { ("", " kg-audio-hide") };
    out.push_str("<div class=\"kg-card kg-audio-card\"><img");
    attribute(out, "src", &thumbnail);
    out.push_str(" alt=\"audio-thumbnail\" class=\"kg-audio-thumbnail");
    out.push_str(hide_picture);
    out.push_str("\"><div class=\"kg-audio-thumbnail placeholder");
    out.push_str(hide_note);
    out.push_str("\">");
    out.push_str(icons::AUDIO_NOTE);
    out.push_str("</div><div class=\"kg-audio-player-container\"><audio");
    attribute(out, "src", &src);
    out.push_str(" preload=\"metadata\"></audio><div class=\"kg-audio-title\">");
    escape::text(out, &node.text("title", ""));
    out.push_str("</div><div class=\"kg-audio-player\">");
    button(out, "kg-audio-play-icon", "Play audio", icons::AUDIO_PLAY);
    button(out, "kg-audio-pause-icon kg-audio-hide", "Pause audio", icons::AUDIO_PAUSE);
    out.push_str("<span class=\"kg-audio-current-time\">0:00</span><div class=\"kg-audio-time\">/<span class=\"kg-audio-duration\">");
    escape::text(out, &node.get("duration").map_or("0".into(), Json::to_text));
    out.push_str(
        "</span></div><input type=\"range\" class=\"kg-audio-seek-slider\" max=\"100\" value=\"0\">",
    );
    button(out, "kg-audio-playback-rate", "Adjust playback speed", "1×");
    button(out, "kg-audio-unmute-icon", "Unmute", icons::AUDIO_SOUND);
    button(out, "kg-audio-mute-icon kg-audio-hide", "Mute", icons::AUDIO_SILENCE);
    out.push_str(
        "<input type=\"range\" class=\"kg-audio-volume-slider\" max=\"100\" value=\"100\"></div></div></div>",
    );
}

fn button(out: &mut String, class: &str, label: &str, inside: &str) {
    out.push_str("<button");
    attribute(out, "class", class);
    attribute(out, "aria-label", label);
    out.push('>');
    out.push_str(inside);
    out.push_str("</button>");
}
