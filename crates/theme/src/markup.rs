//! Text made safe for HTML, as Handlebars escapes it.

use std::borrow::Cow;

/// The text with `& < > " ' ` =` as entities.
pub fn escape(text: &str) -> Cow<'_, str> {
    replaced(text, |byte| {
        Some(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            b'`' => "&#x60;",
            b'=' => "&#x3D;",
            _ => return None,
        })
    })
}

/// The text with `& < > " '` as entities, in the form that excerpts have.
pub fn escape_excerpt(text: &str) -> Cow<'_, str> {
    replaced(text, |byte| {
        Some(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => return None,
        })
    })
}

fn replaced(text: &str, entity: impl Fn(u8) -> Option<&'static str>) -> Cow<'_, str> {
    let Some(first) = text.bytes().position(|byte| entity(byte).is_some()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 32);
    let mut start = 0;
    // all replaced bytes are characters of their own, so that the pieces between them are whole texts
    for (at, byte) in text.bytes().enumerate().skip(first) {
        if let Some(entity) = entity(byte) {
            out.push_str(text.get(start..at).unwrap_or(""));
            out.push_str(entity);
            start = at + 1;
        }
    }
    out.push_str(text.get(start..).unwrap_or(""));
    Cow::Owned(out)
}
