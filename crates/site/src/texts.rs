//! Small texts for machines: `robots.txt`.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use web::Response;
use web::exchange::respond;

use crate::visit::Visit;

/// The text under which search engines look for the publication's IndexNow key.
pub fn index_now_key(visit: &Visit<'_>) -> Option<Response> {
    let asked = visit.request.path.strip_prefix('/')?.strip_suffix(".txt")?;
    let is_key = asked.len() == 32 && asked.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let key = visit.state.facts.settings.text("indexnow_api_key").filter(|key| is_key && *key == asked)?;
    let mut response = respond(StatusCode::OK, "text/plain; charset=utf-8", key.to_owned());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Some(response)
}

/// `/robots.txt`: the theme's own if it has one, else Ghost's rules with this publication's sitemap.
pub fn robots(visit: &Visit<'_>) -> Option<Response> {
    if visit.request.path.trim_end_matches('/') != "/robots.txt" {
        return None;
    }
    let state = visit.state;
    let text = if state.facts.settings.is_on("is_private") {
        "User-agent: *\nDisallow: /\n".to_owned()
    } else if let Ok(theme) = &state.theme
        && theme.has_robots()
    {
        std::fs::read_to_string(theme.dir().join("robots.txt")).ok()?
    } else {
        let site = state.facts.site.as_str();
        format!(
            "User-agent: *\nSitemap: {site}/sitemap.xml\nDisallow: /ghost/\nDisallow: /email/\n\
             Disallow: /members/api/comments/counts/\nDisallow: /r/\nDisallow: /webmentions/receive/\n\
             Disallow: /.ghost/analytics/api/\n"
        )
    };
    let mut response = respond(StatusCode::OK, "text/plain", text);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Some(response)
}
