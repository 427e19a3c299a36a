//! `{{ghost_head}}`, `{{ghost_foot}}`, titles, descriptions and classes: what `meta` works out.

use handlebars::{Call, Error, Value};

use super::{asynchronous, safe};
use crate::coercion;
use crate::meta::{self, Property};
use crate::render::Render;

pub(super) fn ghost_head<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        if render.page.status >= 500 {
            return Ok(Value::Undefined);
        }
        let exclude = call.option("exclude");
        let exclude = if exclude.is_absent() { "".into() } else { coercion::text(exclude) };
        safe(render, &meta::head(&render.head_context(), &exclude))
    })
}

pub(super) fn ghost_foot<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let mut foot = meta::foot(&render.head_context());
    if render.page.gift.is_some() {
        let post = call.root().get("post", render.arena);
        let toast = call.capture(|call| call.partial("gift-toast", post, &[]))?;
        if !foot.is_empty() {
            foot.push(' ');
        }
        foot.push_str(toast);
    }
    safe(render, foot.trim())
}

pub(super) fn meta_title<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let page = call.option("page").as_str();
    Ok(Value::Text(meta::title(&render.head_context(), call.this(), Property::Meta, page)))
}

pub(super) fn meta_description<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let description = meta::description(&render.head_context(), call.this(), Property::Meta);
    Ok(Value::Text(description.unwrap_or("")))
}

pub(super) fn body_class<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    safe(render, &meta::body_class(&render.head_context(), call.this()))
}

pub(super) fn post_class<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    safe(render, &meta::post_class(&render.head_context(), call.this()))
}
