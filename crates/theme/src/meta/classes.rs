//! Classes by which style sheets know what kind of page, or post, they have before them.

use handlebars::Value;

use super::fonts::Chosen;
use super::{HeadContext, truthy};
use crate::markup::escape;

/// Classes of the page's body, seen from `this`. Ready to stand in an attribute.
pub fn body_class<'a>(ctx: &HeadContext<'a>, this: Value<'a>) -> String {
    let field = |name: &str| truthy(this.get(name, ctx.arena));
    let slug_of = |thing: Value<'a>| ctx.text(thing, "slug").unwrap_or("");
    let page = field("page");
    let entry = field("post").or(page);
    let mut classes = Classes::default();
    match entry {
        _ if ctx.is("home") => classes.push("home-template", ""),
        Some(_) if ctx.is("post") && page.is_none() => classes.push("post-template", ""),
        Some(entry) if ctx.is("page") && page.is_some() => {
            classes.push("page-template", "");
            classes.push("page-", slug_of(entry));
        }
        _ => {
            let listed = ["tag", "author"].into_iter().filter(|name| ctx.is(name));
            match listed.filter_map(|name| Some((name, field(name)?))).next() {
                Some(("tag", tag)) => {
                    classes.push("tag-template", "");
                    classes.push("tag-", slug_of(tag));
                }
                Some((_, author)) => {
                    classes.push("author-template", "");
                    classes.push("author-", slug_of(author));
                }
                None if ctx.is("private") => classes.push("private-template", ""),
                None => {}
            }
        }
    }
    let tags = entry.and_then(|entry| entry.get("tags", ctx.arena).as_list());
    for tag in tags.unwrap_or_default() {
        classes.push("tag-", slug_of(*tag));
    }
    if ctx.is("paged") {
        classes.push("paged", "");
    }
    for class in Chosen::of(ctx).iter().flat_map(Chosen::classes) {
        classes.push(&class, "");
    }
    classes.0
}

/// Classes of the post that `this` is or has. Ready to stand in an attribute.
pub fn post_class<'a>(ctx: &HeadContext<'a>, this: Value<'a>) -> String {
    let post = truthy(this.get("post", ctx.arena));
    let field = |name: &str| {
        let own = || truthy(this.get(name, ctx.arena));
        post.and_then(|post| truthy(post.get(name, ctx.arena))).or_else(own)
    };
    let mut classes = Classes::default();
    classes.push("post", "");
    for tag in field("tags").and_then(Value::as_list).unwrap_or_default() {
        classes.push("tag-", ctx.text(*tag, "slug").unwrap_or(""));
    }
    if field("featured").is_some() {
        classes.push("featured", "");
    }
    if field("feature_image").is_none() {
        classes.push("no-image", "");
    }
    if field("page").is_some() {
        classes.push("page", "");
    }
    classes.0
}

#[derive(Default)]
struct Classes(String);

impl Classes {
    fn push(&mut self, kind: &str, slug: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(kind);
        self.0.push_str(&escape(slug));
    }
}
