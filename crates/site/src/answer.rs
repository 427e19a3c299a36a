//! From a request to its answer: who stands before the router, the router itself, and what is said of a miss.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, LINK, LOCATION, VARY};
use http::{HeaderValue, Method, StatusCode};
use model::PostKind;
use store::PostKey;
use web::Response;
use web::exchange::{redirect, respond, set};

use crate::gift::{self, Opened};
use crate::origin::{self, Origin};
use crate::pages::{Made, NEVER_KEPT, PRIVATE};
use crate::paths::{self, Canonical, Within};
use crate::routes::{Data, DataQuery, List, Resource, Route};
use crate::visit::Visit;

/// Redirects that hold for good may be kept for a year.
pub const FOR_GOOD: &str = "public, max-age=31536000";

/// Why a door has no answer.
#[derive(Debug)]
pub enum Miss {
    /// There is nothing here; the next router may know better.
    Nothing,
    /// The list is here, but has no such page; no other router is asked.
    NoSuchPage,
    /// Something went wrong, or is wrong with the theme.
    Fault {
        status: StatusCode,
        /// For readers, as Ghost says it.
        message: String,
    },
}

impl From<store::Error> for Miss {
    fn from(error: store::Error) -> Self {
        if error.is_bad_request() {
            // A route's filter is the owner's: readers only see that it fails.
            tracing::error!(%error, "a route's filter or order cannot be used");
            return Miss::Fault { status: StatusCode::BAD_REQUEST, message: error.to_string() };
        }
        tracing::error!(%error, "the store failed");
        Miss::Fault {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            message: "The server has encountered an error.".into(),
        }
    }
}

/// What a door has found.
pub type Found = Result<Made, Miss>;

