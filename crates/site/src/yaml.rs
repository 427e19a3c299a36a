//! YAML files of a publication as a tree in which every value knows its line.
//!
//! The parser is the crate `saphyr`; this room bounds what it may be given, and turns its nodes into the few kinds
//! that settings are made of.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// Largest file that is read, in bytes. Ghost's own uploads are smaller by far.
const MAX_BYTES: usize = 1024 * 1024;
/// Deepest nesting that is read. The parser calls itself for each level.
const MAX_DEPTH: usize = 64;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its line, from 1.
    pub line: usize,
    /// What it is.
    pub value: Yaml,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Yaml {
    /// Nothing, as in `filter:`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Named values in the file's order, no name twice.
    Map(Vec<(String, Node)>),
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Fault {
    /// Where, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

impl Node {
    /// The value of a map's field; None where it is absent or nothing.
    pub fn field(&self, name: &str) -> Option<&Node> {
        let Yaml::Map(fields) = &self.value else { return None };
        fields.iter().find(|(key, _)| key == name).map(|(_, node)| node).filter(|node| !node.is_null())
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        self.value == Yaml::Null
    }

    /// What the owner wrote, for a sentence that says what is wrong with it.
    pub fn describe(&self) -> String {
        match &self.value {
            Yaml::Null => "nothing".into(),
            Yaml::Bool(value) => value.to_string(),
            Yaml::Number(value) => value.to_string(),
            Yaml::Text(text) if text.chars().count() > 40 => {
                format!("the text \"{}…\"", text.chars().take(40).collect::<String>())
            }
            Yaml::Text(text) => format!("the text \"{text}\""),
            Yaml::List(_) => "a list".into(),
            Yaml::Map(_) => "a map".into(),
        }
    }
}

/// Reads a file of one document; an empty one is nothing.
///
/// Errors: the line and what is wrong there: no YAML, a name twice in a map, too large, nested too deeply, aliases that
/// grow without end.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(Fault { line: 1, message: format!("the file is larger than {MAX_BYTES} bytes") });
    }
    refuse_deep(text)?;
    // What is not closed is only missed behind the end; there is no line there to look at.
    let last = text.lines().count().max(1);
    let documents = MarkedYaml::load_from_str(text).map_err(|error| Fault {
        line: error.marker().line().clamp(1, last),
        message: error.info().to_owned(),
    })?;
    match documents.as_slice() {
        [] => Ok(Node { line: 1, value: Yaml::Null }),
        [document] => node(document, 1),
        [_, second, ..] => Err(Fault {
            line: second.span.start.line(),
            message: "a second document begins here; the file may hold only one".into(),
        }),
    }
}

/// Refuses what nests too deeply, before the parser sees it: brackets in one line, or a staircase of indents.
///
/// Counts brackets without regard to quotes, so a text with sixty-four brackets too many is refused as well; settings
/// have none.
fn refuse_deep(text: &str) -> Result<(), Fault> {
    let mut open = 0_usize;
    let mut indents: Vec<usize> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let body = line.trim_start_matches([' ', '-', '?', ':', '\t']);
        let marks = line.len() - body.len();
        // Every dash of `- - - x` opens a list.
        let dashes = line[..marks].bytes().filter(|byte| *byte != b' ').count();
        if !body.is_empty() && !body.starts_with('#') {
            while indents.last().is_some_and(|indent| *indent >= marks) {
                indents.pop();
            }
            indents.push(marks);
        }
        for byte in body.bytes() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > MAX_DEPTH {
                break;
            }
        }
        if open + indents.len() + dashes > MAX_DEPTH {
            return Err(Fault {
                line: index + 1,
                message: format!("nested more than {MAX_DEPTH} levels deep"),
            });
        }
    }
    Ok(())
}

/// `around` is the line of what it stands in: a value that was left out behind a tag has no place of its own.
fn node(marked: &MarkedYaml<'_>, around: usize) -> Result<Node, Fault> {
    let line = match marked.span.start.line() {
        0 => around,
        line => line,
    };
    let value = match &marked.data {
        YamlData::Value(scalar) => self::scalar(scalar),
        YamlData::Representation(text, ..) => Yaml::Text(text.to_string()),
        YamlData::Tagged(_, inner) => return node(inner, line),
        YamlData::Sequence(items) => {
            Yaml::List(items.iter().map(|item| node(item, line)).collect::<Result<_, _>>()?)
        }
        YamlData::Mapping(fields) => {
            let mut map = Vec::with_capacity(fields.len());
            for (key, value) in fields {
                let key = node(key, line)?;
                let name = match &key.value {
                    Yaml::Text(text) => text.clone(),
                    Yaml::Null => "null".into(),
                    Yaml::Bool(value) => value.to_string(),
                    Yaml::Number(value) => value.to_string(),
                    Yaml::List(_) | Yaml::Map(_) => {
                        return Err(Fault { line: key.line, message: "a name must be plain text".into() });
                    }
                };
                map.push((name, node(value, key.line)?));
            }
            Yaml::Map(map)
        }
        YamlData::Alias(_) | YamlData::BadValue => {
            return Err(Fault { line, message: "this value cannot be read".into() });
        }
    };
    Ok(Node { line, value })
}

fn scalar(scalar: &Scalar<'_>) -> Yaml {
    match scalar {
        Scalar::Null => Yaml::Null,
        Scalar::Boolean(value) => Yaml::Bool(*value),
        Scalar::Integer(value) => Yaml::Number(*value as f64),
        Scalar::FloatingPoint(value) => Yaml::Number(value.into_inner()),
        Scalar::String(text) => Yaml::Text(text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let root = parse("a: 1\nb:\n  - x\n  - 'true'\nc: true\nd:\n301: /x\n").unwrap();
        let Yaml::Map(fields) = &root.value else { panic!("{root:?}") };
        let seen: Vec<_> = fields.iter().map(|(name, node)| (name.as_str(), node.line)).collect();
        assert_eq!(seen, [("a", 1), ("b", 3), ("c", 5), ("d", 6), ("301", 7)]);
        assert_eq!(root.field("c").unwrap().value, Yaml::Bool(true));
        assert!(root.field("d").is_none());
        let Yaml::List(items) = &root.field("b").unwrap().value else { panic!() };
        assert_eq!(items[1], Node { line: 4, value: Yaml::Text("true".into()) });
    }

    #[test]
    fn what_was_left_out_behind_a_tag_has_the_line_of_its_name() {
        let root = parse("a: 1\nb:\n  c: !\n").unwrap();
        assert_eq!(root.field("b").unwrap().line, 3);
        let Yaml::Map(fields) = &root.field("b").unwrap().value else { panic!() };
        assert_eq!(fields[0].1.line, 3);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, line) in [
            ("a: 1\na: 2\n", 2),
            ("a: [1, 2\nb: 3\n", 2),
            ("a: 1\n---\nb: 2\n", 3),
            ("x: *nowhere\n", 1),
            (&*"[".repeat(100_000), 1),
            (&*"- ".repeat(100_000), 1),
            (&*"{a: ".repeat(100_000), 1),
            (&*(0..200).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>(), 65),
        ] {
            let fault = parse(text).expect_err(&text[..text.len().min(40)]);
            assert_eq!(fault.line, line, "{fault}");
        }
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let one = format!("*a{}, ", n - 1);
            bomb.push_str(&format!("a{n}: &a{n} [{}]\n", one.repeat(9).trim_end_matches(", ")));
        }
        assert!(parse(&bomb).is_err());
    }
}
