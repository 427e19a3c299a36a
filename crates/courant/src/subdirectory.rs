//! A publication below a sub-directory: which requests are its own, and what is said of the others.

use http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};
use web::exchange::{redirect, respond};
use web::{Request, Response};

/// The request's path within the publication; else the whole answer.
///
/// `folder` is empty, or begins with a slash and does not end with one. Without a slash behind it, or in other
/// letters, it leads to its proper spelling.
pub fn inside(request: &Request, folder: &str) -> Result<String, Box<Response>> {
    if folder.is_empty() {
        return Ok(request.path.clone());
    }
    let parts = request.path.split_at_checked(folder.len());
    let Some((front, rest)) = parts.filter(|(front, rest)| {
        front.eq_ignore_ascii_case(folder) && (rest.is_empty() || rest.starts_with('/'))
    }) else {
        return Err(Box::new(elsewhere(request)));
    };
    if front == folder && !rest.is_empty() {
        return Ok(rest.to_owned());
    }
    let rest = if rest.is_empty() { "/" } else { rest };
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{folder}{rest}{query}");
    Err(Box::new(redirect(StatusCode::MOVED_PERMANENTLY, &location, "public, max-age=31536000")))
}

/// What is said of an address that is no part of the publication.
fn elsewhere(request: &Request) -> Response {
    let path = site::errors::escape(&request.path);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n\
         <body>\n<pre>Cannot {} {path}</pre>\n</body>\n</html>\n",
        request.method
    );
    let mut response = respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", html);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(target: &str) -> Option<String> {
        let response = inside(&Request::get(target), "/news").err()?;
        Some(response.headers().get("location")?.to_str().unwrap().to_owned())
    }

    #[test]
    fn what_is_below_the_folder_is_the_publications() {
        assert_eq!(inside(&Request::get("/news/"), "/news").unwrap(), "/");
        assert_eq!(inside(&Request::get("/news/tag/city/"), "/news").unwrap(), "/tag/city/");
        assert_eq!(inside(&Request::get("/news//x"), "/news").unwrap(), "//x");
        assert_eq!(inside(&Request::get("/anything"), "").unwrap(), "/anything");
    }

    #[test]
    fn the_folder_in_other_spellings_leads_to_its_own() {
        assert_eq!(location("/news?x=1"), Some("/news/?x=1".into()));
        assert_eq!(location("/News/Tag/?x"), Some("/news/Tag/?x".into()));
        assert_eq!(location("/NEWS"), Some("/news/".into()));
    }

    #[test]
    fn what_is_elsewhere_is_not_found_and_runs_nothing() {
        for path in ["/", "/newsx/", "/new", "/news%2Fx", "/é", "/x<script>&/"] {
            let response = inside(&Request::get(path), "/news").unwrap_err();
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            let text = String::from_utf8(response.body().to_vec()).unwrap();
            assert!(!text.contains("<script"), "{text}");
        }
    }
}
