//! `{{comments}}`, `{{comment_count}}`: places that scripts fill in the reader's browser.

use std::fmt::Write;

use handlebars::{Call, Error, Value};

use super::{asynchronous, safe};
use crate::coercion;
use crate::render::Render;

pub(super) fn comments<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        let this = call.this();
        let field = |name: &str| this.get(name, render.arena);
        let setting = |name: &str| render.source.setting(render.arena, name);
        let enabled = setting("comments_enabled");
        if !field("comment_id").is_truthy() || enabled.as_str() == Some("off") || !field("access").is_truthy()
        {
            return Ok(Value::Undefined);
        }
        let mode = call.option("mode").as_str().filter(|mode| matches!(*mode, "dark" | "light"));
        let accent = call.data("site").get("accent_color", render.arena);
        let facts = render.page.facts;
        let title = match call.option("title") {
            Value::Text(title) => title,
            _ => "null",
        };
        let saturation = coercion::integer(call.option("saturation")).unwrap_or(60).to_string();
        let locale = setting("locale").as_str().filter(|locale| !locale.is_empty()).unwrap_or("en");
        let count = if matches!(call.option("count"), Value::Bool(false)) { "false" } else { "true" };
        let attributes = [
            ("locale", locale.into()),
            ("ghost-comments", facts.site_url().into()),
            ("api", facts.content_api(true).into()),
            ("admin", facts.admin().into()),
            ("key", render.source.content_key().unwrap_or("null").into()),
            ("title", title.into()),
            ("count", count.into()),
            ("post-id", coercion::text(field("id"))),
            ("color-scheme", mode.unwrap_or("auto").into()),
            ("avatar-saturation", saturation.into()),
            ("accent-color", if accent.is_truthy() { coercion::text(accent) } else { "".into() }),
            ("comments-enabled", coercion::text(enabled)),
            ("publication", coercion::text(setting("title"))),
        ];
        let mut out = format!("\n        <script defer src=\"{}\"", facts.apps.comments);
        for (name, value) in attributes {
            // Ghost writes these as they are; a quote in a title would end its attribute
            let value = value.replace('"', "&quot;").replace('<', "&lt;");
            _ = write!(out, " data-{name}=\"{value}\"");
        }
        out.push_str(" crossorigin=\"anonymous\"></script>\n    ");
        safe(render, &out)
    })
}

pub(super) fn comment_count<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    // what cannot be printed is left out
    let text = |value: Value<'a>| match value {
        Value::Undefined | Value::Null | Value::Bool(_) => "".into(),
        value => coercion::text(value),
    };
    let given = |name, default| match call.option(name) {
        Value::Undefined => Value::Text(default),
        given => given,
    };
    let wrap = call.option("autowrap");
    let wrapped = wrap.as_str() != Some("false");
    let tag = match wrapped {
        true if wrap.is_truthy() => wrap,
        true => Value::Text("span"),
        false => Value::Text("script"),
    };
    let attributes = [
        ("", this_id(render, call)),
        ("-empty", given("empty", "")),
        ("-singular", given("singular", "comment")),
        ("-plural", given("plural", "comments")),
        ("-tag", tag),
        ("-class-name", call.option("class")),
        ("-autowrap", Value::Text(if wrapped { "true" } else { "false" })),
    ];
    let mut out = String::from("<script");
    for (name, value) in attributes {
        _ = write!(out, "\n    data-ghost-comment-count{name}=\"{}\"", text(value).replace('"', "&quot;"));
    }
    out.push_str("\n>\n</script>");
    safe(render, &out)
}

fn this_id<'a>(render: &Render<'a>, call: &Call<'_, 'a>) -> Value<'a> {
    call.this().get("id", render.arena)
}
