//! The JSON doors below `/ghost/api/`: the Content API, whole; for the Admin API, until it comes, a clear answer.
//!
//! Synchronous: one request, the facts of the publication and one read snapshot go in, one answer comes out. The
//! front adds length, fingerprint, "not modified" and compression. Who reads is decided here, from the request's key
//! or token; cookies never count, for these answers are public.
//!
//! Invariant: a post's text gets out only through [`model::Gated::for_reader`].
//!
//! ```no_run
//! # fn serve(facts: &web::Facts, snapshot: &store::Snapshot<'_>, now: jiff::Timestamp) {
//! let failures = web::Failures::default();
//! let request = web::Request::get("/ghost/api/content/posts/?key=secret&limit=5&include=tags");
//! let desk = &editorial::Desk::default();
//! let response = api::answer(&request, facts, (snapshot, desk), now, &failures);
//! # }
//! ```

mod content;
mod fault;
mod legacy;
mod member_token;
mod query;

use http::header::{HeaderName, LINK, VARY};
use http::{HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use store::Snapshot;
use web::exchange::set;
use web::{Facts, Request, Response};

use fault::Fault;

/// The version of Ghost whose contract is kept, as `Content-Version` and the settings name it.
pub const VERSION: &str = "6.65";

/// Where all APIs stand.
pub const BASE: &str = "/ghost/api";

/// Answers a request whose path is [`BASE`] or below it (letters of any case).
///
/// `now` is what relative dates of filters and the ends of tokens are measured by. `failures` is the memory of wrong
/// keys, one for the whole program.
pub fn answer(
    request: &Request,
    facts: &Facts,
    (snapshot, desk): (&Snapshot<'_>, &editorial::Desk),
    now: Timestamp,
    failures: &web::Failures,
) -> Response {
    let below = request.path.get(BASE.len()..).unwrap_or_default();
    let below = if below.starts_with("//") { &below[1..] } else { below };
    let legacy = match legacy::Call::read(below, request.query.as_deref()) {
        Ok(legacy) => legacy,
        Err(fault) => {
            let mut response = fault.answer(request);
            response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
            return response;
        }
    };
    let path = legacy.as_ref().map_or(below, |legacy| legacy.path());
    // A request on an old path counts as one of a client of that version.
    let accept_version = request
        .header("accept-version")
        .filter(|version| !version.is_empty())
        .map(str::to_owned)
        .or_else(|| legacy.as_ref().map(|legacy| format!("{}.0", legacy.version)));
    let mut response = match strip_name(path, content::NAME) {
        Some(rest) => {
            let mut response = match &request.method {
                &Method::OPTIONS => content::preflight(request, facts),
                _ => content::answer(&content::Call {
                    request,
                    facts,
                    snapshot,
                    now,
                    failures,
                    desk,
                    path: rest,
                    accept_version: accept_version.as_deref(),
                }),
            };
            let any = HeaderValue::from_static("*");
            response.headers_mut().insert(http::header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
            response
        }
        None => Fault::no_such_endpoint(accept_version.as_deref()).answer(request),
    };
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("content-version"), HeaderValue::from_static("v6.65"));
    if !headers.contains_key(VARY) {
        headers.insert(VARY, HeaderValue::from_static("Accept-Version, Accept-Encoding"));
    }
    if let Some(legacy) = legacy {
        set(&mut response, HeaderName::from_static("deprecation"), &legacy.deprecation());
        let link = format!("<{}>; rel=\"latest-version\"", facts.admin.join(&legacy.latest()));
        set(&mut response, LINK, &link);
    }
    response
}

/// What follows `/name` in a path: empty or beginning with a slash; letters of any case.
fn strip_name<'p>(path: &'p str, name: &str) -> Option<&'p str> {
    let rest = path.strip_prefix('/')?;
    let (own, rest) = rest.split_at_checked(name.len())?;
    (own.eq_ignore_ascii_case(name) && (rest.is_empty() || rest.starts_with('/'))).then_some(rest)
}

/// An answer in JSON.
fn json(status: StatusCode, body: Vec<u8>) -> Response {
    web::exchange::respond(status, "application/json; charset=utf-8", body)
}
