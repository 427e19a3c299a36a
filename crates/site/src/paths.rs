//! Paths of requests: what they mean to the router, and the canonical form that redirects lead to.

use percent_encoding::percent_decode_str;

/// What must happen to a path before any router sees it.
#[derive(Debug, PartialEq, Eq)]
pub enum Canonical {
    /// Nothing.
    Yes,
    /// Redirect for good to this path (still without sub-directory).
    Redirect {
        /// The right path.
        to: String,
        /// Whether it is the slash that was missing (Ghost answers that one without a body type).
        slash: bool,
    },
}

/// Applies Ghost's rules on a raw path, in its order: slash at the end, then no `/amp/`, then lower case.
pub fn canonical(path: &str) -> Canonical {
    // A name that is nothing but an extension is none.
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_file = [".md", ".txt"].iter().any(|end| name.ends_with(end) && name.len() > end.len());
    if !path.ends_with('/') && !is_file {
        return Canonical::Redirect { to: format!("{path}/"), slash: true };
    }
    if let Some(front) = path.strip_suffix("/amp/") {
        return Canonical::Redirect { to: format!("{front}/"), slash: false };
    }
    // Letters are compared in the decoded path, and what is not ASCII is compared, too.
    // What cannot be decoded names nothing, in capitals or not.
    let Some(decoded) = decode(path) else { return Canonical::Yes };
    if decoded.chars().any(char::is_uppercase) {
        let lower = decoded.to_lowercase();
        return Canonical::Redirect { to: encode(&lower), slash: false };
    }
    Canonical::Yes
}

/// The path with its percent-escapes decoded; None when they are not UTF-8 or not escapes at all.
pub fn decode(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    // A percent sign that begins no escape is an error, as it is for `decodeURIComponent`.
    let bytes = path.as_bytes();
    for (index, _) in path.match_indices('%') {
        let escape = bytes.get(index + 1..index + 3)?;
        if !escape.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
    }
    percent_decode_str(path).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// The path as it may stand in a header or a link.
pub fn encode(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const KEEP: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'`')
        .add(b'{')
        .add(b'}')
        .add(b'|')
        .add(b'\\')
        .add(b'^')
        .add(b'%');
    utf8_percent_encode(path, KEEP).to_string()
}

/// A text as one value of a query: what `encodeURIComponent` makes of it.
pub fn encode_value(text: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEEP: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'!')
        .remove(b'~')
        .remove(b'*')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')');
    utf8_percent_encode(text, KEEP).to_string()
}

/// The path with one slash where there are several: two at the front would name another host.
pub fn single_slashes(path: &str) -> String {
    let mut single = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter != '/' || !single.ends_with('/') {
            single.push(letter);
        }
    }
    single
}

/// What a list's path is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// The list's first page.
    First,
    /// Page 1 by its number: leads to the first page.
    One,
    /// Page 0: there is none.
    NoSuchPage,
    /// Another page by its number.
    Number(u32),
    /// Its feed.
    Feed,
    /// The feed's other name, which leads to it.
    FeedAlias,
    /// The editor.
    Edit,
}

/// Reads what stands after a list's own path: nothing, `page/3/`, `rss/`, `feed/`, `edit/`.
pub fn within(rest: &str) -> Option<Within> {
    Some(match rest {
        "" => Within::First,
        "rss/" => Within::Feed,
        "feed/" => Within::FeedAlias,
        "edit/" => Within::Edit,
        _ => {
            let number = rest.strip_prefix("page/")?.strip_suffix('/')?;
            if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            // A number too large for any list is a page that is not there.
            match number.parse::<u32>().unwrap_or(u32::MAX) {
                0 => Within::NoSuchPage,
                1 => Within::One,
                number => Within::Number(number),
            }
        }
    })
}

/// Matches a route's path, whose segments may be `:name`, at the front of a path.
///
/// Gives what follows, and the value of the wildcard named `slug` (else of the first one).
pub fn mount<'p>(route: &str, path: &'p str) -> Option<(&'p str, Option<&'p str>)> {
    if !route.contains(':') {
        return path.strip_prefix(route).map(|rest| (rest, None));
    }
    let mut rest = path.strip_prefix('/')?;
    let mut slug = None;
    for segment in route.trim_matches('/').split('/') {
        let (value, tail) = rest.split_once('/')?;
        match segment.strip_prefix(':') {
            Some(name) => {
                if value.is_empty() {
                    return None;
                }
                if name == "slug" || slug.is_none() {
                    slug = Some(value);
                }
            }
            None if segment != value => return None,
            None => {}
        }
        rest = tail;
    }
    Some((rest, slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_paths() {
        let to = |path: &str| match canonical(path) {
            Canonical::Yes => None,
            Canonical::Redirect { to, .. } => Some(to),
        };
        assert_eq!(to("/story"), Some("/story/".into()));
        assert_eq!(to("/HIDDEN"), Some("/HIDDEN/".into()));
        assert_eq!(to("/HIDDEN/"), Some("/hidden/".into()));
        assert_eq!(to("/story/amp/"), Some("/story/".into()));
        assert_eq!(to("/story.md"), None);
        assert_eq!(to("/.md"), Some("/.md/".into()));
        assert_eq!(to("/%E0%A4%A/"), None);
        assert_eq!(to("/"), None);
    }

    #[test]
    fn slashes() {
        assert_eq!(single_slashes("//a///b/"), "/a/b/");
        assert_eq!(single_slashes("a/b"), "a/b");
    }

    #[test]
    fn places_within_a_list() {
        assert_eq!(within("page/3/"), Some(Within::Number(3)));
        assert_eq!(within("page/1/"), Some(Within::One));
        assert_eq!(within("page/0/"), Some(Within::NoSuchPage));
        assert_eq!(within("page/x/"), None);
        assert_eq!(within("page/99999999999999/"), Some(Within::Number(u32::MAX)));
        assert_eq!(within("rss/1/"), None);
    }

    #[test]
    fn wildcards_in_route_paths() {
        assert_eq!(mount("/x/:slug/", "/x/news/page/2/"), Some(("page/2/", Some("news"))));
        assert_eq!(mount("/x/:slug/", "/y/news/"), None);
        assert_eq!(mount("/blog/", "/blog/rss/"), Some(("rss/", None)));
        assert_eq!(mount("/x/:slug/", "/x//"), None);
    }
}
