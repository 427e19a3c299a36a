//! JSON as values of the template language, without copying it.

use handlebars::{Arena, Object, Value};
use serde_json::Value as Json;

/// The value that `json` is. Fields are looked up when a template asks for them.
pub fn value<'a>(json: &'a Json, arena: &'a Arena) -> Value<'a> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(*bool),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Value::Text(text),
        Json::Array(items) => arena.list(items.iter().map(|item| value(item, arena))),
        Json::Object(fields) => Value::Object(arena.put(JsonObject { fields })),
    }
}

#[derive(Clone, Copy)]
struct JsonObject<'a> {
    fields: &'a serde_json::Map<String, Json>,
}

impl<'a> Object<'a> for JsonObject<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        self.fields.get(name).map_or(Value::Undefined, |field| value(field, arena))
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(self.fields.keys().map(String::as_str))
    }
}

/// Deepest nesting that is written; nothing a theme sees goes so far.
const DEEPEST: usize = 64;

/// Writes a value as `JSON.stringify` does. False when it writes nothing, as for undefined.
pub fn write<'a>(value: Value<'a>, arena: &'a Arena, out: &mut String) -> bool {
    write_at(value, arena, out, 0)
}

fn write_at<'a>(value: Value<'a>, arena: &'a Arena, out: &mut String, depth: usize) -> bool {
    match value.without_fields() {
        Value::Undefined => return false,
        Value::Null => out.push_str("null"),
        Value::Bool(bool) => out.push_str(if bool { "true" } else { "false" }),
        Value::Number(number) if number.is_finite() => out.push_str(&crate::coercion::number_text(number)),
        Value::Number(_) => out.push_str("null"),
        Value::Text(text) => write_text(text, out),
        // a safe text is an object with one field
        Value::Safe(text) => {
            out.push_str("{\"string\":");
            write_text(text, out);
            out.push('}');
        }
        _ if depth > DEEPEST => out.push_str("null"),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                if !write_at(*item, arena, out, depth + 1) {
                    out.push_str("null");
                }
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            let mut first = true;
            for key in object.keys(arena) {
                let start = out.len();
                if !first {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                if write_at(object.get(key, arena), arena, out, depth + 1) {
                    first = false;
                } else {
                    out.truncate(start);
                }
            }
            out.push('}');
        }
    }
    true
}

/// A JSON string with what would end a script element written as escapes.
fn write_text(text: &str, out: &mut String) {
    use std::fmt::Write;
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' => out.push_str("\\u003C"),
            '>' => out.push_str("\\u003E"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            control if control < ' ' => _ = write!(out, "\\u{:04x}", u32::from(control)),
            other => out.push(other),
        }
    }
    out.push('"');
}
