//! `{{url}}`, `{{#link}}`, `{{link_class}}`, `{{readable_url}}`: addresses of things, and links to them.

use std::borrow::Cow;

use handlebars::{Call, Error, Scope, Value};

use super::{safe, shapes};
use crate::addresses;
use crate::coercion;
use crate::links::Link;
use crate::percent;
use crate::render::Render;
use crate::source::Kind;

pub(super) fn url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let absolute = call.option("absolute");
    let absolute = absolute.is_truthy() && absolute.as_str() != Some("false");
    let this = call.this();
    let arena = render.arena;
    let facts = render.page.facts;
    let address: Cow<'a, str> = if shapes::is_post(this, arena) {
        address(render, Kind::Post, this, absolute)
    } else if shapes::is_tag(this, arena) {
        address(render, Kind::Tag, this, absolute)
    } else if shapes::is_author(this, arena) {
        address(render, Kind::Author, this, absolute)
    } else if shapes::is_navigation(this, arena) {
        let url = this.get("url", arena);
        Cow::Owned(facts.navigation(&coercion::text(url), absolute))
    } else {
        let given = this.get("relativeUrl", arena).as_str().filter(|url| !url.is_empty());
        Cow::Owned(facts.path(given.unwrap_or("/"), absolute))
    };
    let Some(decoded) = percent::decode_uri(&address) else { return Ok(Value::Safe("")) };
    let encoded = percent::encode_uri(&decoded);
    if encoded.contains("%5B") || encoded.contains("%5D") {
        return safe(render, &encoded.replace("%5B", "[").replace("%5D", "]"));
    }
    match encoded == address {
        true => Ok(Value::Safe(match address {
            Cow::Borrowed(address) => address,
            Cow::Owned(address) => arena.text(&address),
        })),
        false => safe(render, &encoded),
    }
}

/// Where a post, page, tag or author is found. Unpublished posts without an address have that of their preview.
pub(super) fn address<'a>(render: &Render<'a>, kind: Kind, thing: Value<'a>, absolute: bool) -> Cow<'a, str> {
    let facts = render.page.facts;
    let arena = render.arena;
    let url = match thing.get("url", arena) {
        Value::Text(url) | Value::Safe(url) => Some(url),
        _ => render.source.url_of(arena, kind, thing),
    };
    let Some(url) = url else { return Cow::Owned(facts.path("/404/", absolute)) };
    let entry = matches!(kind, Kind::Post | Kind::Page);
    if entry && url.ends_with("/404/") && thing.get("status", arena).as_str() != Some("published") {
        let uuid = thing.get("uuid", arena);
        return Cow::Owned(facts.path(&facts.join(&["/p", &coercion::text(uuid), "/"]), absolute));
    }
    if absolute { facts.absolute(url) } else { facts.relative(url) }
}

/// The classes of the call's link to `href`.
fn classes<'a>(render: &Render<'a>, call: &Call<'_, 'a>, href: &str) -> String {
    let class = match call.option("class") {
        class if class.is_truthy() => Some(coercion::text(class)),
        _ => None,
    };
    let text = |value: Value<'a>| if value.is_truthy() { coercion::text(value) } else { "".into() };
    let active: Cow<'_, str> = match call.option("activeClass") {
        Value::Undefined => "nav-current".into(),
        given => text(given),
    };
    let parent: Cow<'_, str> = match call.option("parentActiveClass") {
        Value::Undefined if active.is_empty() => "nav-current-parent".into(),
        Value::Undefined => format!("{active}-parent").into(),
        given => text(given),
    };
    let link = Link { href, class: class.as_deref(), active: &active, parent: &parent };
    link.classes(render.page.facts.url, render.page.relative_url)
}

pub(super) fn link<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    if !call.hash().iter().any(|(name, _)| *name == "href") {
        return Err(call.error("The {{#link}}{{/link}} helper requires an href=\"\" attribute."));
    }
    let href = call.option("href");
    let href = if href.is_truthy() { coercion::text(href) } else { "".into() };
    let classes = classes(render, call, &href);
    let mut tag = String::from("<a");
    if !classes.is_empty() {
        tag.push_str(&format!(" class=\"{classes}\""));
    }
    tag.push_str(&format!(" href=\"{href}\""));
    // Handlebars hands over named arguments from last to first
    for (name, value) in call.hash().iter().rev() {
        if !matches!(*name, "href" | "class" | "activeClass" | "parentActiveClass") {
            tag.push_str(&format!(" {name}=\"{}\"", coercion::text(*value)));
        }
    }
    tag.push('>');
    call.write(&one_blank(&tag))?;
    call.block(call.this(), Scope::default())?;
    call.write("</a>")?;
    Ok(Value::Undefined)
}

/// Runs of two and more blanks as one, and none before the end of the tag.
fn one_blank(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut blanks = String::new();
    for char in tag.chars() {
        if char.is_whitespace() {
            blanks.push(char);
            continue;
        }
        match blanks.chars().count() {
            0 => {}
            1 if char != '>' => out.push_str(&blanks),
            _ if char != '>' => out.push(' '),
            _ => {}
        }
        blanks.clear();
        out.push(char);
    }
    out
}

pub(super) fn link_class<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    if !call.hash().iter().any(|(name, _)| *name == "for") {
        return Err(call.error("The {{link_class}} helper requires a for=\"\" attribute."));
    }
    let href = call.option("for");
    let href = if href.is_truthy() { coercion::text(href) } else { "".into() };
    safe(render, &classes(render, call, &href))
}

pub(super) fn readable_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    match call.param(0) {
        Value::Text(url) => safe(render, &addresses::readable(url)),
        _ => Ok(Value::Safe("")),
    }
}
