//! Posts and pages: what is asked for is gathered, opened for the reader, and handed to the wire.

use model::{Gated, Limit, Pagination, Post, PostKind, Reader};
use store::{PostKey, PostQuery, PostRead, Texts, With};

use super::envelope::{Envelope, Meta};
use super::options::{Lookup, Options, Taken};
use super::post_json::{PostJson, Shape};
use super::shown::Fields;
use super::{Call, Named, desk_json};
use crate::fault::{Fault, Kind};
use crate::query::{Param, Query};

/// The last two are ours.
const INCLUDE_WITH_POSTS: &[&str] = &["tags", "authors", "tiers", "sentiment", "key_points", "related"];
const INCLUDE_WITH_PAGES: &[&str] = &["tags", "authors", "tiers"];
/// Fields of that name belong to other tables: asking the table of posts for them fails.
const OTHER_TABLES: &[&str] =
    &["tags", "authors", "tiers", "mobiledoc_revisions", "post_revisions", "posts_meta"];

fn browse_takes(kind: PostKind) -> Taken {
    match kind {
        PostKind::Post => Taken {
            names: &["include", "filter", "fields", "formats", "limit", "order", "page"],
            include: INCLUDE_WITH_POSTS,
        },
        PostKind::Page => Taken {
            names: &["include", "filter", "fields", "formats", "page", "limit", "order"],
            include: INCLUDE_WITH_PAGES,
        },
    }
}

fn read_takes(kind: PostKind) -> Taken {
    let include = if kind == PostKind::Post { INCLUDE_WITH_POSTS } else { INCLUDE_WITH_PAGES };
    Taken { names: &["include", "fields", "formats"], include }
}

fn name(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Post => "posts",
        PostKind::Page => "pages",
    }
}

/// A list.
pub fn browse(call: &Call<'_>, query: &Query<'_>, reader: &Reader, kind: PostKind) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &browse_takes(kind), &call.facts.config)?;
    let order = options.order()?;
    let filter = options.filter().map(|text| nql::Filter::parse(&text, call.now)).transpose()?;
    let shape = shape(call, query, &options, None, kind);
    let (with, texts) = needs(call, &shape)?;
    let uncounted = kind == PostKind::Post && query.get("skipPagination") == Some(&Param::Bool(true));
    let words = query.get("search").filter(|words| kind == PostKind::Post && words.is_given());
    // Blanks ask for nothing, as does nothing.
    if let Some(words) = words.map(Param::to_text).filter(|words| !words.trim().is_empty()) {
        return search(call, reader, &options, &shape, &words);
    }
    let mut page = options.page();
    if uncounted && options.limit() == Some(0) {
        page.limit = Limit::Rows(1);
    }
    let list = store::posts::browse(
        call.snapshot,
        &PostQuery {
            filter: filter.as_ref(),
            order: order.as_deref(),
            page,
            with,
            texts,
            count: !uncounted,
            ..PostQuery::of(kind)
        },
    )?;
    let meta = if uncounted { Meta::Empty } else { Meta::from(list.pagination) };
    let posts = opened(list.items, call, reader);
    let items: Vec<PostJson<'_>> = posts.iter().map(|post| PostJson::new(post, call, &shape)).collect();
    Envelope { name: name(kind), items: &items, meta }.write()
}

/// Longest query, in characters.
const LONGEST: usize = 200;

/// Stories in which every word stands where this reader may read, the best first: ours, Ghost has no such parameter.
fn search(
    call: &Call<'_>,
    reader: &Reader,
    options: &Options<'_>,
    shape: &Shape<'_>,
    words: &str,
) -> Result<Vec<u8>, Fault> {
    if options.filter().is_some() || options.order()?.is_some() {
        let fault = Fault::new(Kind::BadRequest, "A search cannot be filtered or ordered.");
        return Err(fault.about("Leave filter and order out, or search out."));
    }
    let mut page = options.page();
    let most = call.facts.config.max_limit;
    let rows = match page.limit {
        Limit::Rows(rows) => rows.min(most),
        Limit::All => most,
    };
    page.limit = Limit::Rows(rows);
    let offset = (page.number.max(1) as usize - 1).saturating_mul(rows as usize);
    let words: String = words.chars().take(LONGEST).collect();
    let found =
        call.desk.search(call.snapshot, reader, &words, (offset, rows as usize)).map_err(|error| {
            tracing::error!(%error, "the archive cannot be searched");
            Fault::unexpected(None)
        })?;
    let posts = opened(found.posts, call, reader);
    let items: Vec<PostJson<'_>> = posts.iter().map(|post| PostJson::new(post, call, shape)).collect();
    let meta = Meta::from(Pagination::new(page, found.total as u64));
    Envelope { name: "posts", items: &items, meta }.write()
}

