//! The publication's public address, and the placeholder for it in stored content.

/// What stands in the database where the publication's own address is meant.
pub const PLACEHOLDER: &str = "__GHOST_URL__";

/// Where files are fetched from, when that is not the publication's own address: such as `https://cdn.example.com`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileHosts {
    /// Of what lies below `/content/images/`.
    pub image: Option<String>,
    /// Of what lies below `/content/media/`.
    pub media: Option<String>,
    /// Of what lies below `/content/files/`.
    pub files: Option<String>,
}

/// The public address of a publication.
///
/// Shape: scheme, host, optional port and optional sub-directory; no trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteUrl {
    whole: String,
    host_end: usize,
    files: FileHosts,
}

impl SiteUrl {
    /// The same address, with files that are fetched from elsewhere. Slashes at the ends of the hosts do not count.
    pub fn with_files(mut self, hosts: FileHosts) -> Self {
        let plain = |host: Option<String>| {
            host.map(|host| host.trim_end_matches('/').to_owned()).filter(|host| !host.is_empty())
        };
        self.files =
            FileHosts { image: plain(hosts.image), media: plain(hosts.media), files: plain(hosts.files) };
        self
    }

    /// What stands for the placeholder before this path.
    fn before(&self, path: &str) -> &str {
        let FileHosts { image, media, files } = &self.files;
        let hosts = [("/content/images/", image), ("/content/media/", media), ("/content/files/", files)];
        let host = hosts
            .into_iter()
            .find(|(folder, _)| path.starts_with(folder))
            .and_then(|(_, host)| host.as_deref());
        host.unwrap_or(&self.whole)
    }

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
        Ok(SiteUrl {
            whole: text.trim_end_matches('/').to_owned(),
            host_end: scheme_len + host_len,
            files: FileHosts::default(),
        })
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

    /// The absolute address of a path behind the placeholder.
    pub fn join_stored(&self, path: &str) -> String {
        format!("{}{path}", self.before(path))
    }

    /// Replaces the placeholder in a stored text, if there is one; costs one search when not.
    pub fn expand_in(&self, stored: &mut Option<String>) {
        if let Some(text) = stored
            && text.contains(PLACEHOLDER)
        {
            *text = self.expanded(text);
        }
    }

    /// Stored text with the placeholder replaced by this address.
    pub fn expand(&self, stored: String) -> String {
        if stored.contains(PLACEHOLDER) { self.expanded(&stored) } else { stored }
    }

    /// The text with every placeholder replaced.
    pub fn expanded(&self, stored: &str) -> String {
        let mut out = String::with_capacity(stored.len() + 64);
        let mut parts = stored.split(PLACEHOLDER);
        out.push_str(parts.next().unwrap_or_default());
        for behind in parts {
            out.push_str(self.before(behind));
            out.push_str(behind);
        }
        out
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
        let hosts = FileHosts { image: Some("https://cdn.example.com/".into()), ..FileHosts::default() };
        let url = url.with_files(hosts);
        assert_eq!(
            url.expand(
                "__GHOST_URL__/content/images/a.png __GHOST_URL__/content/media/b.mp4 __GHOST_URL__/c/"
                    .into()
            ),
            "https://cdn.example.com/content/images/a.png http://127.0.0.1:2368/blog/content/media/b.mp4 \
             http://127.0.0.1:2368/blog/c/"
        );
        assert_eq!(url.join_stored("/content/images/a.png"), "https://cdn.example.com/content/images/a.png");
        assert!(SiteUrl::parse("example.com").is_err());
        assert!(SiteUrl::parse("https:///x").is_err());
    }
}
