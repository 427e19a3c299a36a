//! The Content API: what everybody with a key may read.

mod authors;
mod desk_json;
mod envelope;
mod newsletters;
mod offers;
mod options;
mod post_json;
mod posts;
mod recommendations;
mod search_index;
mod settings;
mod shown;
mod tags;
mod tiers;

use std::borrow::Cow;

use http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, VARY};
use http::{HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use model::id::MemberId;
use model::{Member, MemberStatus, PostKind, Reader};
use store::Snapshot;
use store::keys::{self, KeyKind};
use web::exchange::{redirect, set};
use web::{Facts, Request, Response};

use crate::fault::{Fault, Kind};
use crate::member_token;
use crate::query::{Param, Query};

/// The segment that names this API.
pub const NAME: &str = "content";
const FOR_A_YEAR: &str = "public, max-age=31536000";

/// A request to the Content API, and what it is answered from.
pub struct Call<'c> {
    pub request: &'c Request,
    pub facts: &'c Facts,
    pub snapshot: &'c Snapshot<'c>,
    pub now: Timestamp,
    pub failures: &'c web::Failures,
    pub desk: &'c editorial::Desk,
    /// What follows `/ghost/api/content`, as sent.
    pub path: &'c str,
    pub accept_version: Option<&'c str>,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Endpoint {
    Browse(Noun),
    Read(Noun, Named),
    SearchIndex(Noun),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    Posts,
    Pages,
    Tags,
    Authors,
    Tiers,
    Newsletters,
    Offers,
    Recommendations,
    Settings,
}

/// How a path names one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    Id(String),
    Slug(String),
}

