//! Files as they are: what the server brings itself, the publication's content folder, the theme's assets.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, LAST_MODIFIED, RANGE, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Method, StatusCode};
use web::Response;
use web::exchange::{redirect, respond, set};

use crate::paths;
use crate::visit::Visit;

const A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000");
/// Files larger than this many bytes are only given in ranges of at most this size.
const MOST_AT_ONCE: u64 = 64 * 1024 * 1024;

/// Says which apps may open the publication's addresses; a theme's file without an extension.
const APPLE: &str = "/.well-known/apple-app-site-association";

/// `/favicon.ico` and its kin: the publication's icon, resized, or the server's own.
pub fn favicon(visit: &Visit<'_>) -> Option<Response> {
    let path = visit.request.path.to_ascii_lowercase();
    let extension = path.strip_prefix("/favicon.")?;
    if !matches!(extension, "ico" | "png" | "jpg" | "jpeg") {
        return None;
    }
    let site = &visit.state.facts.site;
    let target = match visit.state.facts.settings.text("icon") {
        Some(icon) => match icon.split_once("/content/images/") {
            Some((front, rest)) => format!("{front}/content/images/size/w256h256/{rest}"),
            None => icon.to_owned(),
        },
        None if extension == "ico" => {
            let mut response = respond(StatusCode::OK, "image/x-icon", Bytes::from_static(FAVICON));
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
            return Some(response);
        }
        None => format!("{}/favicon.ico", site.subdirectory()),
    };
    let mut response = redirect(StatusCode::FOUND, &target, "");
    response.headers_mut().remove(CACHE_CONTROL);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    Some(response)
}

/// A one-colour icon of 1 by 1 pixel, for publications without one.
const FAVICON: &[u8] = &[
    0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0, 48, 0, 0, 0, 22, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0,
    1, 0, 32, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x85, 0x72, 0x0b,
    0xff, 0, 0, 0, 0,
];

/// `/public/…`: styles and scripts that the server brings.
pub fn own(visit: &Visit<'_>) -> Option<Response> {
    if !visit.request.path.starts_with("/public/") {
        return None;
    }
    let asset = crate::public::find(&visit.request.path, &visit.state.card_assets)?;
    let mut response = respond(StatusCode::OK, asset.content_type, asset.bytes.clone());
    response.headers_mut().insert(CACHE_CONTROL, A_YEAR);
    set(&mut response, ETAG, &asset.etag);
    Some(response)
}

