//! `{{asset}}`: addresses of the theme's files, and of those the server brings, with a fingerprint.

use std::borrow::Cow;

use handlebars::{Call, Error, Value};

use super::safe;
use crate::coercion;
use crate::render::Render;

pub(super) fn asset<'a>(render: &Render<'a>, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
    let path = call.param(0);
    if !path.is_truthy() {
        return Err(call.error("The {{asset}} helper must be passed a path"));
    }
    let small = call.option("hasMinFile").is_truthy();
    let url = address(render, &coercion::text(path), small);
    let facts = render.page.facts;
    let apart =
        facts.admin_url.is_some_and(|admin| admin.trim_end_matches('/') != facts.url.trim_end_matches('/'));
    if apart && url.starts_with('/') {
        return safe(render, &format!("{}{url}", facts.origin()));
    }
    safe(render, &url)
}

fn address<'a>(render: &Render<'a>, path: &str, small: bool) -> String {
    if path.ends_with("favicon.ico") || path.ends_with("favicon.png") {
        return crate::meta::icon_url(&render.head_context(), false).to_owned();
    }
    let facts = render.page.facts;
    let public = path.starts_with("public/");
    let mut path = Cow::Borrowed(path);
    if small
        && facts.use_min_files
        && let Some((name, ending)) = path.rsplit_once('.')
    {
        path = Cow::Owned(format!("{name}.min.{ending}"));
    }
    let (file, anchor) = path.split_at(path.find('#').unwrap_or(path.len()));
    let root = match facts.assets_url {
        Some(root) => format!("{}/", root.trim_end_matches('/')),
        None => format!("{}/", facts.subdirectory()),
    };
    let folder = if public || path.starts_with("asset") { "" } else { "assets/" };
    let url = facts.join(&[&format!("{root}{folder}"), file]);
    let hash: Cow<'_, str> = match public {
        true => render.source.public_asset(render.arena, file).map(Cow::Borrowed),
        false => render.theme.asset_hash(file.strip_prefix("assets/").unwrap_or(file)).map(Cow::Owned),
    }
    .unwrap_or_else(|| Cow::Owned(render.theme.global_hash()));
    format!("{url}?v={hash}{anchor}")
}
