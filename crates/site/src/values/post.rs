//! A post or page as templates see it.

use handlebars::{Arena, Object, Value};
use model::{Post, PostKind};
use web::Facts;

use super::{AuthorValue, Shown, TagValue, TierValue, absolute, address, filled, text};
use crate::visit::Visit;

/// Which fields a query asked for; none asked: all.
#[derive(Clone, Copy, Default)]
pub struct Fields<'a>(pub Option<&'a [&'a str]>);

impl Fields<'_> {
    /// Whether this field was asked for.
    pub fn has(&self, name: &str) -> bool {
        self.0.is_none_or(|names| names.contains(&name))
    }
}

/// A post that was opened for this page's reader.
#[derive(Clone, Copy)]
pub struct PostValue<'a> {
    pub(super) post: &'a Post,
    facts: &'a Facts,
    fields: Fields<'a>,
    /// Whether `plaintext` was asked for.
    plaintext: bool,
    /// Whether tags and authors were asked for: they may be loaded for the post's address alone.
    shows_tags: bool,
    shows_authors: bool,
    /// Seen before publication: the API for previews says nothing of comments.
    preview: bool,
    /// Whose page it is on; without it the desk has nothing to add.
    pub(super) visit: Option<&'a Visit<'a>>,
    /// What the desk shows beside it, for the post that the page is about.
    pub(super) shown: Option<&'a Shown>,
}

/// Fields of a post in the API's order. Relations follow where they were loaded.
const FIELDS: &[&str] = &[
    "id",
    "uuid",
    "title",
    "slug",
    "html",
    "comment_id",
    "feature_image",
    "featured",
    "visibility",
    "created_at",
    "updated_at",
    "published_at",
    "custom_excerpt",
    "codeinjection_head",
    "codeinjection_foot",
    "custom_template",
    "canonical_url",
    "tags",
    "authors",
    "tiers",
    "primary_author",
    "primary_tag",
    "url",
    "excerpt",
    "reading_time",
    "access",
    "comments",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "email_subject",
    "frontmatter",
    "feature_image_alt",
    "feature_image_caption",
    "plaintext",
];

impl<'a> PostValue<'a> {
    /// The post with all its fields.
    pub fn new(post: &'a Post, facts: &'a Facts) -> Self {
        PostValue {
            post,
            facts,
            fields: Fields(None),
            plaintext: false,
            shows_tags: true,
            shows_authors: true,
            preview: false,
            visit: None,
            shown: None,
        }
    }

    /// The post on the page of this visit.
    pub fn in_visit(self, visit: &'a Visit<'a>) -> Self {
        PostValue { visit: Some(visit), ..self }
    }

    /// The post that its page is about: with key points, and the sentences marked that they rest on.
    pub fn as_subject(self, shown: &'a Shown) -> Self {
        PostValue { shown: Some(shown), ..self }
    }

    /// The post with only these fields.
    pub fn with_fields(self, fields: Fields<'a>, plaintext: bool) -> Self {
        PostValue { fields, plaintext, ..self }
    }

    /// The post with tags and authors, or without those that nobody asked for.
    pub fn with_relations(self, shows_tags: bool, shows_authors: bool) -> Self {
        PostValue { shows_tags, shows_authors, ..self }
    }

    /// The post as previews see it.
    pub fn in_preview(self, preview: bool) -> Self {
        PostValue { preview, ..self }
    }

