//! `{{#get}}` and `{{#collection}}`: what a template asks of the publication by itself.

use std::borrow::Cow;

use handlebars::{Call, Error, Kind, Scope, Value};

use super::asynchronous;
use crate::coercion;
use crate::render::Render;
use crate::source::Fetched;

const RESOURCES: [&str; 6] = ["posts", "tags", "pages", "authors", "tiers", "newsletters"];

/// Rows of one answer at most, whatever a theme asks for.
const MOST: i64 = 100;

pub(super) fn get<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        if !call.is_block() {
            return Ok(Value::Undefined);
        }
        let asked = coercion::text(call.param(0));
        let Some(resource) = RESOURCES.into_iter().find(|resource| *resource == asked) else {
            let message = format!("Invalid \"{asked}\" resource given to get helper");
            return otherwise(render, call, &message);
        };
        let mut options = options(render, call, resource)?;
        let without = if resource == "posts" { fetch_one_more(render, &mut options) } else { None };
        let fetched = match render.source.get(render.arena, resource, &options) {
            Ok(fetched) => fetched,
            Err(message) => return otherwise(render, call, &message),
        };
        let fetched = match without {
            Some(without) => without.take_out(render, fetched),
            None => fetched,
        };
        show(render, call, resource, &fetched)
    })
}

pub(super) fn collection<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        if !call.is_block() {
            return Ok(Value::Undefined);
        }
        let limit = match call.option("limit") {
            limit if limit.is_truthy() && limit.as_str() != Some("all") => limit,
            _ => Value::Number(3.0),
        };
        match render.source.get(render.arena, "posts", &[("limit", limit)]) {
            Ok(fetched) => show(render, call, "posts", &fetched),
            Err(message) => otherwise(render, call, &message),
        }
    })
}

/// What the block sees: rows by the resource's name, `meta`, `pagination`.
pub(super) fn answer<'a>(render: &Render<'a>, resource: &'a str, fetched: &Fetched<'a>) -> Value<'a> {
    let rows = (resource, Value::List(fetched.rows));
    match fetched.pagination {
        Value::Undefined => render.arena.map([rows]),
        pagination => {
            let meta = render.arena.map([("pagination", pagination)]);
            render.arena.map([rows, ("meta", meta), ("pagination", pagination)])
        }
    }
}

fn show<'a>(
    render: &Render<'a>,
    call: &mut Call<'_, 'a>,
    resource: &'static str,
    fetched: &Fetched<'a>,
) -> Result<Value<'a>, Error> {
    let this = answer(render, resource, fetched);
    let params = [Value::List(fetched.rows), fetched.pagination];
    let params = if matches!(fetched.pagination, Value::Undefined) { &params[..1] } else { &params[..] };
    match call.capture(|call| call.block(this, Scope { data: &[], block_params: params })) {
        Ok(text) => {
            if fetched.aborted {
                render.notes.aborted.set(true);
                call.write("<span data-aborted-get-helper>Could not load content</span>")?;
            }
            call.write(text)?;
            Ok(Value::Undefined)
        }
        Err(error) if error.kind == Kind::Limit => Err(error),
        // a block that fails counts as a query that failed
        Err(error) => otherwise(render, call, &error.handlebars_message()),
    }
}

fn otherwise<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>, message: &str) -> Result<Value<'a>, Error> {
    render.notes.failed(message);
    let data = [("error", Value::Text(render.arena.text(message)))];
    call.inverse_with(call.this(), Scope { data: &data, block_params: &[] })?;
    Ok(Value::Undefined)
}

/// The call's named arguments as parameters of the query.
fn options<'a>(
    render: &Render<'a>,
    call: &Call<'_, 'a>,
    resource: &str,
) -> Result<Vec<(&'a str, Value<'a>)>, Error> {
    let mut options = Vec::with_capacity(call.hash().len());
    for (name, value) in call.hash() {
        let value = match (*name, *value) {
            (_, Value::Undefined) => continue,
            ("filter", Value::Text(filter) | Value::Safe(filter)) => match filled_in(render, call, filter)? {
                Cow::Borrowed(_) => Value::Text(filter),
                Cow::Owned(filter) => Value::Text(render.arena.text(&filter)),
            },
            ("limit", limit) if limit.is_truthy() => match coercion::integer(limit) {
                Some(number) if number <= MOST => limit,
                _ => Value::Number(MOST as f64),
            },
            ("fields", Value::Text(fields)) if matches!(resource, "posts" | "pages" | "tags") => {
                match fields.split(',').any(|field| field.trim() == "url") {
                    true => Value::Text(fields),
                    false => {
                        let fields: Vec<&str> = fields.split(',').map(str::trim).collect();
                        Value::Text(render.arena.text(&format!("{},url", fields.join(","))))
                    }
                }
            }
            (_, value) => value,
        };
        options.push((*name, value));
    }
    Ok(options)
}

