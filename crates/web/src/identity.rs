//! Who is asking: proofs carried by a request, checked without the database. Looking the person up is the store's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::Request;

/// Name of the cookie that names a signed-in member.
pub const MEMBER_COOKIE: &str = "ghost-members-ssr";

/// The member's `transient_id`, if the request carries it with a valid signature.
///
/// The cookie `ghost-members-ssr.sig` is the unpadded URL-safe base64 of HMAC-SHA1 over `name=value`, keyed with the
/// setting `theme_session_secret` as text (Ghost keeps it as hexadecimal digits and uses the digits).
pub fn member_transient_id<'r>(request: &'r Request, theme_session_secret: &str) -> Option<&'r str> {
    let value = request.cookie(MEMBER_COOKIE)?;
    let signature = URL_SAFE_NO_PAD.decode(request.cookie("ghost-members-ssr.sig")?).ok()?;
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