/// `/content/media|files/…`; pictures are in [`crate::pictures`].
pub fn content(visit: &Visit<'_>) -> Option<Response> {
    let rest = visit.request.path.strip_prefix("/content/")?;
    let (kind, name) = rest.split_once('/')?;
    let missing = match kind {
        "media" => "Media file not found",
        "files" => "File not found",
        _ => return None,
    };
    if !matches!(visit.request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let root = visit.publication.options.content.join(kind);
    let mut response = match open_below(&root, name) {
        None if leads_out(name) => return Some(forbidden(visit)),
        Some(path) => send(visit, &path, if kind == "files" { safe_type(&path) } else { media_type(&path) }),
        None => not_found(visit, missing),
    };
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Some(response)
}

/// Whether a file's (percent-encoded) name leads out of the folder that it is looked for in.
pub fn leads_out(name: &str) -> bool {
    let Some(name) = paths::decode(name) else { return false };
    let mut depth = 0_i32;
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => depth -= 1,
            _ if part.split('\\').any(|part| part == "..") => return true,
            _ => depth += 1,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// What is said where a name leads out, whether there is something or not.
pub fn forbidden(visit: &Visit<'_>) -> Response {
    visit.miss(StatusCode::FORBIDDEN, "You do not have permission to perform this request.").response
}

/// What is said of a content file that is not there.
pub fn not_found(visit: &Visit<'_>, text: &'static str) -> Response {
    let mut response = respond(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", text);
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, visit.cache_of_miss(StatusCode::NOT_FOUND));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

/// A file of the theme: all below `/assets/` but templates; elsewhere not what is the theme's own business.
pub fn of_theme(visit: &Visit<'_>) -> Option<Response> {
    if !matches!(visit.request.method, Method::GET | Method::HEAD) {
        return None;
    }
    if visit.request.path == APPLE {
        let file = visit.state.theme.as_ref().ok().and_then(|theme| below(theme.dir(), &APPLE[1..]));
        return Some(match file {
            Some(file) => send(visit, &file, "application/json"),
            None => visit.miss(StatusCode::NOT_FOUND, "Resource could not be found.").response,
        });
    }
    let path = paths::decode(&visit.request.path)?;
    let lower = path.to_ascii_lowercase();
    let name = lower.trim_end_matches('/').rsplit('/').next()?;
    let is_folder = lower.ends_with('/');
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?.1;
    let always = matches!(name, "manifest.json" | "assetlinks.json") || lower.starts_with("/assets/");
    if extension == "hbs"
        || (!always
            && (matches!(extension, "md" | "json" | "lock" | "log")
                || matches!(name, "gulpfile.js" | "gruntfile.js")))
    {
        return None;
    }
    if lower.starts_with("/content/") {
        return None;
    }
    let found = match visit.state.theme.as_ref() {
        Ok(theme) if !is_folder => below(theme.dir(), &visit.request.path[1..]),
        _ => None,
    };
    if let Some(file) = found {
        return Some(send(visit, &file, media_type(&file)));
    }
    // Names that other doors know of fall through to them, as they are written.
    let written = path.trim_end_matches('/').rsplit('/').next()?;
    let known =
        matches!(written, "robots.txt" | "sitemap.xml" | "sitemap.xsl" | "llms.txt" | "llms-full.txt")
            || (written.starts_with("sitemap-") && extension == "xml")
            || extension == "md"
            || (extension == "txt" && !is_folder);
    (!known).then(|| visit.miss(StatusCode::NOT_FOUND, "File not found").response)
}

/// The file of this (percent-encoded) name below a folder; None when there is none, or the name leads elsewhere.
///
/// Links are followed only while they stay below the folder.
pub fn below(root: &Path, name: &str) -> Option<PathBuf> {
    let name = paths::decode(name)?;
    if name.contains(['\0', '\\']) {
        return None;
    }
    media::below(root, Path::new(&name))
}

/// The same for files that readers put no address to by themselves: hidden ones are not there, and slashes too many
/// do not matter.
pub fn open_below(root: &Path, name: &str) -> Option<PathBuf> {
    let name = name.trim_start_matches('/');
    let hidden = paths::decode(name)?.split('/').any(|part| part.starts_with('.'));
    (!hidden && !name.ends_with('/')).then(|| below(root, name)).flatten()
}

/// Sends a file, or the part of it that is asked for.
pub fn send(visit: &Visit<'_>, path: &Path, content_type: &str) -> Response {
    match read(visit, path, content_type) {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(file = %path.display(), %error, "a file cannot be read");
            visit.miss(StatusCode::INTERNAL_SERVER_ERROR, "The file cannot be read.").response
        }
    }
}

fn read(visit: &Visit<'_>, path: &Path, content_type: &str) -> std::io::Result<Response> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let length = metadata.len();
    let range = visit.request.header(RANGE).and_then(|text| parse_range(text, length));
    let (status, start, end) = match range {
        Some(Err(())) => {
            let mut response = visit
                .miss(StatusCode::RANGE_NOT_SATISFIABLE, "Range not satisfiable for provided Range header.")
                .response;
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(crate::pages::PRIVATE));
            set(&mut response, CONTENT_RANGE, &format!("bytes */{length}"));
            return Ok(response);
        }
        Some(Ok((start, end))) => (StatusCode::PARTIAL_CONTENT, start, end.min(start + MOST_AT_ONCE - 1)),
        None if length > MOST_AT_ONCE => (StatusCode::PARTIAL_CONTENT, 0, MOST_AT_ONCE - 1),
        None => (StatusCode::OK, 0, length.saturating_sub(1)),
    };
    file.seek(SeekFrom::Start(start))?;
    let mut body = Vec::with_capacity(usize::try_from(end + 1 - start).unwrap_or_default());
    if length > 0 {
        file.take(end + 1 - start).read_to_end(&mut body)?;
    }
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, content_type);
    if status == StatusCode::PARTIAL_CONTENT {
        set(&mut response, CONTENT_RANGE, &format!("bytes {start}-{end}/{length}"));
    }
    let modified = metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let modified_ms = modified.map_or(0, |at| at.as_millis());
    set(&mut response, ETAG, &format!("W/\"{length:x}-{modified_ms:x}\""));
    if let Some(text) = modified.and_then(web::finish::http_date) {
        set(&mut response, LAST_MODIFIED, &text);
    }
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, A_YEAR);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    Ok(response)
}

