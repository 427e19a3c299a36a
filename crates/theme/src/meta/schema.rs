//! Structured data for search engines: the page as a thing of schema.org.

use handlebars::Value;

use super::facts::{Head, author_url};
use super::images::Picture;
use super::json_ld::Json;
use super::profiles::{NETWORKS, profile_url};
use super::{HeadContext, truthy};

/// Appends the page as JSON. False, and nothing written, for pages that are no such thing.
pub(super) fn push_schema(out: &mut String, ctx: &HeadContext<'_>, facts: &Head<'_>) -> bool {
    if ctx.is("post") || ctx.is("page") {
        let Some(entry) = ctx.root("page").or_else(|| ctx.root("post")) else { return false };
        let Some(author) = truthy(entry.get("primary_author", ctx.arena)) else { return false };
        document(out, "Article", |json| article(json, ctx, facts, entry, author));
    } else if ctx.is("home") {
        document(out, "WebSite", |json| {
            publisher(json, ctx, facts);
            json.text("url", facts.url);
            json.text_if("name", facts.site_title);
            image(json, "image", facts.cover);
            json.text("mainEntityOfPage", facts.url);
            json.text_if("description", facts.description);
        });
    } else if ctx.is("tag") {
        let Some(tag) = ctx.root("tag") else { return false };
        document(out, "Series", |json| {
            publisher(json, ctx, facts);
            json.text("url", facts.url);
            image(json, "image", facts.cover);
            json.text_if("name", ctx.text(tag, "name"));
            json.text("mainEntityOfPage", facts.url);
            json.text_if("description", facts.description);
        });
    } else if ctx.is("author") {
        let Some(author) = ctx.root("author") else { return false };
        document(out, "Person", |json| {
            same_as(json, ctx, author);
            json.text_if("name", ctx.text(author, "name"));
            json.text_if("url", facts.author_url);
            let picture = if facts.author_image.url.is_some() { facts.author_image } else { facts.cover };
            image(json, "image", picture);
            json.text_if("mainEntityOfPage", facts.author_url);
            json.text_if("description", facts.description);
        });
    } else {
        return false;
    }
    true
}

fn document(out: &mut String, kind: &str, fill: impl FnOnce(&mut Json<'_>)) {
    Json::document(out, |json| {
        json.text("@context", "https://schema.org");
        json.text("@type", kind);
        fill(json);
    });
}

fn article<'a>(
    json: &mut Json<'_>,
    ctx: &HeadContext<'a>,
    facts: &Head<'_>,
    entry: Value<'a>,
    author: Value<'a>,
) {
    publisher(json, ctx, facts);
    json.object("author", |json| {
        json.text("@type", "Person");
        json.text_if("name", ctx.text(author, "name"));
        image(json, "image", facts.author_image);
        json.text_if("url", facts.author_url);
        same_as(json, ctx, author);
    });
    if let Some([_, others @ ..]) = entry.get("authors", ctx.arena).as_list()
        && !others.is_empty()
    {
        json.list("contributor", |list| {
            for other in others {
                list.object_item(|json| contributor(json, ctx, *other));
            }
        });
    }
    json.text("headline", facts.title);
    json.text("url", facts.url);
    json.text_if("datePublished", facts.published_at);
    json.text_if("dateModified", facts.modified_at);
    image(json, "image", facts.cover);
    if let Some(keywords) = facts.keywords.filter(|keywords| !keywords.is_empty()) {
        json.text("keywords", &keywords.join(", "));
    }
    json.text_if("description", facts.excerpt);
    json.text("mainEntityOfPage", facts.url);
    access(json, ctx, entry);
    corrections(json, ctx, entry);
    key_points(json, ctx, facts, entry);
}

/// Whether everybody may read it, and else what the page says of that.
fn access<'a>(json: &mut Json<'_>, ctx: &HeadContext<'a>, entry: Value<'a>) {
    let desk = entry.get("desk", ctx.arena);
    let Some(label) = ctx.text(desk, "shown_access_label") else { return };
    let is_public = ctx.text(entry, "visibility").is_none_or(|visibility| visibility == "public");
    json.flag("isAccessibleForFree", is_public);
    if !is_public {
        json.text("conditionsOfAccess", label);
    }
}

/// What was wrong and was put right.
fn corrections<'a>(json: &mut Json<'_>, ctx: &HeadContext<'a>, entry: Value<'a>) {
    let Value::List(items) = entry.get("desk", ctx.arena).get("corrections", ctx.arena) else { return };
    json.list("correction", |list| {
        for item in items {
            list.object_item(|json| {
                json.text("@type", "CorrectionComment");
                json.text_if("text", ctx.text(*item, "text"));
                json.text_if("datePublished", ctx.text(*item, "made_at"));
            });
        }
    });
}

/// The key points that the page shows, each with the sentence that it rests on and who made it.
fn key_points<'a>(json: &mut Json<'_>, ctx: &HeadContext<'a>, facts: &Head<'_>, entry: Value<'a>) {
    let Value::List(items) = entry.get("desk", ctx.arena).get("shown_key_points", ctx.arena) else { return };
    json.list("hasPart", |list| {
        for item in items {
            list.object_item(|json| {
                json.text("@type", "Claim");
                json.text_if("text", ctx.text(*item, "text"));
                if let Some(id) = ctx.text(*item, "evidence_id") {
                    json.text("isBasedOn", &format!("{}#{id}", facts.url));
                }
                let approved_by = ctx.text(*item, "approved_by");
                let written_by = ctx.text(*item, "written_by");
                if item.get("is_machine_made", ctx.arena).is_truthy() {
                    json.object("creator", |json| {
                        json.text("@type", "SoftwareApplication");
                        json.text("name", "Courant");
                    });
                } else if let Some(name) = written_by {
                    json.object("creator", |json| {
                        json.text("@type", "Person");
                        json.text("name", name);
                    });
                }
                if let Some(name) = approved_by {
                    json.object("editor", |json| {
                        json.text("@type", "Person");
                        json.text("name", name);
                    });
                }
            });
        }
    });
}

fn contributor<'a>(json: &mut Json<'_>, ctx: &HeadContext<'a>, author: Value<'a>) {
    json.text("@type", "Person");
    json.text_if("name", ctx.text(author, "name"));
    image(json, "image", Picture { url: ctx.text(author, "profile_image"), size: None });
    json.text_if("url", author_url(ctx, author));
    same_as(json, ctx, author);
    json.text_if("description", ctx.text(author, "meta_description"));
}

fn publisher(json: &mut Json<'_>, ctx: &HeadContext<'_>, facts: &Head<'_>) {
    json.object("publisher", |json| {
        json.text("@type", "Organization");
        match facts.site_title {
            Some(title) => json.text("name", title),
            None => json.null("name"),
        }
        json.text("url", &ctx.page.facts.site_url());
        image(json, "logo", facts.logo);
    });
}

fn image(json: &mut Json<'_>, name: &str, picture: Picture<'_>) {
    let Some(url) = picture.url else { return };
    json.object(name, |json| {
        json.text("@type", "ImageObject");
        json.text("url", url);
        if let Some((width, height)) = picture.size {
            json.number("width", width);
            json.number("height", height);
        }
    });
}

/// Other places where a person is to be found.
fn same_as<'a>(json: &mut Json<'_>, ctx: &HeadContext<'a>, person: Value<'a>) {
    json.list("sameAs", |list| {
        if let Some(website) = ctx.text(person, "website") {
            list.item(website);
        }
        for network in NETWORKS {
            if let Some(url) = ctx.text(person, network).and_then(|name| profile_url(network, name)) {
                list.item(&url);
            }
        }
    });
}
