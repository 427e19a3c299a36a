//! Browsers that read pages from another site (`Origin`): which sites may, and what they are told before they ask.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ORIGIN, VARY,
};
use http::{HeaderValue, Method, StatusCode};
use web::exchange::respond;
use web::{Request, Response};

use crate::publication::Options;

/// Where a request says it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It says nothing, or names a site that may not read pages; the browser keeps the answer to itself then.
    Other,
    /// One that may: the publication's own host, that of its Admin app, or this machine. As it was sent.
    Allowed(HeaderValue),
    /// What it says is no address.
    Broken,
}

impl Origin {
    /// Of a request.
    pub fn of(request: &Request, options: &Options) -> Self {
        let Some(value) = request.headers.get(ORIGIN) else { return Origin::Other };
        // `null` is what a browser says that will not tell.
        let text = match value.to_str() {
            Ok("" | "null") => return Origin::Other,
            Ok(text) => text,
            Err(_) => return Origin::Broken,
        };
        let Ok(asked) = url::Url::parse(text) else { return Origin::Broken };
        let place = |url: &url::Url| url.host_str().map(|host| (host.to_owned(), url.port()));
        let own = [&options.site, &options.admin];
        let own = own.iter().filter_map(|own| place(&url::Url::parse(own.as_str()).ok()?));
        let is_here = matches!(asked.host_str(), Some("localhost" | "127.0.0.1"));
        let asked = place(&asked);
        if is_here || own.map(Some).any(|own| own == asked) {
            Origin::Allowed(value.clone())
        } else {
            Origin::Other
        }
    }

    /// Whether what the request says of it is no address: it is then refused, whatever it asks for.
    pub fn is_broken(request: &Request, options: &Options) -> bool {
        request.headers.contains_key(ORIGIN) && Origin::of(request, options) == Origin::Broken
    }
}

/// What a browser is told that asks before it sends a request from another site. Methods that no door takes are named,
/// too, as Ghost names them; each door says for itself what it does not take.
pub fn preflight(request: &Request) -> Option<Response> {
    if request.method != Method::OPTIONS {
        return None;
    }
    let mut response = respond(StatusCode::NO_CONTENT, "", "");
    let headers = response.headers_mut();
    headers.remove(http::header::CONTENT_TYPE);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    headers.insert(VARY, HeaderValue::from_static("Access-Control-Request-Headers"));
    if let Some(asked) = request.headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
    }
    Some(response)
}