/// A filter with its `{{path}}` places filled in from the block's surroundings. Nothing is quoted.
fn filled_in<'a, 'f>(
    render: &Render<'a>,
    call: &Call<'_, 'a>,
    filter: &'f str,
) -> Result<Cow<'f, str>, Error> {
    if !filter.contains("{{") {
        return Ok(Cow::Borrowed(filter));
    }
    let mut out = String::new();
    let mut rest = filter;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest.get(start + 2..).and_then(|inside| inside.find("}}")) else { break };
        let path = &rest[start + 2..start + 2 + length];
        // a place does not span lines
        if path.contains('\n') {
            break;
        }
        out.push_str(&rest[..start]);
        let found = find(render, call, path)?;
        out.push_str(&coercion::join(found.into_iter(), ","));
        rest = &rest[start + 2 + length + 2..];
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// All that lies at a path such as `post.tags[*].slug`, `@site.url` or `tags.[0].slug`.
fn find<'a>(render: &Render<'a>, call: &Call<'_, 'a>, path: &str) -> Result<Vec<Value<'a>>, Error> {
    let path = match path {
        "post.tags" => "post.tags[*].slug",
        "post.author" => "post.author.slug",
        path => path,
    };
    let path = path.replace(".[", "[");
    let (mut current, path) = match path.strip_prefix('@') {
        None => (vec![call.this()], path.as_str()),
        Some(global) => {
            let (name, rest) = global.split_once(['.', '[']).unwrap_or((global, ""));
            let reach = global.get(name.len()..).unwrap_or("");
            if matches!(name, "root" | "_parent") || !is_word(name) {
                return Ok(Vec::new());
            }
            let value = call.data(name);
            let value = if matches!(value, Value::Undefined) { Vec::new() } else { vec![value] };
            // `@name[0]` reaches into the value itself
            match reach.starts_with('[') {
                true => return step_all(render, call, value, &format!("this{reach}"), true),
                false if rest.is_empty() => return Ok(value),
                false => (value, rest),
            }
        }
    };
    let whole = path.to_owned();
    current = step_all(render, call, current, &whole, false)?;
    Ok(current)
}

fn step_all<'a>(
    render: &Render<'a>,
    call: &Call<'_, 'a>,
    mut current: Vec<Value<'a>>,
    path: &str,
    first_is_self: bool,
) -> Result<Vec<Value<'a>>, Error> {
    for (index, part) in path.split('.').enumerate() {
        if current.is_empty() {
            break;
        }
        let (name, bracket) = match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            Some((name, bracket)) => (name, Some(bracket)),
            None => (part, None),
        };
        let number = bracket.and_then(|bracket| bracket.parse::<usize>().ok());
        if !is_word(name) || bracket.is_some_and(|bracket| bracket != "*" && number.is_none()) {
            return Err(call.error(format!(
                "{{{{#get}}}} helper \u{2014} unsupported path segment \"{part}\" in \"{path}\""
            )));
        }
        let mut next = Vec::new();
        for value in current {
            let value = if first_is_self && index == 0 { value } else { value.get(name, render.arena) };
            match (bracket, number) {
                _ if matches!(value, Value::Undefined) => {}
                (None, _) => next.push(value),
                (Some(_), None) => next.extend_from_slice(value.as_list().unwrap_or_default()),
                (Some(_), Some(number)) => {
                    next.extend(value.as_list().and_then(|items| items.get(number)).copied());
                }
            }
        }
        current = next;
    }
    Ok(current)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// One post that the query would leave out by its id, and is taken out of the answer instead: Ghost rewrites such
/// queries so that all posts of a site share one answer. Totals then count the post, as Ghost's do.
struct Without<'a> {
    id: &'a str,
    limit: Option<i64>,
}

/// Rewrites a filter with exactly one `id:-<id>` that all rows must meet.
fn fetch_one_more<'a>(render: &Render<'a>, options: &mut Vec<(&'a str, Value<'a>)>) -> Option<Without<'a>> {
    let at = options.iter().position(|(name, _)| *name == "filter")?;
    let filter = options.get(at)?.1.as_str()?;
    if filter.matches("id:-").count() != 1 {
        return None;
    }
    let term = terms(filter)?.into_iter().find_map(|term| term.trim().strip_prefix("id:-"))?;
    let id = term.trim().trim_matches(['\'', '"']);
    if id.is_empty() || id == "null" || id.starts_with('[') {
        return None;
    }
    let is_id = id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id {
        let rewritten = filter.replacen(&format!("id:-{id}"), "id:-null", 1);
        options[at].1 = Value::Text(render.arena.text(&rewritten));
    }
    let limit =
        options.iter().find(|(name, _)| *name == "limit").map_or(Value::Undefined, |(_, limit)| *limit);
    let limit = match limit {
        Value::Text("all") => None,
        limit if limit.is_truthy() => coercion::integer(limit).map(|limit| limit + 1),
        _ => Some(16),
    };
    options.retain(|(name, _)| *name != "limit");
    options.push(("limit", limit.map_or(Value::Text("all"), |limit| Value::Number(limit as f64))));
    Some(Without { id, limit })
}

/// The parts between `+` at the top of a filter; none when there is a `,` there.
fn terms(filter: &str) -> Option<Vec<&str>> {
    let (mut terms, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_i32, None);
    for (at, char) in filter.char_indices() {
        match (quote, char) {
            (Some(open), char) if char == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(char),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, ',') if depth == 0 => return None,
            (None, '+') if depth == 0 => {
                terms.push(filter.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    terms.push(filter.get(start..)?);
    Some(terms)
}

impl<'a> Without<'a> {
    fn take_out(&self, render: &Render<'a>, fetched: Fetched<'a>) -> Fetched<'a> {
        let arena = render.arena;
        let kept = fetched.rows.iter().filter(|row| row.get("id", arena).as_str() != Some(self.id)).copied();
        let most = self.limit.map_or(usize::MAX, |limit| usize::try_from(limit - 1).unwrap_or(0));
        let rows = arena.slice(kept.take(most));
        let pagination = match fetched.pagination.get("limit", arena) {
            Value::Number(limit) => {
                arena.overlay(fetched.pagination, arena.slice([("limit", Value::Number(limit - 1.0))]))
            }
            _ => fetched.pagination,
        };
        Fetched { rows, pagination, ..fetched }
    }
}
