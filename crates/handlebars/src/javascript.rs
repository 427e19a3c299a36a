//! JavaScript's ways with characters, numbers and comparisons, where templates show them.

use crate::arena::Arena;
use crate::error::{Error, Kind};
use crate::value::Value;

/// What `\s` matches.
pub(crate) fn is_space(char: char) -> bool {
    match char {
        '\u{85}' => false,
        '\u{feff}' => true,
        _ => char.is_whitespace(),
    }
}

/// `Number` as JavaScript prints it.
pub(crate) fn push_number(number: f64, out: &mut String) {
    out.push_str(ryu_js::Buffer::new().format(number));
}

/// How deep lists inside lists are printed.
const MAX_LISTS: u32 = 100;

/// Appends the text that JavaScript's `'' + value` gives, absent values as nothing.
///
/// Errors: an object with a field `toString` has no text; lists nested too deep; more than `max` bytes.
pub(crate) fn push_text<'a>(
    value: Value<'a>,
    arena: &'a Arena,
    out: &mut String,
    max: usize,
) -> Result<(), Error> {
    push_nested(value, arena, out, max, 0)
}

fn push_nested<'a>(
    value: Value<'a>,
    arena: &'a Arena,
    out: &mut String,
    max: usize,
    depth: u32,
) -> Result<(), Error> {
    match value.without_fields() {
        Value::Undefined | Value::Null => {}
        Value::Bool(bool) => out.push_str(if bool { "true" } else { "false" }),
        Value::Number(number) => push_number(number, out),
        Value::Text(text) | Value::Safe(text) => out.push_str(text),
        Value::Object(object) => {
            if !matches!(object.get("toString", arena), Value::Undefined) {
                return Err(Error::new(Kind::Helper, "Cannot convert object to primitive value"));
            }
            out.push_str("[object Object]");
        }
        Value::List(_) if depth == MAX_LISTS => {
            return Err(Error::new(Kind::Limit, "lists are nested too deep to be printed"));
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                push_nested(*item, arena, out, max, depth + 1)?;
                if out.len() > max {
                    return Err(Error::new(Kind::Limit, "the output is too long"));
                }
            }
        }
    }
    Ok(())
}

/// The name of the field that `object[value]` means.
pub(crate) fn property_name<'a>(value: Value<'a>, arena: &'a Arena) -> Result<&'a str, Error> {
    match value {
        Value::Text(text) | Value::Safe(text) => Ok(text),
        Value::Undefined => Ok("undefined"),
        Value::Null => Ok("null"),
        Value::Bool(true) => Ok("true"),
        Value::Bool(false) => Ok("false"),
        _ => {
            let mut text = String::new();
            push_text(value, arena, &mut text, 1 << 20)?;
            Ok(arena.text(&text))
        }
    }
}

/// `a == b`, with two equal signs.
///
/// Errors: an object that has no text is compared with one.
pub(crate) fn loosely_equal<'a>(a: Value<'a>, b: Value<'a>, arena: &'a Arena) -> Result<bool, Error> {
    Ok(match (a, b) {
        (Value::Undefined | Value::Null, Value::Undefined | Value::Null) => true,
        (Value::Undefined | Value::Null, _) | (_, Value::Undefined | Value::Null) => false,
        // The type counts too: the first field of a thing has the address of the thing.
        (Value::Object(a), Value::Object(b)) => std::ptr::eq(a, b),
        (Value::List(a), Value::List(b)) => std::ptr::eq(a, b),
        (Value::Safe(a), Value::Safe(b)) => std::ptr::eq(a, b),
        (Value::Text(a), Value::Text(b)) => a == b,
        (a, b) => match (is_thing(a), is_thing(b)) {
            (true, true) => false,
            (true, false) => loosely_equal(Value::Text(property_name(a, arena)?), b, arena)?,
            (false, true) => loosely_equal(a, Value::Text(property_name(b, arena)?), arena)?,
            (false, false) => to_number(a) == to_number(b),
        },
    })
}

/// What JavaScript holds for an object.
fn is_thing(value: Value<'_>) -> bool {
    matches!(value, Value::Object(_) | Value::List(_) | Value::Safe(_))
}

fn to_number(value: Value<'_>) -> f64 {
    match value {
        Value::Bool(bool) => f64::from(u8::from(bool)),
        Value::Number(number) => number,
        Value::Text(text) => text_to_number(text.trim_matches(is_space)),
        _ => f64::NAN,
    }
}

fn text_to_number(text: &str) -> f64 {
    let radix = |digits: &str, radix: u32| match digits.starts_with(['+', '-']) {
        true => f64::NAN,
        false => u64::from_str_radix(digits, radix).map_or(f64::NAN, |number| number as f64),
    };
    match text.as_bytes() {
        [] => 0.0,
        [b'0', b'x' | b'X', ..] => radix(text.get(2..).unwrap_or_default(), 16),
        [b'0', b'o' | b'O', ..] => radix(text.get(2..).unwrap_or_default(), 8),
        [b'0', b'b' | b'B', ..] => radix(text.get(2..).unwrap_or_default(), 2),
        _ => {
            let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
            let plain =
                unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
            if plain || unsigned == "Infinity" { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
        }
    }
}

/// `parseInt(text, 10)`.
pub(crate) fn parse_int(text: &str) -> Option<i64> {
    let text = text.trim_start_matches(is_space);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|char: char| !char.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse::<i64>().ok().map(|number| sign * number)
}

/// Appends `text` with the characters escaped that Handlebars escapes.
pub(crate) fn push_escaped(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            b'`' => "&#x60;",
            b'=' => "&#x3D;",
            _ => continue,
        };
        // The characters are ASCII, so both ends are boundaries.
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
}
