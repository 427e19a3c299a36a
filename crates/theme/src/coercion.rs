//! Values as JavaScript turns them into text, numbers and comparisons: what Ghost's helpers rely on.

use std::borrow::Cow;
use std::cmp::Ordering;

use handlebars::{Arena, Value};

/// `String(value)`.
pub fn text<'a>(value: Value<'a>) -> Cow<'a, str> {
    match value.without_fields() {
        Value::Undefined => Cow::Borrowed("undefined"),
        Value::Null => Cow::Borrowed("null"),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        Value::Number(number) => Cow::Owned(number_text(number)),
        Value::Text(text) | Value::Safe(text) => Cow::Borrowed(text),
        Value::List(items) => Cow::Owned(join(items.iter().copied(), ",")),
        Value::Object(_) => Cow::Borrowed("[object Object]"),
    }
}

/// `list.join(separator)`: undefined and null are empty.
pub fn join<'a>(items: impl Iterator<Item = Value<'a>>, separator: &str) -> String {
    let mut out = String::new();
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        if !item.is_absent() {
            out.push_str(&text(item));
        }
    }
    out
}

/// A number as JavaScript prints it.
pub fn number_text(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}

/// `parseInt(value, 10)`; none for NaN.
pub fn integer(value: Value<'_>) -> Option<i64> {
    let text = text(value);
    let text = text.trim_start();
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let end = digits.find(|char: char| !char.is_ascii_digit()).unwrap_or(digits.len());
    // far beyond any list there is no difference between numbers
    let number: f64 = digits.get(..end)?.parse().ok()?;
    Some((sign * number.min(9e15)) as i64)
}

/// `Number(value)` for what can stand in a comparison.
fn number(value: Value<'_>) -> f64 {
    match value {
        Value::Undefined | Value::Object(_) => f64::NAN,
        Value::Null => 0.0,
        Value::Bool(bool) => f64::from(u8::from(bool)),
        Value::Number(number) => number,
        Value::Text(text) | Value::Safe(text) => number_of_text(text),
        Value::List(_) => number_of_text(&text(value)),
    }
}

fn number_of_text(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust reads names such as "inf" that JavaScript does not
        _ if text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E')) =>
        {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// `one === other`.
pub fn same<'a>(one: Value<'a>, other: Value<'a>) -> bool {
    match (one, other) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => one == other,
        (Value::Text(one), Value::Text(other)) => one == other,
        (Value::List(one), Value::List(other)) => std::ptr::eq(one, other),
        (Value::Object(one), Value::Object(other)) => std::ptr::addr_eq(one, other),
        _ => false,
    }
}

/// `one < other` and its kin: texts by UTF-16 units, else as numbers; none when they cannot be compared.
pub fn compare<'a>(one: Value<'a>, other: Value<'a>) -> Option<Ordering> {
    if let (Value::Text(one), Value::Text(other)) = (one, other) {
        return Some(one.encode_utf16().cmp(other.encode_utf16()));
    }
    number(one).partial_cmp(&number(other))
}

/// lodash's `isEmpty`: texts, lists and objects without content, and all numbers and booleans.
pub fn is_empty<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    match value.without_fields() {
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::Text(text) => text.is_empty(),
        // an object with one field, `string`
        Value::Safe(_) => false,
        Value::List(items) => items.is_empty(),
        Value::Object(object) => object.keys(arena).is_empty(),
    }
}
