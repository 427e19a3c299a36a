//! The scripts and links that every page carries: portal, search, announcement, cards, comment counts and so on.

use std::borrow::Cow;

use handlebars::Value;

use super::cta_style::CTA_STYLE;
use super::head_lines::{Excluded, Lines};
use super::html::{push_attribute, push_plain_attribute};
use super::{HeadContext, filled};
use crate::percent;

/// The way in for members: sign-up and account, the style of the box at a cut, the payment provider's script.
pub(super) fn push_members(lines: &mut Lines, ctx: &HeadContext<'_>, excluded: &Excluded<'_>) {
    let on = |name: &str| ctx.setting(name).is_truthy();
    if !on("members_enabled") && !on("donations_enabled") && !on("recommendations_enabled") {
        return lines.empty();
    }
    lines.line_with_code(|out| {
        let portal = ctx.page.facts.apps.portal;
        if !portal.is_empty() && !excluded.has("portal") {
            open_app(out, portal);
            data(out, "i18n", "true");
            data(out, "ghost", &ctx.page.facts.site_url());
            data(out, "key", ctx.source.content_key().unwrap_or(""));
            data(out, "api", &ctx.page.facts.content_api(true));
            data(out, "locale", ctx.setting_text("locale").unwrap_or("en"));
            // In a site preview the colour is not saved yet.
            if !matches!(ctx.page.site.get("_preview", ctx.arena), Value::Undefined)
                && let Some(colour) = ctx.text(ctx.page.site, "accent_color")
            {
                data(out, "accent-color", colour);
            }
            close_app(out);
        }
        if !excluded.has("cta_styles") {
            out.push_str("<style id=\"gh-members-styles\">");
            out.push_str(CTA_STYLE);
            out.push_str("</style>");
        }
        if on("paid_members_enabled") {
            out.push_str("<script async src=\"https://js.stripe.com/v3/\"></script>");
        }
    });
}

/// Search over the publication.
pub(super) fn push_search(lines: &mut Lines, ctx: &HeadContext<'_>) {
    let apps = &ctx.page.facts.apps;
    if apps.search.is_empty() {
        return lines.empty();
    }
    lines.line_with_code(|out| {
        open_app(out, apps.search);
        data(out, "key", ctx.source.content_key().unwrap_or(""));
        data(out, "styles", apps.search_styles);
        let facts = ctx.page.facts;
        let origin = facts.admin_url.unwrap_or(facts.url).trim_end_matches('/');
        data(out, "sodo-search", &format!("{origin}/"));
        data(out, "locale", ctx.setting_text("locale").unwrap_or("en"));
        close_app(out);
    });
}

/// The announcement above the page. In a site preview the one being written is shown.
pub(super) fn push_announcement(lines: &mut Lines, ctx: &HeadContext<'_>) {
    let preview = filled(ctx.page.site.get("_preview", ctx.arena));
    let shown_to = ctx.setting("announcement_visibility");
    let shown_to_someone = match shown_to {
        Value::List(groups) => !groups.is_empty(),
        other => filled(other).is_some(),
    };
    let set = ctx.setting("announcement_content").is_truthy() && shown_to_someone;
    let app = ctx.page.facts.apps.announcement;
    let draft = preview.map(|query| {
        let field =
            |wanted: &str| query_pairs(query).find(|(name, _)| name == wanted).map(|(_, value)| value);
        (
            field("announcement").unwrap_or_default(),
            field("announcement_bg"),
            field("announcement_vis").is_some(),
        )
    });
    let wanted = match &draft {
        Some((text, _, shown)) => !text.is_empty() && *shown,
        None => set,
    };
    if !wanted || app.is_empty() {
        return lines.empty();
    }
    lines.line_with_code(|out| {
        let site = ctx.page.facts.site_url();
        open_app(out, app);
        data(out, "announcement-bar", &site);
        data(out, "api-url", &format!("{site}members/api/announcement/"));
        if let Some((text, background, _)) = &draft {
            written(out, "announcement", text);
            written(out, "announcement-background", background.as_deref().unwrap_or(""));
            data(out, "preview", "true");
        }
        close_app(out);
    });
}

