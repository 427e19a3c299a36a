//! `/unsubscribe/`: the way off letters that every letter carries.
//!
//! Opened in a browser it leads to the portal, which asks what shall end. Mail programs send it as a POST, which ends
//! it at once when the key is right; the writing itself is done by whoever has the writer.

use hmac::{Hmac, Mac};
use http::{Method, StatusCode};
use sha2::Sha256;
use store::acts::unsubscribe::Letters;
use web::exchange::redirect;
use web::{Request, Response};

use crate::pages::Made;
use crate::visit::Visit;

/// Its path.
pub const DOOR: &str = "/unsubscribe/";

/// What a request wants to end, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub uuid: String,
    pub letters: Letters,
}

/// The answer at the door. A POST with the right key is answered with 201, whoever the member is.
pub fn answer(visit: &Visit<'_>) -> Made {
    let request = visit.request;
    let mut response = match field(request, "uuid") {
        None => bare(StatusCode::BAD_REQUEST, "Email address not found."),
        Some(uuid) if request.method == Method::POST => {
            let secret = visit.state.facts.settings.text("members_email_auth_secret").unwrap_or_default();
            let is_right = field(request, "key").is_some_and(|key| is_key(&uuid, &key, secret));
            bare(if is_right { StatusCode::CREATED } else { StatusCode::BAD_REQUEST }, "")
        }
        Some(uuid) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("uuid", &uuid);
            for name in ["newsletter", "comments", "updatesandannouncements", "key"] {
                if let Some(value) = field(request, name) {
                    query.append_pair(name, &value);
                }
            }
            query.append_pair("action", "unsubscribe");
            let to = visit.state.facts.site.join(&format!("/?{}", query.finish()));
            let mut response = redirect(StatusCode::FOUND, &to, "");
            crate::answer::speak_of_redirect(&mut response);
            response
        }
    };
    visit.say_who_keeps(&mut response, false);
    response.into()
}

/// What a POST wants. To be done only after [`answer`] has said 201.
pub fn wish(request: &Request) -> Option<Wish> {
    if request.method != Method::POST || request.path != DOOR {
        return None;
    }
    let letters = if field(request, "comments").is_some() {
        Letters::Comments
    } else if field(request, "updatesandannouncements").is_some() {
        Letters::Announcements
    } else {
        field(request, "newsletter").map_or(Letters::All, Letters::One)
    };
    Some(Wish { uuid: field(request, "uuid")?, letters })
}

/// Whether `key` is the hexadecimal HMAC-SHA256 of the uuid, keyed with the secret as text.
fn is_key(uuid: &str, key: &str, secret: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    let bytes: Option<Vec<u8>> = (0..key.len())
        .step_by(2)
        .map(|at| key.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()))
        .collect();
    let (Ok(mut mac), Some(bytes)) = (Hmac::<Sha256>::new_from_slice(secret.as_bytes()), bytes) else {
        return false;
    };
    mac.update(uuid.as_bytes());
    mac.verify_slice(&bytes).is_ok()
}

/// A filled field of the query; the first of its name.
fn field(request: &Request, name: &str) -> Option<String> {
    url::form_urlencoded::parse(request.query.as_deref()?.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .filter(|value| !value.is_empty())
}

/// An answer that names no type.
fn bare(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        let key = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
        let text = "The quick brown fox jumps over the lazy dog";
        assert!(is_key(text, key, "key"));
        for wrong in ["", "f", "zz", &key[2..], "é", &format!("{key}00")] {
            assert!(!is_key(text, wrong, "key"), "{wrong}");
        }
        assert!(!is_key(text, key, ""));
    }

    #[test]
    fn wishes() {
        let post = |path: &str| wish(&Request { method: Method::POST, ..Request::get(path) });
        let letters = |path: &str| post(path).map(|wish| wish.letters);
        assert_eq!(letters("/unsubscribe/?uuid=u&key=k"), Some(Letters::All));
        assert_eq!(letters("/unsubscribe/?uuid=u&newsletter=n"), Some(Letters::One("n".into())));
        assert_eq!(letters("/unsubscribe/?uuid=u&newsletter=n&comments=1"), Some(Letters::Comments));
        assert_eq!(letters("/unsubscribe/?uuid=u&updatesandannouncements=1"), Some(Letters::Announcements));
        assert_eq!(post("/unsubscribe/?key=k"), None);
        assert_eq!(wish(&Request::get("/unsubscribe/?uuid=u")), None);
    }
}
