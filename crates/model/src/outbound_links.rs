//! Links that lead away from the publication say where the reader came from: `?ref=` and the site's name.
//!
//! Whether they do is a setting (`outbound_link_tagging`), which the caller asks. Addresses that are touched at all
//! come out in their plain form, as a browser writes them.

use std::borrow::Cow;

use url::Url;

use crate::site_url::SiteUrl;

/// Sites that cannot bear the mark. A leading dot means everything below.
const UNMARKED: [&str; 10] = [
    "facebook.com",
    "www.facebook.com",
    "web.archive.org",
    "archive.org",
    "www.federalreserve.gov",
    "www.chicagomag.com",
    "bailii.org",
    "www.bailii.org",
    ".doubleclick.net",
    ".substack.com",
];

/// The html with its links marked; None when no link has an absolute address.
///
/// Looked at is `href="…"` in double quotes of every `<a>`, as Ghost does; not inside comments, scripts, styles.
pub fn marked(html: &str, site: &SiteUrl) -> Option<String> {
    let own = Url::parse(&format!("{}/", site.as_str())).ok()?;
    let mut out = String::new();
    let mut copied = 0;
    for (start, end) in (Hrefs { html, at: 0 }) {
        let Some(written) = html.get(start..end) else { continue };
        let Ok(address) = Url::parse(&plain(written)) else { continue };
        let marked = mark(address, &own);
        if marked.as_str() != written {
            out.push_str(html.get(copied..start).unwrap_or_default());
            out.push_str(marked.as_str());
            copied = end;
        }
    }
    if copied == 0 {
        return None;
    }
    out.push_str(html.get(copied..).unwrap_or_default());
    Some(out)
}

fn mark(address: Url, own: &Url) -> Url {
    let is_own = address.host_str() == own.host_str()
        && address.port() == own.port()
        && address.path().starts_with(own.path());
    let host = address.host_str().unwrap_or_default();
    let is_unmarked =
        UNMARKED.iter().any(|site| host == *site || (site.starts_with('.') && host.ends_with(site)));
    let says_already =
        address.query_pairs().any(|(name, _)| matches!(name.as_ref(), "ref" | "utm_source" | "source"));
    if is_own || is_unmarked || says_already || !address.scheme().starts_with("http") {
        return address;
    }
    let name = own.host_str().unwrap_or_default();
    let name =
        name.strip_prefix("www.").unwrap_or(name).replace('[', "%5B").replace(':', "%3A").replace(']', "%5D");
    // Put together as text: the rest of the query must stay as it is written.
    let text = address.as_str();
    let (before, fragment) = text.find('#').map_or((text, ""), |at| text.split_at(at));
    let sign = if address.query().is_some_and(|query| !query.is_empty()) { '&' } else { '?' };
    let fragment = if fragment == "#" { "" } else { fragment };
    Url::parse(&format!("{before}{sign}ref={name}{fragment}")).unwrap_or(address)
}

/// The address behind the escapes that editors and browsers write into attributes.
fn plain(written: &str) -> Cow<'_, str> {
    if !written.contains('&') {
        return Cow::Borrowed(written);
    }
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('&') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let known = [
            ("&amp;", '&'),
            ("&quot;", '"'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&#39;", '\''),
            ("&#x27;", '\''),
        ];
        match known.iter().find(|(name, _)| escape.starts_with(name)) {
            Some((name, c)) => {
                out.push(*c);
                rest = escape.get(name.len()..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = escape.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Finds the values of `href="…"` of links, one after the other, in one pass.
struct Hrefs<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Hrefs<'h> {
    fn rest(&self) -> &'h str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Goes behind the next `end`; to the end of all when there is none.
    fn pass(&mut self, end: &str) {
        self.at += self.rest().find(end).map_or(self.rest().len(), |found| found + end.len());
    }
}

impl Iterator for Hrefs<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        loop {
            self.at += self.rest().find('<')? + 1;
            let rest = self.rest();
            if rest.starts_with("!--") {
                self.pass("-->");
                continue;
            }
            let name_len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let name = rest.get(..name_len).unwrap_or_default();
            if name.eq_ignore_ascii_case("script") {
                self.pass("</script");
            } else if name.eq_ignore_ascii_case("style") {
                self.pass("</style");
            } else if name.eq_ignore_ascii_case("a") {
                self.at += 1;
                if let Some(found) = self.href() {
                    return Some(found);
                }
            }
        }
    }
}

impl Hrefs<'_> {
    /// Reads the attributes of a tag up to its `href` or its end.
    fn href(&mut self) -> Option<(usize, usize)> {
        loop {
            let rest = self.rest();
            let begin = rest.find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
            let rest = rest.get(begin..)?;
            self.at += begin;
            if rest.starts_with('>') {
                return None;
            }
            let name_len = rest
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
                .unwrap_or(rest.len())
                // An equals sign where a name should be is part of it.
                .max(rest.chars().next().map_or(0, char::len_utf8));
            let is_href = rest.get(..name_len) == Some("href");
            self.at += name_len;
            let after = self.rest().trim_start_matches(|c: char| c.is_ascii_whitespace());
            let Some(value) = after.strip_prefix('=') else { continue };
            let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let start = self.html.len() - value.len();
            match value.chars().next()? {
                quote @ ('"' | '\'') => {
                    let len = value.get(1..)?.find(quote)?;
                    self.at = start + len + 2;
                    if is_href && quote == '"' {
                        return Some((start + 1, start + 1 + len));
                    }
                }
                _ => {
                    let len =
                        value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
                    self.at = start + len;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let site = SiteUrl::parse("https://www.paper.example/news").unwrap();
        assert_eq!(marked(html, &site).as_deref().unwrap_or(html), expected);
    }

    #[test]
    fn links_that_lead_away_are_marked() {
        check(
            r#"<a href="https://a.example">x</a>"#,
            r#"<a href="https://a.example/?ref=paper.example">x</a>"#,
        );
        check(
            r#"<A class='x' href="https://a.example/p?q=1&amp;r=[2]#end">x</A> <a href="/in">"#,
            r#"<A class='x' href="https://a.example/p?q=1&r=[2]&ref=paper.example#end">x</A> <a href="/in">"#,
        );
        check(
            r#"<a  href = "http://a.example/é">"#,
            r#"<a  href = "http://a.example/%C3%A9?ref=paper.example">"#,
        );
    }

    #[test]
    fn others_stay() {
        for html in [
            r#"<a href="https://www.paper.example/news/x/">"#,
            r#"<a href="https://a.example/?ref=b">"#,
            r#"<a href="https://a.example/?x=1&utm_source=b">"#,
            r#"<a href="https://me.substack.com/p">"#,
            r#"<a href="https://facebook.com/p">"#,
            r#"<a href="mailto:a@b.example">"#,
            r#"<a href='https://a.example/'>"#,
            r#"<a href=https://a.example/>"#,
            r#"<!-- <a href="https://a.example/"> -->"#,
            r#"<script>'<a href="https://a.example/">'</script>"#,
            r#"<link href="https://a.example/">"#,
            r#"<a data-href="https://a.example/">"#,
            r#"<a href="https://[">"#,
            r#"<a href="https://a.example/"#,
            "<a",
            "<a =",
            "<a é",
            "",
        ] {
            check(html, html);
        }
    }
}
