//! `{{#foreach}}`: each item of a list or field of an object that readers may see.

use handlebars::{Call, Error, Scope, Value};

use super::shapes;
use crate::coercion;
use crate::render::Render;

pub(super) fn foreach<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    // Ghost fails, too: a mistake in the theme is better seen than a part that is missing.
    if call.params().is_empty() || !call.is_block() {
        return Err(call.error("foreach is a block and needs a list: {{#foreach posts}} … {{/foreach}}"));
    }
    let items = call.param(0).without_fields();
    let mut entries: Vec<(Value<'a>, Value<'a>)> = match items {
        Value::List(items) => {
            items.iter().enumerate().map(|(index, item)| (Value::Number(index as f64), *item)).collect()
        }
        Value::Object(object) => {
            let keys = object.keys(render.arena).iter();
            keys.map(|key| (Value::Text(key), object.get(key, render.arena))).collect()
        }
        // a text is taken for its letters
        Value::Text(text) => text
            .char_indices()
            .enumerate()
            .filter_map(|(index, (at, char))| {
                let key = render.arena.text(&index.to_string());
                Some((Value::Text(key), Value::Text(text.get(at..at + char.len_utf8())?)))
            })
            .collect(),
        _ => Vec::new(),
    };
    let wanted = call.option("visibility");
    let all = entries.first().is_some_and(|(_, first)| {
        !wanted.is_truthy()
            && (shapes::is_post(*first, render.arena) || shapes::is_newsletter(*first, render.arena))
    });
    if !all {
        let visibility = Visibility::of(wanted);
        entries.retain(|(_, item)| visibility.shows(*item, render));
        // a list that lost items is counted anew
        if let Value::List(_) = items {
            for (index, (key, _)) in entries.iter_mut().enumerate() {
                *key = Value::Number(index as f64);
            }
        }
    }
    if entries.is_empty() {
        call.inverse(call.this())?;
        return Ok(Value::Undefined);
    }
    let length = entries.len() as i64;
    let given = |name| coercion::integer(call.option(name)).filter(|number| *number != 0);
    let limit = given("limit").unwrap_or(length);
    let from = given("from").unwrap_or(1);
    let mut to = given("to").unwrap_or(length);
    if limit < length && from + limit <= length {
        to = from - 1 + limit;
    }
    let columns = coercion::integer(call.option("columns"));
    for (index, (key, item)) in (0_i64..).zip(entries) {
        let number = index + 1;
        if number < from {
            continue;
        }
        if number > to {
            break;
        }
        let column = columns.and_then(|columns| index.checked_rem(columns));
        let data = [
            ("key", key),
            ("index", Value::Number(index as f64)),
            ("number", Value::Number(number as f64)),
            ("first", Value::Bool(number == from)),
            ("last", Value::Bool(number == to)),
            ("even", Value::Bool(index % 2 == 1)),
            ("odd", Value::Bool(index % 2 == 0)),
            ("rowStart", Value::Bool(column == Some(0))),
            ("rowEnd", Value::Bool(column.is_some() && column == columns.map(|columns| columns - 1))),
        ];
        call.block(item, Scope { data: &data, block_params: &[item, key] })?;
    }
    Ok(Value::Undefined)
}

/// Which items are shown, by their field `visibility`; those without it count as public.
pub(super) struct Visibility<'a>(Value<'a>);

impl<'a> Visibility<'a> {
    /// From a comma list such as `public,internal`; nothing means public.
    pub fn of(list: Value<'a>) -> Self {
        Self(if list.is_truthy() { list } else { Value::Text("public") })
    }

    pub fn shows(&self, item: Value<'a>, render: &Render<'a>) -> bool {
        let list = coercion::text(self.0);
        let allowed = |name: &str| list.split(',').any(|one| one.trim() == name);
        if allowed("all") {
            return true;
        }
        match item.get("visibility", render.arena) {
            own if own.is_truthy() => allowed(&coercion::text(own)),
            _ => allowed("public"),
        }
    }
}
