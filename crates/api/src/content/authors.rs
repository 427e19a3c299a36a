//! Authors as the Content API shows them.

use model::{Author, SiteUrl};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use store::ListQuery;

use super::envelope::{Envelope, Meta};
use super::options::{Lookup, Options, Taken};
use super::shown::{Fields, absolute, filled};
use super::tags::CountJson;
use super::{Call, Named};
use crate::fault::{Fault, Kind};
use crate::query::Query;

const BROWSE: Taken =
    Taken { names: &["include", "filter", "fields", "limit", "order", "page"], include: &["count.posts"] };
const READ: Taken = Taken { names: &["include", "fields"], include: &["count.posts"] };

/// All columns of a staff user; most are never shown.
const COLUMNS: &[&str] = &[
    "id",
    "name",
    "slug",
    "password",
    "email",
    "profile_image",
    "cover_image",
    "bio",
    "website",
    "location",
    "facebook",
    "twitter",
    "threads",
    "bluesky",
    "mastodon",
    "tiktok",
    "youtube",
    "instagram",
    "linkedin",
    "accessibility",
    "status",
    "locale",
    "visibility",
    "meta_title",
    "meta_description",
    "tour",
    "last_seen",
    "comment_notifications",
    "free_member_signup_notification",
    "paid_subscription_started_notification",
    "paid_subscription_canceled_notification",
    "mention_notifications",
    "recommendation_notifications",
    "milestone_notifications",
    "donation_notifications",
    "gift_subscription_notifications",
    "created_at",
    "updated_at",
];

/// A list.
pub fn browse(call: &Call<'_>, query: &Query<'_>) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &BROWSE, &call.facts.config)?;
    let order = options.order()?;
    let filter = options.one_filter()?.map(|text| nql::Filter::parse(text, call.now)).transpose()?;
    let count_posts = options.includes("count.posts");
    let list = store::authors::browse(
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
    let items: Vec<AuthorJson<'_>> =
        list.items.iter().map(|author| AuthorJson::new(author, call, fields)).collect();
    Envelope { name: "authors", items: &items, meta: Meta::from(list.pagination) }.write()
}

/// One.
pub fn read(call: &Call<'_>, query: &Query<'_>, named: &Named) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &READ, &call.facts.config)?;
    let lookup = Lookup::read(query, &["id", "slug"], named)?;
    let count_posts = options.includes("count.posts");
    let author = match named {
        Named::Id(id) => store::authors::read_by_id(call.snapshot, id, count_posts)?,
        Named::Slug(slug) => store::authors::read_by_slug(call.snapshot, slug, count_posts)?,
    };
    let agrees = |author: &Author| {
        lookup.agrees(|name| if name == "id" { author.id.as_str().to_owned() } else { author.slug.clone() })
    };
    let author = author.filter(agrees).ok_or_else(|| Fault::new(Kind::NotFound, "Author not found."))?;
    let fields = Fields { asked: options.fields.as_deref(), carried: Some(&lookup) };
    let everything = count_posts || fields.name_no_column(COLUMNS);
    let json = AuthorJson { everything, ..AuthorJson::new(&author, call, fields) };
    Envelope { name: "authors", items: &[json], meta: Meta::None }.write()
}

/// An author for the wire.
pub struct AuthorJson<'a> {
    author: &'a Author,
    site: &'a SiteUrl,
    /// Absolute; None when it is not shown.
    url: Option<String>,
    fields: Fields<'a>,
    /// An author read with the count shows all fields but the address, whatever was asked for.
    everything: bool,
}

impl<'a> AuthorJson<'a> {
    /// An author with these fields.
    pub fn new(author: &'a Author, call: &Call<'a>, fields: Fields<'a>) -> Self {
        let site = &call.facts.site;
        let url = fields.show("url").then(|| site.join(&call.facts.permalinks.author(author)));
        AuthorJson { author, site, url, fields, everything: false }
    }

    /// An author as she stands with a post: whole, the address only when `with_url`.
    pub fn of_post(author: &'a Author, call: &Call<'a>, with_url: bool) -> Self {
        let site = &call.facts.site;
        let url = with_url.then(|| site.join(&call.facts.permalinks.author(author)));
        AuthorJson { author, site, url, fields: Fields::ALL, everything: false }
    }
}

impl Serialize for AuthorJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let author = self.author;
        let show = |name| self.everything || self.fields.show(name);
        macro_rules! put {
            ($($name:literal: $value:expr),* $(,)?) => {$(
                if show($name) { map.serialize_entry($name, &$value)?; }
            )*};
        }
        put! {
            "id": author.id.as_str(),
            "name": author.name,
            "slug": author.slug,
            "profile_image": absolute(author.profile_image.as_deref(), self.site),
            "cover_image": absolute(author.cover_image.as_deref(), self.site),
            "bio": filled(author.bio.as_deref()),
            "website": filled(author.website.as_deref()),
            "location": filled(author.location.as_deref()),
            "facebook": filled(author.facebook.as_deref()),
            "twitter": filled(author.twitter.as_deref()),
            "threads": author.threads,
            "bluesky": author.bluesky,
            "mastodon": author.mastodon,
            "tiktok": author.tiktok,
            "youtube": author.youtube,
            "instagram": author.instagram,
            "linkedin": author.linkedin,
            "meta_title": filled(author.meta_title.as_deref()),
            "meta_description": filled(author.meta_description.as_deref()),
        }
        if let Some(posts) = author.n_posts.filter(|_| self.everything || self.fields.asked.is_none()) {
            map.serialize_entry("count", &CountJson { posts })?;
        }
        if let Some(url) = &self.url {
            map.serialize_entry("url", url)?;
        }
        map.end()
    }
}
