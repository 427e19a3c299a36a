//! Writing into HTML and style sheets, escaped for the place.

use crate::markup::escape;

/// ` name="value"`, escaped as Handlebars escapes.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    push_raw_attribute(out, name, &escape(value));
}

/// ` name="value"` with only that escaped which would end or change the value. For addresses and the like, which
/// Ghost prints as they are: `?v=` stays legible.
pub(super) fn push_plain_attribute(out: &mut String, name: &str, value: &str) {
    if !value.contains(['&', '<', '>', '"']) {
        return push_raw_attribute(out, name, value);
    }
    let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    push_raw_attribute(out, name, &value);
}

fn push_raw_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(value);
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
        out.clear();
        push_plain_attribute(&mut out, "src", "/a.js?v=1&\"><b>");
        assert_eq!(out, " src=\"/a.js?v=1&amp;&quot;&gt;&lt;b&gt;\"");
    }

    #[test]
    fn nothing_leaves_its_rule() {
        let mut out = String::new();
        push_css_value(&mut out, "red;}</style><script>");
        assert_eq!(out, "red/stylescript");
    }
}
