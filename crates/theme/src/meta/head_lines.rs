//! The lines that `{{ghost_head}}` and `{{ghost_foot}}` put into every page, in Ghost's order.

use handlebars::Value;

use super::facts::Head;
use super::fonts::Chosen;
use super::html::{push_attribute, push_css_value, push_plain_attribute};
use super::images::{icon_type, icon_url};
use super::schema::push_schema;
use super::social::push_social;
use super::{HeadContext, addresses, filled, scripts};

/// What `{{ghost_head exclude="…"}}` leaves out: names between commas, not trimmed, as Ghost reads them.
pub(super) struct Excluded<'e>(&'e str);

impl Excluded<'_> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.split(',').any(|excluded| excluded == name)
    }
}

/// Lines one below the other, which remember where the last of them with a script or style ends.
#[derive(Default)]
pub(super) struct Lines {
    out: String,
    n_lines: usize,
    code_end: Option<usize>,
}

impl Lines {
    /// A line without code.
    pub(super) fn line(&mut self, write: impl FnOnce(&mut String)) {
        if self.n_lines > 0 {
            self.out.push_str("\n    ");
        }
        self.n_lines += 1;
        write(&mut self.out);
    }

    /// A line that may hold a script or style.
    pub(super) fn line_with_code(&mut self, write: impl FnOnce(&mut String)) {
        let before = self.out.len();
        self.line(write);
        if self.out.get(before..).is_some_and(|line| line.contains("</script>") || line.contains("</style>"))
        {
            self.code_end = Some(self.out.len());
        }
    }

    /// A line with nothing on it.
    pub(super) fn empty(&mut self) {
        self.line(|_| {});
    }

    /// Puts a style after the last line with code, on that line; on one of its own if there is none.
    fn style(&mut self, style: &str) {
        match self.code_end {
            Some(at) => self.out.insert_str(at, style),
            None => self.line_with_code(|out| out.push_str(style)),
        }
    }
}

/// What `{{ghost_head}}` prints. `exclude` names what the theme does not want, between commas.
pub fn head(ctx: &HeadContext<'_>, exclude: &str) -> String {
    if ctx.page.status >= 500 {
        return String::new();
    }
    let excluded = Excluded(exclude);
    let facts = Head::gather(ctx);
    let mut lines = Lines { out: String::with_capacity(8 * 1024), ..Lines::default() };
    if !ctx.page.context.is_empty() {
        push_page(&mut lines, ctx, &facts, &excluded);
    }
    lines.line(|out| meta(out, "generator", &format!("Ghost {}", ctx.page.facts.safe_version)));
    lines.line(|out| {
        out.push_str("<link rel=\"alternate\" type=\"application/rss+xml\"");
        push_attribute(out, "title", facts.site_title.unwrap_or(""));
        push_attribute(out, "href", ctx.page.facts.rss_url.unwrap_or(""));
        out.push('>');
    });
    scripts::push_members(&mut lines, ctx, &excluded);
    if !excluded.has("search") {
        scripts::push_search(&mut lines, ctx);
    }
    if !excluded.has("announcement") {
        scripts::push_announcement(&mut lines, ctx);
    }
    scripts::push_admin_toolbar(&mut lines, ctx, &excluded);
    lines.line(|out| {
        out.push_str("<link");
        push_plain_attribute(out, "href", &format!("{}webmentions/receive/", ctx.page.facts.site_url()));
        out.push_str(" rel=\"webmention\">");
    });
    if !excluded.has("card_assets") {
        scripts::push_cards(&mut lines, ctx);
    }
    if !excluded.has("comment_counts") {
        scripts::push_comment_counts(&mut lines, ctx);
    }
    scripts::push_member_attribution(&mut lines, ctx);
    if let Some(colour) = ctx.text(ctx.page.site, "accent_color") {
        let mut style = String::from("<style>:root {--ghost-accent-color: ");
        push_css_value(&mut style, colour);
        style.push_str(";}</style>");
        lines.style(&style);
    }
    for code in injections(ctx, "codeinjection_head") {
        lines.line(|out| out.push_str(code));
    }
    if let Some(fonts) = Chosen::of(ctx) {
        lines.line(|out| fonts.push_links(out));
    }
    super::trimmed(&lines.out).to_owned()
}

