//! What goes wrong in an API, and how it is said: the one table from causes to status and JSON.

use std::hash::{BuildHasher, Hasher, RandomState};

use http::header::CACHE_CONTROL;
use http::{HeaderValue, Method, StatusCode};
use serde::Serialize;
use web::{Request, Response};

use crate::VERSION;

/// Nobody keeps it.
const NEVER: &str = "no-cache, private, no-store, must-revalidate, max-stale=0, post-check=0, pre-check=0";
/// Nobody keeps it, but it is nobody's own.
const NEVER_SHARED: &str =
    "no-cache, max-age=0, no-store, must-revalidate, max-stale=0, post-check=0, pre-check=0";

/// Kinds of failure: name, status, and how it is introduced when an endpoint fails with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    BadRequest,
    IncorrectUsage,
    Unauthorized,
    NoPermission,
    NotFound,
    NotAcceptable,
    Validation,
    TooMany,
    Internal,
    Maintenance,
}

impl Kind {
    fn row(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Kind::BadRequest => ("BadRequestError", StatusCode::BAD_REQUEST, "Request not understood error"),
            Kind::IncorrectUsage => ("IncorrectUsageError", StatusCode::BAD_REQUEST, "Incorrect usage error"),
            Kind::Unauthorized => ("UnauthorizedError", StatusCode::UNAUTHORIZED, "Authorisation error"),
            Kind::NoPermission => ("NoPermissionError", StatusCode::FORBIDDEN, "Permission error"),
            Kind::NotFound => ("NotFoundError", StatusCode::NOT_FOUND, "Resource not found error"),
            Kind::NotAcceptable => ("RequestNotAcceptableError", StatusCode::NOT_ACCEPTABLE, "Request error"),
            Kind::Validation => ("ValidationError", StatusCode::UNPROCESSABLE_ENTITY, "Validation error"),
            Kind::TooMany => {
                ("TooManyRequestsError", StatusCode::TOO_MANY_REQUESTS, "Too many requests error")
            }
            Kind::Internal => {
                ("InternalServerError", StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")
            }
            Kind::Maintenance => {
                ("MaintenanceError", StatusCode::SERVICE_UNAVAILABLE, "Server down for maintenance")
            }
        }
    }
}

/// One failure.
#[derive(Debug)]
pub struct Fault {
    kind: Kind,
    /// Other than the kind's.
    status: Option<StatusCode>,
    message: String,
    context: Option<String>,
    help: Option<&'static str>,
    code: Option<&'static str>,
}

