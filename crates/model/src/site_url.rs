//! The publication's public address, and the placeholder for it in stored content.

/// What stands in the database where the publication's own address is meant.
pub const PLACEHOLDER: &str = "__GHOST_URL__";

/// The public address of a publication.
///
/// Shape: scheme, host, optional port and optional sub-directory; no trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteUrl {
    whole: String,
    host_end: usize,
}

impl SiteUrl {
    /// Reads an address.
    ///
    /// Errors: a sentence saying what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or_else(|| {
            format!("the public address `{text}` must begin with http:// or https:// (for example https://example.com)")
        })?;
        let scheme_len = text.len() - rest.len();
        let host_len = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        if host_len == 0 || rest[..host_len].contains(|c: char| c.is_whitespace() || c == '@') {
            return Err(format!("the public address `{text}` has no valid host name"));
        }
        if rest.contains(['?', '#']) {
            return Err(format!("the public address `{text}` may not carry a query or fragment"));
        }
        Ok(SiteUrl { whole: text.trim_end_matches('/').to_owned(), host_end: scheme_len + host_len })
    }

    /// The address without trailing slash.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.whole[..self.host_end]
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        let origin = self.origin();
        origin.split_once("://").map_or(origin, |(_, host)| host)
    }

    /// The sub-directory: empty, or `/blog` without trailing slash.
    pub fn subdirectory(&self) -> &str {
        &self.whole[self.host_end..]
    }

    /// True when readers reach it by https.
    pub fn is_secure(&self) -> bool {
        self.whole.starts_with("https://")
    }

    /// The absolute address of a path that begins with a slash (sub-directory not included in it).
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.whole)
    }

    /// Replaces the placeholder in a stored text, if there is one; costs one search when not.
    pub fn expand_in(&self, stored: &mut Option<String>) {
        if let Some(text) = stored
            && text.contains(PLACEHOLDER)
        {
            *text = text.replace(PLACEHOLDER, &self.whole);
        }
    }

    /// Stored text with the placeholder replaced by this address.
    pub fn expand(&self, stored: String) -> String {
        if stored.contains(PLACEHOLDER) { stored.replace(PLACEHOLDER, &self.whole) } else { stored }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_address() {
        let url = SiteUrl::parse("http://127.0.0.1:2368/blog/").unwrap();
        assert_eq!(url.as_str(), "http://127.0.0.1:2368/blog");
        assert_eq!(
            (url.origin(), url.host(), url.subdirectory()),
            ("http://127.0.0.1:2368", "127.0.0.1:2368", "/blog")
        );
        assert_eq!(url.expand("see __GHOST_URL__/a/".into()), "see http://127.0.0.1:2368/blog/a/");
        assert!(SiteUrl::parse("example.com").is_err());
        assert!(SiteUrl::parse("https:///x").is_err());
    }
}
