//! Messages with places for values, in the ICU language as `{{t}}` understands it.
//!
//! Source: the grammar of intl-messageformat-parser 2.1 (no tags, `#` only in the first text of a plural's form), and
//! the formatting of intl-messageformat 5.

use std::borrow::Cow;

use handlebars::{Arena, Value};

use crate::coercion;
use crate::dates::{self, Language};
use crate::numbers::Numbers;

/// A message read once.
#[derive(Debug, PartialEq)]
pub struct Message {
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Argument(String),
    Number { name: String, style: Option<String> },
    Date { name: String, style: Option<String>, time: bool },
    Select { name: String, options: Vec<(String, Vec<Part>)> },
    Plural { name: String, ordinal: bool, offset: f64, options: Vec<(String, Vec<Part>)> },
}

/// A message that cannot be read, or cannot be filled.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The message itself is malformed, from this byte on. A theme's author has to mend it.
    #[error("malformed message at character {0}: expected text, {{name}}, a plural or a select")]
    Malformed(usize),
    /// A value that the message names was not given, or no form fits it. Ghost prints "An error occurred".
    #[error("the message needs a value for {{{0}}}")]
    Unfilled(String),
}

/// Forms inside each other that are still read.
const DEEPEST: usize = 20;

impl Message {
    /// Reads a message.
    pub fn parse(text: &str) -> Result<Self, MessageError> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let mut parts = reader.parts()?;
        if reader.at < text.len() {
            return Err(reader.error());
        }
        put_numbers_in_plurals(&mut parts);
        Ok(Self { parts })
    }

    /// The message with its values. A message that is one argument alone is that value itself.
    pub fn format<'a>(
        &self,
        arena: &'a Arena,
        locale: &str,
        values: &[(&'a str, Value<'a>)],
    ) -> Result<Value<'a>, MessageError> {
        if let [Part::Argument(name)] = self.parts.as_slice() {
            let value = find(values, name)?;
            return Ok(if value.is_truthy() || matches!(value, Value::Number(_)) {
                value
            } else {
                Value::Text("")
            });
        }
        let mut out = String::new();
        write(&self.parts, locale, values, &mut out)?;
        Ok(Value::Text(arena.text(&out)))
    }
}

fn find<'a>(values: &[(&'a str, Value<'a>)], name: &str) -> Result<Value<'a>, MessageError> {
    let found = values.iter().find(|(given, _)| *given == name);
    found.map(|(_, value)| *value).ok_or_else(|| MessageError::Unfilled(name.to_owned()))
}

fn write<'a>(
    parts: &[Part],
    locale: &str,
    values: &[(&'a str, Value<'a>)],
    out: &mut String,
) -> Result<(), MessageError> {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(&text.replace("\\#", "#")),
            Part::Argument(name) => {
                let value = find(values, name)?;
                if value.is_truthy() || matches!(value, Value::Number(_)) {
                    out.push_str(&coercion::text(value));
                }
            }
            Part::Number { name, style } => {
                let number = number_of(find(values, name)?);
                let numbers = Numbers::of(locale).or_else(|| Numbers::of("en"));
                let text = numbers.map(|numbers| match style.as_deref() {
                    Some("percent") => numbers.percent(number),
                    _ => numbers.format(number),
                });
                out.push_str(&text.unwrap_or_default());
            }
            Part::Date { name, style, time } => {
                let value = find(values, name)?;
                let language = Language::of(locale);
                let format = match (time, style.as_deref()) {
                    (false, Some("short")) => "l",
                    (false, Some("medium")) => "ll",
                    (false, Some("long")) => "LL",
                    (false, Some("full")) => "dddd, LL",
                    (false, _) => "l",
                    (true, Some("short")) => "LT",
                    (true, _) => "LTS",
                };
                let when = dates::parse(&coercion::text(value)).or_else(|| {
                    let at = jiff::Timestamp::from_millisecond(value.as_number()? as i64).ok()?;
                    Some(at.to_zoned(jiff::tz::TimeZone::UTC))
                });
                let when = when.ok_or_else(|| MessageError::Unfilled(name.clone()))?;
                out.push_str(&dates::format(&when, language, format));
            }
            Part::Select { name, options } => {
                let value = coercion::text(find(values, name)?);
                let form = option(options, &value).or_else(|| option(options, "other"));
                write(form.ok_or_else(|| MessageError::Unfilled(name.clone()))?, locale, values, out)?;
            }
            Part::Plural { name, ordinal, offset, options } => {
                let value = find(values, name)?;
                let exact = option(options, &format!("={}", coercion::text(value)));
                let form = exact.or_else(|| {
                    let numbers = Numbers::of(locale).or_else(|| Numbers::of("en"))?;
                    let rule = numbers.plural(number_of(value) - offset, *ordinal);
                    option(options, rule).or_else(|| option(options, "other"))
                });
                write(form.ok_or_else(|| MessageError::Unfilled(name.clone()))?, locale, values, out)?;
            }
        }
    }
    Ok(())
}

