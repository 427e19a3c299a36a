//! Addresses of the publication's own in html, as they are stored: with a placeholder for the site's address, so that
//! a publication can move.

use std::borrow::Cow;

use memchr::{memchr, memmem};
use url::Url;

/// What stands for the site's address, without trailing slash.
pub const PLACEHOLDER: &str = "__GHOST_URL__";

/// Html with the addresses of the site replaced by the placeholder.
///
/// Looked at are the attributes `href`, `src`, `srcset`, `style` (`url('…')`) and those in which cards keep pictures;
/// not inside of `<code>`. Addresses from the root (`/about/`), and absolute ones below `site_url` with any protocol,
/// are replaced; all others stay, as does the text. Everything else stays byte by byte.
pub fn html<'h>(html: &'h str, site_url: &str) -> Cow<'h, str> {
    let site = Site::parse(site_url);
    let mut out = String::new();
    let mut copied = 0;
    let mut n_codes: usize = 0;
    let mut tags = Tags { html, at: 0 };
    while let Some(tag) = tags.next_tag() {
        match tag.name {
            "code" => n_codes += 1,
            "/code" => n_codes = n_codes.saturating_sub(1),
            _ => {}
        }
        if n_codes > 0 || tag.name == "stream" {
            continue;
        }
        for (name, start, end) in tag.values {
            let value = &html[start..end];
            let stored = match name {
                "href"
                | "src"
                | "data-kg-background-image"
                | "data-kg-custom-thumbnail"
                | "data-kg-thumbnail" => site.stored(value),
                "srcset" => site.stored_srcset(value),
                "style" => site.stored_style(value),
                _ => None,
            };
            if let Some(stored) = stored {
                out.push_str(&html[copied..start]);
                out.push_str(&stored);
                copied = end;
            }
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[copied..]);
    Cow::Owned(out)
}

/// One address as it is stored.
pub fn address<'u>(address: &'u str, site_url: &str) -> Cow<'u, str> {
    Site::parse(site_url).stored(address).map_or(Cow::Borrowed(address), Cow::Owned)
}

/// Markdown with the addresses of the site in its links, pictures and html replaced by the placeholder; not inside of
/// blocks of code. Links between backticks are left alone as well; html there is not told apart.
pub fn markdown<'m>(markdown: &'m str, site_url: &str) -> Cow<'m, str> {
    let site = Site::parse(site_url);
    let mut out = String::with_capacity(markdown.len());
    // What stands outside of blocks of code since the last one.
    let mut open_part = String::new();
    let mut fence: Option<&str> = None;
    for line in markdown.split_inclusive('\n') {
        let text = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if !line.starts_with("    ") && !line.starts_with('\t') => {
                markdown_line(line, &site, &mut open_part);
                continue;
            }
            _ => {}
        }
        out.push_str(&html(&std::mem::take(&mut open_part), site_url));
        out.push_str(line);
    }
    out.push_str(&html(&open_part, site_url));
    if out == markdown { Cow::Borrowed(markdown) } else { Cow::Owned(out) }
}