impl Visit<'_> {
    /// The answer to this visit's request, whatever it is.
    pub fn answer(&self) -> Made {
        let path = self.request.path.as_str();
        let subdirectory = self.state.facts.site.subdirectory();
        let plain_door = matches!(self.request.method, Method::GET | Method::HEAD);
        let asks_only = self.request.method == Method::OPTIONS;
        if !is_admins(path) {
            match Origin::of(self.request, &self.publication.options) {
                Origin::Broken => {
                    return self.miss(StatusCode::BAD_REQUEST, "The request could not be understood.");
                }
                Origin::Allowed(_) if let Some(response) = origin::preflight(self.request) => {
                    return response.into();
                }
                Origin::Allowed(_) | Origin::Other => {}
            }
        }
        if plain_door && let Some(response) = crate::onward::answer(self) {
            return response.into();
        }
        if plain_door && let Some(mut response) = self.state.redirects.answer(self.request, subdirectory) {
            speak_of_redirect(&mut response);
            return response.into();
        }
        if asks_only && crate::onward::is_gifts_door(path) {
            return methods("GET,HEAD").into();
        }
        if asks_only && self.state.redirects.answer(self.request, subdirectory).is_some() {
            return methods("GET,HEAD").into();
        }
        if let Some(made) = self.before_the_site(path) {
            return made;
        }
        let content = crate::pictures::content(self).or_else(|| crate::files::content(self).map(Made::from));
        let mut made = match content {
            Some(made) => made,
            None if crate::private::is_private(self) => self.private_answer(),
            None => self.site_answer(path),
        };
        self.add_llms_headers(&mut made.response);
        made
    }

    /// The answer of a private publication: nothing of it is kept, here or on the way.
    fn private_answer(&self) -> Made {
        use crate::private::Gate;
        let (mut made, is_inside) = match crate::private::gate(self) {
            Gate::Open => (self.site_answer(&self.request.path), true),
            // The feed's own address stays the secret one.
            Gate::OpenAs(path) => (self.site_answer(&path), true),
            Gate::Closed(made) => (made, false),
        };
        if is_inside {
            made = crate::private::unless_missing(self, made);
        }
        made.keep = false;
        let headers = made.response.headers_mut();
        // Files of the theme tell nothing: whoever got one may keep it.
        let is_file = headers.contains_key(http::header::ACCEPT_RANGES);
        if !is_file {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
        }
        made
    }

    /// Doors in front of the site: the Admin app's place, favicon, files that the server brings.
    fn before_the_site(&self, path: &str) -> Option<Made> {
        if let Some(response) = crate::well_known::file(self) {
            return Some(response.into());
        }
        if let Some(made) = self.separate_admin(path) {
            return Some(made);
        }
        if path == "/ghost" {
            return Some(self.to_path(StatusCode::MOVED_PERMANENTLY, "/ghost/", FOR_GOOD, false));
        }
        if let Some(rest) = path.strip_prefix("/ghost/") {
            if rest.is_empty() {
                let mut response = respond(StatusCode::OK, "text/html; charset=UTF-8", ADMIN_TO_COME);
                response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
                response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
                return Some(response.into());
            }
            let to = format!("{}/ghost/#/{rest}", self.state.facts.site.subdirectory());
            let mut response = redirect(StatusCode::FOUND, &to, "");
            response.headers_mut().remove(CACHE_CONTROL);
            speak_of_redirect(&mut response);
            return Some(response.into());
        }
        if path.starts_with("/members/") {
            return Some(members_to_come().into());
        }
        if let Some(response) = crate::files::favicon(self) {
            return Some(response.into());
        }
        crate::files::own(self)
            .or_else(|| crate::texts::robots(self))
            .or_else(|| crate::sitemaps::styles(self))
            .map(Made::from)
    }

    /// The way to the Admin app where it has a host of its own.
    fn separate_admin(&self, path: &str) -> Option<Made> {
        let facts = &self.state.facts;
        let rest = path.strip_prefix("/ghost").filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        if facts.admin == facts.site || !facts.config.admin_redirects || self.request.method != Method::GET {
            return None;
        }
        let to = facts.admin.join(&format!("/ghost{}/", paths::single_slashes(rest).trim_end_matches('/')));
        Some(self.to_address(StatusCode::MOVED_PERMANENTLY, &to, FOR_GOOD, true))
    }

    fn site_answer(&self, path: &str) -> Made {
        if let Some(response) = crate::texts::index_now_key(self).or_else(|| crate::files::of_theme(self)) {
            return response.into();
        }
        if let Some(made) = crate::sitemaps::sitemap(self).or_else(|| crate::llms::file(self)) {
            return made;
        }
        if path.contains("//") && path != "//" {
            return self.miss(StatusCode::NOT_FOUND, "Page not found");
        }
        // What no router takes is not told of its slash.
        let may_lack_slash = !matches!(self.request.method, Method::PUT | Method::DELETE | Method::PATCH);
        if let Canonical::Redirect { to, slash } = paths::canonical(path)
            && (may_lack_slash || !slash)
        {
            let is_form = self.request.method == Method::POST;
            if slash && is_form {
                // A form is not led on to where nothing is, and at once to where that leads.
                match self.route(&to) {
                    Err(_) => return self.miss(StatusCode::NOT_FOUND, "Page not found"),
                    Ok(made) if made.response.status().is_redirection() => return made,
                    Ok(_) => {}
                }
            }
            return self.to_path(StatusCode::MOVED_PERMANENTLY, &to, FOR_GOOD, !slash || is_form);
        }
        if self.request.method == Method::OPTIONS {
            let mut response = methods("POST,GET,HEAD");
            self.say_who_keeps(&mut response, false);
            return response.into();
        }
        if !matches!(self.request.method, Method::GET | Method::HEAD | Method::POST) {
            return self.miss(StatusCode::NOT_FOUND, "Page not found");
        }
        let path = if path == "//" { "/" } else { path };
        match self.route(path) {
            Ok(made) => made,
            Err(Miss::Nothing) => self.miss(StatusCode::NOT_FOUND, "Page not found"),
            Err(Miss::NoSuchPage) => self.miss(StatusCode::NOT_FOUND, "Page not found."),
            Err(Miss::Fault { status, message }) => self.miss(status, &message),
        }
    }

    /// Tries Ghost's routers in their order; the first that finds something answers.
    fn route(&self, path: &str) -> Found {
        // What is not decodable names nothing.
        let Some(path) = paths::decode(path) else { return Err(Miss::Nothing) };
        if path.contains('\0') {
            return Err(Miss::Nothing);
        }
        let path = path.as_str();
        let nothing_is_next = |found: Found| match found {
            Err(Miss::Nothing) => None,
            found => Some(found),
        };
        if path == crate::unsubscribe::DOOR {
            return Ok(crate::unsubscribe::answer(self));
        }
        if let Some(rest) = path.strip_prefix("/p/")
            && let Some(found) = nothing_is_next(crate::preview::draft(self, rest))
        {
            return found;
        }
        if let Some(rest) = path.strip_prefix("/email/")
            && let Some(found) = nothing_is_next(crate::preview::mailed(self, rest))
        {
            return found;
        }
        if let Some(found) = nothing_is_next(crate::llms::entry(self, path)) {
            return found;
        }
        for route in &self.state.routes.routes {
            let found = match route {
                Route::Channel(list) => self.listed(list, path, None),
                Route::Static(own) => match paths::mount(&own.path, path) {
                    Some(("", _)) => self.own_page(own),
                    _ => Err(Miss::Nothing),
                },
            };
            if let Some(found) = nothing_is_next(found) {
                return found;
            }
        }
        for (index, collection) in self.state.routes.collections.iter().enumerate() {
            if let Some(found) = nothing_is_next(self.listed(&collection.list, path, Some(index))) {
                return found;
            }
            if let Some(found) = nothing_is_next(self.posted(collection, path)) {
                return found;
            }
        }
        if let Some(found) = nothing_is_next(self.static_page(path)) {
            return found;
        }
        for (pattern, name) in [(&self.state.routes.tag, "tag"), (&self.state.routes.author, "author")] {
            let Some(pattern) = pattern else { continue };
            if let Some(found) = nothing_is_next(self.taxonomy(pattern, name, path)) {
                return found;
            }
        }
        if let Some(found) = nothing_is_next(crate::corrections::page(self, path)) {
            return found;
        }
        if let Some(found) = nothing_is_next(crate::search::page(self, path)) {
            return found;
        }
        if path == crate::private::DOOR {
            return crate::private::door(self);
        }
        Err(Miss::Nothing)
    }

    /// A list at its path, its pages, its feed.
    fn listed(&self, list: &List, path: &str, owner: Option<usize>) -> Found {
        let (rest, slug) = paths::mount(&list.path, path).ok_or(Miss::Nothing)?;
        let base = &path[..path.len() - rest.len()];
        match paths::within(rest).ok_or(Miss::Nothing)? {
            Within::First => self.list(list, slug, 1, owner),
            Within::Number(number) => self.list(list, slug, number, owner),
            Within::NoSuchPage => Err(Miss::NoSuchPage),
            Within::One => Ok(self.to_path(StatusCode::MOVED_PERMANENTLY, base, FOR_GOOD, true)),
            Within::Feed if list.rss => crate::feeds::feed(self, list, slug),
            Within::FeedAlias if list.rss => {
                Ok(self.to_path(StatusCode::MOVED_PERMANENTLY, &format!("{base}rss/"), FOR_GOOD, true))
            }
            _ => Err(Miss::Nothing),
        }
    }

    /// A post at its collection's permalink.
    fn posted(&self, collection: &crate::routes::Collection, path: &str) -> Found {
        let (at, edit) = match collection.permalink.find(path) {
            Some(at) => (at, false),
            None => {
                let front = path.strip_suffix("edit/").ok_or(Miss::Nothing)?;
                (collection.permalink.find(front).ok_or(Miss::Nothing)?, true)
            }
        };
        let key = match &at {
            model::permalink::Found::Slug(slug) => {
                if let Some(made) = self.dominant(Resource::Posts, slug, if edit { "edit/" } else { "" }) {
                    return Ok(made);
                }
                PostKey::Slug(slug)
            }
            model::permalink::Found::Id(id) => PostKey::Id(id),
        };
        let (post, given) = match gift::opened(self, self.read(PostKind::Post, key)?.ok_or(Miss::Nothing)?)? {
            Opened::Entry(post, given) => (post, given),
            Opened::Without(made) => return Ok(made),
        };
        if edit {
            return self.editor("editor/post", post.id.as_str());
        }
        let canonical = self.state.facts.permalinks.post(&post);
        if canonical != path {
            if canonical == model::permalink::NOWHERE {
                return Err(Miss::Nothing);
            }
            return Ok(self.to_path(
                StatusCode::MOVED_PERMANENTLY,
                &paths::encode(&canonical),
                FOR_GOOD,
                true,
            ));
        }
        self.given_entry(*post, "post", given)
    }

    /// An entry at its own address, opened by a gift or not.
    fn given_entry(&self, post: model::Post, context: &'static str, given: Option<String>) -> Found {
        match given {
            None if gift::is_asked(self.request) => Ok(gift::without(self)),
            given => self.entry_given(post, context, given.as_deref()),
        }
    }

    /// A page at `/{slug}/`.
    fn static_page(&self, path: &str) -> Found {
        let mut parts = path.trim_start_matches('/').trim_end_matches('/').split('/');
        let (Some(slug), option, None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Miss::Nothing);
        };
        if slug.is_empty() || option.is_some_and(|option| option != "edit") {
            return Err(Miss::Nothing);
        }
        if let Some(made) = self.dominant(Resource::Pages, slug, option.map_or("", |_| "edit/")) {
            return Ok(made);
        }
        let page = self.read(PostKind::Page, PostKey::Slug(slug))?.ok_or(Miss::Nothing)?;
        let (post, given) = match gift::opened(self, page)? {
            Opened::Entry(post, given) => (post, given),
            Opened::Without(made) => return Ok(made),
        };
        if option.is_some() {
            return self.editor("editor/page", post.id.as_str());
        }
        let post = crate::corrections::below(self, path, *post)?;
        self.given_entry(post, "page", given)
    }

    /// The posts of a tag or an author.
    fn taxonomy(&self, pattern: &model::permalink::Pattern, name: &'static str, path: &str) -> Found {
        // The list's own path ends where its page, feed or editor begins.
        let ends = ["rss/", "feed/", "edit/"];
        let base = match ends.iter().find_map(|end| path.strip_suffix(end)) {
            Some(front) if pattern.find(front).is_some() => front,
            _ => match path.rfind("page/") {
                Some(at) if pattern.find(&path[..at]).is_some() => &path[..at],
                _ => path,
            },
        };
        let Some(model::permalink::Found::Slug(slug)) = pattern.find(base) else { return Err(Miss::Nothing) };
        let rest = &path[base.len()..];
        let within = paths::within(rest).ok_or(Miss::Nothing)?;
        let resource = if name == "tag" { Resource::Tags } else { Resource::Authors };
        if let Some(made) = self.dominant(resource, &slug, rest) {
            return Ok(made);
        }
        let list = taxonomy_list(name, base);
        match within {
            Within::Edit => self.editor(if name == "tag" { "tags" } else { "settings/staff" }, &slug),
            Within::First => self.list(&list, Some(&slug), 1, None),
            Within::Number(number) => self.list(&list, Some(&slug), number, None),
            Within::NoSuchPage => Err(Miss::NoSuchPage),
            Within::One => Ok(self.to_path(StatusCode::MOVED_PERMANENTLY, base, FOR_GOOD, true)),
            Within::Feed => crate::feeds::feed(self, &list, Some(&slug)),
            Within::FeedAlias => {
                Ok(self.to_path(StatusCode::MOVED_PERMANENTLY, &format!("{base}rss/"), FOR_GOOD, true))
            }
        }
    }

    /// A redirect to the route that took this thing for its data, and so for its home.
    fn dominant(&self, resource: Resource, slug: &str, rest: &str) -> Option<Made> {
        let home = self.state.routes.home_of(resource, slug)?;
        Some(self.to_path(StatusCode::MOVED_PERMANENTLY, &format!("{home}{rest}"), FOR_GOOD, true))
    }

    /// A redirect to the editor of this thing.
    pub fn editor(&self, place: &str, id: &str) -> Found {
        let facts = &self.state.facts;
        if !facts.config.admin_redirects {
            return Err(Miss::Nothing);
        }
        let to = facts.admin.join(&format!("/ghost/#/{place}/{id}/"));
        let mut made = self.to_address(StatusCode::FOUND, &to, "public, max-age=0", true);
        self.say_who_keeps(&mut made.response, false);
        Ok(made)
    }

    /// A redirect to a path of the publication; the query goes along.
    pub fn to_path(&self, status: StatusCode, path: &str, cache: &'static str, spoken: bool) -> Made {
        let mut location = format!("{}{path}", self.state.facts.site.subdirectory());
        if let Some(query) = &self.request.query {
            location.push('?');
            location.push_str(query);
        }
        self.to_address(status, &location, cache, spoken)
    }

    fn to_address(&self, status: StatusCode, address: &str, cache: &'static str, spoken: bool) -> Made {
        let mut response = redirect(status, address, cache);
        if spoken {
            speak_of_redirect(&mut response);
        }
        response.into()
    }

    /// The answer where there is nothing, or something went wrong: the theme's error page, or a plain one.
    pub fn miss(&self, status: StatusCode, message: &str) -> Made {
        let name = self.request.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let has_extension = name.rfind('.').is_some_and(|at| at > 0 && at + 1 < name.len());
        let mut made: Made = if has_extension {
            let message = if status == StatusCode::NOT_FOUND { "File not found" } else { message };
            respond(status, "text/plain; charset=utf-8", message.to_owned()).into()
        } else {
            crate::errors::page(self, status, message)
        };
        let headers = made.response.headers_mut();
        headers.insert(CACHE_CONTROL, self.cache_of_miss(status));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        made.keep = false;
        made
    }

    /// Tells machines where the texts for them are.
    pub fn add_llms_headers(&self, response: &mut Response) {
        if self.state.facts.settings.raw("llms_enabled") == Some("false") || crate::private::is_private(self)
        {
            return;
        }
        let subdirectory = self.state.facts.site.subdirectory();
        let link = format!(
            "<{subdirectory}/llms.txt>; rel=\"llms-txt\", <{subdirectory}/llms-full.txt>; rel=\"llms-full-txt\""
        );
        set(response, LINK, &link);
        set(response, HeaderName::from_static("x-llms-txt"), &format!("{subdirectory}/llms.txt"));
    }
}

