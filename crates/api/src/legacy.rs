//! Paths of older Ghost versions: `/v2|v3|v4|canary/content/…` means the same without the version.

use std::borrow::Cow;

use crate::fault::Fault;

/// A request on an old path.
#[derive(Debug)]
pub struct Call {
    /// `v2`, `v3`, `v4` as it was written; `canary` counts as `v4`.
    pub version: String,
    /// Path and query without the version.
    url: String,
    path_len: usize,
}

impl Call {
    /// Reads what follows `/ghost/api`. None when it names no old version.
    ///
    /// Errors: an address of an API whose percent-encoding is broken, in path or query, cannot be answered at all.
    pub fn read(path: &str, query: Option<&str>) -> Result<Option<Self>, Fault> {
        let url: Cow<'_, str> = match query {
            Some(query) => Cow::Owned(format!("{path}?{query}")),
            None => Cow::Borrowed(path),
        };
        let Some(rest) = url.strip_prefix('/') else { return Ok(None) };
        let (first, after_first) = rest.split_once('/').unwrap_or((rest, ""));
        let is_version = ["v2", "v3", "v4", "canary"].iter().any(|known| first.eq_ignore_ascii_case(known));
        let (api, wildcard) = match is_version {
            true => after_first.split_once('/').unwrap_or((after_first, "")),
            false => (first, after_first),
        };
        if !["admin", "content"].iter().any(|known| api.eq_ignore_ascii_case(known)) {
            return Ok(None);
        }
        if !decodes(wildcard) {
            let slash = if wildcard.is_empty() || wildcard.ends_with('/') { "" } else { "/" };
            return Err(Fault::undecodable(&format!("{wildcard}{slash}")));
        }
        if !is_version {
            return Ok(None);
        }
        let version = if first == "canary" { "v4" } else { first }.to_owned();
        let url = format!("/{after_first}");
        let path_len = url.find('?').unwrap_or(url.len());
        Ok(Some(Call { version, url, path_len }))
    }

    /// The path without the version.
    pub fn path(&self) -> &str {
        self.url.get(..self.path_len).unwrap_or(&self.url)
    }

    /// The header that says so.
    pub fn deprecation(&self) -> String {
        format!("version=\"{}\"", self.version)
    }

    /// Path and query of the same call as it should be made, from the site's root.
    pub fn latest(&self) -> String {
        format!("{}{}", crate::BASE, self.url)
    }
}

/// Whether every `%` begins an encoded byte and the bytes are UTF-8.
fn decodes(text: &str) -> bool {
    if !text.contains('%') {
        return true;
    }
    let bytes = text.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let complete =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'%').all(|(at, _)| is_hex(at + 1) && is_hex(at + 2));
    complete && percent_encoding::percent_decode_str(text).decode_utf8().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_paths_are_read() {
        let call = Call::read("/v3/content/posts/", Some("key=1")).unwrap().unwrap();
        assert_eq!(
            (call.path(), call.latest().as_str()),
            ("/content/posts/", "/ghost/api/content/posts/?key=1")
        );
        assert_eq!(call.deprecation(), "version=\"v3\"");
        assert_eq!(Call::read("/canary/admin/site/", None).unwrap().unwrap().version, "v4");
        assert!(Call::read("/v5/content/posts/", None).unwrap().is_none());
        assert!(Call::read("/content/posts/", Some("x=%E4%BD%A0")).unwrap().is_none());
        assert!(Call::read("/content/posts/", Some("filter=100%")).is_err());
        assert!(Call::read("/content/posts/%E4/", None).is_err());
        assert!(Call::read("/nope/%E4/", None).unwrap().is_none());
        assert!(Call::read("", None).unwrap().is_none());
    }
}
