//! Writing into HTML and style sheets, escaped for the place.

/// Appends `text` for use as text or inside quotes, escaped as Handlebars escapes.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '`', '=']) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(match special.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            Some(b'\'') => "&#x27;",
            Some(b'`') => "&#x60;",
            _ => "&#x3D;",
        });
        rest = special.get(1..).unwrap_or("");
    }
    out.push_str(rest);
}

/// ` name="value"`, escaped.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value);
    out.push('"');
}

/// Appends `text` as a value in a style sheet. What could end the value, the rule or the element is left out; no
/// colour has need of it.
pub(super) fn push_css_value(out: &mut String, text: &str) {
    out.extend(
        text.chars().filter(|c| !matches!(c, '<' | '>' | '{' | '}' | ';' | '\\' | '"' | '\'' | '\n' | '\r')),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_quotes() {
        let mut out = String::new();
        push_attribute(&mut out, "content", "a\"><script>'`=&é");
        assert_eq!(out, " content=\"a&quot;&gt;&lt;script&gt;&#x27;&#x60;&#x3D;&amp;é\"");
    }

    #[test]
    fn nothing_leaves_its_rule() {
        let mut out = String::new();
        push_css_value(&mut out, "red;}</style><script>");
        assert_eq!(out, "red/stylescript");
    }
}
