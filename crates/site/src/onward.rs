//! Addresses that lead on, before any router is asked: tracked links of newsletters, offers, gifts of a membership.

use http::header::{CACHE_CONTROL, HeaderName};
use http::{HeaderValue, Method, StatusCode};
use web::exchange::{redirect, respond};
use web::{Request, Response};

use crate::answer::speak_of_redirect;
use crate::errors::escape;
use crate::paths;
use crate::visit::Visit;

/// What a mail program puts in the place of the reader's uuid, in a tracked link's target.
const UUID: &str = "%%{uuid}%%";

/// The answer to a request for such an address, if it is one. A failing database is written to the log, and then
/// there is none.
pub fn answer(visit: &Visit<'_>) -> Option<Response> {
    let found = match gift(visit) {
        Ok(None) => offer(visit).and_then(|offer| match offer {
            None => tracked(visit),
            some => Ok(some),
        }),
        found => found,
    };
    found.unwrap_or_else(|error| {
        tracing::error!(%error, "links that lead on cannot be read");
        None
    })
}

/// `/r/CODE`: where the link of a newsletter leads.
fn tracked(visit: &Visit<'_>) -> store::Result<Option<Response>> {
    let path = &visit.request.path;
    if !path.starts_with("/r/") {
        return Ok(None);
    }
    let Some(to) = store::links::tracked(visit.snapshot, path)? else { return Ok(None) };
    let to = match to.strip_prefix(model::site_url::PLACEHOLDER) {
        Some(own) => visit.state.facts.site.join(own),
        None => to,
    };
    let Ok(to) = url::Url::parse(&to) else {
        tracing::warn!(path, "a tracked link leads nowhere");
        return Ok(None);
    };
    let mut response = redirect(StatusCode::FOUND, &with_uuid(to.as_str(), visit), "");
    speak_of_redirect(&mut response);
    let headers = response.headers_mut();
    headers.remove(CACHE_CONTROL);
    let robots = HeaderName::from_static("x-robots-tag");
    headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
    Ok(Some(response))
}

/// A tracked link that a member opens: its path, and her uuid as the letter carried it (`m`).
///
/// To be noted where the answer leads on (302); whether there are such a link and such a member is seen then.
pub fn click(request: &Request) -> Option<(&str, String)> {
    let reads = matches!(request.method, Method::GET | Method::HEAD);
    let uuid = said_uuid(request).filter(|_| reads && request.path.starts_with("/r/"))?;
    Some((&request.path, uuid))
}

fn said_uuid(request: &Request) -> Option<String> {
    let query = request.query.as_deref()?;
    let said = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "m");
    said.map(|(_, value)| value.into_owned()).filter(|value| is_uuid(value))
}

/// The target with the uuid that the link carries (`m`), or with nothing in its place.
fn with_uuid(to: &str, visit: &Visit<'_>) -> String {
    // Stored as it is, within a path (braces written out) or within a value (all of it written out).
    let plain = paths::decode(to).unwrap_or_else(|| {
        to.replace("%7B", "{").replace("%7D", "}").replace("%7b", "{").replace("%7d", "}")
    });
    if !plain.contains(UUID) {
        return to.to_owned();
    }
    let uuid = said_uuid(visit.request).unwrap_or_default();
    url::Url::parse(&plain.replace(UUID, &uuid)).map_or_else(|_| to.to_owned(), String::from)
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// `/CODE`, also behind other folders: the offer, in the portal.
fn offer(visit: &Visit<'_>) -> store::Result<Option<Response>> {
    let path = visit.request.path.strip_suffix('/').unwrap_or(&visit.request.path);
    let Some((front, code)) = path.rsplit_once('/') else { return Ok(None) };
    if code.is_empty()
        || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        return Ok(None);
    }
    let Some(id) = store::links::offer(visit.snapshot, code)? else { return Ok(None) };
    let query = visit.request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let folder = visit.state.facts.site.subdirectory();
    let front = paths::single_slashes(&format!("{front}/"));
    let to = format!("{folder}{front}{query}#/portal/offers/{id}");
    let mut response = redirect(StatusCode::FOUND, &to, "public, max-age=0");
    speak_of_redirect(&mut response);
    Ok(Some(response))
}

/// Whether a path is a gift's page, `/gift/TOKEN`, or the picture of one, `/gift/TOKEN/image`, whatever the token is.
pub fn is_gifts_door(path: &str) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let Some((door, rest)) = path.split_at_checked("/gift/".len()) else { return false };
    let (token, behind) = rest.split_once('/').map_or((rest, None), |(token, behind)| (token, Some(behind)));
    door.eq_ignore_ascii_case("/gift/")
        && !token.is_empty()
        && behind.is_none_or(|behind| behind.eq_ignore_ascii_case("image"))
}

/// `/gift/TOKEN`: a page that shows in messages what was given, and leads to the portal.
fn gift(visit: &Visit<'_>) -> store::Result<Option<Response>> {
    let path = visit.request.path.strip_suffix('/').unwrap_or(&visit.request.path);
    let Some((door, token)) = path.split_at_checked("/gift/".len()) else { return Ok(None) };
    if !door.eq_ignore_ascii_case("/gift/") || token.is_empty() || token.contains(['/', '.', '%']) {
        return Ok(None);
    }
    let facts = &visit.state.facts;
    let Some(gift) = store::links::gift(visit.snapshot, token)? else {
        let mut response = redirect(StatusCode::FOUND, &facts.site.join("/"), "");
        speak_of_redirect(&mut response);
        response.headers_mut().remove(CACHE_CONTROL);
        return Ok(Some(response));
    };
    let publication = facts.settings.text("title").unwrap_or("Ghost");
    let unit = if gift.is_yearly { "year" } else { "month" };
    let title = escape(&format!(
        "You've been gifted a {}-{unit} {} membership to {publication}",
        gift.duration, gift.tier
    ));
    let publication = escape(publication);
    let here = escape(&facts.site.join(&format!("/gift/{}", paths::encode_value(token))));
    let to = escape(&facts.site.join(&format!("/#/portal/gift/redeem/{}", paths::encode_value(token))));
    let picture = ["og_image", "cover_image"].iter().find_map(|name| facts.settings.text(name));
    let picture = picture.filter(|address| !address.is_empty()).map(escape).map_or_else(String::new, |address| {
        format!(
            "<meta property=\"og:image\" content=\"{address}\"><meta name=\"twitter:image\" content=\"{address}\">"
        )
    });
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <meta property=\"og:site_name\" content=\"{publication}\"><meta property=\"og:type\" content=\"website\">\
         <meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:description\" content=\"Open this link to redeem your gift.\">\
         <meta property=\"og:url\" content=\"{here}\">{picture}\
         <meta name=\"twitter:card\" content=\"summary_large_image\"><meta name=\"twitter:title\" content=\"{title}\">\
         <meta name=\"twitter:description\" content=\"Open this link to redeem your gift.\">\
         <meta http-equiv=\"refresh\" content=\"0;url={to}\"></head>\
         <body><p><a href=\"{to}\">Redeem your gift</a></p></body></html>\n"
    );
    let mut response = respond(StatusCode::OK, "text/html; charset=utf-8", html);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(Some(response))
}