/// One.
pub fn read(
    call: &Call<'_>,
    query: &Query<'_>,
    reader: &Reader,
    kind: PostKind,
    named: &Named,
) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &read_takes(kind), &call.facts.config)?;
    let lookup = Lookup::read(query, &["id", "slug", "uuid"], named)?;
    let shape = shape(call, query, &options, Some(&lookup), kind);
    let (with, texts) = needs(call, &shape)?;
    let key = match named {
        Named::Id(id) => PostKey::Id(id),
        Named::Slug(slug) => PostKey::Slug(slug),
    };
    let found =
        store::posts::read(call.snapshot, &PostRead { with, texts, ..PostRead::published(kind, key) })?;
    let post = opened(found, call, reader).pop().filter(|post| {
        lookup.agrees(|name| match name {
            "id" => post.id.as_str().to_owned(),
            "slug" => post.slug.clone(),
            _ => post.uuid.clone(),
        })
    });
    let Some(post) = post else {
        let message = if kind == PostKind::Post { "Post not found." } else { "Page not found." };
        return Err(Fault::new(Kind::NotFound, message));
    };
    let related = options.includes("related").then(|| desk_json::related(call, &post, reader));
    let json = PostJson::new(&post, call, &shape).beside(related);
    Envelope { name: name(kind), items: &[json], meta: Meta::None }.write()
}

fn opened(posts: impl IntoIterator<Item = Gated<Post>>, call: &Call<'_>, reader: &Reader) -> Vec<Post> {
    posts.into_iter().map(|gated| gated.for_reader(reader, &call.facts.site)).collect()
}

fn shape<'s>(
    call: &Call<'_>,
    query: &'s Query<'_>,
    options: &'s Options<'_>,
    lookup: Option<&'s Lookup>,
    kind: PostKind,
) -> Shape<'s> {
    let fields = options.fields.as_deref();
    let formats = options.formats.as_deref();
    // Formats that are asked for beside fields are fields, too.
    let has = |list: Option<&[std::borrow::Cow<'_, str>]>, name: &str| {
        list.is_some_and(|list| list.iter().any(|own| own == name))
    };
    let is_loaded = |name: &str| fields.is_none() || has(fields, name) || has(formats, name);
    let kept = |name: &str, by_default: bool| match (formats, fields) {
        (Some(_), _) => has(formats, name),
        (None, Some(_)) => has(fields, name),
        (None, None) => by_default,
    };
    let fields = Fields { asked: fields, carried: lookup };
    // Ghost joins relations by the id: a single post that is read without it has none, and one that is looked up
    // by it but does not read it has none joined.
    let relations = lookup.is_none() || fields.show("id") || fields.show("url");
    let joined = lookup.is_none() || fields.asked.is_none() || fields.name("id") || fields.show("url");
    Shape {
        kind,
        fields,
        as_sent: query.get("fields").filter(|param| param.is_given()),
        html: kept("html", true),
        html_loaded: is_loaded("html"),
        plaintext: kept("plaintext", false),
        with: With {
            tags: relations && options.includes("tags"),
            authors: relations && options.includes("authors"),
            tiers: relations && options.includes("tiers"),
            sentiment: options.includes("sentiment"),
        },
        joined,
        key_points: options.includes("key_points"),
        comments_on: call.facts.settings.raw("comments_enabled") != Some("off"),
        mark_links: call.facts.settings.is_on("outbound_link_tagging"),
    }
}

/// What must be read for an answer of this shape.
fn needs(call: &Call<'_>, shape: &Shape<'_>) -> Result<(With, Texts), Fault> {
    if OTHER_TABLES.iter().any(|name| shape.fields.name(name)) {
        return Err(Fault::not_understood());
    }
    let for_url = shape.fields.show("url") && call.facts.permalinks.needs_relations();
    let with =
        With { tags: shape.with.tags || for_url, authors: shape.with.authors || for_url, ..shape.with };
    let excerpt = shape.fields.show("excerpt");
    let plaintext = shape.plaintext || excerpt;
    // The plain text and the excerpt follow from the html wherever parts of it are hidden.
    let html = shape.key_points
        || plaintext
        || shape.html
        || (shape.html_loaded && shape.fields.show("reading_time"));
    Ok((with, Texts { html, plaintext }))
}
