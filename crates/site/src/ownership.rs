//! Which collection a post belongs to: the filter language over the post itself, as far as Ghost's router sees it.

use std::sync::Arc;

use model::Post;
use model::permalink::OwnerFilter;
use nql::{Datum, Subject};

/// A filter as a function on posts; None, with a word in the log, when it cannot be read.
pub fn filter(text: &str) -> Option<OwnerFilter> {
    match nql::Filter::parse(text, jiff::Timestamp::UNIX_EPOCH) {
        Ok(filter) => Some(Arc::new(move |post: &Post| filter.tree().holds_for(&Owned(post)))),
        Err(error) => {
            tracing::error!(filter = text, %error, "a collection's filter cannot be read; it takes no post");
            Some(Arc::new(|_: &Post| false))
        }
    }
}

/// A post as the filter sees it.
struct Owned<'p>(&'p Post);

impl Subject for Owned<'_> {
    fn datum(&self, key: &str) -> Datum<'_> {
        let post = self.0;
        let date = |at: Option<jiff::Timestamp>| {
            at.map_or(Datum::Null, |at| Datum::Text(model::dates::to_json(at).into()))
        };
        let tags = || post.tags.iter().flatten();
        let authors = || post.authors.iter().flatten();
        match key {
            "id" => Datum::text(post.id.as_str()),
            "uuid" => Datum::text(&post.uuid),
            "slug" => Datum::text(&post.slug),
            "comment_id" => Datum::optional(post.comment_id.as_deref()),
            "feature_image" => Datum::optional(post.feature_image.as_deref()),
            "featured" => Datum::Bool(post.featured),
            "status" => Datum::text(post.status.as_str()),
            "type" => Datum::text(post.kind.as_str()),
            "page" => Datum::Bool(post.kind == model::PostKind::Page),
            "visibility" => Datum::text(post.visibility.as_str()),
            "created_at" => date(Some(post.created_at)),
            "updated_at" => date(post.updated_at),
            "published_at" => date(post.published_at),
            "canonical_url" => Datum::optional(post.canonical_url.as_deref()),
            "tag" | "tags" | "tag.slug" | "tags.slug" => {
                Datum::List(tags().map(|tag| Datum::text(&tag.slug)).collect())
            }
            "tags.name" => Datum::List(tags().map(|tag| Datum::text(&tag.name)).collect()),
            "tags.id" => Datum::List(tags().map(|tag| Datum::text(tag.id.as_str())).collect()),
            "tags.visibility" => Datum::List(tags().map(|tag| Datum::text(&tag.visibility)).collect()),
            "author" | "authors" | "author.slug" | "authors.slug" => {
                Datum::List(authors().map(|author| Datum::text(&author.slug)).collect())
            }
            "authors.id" => Datum::List(authors().map(|author| Datum::text(author.id.as_str())).collect()),
            "primary_tag" | "primary_tag.slug" => {
                Datum::optional(post.primary_tag().map(|tag| tag.slug.as_str()))
            }
            "primary_author" | "primary_author.slug" => {
                Datum::optional(post.primary_author().map(|author| author.slug.as_str()))
            }
            _ => Datum::Missing,
        }
    }
}
