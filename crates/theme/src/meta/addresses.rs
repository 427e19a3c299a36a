//! Addresses that a page's head names: its own, its neighbours', its Markdown form.

use handlebars::{Arena, Value};

use super::HeadContext;
use crate::addresses::encode_path;

/// Which page of a list is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The page before.
    Previous,
    /// The page after.
    Next,
    /// The page of this number.
    To(u64),
}

/// The address of another page of the list shown at `relative_url`, or none if there is no such page.
///
/// `base` is put before it: the site's address for an absolute one, else its folder; neither ends with a slash.
pub fn paginated_url<'a>(
    arena: &'a Arena,
    relative_url: &str,
    pagination: Value<'a>,
    turn: Turn,
    base: &str,
) -> Option<&'a str> {
    if !pagination.is_truthy() {
        return None;
    }
    let number_of = |name: &str| pagination.get(name, arena).as_number().filter(|number| *number >= 1.0);
    let number = match turn {
        Turn::Previous => number_of("prev")? as u64,
        Turn::Next => number_of("next")? as u64,
        Turn::To(number) => number,
    };
    let list = match before_page_number(relative_url) {
        Some(before) => before,
        None => relative_url.get(..relative_url.len().saturating_sub(1)).unwrap_or(""),
    };
    let list = list.trim_end_matches('/');
    Some(match number {
        0 | 1 => arena.text(&format!("{base}{list}/")),
        number => arena.text(&format!("{base}{list}/page/{number}/")),
    })
}

/// What stands before the last `/page/N/`.
fn before_page_number(path: &str) -> Option<&str> {
    const MARK: &str = "/page/";
    path.rmatch_indices(MARK).find_map(|(at, _)| {
        let (number, _) = path.get(at + MARK.len()..)?.split_once('/')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| path.get(..at)).flatten()
    })
}

/// The address of the page itself, as it was asked for.
pub(super) fn own<'a>(ctx: &HeadContext<'a>) -> &'a str {
    let facts = ctx.page.facts;
    ctx.arena.text(&facts.join(&[facts.url, "/", ctx.page.relative_url]))
}

/// The address under which the page wants to be known.
pub(super) fn canonical<'a>(ctx: &HeadContext<'a>) -> &'a str {
    let chosen = |name| ctx.root(name).and_then(|thing| ctx.text(thing, "canonical_url"));
    let of_entry = if ctx.is("post") || ctx.is("page") { chosen("post") } else { None };
    let of_tag = || if ctx.is("tag") { chosen("tag") } else { None };
    of_entry.or_else(of_tag).unwrap_or_else(|| own(ctx))
}

/// A picture's address made absolute, if it lies among the site's own pictures.
pub(super) fn absolute_picture<'a>(ctx: &HeadContext<'a>, path: &'a str) -> &'a str {
    let facts = ctx.page.facts;
    match path.strip_prefix(facts.subdirectory()) {
        Some(below) if below.starts_with("/content/images") => {
            ctx.arena.text(&format!("{}{below}", facts.url))
        }
        _ => path,
    }
}

/// The address of the same story as Markdown: `/story/` becomes `/story.md`. None if `url` is no web address.
pub(super) fn markdown(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let end_of_host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end_of_host);
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || "<>\"{}|^`\\".contains(c)) {
        return None;
    }
    let end_of_path = rest.find(['?', '#']).unwrap_or(rest.len());
    let (path, query) = rest.split_at(end_of_path);
    let mut out = format!("{}://{}", scheme.to_ascii_lowercase(), host.to_lowercase());
    match path.strip_suffix('/').unwrap_or(path) {
        "" => out.push_str("/index"),
        path => out.push_str(&encode_path(path)),
    }
    out.push_str(".md");
    out.push_str(&encode_path(query));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_list() {
        let arena = Arena::new();
        let pagination = arena.map([("prev", Value::Number(1.0)), ("next", Value::Number(3.0))]);
        let turn = |url, turn| paginated_url(&arena, url, pagination, turn, "https://x.test");
        assert_eq!(turn("/page/2/", Turn::Previous), Some("https://x.test/"));
        assert_eq!(turn("/page/2/", Turn::Next), Some("https://x.test/page/3/"));
        assert_eq!(turn("/tag/page/page/2/", Turn::Next), Some("https://x.test/tag/page/page/3/"));
        assert_eq!(turn("/tag/city/", Turn::Next), Some("https://x.test/tag/city/page/3/"));
        assert_eq!(turn("/tag/city/", Turn::To(1)), Some("https://x.test/tag/city/"));
        assert_eq!(turn("", Turn::To(2)), Some("https://x.test/page/2/"));
        assert_eq!(paginated_url(&arena, "/", Value::Null, Turn::Next, ""), None);
        let last = arena.map([("prev", Value::Number(1.0)), ("next", Value::Null)]);
        assert_eq!(paginated_url(&arena, "/page/2/", last, Turn::Next, ""), None);
    }

    #[test]
    fn markdown_addresses() {
        assert_eq!(markdown("https://X.test/a-b/").as_deref(), Some("https://x.test/a-b.md"));
        assert_eq!(markdown("https://x.test").as_deref(), Some("https://x.test/index.md"));
        assert_eq!(markdown("https://x.test/ö/?q=1#f").as_deref(), Some("https://x.test/%C3%B6.md?q=1#f"));
        assert_eq!(markdown("/relative/"), None);
        assert_eq!(markdown("javascript:alert(1)"), None);
    }
}
