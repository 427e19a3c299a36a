//! `{{navigation}}`, `{{pagination}}`, `{{page_url}}`: ways to other pages.

use handlebars::{Call, Error, Value};

use crate::meta::{Turn, paginated_url};
use crate::percent;
use crate::render::Render;
use document::slugify;

pub(super) fn navigation<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let arena = render.arena;
    let secondary = call.option("type").as_str() == Some("secondary");
    let field = if secondary { "secondary_navigation" } else { "navigation" };
    let Value::List(items) = call.data("site").get(field, arena) else {
        return Err(call.error("navigation data is not an object or is a function"));
    };
    for item in items {
        let (url, label, icon) = (item.get("url", arena), item.get("label", arena), item.get("icon", arena));
        if matches!(url, Value::Undefined) || matches!((label, icon), (Value::Undefined, Value::Undefined)) {
            return Err(call.error("All values must be defined for label, url and current"));
        }
        if !matches!(url, Value::Text(_)) || !matches!(label, Value::Undefined | Value::Null | Value::Text(_))
        {
            return Err(call.error("Invalid value, Url and Label must be strings"));
        }
    }
    let with_icons = render.is_on("navigationIcons");
    let member = call.data("member");
    let shown: Vec<Value<'a>> = items
        .iter()
        .filter(|item| !with_icons || is_for(item.get("visibility", arena), member, render))
        .filter_map(|item| link(render, *item, with_icons))
        .collect();
    if shown.is_empty() {
        return Ok(Value::Safe(""));
    }
    let own = [("navigation", arena.list(shown)), ("isSecondary", Value::Bool(secondary))];
    let given = call.hash().iter().filter(|(name, _)| *name != "type" && *name != "isSecondary");
    let fields = arena.slice(own.into_iter().chain(given.copied()));
    let this = call.this();
    Ok(Value::Safe(call.capture(|call| call.partial("navigation", this, fields))?))
}

/// An item as the partial sees it; none for one that has nothing to show.
fn link<'a>(render: &Render<'a>, item: Value<'a>, with_icons: bool) -> Option<Value<'a>> {
    let arena = render.arena;
    let icon = match item.get("icon", arena) {
        Value::Text(icon) if with_icons && !icon.is_empty() => Some(icon),
        _ => None,
    };
    let label = item.get("label", arena).as_str().filter(|label| !label.trim().is_empty());
    if icon.is_none() && label.is_none() {
        return None;
    }
    let icon_name = icon.map_or("".into(), icon_name);
    let url = item.get("url", arena).as_str().unwrap_or("");
    let current = !render.page.relative_url.is_empty()
        && url.trim_end_matches('/') == render.page.relative_url.trim_end_matches('/');
    let alt = if label.is_some() { "" } else { arena.text(&icon_name) };
    let slug = arena.text(&slugify(label.unwrap_or(&icon_name)));
    Some(arena.map([
        ("current", Value::Bool(current)),
        ("icon", icon.map_or(Value::Null, Value::Text)),
        ("iconAlt", Value::Text(alt)),
        ("label", label.map_or(Value::Null, Value::Text)),
        ("slug", Value::Text(slug)),
        ("url", Value::Text(url)),
    ]))
}

/// The name of an icon's file, without its ending.
fn icon_name(icon: &str) -> std::borrow::Cow<'_, str> {
    let path = icon.split(['?', '#']).next().unwrap_or("");
    let file = path.split('/').rfind(|part| !part.is_empty()).unwrap_or("");
    let name = file.rsplit_once('.').filter(|(_, ending)| !ending.is_empty()).map_or(file, |(name, _)| name);
    percent::decode_component(name).unwrap_or(name.into())
}

/// Whether an item of that visibility is for this reader. What is not known is for all.
fn is_for<'a>(visibility: Value<'a>, member: Value<'a>, render: &Render<'a>) -> bool {
    let signed_in = || member.is_truthy();
    let free = || member.get("status", render.arena).as_str() == Some("free");
    match visibility.as_str() {
        Some("members") => signed_in(),
        Some("paid") => signed_in() && !free(),
        Some("public_free") => !signed_in() || free(),
        Some("public_paid") => !signed_in() || !free(),
        Some("public_only") => !signed_in(),
        Some("free_members") => signed_in() && free(),
        Some("none") => false,
        _ => true,
    }
}

pub(super) fn pagination<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let this = call.this();
    let pagination = this.get("pagination", render.arena);
    if !matches!(pagination, Value::Object(_) | Value::List(_)) {
        return Err(call.error(
            "The {{pagination}} helper was used outside of a paginated context. See https://docs.ghost.org/themes/helpers/pagination/.",
        ));
    }
    let field = |name| (name, pagination.get(name, render.arena));
    let counts = ["page", "pages", "total", "limit"].map(field);
    let turns = ["next", "prev"].map(field);
    if counts.iter().any(|(_, value)| matches!(value, Value::Undefined)) {
        return Err(call.error("All values must be defined for page, pages, limit and total"));
    }
    if !turns.iter().all(|(_, value)| matches!(value, Value::Null | Value::Number(_))) {
        return Err(call.error("Invalid value, Next/Prev must be a number"));
    }
    if !counts.iter().all(|(_, value)| matches!(value, Value::Number(_))) {
        return Err(call.error("Invalid value, check page, pages, limit and total are numbers"));
    }
    let fields = counts.into_iter().chain(turns).chain(call.hash().iter().copied());
    let fields = render.arena.slice(fields);
    Ok(Value::Safe(call.capture(|call| call.partial("pagination", this, fields))?))
}

pub(super) fn page_url<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let turn = match call.params() {
        [] => Turn::To(1),
        [Value::Number(number), ..] => Turn::To(if *number > 1.0 { *number as u64 } else { 1 }),
        [Value::Text("next"), ..] => Turn::Next,
        [Value::Text("prev"), ..] => Turn::Previous,
        _ => return Ok(Value::Null),
    };
    let pagination = call.root().get("pagination", render.arena);
    let facts = render.page.facts;
    let url = paginated_url(render.arena, render.page.relative_url, pagination, turn, facts.subdirectory());
    Ok(url.map_or(Value::Null, Value::Text))
}
