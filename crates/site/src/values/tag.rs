//! A tag as templates see it.

use handlebars::{Arena, Object, Value};
use model::Tag;
use web::Facts;

use super::{absolute, address, expanded, filled, text};

/// A tag.
#[derive(Clone, Copy)]
pub struct TagValue<'a> {
    tag: &'a Tag,
    facts: &'a Facts,
}

const FIELDS: &[&str] = &[
    "id",
    "name",
    "slug",
    "description",
    "feature_image",
    "visibility",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "codeinjection_head",
    "codeinjection_foot",
    "canonical_url",
    "accent_color",
    "url",
    "count",
];

impl<'a> TagValue<'a> {
    /// The tag of this publication.
    pub fn new(tag: &'a Tag, facts: &'a Facts) -> Self {
        TagValue { tag, facts }
    }

    /// The tag as a template value.
    pub fn value(self, arena: &'a Arena) -> Value<'a> {
        Value::Object(arena.put(self))
    }
}

impl<'a> Object<'a> for TagValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let (tag, card) = (self.tag, &self.tag.card);
        match name {
            "id" => Value::Text(tag.id.as_str()),
            "name" => Value::Text(&tag.name),
            "slug" => Value::Text(&tag.slug),
            "description" => filled(tag.description.as_deref()),
            "feature_image" => address(tag.feature_image.as_deref(), self.facts, arena),
            "visibility" => Value::Text(&tag.visibility),
            "og_image" => address(card.og_image.as_deref(), self.facts, arena),
            "og_title" => filled(card.og_title.as_deref()),
            "og_description" => filled(card.og_description.as_deref()),
            "twitter_image" => address(card.twitter_image.as_deref(), self.facts, arena),
            "twitter_title" => filled(card.twitter_title.as_deref()),
            "twitter_description" => filled(card.twitter_description.as_deref()),
            "meta_title" => filled(card.meta_title.as_deref()),
            "meta_description" => filled(card.meta_description.as_deref()),
            "codeinjection_head" => expanded(tag.codeinjection_head.as_deref(), self.facts, arena),
            "codeinjection_foot" => expanded(tag.codeinjection_foot.as_deref(), self.facts, arena),
            "canonical_url" => address(tag.canonical_url.as_deref(), self.facts, arena),
            "accent_color" => text(tag.accent_color.as_deref()),
            "url" => absolute(&self.facts.permalinks.tag(tag), self.facts, arena),
            "count" => {
                tag.n_posts.map_or(Value::Undefined, |n| arena.map([("posts", Value::Number(n as f64))]))
            }
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(FIELDS.iter().copied().filter(|name| *name != "count" || self.tag.n_posts.is_some()))
    }
}