/// Targets behind `](` and behind the `]:` of a definition, outside of code between backticks.
fn markdown_line(line: &str, site: &Site, out: &mut String) {
    let mut rest = line;
    let mut is_code = false;
    while let Some(at) = rest.find(['`', ']']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let target = ["](", "]: "].into_iter().find_map(|mark| Some((mark, from.strip_prefix(mark)?)));
        match target.filter(|_| !is_code) {
            Some((mark, behind)) => {
                let behind_mark = behind.trim_start_matches('<');
                let end = behind_mark.find([')', '>', ' ', '\n', '\t']).unwrap_or(behind_mark.len());
                let (address, after) = behind_mark.split_at(end);
                out.push_str(mark);
                out.push_str(&behind[..behind.len() - behind_mark.len()]);
                out.push_str(&site.stored(address).unwrap_or_else(|| address.to_owned()));
                rest = after;
            }
            None => {
                is_code ^= from.starts_with('`');
                out.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
}

/// The site's address taken apart; None when it is the placeholder itself.
struct Site {
    url: Option<Url>,
}

impl Site {
    fn parse(site_url: &str) -> Site {
        let with_slash = format!("{}/", site_url.trim_end_matches('/'));
        Site { url: Url::parse(&with_slash).ok() }
    }

    fn stored(&self, address: &str) -> Option<String> {
        if address.starts_with('/') && !address.starts_with("//") {
            return self.rooted(address);
        }
        let site = self.url.as_ref()?;
        let is_absolute =
            address.starts_with("//") || address.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("http"));
        if !is_absolute {
            return None;
        }
        let base = Url::parse("http://relative").ok()?;
        let parsed = base.join(address).ok()?;
        let is_ours = parsed.host_str() == site.host_str() && parsed.port() == site.port();
        let below = parsed.path().strip_prefix(site.path())?;
        is_ours.then(|| format!("{PLACEHOLDER}/{below}{}", tail(&parsed)))
    }

    /// An address from the root of the host. Another directory than the site's is none of ours.
    fn rooted(&self, address: &str) -> Option<String> {
        let base = Url::parse("http://relative").ok()?;
        let parsed = base.join(address).ok()?;
        let directory = self.url.as_ref().map_or("/", |site| site.path());
        let path = parsed.path();
        let below = path.strip_prefix(directory).or_else(|| path.strip_prefix('/'))?;
        let shown = below.strip_prefix('/').unwrap_or(below);
        Some(format!("{PLACEHOLDER}/{shown}{}", tail(&parsed)))
    }

    fn stored_srcset(&self, srcset: &str) -> Option<String> {
        let mut is_changed = false;
        let parts: Vec<Cow<'_, str>> = srcset
            .split(',')
            .map(|part| {
                let start = part.len() - part.trim_start().len();
                let end = part[start..].find(char::is_whitespace).map_or(part.len(), |at| start + at);
                match self.stored(&part[start..end]) {
                    Some(stored) => {
                        is_changed = true;
                        Cow::Owned(format!("{}{stored}{}", &part[..start], &part[end..]))
                    }
                    None => Cow::Borrowed(part),
                }
            })
            .collect();
        is_changed.then(|| parts.join(","))
    }

    fn stored_style(&self, style: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = style;
        while let Some(at) = rest.find("url(") {
            let (before, inside) = rest.split_at(at + 4);
            out.push_str(before);
            rest = inside;
            let Some(quote) = inside.chars().next().filter(|c| matches!(c, '\'' | '"')) else { continue };
            let Some(length) = inside[1..].find(quote) else { continue };
            if let Some(stored) = self.stored(&inside[1..1 + length]) {
                out.push(quote);
                out.push_str(&stored);
                rest = &inside[1 + length..];
            }
        }
        out.push_str(rest);
        (out != style).then_some(out)
    }
}

fn tail(url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let fragment = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
    query + &fragment
}

struct Tag<'h> {
    /// As written, with the slash of a closing tag.
    name: &'h str,
    /// Attributes in quotes: name, and where the value begins and ends.
    values: Vec<(&'h str, usize, usize)>,
}

/// The tags of html, one after the other; not those inside of comments, scripts and styles.
struct Tags<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Tags<'h> {
    fn next_tag(&mut self) -> Option<Tag<'h>> {
        let bytes = self.html.as_bytes();
        loop {
            let open = self.at + memchr(b'<', bytes.get(self.at..)?)?;
            let inside = open + 1;
            if bytes[inside..].starts_with(b"!--") {
                self.at = inside + 3 + memmem::find(&bytes[inside + 3..], b"-->")?;
                continue;
            }
            let name_at = inside + usize::from(bytes.get(inside) == Some(&b'/'));
            if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                self.at = inside;
                continue;
            }
            let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
            let name_end =
                name_at + bytes[name_at..].iter().position(is_end).unwrap_or(bytes.len() - name_at);
            let name = &self.html[inside..name_end];
            let mut values = Vec::new();
            let end = self.attributes(name_end, &mut values)?;
            self.at = end;
            for raw in ["script", "style"] {
                if name.eq_ignore_ascii_case(raw) {
                    let close = format!("</{raw}");
                    self.at = end + memmem::find(&bytes[end..], close.as_bytes()).unwrap_or(0);
                }
            }
            return Some(Tag { name, values });
        }
    }

    /// Reads attributes; returns where the tag ends, None when it does not.
    fn attributes(&self, mut at: usize, values: &mut Vec<(&'h str, usize, usize)>) -> Option<usize> {
        let bytes = self.html.as_bytes();
        loop {
            let byte = *bytes.get(at)?;
            if byte == b'>' {
                return Some(at + 1);
            }
            if byte.is_ascii_whitespace() || byte == b'/' {
                at += 1;
                continue;
            }
            let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
            let name_end = at + 1 + bytes[at + 1..].iter().position(is_end)?;
            let name = &self.html[at..name_end];
            at = name_end + bytes[name_end..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            if bytes.get(at) != Some(&b'=') {
                continue;
            }
            at += 1;
            at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            match *bytes.get(at)? {
                quote @ (b'"' | b'\'') => {
                    let length = memchr(quote, &bytes[at + 1..])?;
                    values.push((name, at + 1, at + 1 + length));
                    at += length + 2;
                }
                _ => at += bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_outside_of_code() {
        let site = "https://example.com";
        let given = "![alt](/content/a.png) [x](<https://example.com/y> \"t\") `[c](/c)` [z](https://other.example/)\n\
                     [ref]: /about/\n```\n[code](/code) <img src=\"/code.png\">\n```\n    [block](/block)\n<img src=\"/h.png\">\n";
        let stored = "![alt](__GHOST_URL__/content/a.png) [x](<__GHOST_URL__/y> \"t\") `[c](/c)` \
                      [z](https://other.example/)\n[ref]: __GHOST_URL__/about/\n```\n[code](/code) <img src=\"/code.png\">\n```\n    \
                      [block](/block)\n<img src=\"__GHOST_URL__/h.png\">\n";
        assert_eq!(markdown(given, site), stored);
        assert!(matches!(markdown("plain ] `text` é](", site), Cow::Borrowed(_)));
    }

    #[test]
    fn addresses() {
        let site = "https://example.com/blog";
        for (given, stored) in [
            ("/about/", "__GHOST_URL__/about/"),
            ("/blog/about/?a=1#b", "__GHOST_URL__/about/?a=1#b"),
            ("http://example.com/blog/x/", "__GHOST_URL__/x/"),
            ("//example.com/blog/x", "__GHOST_URL__/x"),
            ("https://example.com/blog", "https://example.com/blog"),
            ("https://example.com/shop/", "https://example.com/shop/"),
            ("https://other.com/blog/", "https://other.com/blog/"),
            ("#a", "#a"),
            ("mailto:a@b.c", "mailto:a@b.c"),
            ("about/", "about/"),
            ("__GHOST_URL__/x/", "__GHOST_URL__/x/"),
        ] {
            assert_eq!(address(given, site), stored, "{given}");
        }
    }

    #[test]
    fn attributes() {
        let given = "<a HREF=x href=\"/a/\">/a/</a><code><a href=\"/b/\">b</a></code><img srcset=\"/c 1w, /d 2w\" src='/e'><p style=\"background: url('/f')\"><!-- <a href=\"/g\"> --><script>'<a href=\"/h\">'</script>";
        let stored = "<a HREF=x href=\"__GHOST_URL__/a/\">/a/</a><code><a href=\"/b/\">b</a></code><img srcset=\"__GHOST_URL__/c 1w, __GHOST_URL__/d 2w\" src='__GHOST_URL__/e'><p style=\"background: url('__GHOST_URL__/f')\"><!-- <a href=\"/g\"> --><script>'<a href=\"/h\">'</script>";
        assert_eq!(html(given, PLACEHOLDER), stored);
        assert!(matches!(html("<a href=\"https://x.y/\">z</a>", PLACEHOLDER), Cow::Borrowed(_)));
    }
}