/// What is said of this page alone.
fn push_page(lines: &mut Lines, ctx: &HeadContext<'_>, facts: &Head<'_>, excluded: &Excluded<'_>) {
    if !excluded.has("metadata") {
        if let Some(description) = facts.description {
            lines.line(|out| meta(out, "description", description));
        }
        if ctx.setting("icon").is_truthy() {
            lines.line(|out| {
                let url = icon_url(ctx, false);
                out.push_str("<link rel=\"icon\"");
                push_plain_attribute(out, "href", url);
                push_plain_attribute(out, "type", &format!("image/{}", icon_type(url)));
                out.push('>');
            });
        }
        link(lines, "canonical", facts.canonical_url);
        if let Some(url) = markdown_url(ctx, facts) {
            lines.line(|out| {
                out.push_str("<link rel=\"alternate\" type=\"text/markdown\"");
                push_attribute(out, "href", &url);
                out.push('>');
            });
        }
        if ctx.is("preview") {
            lines.line(|out| meta(out, "robots", "noindex,nofollow"));
            lines.line(|out| meta(out, "referrer", "same-origin"));
        } else {
            lines.line(|out| meta(out, "referrer", ctx.page.facts.referrer_policy));
        }
    }
    if let Some(url) = facts.previous_url {
        link(lines, "prev", url);
    }
    if let Some(url) = facts.next_url {
        link(lines, "next", url);
    }
    if ctx.is("paged") || !ctx.page.facts.structured_data {
        return;
    }
    if !excluded.has("social_data") {
        lines.empty();
        push_social(lines, facts);
        lines.empty();
    }
    if !excluded.has("schema") {
        let mut json = String::new();
        if push_schema(&mut json, ctx, facts) {
            lines.line_with_code(|out| {
                out.push_str("<script type=\"application/ld+json\">\n");
                out.push_str(&json);
                out.push_str("\n    </script>\n");
            });
        }
    }
}

/// The address of a public post as Markdown, where the publication offers that.
fn markdown_url(ctx: &HeadContext<'_>, facts: &Head<'_>) -> Option<String> {
    let post = ctx.root("post").filter(|_| ctx.is("post"))?;
    let offered =
        !ctx.setting("is_private").is_truthy() && !matches!(ctx.setting("llms_enabled"), Value::Bool(false));
    let public = ctx.text(post, "visibility") == Some("public");
    if offered && public { addresses::markdown(facts.canonical_url) } else { None }
}

/// What `{{ghost_foot}}` prints, but for the note to readers of a gift.
pub fn foot(ctx: &HeadContext<'_>) -> String {
    let codes: Vec<&str> = injections(ctx, "codeinjection_foot").collect();
    super::trimmed(&codes.join(" ")).to_owned()
}

/// The publisher's own code: of the site, the entry, the tag.
fn injections<'a>(ctx: &HeadContext<'a>, field: &str) -> impl Iterator<Item = &'a str> {
    let of = |thing: &str| ctx.root(thing).and_then(|thing| filled(thing.get(field, ctx.arena)));
    [filled(ctx.setting(field)), of("post"), of("tag")].into_iter().flatten()
}

/// A `meta` element. Its key is a `name` where Ghost writes one, else a `property`.
pub(super) fn meta(out: &mut String, key: &str, content: &str) {
    let by_property = key.starts_with("og:") || key.starts_with("article:");
    out.push_str("<meta");
    push_attribute(out, if by_property { "property" } else { "name" }, key);
    push_attribute(out, "content", content);
    out.push('>');
}

fn link(lines: &mut Lines, kind: &str, url: &str) {
    lines.line(|out| {
        out.push_str("<link");
        push_attribute(out, "rel", kind);
        push_attribute(out, "href", url);
        out.push('>');
    });
}
