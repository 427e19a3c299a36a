//! A request and its answer, as plain values.

use std::net::IpAddr;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

/// A request, read whole.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: Method,
    /// As sent (percent-encoded), without the sub-directory of the publication; begins with `/`.
    pub path: String,
    /// As sent, without the question mark.
    pub query: Option<String>,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Who is connected; behind a trusted proxy, whom it names.
    pub client: Option<IpAddr>,
    /// True when the reader came by https (to us, or to the trusted proxy).
    pub secure: bool,
}

impl Request {
    /// A GET request of a path with optional query, for tests and internal use.
    pub fn get(path_and_query: &str) -> Self {
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (path_and_query, None),
        };
        Request {
            method: Method::GET,
            path: path.to_owned(),
            query,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            client: None,
            secure: false,
        }
    }

    /// A header's value when it is text.
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A cookie's value, as sent; the first of that name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| {
                pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value)
            })
    }
}

/// An answer. `content-length`, `etag`, compression and `304` are added by the front.
pub type Response = http::Response<Bytes>;

/// Answers with a body of the given type.
pub fn respond(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Answers with a redirect; `location` is made safe for a header.
///
/// Browsers read a backslash as a slash, so that `/\\host` would lead to another host: it is written as an escape.
pub fn redirect(status: StatusCode, location: &str, cache_control: &'static str) -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    set(&mut response, http::header::LOCATION, &location.replace('\\', "%5C"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
    response
}

/// Sets a header to text that may have come from outside: what may not stand in a header is percent-encoded.
pub fn set(response: &mut Response, name: HeaderName, value: &str) {
    let value = HeaderValue::from_str(value).unwrap_or_else(|_| {
        let mut safe = String::with_capacity(value.len() + 16);
        for byte in value.bytes() {
            match byte {
                0x21..=0x7e | b' ' => safe.push(char::from(byte)),
                _ => safe.push_str(&format!("%{byte:02X}")),
            }
        }
        HeaderValue::from_str(&safe).expect("printable ASCII is a valid header value")
    });
    response.headers_mut().insert(name, value);
}
