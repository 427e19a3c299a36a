//! Who is asking: proofs carried by a request, checked without the database. Looking the person up is the store's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use http::HeaderValue;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use sha1::Sha1;

use crate::{Request, Response};

/// Name of the cookie that names a signed-in member.
pub const MEMBER_COOKIE: &str = "ghost-members-ssr";
/// Name of the cookie with the signature of the other.
const SIGNATURE_COOKIE: &str = "ghost-members-ssr.sig";

/// The member's `transient_id`, if the request carries it with a valid signature.
///
/// The cookie `ghost-members-ssr.sig` is the unpadded URL-safe base64 of HMAC-SHA1 over `name=value`, keyed with the
/// setting `theme_session_secret` as text (Ghost keeps it as hexadecimal digits and uses the digits).
pub fn member_transient_id<'r>(request: &'r Request, theme_session_secret: &str) -> Option<&'r str> {
    let value = request.cookie(MEMBER_COOKIE)?;
    let signature = URL_SAFE_NO_PAD.decode(request.cookie(SIGNATURE_COOKIE)?).ok()?;
    let mut mac = Hmac::<Sha1>::new_from_slice(theme_session_secret.as_bytes()).ok()?;
    mac.update(format!("{MEMBER_COOKIE}={value}").as_bytes());
    mac.verify_slice(&signature).ok()?;
    Some(value)
}

/// What `Set-Cookie` has to say, twice, for a browser to read as the member of this `transient_id`: the name, and the
/// signature that [`member_transient_id`] checks. They last as long as the browser is open.
pub fn member_cookies(transient_id: &str, theme_session_secret: &str) -> Option<[String; 2]> {
    let mut mac = Hmac::<Sha1>::new_from_slice(theme_session_secret.as_bytes()).ok()?;
    mac.update(format!("{MEMBER_COOKIE}={transient_id}").as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    let cookie = |name: &str, value: &str| format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    Some([cookie(MEMBER_COOKIE, transient_id), cookie(&format!("{MEMBER_COOKIE}.sig"), &signature)])
}

/// Takes the cookies of a member's session from a browser whose session is none, where the answer is a page or a feed.
pub fn forget_member(request: &Request, response: &mut Response) {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("text/html") && !kind.starts_with("application/rss+xml") {
        return;
    }
    for (name, cookie) in [
        (SIGNATURE_COOKIE, "ghost-members-ssr.sig=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly"),
        (
            MEMBER_COOKIE,
            "ghost-members-ssr=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax; HttpOnly",
        ),
    ] {
        if request.cookie(name).is_some() {
            response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    #[test]
    fn only_cookies_that_came_are_taken_and_only_by_pages() {
        let taken = |cookies: &str, kind: &'static str| {
            let mut request = Request::get("/");
            request.headers.insert("cookie", HeaderValue::from_str(cookies).unwrap());
            let mut response = crate::exchange::respond(StatusCode::OK, kind, "");
            forget_member(&request, &mut response);
            let cookies = response.headers().get_all(SET_COOKIE).iter();
            cookies
                .map(|cookie| cookie.to_str().unwrap().split('=').next().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let both = "ghost-members-ssr=bad; ghost-members-ssr.sig=bad; other=1";
        assert_eq!(taken(both, "text/html; charset=utf-8"), ["ghost-members-ssr.sig", "ghost-members-ssr"]);
        assert_eq!(taken("ghost-members-ssr=bad", "application/rss+xml"), ["ghost-members-ssr"]);
        assert!(taken(both, "text/css").is_empty() && taken("other=1", "text/html").is_empty());
    }
}
