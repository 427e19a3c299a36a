//! Helpers over plain texts: `title`, `concat`, `split`, `plural`, `encode`, `json`, `raw`.

use handlebars::{Call, Error, Scope, Value};

use super::safe;
use crate::coercion;
use crate::percent;
use crate::render::Render;

pub(super) fn title<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let title = call.this().get("title", render.arena);
    match title {
        title if !title.is_truthy() => Ok(Value::Safe("")),
        Value::Safe(_) => Ok(title),
        title => safe(render, &crate::markup::escape(&coercion::text(title))),
    }
}

pub(super) fn concat<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let separator = call.option("separator");
    let separator = if separator.is_truthy() { coercion::text(separator) } else { "".into() };
    let mut parts = Vec::with_capacity(call.params().len());
    for param in call.params() {
        match param {
            Value::List(items) => parts.extend_from_slice(items),
            value => parts.push(*value),
        }
    }
    safe(render, &coercion::join(parts.into_iter(), &separator))
}

pub(super) fn split<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let separator = match call.option("separator") {
        Value::Undefined => ",".into(),
        given => coercion::text(given),
    };
    let whole = call.param(0);
    let is_safe = matches!(whole, Value::Safe(_));
    let items = match whole {
        Value::Undefined | Value::Null => Value::List(&[]),
        whole => {
            let text = match whole {
                Value::Text(text) | Value::Safe(text) => text,
                other => render.arena.text(&coercion::text(other)),
            };
            let make = |item: &'a str| if is_safe { Value::Safe(item) } else { Value::Text(item) };
            let items: Vec<&'a str> = match separator.as_ref() {
                "" => {
                    text.char_indices().filter_map(|(at, char)| text.get(at..at + char.len_utf8())).collect()
                }
                separator => text.split(separator).filter(|item| !item.is_empty()).collect(),
            };
            render.arena.list(items.into_iter().map(make))
        }
    };
    if call.is_block() {
        call.block(items, Scope { data: &[], block_params: &[items] })?;
        return Ok(Value::Undefined);
    }
    Ok(items)
}

pub(super) fn plural<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let forms = ["empty", "singular", "plural"].map(|name| call.option(name));
    if forms.iter().any(|form| matches!(form, Value::Undefined)) {
        return Err(call.error("All values must be defined for empty, singular and plural"));
    }
    let number = call.param(0);
    let form = match number {
        Value::Number(0.0) => forms[0],
        Value::Number(1.0) => forms[1],
        number if coercion::compare(number, Value::Number(2.0)).is_some_and(|order| order.is_ge()) => {
            forms[2]
        }
        _ => return Ok(Value::Undefined),
    };
    let Some(form) = form.as_str() else {
        return Err(call.error("options.hash.plural.replace is not a function"));
    };
    safe(render, &form.replacen('%', &coercion::text(number), 1))
}

pub(super) fn encode<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let value = call.param(0);
    // without a text, Ghost encodes the options of the call
    let text = if value.is_truthy() { coercion::text(value) } else { "[object Object]".into() };
    safe(render, &percent::encode_component(&text))
}

pub(super) fn json<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let value = match call.hash() {
        [] => call.param(0),
        // Handlebars hands over named arguments from last to first
        hash => render.arena.map(hash.iter().rev().copied()),
    };
    let mut out = String::new();
    match crate::json::write(value, render.arena, &mut out) {
        true => safe(render, &out),
        false => Ok(Value::Safe("null")),
    }
}

pub(super) fn raw<'a>(_: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    if !call.is_block() {
        return Err(call.error("options.fn is not a function"));
    }
    call.block(call.this(), Scope::default())?;
    Ok(Value::Undefined)
}
