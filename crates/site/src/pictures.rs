//! `/content/images/…`: the publication's pictures as they are, and in the sizes and formats that are allowed.
//!
//! The rules of which address is answered how are Ghost's; pictures themselves are made by [`media`].

use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, StatusCode};
use media::{Format, Size, Wanted};
use web::Response;
use web::exchange::redirect;

use crate::files::{forbidden, leads_out, media_type, not_found, open_below, send};
use crate::pages::Made;
use crate::visit::Visit;

/// Sizes that are allowed in every theme: those of Ghost's own pages and letters, and those of pictures in stories.
const ALWAYS: &[(Option<u32>, Option<u32>)] = &[
    (Some(256), Some(256)),
    (Some(192), Some(192)),
    (Some(64), Some(64)),
    (Some(200), Some(200)),
    (Some(1200), Some(960)),
    (Some(1200), None),
    (Some(600), None),
    (Some(1000), None),
    (Some(1600), None),
    (Some(2400), None),
];

/// What an address below `/content/images` asks for.
enum Asked<'p> {
    /// A file as it lies there.
    File(&'p str),
    /// A picture in another size; the name of the original goes with it.
    Resized(Wanted, &'p str),
    /// A size or format that is not made: the original, by its address.
    Original(String),
}

/// `/content/images/…`. A picture that has to be made first comes with the answer for those who cannot wait.
pub fn content(visit: &Visit<'_>) -> Option<Made> {
    let rest = visit.request.path.strip_prefix("/content/images/")?;
    if !matches!(visit.request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let root = visit.publication.options.content.join("images");
    let file = |name: &str, format: Option<Format>| match open_below(&root, name) {
        None if leads_out(name) => forbidden(visit),
        Some(path) => send(visit, &path, format.map_or_else(|| media_type(&path), Format::media_type)),
        None => not_found(visit, "Image not found"),
    };
    let mut made: Made = match asked(visit, rest) {
        Asked::File(name) => file(name, None).into(),
        Asked::Original(address) => to_original(&address).into(),
        Asked::Resized(wanted, name) => {
            let studio = &visit.publication.pictures;
            let format = wanted.format();
            if studio.kept().find(&wanted).is_some() {
                file(rest, format).into()
            } else if studio.kept().original(&wanted).is_none() {
                not_found(visit, "Image not found").into()
            } else {
                let address = format!("{}/content/images/{name}", visit.state.facts.site.subdirectory());
                let mut made = Made::from(to_original(&with_query(visit, address)));
                if !studio.cannot_make(&wanted) {
                    made.picture = Some(wanted);
                }
                made
            }
        }
    };
    let headers = made.response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if made.response.status() != StatusCode::FOUND {
        let headers = made.response.headers_mut();
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
    Some(made)
}

fn asked<'p>(visit: &Visit<'_>, rest: &'p str) -> Asked<'p> {
    let as_it_is = Asked::File(rest);
    let Some((size, name)) = rest.strip_prefix("size/").and_then(|rest| rest.split_once('/')) else {
        return as_it_is;
    };
    let (format, name) = match name.strip_prefix("format/").and_then(|rest| rest.split_once('/')) {
        Some((format, name)) if !format.is_empty() && !format.contains('.') => (Some(format), name),
        _ => (None, name),
    };
    let last = name.rsplit('/').next().unwrap_or_default();
    let Some((stem, extension)) = last.rsplit_once('.') else { return as_it_is };
    if size.is_empty() || stem.is_empty() || name.ends_with('/') {
        return as_it_is;
    }
    let original = || {
        let address = format!("{}/content/images/{name}", visit.state.facts.site.subdirectory());
        Asked::Original(with_query(visit, address))
    };
    let Some(size) = allowed(visit, size) else { return original() };
    let known_format = format.is_none_or(|format| Format::named(format).is_some());
    // Drawings need no other size, only another format.
    let stays = extension == "ico" || (format.is_none() && matches!(extension, "svg" | "svgz"));
    if stays || !known_format {
        return original();
    }
    // Ghost looks for the original by the name as it was sent: with an escape in it, there is none.
    let name = name.trim_start_matches('/');
    match Wanted::new(name, size, format).filter(|_| !name.contains('%')) {
        Some(wanted) => Asked::Resized(wanted, name),
        None => as_it_is,
    }
}

/// The size of this name, where the theme or the server wants it.
fn allowed(visit: &Visit<'_>, name: &str) -> Option<Size> {
    let always = ALWAYS
        .iter()
        .filter_map(|(width, height)| Size::new(width.map(f64::from), height.map(f64::from)))
        .find(|size| size.to_string() == name);
    always.or_else(|| {
        let package = visit.state.theme.as_ref().ok()?.package();
        package
            .image_sizes
            .keys()
            .filter_map(|name| package.image_size(name))
            .filter_map(|size| Size::new(size.width, size.height))
            .find(|size| size.to_string() == name)
    })
}

fn with_query(visit: &Visit<'_>, address: String) -> String {
    match &visit.request.query {
        Some(query) => format!("{address}?{query}"),
        None => address,
    }
}

/// Leads to the original. Not kept by browsers: the picture may be made the next time.
fn to_original(address: &str) -> Response {
    let mut response = redirect(StatusCode::FOUND, address, "");
    let headers = response.headers_mut();
    headers.remove(CACHE_CONTROL);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    response
}
