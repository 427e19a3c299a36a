//! `{{content}}`, `{{excerpt}}`, `{{reading_time}}`: a post's text and its beginning.

use document::{truncate_characters, truncate_words};
use handlebars::{Call, Error, Value};

use super::{safe, shapes};
use crate::coercion;
use crate::markup;
use crate::render::Render;

pub(super) fn content<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let this = call.this();
    let access = this.get("access", render.arena);
    if !matches!(access, Value::Undefined) && !access.is_truthy() {
        let accent = call.data("site").get("accent_color", render.arena);
        let text = call.capture(|call| call.partial("content-cta", this, &[("accentColor", accent)]))?;
        return Ok(Value::Safe(text));
    }
    let html: &'a str = match this.get("html", render.arena) {
        Value::Text(html) | Value::Safe(html) => html,
        Value::Null => "",
        // Ghost wraps whatever is there, and prints even what is not
        other => render.arena.text(&coercion::text(other)),
    };
    let words = call.option("words");
    let characters = call.option("characters");
    if matches!((words, characters), (Value::Undefined, Value::Undefined)) {
        return Ok(Value::Safe(html));
    }
    match (coercion::integer(words), coercion::integer(characters)) {
        (Some(words), _) => safe(render, &truncate_words(html, words)),
        (None, characters) => safe(render, &truncate_characters(html, characters.unwrap_or(i64::MAX))),
    }
}

pub(super) fn excerpt<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let this = call.this();
    let custom = this.get("custom_excerpt", render.arena);
    let is_custom = custom.is_truthy();
    let text = if is_custom { custom } else { this.get("excerpt", render.arena) };
    let text = if text.is_truthy() { coercion::text(text) } else { "".into() };
    let escaped = markup::escape_excerpt(&text);
    let given = |name| coercion::integer(call.option(name)).filter(|number| *number != 0);
    match (given("words"), given("characters")) {
        // what an editor wrote is never cut
        _ if is_custom => safe(render, &truncate_characters(&escaped, i64::MAX)),
        (Some(words), _) => safe(render, &truncate_words(&escaped, words)),
        (None, Some(characters)) => safe(render, &truncate_characters(&escaped, characters)),
        (None, None) => safe(render, &truncate_words(&escaped, 50)),
    }
}

pub(super) fn reading_time<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let this = call.this();
    if !shapes::is_post(this, render.arena) {
        return Ok(Value::Null);
    }
    let known = this.get("reading_time", render.arena);
    let minutes = match known.is_truthy() {
        true => known.as_number().unwrap_or(f64::NAN),
        false => {
            let html = this.get("html", render.arena).as_str().unwrap_or("");
            if html.is_empty() {
                return Ok(Value::Safe(""));
            }
            let has_image = this.get("feature_image", render.arena).is_truthy();
            f64::from(document::reading_time(html, has_image))
        }
    };
    let form = |name, default| match call.option(name) {
        Value::Text(text) => text,
        _ => default,
    };
    if minutes <= 1.0 {
        return Ok(Value::Safe(form("minute", "1 min read")));
    }
    safe(render, &form("minutes", "% min read").replacen('%', &coercion::number_text(minutes), 1))
}
