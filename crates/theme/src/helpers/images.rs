//! `{{img_url}}`.

use std::borrow::Cow;

use handlebars::{Call, Error, Value};

use crate::coercion;
use crate::images::image_url;
use crate::render::Render;

pub(super) fn img_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let image: &'a str = match call.param(0) {
        Value::Undefined | Value::Null => return Ok(Value::Undefined),
        Value::Text(text) | Value::Safe(text) => text,
        other => render.arena.text(&coercion::text(other)),
    };
    let size = call.option("size").as_str().and_then(|size| render.theme.package().image_size(size));
    let format = call.option("format").as_str();
    let absolute = call.option("absolute");
    let absolute = absolute.is_truthy() && absolute.as_str() != Some("false");
    Ok(Value::Text(match image_url(render.page.facts, image, size, format, absolute) {
        Cow::Borrowed(url) => url,
        Cow::Owned(url) => render.arena.text(&url),
    }))
}
