//! Titles and descriptions of a page, for its head, for cards on social networks, and for `{{meta_title}}`.

use handlebars::Value;

use super::{HeadContext, trimmed};
use crate::coercion;

/// For whom a title or description is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Search engines, and the browser's tab.
    Meta,
    /// Open Graph.
    OpenGraph,
    /// Cards of X, formerly Twitter.
    Twitter,
}

impl Property {
    fn title_field(self) -> &'static str {
        match self {
            Property::Meta => "meta_title",
            Property::OpenGraph => "og_title",
            Property::Twitter => "twitter_title",
        }
    }

    fn description_field(self) -> &'static str {
        match self {
            Property::Meta => "meta_description",
            Property::OpenGraph => "og_description",
            Property::Twitter => "twitter_description",
        }
    }
}

/// The title of the page, seen from `this`, whose own `meta_title` wins.
///
/// `page_form` is how the page's number is added on lists, ` (Page %)` if not said. It is added when the list has
/// more than one *item*, as Ghost does.
pub fn title<'a>(
    ctx: &HeadContext<'a>,
    this: Value<'a>,
    property: Property,
    page_form: Option<&str>,
) -> &'a str {
    if let Some(own) = ctx.text(this, "meta_title") {
        return trimmed(own);
    }
    let site_title = ctx.setting_text("title").unwrap_or("");
    let field = property.title_field();
    if ctx.is("home") {
        return trimmed(ctx.setting_text(field).unwrap_or(site_title));
    }
    let paged = ctx.is("paged");
    if let Some(author) = seen(ctx, this, "author").filter(|_| ctx.is("author")) {
        let name = ctx.text(author, "name").unwrap_or("");
        return of_list(ctx, name, site_title, &page_suffix(ctx, page_form, paged));
    }
    if let Some(tag) = seen(ctx, this, "tag").filter(|_| ctx.is("tag")) {
        let own = if paged { None } else { ctx.text(tag, field) };
        return match own.or_else(|| ctx.text(tag, "meta_title")) {
            Some(own) => trimmed(own),
            None => {
                let name = ctx.text(tag, "name").unwrap_or("");
                of_list(ctx, name, site_title, &page_suffix(ctx, page_form, paged))
            }
        };
    }
    if let Some(entry) = entry(ctx, this) {
        let own = ctx
            .text(entry, field)
            .or_else(|| ctx.text(entry, "meta_title"))
            .or_else(|| ctx.text(entry, "title"));
        return trimmed(own.unwrap_or(""));
    }
    trimmed(ctx.arena.text(&format!("{site_title}{}", page_suffix(ctx, page_form, true))))
}

/// `News - The Courant`, and the number of the page.
fn of_list<'a>(ctx: &HeadContext<'a>, name: &str, site_title: &str, suffix: &str) -> &'a str {
    let text = match (site_title, suffix) {
        ("", "") => name.to_owned(),
        ("", suffix) => format!("{name} -{suffix}"),
        (site_title, suffix) => format!("{name} - {site_title}{suffix}"),
    };
    trimmed(ctx.arena.text(&text))
}

fn page_suffix(ctx: &HeadContext<'_>, form: Option<&str>, wanted: bool) -> String {
    let pagination = ctx.page.data.get("pagination", ctx.arena);
    let total = pagination.get("total", ctx.arena).as_number().unwrap_or(0.0);
    if !wanted || total <= 1.0 {
        return String::new();
    }
    let number = pagination.get("page", ctx.arena).as_number().unwrap_or(1.0);
    let number = coercion::number_text(number);
    form.unwrap_or(" (Page %)").replacen('%', &number, 1)
}

/// The description of the page, seen from `this`, whose own `meta_description` wins. None when there is none.
pub fn description<'a>(ctx: &HeadContext<'a>, this: Value<'a>, property: Property) -> Option<&'a str> {
    let found = match ctx.text(this, "meta_description") {
        Some(own) => Some(own),
        None => of_context(ctx, this, property),
    };
    found.map(trimmed).filter(|text| !text.is_empty())
}

fn of_context<'a>(ctx: &HeadContext<'a>, this: Value<'a>, property: Property) -> Option<&'a str> {
    let social = property != Property::Meta;
    let field = property.description_field();
    if ctx.is("home") {
        return ctx
            .setting_text(field)
            .or_else(|| ctx.setting_text("meta_description"))
            .or_else(|| ctx.setting_text("description"));
    }
    let site_description = || ctx.setting_text("meta_description").filter(|_| social);
    // Lists have no description of their own from their second page on.
    let further_page = !social && ctx.is("paged");
    if let Some(author) = seen(ctx, this, "author").filter(|_| ctx.is("author")) {
        if further_page {
            return None;
        }
        return ctx
            .text(author, "meta_description")
            .or_else(|| ctx.text(author, "bio"))
            .or_else(site_description);
    }
    if let Some(tag) = seen(ctx, this, "tag").filter(|_| ctx.is("tag")) {
        if further_page {
            return None;
        }
        return ctx
            .text(tag, field)
            .or_else(|| ctx.text(tag, "meta_description"))
            .or_else(|| ctx.text(tag, "description"))
            .or_else(site_description);
    }
    let entry = entry(ctx, this)?;
    if !social {
        return ctx.text(entry, "meta_description").or_else(|| ctx.text(entry, "custom_excerpt"));
    }
    ctx.text(entry, field)
        .or_else(|| ctx.text(entry, "custom_excerpt"))
        .or_else(|| ctx.text(entry, "meta_description"))
        .or_else(|| match desk_teaser(ctx, entry) {
            Some(teaser) => Some(teaser).filter(|teaser| !teaser.is_empty()),
            None => ctx
                .text(entry, "excerpt")
                .map(|text| ctx.arena.text(&document::truncate_words(text, 50)))
                .filter(|text| !text.is_empty()),
        })
        .or_else(|| ctx.setting_text("description"))
}

/// The teaser that ends where a sentence ends, for entries whose excerpt nobody wrote; empty where no sentence fits. None on pages that
/// show nothing of the desk's.
pub(super) fn desk_teaser<'a>(ctx: &HeadContext<'a>, entry: Value<'a>) -> Option<&'a str> {
    entry.get("desk", ctx.arena).get("shown_teaser", ctx.arena).as_str()
}

/// The post or page that the page is about. A page is also in `post`.
/// What the helper's surroundings call `name`: at the top of a template, the page's.
fn seen<'a>(ctx: &HeadContext<'a>, this: Value<'a>, name: &str) -> Option<Value<'a>> {
    super::truthy(this.get(name, ctx.arena))
}

fn entry<'a>(ctx: &HeadContext<'a>, this: Value<'a>) -> Option<Value<'a>> {
    if (ctx.is("post") || ctx.is("page"))
        && let Some(post) = seen(ctx, this, "post")
    {
        return Some(post);
    }
    seen(ctx, this, "page").filter(|_| ctx.is("page"))
}
