//! `{{#prev_post}}`, `{{#next_post}}`: the posts before and after in time.

use handlebars::{Call, Error, Kind, Scope, Value};

use super::{asynchronous, shapes};
use crate::render::Render;
use crate::source::{Direction, Within};

pub(super) fn prev_post<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    neighbour(render, call, Direction::Previous)
}

pub(super) fn next_post<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    neighbour(render, call, Direction::Next)
}

fn neighbour<'a>(
    render: &Render<'a>,
    call: &mut Call<'_, 'a>,
    direction: Direction,
) -> Result<Value<'a>, Error> {
    asynchronous(render, call, |call| {
        if !call.is_block() {
            return Ok(Value::Undefined);
        }
        let this = call.this();
        let field = |name: &str| this.get(name, render.arena);
        let preview = render.page.context.contains(&"preview");
        if preview || !shapes::is_post(this, render.arena) || field("page").is_truthy() {
            call.inverse(this)?;
            return Ok(Value::Undefined);
        }
        let slug =
            |name: &str| field(name).get("slug", render.arena).as_str().filter(|slug| !slug.is_empty());
        let within = match call.option("in").as_str() {
            Some("primary_tag") => slug("primary_tag").map(Within::PrimaryTag),
            Some("primary_author") => slug("primary_author").map(Within::PrimaryAuthor),
            Some("author") => slug("author").map(Within::Author),
            _ => None,
        };
        let found =
            render.source.neighbour(render.arena, this, direction, within.unwrap_or(Within::Publication));
        let failure = match found {
            Ok(Some(post)) => match call.capture(|call| call.block(post, Scope::default())) {
                Ok(text) => {
                    call.write(text)?;
                    return Ok(Value::Undefined);
                }
                Err(error) if error.kind == Kind::Limit => return Err(error),
                Err(error) => error.handlebars_message(),
            },
            Ok(None) => {
                call.inverse(this)?;
                return Ok(Value::Undefined);
            }
            Err(message) => message,
        };
        render.notes.failed(failure.as_str());
        let message = Value::Text(render.arena.text(&failure));
        call.inverse_with(this, Scope { data: &[("error", message)], block_params: &[] })?;
        Ok(Value::Undefined)
    })
}