/// What the page says that stands where the Admin app will be.
const ADMIN_TO_COME: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Courant</title>\
<p>The editors' app is not part of this version yet. The publication itself is served; stories are written with \
Ghost on the same database until then.</p></html>";

/// Express writes a line of text into some redirects, and marks them so.
pub fn speak_of_redirect(response: &mut Response) {
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let phrase = response.status().canonical_reason().unwrap_or_default();
    let text = format!("{phrase}. Redirecting to {location}");
    *response.body_mut() = text.into();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
}

/// The methods that a door takes, told to those who ask.
fn methods(names: &'static str) -> Response {
    let mut response = respond(StatusCode::OK, "text/html; charset=utf-8", names);
    response.headers_mut().insert(http::header::ALLOW, HeaderValue::from_static(names));
    response
}

/// Whether a path is of the Admin app or of an API: they have rules of their own for other sites.
fn is_admins(path: &str) -> bool {
    path == "/ghost" || path.starts_with("/ghost/") || path.starts_with("/members/")
}

fn taxonomy_list(name: &'static str, base: &str) -> List {
    let (filter, resource) = match name {
        "tag" => ("tags:'%s'+tags.visibility:public", Resource::Tags),
        _ => ("authors:'%s'", Resource::Authors),
    };
    List {
        path: base.to_owned(),
        name: name.to_owned(),
        filter: Some(filter.to_owned()),
        order: None,
        limit: None,
        templates: Vec::new(),
        data: vec![Data {
            name: name.to_owned(),
            resource,
            query: DataQuery::Read { slug: "%s".into(), redirect: false },
            place: String::new(),
        }],
        rss: true,
    }
}

/// The Members API is not part of this version: every door of it answers as Ghost answers for one it does not have.
fn members_to_come() -> Response {
    let body = r#"{"errors":[{"message":"Resource not found","context":null,"type":"NotFoundError","details":null,"property":null,"help":null,"code":null,"id":"00000000-0000-4000-8000-000000000000","ghostErrorCode":null}]}"#;
    let mut response = respond(StatusCode::NOT_FOUND, "application/json; charset=utf-8", body);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(NEVER_KEPT));
    headers.insert(http::header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}
