//! One question and its answer over HTTP: no redirects, no proxy from the environment, one deadline over all of it.

use std::time::Duration;

use ureq::http::header::CONTENT_TYPE;
use ureq::{Agent, Timeout};
use url::Url;

use crate::{Error, Model};

/// Bytes of an answer's head.
const HEAD_BYTES: usize = 16 * 1024;

/// Sends `body` and returns the JSON that comes back with status 200, unread.
pub(crate) fn ask(model: &Model, body: &[u8], left: Duration) -> Result<Vec<u8>, Error> {
    let address = endpoint(&model.url)?;
    let fault = |error| from_ureq(model, error);
    if left.is_zero() {
        return Err(fault(ureq::Error::Timeout(Timeout::Global)));
    }
    let mut request = agent(left).post(address.as_str()).header(CONTENT_TYPE, "application/json");
    if let Some(key) = &model.key {
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::Key);
        }
        request = request.header("authorization", format!("Bearer {key}"));
    }
    let answer = request.send(body).map_err(fault)?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Error::status(origin(&model.url), status));
    }
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !is_json(kind) {
        return Err(Error::Answer { origin: origin(&model.url), fault: "it is no JSON by its content type" });
    }
    let limit = u64::try_from(model.max_answer_bytes).unwrap_or(u64::MAX);
    answer.into_body().into_with_config().limit(limit).read_to_vec().map_err(fault)
}

fn agent(left: Duration) -> Agent {
    Agent::config_builder()
        .timeout_global(Some(left))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .max_response_header_size(HEAD_BYTES)
        .user_agent("courant")
        .build()
        .into()
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

/// Where questions go.
fn endpoint(base: &str) -> Result<Url, Error> {
    let fault = |fault| Error::Address { fault };
    let mut url = Url::parse(base).map_err(|_| fault("it is no address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(fault("it must begin with http:// or https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(fault("it must not hold a password; the key has a place of its own"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(fault("it must end with its path"));
    }
    let path = format!("{}/chat/completions", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// Scheme, host and port: what may stand in a message.
pub(crate) fn origin(base: &str) -> String {
    match Url::parse(base) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => "an unusable address".to_owned(),
    }
}

fn from_ureq(model: &Model, error: ureq::Error) -> Error {
    let origin = origin(&model.url);
    // Only the kind of an input or output fault is told, as the client's own words may hold what was sent.
    match error {
        ureq::Error::Timeout(_) => Error::TimedOut { origin, limit: model.timeout },
        ureq::Error::BodyExceedsLimit(_) => Error::TooLarge { origin, limit: model.max_answer_bytes },
        ureq::Error::HostNotFound => Error::Unreachable { origin, fault: "its name is not known".to_owned() },
        ureq::Error::ConnectionFailed => Error::Unreachable { origin, fault: "no connection".to_owned() },
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Error::Unreachable { origin, fault: error.kind().to_string() }
        }
        ureq::Error::Io(error) => Error::Broken { origin, fault: error.kind().to_string() },
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Error::Unreachable {
            origin,
            fault: "its certificate or its encryption is not accepted".to_owned(),
        },
        _ => Error::Broken { origin, fault: "it does not keep to HTTP".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_the_chat() {
        let path = |base| endpoint(base).map(|url| url.to_string()).ok();
        let chat = Some("http://127.0.0.1:8080/v1/chat/completions".to_owned());
        assert_eq!(path("http://127.0.0.1:8080/v1"), chat);
        assert_eq!(path("http://127.0.0.1:8080/v1/"), chat);
        for bad in [
            "",
            "127.0.0.1:8080",
            "ftp://a.example/",
            "http://me:pass@a.example/v1",
            "http://a.example/?key=x",
        ] {
            assert_eq!(path(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_origin_holds_no_secret() {
        assert_eq!(origin("https://me:secret@a.example:8443/v1?key=secret"), "https://a.example:8443");
        assert_eq!(origin("secret"), "an unusable address");
    }
}
