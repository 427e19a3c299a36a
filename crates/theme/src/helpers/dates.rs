//! `{{date}}`.

use handlebars::{Call, Error, Value};

use super::safe;
use crate::coercion;
use crate::dates::{self, Language};
use crate::render::Render;

pub(super) fn date<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let given = match call.params() {
        [] => call.this().get("published_at", render.arena),
        [first, ..] => *first,
    };
    let zone_name = match call.option("timezone") {
        Value::Undefined => call.data("site").get("timezone", render.arena),
        given => given,
    };
    let zone = dates::zone(zone_name.as_str().unwrap_or(render.page.facts.timezone));
    let parsed = match given {
        Value::Text(text) | Value::Safe(text) => dates::parse(text),
        // a number is a date only if its digits read as one, a year; it then counts milliseconds
        Value::Number(number) => dates::parse(&coercion::text(given))
            .and_then(|_| jiff::Timestamp::from_millisecond(number as i64).ok())
            .map(|at| at.to_zoned(jiff::tz::TimeZone::UTC)),
        _ => None,
    };
    let now = render.page.now.to_zoned(zone.clone().unwrap_or(jiff::tz::TimeZone::UTC));
    let when = match (parsed, &zone) {
        (Some(when), Some(zone)) => when.with_time_zone(zone.clone()),
        // in a zone that does not exist a date keeps its own offset
        (Some(when), None) => when,
        (None, _) => {
            render.notes.clock.set(true);
            now.clone()
        }
    };
    let locale = match call.option("locale") {
        Value::Undefined => call.data("site").get("locale", render.arena),
        given => given,
    };
    let language = Language::of(locale.as_str().filter(|locale| !locale.is_empty()).unwrap_or("en"));
    if call.option("timeago").is_truthy() {
        render.notes.clock.set(true);
        return safe(render, &dates::relative(&when, &now, language));
    }
    let format = match call.option("format") {
        Value::Undefined => "ll".into(),
        Value::Null => "".into(),
        format => coercion::text(format),
    };
    safe(render, &dates::format(&when, language, &format))
}