    /// The post as a template value.
    pub fn value(self, arena: &'a Arena) -> Value<'a> {
        Value::Object(arena.put(self))
    }

    /// A post's dates carry the site's own offset.
    fn instant(&self, at: Option<jiff::Timestamp>, arena: &'a Arena) -> Value<'a> {
        at.map_or(Value::Null, |at| Value::Text(arena.text(&model::dates::to_json_in(at, &self.facts.zone))))
    }

    fn field(&self, name: &str, arena: &'a Arena) -> Value<'a> {
        let post = self.post;
        let meta = &post.meta;
        match name {
            "id" => Value::Text(post.id.as_str()),
            "uuid" => Value::Text(&post.uuid),
            "title" => Value::Text(&post.title),
            "slug" => Value::Text(&post.slug),
            "html" => self.html_field(arena),
            "plaintext" if self.plaintext => text(post.plaintext.as_deref()),
            "comment_id" => text(post.comment_id.as_deref()),
            "feature_image" => address(post.feature_image.as_deref(), self.facts, arena),
            "featured" => Value::Bool(post.featured),
            "visibility" => Value::Text(post.visibility.as_str()),
            "created_at" => self.instant(Some(post.created_at), arena),
            "updated_at" => self.instant(post.updated_at, arena),
            "published_at" => self.instant(post.published_at, arena),
            "custom_excerpt" => text(post.custom_excerpt.as_deref()),
            "codeinjection_head" => text(post.codeinjection_head.as_deref()),
            "codeinjection_foot" => text(post.codeinjection_foot.as_deref()),
            "custom_template" => text(post.custom_template.as_deref()),
            "canonical_url" => address(post.canonical_url.as_deref(), self.facts, arena),
            "url" => absolute(&self.facts.permalinks.post(post), self.facts, arena),
            "excerpt" => text(post.excerpt.as_deref()),
            "reading_time" => {
                post.reading_time.map_or(Value::Undefined, |minutes| Value::Number(f64::from(minutes)))
            }
            "access" => Value::Bool(post.access),
            "comments" if self.preview => Value::Undefined,
            "comments" => {
                Value::Bool(post.access && self.facts.settings.text("comments_enabled") != Some("off"))
            }
            "og_image" => address(meta.og_image.as_deref(), self.facts, arena),
            "og_title" => filled(meta.og_title.as_deref()),
            "og_description" => filled(meta.og_description.as_deref()),
            "twitter_image" => address(meta.twitter_image.as_deref(), self.facts, arena),
            "twitter_title" => filled(meta.twitter_title.as_deref()),
            "twitter_description" => filled(meta.twitter_description.as_deref()),
            "meta_title" => filled(meta.meta_title.as_deref()),
            "meta_description" => filled(meta.meta_description.as_deref()),
            "email_subject" if post.kind == PostKind::Post => filled(meta.email_subject.as_deref()),
            "frontmatter" => filled(meta.frontmatter.as_deref()),
            "feature_image_alt" => filled(meta.feature_image_alt.as_deref()),
            // Ghost limits the caption to a few inline elements; the `model` keeps what was stored.
            "feature_image_caption" => match meta.feature_image_caption.as_deref() {
                Some(caption) if !caption.is_empty() => {
                    Value::Safe(arena.text(&crate::caption::clean(caption)))
                }
                _ => Value::Null,
            },
            "tags" | "primary_tag" if !self.shows_tags => Value::Undefined,
            "authors" | "primary_author" if !self.shows_authors => Value::Undefined,
            "tags" => post.tags.as_ref().map_or(Value::Undefined, |tags| {
                arena.list(tags.iter().map(|tag| TagValue::new(tag, self.facts).value(arena)))
            }),
            "authors" => post.authors.as_ref().map_or(Value::Undefined, |authors| {
                arena.list(authors.iter().map(|author| AuthorValue::new(author, self.facts).value(arena)))
            }),
            "tiers" => post.tiers.as_ref().map_or(Value::Undefined, |tiers| {
                arena.list(tiers.iter().map(|tier| TierValue::in_post(tier).value(arena)))
            }),
            "primary_tag" if post.tags.is_some() => {
                post.primary_tag().map_or(Value::Null, |tag| TagValue::new(tag, self.facts).value(arena))
            }
            "primary_author" if post.authors.is_some() => post
                .primary_author()
                .map_or(Value::Null, |author| AuthorValue::new(author, self.facts).value(arena)),
            "sentiment" => post.sentiment.map_or(Value::Undefined, Value::Number),
            "desk" => self.desk(arena),
            _ => Value::Undefined,
        }
    }
}

impl<'a> Object<'a> for PostValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        if self.fields.has(name) { self.field(name, arena) } else { Value::Undefined }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(
            FIELDS
                .iter()
                .copied()
                .filter(|name| self.fields.has(name) && !matches!(self.field(name, arena), Value::Undefined)),
        )
    }
}
