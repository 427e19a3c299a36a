//! `{{#contentFor}}` and `{{{block}}}`: parts that a template sets aside for its layout.

use handlebars::{Call, Error, Scope, Value};

use crate::coercion;
use crate::render::Render;

pub(super) fn content_for<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let name = name(render, call);
    let this = call.this();
    let text = call.capture(|call| call.block(this, Scope::default()))?;
    let mut blocks = render.blocks.borrow_mut();
    match blocks.iter_mut().find(|(known, _)| *known == name) {
        Some((_, texts)) => texts.push(text),
        None => blocks.push((name, vec![text])),
    }
    Ok(Value::Undefined)
}

pub(super) fn block<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let name = name(render, call);
    let found = {
        let blocks = render.blocks.borrow();
        blocks.iter().find(|(known, _)| *known == name).map(|(_, texts)| texts.join("\n"))
    };
    match found {
        Some(text) => Ok(Value::Text(render.arena.text(&text))),
        None if call.is_block() => {
            call.block(call.this(), Scope::default())?;
            Ok(Value::Undefined)
        }
        None => Ok(Value::Undefined),
    }
}

fn name<'a>(render: &Render<'a>, call: &Call<'_, 'a>) -> &'a str {
    match call.param(0) {
        Value::Text(name) | Value::Safe(name) => name,
        other => render.arena.text(&coercion::text(other)),
    }
}
