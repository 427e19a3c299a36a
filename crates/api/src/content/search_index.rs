//! What the search box of a page looks through: all published posts, public tags, authors.

use model::Reader;
use serde::Serialize;

use super::Call;
use super::envelope::{Envelope, Meta};
use super::shown::{absolute, instant_in};
use crate::fault::Fault;

#[derive(Serialize)]
struct PostEntry {
    id: String,
    slug: String,
    title: String,
    excerpt: Option<String>,
    url: String,
    updated_at: Option<String>,
    visibility: &'static str,
}

/// Posts. Whoever may not read a post finds no excerpt of it.
pub fn posts(call: &Call<'_>, reader: &Reader) -> Result<Vec<u8>, Fault> {
    let facts = call.facts;
    let posts = store::search_index::posts(call.snapshot, facts.permalinks.needs_relations())?;
    let items: Vec<PostEntry> = posts
        .into_iter()
        .map(|gated| {
            let post = gated.for_reader(reader, &facts.site);
            let url = facts.site.join(&facts.permalinks.post(&post));
            let excerpt = if post.access { post.excerpt } else { Some(String::new()) };
            PostEntry {
                id: post.id.as_str().to_owned(),
                slug: post.slug,
                title: post.title,
                excerpt,
                url,
                updated_at: post.updated_at.map(|at| instant_in(at, &facts.zone)),
                visibility: post.visibility.as_str(),
            }
        })
        .collect();
    Envelope { name: "posts", items: &items, meta: Meta::None }.write()
}

#[derive(Serialize)]
struct TagEntry<'t> {
    id: &'t str,
    slug: &'t str,
    name: &'t str,
    url: String,
}

/// Tags.
pub fn tags(call: &Call<'_>) -> Result<Vec<u8>, Fault> {
    let facts = call.facts;
    let tags = store::search_index::tags(call.snapshot)?;
    let items: Vec<TagEntry<'_>> = tags
        .iter()
        .map(|tag| TagEntry {
            id: tag.id.as_str(),
            slug: &tag.slug,
            name: &tag.name,
            url: facts.site.join(&facts.permalinks.tag(tag)),
        })
        .collect();
    Envelope { name: "tags", items: &items, meta: Meta::None }.write()
}

#[derive(Serialize)]
struct AuthorEntry<'a> {
    id: &'a str,
    slug: &'a str,
    name: &'a str,
    url: String,
    profile_image: Option<std::borrow::Cow<'a, str>>,
}

/// Authors.
pub fn authors(call: &Call<'_>) -> Result<Vec<u8>, Fault> {
    let facts = call.facts;
    let authors = store::search_index::authors(call.snapshot)?;
    let items: Vec<AuthorEntry<'_>> = authors
        .iter()
        .map(|author| AuthorEntry {
            id: author.id.as_str(),
            slug: &author.slug,
            name: &author.name,
            url: facts.site.join(&facts.permalinks.author(author)),
            profile_image: absolute(author.profile_image.as_deref(), &facts.site),
        })
        .collect();
    Envelope { name: "authors", items: &items, meta: Meta::None }.write()
}
