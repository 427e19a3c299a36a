//! `{{t}}`: the theme's words in the publication's language.

use handlebars::{Call, Error, Value};

use crate::messages::{Message, MessageError};
use crate::render::Render;

pub(super) fn t<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let key = call.param(0);
    if !key.is_truthy() {
        return Ok(Value::Text(""));
    }
    // anything but a plain text counts as no key at all
    let Value::Text(key) = key else { return Ok(Value::Text("")) };
    let locale = render.page.facts.locale;
    let text: &'a str = render.theme.text(locale, key).unwrap_or(key);
    if is_plain(text) {
        return Ok(Value::Text(text));
    }
    let message = match Message::parse(text) {
        Ok(message) => message,
        Err(error) => return Err(call.error(format!("{error} in {text:?}"))),
    };
    match message.format(render.arena, locale, call.hash()) {
        Ok(value) => Ok(value),
        Err(MessageError::Unfilled(_) | MessageError::Malformed(_)) => Ok(Value::Text("An error occurred")),
    }
}

/// Whether a message is just its own text.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| {
        matches!(byte, b'{' | b'}' | b'\\' | b'\'' | 0x7f)
            || (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))
    })
}
