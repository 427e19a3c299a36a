//! What a reader gets of a post's html: the cut at the paywall, and blocks for some readers only.
//!
//! Knows nothing of posts and tiers: whether the reader may read the whole is decided elsewhere and given.

use std::borrow::Cow;

use memchr::memmem;

use crate::utf16;

/// The paywall card, as it stands in stored html.
pub const PAYWALL: &str = "<!--members-only-->";

const BLOCK_BEGIN: &str = "<!--kg-gated-block:begin ";
const BLOCK_END: &str = "<!--kg-gated-block:end-->";
const COMMENT_END: &str = "-->";

/// For whom gated blocks are resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Not signed in.
    Anonymous,
    /// A member with the status `free`.
    Free,
    /// A member with any other status: `paid`, `comped`, `gift`.
    Paid,
}

/// What is left of a post's html for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<'a> {
    /// The html to show. Borrowed from the whole unless blocks had to be resolved.
    pub html: Cow<'a, str>,
    /// True when it is not the whole: then the plain text and the excerpt must be made anew from it.
    pub changed: bool,
}

/// The html that a reader may see.
///
/// Without `access` it ends before the first paywall, and is empty when there is none. Gated blocks are
/// resolved for everybody. Public posts without either cost two searches and no copy.
pub fn cut(html: &str, access: bool, audience: Audience) -> Cut<'_> {
    let readable = match access {
        true => html,
        false => before_paywall(html).unwrap_or(""),
    };
    let resolved = resolve_blocks(readable, audience);
    let changed = !access || matches!(resolved, Cow::Owned(_));
    Cut { html: resolved, changed }
}

/// What stands before the first paywall; None when there is none.
pub fn before_paywall(html: &str) -> Option<&str> {
    memmem::find(html.as_bytes(), PAYWALL.as_bytes()).map(|at| &html[..at])
}

/// Html with its gated blocks resolved: the content of those that `audience` may see stays, the others go.
///
/// A block without an end is no block, as in Ghost. Owned exactly when there was a block.
pub fn resolve_blocks(html: &str, audience: Audience) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let Some(first) = memmem::find(bytes, BLOCK_BEGIN.as_bytes()) else { return Cow::Borrowed(html) };
    let mut out = String::new();
    let mut n_copied = 0;
    let mut at = first;
    while let Some((params, content, end)) = block_at(html, at) {
        if let Some(params) = params {
            out.push_str(&html[n_copied..at]);
            if may_see(params, audience) {
                out.push_str(content);
            }
            n_copied = end;
        }
        match memmem::find(&bytes[end..], BLOCK_BEGIN.as_bytes()) {
            Some(next) => at = end + next,
            None => break,
        }
    }
    if n_copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[n_copied..]);
    Cow::Owned(out)
}

/// Html with the place of the member's uuid (`%7Buuid%7D`, in embeds that ask for it) filled in.
pub fn with_member_uuid<'a>(html: &'a str, uuid: &str) -> Cow<'a, str> {
    const PLACE: &[u8] = b"%7buuid%7d";
    let bytes = html.as_bytes();
    let mut out = String::new();
    let mut n_copied = 0;
    for at in memchr::memchr_iter(b'%', bytes) {
        let here =
            at >= n_copied && bytes.get(at..at + PLACE.len()).is_some_and(|w| w.eq_ignore_ascii_case(PLACE));
        if here {
            out.push_str(&html[n_copied..at]);
            out.push_str(uuid);
            n_copied = at + PLACE.len();
        }
    }
    if n_copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[n_copied..]);
    Cow::Owned(out)
}

/// The block that begins at `at`: its parameters, its content, and where the search goes on. Parameters are None
/// when the begin mark is malformed. None when no end mark follows, then there are no further blocks at all.
fn block_at(html: &str, at: usize) -> Option<(Option<&str>, &str, usize)> {
    let params_at = at + BLOCK_BEGIN.len();
    // At least one character of parameters, which may be white space.
    let first = html[params_at..].chars().next()?;
    let from = params_at + first.len_utf8();
    // The parameters stand on one line; only white space may come between them and the end of the comment.
    let line_end =
        memchr::memchr(b'\n', &html.as_bytes()[params_at..]).map_or(html.len(), |found| params_at + found);
    let on_line = memmem::find(&html.as_bytes()[from.min(line_end)..line_end], COMMENT_END.as_bytes());
    let close = match on_line {
        Some(found) => from + found,
        None => {
            let below = html[line_end..].trim_start_matches(utf16::is_space);
            if first == '\n' || !below.starts_with(COMMENT_END) {
                return Some((None, "", params_at));
            }
            html.len() - below.len()
        }
    };
    let content_at = close + COMMENT_END.len();
    let content_len = memmem::find(&html.as_bytes()[content_at..], BLOCK_END.as_bytes())?;
    let params = html[params_at..close].trim_end_matches(utf16::is_space);
    let content_end = content_at + content_len;
    Some((Some(params), &html[content_at..content_end], content_end + BLOCK_END.len()))
}

