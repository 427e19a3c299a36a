//! An author as templates see her.

use handlebars::{Arena, Object, Value};
use model::Author;
use web::Facts;

use super::{absolute, address, filled, text};

/// An author.
#[derive(Clone, Copy)]
pub struct AuthorValue<'a> {
    author: &'a Author,
    facts: &'a Facts,
}

const FIELDS: &[&str] = &[
    "id",
    "name",
    "slug",
    "profile_image",
    "cover_image",
    "bio",
    "website",
    "location",
    "facebook",
    "twitter",
    "meta_title",
    "meta_description",
    "threads",
    "bluesky",
    "mastodon",
    "tiktok",
    "youtube",
    "instagram",
    "linkedin",
    "url",
    "count",
];

impl<'a> AuthorValue<'a> {
    /// The author of this publication.
    pub fn new(author: &'a Author, facts: &'a Facts) -> Self {
        AuthorValue { author, facts }
    }

    /// The author as a template value.
    pub fn value(self, arena: &'a Arena) -> Value<'a> {
        Value::Object(arena.put(self))
    }
}

impl<'a> Object<'a> for AuthorValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let author = self.author;
        match name {
            "id" => Value::Text(author.id.as_str()),
            "name" => Value::Text(&author.name),
            "slug" => Value::Text(&author.slug),
            "profile_image" => address(author.profile_image.as_deref(), self.facts, arena),
            "cover_image" => address(author.cover_image.as_deref(), self.facts, arena),
            "bio" => filled(author.bio.as_deref()),
            "website" => filled(author.website.as_deref()),
            "location" => filled(author.location.as_deref()),
            "facebook" => text(author.facebook.as_deref()),
            "twitter" => text(author.twitter.as_deref()),
            "threads" => text(author.threads.as_deref()),
            "bluesky" => text(author.bluesky.as_deref()),
            "mastodon" => text(author.mastodon.as_deref()),
            "tiktok" => text(author.tiktok.as_deref()),
            "youtube" => text(author.youtube.as_deref()),
            "instagram" => text(author.instagram.as_deref()),
            "linkedin" => text(author.linkedin.as_deref()),
            "meta_title" => filled(author.meta_title.as_deref()),
            "meta_description" => filled(author.meta_description.as_deref()),
            "url" => absolute(&self.facts.permalinks.author(author), self.facts, arena),
            "count" => {
                author.n_posts.map_or(Value::Undefined, |n| arena.map([("posts", Value::Number(n as f64))]))
            }
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(FIELDS.iter().copied().filter(|name| *name != "count" || self.author.n_posts.is_some()))
    }
}