impl Fault {
    /// A failure that says `message`.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Fault { kind, status: None, message: message.into(), context: None, help: None, code: None }
    }

    /// The same with a machine's word for it.
    pub fn coded(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same with more to say.
    pub fn about(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// A parameter that fails a check: `matches`, `isSlug`.
    pub fn invalid(check: &str, parameter: &str) -> Self {
        Fault::new(Kind::Validation, format!("Validation ({check}) failed for {parameter}"))
            .about(format!("undefined.{parameter}"))
    }

    /// A filter that cannot be read.
    pub fn unreadable_filter() -> Self {
        Fault::new(Kind::BadRequest, "Error parsing filter")
    }

    /// Something readable that asks for what is not there.
    pub fn not_understood() -> Self {
        Fault::new(Kind::BadRequest, "Could not understand request.").coded("SQLITE_ERROR")
    }

    /// Something that nobody foresaw. `what` is shown: it may hold nothing of ours.
    pub fn unexpected(what: Option<&str>) -> Self {
        let fault = Fault::new(Kind::Internal, "An unexpected error occurred, please try again.");
        let fault = fault.coded("UNEXPECTED_ERROR");
        match what {
            Some(what) => fault.about(what),
            None => fault,
        }
    }

    /// An address whose percent-encoding is broken.
    pub fn undecodable(rest: &str) -> Self {
        let mut fault = Fault::unexpected(Some(&format!("failed to decode param \"{rest}\"")));
        fault.status = Some(StatusCode::BAD_REQUEST);
        fault
    }

    /// No such endpoint; clients of another version are told which side is behind.
    pub fn no_such_endpoint(accept_version: Option<&str>) -> Self {
        let Some(accepted) = accept_version.filter(|version| !version.is_empty()) else {
            return Fault::new(Kind::NotFound, "Resource not found");
        };
        let Some(version) = coerced(accepted) else {
            return Fault::new(Kind::BadRequest, "Requested version is not supported.");
        };
        let ours = coerced(VERSION).unwrap_or_default();
        let (place, help, code) = match version.cmp(&ours) {
            std::cmp::Ordering::Equal => return Fault::new(Kind::NotFound, "Resource not found"),
            std::cmp::Ordering::Greater => ("ahead of", "Try upgrading your Ghost install.", "UPDATE_GHOST"),
            std::cmp::Ordering::Less => ("behind", "Try upgrading your Ghost API client.", "UPDATE_CLIENT"),
        };
        let mut fault =
            Fault::new(Kind::NotAcceptable, "Request could not be served, the endpoint was not found.");
        fault.context = Some(format!(
            "Provided client accept-version {accepted} is {place} current Ghost version v{VERSION}."
        ));
        fault.help = Some(help);
        fault.code = Some(code);
        fault
    }

    /// The same as it is said by an endpoint: what it could not do, and the message after it.
    pub fn of(mut self, action: &str) -> Self {
        let (_, _, introduction) = self.kind.row();
        let said = match self.context.take() {
            Some(context) => format!("{} {context}", self.message),
            None => std::mem::take(&mut self.message),
        };
        self.message = format!("{introduction}, cannot {action}.");
        self.context = Some(said);
        self
    }

    /// The answer. Failures of ours are written to the log under the id that the asker gets.
    pub fn answer(&self, request: &Request) -> Response {
        let (name, status, _) = self.kind.row();
        let status = self.status.unwrap_or(status);
        let id = random_id();
        if status.is_server_error() {
            tracing::error!(%id, status = status.as_u16(), message = self.message, "an API request failed");
        }
        let body = Errors {
            errors: [Told {
                message: &self.message,
                context: self.context.as_deref(),
                kind: name,
                details: None,
                property: None,
                help: self.help,
                code: self.code,
                id: &id,
                ghost_error_code: None,
            }],
        };
        let body = serde_json::to_vec(&body).expect("texts and nothing else become JSON");
        let mut response = crate::json(status, body);
        let is_personal = request.headers.contains_key(http::header::COOKIE)
            || request.headers.contains_key(http::header::AUTHORIZATION);
        let shared = status == StatusCode::NOT_FOUND && request.method == Method::GET && !is_personal;
        let caching = HeaderValue::from_static(if shared { NEVER_SHARED } else { NEVER });
        response.headers_mut().insert(CACHE_CONTROL, caching);
        response
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::UnreadableFilter(_) => Fault::unreadable_filter(),
            store::Error::NotUnderstood { .. } => Fault::not_understood(),
            store::Error::Locked | store::Error::Busy => {
                Fault::new(Kind::Maintenance, "The publication is busy, please try again.")
            }
            error => {
                tracing::error!(%error, "reading for the API failed");
                Fault::unexpected(None)
            }
        }
    }
}

impl From<nql::Error> for Fault {
    fn from(_: nql::Error) -> Self {
        Fault::unreadable_filter()
    }
}

#[derive(Serialize)]
struct Errors<'f> {
    errors: [Told<'f>; 1],
}

#[derive(Serialize)]
struct Told<'f> {
    message: &'f str,
    context: Option<&'f str>,
    #[serde(rename = "type")]
    kind: &'f str,
    details: Option<&'f str>,
    property: Option<&'f str>,
    help: Option<&'f str>,
    code: Option<&'f str>,
    id: &'f str,
    #[serde(rename = "ghostErrorCode")]
    ghost_error_code: Option<&'f str>,
}

/// The first thing in a text that looks like a version: up to three numbers with dots between.
fn coerced(text: &str) -> Option<[u64; 3]> {
    let mut rest = text.get(text.find(|c: char| c.is_ascii_digit())?..)?;
    let mut version = [0; 3];
    for (place, number) in version.iter_mut().enumerate() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        *number = rest.get(..end)?.parse().ok()?;
        let next = rest.get(end..).and_then(|after| after.strip_prefix('.'));
        match next.filter(|next| place < 2 && next.starts_with(|c: char| c.is_ascii_digit())) {
            Some(next) => rest = next,
            None => break,
        }
    }
    Some(version)
}

/// A random id in the form of a UUID of version 4. Not a secret: it only names a line in the log.
fn random_id() -> String {
    let random = || RandomState::new().build_hasher().finish();
    let (a, b) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xffff,
        a & 0xfff,
        8 + ((b >> 60) & 3),
        (b >> 48) & 0xfff,
        b & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_texts() {
        assert_eq!(coerced("v6.65"), Some([6, 65, 0]));
        assert_eq!(coerced("foo 7 bar"), Some([7, 0, 0]));
        assert_eq!(coerced("1.2.3.4"), Some([1, 2, 3]));
        assert_eq!(coerced("canary"), None);
    }

    #[test]
    fn ids_have_the_form_of_a_uuid() {
        let id = random_id();
        assert_eq!(id.len(), 36);
        assert_ne!(id, random_id());
        assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    }

    #[test]
    fn endpoints_introduce_their_failures() {
        let fault = Fault::invalid("matches", "limit").of("list posts");
        assert_eq!(fault.message, "Validation error, cannot list posts.");
        assert_eq!(fault.context.as_deref(), Some("Validation (matches) failed for limit undefined.limit"));
    }
}