/// One range of bytes, both ends included; None for what is not one range (then the whole is given), an error for
/// one outside of the file.
fn parse_range(text: &str, length: u64) -> Option<Result<(u64, u64), ()>> {
    let (start, end) = text.trim().strip_prefix("bytes=")?.split_once('-')?;
    if end.contains(',') {
        return None;
    }
    let last = length.checked_sub(1);
    Some(match (start.trim().parse::<u64>().ok(), end.trim().parse::<u64>().ok()) {
        (Some(start), end) => match last {
            Some(last) if start <= last && end.is_none_or(|end| end >= start) => {
                Ok((start, end.unwrap_or(last).min(last)))
            }
            _ => Err(()),
        },
        (None, Some(suffix)) if start.trim().is_empty() => match last {
            Some(last) if suffix > 0 => Ok((length.saturating_sub(suffix), last)),
            _ => Err(()),
        },
        _ => return None,
    })
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase()
}

/// The type of pictures, media and theme files, by their name.
pub fn media_type(path: &Path) -> &'static str {
    match extension(path).as_str() {
        "css" => "text/css; charset=UTF-8",
        "js" | "mjs" => "application/javascript; charset=UTF-8",
        "json" | "map" => "application/json; charset=UTF-8",
        "html" | "htm" => "text/html; charset=UTF-8",
        "txt" => "text/plain; charset=UTF-8",
        "xml" => "application/xml",
        "svg" | "svgz" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "ogg" => "audio/ogg",
        "m4a" => "audio/mp4",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// The type of uploaded files: nothing that a browser would run.
fn safe_type(path: &Path) -> &'static str {
    match extension(path).as_str() {
        "html" | "htm" | "svg" | "svgz" | "js" | "mjs" | "css" | "xml" | "xhtml" | "txt" | "md" => {
            "text/plain; charset=utf-8"
        }
        _ => media_type(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_find_nothing() {
        let folder = std::env::temp_dir().join(format!("courant-files-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("in/deep")).unwrap();
        std::fs::write(folder.join("in/a.txt"), "a").unwrap();
        std::fs::write(folder.join("secret.txt"), "s").unwrap();
        let root = folder.join("in");
        assert!(below(&root, "a.txt").is_some());
        assert!(below(&root, "deep/%2e%2e/a.txt").is_none());
        for bad in [
            "../secret.txt",
            "%2e%2e/secret.txt",
            "..%2fsecret.txt",
            "/etc/passwd",
            "a.txt%00",
            "deep",
            "%zz",
            "..\\secret.txt",
        ] {
            assert!(below(&root, bad).is_none(), "{bad}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn ranges() {
        assert_eq!(parse_range("bytes=0-3", 10), Some(Ok((0, 3))));
        assert_eq!(parse_range("bytes=5-", 10), Some(Ok((5, 9))));
        assert_eq!(parse_range("bytes=-3", 10), Some(Ok((7, 9))));
        assert_eq!(parse_range("bytes=10-", 10), Some(Err(())));
        assert_eq!(parse_range("bytes=0-", 0), Some(Err(())));
        assert_eq!(parse_range("bytes=0-1,4-5", 10), None);
        assert_eq!(parse_range("lines=1-2", 10), None);
    }
}
