//! A post or page for the wire: which of its fields are shown, and how.

use std::borrow::Cow;

use model::{Post, PostKind, outbound_links};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;
use store::With;

use super::authors::AuthorJson;
use super::shown::{Fields, filled, instant_in};
use super::tags::TagJson;
use super::tiers::PostTierJson;
use super::{Call, desk_json};
use crate::query::Param;

/// Longest excerpt, in UTF-16 units.
const EXCERPT_LENGTH: usize = 500;

/// What an answer shows of its posts.
pub struct Shape<'s> {
    pub kind: PostKind,
    pub fields: Fields<'s>,
    /// The parameter `fields` before it was read: two fields depend on its very letters.
    pub as_sent: Option<&'s Param<'s>>,
    /// Whether html is shown.
    pub html: bool,
    /// Whether Ghost would have the html at hand, shown or not.
    pub html_loaded: bool,
    /// Whether plain text is shown.
    pub plaintext: bool,
    /// Relations that are shown.
    pub with: With,
    /// Whether the relations that are shown hold anything.
    pub joined: bool,
    /// Whether key points are shown.
    pub key_points: bool,
    /// Whether the publication has comments.
    pub comments_on: bool,
    /// Whether links that lead away say where the reader came from.
    pub mark_links: bool,
}

impl Shape<'_> {
    /// Whether a name stands in the parameter as it was sent (anywhere in a text, as an item of a list), or all
    /// fields are shown.
    fn sent(&self, name: &str) -> bool {
        match self.as_sent {
            None => true,
            Some(Param::List(items)) => items.iter().any(|item| item == name),
            Some(param) => param.to_text().contains(name),
        }
    }
}

/// A post for the wire.
pub struct PostJson<'p> {
    post: &'p Post,
    /// As it is shown, its outbound links marked if the publication wants that.
    html: Option<Cow<'p, str>>,
    shape: &'p Shape<'p>,
    call: &'p Call<'p>,
    related: Option<Value>,
}

impl<'p> PostJson<'p> {
    /// An opened post, to be shown so.
    pub fn new(post: &'p Post, call: &'p Call<'p>, shape: &'p Shape<'p>) -> Self {
        let html = post.html.as_deref().filter(|_| shape.html).map(|html| {
            let marked = shape.mark_links.then(|| outbound_links::marked(html, &call.facts.site)).flatten();
            marked.map_or(Cow::Borrowed(html), Cow::Owned)
        });
        PostJson { post, html, shape, call, related: None }
    }

    /// The post with these related stories, if they were asked for.
    pub fn beside(self, related: Option<Value>) -> Self {
        PostJson { related, ..self }
    }

    /// Whether the html that is shown is a part of the whole. Where no html is shown, Ghost finds no place to cut.
    fn is_cut(&self) -> bool {
        self.post.is_cut && self.html.as_ref().is_some_and(|html| !html.is_empty())
    }

    fn plaintext(&self) -> Option<&str> {
        let plaintext = self.post.plaintext.as_deref();
        match (self.is_cut(), self.post.access) {
            // Made anew from the cut html, and given also unasked.
            (true, _) => plaintext,
            (false, true) => filled(plaintext).filter(|_| self.shape.plaintext),
            (false, false) => plaintext.filter(|_| self.shape.plaintext).map(|_| ""),
        }
    }

    fn excerpt(&self) -> Option<&str> {
        let custom = self.post.custom_excerpt.as_deref();
        let plain = || self.post.plaintext.as_deref().map(|text| first_units(text, EXCERPT_LENGTH));
        let fields = &self.shape.fields;
        if !self.post.access && !self.is_cut() {
            return Some("");
        }
        match fields.asked {
            // Asked for by name, an empty custom excerpt is none.
            Some(_) if custom == Some("") => plain().filter(|text| !text.is_empty()),
            // A cut text's excerpt follows the cut unless the custom one is shown beside it.
            Some(_) if self.is_cut() && !fields.name("custom_excerpt") => plain(),
            _ => self.post.excerpt.as_deref(),
        }
    }
}

