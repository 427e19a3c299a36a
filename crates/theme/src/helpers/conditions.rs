//! `{{#has}}`, `{{#is}}`, `{{#match}}`: whether something is so.

use std::cmp::Ordering;

use handlebars::{Call, Error, Scope, Value};

use crate::coercion;
use crate::render::Render;

const ATTRIBUTES: [&str; 9] = ["tag", "author", "slug", "visibility", "id", "number", "index", "any", "all"];

pub(super) fn has<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let mut asked = false;
    let mut found = false;
    for (name, wanted) in call.hash() {
        if !ATTRIBUTES.contains(name) {
            continue;
        }
        asked = true;
        if !found && wanted.is_truthy() {
            // Ghost takes anything but a text for a mistake of the theme's
            let Some(wanted) = wanted.as_str() else {
                let part = match *name {
                    "tag" | "author" => format!("attrs.{name}.match"),
                    "number" | "index" => "expr.match".to_owned(),
                    "any" | "all" => "expr.split".to_owned(),
                    _ => "expr.toLocaleLowerCase".to_owned(),
                };
                return Err(call.error(format!("{part} is not a function")));
            };
            found = is_so(render, call, name, wanted);
        }
    }
    if asked {
        branch(call, found)?;
    }
    Ok(Value::Undefined)
}

fn branch<'a>(call: &mut Call<'_, 'a>, yes: bool) -> Result<(), Error> {
    let this = call.this();
    if yes { call.block(this, Scope::default()) } else { call.inverse(this) }
}

fn is_so<'a>(render: &Render<'a>, call: &Call<'_, 'a>, name: &str, wanted: &str) -> bool {
    let this = call.this();
    match name {
        "tag" | "author" => {
            let list = this.get(if name == "tag" { "tags" } else { "authors" }, render.arena);
            let list = list.as_list().unwrap_or_default();
            match count(wanted) {
                Some((ordering, number)) => (list.len() as u64).cmp(&number) == ordering,
                None if wanted.contains("count:") => false,
                None => list.iter().any(|item| {
                    let own = item.get("name", render.arena).as_str().map(str::to_lowercase);
                    own.is_some_and(|own| wanted.split(',').any(|name| name.trim().to_lowercase() == own))
                }),
            }
        }
        "number" | "index" => {
            let Some(own) = call.data(name).as_number() else { return false };
            let nth = wanted.strip_prefix("nth:").and_then(|rest| coercion::integer(Value::Text(rest)));
            match nth.filter(|nth| *nth >= 0) {
                Some(nth) => own % nth as f64 == 0.0,
                None => wanted.split(',').any(|one| coercion::integer(Value::Text(one)) == Some(own as i64)),
            }
        }
        "any" => wanted.split(',').any(|path| is_filled(render, call, path)),
        "all" => wanted.split(',').all(|path| is_filled(render, call, path)),
        _ => {
            let own = this.get(name, render.arena).as_str();
            own.is_some_and(|own| !own.is_empty() && own.to_lowercase() == wanted.to_lowercase())
        }
    }
}

/// `count:2`, `count:>2`, `count:<2`.
fn count(wanted: &str) -> Option<(Ordering, u64)> {
    let rest = wanted.split_once("count:")?.1;
    let (ordering, rest) = match rest.as_bytes().first()? {
        b'>' => (Ordering::Greater, &rest[1..]),
        b'<' => (Ordering::Less, &rest[1..]),
        _ => (Ordering::Equal, rest),
    };
    let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
    Some((ordering, rest[..end].parse().ok()?))
}

/// Whether the thing at a path such as `feature_image` or `@site.twitter` is there and not empty. Numbers and
/// booleans are always empty, as lodash sees them.
fn is_filled<'a>(render: &Render<'a>, call: &Call<'_, 'a>, path: &str) -> bool {
    let path = path.trim().to_lowercase();
    let (mut value, path) = match path.strip_prefix('@') {
        None => (call.this(), path.as_str()),
        Some(global) => {
            let (name, rest) = global.split_once('.').unwrap_or((global, ""));
            if !matches!(name, "site" | "config" | "labs") {
                return false;
            }
            (call.data(name), rest)
        }
    };
    for part in path.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        value = value.get(part, render.arena);
    }
    !coercion::is_empty(value, render.arena)
}

pub(super) fn is<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let Value::Text(wanted) = call.param(0) else { return Ok(Value::Undefined) };
    let found = wanted.split(',').any(|name| render.page.context.contains(&name.trim()));
    branch(call, found)?;
    Ok(Value::Undefined)
}

/// What an inline `{{match}}` answers. Safe texts, which are true for `{{#if}}` whatever they say; only another
/// `match` looks inside, and finds a boolean there. They are told from other texts by where they lie.
static TRUE: &str = "true";
static FALSE: &str = "false";

pub(super) fn matches<'a>(_: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let unwrapped: Vec<Value<'a>> = call.params().iter().map(|value| unwrap(*value)).collect();
    let result = match unwrapped[..] {
        [value] => {
            let zero = call.option("includeZero").is_truthy() && matches!(value, Value::Number(0.0));
            let empty = matches!(value.without_fields(), Value::List([]));
            zero || value.is_truthy() && !empty
        }
        [one, other] => coercion::same(one, other),
        [one, operator, other] => compare(one, operator.as_str().unwrap_or(""), other),
        _ => return Ok(Value::Undefined),
    };
    if call.is_block() {
        branch(call, result)?;
        return Ok(Value::Undefined);
    }
    Ok(Value::Safe(if result { TRUE } else { FALSE }))
}

fn unwrap(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Safe(text) if std::ptr::eq(text, TRUE) => Value::Bool(true),
        Value::Safe(text) if std::ptr::eq(text, FALSE) => Value::Bool(false),
        Value::Safe(text) => Value::Text(text),
        value => value,
    }
}

fn compare<'a>(one: Value<'a>, operator: &str, other: Value<'a>) -> bool {
    let ordering = || coercion::compare(one, other);
    let texts = || Some((one.as_str()?, other.as_str()?));
    match operator {
        "!=" => !coercion::same(one, other),
        "<" => ordering().is_some_and(Ordering::is_lt),
        ">" => ordering().is_some_and(Ordering::is_gt),
        "<=" => ordering().is_some_and(Ordering::is_le),
        ">=" => ordering().is_some_and(Ordering::is_ge),
        "~" => texts().is_some_and(|(one, other)| one.contains(other)),
        "~^" => texts().is_some_and(|(one, other)| one.starts_with(other)),
        "~$" => texts().is_some_and(|(one, other)| one.ends_with(other)),
        _ => coercion::same(one, other),
    }
}
