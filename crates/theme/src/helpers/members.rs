//! Members and the site's doors for them: counts, `{{cancel_link}}`, `{{recommendations}}`, keys.

use handlebars::{Call, Error, Value};

use super::{asynchronous, safe};
use crate::numbers::rough_count;
use crate::render::Render;

pub(super) fn total_members<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        count(render, call.this().get("total", render.arena), || render.source.member_counts().total)
    })
}

pub(super) fn total_paid_members<'a>(
    render: &Render<'a>,
    call: &mut Call<'_, 'a>,
) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        count(render, call.this().get("paid", render.arena), || render.source.member_counts().paid)
    })
}

fn count<'a>(render: &Render<'a>, own: Value<'a>, ask: impl FnOnce() -> u64) -> Result<Value<'a>, Error> {
    let number = match own {
        Value::Number(number) if number > 0.0 => number as u64,
        // Ghost takes the field as it is; what is no number prints as nothing
        own if own.is_truthy() => match own.as_str().and_then(|text| text.parse().ok()) {
            Some(number) => number,
            None => return Ok(Value::Safe("undefined")),
        },
        _ => ask(),
    };
    safe(render, &rough_count(number))
}

pub(super) fn content_api_key<'a>(render: &Render<'a>, _: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    safe(render, render.source.content_key().unwrap_or(""))
}

pub(super) fn content_api_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let absolute = match call.option("absolute") {
        Value::Undefined | Value::Null | Value::Bool(true) => true,
        given => given.as_str() == Some("true"),
    };
    safe(render, &render.page.facts.content_api(absolute))
}

pub(super) fn cancel_link<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    if !render.is_on("members") {
        return Ok(Value::Safe(concat!(
            r#"<script>console.error("The {{cancel_link}} helper is not available. The Members flag must be enabled "#,
            r#"in labs if you wish to use the {{cancel_link}} helper. See https://docs.ghost.org/themes/members/");"#,
            "</script>",
        )));
    }
    let this = call.this();
    let field = |name| this.get(name, render.arena);
    let (id, at_end) = (field("id"), field("cancel_at_period_end"));
    if matches!(id, Value::Undefined) || matches!(at_end, Value::Undefined) {
        return Err(call.error(
            "The {{cancel_link}} helper was used outside of a subscription context. See https://docs.ghost.org/themes/members/#cancel-links.",
        ));
    }
    let given = |name, default| match call.option(name) {
        given if given.is_truthy() => given,
        _ => Value::Text(default),
    };
    let data = render.arena.map([
        ("id", id),
        ("cancel_at_period_end", at_end),
        ("class", given("class", "gh-subscription-cancel")),
        ("errorClass", given("errorClass", "gh-error gh-error-subscription-cancel")),
        ("cancelLabel", given("cancelLabel", "Cancel subscription")),
        ("continueLabel", given("continueLabel", "Resume subscription")),
    ]);
    Ok(Value::Safe(call.capture(|call| call.partial("cancel_link", data, &[]))?))
}

pub(super) fn recommendations<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        if !render.source.setting(render.arena, "recommendations_enabled").is_truthy() {
            return Ok(Value::Undefined);
        }
        let given = |name, default| match call.option(name) {
            Value::Undefined | Value::Null => default,
            given => given,
        };
        let options = [
            ("limit", given("limit", Value::Number(5.0))),
            ("order", given("order", Value::Text("created_at desc"))),
            ("filter", given("filter", Value::Text(""))),
            ("page", given("page", Value::Number(1.0))),
        ];
        let fetched = match render.source.recommendations(render.arena, &options) {
            Ok(fetched) => fetched,
            Err(message) => {
                render.notes.failed(message);
                return Ok(Value::Null);
            }
        };
        let this = super::get::answer(render, "recommendations", &fetched);
        Ok(Value::Safe(call.capture(|call| call.partial("recommendations", this, &[]))?))
    })
}