impl Endpoint {
    /// The endpoint of a path below `/ghost/api/content`. Letters of any case; a slash at the end or none.
    fn of(path: &str) -> Option<Self> {
        let path = path.strip_prefix("//").or_else(|| path.strip_prefix('/'))?;
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut segments = path.split('/');
        let (first, second, third) = (segments.next()?, segments.next(), segments.next());
        if segments.next().is_some() || second == Some("") || third == Some("") {
            return None;
        }
        let noun = Noun::of(first);
        let is = |segment: &str, word: &str| segment.eq_ignore_ascii_case(word);
        match (noun, second, third) {
            (Some(Noun::Offers), None, None) => None,
            (Some(noun), None, None) => Some(Endpoint::Browse(noun)),
            (Some(noun), Some(id), None) if noun.has_ids() => {
                Some(Endpoint::Read(noun, Named::Id(decoded(id))))
            }
            (Some(noun), Some(by), Some(slug)) if noun.has_slugs() && is(by, "slug") => {
                Some(Endpoint::Read(noun, Named::Slug(decoded(slug))))
            }
            (None, Some(what), None) if is(first, "search-index") => match Noun::of(what) {
                Some(noun @ (Noun::Posts | Noun::Tags | Noun::Authors)) => Some(Endpoint::SearchIndex(noun)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What it does, for its failures.
    fn action(&self) -> Option<String> {
        match self {
            Endpoint::Browse(noun) => Some(format!("list {}", noun.as_str())),
            Endpoint::Read(noun, _) => Some(format!("read {}", noun.as_str().trim_end_matches('s'))),
            Endpoint::SearchIndex(_) => None,
        }
    }
}

impl Noun {
    const ALL: [Noun; 9] = [
        Noun::Posts,
        Noun::Pages,
        Noun::Tags,
        Noun::Authors,
        Noun::Tiers,
        Noun::Newsletters,
        Noun::Offers,
        Noun::Recommendations,
        Noun::Settings,
    ];

    fn of(segment: &str) -> Option<Self> {
        Noun::ALL.into_iter().find(|noun| noun.as_str().eq_ignore_ascii_case(segment))
    }

    fn as_str(self) -> &'static str {
        match self {
            Noun::Posts => "posts",
            Noun::Pages => "pages",
            Noun::Tags => "tags",
            Noun::Authors => "authors",
            Noun::Tiers => "tiers",
            Noun::Newsletters => "newsletters",
            Noun::Offers => "offers",
            Noun::Recommendations => "recommendations",
            Noun::Settings => "settings",
        }
    }

    fn has_slugs(self) -> bool {
        matches!(self, Noun::Posts | Noun::Pages | Noun::Tags | Noun::Authors)
    }

    fn has_ids(self) -> bool {
        self.has_slugs() || self == Noun::Offers
    }
}

/// Answers any request but a preflight.
pub fn answer(call: &Call<'_>) -> Response {
    let request = call.request;
    let is_reading = matches!(request.method, Method::GET | Method::HEAD);
    let Some(endpoint) = Endpoint::of(call.path).filter(|_| is_reading) else {
        return Fault::no_such_endpoint(call.accept_version).answer(request);
    };
    let query = Query::parse(request.query.as_deref().unwrap_or_default());
    let reader = match reader(call, &query) {
        Ok(reader) => reader,
        Err(fault) => return fault.answer(request),
    };
    if let Some(elsewhere) = elsewhere(call) {
        return elsewhere;
    }
    let body = match &endpoint {
        Endpoint::Browse(Noun::Posts) => posts::browse(call, &query, &reader, PostKind::Post),
        Endpoint::Browse(Noun::Pages) => posts::browse(call, &query, &reader, PostKind::Page),
        Endpoint::Read(Noun::Posts, named) => posts::read(call, &query, &reader, PostKind::Post, named),
        Endpoint::Read(Noun::Pages, named) => posts::read(call, &query, &reader, PostKind::Page, named),
        Endpoint::Browse(Noun::Tags) => tags::browse(call, &query),
        Endpoint::Read(Noun::Tags, named) => tags::read(call, &query, named),
        Endpoint::Browse(Noun::Authors) => authors::browse(call, &query),
        Endpoint::Read(Noun::Authors, named) => authors::read(call, &query, named),
        Endpoint::Browse(Noun::Tiers) => tiers::browse(call, &query),
        Endpoint::Browse(Noun::Newsletters) => newsletters::browse(call, &query),
        Endpoint::Read(Noun::Offers, named) => offers::read(call, &query, named),
        Endpoint::Browse(Noun::Recommendations) => recommendations::browse(call, &query),
        Endpoint::Browse(Noun::Settings) => settings::browse(call),
        Endpoint::SearchIndex(Noun::Posts) => search_index::posts(call, &reader),
        Endpoint::SearchIndex(Noun::Tags) => search_index::tags(call),
        Endpoint::SearchIndex(_) => search_index::authors(call),
        // Not made by Endpoint::of.
        Endpoint::Browse(Noun::Offers) | Endpoint::Read(..) => Err(Fault::no_such_endpoint(None)),
    };
    match (body, endpoint.action()) {
        (Ok(body), _) => {
            let mut response = crate::json(StatusCode::OK, body);
            set(&mut response, CACHE_CONTROL, &caching(call.facts, &reader));
            response
        }
        (Err(fault), Some(action)) => fault.of(&action).answer(request),
        (Err(fault), None) => fault.answer(request),
    }
}

/// Answers a browser that asks what it may ask.
pub fn preflight(request: &Request, facts: &Facts) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    set(&mut response, CACHE_CONTROL, &caching(facts, &Reader::Anonymous));
    let headers = response.headers_mut();
    let text = HeaderValue::from_static;
    headers.insert(VARY, text("Accept-Version, Access-Control-Request-Headers"));
    headers.insert("access-control-allow-methods", text("GET,HEAD,PUT,PATCH,POST,DELETE"));
    headers.insert("access-control-max-age", text("86400"));
    if let Some(asked) =
        request.headers.get("access-control-request-headers").filter(|asked| !asked.is_empty())
    {
        headers.insert(HeaderName::from_static("access-control-allow-headers"), asked.clone());
    }
    response
}

/// Who reads, by key or token.
fn reader(call: &Call<'_>, query: &Query<'_>) -> Result<Reader, Fault> {
    let client = call.request.client;
    if call.failures.is_refused(client, call.now) {
        return Err(Fault::new(Kind::TooMany, "Too many attempts."));
    }
    let proven = proven(call, query);
    match proven {
        Ok(_) => call.failures.forgive(client),
        Err(_) => call.failures.note(client, call.now),
    }
    proven
}

fn proven(call: &Call<'_>, query: &Query<'_>) -> Result<Reader, Fault> {
    let has_key = match query.get("key").filter(|key| key.is_given()) {
        None => false,
        Some(Param::List(_)) => {
            return Err(Fault::new(Kind::BadRequest, "Invalid Request").coded("INVALID_REQUEST"));
        }
        Some(key) => match keys::by_secret(call.snapshot, &key.to_text())?.map(|key| key.kind) {
            Some(KeyKind::Content) => true,
            Some(KeyKind::Admin) => {
                let fault = Fault::new(Kind::Unauthorized, "Invalid API Key type");
                return Err(fault.coded("INVALID_API_KEY_TYPE"));
            }
            None => {
                let fault = Fault::new(Kind::Unauthorized, "Unknown Content API Key");
                return Err(fault.coded("UNKNOWN_CONTENT_API_KEY"));
            }
        },
    };
    if member_token::is_member(call.request, call.facts, call.now)? {
        return Ok(Reader::Member(Member {
            id: MemberId::new(""),
            uuid: String::new(),
            email: String::new(),
            name: None,
            status: MemberStatus::Free,
            tiers: Vec::new(),
        }));
    }
    match has_key {
        true => Ok(Reader::Anonymous),
        false => Err(Fault::new(Kind::NoPermission, "Authorization failed").about(
            "Unable to determine the authenticated member or integration. Check the supplied Content API Key and \
             ensure cookies are being passed through if member auth is failing.",
        )),
    }
}

/// Shared caches may keep what everybody may read.
fn caching(facts: &Facts, reader: &Reader) -> Cow<'static, str> {
    match (facts.config.content_api_max_age_s, reader) {
        (0, _) | (_, Reader::Anonymous) => {
            Cow::Owned(format!("public, max-age={}", facts.config.content_api_max_age_s))
        }
        _ => Cow::Borrowed("private, max-age=0"),
    }
}

/// The answer to a request that came to the wrong host, without the last slash, or in capitals.
fn elsewhere(call: &Call<'_>) -> Option<Response> {
    let (request, facts) = (call.request, call.facts);
    let path = &request.path;
    let query = request.query.as_deref().filter(|query| !query.is_empty());
    let with_query = |location: String| match query {
        Some(query) => format!("{location}?{query}"),
        None => location,
    };
    let at_admin = |path: &str| {
        let slash = if path.ends_with('/') { "" } else { "/" };
        with_query(format!("{}{path}{slash}", facts.admin.as_str()))
    };
    let host = request.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let wrong_host = facts.admin.host() != facts.site.host() && host != facts.admin.host();
    if wrong_host || (facts.admin.is_secure() && !request.secure) {
        return Some(moved(&at_admin(path)));
    }
    let directory = facts.admin.subdirectory();
    let is_file = path.rsplit('/').next().is_some_and(|last| {
        last.rfind('.').is_some_and(|dot| dot > 0 && matches!(last.get(dot..), Some(".md" | ".txt")))
    });
    if !path.ends_with('/') && !is_file {
        let query: Vec<&str> =
            query.unwrap_or_default().split(['?', '&']).filter(|pair| !pair.is_empty()).collect();
        let mut location = format!("{directory}{path}/");
        if let Some(at) = location.find("//") {
            let end = location
                .get(at..)
                .and_then(|rest| rest.find(|c| c != '/'))
                .map_or(location.len(), |n| at + n);
            location.replace_range(at..end, "/");
        }
        if !query.is_empty() {
            location = format!("{location}?{}", query.join("&"));
        }
        let mut response = redirect(StatusCode::MOVED_PERMANENTLY, &location, FOR_A_YEAR);
        response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Version"));
        return Some(response);
    }
    // Only what names the API is put into small letters: what follows it is not ours to change, nor an old version.
    let (base, _) = path.split_at_checked(crate::BASE.len())?;
    let before = path.len() - call.path.len();
    let name = path.get(before - NAME.len()..before)?;
    let in_capitals = |text: &str| text.contains(|c: char| c.is_ascii_uppercase());
    (in_capitals(base) || in_capitals(name)).then(|| {
        let between = path.get(base.len()..before - NAME.len()).unwrap_or_default();
        moved(&with_query(format!("{directory}{}{between}{NAME}{}", crate::BASE, call.path)))
    })
}

/// A redirect that says so in words, too.
fn moved(location: &str) -> Response {
    let mut response = redirect(StatusCode::MOVED_PERMANENTLY, location, FOR_A_YEAR);
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Accept-Version, Accept, Accept-Encoding"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    let location =
        headers.get(http::header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = format!("Moved Permanently. Redirecting to {location}");
    *response.body_mut() = body.into();
    response
}

fn decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_of_paths() {
        let browse = |noun| Some(Endpoint::Browse(noun));
        assert_eq!(Endpoint::of("/posts/"), browse(Noun::Posts));
        assert_eq!(Endpoint::of("/POSTS"), browse(Noun::Posts));
        assert_eq!(Endpoint::of("//posts/"), browse(Noun::Posts));
        assert_eq!(Endpoint::of("/posts//"), None);
        assert_eq!(Endpoint::of("/posts/slug/"), Some(Endpoint::Read(Noun::Posts, Named::Id("slug".into()))));
        assert_eq!(
            Endpoint::of("/tags/Slug/%E4%BD%A0"),
            Some(Endpoint::Read(Noun::Tags, Named::Slug("你".into())))
        );
        assert_eq!(Endpoint::of("/offers/"), None);
        assert_eq!(Endpoint::of("/tiers/x/"), None);
        assert_eq!(Endpoint::of("/search-index/tags/"), Some(Endpoint::SearchIndex(Noun::Tags)));
        assert_eq!(Endpoint::of("/search-index/pages/"), None);
        assert_eq!(Endpoint::of("/"), None);
        assert_eq!(Endpoint::of(""), None);
    }
}
