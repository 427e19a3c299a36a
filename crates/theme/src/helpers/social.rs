//! Profiles on social networks: `{{social_url}}`, `{{#social_accounts}}`, `{{facebook_url}}`, `{{twitter_url}}`.

use handlebars::{Call, Error, Scope, Value};

use crate::meta::profile_url;
use crate::render::Render;

/// Networks in the order in which they are shown: as themes call them, as people do, and the field of the name there.
const NETWORKS: [(&str, &str, &str); 9] = [
    ("x", "X", "twitter"),
    ("facebook", "Facebook", "facebook"),
    ("linkedin", "LinkedIn", "linkedin"),
    ("bluesky", "Bluesky", "bluesky"),
    ("threads", "Threads", "threads"),
    ("mastodon", "Mastodon", "mastodon"),
    ("tiktok", "TikTok", "tiktok"),
    ("youtube", "YouTube", "youtube"),
    ("instagram", "Instagram", "instagram"),
];

/// The name on a network: of the thing the call stands in, else of the site.
fn own_name<'a>(render: &Render<'a>, call: &Call<'_, 'a>, network: &str) -> Option<&'a str> {
    let filled = |thing: Value<'a>| thing.get(network, render.arena).as_str().filter(|name| !name.is_empty());
    filled(call.this()).or_else(|| filled(call.data("site")))
}

fn address<'a>(render: &Render<'a>, network: &str, name: Option<&str>) -> Value<'a> {
    let url = name.and_then(|name| profile_url(network, name));
    url.map_or(Value::Null, |url| Value::Text(render.arena.text(&url)))
}

pub(super) fn facebook_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    named(render, call, "facebook")
}

pub(super) fn twitter_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    named(render, call, "twitter")
}

fn named<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>, network: &str) -> Result<Value<'a>, Error> {
    let name = match call.params() {
        [] => own_name(render, call, network),
        [name, ..] => name.as_str().filter(|name| !name.is_empty()),
    };
    Ok(address(render, network, name))
}

pub(super) fn social_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let Some(network) = call.option("type").as_str() else { return Ok(Value::Null) };
    Ok(address(render, network, own_name(render, call, network)))
}

pub(super) fn social_accounts<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let [source, ..] = call.params() else {
        return Err(call.error(
            "The {{#social_accounts}} helper requires a source argument, e.g. {{#social_accounts @site}}...{{/social_accounts}}.",
        ));
    };
    if !call.is_block() {
        return Err(call.error(
            "The {{#social_accounts}} helper must be used as a block helper, e.g. {{#social_accounts @site}}...{{/social_accounts}}.",
        ));
    }
    let mut accounts = Vec::new();
    for (kind, name, field) in NETWORKS {
        if let Some(username) = source.get(field, render.arena).as_str().filter(|name| !name.is_empty()) {
            accounts.push(render.arena.map([
                ("type", Value::Text(kind)),
                ("name", Value::Text(name)),
                ("username", Value::Text(username)),
                ("href", address(render, field, Some(username))),
            ]));
        }
    }
    if accounts.is_empty() {
        call.inverse(call.this())?;
    }
    for (index, account) in accounts.iter().enumerate() {
        let data = [
            ("index", Value::Number(index as f64)),
            ("number", Value::Number((index + 1) as f64)),
            ("first", Value::Bool(index == 0)),
            ("last", Value::Bool(index + 1 == accounts.len())),
            ("even", Value::Bool(index % 2 == 1)),
            ("odd", Value::Bool(index % 2 == 0)),
        ];
        call.block(*account, Scope { data: &data, block_params: &[] })?;
    }
    Ok(Value::Undefined)
}