impl Serialize for PostJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let (post, shape, facts) = (self.post, self.shape, self.call.facts);
        let fields = &shape.fields;
        macro_rules! put {
            ($($name:literal: $value:expr),* $(,)?) => {$(
                if fields.show($name) { map.serialize_entry($name, &$value)?; }
            )*};
        }
        put! {
            "id": post.id.as_str(),
            "uuid": post.uuid,
            "title": post.title,
            "slug": post.slug,
        }
        if shape.html {
            // Who may not read has an empty text, not none.
            let none = (!post.access).then_some("");
            map.serialize_entry("html", &self.html.as_deref().or(none))?;
        }
        put! { "comment_id": post.comment_id }
        if let Some(plaintext) = self.plaintext() {
            map.serialize_entry("plaintext", plaintext)?;
        }
        put! {
            "feature_image": post.feature_image,
            "featured": post.featured,
        }
        if shape.sent("visibility") {
            map.serialize_entry("visibility", post.visibility.as_str())?;
        }
        let date = |at| instant_in(at, &facts.zone);
        put! {
            "created_at": date(post.created_at),
            "updated_at": post.updated_at.map(date),
            "published_at": post.published_at.map(date),
            "custom_excerpt": post.custom_excerpt,
            "codeinjection_head": post.codeinjection_head,
            "codeinjection_foot": post.codeinjection_foot,
            "custom_template": post.custom_template,
            "canonical_url": post.canonical_url,
        }
        // Only what is known to be a page has it: by its type, which comes with the address.
        if shape.kind == PostKind::Page
            && fields.show("show_title_and_feature_image")
            && (fields.show("url") || fields.name("type"))
        {
            map.serialize_entry("show_title_and_feature_image", &post.show_title_and_feature_image)?;
        }
        let with_url = fields.show("url");
        if shape.with.tags {
            let tags = post.tags.as_deref().filter(|_| shape.joined).unwrap_or_default();
            let json = |tag| TagJson::of_post(tag, self.call, with_url);
            map.serialize_entry("tags", &Each(tags, json))?;
            put! { "primary_tag": post.primary_tag().filter(|_| shape.joined).map(json) }
        }
        if shape.with.authors {
            let authors = post.authors.as_deref().filter(|_| shape.joined).unwrap_or_default();
            let json = |author| AuthorJson::of_post(author, self.call, with_url);
            map.serialize_entry("authors", &Each(authors, json))?;
            put! { "primary_author": post.primary_author().filter(|_| shape.joined).map(json) }
        }
        if shape.with.tiers {
            let tiers = post.tiers.as_deref().unwrap_or_default();
            map.serialize_entry("tiers", &Each(tiers, PostTierJson::from))?;
        }
        if with_url {
            map.serialize_entry("url", &facts.site.join(&facts.permalinks.post(post)))?;
        }
        put! { "excerpt": self.excerpt() }
        if let Some(minutes) = post.reading_time.filter(|_| shape.html_loaded) {
            put! { "reading_time": minutes }
        }
        put! { "access": post.access }
        if shape.sent("comments") {
            map.serialize_entry("comments", &(fields.show("access") && post.access && shape.comments_on))?;
        }
        let meta = &post.meta;
        put! {
            "og_image": meta.og_image,
            "og_title": meta.og_title,
            "og_description": meta.og_description,
            "twitter_image": meta.twitter_image,
            "twitter_title": meta.twitter_title,
            "twitter_description": meta.twitter_description,
            "meta_title": meta.meta_title,
            "meta_description": meta.meta_description,
        }
        if shape.kind == PostKind::Post {
            put! { "email_subject": meta.email_subject }
        }
        put! {
            "frontmatter": meta.frontmatter,
            "feature_image_alt": meta.feature_image_alt,
            "feature_image_caption": meta.feature_image_caption,
        }
        if shape.with.sentiment {
            map.serialize_entry("sentiment", &Number(post.sentiment.unwrap_or_default()))?;
        }
        if shape.key_points {
            map.serialize_entry("key_points", &desk_json::key_points(self.call, post))?;
        }
        if let Some(related) = &self.related {
            map.serialize_entry("related", related)?;
        }
        map.end()
    }
}

/// A list, each made for the wire as it is written.
struct Each<'e, T, F>(&'e [T], F);

impl<'e, T, J: Serialize, F: Fn(&'e T) -> J> Serialize for Each<'e, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for item in self.0 {
            list.serialize_element(&self.1(item))?;
        }
        list.end()
    }
}

/// A number as JavaScript prints it: whole ones without a point.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            whole if whole.fract() == 0.0 && whole.abs() < 1e15 => serializer.serialize_i64(whole as i64),
            number => serializer.serialize_f64(number),
        }
    }
}

/// The first so many UTF-16 units of a text. A character that would be halved is left out.
fn first_units(text: &str, n: usize) -> &str {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > n {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_end_between_characters() {
        assert_eq!(first_units("abc", 2), "ab");
        assert_eq!(first_units("a😀b", 2), "a");
        assert_eq!(first_units("a😀b", 3), "a😀");
        assert_eq!(first_units("ab", 5), "ab");
    }
}
