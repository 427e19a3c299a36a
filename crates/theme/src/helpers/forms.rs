//! `{{search}}`, `{{input_password}}`: things readers press and fill in.

use handlebars::{Call, Error, Value};

use super::safe;
use crate::coercion;
use crate::render::Render;

/// A magnifying glass.
const SEARCH: &str = concat!(
    r#"<button class="gh-search-icon" aria-label="search" data-ghost-search "#,
    r#"style="display: inline-flex; justify-content: center; align-items: center; width: 32px; height: 32px; "#,
    r#"padding: 0; border: 0; color: inherit; background-color: transparent; cursor: pointer; outline: none;">"#,
    r#"<svg width="20" height="20" fill="none" viewBox="0 0 20 20" stroke="currentColor" stroke-width="1.6">"#,
    r#"<circle cx="8.5" cy="8.5" r="6"/><path d="M13 13l5 5" stroke-linecap="round"/></svg></button>"#,
);

pub(super) fn search<'a>(_: &Render<'a>, _: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    Ok(Value::Safe(SEARCH))
}

pub(super) fn input_password<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let class = call.option("class");
    let class = if class.is_truthy() { coercion::text(class) } else { "private-login-password".into() };
    let mut out =
        format!("<input class=\"{class}\" type=\"password\" name=\"password\" autofocus=\"autofocus\"");
    let placeholder = call.option("placeholder");
    if placeholder.is_truthy() {
        out.push_str(&format!(" placeholder=\"{}\"", coercion::text(placeholder)));
    }
    if call.option("data-1p-ignore").is_truthy() {
        out.push_str(" data-1p-ignore");
    }
    out.push_str(" />");
    safe(render, &out)
}
