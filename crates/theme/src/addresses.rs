//! Addresses on the site: joined, made absolute, made relative, as Ghost's url tools do it.

use std::borrow::Cow;

use crate::context::SiteFacts;
use crate::percent;

impl<'f> SiteFacts<'f> {
    /// The public address with a slash at its end, as most of Ghost's tools know it.
    pub fn site_url(&self) -> String {
        format!("{}/", self.url.trim_end_matches('/'))
    }

    /// Where the admin app answers: `https://example.com/ghost/`.
    pub fn admin(&self) -> String {
        format!("{}/ghost/", self.admin_base())
    }

    /// Where the Content API answers, absolute or as a path.
    pub fn content_api(&self, absolute: bool) -> String {
        let base = if absolute { self.admin_base() } else { self.subdirectory() };
        format!("{base}/ghost/api/content/")
    }

    fn admin_base(&self) -> &'f str {
        self.admin_url.unwrap_or(self.url).trim_end_matches('/')
    }

    /// A path of the site, with its folder or its whole address before it. What is absolute already, protocol-less,
    /// an anchor or of another scheme (`mailto:`) stays.
    pub fn path(&self, path: &str, absolute: bool) -> String {
        if path.contains("://") || path.starts_with("//") || path.starts_with('#') || has_scheme(path) {
            return path.to_owned();
        }
        let base = if absolute { self.url } else { self.subdirectory() };
        self.join(&[base, path])
    }

    /// Parts with one slash between them; the site's folder is not repeated.
    pub fn join(&self, parts: &[&str]) -> String {
        let parts = match parts {
            ["", rest @ ..] => rest,
            all => all,
        };
        let schemeless = parts.first().is_some_and(|part| part.starts_with("//"));
        let joined = parts.join("/");
        let mut out = String::with_capacity(joined.len());
        let mut previous = None;
        let mut chars = joined.chars().peekable();
        while let Some(char) = chars.next() {
            out.push(char);
            // "://" keeps its two slashes, all others become one
            if char == '/' && previous != Some(':') {
                while chars.peek() == Some(&'/') {
                    chars.next();
                }
            }
            previous = Some(char);
        }
        if schemeless {
            out.insert(0, '/');
        }
        self.folder_once(out)
    }

    fn folder_once(&self, url: String) -> String {
        let folder = self.subdirectory().trim_matches('/');
        if folder.is_empty() {
            return url;
        }
        let twice = format!("{folder}/{folder}");
        let mut from = 0;
        while let Some(found) = url.get(from..).and_then(|rest| rest.find(&twice)) {
            let start = from + found;
            let end = start + twice.len();
            let before = start == 0 || url.as_bytes().get(start - 1) == Some(&b'/');
            let after = matches!(url.as_bytes().get(end), None | Some(b'/'));
            if before && after {
                let rest = url.get(end..).unwrap_or("");
                let rest = rest.strip_prefix('/').unwrap_or(rest);
                return format!("{}{folder}/{rest}", &url[..start]);
            }
            from = start + 1;
            while !url.is_char_boundary(from) {
                from += 1;
            }
        }
        url
    }

    /// An address under the site's own as a path from the root of its host; any other stays.
    pub fn relative<'u>(&self, url: &'u str) -> Cow<'u, str> {
        let Some((origin, path)) = split_origin(url) else { return Cow::Borrowed(url) };
        let host = |origin: &str| origin.split("//").nth(1).unwrap_or("").to_ascii_lowercase();
        if host(origin) != host(self.origin()) {
            return Cow::Borrowed(url);
        }
        let root = format!("{}/", self.subdirectory());
        if path.is_empty() && root == "/" {
            return Cow::Borrowed("/");
        }
        if !path.starts_with(&root) {
            return Cow::Borrowed(url);
        }
        encode_path(path)
    }

    /// A path from the root as an absolute address; what is not such a path stays.
    pub fn absolute<'u>(&self, path: &'u str) -> Cow<'u, str> {
        if !path.starts_with('/') || path.starts_with("//") {
            return Cow::Borrowed(path);
        }
        let joined = self.join(&[self.subdirectory(), path]);
        Cow::Owned(format!("{}{}", self.origin(), encode_path(&joined)))
    }

    /// The address of an item of navigation: relative ones get the site's folder (or address), ones that name the
    /// site's host are made absolute anew.
    pub fn navigation(&self, url: &str, absolute: bool) -> String {
        let site = self.site_url();
        let host = site.split_once("//").map_or("", |(_, host)| host);
        if let Some((before, after)) = url.split_once(host)
            && !before.contains('.')
            && !before.contains("mailto:")
            && !after.starts_with(':')
        {
            return self.path(&self.join(&["/", after]), true);
        }
        self.path(url, absolute)
    }
}

/// `https://example.com` and the rest.
pub(crate) fn split_origin(url: &str) -> Option<(&str, &str)> {
    let start = ["http://", "https://"]
        .iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?
        .len();
    let end = url.get(start..)?.find(['/', '?', '#']).map_or(url.len(), |at| start + at);
    Some((&url[..end], &url[end..]))
}

/// `mailto:`, `tel:` and the like.
fn has_scheme(url: &str) -> bool {
    match url.split_once(':') {
        Some((scheme, _)) => {
            !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        }
        None => false,
    }
}

/// Encodes what may not stand in an address, and nothing twice.
pub(crate) fn encode_path(path: &str) -> Cow<'_, str> {
    let plain =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'}');
    if path.bytes().all(plain) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() + 16);
    for char in path.chars() {
        match u8::try_from(char) {
            Ok(byte) if byte.is_ascii() && plain(byte) => out.push(char),
            _ => out.push_str(&percent::encode_component(char.encode_utf8(&mut [0; 4]))),
        }
    }
    Cow::Owned(out)
}

/// A web address for people: host without `www.`, and path without its last slash.
///
/// What is not an address stays as it is. Hosts keep their own script.
pub fn readable(url: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = url.split_once(':') else { return Cow::Borrowed(url) };
    let mut letters = scheme.bytes();
    if !letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        || !letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    {
        return Cow::Borrowed(url);
    }
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = &rest[..end];
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "ftp" | "ws" | "wss") {
        // other schemes have a host only behind two slashes
        let (host, path) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
            None => ("", rest),
        };
        return Cow::Owned(format!("{host}{}", path.strip_suffix('/').unwrap_or(path)));
    }
    let rest = rest.trim_start_matches(['/', '\\']);
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    };
    if host.is_empty() || host.contains([' ', '<', '>', '%']) {
        return Cow::Borrowed(url);
    }
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.replace('\\', "/");
    let path = path.strip_suffix('/').unwrap_or(&path);
    Cow::Owned(format!("{host}{}", encode_path(path)))
}
