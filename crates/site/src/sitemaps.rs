//! Sitemaps: the addresses of all that readers may find, as XML for search engines.

use http::header::{CACHE_CONTROL, VARY};
use http::{HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use model::{Limit, Page, PostKind, SocialCard, Tag};
use store::ListQuery;
use store::posts::PostRow;
use web::Response;
use web::exchange::respond;

use crate::feeds::escape;
use crate::pages::Made;
use crate::routes::Route;
use crate::visit::Visit;

/// Addresses in one file, as the protocol allows.
const PER_FILE: usize = 50_000;
/// Kinds in the index's order.
const KINDS: [Kind; 4] = [Kind::Pages, Kind::Posts, Kind::Authors, Kind::Tags];
const STYLES: &str = include_str!("public/files/sitemap.xsl");

/// What a file lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pages,
    Posts,
    Authors,
    Tags,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Pages => "pages",
            Kind::Posts => "posts",
            Kind::Authors => "authors",
            Kind::Tags => "tags",
        }
    }
}

/// One address.
struct Entry {
    address: String,
    at: Timestamp,
    image: Option<String>,
}

/// The file's style sheet for people, if the request is for it.
pub fn styles(visit: &Visit<'_>) -> Option<Response> {
    if visit.request.path != "/sitemap.xsl" || !is_get(visit) {
        return None;
    }
    let mut response = respond(StatusCode::OK, "text/xsl", STYLES);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    Some(response)
}

/// The sitemap that the request is for, if it is for one.
pub fn sitemap(visit: &Visit<'_>) -> Option<Made> {
    if !is_get(visit) {
        return None;
    }
    let path = visit.request.path.as_str();
    let name = path.strip_prefix("/sitemap")?.strip_suffix(".xml")?;
    if name.is_empty() {
        return Some(answer(index(visit).map(Some)));
    }
    let name = name.strip_prefix('-')?;
    if name.contains('/') {
        return None;
    }
    let (name, number) = match name.rsplit_once('-') {
        Some((kind, digits)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            // The first file has no number.
            (kind, digits.parse().ok().filter(|number| *number > 1 || digits != "1").unwrap_or(0))
        }
        _ => (name, 1_usize),
    };
    let kind = match name {
        "pages" => Kind::Pages,
        "posts" => Kind::Posts,
        "authors" | "users" => Kind::Authors,
        "tags" => Kind::Tags,
        "index" if number > 0 => return Some(answer(index(visit).map(Some))),
        _ => return Some(answer(Ok(None))),
    };
    Some(answer(file(visit, kind, number)))
}

fn is_get(visit: &Visit<'_>) -> bool {
    matches!(visit.request.method, Method::GET | Method::HEAD)
}

fn answer(xml: store::Result<Option<String>>) -> Made {
    let mut response = match xml {
        Ok(Some(xml)) => {
            let mut response = respond(StatusCode::OK, "text/xml; charset=utf-8", xml);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            response
        }
        Ok(None) => respond(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "Not Found"),
        Err(error) => {
            tracing::error!(%error, "a sitemap cannot be made");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            let mut response = respond(status, "text/plain; charset=utf-8", "Internal Server Error");
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(crate::pages::PRIVATE));
            response
        }
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    let keep = response.status() == StatusCode::OK;
    Made { keep, ..Made::from(response) }
}

/// The list of all files. Kinds without an address have none.
fn index(visit: &Visit<'_>) -> store::Result<String> {
    let mut xml = opening(visit);
    xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for kind in KINDS {
        let entries = entries(visit, kind)?;
        let Some(latest) = entries.iter().map(|entry| entry.at).max() else { continue };
        for number in 1..=entries.len().div_ceil(PER_FILE) {
            let number = if number == 1 { String::new() } else { format!("-{number}") };
            xml.push_str("<sitemap><loc>");
            let path = format!("/sitemap-{}{number}.xml", kind.as_str());
            escape(&visit.state.facts.site.join(&path), &mut xml);
            xml.push_str("</loc><lastmod>");
            xml.push_str(&model::dates::to_json(latest));
            xml.push_str("</lastmod></sitemap>");
        }
    }
    xml.push_str("</sitemapindex>");
    Ok(xml)
}

/// One file, newest first; None when it would be empty.
fn file(visit: &Visit<'_>, kind: Kind, number: usize) -> store::Result<Option<String>> {
    let Some(place) = number.checked_sub(1).and_then(|place| place.checked_mul(PER_FILE)) else {
        return Ok(None);
    };
    let mut entries = entries(visit, kind)?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    if entries.len() <= place {
        return Ok(None);
    }
    let mut xml = opening(visit);
    xml.push_str(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\">",
    );
    for entry in entries.iter().skip(place).take(PER_FILE) {
        xml.push_str("<url><loc>");
        escape(&entry.address, &mut xml);
        xml.push_str("</loc><lastmod>");
        xml.push_str(&model::dates::to_json(entry.at));
        xml.push_str("</lastmod>");
        if let Some(image) = &entry.image {
            xml.push_str("<image:image><image:loc>");
            escape(image, &mut xml);
            xml.push_str("</image:loc><image:caption>");
            escape(image.trim_end_matches('/').rsplit('/').next().unwrap_or_default(), &mut xml);
            xml.push_str("</image:caption></image:image>");
        }
        xml.push_str("</url>");
    }
    xml.push_str("</urlset>");
    Ok(Some(xml))
}

fn opening(visit: &Visit<'_>) -> String {
    let styles = visit.state.facts.site.join("/sitemap.xsl");
    let styles = styles.strip_prefix("https:").or_else(|| styles.strip_prefix("http:")).unwrap_or(&styles);
    let mut xml = String::with_capacity(4096);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?><?xml-stylesheet type=\"text/xsl\" href=\"");
    escape(styles, &mut xml);
    xml.push_str("\"?>");
    xml
}