/// The last form of that name counts.
fn option<'o>(options: &'o [(String, Vec<Part>)], name: &str) -> Option<&'o [Part]> {
    options.iter().rev().find(|(given, _)| given == name).map(|(_, parts)| parts.as_slice())
}

fn number_of(value: Value<'_>) -> f64 {
    match value {
        Value::Number(number) => number,
        Value::Text(text) | Value::Safe(text) if !text.trim().is_empty() => {
            text.trim().parse().unwrap_or(f64::NAN)
        }
        Value::Text(_) | Value::Safe(_) | Value::Null => 0.0,
        Value::Bool(bool) => f64::from(u8::from(bool)),
        _ => f64::NAN,
    }
}

/// In each form of a plural, `#` in the first text that has one stands for the number.
fn put_numbers_in_plurals(parts: &mut [Part]) {
    for part in parts {
        let Part::Plural { name, options, .. } = part else { continue };
        for (_, form) in options {
            let found = form.iter().position(|part| matches!(part, Part::Text(text) if has_hash(text)));
            if let Some(at) = found
                && let Part::Text(text) = &form[at]
            {
                let split = split_at_hashes(text, name);
                form.splice(at..=at, split);
            }
            put_numbers_in_plurals(form);
        }
    }
}

fn has_hash(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| !text[..at].ends_with('\\'))
}