fn may_see(params: &str, audience: Audience) -> bool {
    let mut non_member = false;
    let mut segment = "";
    let mut rest = params;
    while let Some((key, value, tail)) = next_param(rest) {
        rest = tail;
        match (key, value) {
            ("nonMember", "true") => non_member = true,
            ("nonMember", "false") => non_member = false,
            ("memberSegment", "status:free,status:-free" | "status:free" | "status:-free") => segment = value,
            _ => {}
        }
    }
    match audience {
        Audience::Anonymous => non_member,
        Audience::Free => matches!(segment, "status:free" | "status:free,status:-free"),
        Audience::Paid => matches!(segment, "status:-free" | "status:free,status:-free"),
    }
}

/// The next `key:value` or `key:"value"` of a begin mark, and what follows it. An empty value is no parameter.
fn next_param(params: &str) -> Option<(&str, &str, &str)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_quote = |c: char| c == '"' || c == '\'';
    let mut rest = params;
    loop {
        let key_at = rest.find(is_word)?;
        let from_key = &rest[key_at..];
        let key_len = from_key.find(|c| !is_word(c)).unwrap_or(from_key.len());
        let (key, after) = from_key.split_at(key_len);
        rest = after;
        let Some(after) = after.strip_prefix(':') else { continue };
        let after = after.strip_prefix(is_quote).unwrap_or(after);
        let value_len = after.find(|c| is_quote(c) || utf16::is_space(c)).unwrap_or(after.len());
        if value_len > 0 {
            let (value, tail) = after.split_at(value_len);
            return Some((key, value, tail.strip_prefix(is_quote).unwrap_or(tail)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut() {
        let html = "<p>a</p><!--members-only--><p>b</p>";
        assert_eq!(cut(html, false, Audience::Free), Cut { html: "<p>a</p>".into(), changed: true });
        assert_eq!(cut(html, true, Audience::Free), Cut { html: html.into(), changed: false });
        assert_eq!(cut("<p>a</p>", false, Audience::Anonymous).html, "");
        assert_eq!(cut("<!--members-only-->x", false, Audience::Anonymous).html, "");
    }

    #[test]
    fn blocks() {
        let begin = |params: &str| {
            format!("<p>1</p><!--kg-gated-block:begin {params} -->in<!--kg-gated-block:end--><p>2</p>")
        };
        let seen = |params: &str, audience| {
            let html = begin(params);
            let out = resolve_blocks(&html, audience).into_owned();
            assert!(out == "<p>1</p>in<p>2</p>" || out == "<p>1</p><p>2</p>", "{out}");
            out.contains("in")
        };
        for (params, shown) in [
            (r#"nonMember:true memberSegment:"""#, [true, false, false]),
            (r#"nonMember:true memberSegment:"status:free""#, [true, true, false]),
            (r#"nonMember:false memberSegment:"status:-free""#, [false, false, true]),
            (r#"nonMember:false memberSegment:"status:free,status:-free""#, [false, true, true]),
            (r#"nonMember:yes memberSegment:'label:x'"#, [false, false, false]),
            ("memberSegment:status:free nonMember:'true'", [true, true, false]),
            ("nothing", [false, false, false]),
        ] {
            let got =
                [Audience::Anonymous, Audience::Free, Audience::Paid].map(|audience| seen(params, audience));
            assert_eq!(got, shown, "{params}");
        }
    }

    #[test]
    fn marks_that_are_none() {
        for html in [
            "<!--kg-gated-block:begin nonMember:false -->no end",
            "<!--kg-gated-block:begin",
            "<!--kg-gated-block:begin ",
            "<!--kg-gated-block:begin nonMember:false <!--kg-gated-block:end--",
            "plain",
        ] {
            assert_eq!(resolve_blocks(html, Audience::Anonymous), html);
        }
        // A mark broken over lines is not one, but a later one is.
        let html = "<!--kg-gated-block:begin a\nb -->x<!--kg-gated-block:begin nonMember:false -->y<!--kg-gated-block:end-->z";
        assert_eq!(resolve_blocks(html, Audience::Anonymous), "<!--kg-gated-block:begin a\nb -->xz");
    }

    #[test]
    fn uuid() {
        assert_eq!(with_member_uuid("a%7Buuid%7Db%7BUUID%7D%7Buuid", "U"), "aUbU%7Buuid");
        assert!(matches!(with_member_uuid("a%20b", "U"), Cow::Borrowed("a%20b")));
    }
}
