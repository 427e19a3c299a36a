//! `{{color_to_rgba}}`, `{{contrast_text_color}}`.

use handlebars::{Call, Error, Value};

use crate::coercion;
use crate::colours::Colour;
use crate::render::Render;

/// What colours are worked out from when there is none.
const DARK: &str = "#15171A";

pub(super) fn color_to_rgba<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let given = match call.param(1) {
        Value::Number(number) => Some(number),
        Value::Undefined => None,
        other => leading_number(&coercion::text(other)),
    };
    let alpha = given.filter(|alpha| alpha.is_finite()).map_or(0.25, |alpha| alpha.clamp(0.0, 1.0));
    let text = match Colour::parse(colour(call)) {
        Some(colour) => Colour { alpha, ..colour }.css(),
        None => "rgba(21, 23, 26, 0.25)".to_owned(),
    };
    Ok(Value::Text(render.arena.text(&text)))
}

pub(super) fn contrast_text_color<'a>(_: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let bright = Colour::parse(colour(call)).is_some_and(|colour| colour.is_bright());
    Ok(Value::Text(if bright { "#000000" } else { "#FFFFFF" }))
}

fn colour<'a>(call: &Call<'_, 'a>) -> &'a str {
    match call.param(0) {
        Value::Text(text) if !text.trim().is_empty() => text.trim(),
        _ => DARK,
    }
}

/// `parseFloat`.
fn leading_number(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let is_part = |char: char| char.is_ascii_digit() || matches!(char, '.' | '-' | '+' | 'e' | 'E');
    let end = text.find(|char| !is_part(char)).unwrap_or(text.len());
    (1..=end).rev().find_map(|end| text.get(..end)?.parse().ok())
}
