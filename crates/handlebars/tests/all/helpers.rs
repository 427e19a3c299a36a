//! Helpers that cases may ask for, the same as in `helpers.js`: every way in which a helper gets and gives something.

use handlebars::{Call, Error, Scope, Value};

use crate::case::Helper;

/// All of them. The names of Ghost's helpers stand for [`stub`].
pub fn all() -> Vec<(&'static str, Helper)> {
    let own: [(&str, Helper); 15] = [
        ("args", |call| described(call).map(Value::Text)),
        ("bar", |call| described(call).map(Value::Text)),
        ("12", |call| described(call).map(Value::Text)),
        ("foo-bar", |call| described(call).map(Value::Text)),
        ("safe", |call| Ok(Value::Safe(shown_text(call.param(0), call)))),
        ("id", |call| Ok(call.param(0))),
        // Handlebars collects named arguments from the last to the first.
        ("pick", |call| Ok(call.arena().map(call.hash().iter().rev().copied()))),
        ("list", |call| Ok(call.arena().list(call.params().iter().copied()))),
        ("num", |_| Ok(Value::Number(7.0))),
        ("nothing", |_| Ok(Value::Undefined)),
        ("fail", |call| Err(call.error("the helper fails"))),
        ("wrap", wrap),
        ("ctx", ctx),
        ("loop", twice),
        ("not", |call| {
            let (this, first) = (call.this(), call.param(0));
            call.inverse(this)?;
            call.write("-")?;
            call.block(first, Scope::default())?;
            Ok(Value::Undefined)
        }),
    ];
    own.into_iter().chain(GHOST.iter().map(|name| (*name, stub as Helper))).collect()
}

/// Names of the helpers of this file's own.
pub fn own_names() -> Vec<&'static str> {
    all().into_iter().map(|(name, _)| name).take(15).collect()
}

/// Names of helpers that Ghost's themes call.
pub const GHOST: &[&str] = &[
    "access_label",
    "amp_content",
    "asset",
    "authors",
    "block",
    "body_class",
    "cancel_link",
    "color_to_rgba",
    "comment_count",
    "comments",
    "concat",
    "content",
    "content_api_key",
    "content_api_url",
    "content_for",
    "contentFor",
    "contrast_text_color",
    "corrections",
    "date",
    "encode",
    "excerpt",
    "facebook_url",
    "foreach",
    "get",
    "ghost_foot",
    "ghost_head",
    "has",
    "img_url",
    "is",
    "json",
    "key_points",
    "link",
    "link_class",
    "match",
    "meta_description",
    "meta_title",
    "navigation",
    "next_post",
    "page_url",
    "pagination",
    "plural",
    "post_class",
    "prev_post",
    "price",
    "raw",
    "reading_time",
    "readable_url",
    "recommendations",
    "related",
    "search",
    "social_accounts",
    "social_url",
    "split",
    "t",
    "tags",
    "teaser",
    "tiers",
    "tpl_error",
    "total_members",
    "total_paid_members",
    "twitter_url",
    "url",
    "video",
];

/// A helper of a theme: inline what it was called with, now safe, now plain; as a block the body for up to three
/// items, or for the first argument, or for the context.
fn stub<'a>(call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    if !call.is_block() {
        let text = described(call)?;
        let is_safe = text.encode_utf16().count() % 2 == 1;
        return Ok(if is_safe { Value::Safe(text) } else { Value::Text(text) });
    }
    let this = call.this();
    let items = match (call.param(0), call.params().is_empty()) {
        (Value::List(items), _) => items,
        (first, false) => call.arena().list([first]).as_list().unwrap_or_default(),
        (_, true) => call.arena().list([this]).as_list().unwrap_or_default(),
    };
    for (index, item) in items.iter().take(3).enumerate() {
        let index = Value::Number(index as f64);
        let last = Value::Bool(std::ptr::eq(item, &raw const items[items.len() - 1]));
        let data = [("index", index), ("number", index), ("last", last)];
        call.block(*item, Scope { data: &data, block_params: &[*item, index] })?;
    }
    if items.is_empty() {
        call.inverse(this)?;
    }
    Ok(Value::Undefined)
}

/// Both bodies of a block, or how many arguments there are.
fn wrap<'a>(call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    if !call.is_block() {
        return Ok(Value::Number(call.params().len() as f64));
    }
    let this = call.this();
    call.write("<")?;
    call.block(this, Scope::default())?;
    call.write("|")?;
    call.inverse(this)?;
    call.write(">")?;
    Ok(Value::Undefined)
}

/// The body for the first argument, with the named ones as data variables and two block parameters.
fn ctx<'a>(call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let (first, count) = (call.param(0), Value::Number(call.params().len() as f64));
    let data: Vec<_> = call.hash().iter().rev().copied().collect();
    call.block(first, Scope { data: &data, block_params: &[first, count] })?;
    Ok(Value::Undefined)
}

/// The body twice, with `@index` and `@key`.
fn twice<'a>(call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let this = call.this();
    for (index, key) in [(0.0, "k0"), (1.0, "k1")] {
        let data = [("index", Value::Number(index)), ("key", Value::Text(key))];
        call.block(this, Scope { data: &data, block_params: &[] })?;
    }
    Ok(Value::Undefined)
}

/// Name, arguments, kind and context of a call.
fn described<'a>(call: &Call<'_, 'a>) -> Result<&'a str, Error> {
    let params: Vec<_> = call.params().iter().map(|param| shown(*param, call, 0)).collect();
    let mut hash: Vec<_> =
        call.hash().iter().map(|(name, value)| format!("{name}={}", shown(*value, call, 0))).collect();
    hash.sort();
    let kind = match (call.is_block(), call.has_inverse()) {
        (false, _) => "",
        (true, false) => "#",
        (true, true) => "#^",
    };
    let this = shown(call.this(), call, 2);
    let text = format!("{}({};{}){kind}{this}", call.name(), params.join(","), hash.join(","));
    Ok(call.arena().text(&text))
}

fn shown_text<'a>(value: Value<'a>, call: &Call<'_, 'a>) -> &'a str {
    match value {
        Value::Text(text) => text,
        value => call.arena().text(&shown(value, call, 0)),
    }
}

/// A value with its kind.
fn shown<'a>(value: Value<'a>, call: &Call<'_, 'a>, depth: u32) -> String {
    let arena = call.arena();
    match value {
        Value::Undefined => "u".to_owned(),
        Value::Null => "n".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => ryu_js::Buffer::new().format(number).to_owned(),
        Value::Text(text) => format!("'{text}'"),
        Value::Safe(text) => format!("safe'{text}'"),
        Value::List(_) | Value::Object(_) if depth > 1 => "…".to_owned(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| shown(*item, call, depth + 1)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let field =
                |name: &&'a str| format!("{name}:{}", shown(object.get(name, arena), call, depth + 1));
            let fields: Vec<_> = object.keys(arena).iter().map(field).collect();
            format!("{{{}}}", fields.join(","))
        }
    }
}