/// All addresses of a kind.
fn entries(visit: &Visit<'_>, kind: Kind) -> store::Result<Vec<Entry>> {
    let facts = &visit.state.facts;
    let site = &facts.site;
    let mut entries = Vec::new();
    let mut add = |path: String, canonical: Option<String>, at: Option<Timestamp>, image: Option<String>| {
        if path == model::permalink::NOWHERE {
            return;
        }
        let address = site.join(&crate::paths::encode(&path));
        let elsewhere = canonical
            .filter(|canonical| !canonical.is_empty())
            .is_some_and(|canonical| !is_same(&site.expand(canonical), &address));
        if !elsewhere {
            let image = image.filter(|image| !image.is_empty()).map(|image| site.expand(image));
            entries.push(Entry { address, at: at.unwrap_or(visit.now), image });
        }
    };
    let everything = ListQuery { page: Page { number: 1, limit: Limit::All }, ..ListQuery::default() };
    match kind {
        Kind::Pages => {
            for route in &visit.state.routes.routes {
                let path = match route {
                    Route::Channel(list) => &list.path,
                    Route::Static(own) => &own.path,
                };
                add(path.clone(), None, None, None);
            }
            for collection in &visit.state.routes.collections {
                add(collection.list.path.clone(), None, None, None);
            }
            for row in by_id(store::posts::rows(visit.snapshot, PostKind::Page)?) {
                let at = row.updated_at.or(row.published_at).or(row.created_at);
                add(format!("/{}/", row.slug), row.canonical_url, at, row.feature_image);
            }
        }
        Kind::Posts => {
            for row in by_id(store::posts::rows(visit.snapshot, PostKind::Post)?) {
                let at = row.updated_at.or(row.published_at).or(row.created_at);
                let path = facts.permalinks.post(&as_post(&row));
                add(path, row.canonical_url, at, row.feature_image);
            }
        }
        Kind::Authors => {
            for author in store::authors::browse(visit.snapshot, &everything)?.items {
                let filled = |image: &Option<String>| image.clone().filter(|image| !image.is_empty());
                let image = filled(&author.cover_image).or_else(|| filled(&author.profile_image));
                let image = image.map(|image| site.expand(image)).filter(|image| image.starts_with("http"));
                add(facts.permalinks.author(&author), None, author.updated_at, image);
            }
        }
        Kind::Tags => {
            for tag in store::tags::browse(visit.snapshot, &everything)?.items {
                if tag.visibility == "public" {
                    let path = facts.permalinks.tag(&tag);
                    add(path, tag.canonical_url, tag.updated_at.or(tag.created_at), tag.feature_image);
                }
            }
        }
    }
    Ok(entries)
}

/// Ghost's order among those that changed in the same second.
fn by_id(mut rows: Vec<PostRow>) -> Vec<PostRow> {
    rows.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    rows
}

/// Whether two addresses are one, but for slashes at the end of their paths.
fn is_same(one: &str, other: &str) -> bool {
    let parts = |address: &str| {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        (path.trim_end_matches('/').to_owned(), rest.to_owned())
    };
    parts(one) == parts(other)
}

/// As much of a post as its owner and address ask for.
fn as_post(row: &PostRow) -> model::Post {
    model::Post {
        id: row.id.clone(),
        kind: row.kind,
        status: model::PostStatus::Published,
        uuid: String::new(),
        title: String::new(),
        slug: row.slug.clone(),
        html: None,
        plaintext: None,
        comment_id: None,
        feature_image: row.feature_image.clone(),
        featured: row.featured,
        visibility: row.visibility,
        created_at: row.created_at.or(row.published_at).unwrap_or(Timestamp::UNIX_EPOCH),
        updated_at: row.updated_at,
        published_at: row.published_at,
        custom_excerpt: None,
        codeinjection_head: None,
        codeinjection_foot: None,
        custom_template: None,
        canonical_url: row.canonical_url.clone(),
        show_title_and_feature_image: true,
        meta: model::PostMeta::default(),
        tags: Some(row.tags.iter().map(|(slug, is_public)| as_tag(slug, *is_public)).collect()),
        authors: Some(row.authors.iter().map(|slug| as_author(slug)).collect()),
        tiers: None,
        sentiment: None,
        access: false,
        is_cut: false,
        reading_time: None,
        excerpt: None,
    }
}

fn as_tag(slug: &str, is_public: bool) -> Tag {
    Tag {
        id: model::id::TagId::new(""),
        name: String::new(),
        slug: slug.to_owned(),
        description: None,
        feature_image: None,
        visibility: if is_public { "public" } else { "internal" }.to_owned(),
        card: SocialCard::default(),
        codeinjection_head: None,
        codeinjection_foot: None,
        canonical_url: None,
        accent_color: None,
        created_at: None,
        updated_at: None,
        n_posts: None,
    }
}

fn as_author(slug: &str) -> model::Author {
    model::Author {
        id: model::id::AuthorId::new(""),
        name: String::new(),
        slug: slug.to_owned(),
        profile_image: None,
        cover_image: None,
        bio: None,
        website: None,
        location: None,
        facebook: None,
        twitter: None,
        threads: None,
        bluesky: None,
        mastodon: None,
        tiktok: None,
        youtube: None,
        instagram: None,
        linkedin: None,
        meta_title: None,
        meta_description: None,
        updated_at: None,
        n_posts: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_addresses() {
        assert!(is_same("https://x.example/a", "https://x.example/a/"));
        assert!(!is_same("https://x.example/a?b", "https://x.example/a/"));
        assert!(!is_same("https://y.example/a/", "https://x.example/a/"));
    }
}
