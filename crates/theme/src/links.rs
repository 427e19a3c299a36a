//! Whether a link leads to where the reader is: the classes of `{{#link}}` and `{{link_class}}`.

/// What a link's classes depend on.
pub struct Link<'l> {
    /// Where it leads.
    pub href: &'l str,
    /// Classes it has anyway, separated by blanks.
    pub class: Option<&'l str>,
    /// Class of a link to the current page; empty for none.
    pub active: &'l str,
    /// Class of a link to something above the current page; empty for none.
    pub parent: &'l str,
}

impl Link<'_> {
    /// The classes of the link on the page at `location`, a path below the site's address `site_url`.
    pub fn classes(&self, site_url: &str, location: &str) -> String {
        let href = self.href.replacen(site_url, "", 1);
        let mut out = self.class.unwrap_or("").to_owned();
        let matched = if !self.active.is_empty() && is_same(&href, location) {
            self.active
        } else if !self.parent.is_empty() && is_above(&href, location) {
            self.parent
        } else {
            return out;
        };
        if self.class.is_some_and(|class| !class.is_empty()) {
            out.push(' ');
        }
        out.push_str(matched);
        out
    }
}

fn is_same(href: &str, location: &str) -> bool {
    !location.is_empty() && cleaned(href) == cleaned(location)
}

/// Ghost compares only the last segment of the link with the segment at the same place of the location.
fn is_above(href: &str, location: &str) -> bool {
    if location.is_empty() {
        return false;
    }
    let n = cleaned(href).split('/').count();
    let (location, href) = (cleaned(location), cleaned(href));
    location.split('/').count() > n && location.split('/').nth(n - 1) == href.split('/').next_back()
}

/// Without anchor, and without one slash at each end.
fn cleaned(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or("");
    let url = url.strip_prefix('/').unwrap_or(url);
    url.strip_suffix('/').unwrap_or(url)
}
