//! Writing JSON into a script element: laid out as Ghost lays it out, and never able to close the element.
//! Knows nothing of what is written.

/// Writes one object or list. Dropping it without [`Json::close`] leaves it open.
pub(super) struct Json<'o> {
    out: &'o mut String,
    depth: usize,
    empty: bool,
}

impl<'o> Json<'o> {
    /// An object at the outermost level, filled by `fill`.
    pub(super) fn document(out: &'o mut String, fill: impl FnOnce(&mut Json<'_>)) {
        inside(out, 1, '{', '}', fill);
    }

    /// A field of text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        push_string(self.out, value);
    }

    /// A field of text, if there is one.
    pub(super) fn text_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// A whole number.
    pub(super) fn number(&mut self, name: &str, value: u32) {
        self.name(name);
        self.out.push_str(&value.to_string());
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.name(name);
        self.out.push_str(if value { "true" } else { "false" });
    }

    /// A field that is there and holds nothing.
    pub(super) fn null(&mut self, name: &str) {
        self.name(name);
        self.out.push_str("null");
    }

    /// A field that is an object.
    pub(super) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Json<'_>)) {
        self.name(name);
        inside(self.out, self.depth + 1, '{', '}', fill);
    }

    /// A field that is a list.
    pub(super) fn list(&mut self, name: &str, fill: impl FnOnce(&mut Json<'_>)) {
        self.name(name);
        inside(self.out, self.depth + 1, '[', ']', fill);
    }

    /// A text in a list.
    pub(super) fn item(&mut self, value: &str) {
        self.line();
        push_string(self.out, value);
    }

    /// An object in a list.
    pub(super) fn object_item(&mut self, fill: impl FnOnce(&mut Json<'_>)) {
        self.line();
        inside(self.out, self.depth + 1, '{', '}', fill);
    }

    fn name(&mut self, name: &str) {
        self.line();
        push_string(self.out, name);
        self.out.push_str(": ");
    }

    fn line(&mut self) {
        self.out.push_str(if self.empty { "\n" } else { ",\n" });
        self.empty = false;
        indent(self.out, self.depth);
    }
}

fn inside(out: &mut String, depth: usize, open: char, close: char, fill: impl FnOnce(&mut Json<'_>)) {
    out.push(open);
    let mut json = Json { out, depth, empty: true };
    fill(&mut json);
    if !json.empty {
        json.out.push('\n');
        indent(json.out, depth - 1);
    }
    json.out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    for _ in 0..depth {
        out.push_str("    ");
    }
}

/// Appends a JSON string. `<` and `>` are escaped, so that neither `</script` nor `<!--` can come about, and the two
/// line separators that older scripts take for line ends.
fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout() {
        let mut out = String::new();
        Json::document(&mut out, |json| {
            json.text("name", "a");
            json.list("none", |_| {});
            json.list("some", |list| {
                list.item("b");
                list.object_item(|json| json.number("width", 3));
            });
            json.text_if("absent", None);
            json.null("nothing");
        });
        let expected = "{\n    \"name\": \"a\",\n    \"none\": [],\n    \"some\": [\n        \"b\",\n        {\n            \
                        \"width\": 3\n        }\n    ],\n    \"nothing\": null\n}";
        assert_eq!(out, expected);
    }

    #[test]
    fn nothing_closes_the_script() {
        let mut out = String::new();
        let hostile = "</script><!-- \u{2028}\u{2029}\u{1}\"\\\n & é";
        Json::document(&mut out, |json| json.text("t", hostile));
        assert!(!out.contains('<') && !out.contains('>') && !out.contains('\u{2028}'));
        let back: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(back["t"], hostile);
    }
}
