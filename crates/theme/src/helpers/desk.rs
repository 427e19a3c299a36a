//! `{{key_points}}`, `{{#related}}`, `{{teaser}}`, `{{corrections}}`, `{{access_label}}`: what the desk adds to a story.
//!
//! The values are fields of the post's field `desk`, for conditions and loops (`{{#if desk.related}}`). Where the context
//! itself has a field of a helper's name, such as data of a route, that field is meant, as in Ghost.

use handlebars::{Call, Error, Scope, Value};

use crate::coercion;
use crate::render::Render;

pub(super) fn key_points<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    added(render, call, "key_points", "key_points_html")
}

pub(super) fn related<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    added(render, call, "related", "related_html")
}

pub(super) fn teaser<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let characters = coercion::integer(call.option("characters")).filter(|number| *number > 0);
    match characters {
        Some(characters) => added(render, call, "teaser", render.arena.text(&format!("teaser/{characters}"))),
        None => added(render, call, "teaser", "teaser"),
    }
}

pub(super) fn corrections<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    added(render, call, "corrections", "corrections_html")
}

pub(super) fn access_label<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    added(render, call, "access_label", "access_label")
}

/// As a block it walks what there is, as a block over a field does; alone it prints `markup`.
fn added<'a>(
    render: &Render<'a>,
    call: &mut Call<'_, 'a>,
    field: &str,
    markup: &str,
) -> Result<Value<'a>, Error> {
    let this = call.this();
    let own = this.get(field, render.arena);
    let desk = this.get("desk", render.arena);
    let is_own = !matches!(own, Value::Undefined);
    if !call.is_block() {
        return Ok(if is_own { own } else { desk.get(markup, render.arena) });
    }
    match if is_own { own } else { desk.get(field, render.arena) } {
        Value::List([]) => call.inverse(this)?,
        Value::List(items) => {
            for item in items {
                call.block(*item, Scope::default())?;
            }
        }
        Value::Bool(true) => call.block(this, Scope::default())?,
        value if value.is_truthy() => call.block(value, Scope::default())?,
        _ => call.inverse(this)?,
    }
    Ok(Value::Undefined)
}
