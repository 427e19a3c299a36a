//! Gift links: `?gift=TOKEN` behind a story's address opens that story, whole, to whoever has it.
//!
//! Only the entry itself is opened: everything else on the page is read as its reader reads it.

use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use model::{Gated, Post, Reader};
use web::exchange::redirect;
use web::{Request, Response};

use crate::pages::Made;
use crate::visit::Visit;

/// What becomes of an entry that a request names.
pub enum Opened {
    /// It is opened; with the token when a gift opened it.
    Entry(Box<Post>, Option<String>),
    /// The token opens nothing: the reader goes on without it.
    Without(Made),
}

/// Whether the request carries a gift, in whatever form.
pub fn is_asked(request: &Request) -> bool {
    pairs(request).any(|(name, _)| is_gift(&name))
}

/// Opens an entry for the visit's reader, or whole by the gift that the request carries.
pub fn opened(visit: &Visit<'_>, entry: Gated<Post>) -> store::Result<Opened> {
    let Some(token) = token(visit.request) else {
        return Ok(Opened::Entry(Box::new(visit.opened(entry)), None));
    };
    let post = visit.opened(entry.clone());
    if !store::links::opens(visit.snapshot, &token, post.id.as_str())? {
        return Ok(Opened::Without(without(visit)));
    }
    let giver = Visit { reader: &Reader::Gift, ..*visit };
    Ok(Opened::Entry(Box::new(giver.opened(entry)), Some(token)))
}

/// The same address without its gift.
pub fn without(visit: &Visit<'_>) -> Made {
    let query = visit.request.query.as_deref().unwrap_or_default();
    let rest: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .filter(|pair| !url::form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| is_gift(&name)))
        .collect();
    let mut location = format!("{}{}", visit.state.facts.site.subdirectory(), visit.request.path);
    if !rest.is_empty() {
        location.push('?');
        location.push_str(&rest.join("&"));
    }
    let mut response = redirect(StatusCode::MOVED_PERMANENTLY, &location, "");
    crate::answer::speak_of_redirect(&mut response);
    visit.say_who_keeps(&mut response, false);
    response.into()
}

/// What keeps a gift to whom it was given: no search engine, and no address for others to see.
pub fn discreet(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    headers.insert(http::header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
}

/// The token, when the request carries exactly one.
fn token(request: &Request) -> Option<String> {
    let mut gifts = pairs(request).filter(|(name, _)| is_gift(name));
    match (gifts.next(), gifts.next()) {
        (Some((name, token)), None) if name == "gift" && !token.is_empty() => Some(token),
        _ => None,
    }
}

/// `gift`, and the forms that mean a list or a map: `gift[]`, `gift[x]`.
fn is_gift(name: &str) -> bool {
    name.strip_prefix("gift").is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

fn pairs(request: &Request) -> impl Iterator<Item = (String, String)> {
    let query = request.query.as_deref().unwrap_or_default().as_bytes();
    url::form_urlencoded::parse(query).map(|(name, value)| (name.into_owned(), value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_text() {
        let of = |query: &str| token(&Request::get(&format!("/x/?{query}")));
        assert_eq!(of("a=1&gift=t%31"), Some("t1".into()));
        assert_eq!(of("%67ift=t"), Some("t".into()));
        for none in ["", "gift=", "gift", "gift=a&gift=a", "gift[]=a", "gift[a]=b", "Gift=a", "gifts=a"] {
            assert_eq!(of(none), None, "{none}");
        }
        for asked in ["gift=", "gift", "gift[]=a", "gift%5B%5D=a", "a=1&gift[a]=b"] {
            assert!(is_asked(&Request::get(&format!("/x/?{asked}"))), "{asked}");
        }
        assert!(!is_asked(&Request::get("/x/?gifts=a&Gift=b")));
    }
}