fn split_at_hashes(text: &str, name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('#') {
        // a `#` right after another one, or after a backslash, stays
        if text[..at].ends_with('\\') || (at > 0 && at == start) {
            continue;
        }
        if at > start {
            parts.push(Part::Text(text[start..at].to_owned()));
        }
        parts.push(Part::Number { name: name.to_owned(), style: None });
        start = at + 1;
    }
    if start < text.len() {
        parts.push(Part::Text(text[start..].to_owned()));
    }
    parts
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn error(&self) -> MessageError {
        MessageError::Malformed(self.at)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Result<(), MessageError> {
        if self.eat(token) { Ok(()) } else { Err(self.error()) }
    }

    fn blanks(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|char| !matches!(char, ' ' | '\t' | '\n' | '\r')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn parts(&mut self) -> Result<Vec<Part>, MessageError> {
        if self.depth > DEEPEST {
            return Err(self.error());
        }
        self.depth += 1;
        let mut parts = Vec::new();
        loop {
            let mut text = String::new();
            loop {
                text.push_str(self.blanks());
                let chars = self.chars()?;
                if chars.is_empty() {
                    break;
                }
                text.push_str(&chars);
            }
            if !text.is_empty() {
                parts.push(Part::Text(text));
            }
            if !self.rest().starts_with('{') {
                break;
            }
            parts.push(self.element()?);
        }
        self.depth -= 1;
        Ok(parts)
    }

    /// Characters of text: all but braces, blanks and control characters; a backslash only before what it may escape.
    fn chars(&mut self) -> Result<Cow<'t, str>, MessageError> {
        let rest = self.rest();
        let plain =
            |char: char| !matches!(char, '{' | '}' | '\\' | '\'' | ' ' | '\u{0}'..='\u{1f}' | '\u{7f}');
        let end = rest.find(|char| !plain(char)).unwrap_or(rest.len());
        self.at += end;
        if !self.rest().starts_with(['\\', '\'']) {
            return Ok(Cow::Borrowed(&rest[..end]));
        }
        let mut out = rest[..end].to_owned();
        while let Some(char) = self.rest().chars().next() {
            if self.eat("''") || self.eat("'") {
                out.push('\'');
            } else if self.eat("\\\\") {
                out.push('\\');
            } else if self.eat("\\#") {
                out.push_str("\\#");
            } else if self.eat("\\{") {
                out.push('{');
            } else if self.eat("\\}") {
                out.push('}');
            } else if self.eat("\\u") {
                let digits = self.rest().get(..4).ok_or_else(|| self.error())?;
                let code = u32::from_str_radix(digits, 16).map_err(|_| self.error())?;
                out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                self.at += 4;
            } else if plain(char) {
                out.push(char);
                self.at += char.len_utf8();
            } else if char == '\\' {
                return Err(self.error());
            } else {
                break;
            }
        }
        Ok(Cow::Owned(out))
    }

    fn name(&mut self) -> String {
        let rest = self.rest();
        let digits = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
        if digits > 0 {
            self.at += digits;
            let number = rest[..digits].trim_start_matches('0');
            return if number.is_empty() { "0".to_owned() } else { number.to_owned() };
        }
        let mut out = String::new();
        let special =
            |char| matches!(char, ' ' | '\t' | '\n' | '\r' | ',' | '.' | '+' | '=' | '{' | '}' | '#');
        let mut chars = rest.chars().peekable();
        while let Some(char) = chars.next() {
            if char == '\'' {
                match chars.peek() {
                    Some(next) if *next == '\'' || special(*next) => {
                        out.push(*next);
                        self.at += 1 + next.len_utf8();
                        chars.next();
                    }
                    _ => break,
                }
            } else if special(char) {
                break;
            } else {
                out.push(char);
                self.at += char.len_utf8();
            }
        }
        out
    }

    fn element(&mut self) -> Result<Part, MessageError> {
        self.expect("{")?;
        self.blanks();
        let name = self.name();
        self.blanks();
        if self.eat("}") {
            return Ok(Part::Argument(name));
        }
        self.expect(",")?;
        self.blanks();
        if self.eat("number") {
            return Ok(Part::Number { name, style: self.style()? });
        }
        if self.eat("date") {
            return Ok(Part::Date { name, style: self.style()?, time: false });
        }
        if self.eat("time") {
            return Ok(Part::Date { name, style: self.style()?, time: true });
        }
        let ordinal = self.eat("selectordinal");
        if ordinal || self.eat("plural") {
            self.blanks();
            self.expect(",")?;
            self.blanks();
            let mut offset = 0.0;
            if self.eat("offset:") {
                self.blanks();
                let rest = self.rest();
                let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
                offset = rest[..end].parse().map_err(|_| self.error())?;
                self.at += end;
            }
            let options = self.options(true)?;
            return Ok(Part::Plural { name, ordinal, offset, options });
        }
        self.expect("select")?;
        self.blanks();
        self.expect(",")?;
        Ok(Part::Select { name, options: self.options(false)? })
    }

    fn style(&mut self) -> Result<Option<String>, MessageError> {
        self.blanks();
        let mut style = None;
        if self.eat(",") {
            self.blanks();
            let chars = self.chars()?;
            if chars.is_empty() {
                return Err(self.error());
            }
            style = Some(chars.into_owned());
            self.blanks();
        }
        self.expect("}")?;
        Ok(style)
    }

    fn options(&mut self, plural: bool) -> Result<Vec<(String, Vec<Part>)>, MessageError> {
        const FORMS: [&str; 9] = ["=0", "=1", "=2", "zero", "one", "two", "few", "many", "other"];
        let mut options = Vec::new();
        loop {
            self.blanks();
            if !options.is_empty() && self.eat("}") {
                return Ok(options);
            }
            let id = match plural {
                true => FORMS.iter().find(|form| self.eat(form)).map(|form| (*form).to_owned()),
                false => Some(self.chars()?.into_owned()).filter(|chars| !chars.is_empty()),
            };
            let id = id.ok_or_else(|| self.error())?;
            self.blanks();
            self.expect("{")?;
            let form = self.parts()?;
            self.expect("}")?;
            options.push((id, form));
        }
    }
}