/// The bar that signed-in staff see.
pub(super) fn push_admin_toolbar(lines: &mut Lines, ctx: &HeadContext<'_>, excluded: &Excluded<'_>) {
    let app = ctx.page.facts.apps.admin_toolbar;
    if !ctx.page.staff_tools || excluded.has("admin_toolbar") || app.is_empty() {
        return;
    }
    let entry = ctx.root("post").or_else(|| ctx.root("page"));
    let id = entry.and_then(|entry| ctx.text(entry, "id"));
    let tag_slug = ctx.root("tag").filter(|_| ctx.is("tag")).and_then(|tag| ctx.text(tag, "slug"));
    let is_page = ctx.is("page") || entry.is_some_and(|entry| ctx.text(entry, "type") == Some("page"));
    let kind = match (id, tag_slug) {
        (Some(_), _) if is_page => Some("page"),
        (Some(_), _) => Some("post"),
        (None, Some(_)) => Some("tag"),
        (None, None) => None,
    };
    let home = ctx.is("home");
    let home_and = |name: &str| (home && matches!(ctx.setting(name), Value::Bool(true))).then_some("true");
    let no_comments = kind == Some("post") && ctx.setting_text("comments_enabled") == Some("off");
    let facts = [
        ("resource-type", kind),
        ("resource-id", id),
        ("resource-slug", tag_slug),
        ("page-context", home.then_some("home")),
        ("site-analytics-enabled", home_and("web_analytics_enabled")),
        ("activitypub-enabled", home_and("social_web_enabled")),
        ("members-enabled", home_and("members_enabled")),
        ("comments-enabled", no_comments.then_some("false")),
    ];
    lines.line_with_code(|out| {
        open_app(out, app);
        written(out, "ghost-admin-toolbar", &ctx.page.facts.admin());
        written(out, "site-title", ctx.setting_text("title").unwrap_or("Ghost"));
        for (name, value) in facts {
            if let Some(value) = value {
                written(out, name, value);
            }
        }
        close_app(out);
    });
}

/// Script and style of the editor's cards, as far as the theme wants them.
pub(super) fn push_cards(lines: &mut Lines, ctx: &HeadContext<'_>) {
    if let Some(url) = own_file(ctx, "public/cards.min.js") {
        lines.line_with_code(|out| script(out, &url, None));
    }
    if let Some(url) = own_file(ctx, "public/cards.min.css") {
        lines.line(|out| {
            out.push_str("<link rel=\"stylesheet\" type=\"text/css\"");
            push_plain_attribute(out, "href", &url);
            out.push('>');
        });
    }
}

/// Counts of comments in lists.
pub(super) fn push_comment_counts(lines: &mut Lines, ctx: &HeadContext<'_>) {
    if ctx.setting_text("comments_enabled") == Some("off") {
        return;
    }
    if let Some(url) = own_file(ctx, "public/comment-counts.min.js") {
        let api = format!("{}members/api/comments/counts/", ctx.page.facts.site_url());
        lines.line_with_code(|out| script(out, &url, Some(("data-ghost-comments-counts-api", &api))));
    }
}

/// Where members came from.
pub(super) fn push_member_attribution(lines: &mut Lines, ctx: &HeadContext<'_>) {
    if !ctx.setting("members_enabled").is_truthy() || !ctx.setting("members_track_sources").is_truthy() {
        return;
    }
    if let Some(url) = own_file(ctx, "public/member-attribution.min.js") {
        lines.line_with_code(|out| script(out, &url, None));
    }
}

/// The address of a file that the server itself brings, with its fingerprint; none if it has no such file.
fn own_file(ctx: &HeadContext<'_>, path: &str) -> Option<String> {
    let fingerprint = ctx.source.public_asset(ctx.arena, path)?;
    let facts = ctx.page.facts;
    let base = facts.assets_url.unwrap_or(facts.subdirectory()).trim_end_matches('/');
    Some(format!("{base}/{path}?v={fingerprint}"))
}

fn script(out: &mut String, url: &str, attribute: Option<(&str, &str)>) {
    out.push_str("<script defer");
    push_plain_attribute(out, "src", url);
    if let Some((name, value)) = attribute {
        push_plain_attribute(out, name, value);
    }
    out.push_str("></script>");
}

fn open_app(out: &mut String, url: &str) {
    out.push_str("<script defer");
    push_plain_attribute(out, "src", url);
}

fn data(out: &mut String, name: &str, value: &str) {
    push_plain_attribute(out, &format!("data-{name}"), value);
}

/// As [`data`], for what people have written: escaped as Handlebars escapes.
fn written(out: &mut String, name: &str, value: &str) {
    push_attribute(out, &format!("data-{name}"), value);
}

fn close_app(out: &mut String) {
    out.push_str(" crossorigin=\"anonymous\"></script>");
}

/// Names and values of a query string. What is not well formed stays as it is.
fn query_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent::decode_component(&text).map_or_else(|| text.clone(), Cow::into_owned)
    };
    query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries() {
        let pairs: Vec<_> = query_pairs("c=%23ff0&announcement=a+b%20%c3%bc&x&y=%zz").collect();
        let expected = [("c", "#ff0"), ("announcement", "a b ü"), ("x", ""), ("y", "%zz")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
