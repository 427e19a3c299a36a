//! `{{authors}}`, `{{tags}}`, `{{tiers}}`: names in a row, with links.

use std::borrow::Cow;

use handlebars::{Call, Error, Value};

use super::foreach::Visibility;
use super::safe;
use crate::coercion;
use crate::render::Render;
use crate::source::Kind;

pub(super) fn authors<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    linked(render, call, "authors", Kind::Author)
}

pub(super) fn tags<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    linked(render, call, "tags", Kind::Tag)
}

fn linked<'a>(
    render: &Render<'a>,
    call: &mut Call<'_, 'a>,
    field: &str,
    kind: Kind,
) -> Result<Value<'a>, Error> {
    let Value::List(items) = call.this().get(field, render.arena) else { return Ok(Value::Safe("")) };
    let autolink = !matches!(call.option("autolink"), Value::Text("false"));
    let visibility = Visibility::of(call.option("visibility"));
    let given = |name| coercion::integer(call.option(name)).filter(|number| *number != 0);
    let shown: Vec<Value<'a>> =
        items.iter().copied().filter(|item| visibility.shows(*item, render)).collect();
    let from = given("from").unwrap_or(1) - 1;
    let to = given("to").or_else(|| given("limit").map(|limit| limit + from));
    let to = to.filter(|to| *to != 0).unwrap_or(shown.len() as i64);
    let shown = slice(&shown, from, to);
    if shown.is_empty() {
        return Ok(Value::Safe(""));
    }
    let mut out = text_option(call, "prefix", "").into_owned();
    let separator = text_option(call, "separator", ", ");
    for (index, item) in shown.iter().enumerate() {
        if index > 0 {
            out.push_str(&separator);
        }
        let name = item.get("name", render.arena);
        let name = if name.is_absent() { "".into() } else { coercion::text(name) };
        let name = crate::markup::escape(&name);
        if autolink {
            out.push_str("<a href=\"");
            out.push_str(&super::links::address(render, kind, *item, false));
            out.push_str("\">");
            out.push_str(&name);
            out.push_str("</a>");
        } else {
            out.push_str(&name);
        }
    }
    out.push_str(&text_option(call, "suffix", ""));
    safe(render, &out)
}

pub(super) fn tiers<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let Value::List(tiers) = call.this().get("tiers", render.arena) else { return Ok(Value::Safe("")) };
    let mut out = String::new();
    let separator = text_option(call, "separator", ", ");
    let last = text_option(call, "lastSeparator", " and ");
    for (index, tier) in tiers.iter().enumerate() {
        match index {
            0 => {}
            index if index + 1 == tiers.len() => out.push_str(&last),
            _ => out.push_str(&separator),
        }
        let name = tier.get("name", render.arena);
        out.push_str(&crate::markup::escape(&if name.is_absent() {
            "".into()
        } else {
            coercion::text(name)
        }));
    }
    if out.is_empty() {
        return Ok(Value::Safe(""));
    }
    let suffix = text_option(call, "suffix", if tiers.len() == 1 { " tier" } else { " tiers" });
    safe(render, &format!("{}{out}{suffix}", text_option(call, "prefix", "")))
}

fn text_option<'a>(call: &Call<'_, 'a>, name: &str, default: &'a str) -> Cow<'a, str> {
    match call.option(name) {
        Value::Text(text) | Value::Safe(text) => Cow::Borrowed(text),
        _ => Cow::Borrowed(default),
    }
}

/// JavaScript's `slice`: positions below zero count from the end.
fn slice<T>(items: &[T], from: i64, to: i64) -> &[T] {
    let length = items.len() as i64;
    let place = |at: i64| if at < 0 { (length + at).max(0) } else { at.min(length) };
    let (from, to) = (place(from), place(to));
    items.get(from as usize..to.max(from) as usize).unwrap_or_default()
}
