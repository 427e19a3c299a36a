//! Json values that borrow from their text, and what JavaScript makes of them: the editor's documents rely on it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::utf16;

/// Values nested deeper than this are left out (they read as null). Ten levels of lists need 40.
pub(crate) const DEPTH_MAX: usize = 500;

/// A json value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Json<'a> {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// Keys in their order; of equal keys the last counts.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// Reads json. Half characters (`\ud83d` alone), which JavaScript allows, become U+FFFD.
    ///
    /// Errors: what is wrong with the json, with line and column.
    pub(crate) fn parse(text: &'a str) -> Result<Json<'a>, String> {
        match read(text) {
            Err(problem)
                if problem.contains("surrogate") || problem.contains("unexpected end of hex escape") =>
            {
                read(&without_half_characters(text)).map(Json::into_owned)
            }
            other => other,
        }
    }

    fn into_owned(self) -> Json<'static> {
        match self {
            Json::Null => Json::Null,
            Json::Bool(value) => Json::Bool(value),
            Json::Number(value) => Json::Number(value),
            Json::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
            Json::List(list) => Json::List(list.into_iter().map(Json::into_owned).collect()),
            Json::Object(members) => Json::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned()))
                    .collect(),
            ),
        }
    }

    /// The member of that name, unless it is absent or null.
    pub(crate) fn get(&self, name: &str) -> Option<&Json<'a>> {
        let Json::Object(members) = self else { return None };
        members
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
            .filter(|value| **value != Json::Null)
    }

    /// The member, if it is text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The member's items; none if it is no list.
    pub(crate) fn items(&self, name: &str) -> &[Json<'a>] {
        match self.get(name) {
            Some(Json::List(items)) => items,
            _ => &[],
        }
    }

    /// Whether JavaScript takes it for true.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Json::Null => false,
            Json::Bool(value) => *value,
            Json::Number(value) => *value != 0.0 && !value.is_nan(),
            Json::Text(text) => !text.is_empty(),
            Json::List(_) | Json::Object(_) => true,
        }
    }

    /// `String(value)`.
    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        match self {
            Json::Null => Cow::Borrowed("null"),
            Json::Bool(true) => Cow::Borrowed("true"),
            Json::Bool(false) => Cow::Borrowed("false"),
            Json::Number(value) => Cow::Owned(number_text(*value)),
            Json::Text(text) => Cow::Borrowed(text),
            Json::List(items) => {
                let texts: Vec<_> = items
                    .iter()
                    .map(|item| if *item == Json::Null { "".into() } else { item.to_text() })
                    .collect();
                Cow::Owned(texts.join(","))
            }
            Json::Object(_) => Cow::Borrowed("[object Object]"),
        }
    }

    /// `Number(value)`.
    pub(crate) fn to_number(&self) -> f64 {
        match self {
            Json::Null => 0.0,
            Json::Bool(value) => f64::from(u8::from(*value)),
            Json::Number(value) => *value,
            Json::Text(text) => parse_number(text),
            Json::List(_) => parse_number(&self.to_text()),
            Json::Object(_) => f64::NAN,
        }
    }
}

/// A number as JavaScript prints it.
pub(crate) fn number_text(value: f64) -> String {
    ryu_js::Buffer::new().format(value).to_owned()
}

/// A number as JavaScript's `Number(text)` reads it; only decimal forms.
pub(crate) fn parse_number(text: &str) -> f64 {
    let text = utf16::trim(text);
    if text.is_empty() {
        return 0.0;
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if plain { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

fn read(text: &str) -> Result<Json<'_>, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // Depth is bounded by the seed instead, so that one deep corner does not lose the whole document.
    deserializer.disable_recursion_limit();
    let value = Seed { depth: 0 }.deserialize(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    Ok(value)
}

/// The text with `\uD83D` and the like replaced where the other half is missing.
fn without_half_characters(text: &str) -> String {
    let bytes = text.as_bytes();
    let unit_at = |at: usize| -> Option<u16> {
        if bytes.get(at..at + 2)? != b"\\u" {
            return None;
        }
        u16::from_str_radix(text.get(at + 2..at + 6)?, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        at += found;
        match unit_at(at) {
            Some(0xD800..=0xDBFF) if matches!(unit_at(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                out.push_str(&text[copied..at]);
                out.push_str("\\uFFFD");
                at += 6;
                copied = at;
            }
            // The escaped character may be a backslash itself.
            _ => at = (at + 2).min(bytes.len()),
        }
    }
    out.push_str(&text[copied..]);
    out
}

struct Seed {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        if self.depth > DEPTH_MAX {
            deserializer.deserialize_ignored_any(IgnoredAny)?;
            return Ok(Json::Null);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("json")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed { depth: self.depth + 1 })? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key_seed(Seed { depth: self.depth })? {
            let Json::Text(key) = key else { continue };
            members.push((key, map.next_value_seed(Seed { depth: self.depth + 1 })?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_characters() {
        let half = Json::parse(r#"["\ud83d", "a\\\ud83d\ude00", "\\ud83d", "\udc00x"]"#).unwrap();
        assert_eq!(half.to_text(), "\u{FFFD},a\\😀,\\ud83d,\u{FFFD}x");
    }

    #[test]
    fn deep_values_are_left_out() {
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Json::parse(&deep).is_ok());
        assert!(Json::parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn javascript() {
        assert_eq!(Json::Number(1e21).to_text(), "1e+21");
        assert_eq!(Json::Number(75.0).to_text(), "75");
        assert_eq!(Json::List(vec![Json::Null, Json::Bool(true)]).to_text(), ",true");
        assert_eq!(Json::Text(" 12 ".into()).to_number(), 12.0);
        assert!(Json::Text("12px".into()).to_number().is_nan());
    }
}
