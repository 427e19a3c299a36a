//! Tags as the Content API shows them.

use model::{SiteUrl, Tag};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use store::ListQuery;

use super::envelope::{Envelope, Meta};
use super::options::{Lookup, Options, Taken};
use super::shown::{Fields, absolute, filled};
use super::{Call, Named};
use crate::fault::{Fault, Kind};
use crate::query::Query;

const BROWSE: Taken =
    Taken { names: &["include", "filter", "fields", "limit", "order", "page"], include: &["count.posts"] };
const READ: Taken = Taken { names: &["include", "fields"], include: &["count.posts"] };

/// All columns of a tag, shown or not.
const COLUMNS: &[&str] = &[
    "id",
    "name",
    "slug",
    "description",
    "feature_image",
    "parent_id",
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
    "created_at",
    "updated_at",
];

/// A list.
pub fn browse(call: &Call<'_>, query: &Query<'_>) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &BROWSE, &call.facts.config)?;
    let order = options.order()?;
    let filter = options.one_filter()?.map(|text| nql::Filter::parse(text, call.now)).transpose()?;
    let count_posts = options.includes("count.posts");
    let list = store::tags::browse(
        call.snapshot,
        &ListQuery {
            filter: filter.as_ref(),
            order: order.as_deref(),
            page: options.page(),
            count_posts,
            ..ListQuery::default()
        },
    )?;
    let fields = Fields { asked: options.fields.as_deref(), carried: None };
    let items: Vec<TagJson<'_>> = list.items.iter().map(|tag| TagJson::new(tag, call, fields)).collect();
    Envelope { name: "tags", items: &items, meta: Meta::from(list.pagination) }.write()
}

/// One.
pub fn read(call: &Call<'_>, query: &Query<'_>, named: &Named) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &READ, &call.facts.config)?;
    let lookup = Lookup::read(query, &["id", "slug", "visibility"], named)?;
    let count_posts = options.includes("count.posts");
    let tag = match named {
        Named::Id(id) => store::tags::read_by_id(call.snapshot, id, count_posts)?,
        Named::Slug(slug) => store::tags::read_by_slug(call.snapshot, slug, count_posts)?,
    };
    let agrees = |tag: &Tag| {
        lookup.agrees(|name| match name {
            "id" => tag.id.as_str().to_owned(),
            "slug" => tag.slug.clone(),
            _ => tag.visibility.clone(),
        })
    };
    let tag = tag.filter(agrees).ok_or_else(|| Fault::new(Kind::NotFound, "Tag not found."))?;
    let fields = Fields { asked: options.fields.as_deref(), carried: Some(&lookup) };
    let everything = count_posts || fields.name_no_column(COLUMNS);
    let json = TagJson { everything, ..TagJson::new(&tag, call, fields) };
    Envelope { name: "tags", items: &[json], meta: Meta::None }.write()
}

/// A tag for the wire.
pub struct TagJson<'t> {
    tag: &'t Tag,
    site: &'t SiteUrl,
    /// Absolute; None when it is not shown.
    url: Option<String>,
    fields: Fields<'t>,
    /// A tag read with its count shows all fields but the address, whatever was asked for.
    everything: bool,
}

impl<'t> TagJson<'t> {
    /// A tag with these fields.
    pub fn new(tag: &'t Tag, call: &Call<'t>, fields: Fields<'t>) -> Self {
        let site = &call.facts.site;
        let url = fields.show("url").then(|| site.join(&call.facts.permalinks.tag(tag)));
        TagJson { tag, site, url, fields, everything: false }
    }

    /// A tag as it stands with a post: whole, the address only when `with_url`.
    pub fn of_post(tag: &'t Tag, call: &Call<'t>, with_url: bool) -> Self {
        let site = &call.facts.site;
        let url = with_url.then(|| site.join(&call.facts.permalinks.tag(tag)));
        TagJson { tag, site, url, fields: Fields::ALL, everything: false }
    }
}

/// `count`.
#[derive(Serialize)]
pub struct CountJson {
    pub posts: u64,
}

impl Serialize for TagJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let tag = self.tag;
        let card = &tag.card;
        let show = |name| self.everything || self.fields.show(name);
        macro_rules! put {
            ($($name:literal: $value:expr),* $(,)?) => {$(
                if show($name) { map.serialize_entry($name, &$value)?; }
            )*};
        }
        put! {
            "id": tag.id.as_str(),
            "name": tag.name,
            "slug": tag.slug,
            "description": filled(tag.description.as_deref()),
            "feature_image": absolute(tag.feature_image.as_deref(), self.site),
            "visibility": tag.visibility,
            "og_image": absolute(card.og_image.as_deref(), self.site),
            "og_title": card.og_title,
            "og_description": card.og_description,
            "twitter_image": absolute(card.twitter_image.as_deref(), self.site),
            "twitter_title": card.twitter_title,
            "twitter_description": card.twitter_description,
            "meta_title": filled(card.meta_title.as_deref()),
            "meta_description": filled(card.meta_description.as_deref()),
            "codeinjection_head": absolute(tag.codeinjection_head.as_deref(), self.site),
            "codeinjection_foot": absolute(tag.codeinjection_foot.as_deref(), self.site),
            "canonical_url": absolute(tag.canonical_url.as_deref(), self.site),
            "accent_color": tag.accent_color,
        }
        if let Some(posts) = tag.n_posts.filter(|_| self.everything || self.fields.asked.is_none()) {
            map.serialize_entry("count", &CountJson { posts })?;
        }
        if let Some(url) = &self.url {
            map.serialize_entry("url", url)?;
        }
        map.end()
    }
}
