//! Percent-encoding as JavaScript does it.

use std::borrow::Cow;
use std::fmt::Write;

const COMPONENT: &[u8] = b"-_.!~*'()";
const URI: &[u8] = b"-_.!~*'();/?:@&=+$,#";

/// `encodeURIComponent`.
pub fn encode_component(text: &str) -> Cow<'_, str> {
    encode(text, COMPONENT)
}

/// `encodeURI`.
pub fn encode_uri(text: &str) -> Cow<'_, str> {
    encode(text, URI)
}

/// `decodeURI`: reserved characters stay encoded. None where the text is not well formed.
pub fn decode_uri(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    decode(text, b";/?:@&=+$,#").map(Cow::Owned)
}

/// `decodeURIComponent`. None where the text is not well formed.
pub fn decode_component(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    decode(text, b"").map(Cow::Owned)
}

fn encode<'t>(text: &'t str, plain: &[u8]) -> Cow<'t, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || plain.contains(&byte);
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(byte as char);
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

fn decode(text: &str, reserved: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let (high, low) = (bytes.next()?, bytes.next()?);
        let value = (char::from(high).to_digit(16)? * 16 + char::from(low).to_digit(16)?) as u8;
        if reserved.contains(&value) {
            out.extend([b'%', high, low]);
        } else {
            out.push(value);
        }
    }
    String::from_utf8(out).ok()
}
