//! The facts of a page that its head is written from, each computed once.

use handlebars::Value;
use jiff::Timestamp;

use super::images::{self, Picture};
use super::subject::Subject;
use super::titles::{Property, description, desk_teaser, title};
use super::{HeadContext, Turn, addresses, paginated_url};
use crate::source::Kind;

/// What a page says about itself. Fields are in the order in which they are first written.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// For search engines.
    pub description: Option<&'a str>,
    /// The address under which the page wants to be known.
    pub canonical_url: &'a str,
    /// The address at which it was asked for.
    pub url: &'a str,
    /// Page before this one of the list.
    pub previous_url: Option<&'a str>,
    /// Page after this one of the list.
    pub next_url: Option<&'a str>,
    /// Title of the publication.
    pub site_title: Option<&'a str>,
    /// `article`, `profile` or `website`.
    pub kind: &'static str,
    /// Title for search engines.
    pub title: &'a str,
    /// Title for Open Graph.
    pub og_title: &'a str,
    /// Description for Open Graph.
    pub og_description: Option<&'a str>,
    /// Picture for Open Graph.
    pub og_image: Picture<'a>,
    /// Cover or feature image.
    pub cover: Picture<'a>,
    /// First published, as an ISO instant in UTC with milliseconds.
    pub published_at: Option<&'a str>,
    /// Last changed, likewise.
    pub modified_at: Option<&'a str>,
    /// Names of the entry's public tags; none when the entry has no tags at all.
    pub keywords: Option<&'a [&'a str]>,
    /// The publication's name on Facebook.
    pub site_facebook: Option<&'a str>,
    /// The author's name on Facebook.
    pub author_facebook: Option<&'a str>,
    /// Title for cards of X.
    pub twitter_title: &'a str,
    /// Description for cards of X.
    pub twitter_description: Option<&'a str>,
    /// Picture for cards of X.
    pub twitter_image: Picture<'a>,
    /// Name of the entry's first author.
    pub author_name: Option<&'a str>,
    /// The publication's name on X.
    pub site_twitter: Option<&'a str>,
    /// The author's name on X.
    pub creator_twitter: Option<&'a str>,
    /// Logo of the publication.
    pub logo: Picture<'a>,
    /// Address of the author's own page.
    pub author_url: Option<&'a str>,
    /// Face of the entry's first author.
    pub author_image: Picture<'a>,
    /// The entry's excerpt, whole.
    pub excerpt: Option<&'a str>,
}

impl<'a> Head<'a> {
    /// Computes the facts of a page.
    pub fn gather(ctx: &HeadContext<'a>) -> Head<'a> {
        let this = ctx.page.data;
        let pagination = this.get("pagination", ctx.arena);
        let turn =
            |turn| paginated_url(ctx.arena, ctx.page.relative_url, pagination, turn, ctx.page.facts.url);
        let subject = Subject::of_page(ctx);
        let first_subject = Subject::of_first_context(ctx);
        let first_author = subject.field(ctx, "primary_author").filter(|_| ctx.is("post") || ctx.is("page"));
        let author_field = |name: &str| {
            let of_entry = first_author.and_then(|author| ctx.text(author, name));
            of_entry.or_else(|| subject.text(ctx, name).filter(|_| ctx.is("author")))
        };
        let post = ctx.root("post");
        Head {
            description: description(ctx, this, Property::Meta),
            canonical_url: addresses::canonical(ctx),
            url: addresses::own(ctx),
            previous_url: turn(Turn::Previous),
            next_url: turn(Turn::Next),
            site_title: ctx.setting_text("title"),
            kind: match ctx.page.context.first() {
                Some(&"author") => "profile",
                Some(&"post") => "article",
                _ => "website",
            },
            title: title(ctx, this, Property::Meta, None),
            og_title: title(ctx, this, Property::OpenGraph, None),
            og_description: description(ctx, this, Property::OpenGraph),
            og_image: images::social(ctx, "og_image"),
            cover: images::cover(ctx),
            published_at: first_subject.field(ctx, "published_at").and_then(|date| instant(ctx, date)),
            modified_at: changed_at(ctx, post)
                .or_else(|| subject.field(ctx, "updated_at"))
                .and_then(|date| instant(ctx, date)),
            keywords: post.and_then(|post| keywords(ctx, post)),
            site_facebook: ctx.setting_text("facebook"),
            author_facebook: author_field("facebook"),
            twitter_title: title(ctx, this, Property::Twitter, None),
            twitter_description: description(ctx, this, Property::Twitter),
            twitter_image: images::social(ctx, "twitter_image"),
            author_name: post
                .map(|post| post.get("primary_author", ctx.arena))
                .and_then(|author| ctx.text(author, "name")),
            site_twitter: ctx.setting_text("twitter"),
            creator_twitter: author_field("twitter"),
            logo: images::logo(ctx),
            author_url: ctx
                .root("author")
                .or_else(|| first_subject.field(ctx, "primary_author"))
                .and_then(|author| author_url(ctx, author)),
            author_image: images::author(ctx),
            excerpt: post.and_then(|post| {
                let field = |name| ctx.text(post, name);
                let cut = || match desk_teaser(ctx, post) {
                    Some(teaser) => Some(teaser).filter(|teaser| !teaser.is_empty()),
                    None => field("excerpt"),
                };
                cut().or_else(|| field("custom_excerpt")).or_else(|| field("meta_description"))
            }),
        }
    }
}

/// The address of an author's own page.
pub(super) fn author_url<'a>(ctx: &HeadContext<'a>, author: Value<'a>) -> Option<&'a str> {
    ctx.text(author, "url").or_else(|| ctx.source.url_of(ctx.arena, Kind::Author, author))
}

/// Names of the post's public tags; none when it has no tags at all.
fn keywords<'a>(ctx: &HeadContext<'a>, post: Value<'a>) -> Option<&'a [&'a str]> {
    let tags = post.get("tags", ctx.arena).as_list().filter(|tags| !tags.is_empty())?;
    let public =
        tags.iter().filter(|tag| ctx.text(**tag, "visibility").is_none_or(|shown| shown == "public"));
    Some(ctx.arena.slice(public.map(|tag| ctx.text(*tag, "name").unwrap_or(""))))
}

/// When the words of the post were last changed, where the page says so; its first publication when they were not.
fn changed_at<'a>(ctx: &HeadContext<'a>, post: Option<Value<'a>>) -> Option<Value<'a>> {
    let post = post?;
    match post.get("desk", ctx.arena).get("shown_changed_at", ctx.arena) {
        Value::Undefined => None,
        Value::Null => Some(post.get("published_at", ctx.arena)),
        at => Some(at),
    }
}

/// A date with its offset, as an instant in UTC with milliseconds. What is no date counts as none.
fn instant<'a>(ctx: &HeadContext<'a>, date: Value<'a>) -> Option<&'a str> {
    let instant: Timestamp = date.as_str()?.parse().ok()?;
    Some(ctx.arena.text(&instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()))
}
