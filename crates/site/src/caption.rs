//! Captions of feature images: the few inline elements that Ghost lets through to themes (`a b i span`, with `href`
//! and `style`). Everything else goes, its text stays; scripts and styles go with their text.

/// Elements that stay.
const ELEMENTS: [&str; 4] = ["a", "b", "i", "span"];
/// Elements that go with all they contain.
const SWALLOWED: [&str; 5] = ["script", "style", "textarea", "option", "noscript"];
/// Schemes that a link may have.
const SCHEMES: [&str; 5] = ["http", "https", "ftp", "mailto", "tel"];

/// The caption with nothing in it but text and harmless inline elements. Unclosed elements are closed.
pub fn clean(caption: &str) -> String {
    let mut out = String::with_capacity(caption.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut rest = caption;
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut out);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let closing = rest.starts_with("</");
        let after = &rest[if closing { 2 } else { 1 }..];
        let name_len = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        if name_len == 0 || !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // A sign that begins no element is text.
            out.push_str("&lt;");
            rest = &rest[1..];
            continue;
        }
        let name = after[..name_len].to_ascii_lowercase();
        let Some((attributes, tail)) = tag_end(&after[name_len..]) else {
            rest = "";
            break;
        };
        rest = tail;
        if SWALLOWED.contains(&name.as_str()) {
            if !closing {
                let end = format!("</{name}");
                rest = find_ignoring_case(rest, &end).map_or("", |at| {
                    let after = &rest[at..];
                    after.find('>').map_or("", |end| &after[end + 1..])
                });
            }
            continue;
        }
        let Some(known) = ELEMENTS.iter().find(|element| **element == name) else { continue };
        if closing {
            if let Some(position) = open.iter().rposition(|element| element == known) {
                for element in open.drain(position..).rev() {
                    out.push_str("</");
                    out.push_str(element);
                    out.push('>');
                }
            }
            continue;
        }
        out.push('<');
        out.push_str(known);
        for (name, value) in attributes {
            let allowed = match name.as_str() {
                "href" => is_harmless(&value),
                "style" => !value.to_ascii_lowercase().contains("javascript"),
                _ => false,
            };
            if allowed {
                out.push(' ');
                out.push_str(&name);
                out.push_str("=\"");
                out.push_str(&value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"));
                out.push('"');
            }
        }
        out.push('>');
        open.push(known);
    }
    text(rest, &mut out);
    for element in open.into_iter().rev() {
        out.push_str("</");
        out.push_str(element);
        out.push('>');
    }
    out
}

fn text(text: &str, out: &mut String) {
    for piece in text.split_inclusive('>') {
        match piece.strip_suffix('>') {
            Some(before) => {
                out.push_str(before);
                out.push_str("&gt;");
            }
            None => out.push_str(piece),
        }
    }
}

fn find_ignoring_case(text: &str, lower: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(lower)
}

/// Names and values.
type Attributes = Vec<(String, String)>;

/// Reads attributes up to the end of a tag; None when the tag does not end.
fn tag_end(mut rest: &str) -> Option<(Attributes, &str)> {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(tail) = rest.strip_prefix('>') {
            return Some((attributes, tail));
        }
        let name_len = rest
            .char_indices()
            .find(|(at, c)| *at > 0 && matches!(c, '=' | '>' | '/' | ' ' | '\t' | '\n' | '\r' | '\u{c}'))?
            .0;
        let name = rest[..name_len].to_ascii_lowercase();
        rest = rest[name_len..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            attributes.push((name, String::new()));
            continue;
        };
        let value = value.trim_start();
        let (value, tail) = match value.chars().next()? {
            quote @ ('"' | '\'') => {
                let inner = &value[1..];
                let end = inner.find(quote)?;
                (&inner[..end], &inner[end + 1..])
            }
            _ => {
                let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
                (&value[..end], &value[end..])
            }
        };
        attributes.push((name, value.to_owned()));
        rest = tail;
    }
}

/// Whether an address, as written in HTML, runs nothing: relative, or of a known scheme.
///
/// What is written with an entity in its scheme is refused: no honest address is.
fn is_harmless(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let head = plain.split(['/', '?', '#']).next().unwrap_or_default();
    if head.contains('&') {
        return false;
    }
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_stays_and_what_goes() {
        let cases = [
            (
                "Photo: <a href=\"https://example.com/a?b=1&amp;c=2\">Ada</a>",
                "Photo: <a href=\"https://example.com/a?b=1&amp;c=2\">Ada</a>",
            ),
            ("<b>bold</b> <em>em</em> <script>x()</script>end", "<b>bold</b> em end"),
            ("<a href=\"javascript:alert(1)\" onclick=\"x\">y</a>", "<a>y</a>"),
            ("<a href=\"java&#115;cript:alert(1)\">y</a>", "<a>y</a>"),
            ("<a href=' java\tscript:x'>y", "<a>y</a>"),
            (
                "<span style=\"white-space: pre-wrap;\">a</span> & b",
                "<span style=\"white-space: pre-wrap;\">a</span> & b",
            ),
            ("a < b > c", "a &lt; b &gt; c"),
            ("<b><i>x</b>", "<b><i>x</i></b>"),
            ("<img src=x onerror=alert(1)>", ""),
            ("<b", ""),
            ("<SCRIPT>ä</ScRiPt >ok", "ok"),
        ];
        for (given, expected) in cases {
            assert_eq!(clean(given), expected, "{given}");
        }
    }
}
