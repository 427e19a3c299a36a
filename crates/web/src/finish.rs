//! The last strokes of an answer: fingerprint, "not modified", compression, no body for HEAD.

use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::{Request, Response};

/// Bodies shorter than this many bytes are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// A way of writing a body smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

/// An answer that can be given many times: its compressed forms are made once, when first asked for.
#[derive(Debug)]
pub struct Finished {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    etag: Option<HeaderValue>,
    /// Readers who accept less may get other bytes: said also of bodies too short to compress, as Ghost does.
    varies: bool,
    compressible: bool,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

impl Finished {
    /// Takes an answer with its whole, uncompressed body. An `etag` that it carries already is kept.
    pub fn new(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let mut headers = parts.headers;
        let etag = match headers.remove(ETAG) {
            Some(own) => Some(own),
            None if parts.status == StatusCode::OK && !body.is_empty() => Some(fingerprint(&body)),
            None => None,
        };
        let varies = !headers.contains_key(CONTENT_ENCODING)
            && headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(is_text);
        let compressible = varies && body.len() >= WORTH_COMPRESSING;
        Finished {
            status: parts.status,
            headers,
            body,
            etag,
            varies,
            compressible,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// Bytes that it holds, for bounding what is kept.
    pub fn n_bytes(&self) -> usize {
        let compressed = |form: &OnceLock<Bytes>| form.get().map_or(0, Bytes::len);
        self.body.len() + compressed(&self.gzip) + compressed(&self.brotli) + 1024
    }

    /// The answer to this request. `kept` says that it will be given often, so that a better, slower compression
    /// pays.
    pub fn answer(&self, request: &Request, kept: bool) -> Response {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        let headers = response.headers_mut();
        if let Some(etag) = &self.etag {
            headers.insert(ETAG, etag.clone());
            let reading = matches!(request.method, Method::GET | Method::HEAD);
            if reading && self.status == StatusCode::OK && matches_none(request, etag) {
                headers.remove(CONTENT_TYPE);
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        if self.status == StatusCode::OK && is_unmodified(request, headers) {
            headers.remove(CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        if self.varies && !vary_names(headers, "accept-encoding") {
            headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        let body = if self.compressible {
            match accepted(request) {
                Encoding::Identity => self.body.clone(),
                Encoding::Gzip => {
                    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                    self.gzip.get_or_init(|| gzip(&self.body, if kept { 6 } else { 2 })).clone()
                }
                Encoding::Brotli => {
                    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
                    self.brotli.get_or_init(|| brotli(&self.body, if kept { 5 } else { 1 })).clone()
                }
            }
        } else {
            self.body.clone()
        };
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        if request.method != Method::HEAD {
            *response.body_mut() = body;
        }
        response
    }
}

/// A weak fingerprint of a body: the same in every process and on every machine.
pub fn fingerprint(body: &[u8]) -> HeaderValue {
    let text = format!("W/\"{:x}-{:016x}\"", body.len(), xxhash_rust::xxh3::xxh3_64(body));
    HeaderValue::from_str(&text).expect("hexadecimal digits and quotes are a valid header value")
}

fn is_text(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+json")
        || matches!(
            essence,
            "application/json" | "application/javascript" | "application/xml" | "application/manifest+json"
        )
}

fn vary_names(headers: &HeaderMap, name: &str) -> bool {
    headers
        .get_all(VARY)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|one| one.trim().eq_ignore_ascii_case(name)))
}

/// Whether `If-None-Match` names this fingerprint (compared weakly).
fn matches_none(request: &Request, etag: &HeaderValue) -> bool {
    let Some(ours) = etag.to_str().ok().map(|tag| tag.trim_start_matches("W/")) else { return false };
    request.headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|list| {
        list.trim() == "*" || list.split(',').any(|tag| tag.trim().trim_start_matches("W/") == ours)
    })
}

/// A time since 1970 as HTTP writes it; None for one that no calendar has.
pub fn http_date(since_1970: std::time::Duration) -> Option<String> {
    let at = jiff::Timestamp::from_second(i64::try_from(since_1970.as_secs()).ok()?).ok()?;
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()
}

/// Whether the asker has it as it was last changed, where she asks by time and not by fingerprint.
fn is_unmodified(request: &Request, headers: &HeaderMap) -> bool {
    let reads = matches!(request.method, Method::GET | Method::HEAD);
    let at = |text: &str| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let since = request.headers.get(IF_MODIFIED_SINCE).and_then(|value| at(value.to_str().ok()?));
    let changed = headers.get(LAST_MODIFIED).and_then(|value| at(value.to_str().ok()?));
    match (since, changed) {
        (Some(since), Some(changed)) => {
            reads && !request.headers.contains_key(IF_NONE_MATCH) && changed <= since
        }
        _ => false,
    }
}

/// The best encoding that the client accepts. An encoding with `q=0` is not accepted.
pub fn accepted(request: &Request) -> Encoding {
    let mut best = Encoding::Identity;
    for list in request.headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
        for item in list.split(',') {
            let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
            let quality = parameters.trim().strip_prefix("q=").unwrap_or("1").trim();
            if quality.parse::<f32>().is_ok_and(|quality| quality <= 0.0) {
                continue;
            }
            match name.trim() {
                "br" => return Encoding::Brotli,
                "gzip" | "*" => best = Encoding::Gzip,
                _ => {}
            }
        }
    }
    best
}

fn gzip(body: &[u8], level: u32) -> Bytes {
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), flate2::Compression::new(level));
    encoder
        .write_all(body)
        .and_then(|()| encoder.finish())
        .map(Bytes::from)
        .expect("writing to memory does not fail")
}

fn brotli(body: &[u8], quality: i32) -> Bytes {
    let parameters = ::brotli::enc::BrotliEncoderParams { quality, lgwin: 20, ..Default::default() };
    let mut out = Vec::with_capacity(body.len() / 3);
    ::brotli::BrotliCompress(&mut &*body, &mut out, &parameters).expect("writing to memory does not fail");
    Bytes::from(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::respond;

    fn page() -> Finished {
        Finished::new(respond(StatusCode::OK, "text/html; charset=utf-8", "a story ".repeat(500)))
    }

    #[test]
    fn compressed_forms_unpack_to_the_body() {
        let mut request = Request::get("/");
        request.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br;q=0"));
        let response = page().answer(&request, true);
        assert_eq!(response.headers()[CONTENT_ENCODING], "gzip");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&response.body()[..]), &mut text)
            .unwrap();
        assert_eq!(text, "a story ".repeat(500));
        request.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate, br"));
        assert_eq!(page().answer(&request, true).headers()[CONTENT_ENCODING], "br");
    }

    #[test]
    fn what_did_not_change_is_not_sent() {
        let first = page().answer(&Request::get("/"), false);
        let mut again = Request::get("/");
        again.headers.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
        let second = page().answer(&again, false);
        assert_eq!((second.status(), second.body().len()), (StatusCode::NOT_MODIFIED, 0));
        again.headers.insert(IF_NONE_MATCH, HeaderValue::from_static("\"other\""));
        assert_eq!(page().answer(&again, false).status(), StatusCode::OK);
    }

    #[test]
    fn head_has_the_length_and_no_body() {
        let mut head = Request::get("/");
        head.method = Method::HEAD;
        let response = page().answer(&head, false);
        assert_eq!(
            (response.headers()[CONTENT_LENGTH].to_str().unwrap(), response.body().len()),
            ("4000", 0)
        );
    }
}
