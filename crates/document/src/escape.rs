//! Text made safe for html, exactly as browsers write it.

use memchr::{memchr, memchr3};

/// Appends text as content of an element.
pub(crate) fn text(out: &mut String, text: &str) {
    escape(out, text, b'<', |byte| match byte {
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "",
    });
}

/// Appends text as value of an attribute in double quotes.
pub(crate) fn attribute(out: &mut String, value: &str) {
    escape(out, value, b'"', |byte| if byte == b'"' { "&quot;" } else { "" });
}

fn escape(out: &mut String, text: &str, special: u8, reference: impl Fn(u8) -> &'static str) {
    let bytes = text.as_bytes();
    let needs_none =
        memchr3(b'&', special, 0xC2, bytes).is_none() && (special == b'"' || memchr(b'>', bytes).is_none());
    if needs_none {
        out.push_str(text);
        return;
    }
    let mut copied = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (written, length) = match byte {
            b'&' => ("&amp;", 1),
            // The first byte of the no-break space, and of other characters.
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => ("&nbsp;", 2),
            _ => (reference(*byte), 1),
        };
        if !written.is_empty() {
            out.push_str(&text[copied..at]);
            out.push_str(written);
            copied = at + length;
        }
    }
    out.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn escaping() {
        let mut out = String::new();
        super::text(&mut out, "a & <b> \"c\" \u{A0}©");
        super::attribute(&mut out, "|a & <b> \"c\" \u{A0}©");
        assert_eq!(out, "a &amp; &lt;b&gt; \"c\" &nbsp;©|a &amp; <b> &quot;c&quot; &nbsp;©");
    }
}
