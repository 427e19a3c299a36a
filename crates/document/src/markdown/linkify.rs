//! Addresses that stand in the text as they are become links: with a scheme, beginning with `//`, and e-mail.
//!
//! Source: behaviour of the npm package linkify-it 5, with guessing of bare hosts turned off, as Ghost uses it.

use std::sync::LazyLock;

use markdown_it::parser::core::CoreRule;
use markdown_it::parser::inline::{InlineRule, InlineState, Text, TextSpecial};
use markdown_it::plugins::cmark::inline::{autolink::Autolink, backticks::CodeInline, link::Link};
use markdown_it::plugins::html::html_inline::HtmlInline;
use markdown_it::{MarkdownIt, Node, NodeValue, Renderer};
use regex_syntax::hir::{Class, HirKind};

use super::pairs::Pairs;

pub(super) fn add(md: &mut MarkdownIt) {
    md.inline.add_rule::<WhileReading>();
    md.add_rule::<Afterwards>().after::<Pairs>();
}

/// A link that was text.
#[derive(Debug)]
struct Linkified {
    href: String,
}

impl NodeValue for Linkified {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        fmt.open("a", &[("href", self.href.clone())]);
        fmt.contents(&node.children);
        fmt.close("a");
    }
}

fn linkified(href: String, text: String) -> Node {
    let mut node = Node::new(Linkified { href });
    node.children.push(Node::new(Text { content: text }));
    node
}

/// Finds addresses with a scheme before other rules take their signs for formats (`http://a_b_c`).
struct WhileReading;

impl WhileReading {
    /// The length of the scheme before the colon, and the address.
    fn find<'s>(state: &'s InlineState<'_, '_>) -> Option<(usize, &'s str)> {
        let rest = &state.src[state.pos..state.pos_max];
        if !rest.starts_with("://") || state.link_level > 0 {
            return None;
        }
        let before = state.trailing_text_get();
        let n_scheme = before
            .bytes()
            .rev()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
            .count();
        let scheme = &before[before.len() - n_scheme..];
        // A scheme begins with a letter, and nothing that could belong to it stands before.
        if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || n_scheme > state.pos {
            return None;
        }
        let start = state.pos - n_scheme;
        let text = state.src.get(start..)?;
        if !text.starts_with(scheme) {
            return None;
        }
        let (_, length) = scheme_at(text, 0)?;
        let url = text[..length].trim_end_matches('*');
        (start + url.len() <= state.pos_max && url.len() > n_scheme).then_some((n_scheme, url))
    }
}

impl InlineRule for WhileReading {
    const MARKER: char = ':';

    fn check(state: &mut InlineState<'_, '_>) -> Option<usize> {
        Self::find(state).map(|(n_scheme, url)| url.len() - n_scheme)
    }

    fn run(state: &mut InlineState<'_, '_>) -> Option<(Node, usize)> {
        let (n_scheme, url) = Self::find(state)?;
        let length = url.len();
        let href = state.md.link_formatter.normalize_link(url);
        state.md.link_formatter.validate_link(&href)?;
        let node = linkified(href, state.md.link_formatter.normalize_link_text(url));
        state.trailing_text_pop(n_scheme);
        state.pos -= n_scheme;
        Some((node, length))
    }
}

/// Finds the others in the text that is left.
struct Afterwards;

impl CoreRule for Afterwards {
    fn run(root: &mut Node, md: &MarkdownIt) {
        walk(root, md, &mut 0);
    }
}

/// From the end to the beginning, so that a closing `</a>` is known before its content.
fn walk(node: &mut Node, md: &MarkdownIt, n_html_links: &mut usize) {
    let mut nth = node.children.len();
    while nth > 0 {
        nth -= 1;
        let child = &mut node.children[nth];
        if child.is::<Link>() || child.is::<Autolink>() || child.is::<Linkified>() || child.is::<CodeInline>()
        {
            continue;
        }
        if let Some(tag) = child.cast::<HtmlInline>() {
            let tag = tag.content.to_ascii_lowercase();
            if tag
                .strip_prefix("<a")
                .is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
            {
                *n_html_links = n_html_links.saturating_sub(1);
            } else if tag.strip_prefix("</a").is_some_and(|rest| rest.trim_start().starts_with('>')) {
                *n_html_links += 1;
            }
            continue;
        }
        if !child.is::<Text>() {
            walk(child, md, n_html_links);
            continue;
        }
        if *n_html_links > 0 {
            continue;
        }
        let content = child.cast::<Text>().map(|text| text.content.clone()).unwrap_or_default();
        let after_escape = nth > 0 && node.children[nth - 1].is::<TextSpecial>();
        if let Some(nodes) = split(&content, after_escape, md) {
            node.children.splice(nth..=nth, nodes);
        }
    }
}

/// The text with its addresses as links; None when there are none.
fn split(text: &str, after_escape: bool, md: &MarkdownIt) -> Option<Vec<Node>> {
    let found = find_all(text);
    let mut nodes = Vec::new();
    let mut copied = 0;
    for Found { start, end, is_bare_mail } in found {
        // `http\://x` is no address.
        if after_escape && start == 0 {
            continue;
        }
        let written = &text[start..end];
        let url = if is_bare_mail { format!("mailto:{written}") } else { written.to_owned() };
        let href = md.link_formatter.normalize_link(&url);
        if md.link_formatter.validate_link(&href).is_none() {
            continue;
        }
        if start > copied {
            nodes.push(Node::new(Text { content: text[copied..start].to_owned() }));
        }
        nodes.push(linkified(href, md.link_formatter.normalize_link_text(written)));
        copied = end;
    }
    if copied == 0 {
        return None;
    }
    if copied < text.len() {
        nodes.push(Node::new(Text { content: text[copied..].to_owned() }));
    }
    Some(nodes)
}

struct Found {
    start: usize,
    end: usize,
    is_bare_mail: bool,
}

fn find_all(text: &str) -> Vec<Found> {
    let mut found = schemed(text);
    found.extend(mails(text));
    // The earlier first, of two at the same place the longer.
    found.sort_by_key(|found| (found.start, std::cmp::Reverse(found.end)));
    let mut end = 0;
    found.retain(|found| {
        let is_free = found.start >= end;
        if is_free {
            end = found.end;
        }
        is_free
    });
    found
}

const SCHEMES: [&str; 5] = ["http:", "https:", "ftp:", "//", "mailto:"];

/// Addresses with a scheme, which must stand at the beginning or behind a space or a sign.
fn schemed(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut taken = 0;
    let mut before: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let may_begin = match before {
            None => true,
            Some((before_at, before)) => {
                before_at >= taken && before != '_' && (is_separator(before) || is_sign(before))
            }
        };
        before = Some((at, c));
        if !may_begin || at < taken || !matches!(c, 'h' | 'H' | 'f' | 'F' | 'm' | 'M' | '/') {
            continue;
        }
        if let Some((n_scheme, length)) = scheme_with(text, at) {
            taken = at + n_scheme;
            if length > 0 {
                found.push(Found { start: at, end: at + length, is_bare_mail: false });
            }
        }
    }
    found
}

/// A scheme at `at`: its length, and that of the whole address, or 0 if nothing valid follows.
fn scheme_with(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = &text[at..];
    let scheme = SCHEMES
        .iter()
        .find(|scheme| rest.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))?;
    let tail = &rest[scheme.len()..];
    let length = match *scheme {
        "//" => {
            let before = text[..at].chars().next_back();
            if matches!(before, Some(':' | '/')) { None } else { site(tail, true) }
        }
        "mailto:" => mail(tail, false),
        _ => tail.strip_prefix("//").and_then(|site_text| site(site_text, false)).map(|length| length + 2),
    };
    Some((scheme.len(), length.map_or(0, |length| scheme.len() + length)))
}

/// A valid address at `at`: the lengths of its scheme and of the whole.
fn scheme_at(text: &str, at: usize) -> Option<(usize, usize)> {
    scheme_with(text, at).filter(|(_, length)| *length > 0)
}

/// User, host, port and path: its length. `strict` wants a host with a dot, or localhost.
fn site(text: &str, strict: bool) -> Option<usize> {
    let n_user = text
        .chars()
        .take_while(|c| !is_space_or_control(*c) && !matches!(c, '@' | '/' | '[' | ']' | '(' | ')'));
    let (n_chars, n_bytes) = n_user.fold((0, 0), |(chars, bytes), c| (chars + 1, bytes + c.len_utf8()));
    let with_user = ((1..=50).contains(&n_chars) && text[n_bytes..].starts_with('@')).then_some(n_bytes + 1);
    let from = |start: usize| {
        let host = host(&text[start..])?;
        if strict
            && !(host.n_labels > 1 && host.last_is_plain)
            && !text[start..][..host.length].eq_ignore_ascii_case("localhost")
        {
            return None;
        }
        let mut end = start + host.length;
        if let Some(n_port) = port(&text[end..]).filter(|n_port| ends_host(&text[end + n_port..])) {
            end += n_port;
        } else if !ends_host(&text[end..]) {
            return None;
        }
        Some(end + path(&text[end..]))
    };
    with_user.and_then(from).or_else(|| from(0))
}

struct Host<'t> {
    length: usize,
    n_labels: usize,
    last: &'t str,
    /// The last label has no hyphens.
    last_is_plain: bool,
}

fn host(text: &str) -> Option<Host<'_>> {
    let mut host = Host { length: 0, n_labels: 0, last: "", last_is_plain: false };
    loop {
        let rest = &text[host.length..];
        let length = rest.find(|c: char| c != '-' && !is_letter(c)).unwrap_or(rest.len());
        let label = &rest[..length];
        let is_punycode = label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"))
            && (5..=63).contains(&length)
            && label.is_ascii();
        let is_plain = !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.encode_utf16().count() <= 63;
        if !is_punycode && !is_plain {
            return None;
        }
        host.length += length;
        host.n_labels += 1;
        host.last = label;
        host.last_is_plain = is_punycode || !label.contains('-');
        match text[host.length..].strip_prefix('.') {
            Some(next) if next.starts_with(is_letter) => host.length += 1,
            _ => return Some(host),
        }
    }
}

/// `:` and a number up to 65535.
fn port(text: &str) -> Option<usize> {
    let digits = text.strip_prefix(':')?;
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits[..n_digits].parse::<u32>().ok()?;
    ((1..=5).contains(&n_digits) && number <= 65535).then_some(n_digits + 1)
}

/// Whether a host may end before this.
fn ends_host(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return true };
    if !is_separator(first) && !is_sign(first) {
        return false;
    }
    let second = chars.next();
    match first {
        '-' | '_' => false,
        ':' => !second.is_some_and(|c| c.is_ascii_digit()),
        '.' => second.is_none_or(|c| c != '-' && is_sign(c)),
        _ => true,
    }
}

/// The length of the path, which may be empty.
fn path(text: &str) -> usize {
    if !text.starts_with(['/', '?', '#']) {
        return 0;
    }
    let mut at = 1;
    while let Some(length) = path_part(&text[at..]) {
        at += length;
    }
    if at == 1 && !text.starts_with('/') { 0 } else { at }
}

/// One part of a path: signs that end sentences belong to it only when something follows.
fn path_part(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let after = &text[first.len_utf8()..];
    let next = after.chars().next();
    let closed = |close: char, may_be_empty: bool| {
        let length = after.find(|c| c == close || is_space_or_control(c))?;
        (after[length..].starts_with(close) && (may_be_empty || length > 0)).then_some(length + 2)
    };
    let followed =
        |except: &[char]| next.is_some_and(|c| !is_space_or_control(c) && !except.contains(&c)).then_some(1);
    match first {
        '[' => closed(']', true),
        '(' => closed(')', true),
        '{' => closed('}', true),
        '"' => closed('"', false),
        '\'' => closed('\'', false).or_else(|| next.is_some_and(|c| c == '-' || is_letter(c)).then_some(1)),
        '.' => {
            let n_dots = text.bytes().take_while(|b| *b == b'.').count();
            let behind = text[n_dots..].bytes().next();
            if n_dots >= 2 {
                return behind
                    .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'%' | b'/' | b'&'))
                    .then_some(n_dots + 1);
            }
            followed(&['.'])
        }
        '-' => Some(text.bytes().take_while(|b| *b == b'-').count()),
        ',' | ';' => followed(&[]),
        '!' => {
            let n_marks = text.bytes().take_while(|b| *b == b'!').count();
            let behind = text[n_marks..].chars().next();
            behind.is_some_and(|c| !is_space_or_control(c)).then_some(n_marks)
        }
        '?' => followed(&['?']),
        ')' | ']' | '}' => None,
        c if is_space_or_control(c) || is_separator(c) => None,
        c => Some(c.len_utf8()),
    }
}

/// Name, `@` and host: the length. `known` wants a host with a known ending.
fn mail(text: &str, known: bool) -> Option<usize> {
    let is_name = |b: u8, first: bool| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'-' | b';' | b':' | b'&' | b'=' | b'+' | b'$' | b',' | b'.' | b'_')
            || (b == b'"' && !first)
    };
    let n_name = text.bytes().enumerate().take_while(|(nth, b)| is_name(*b, *nth == 0)).count();
    if !(1..=64).contains(&n_name) || !text[n_name..].starts_with('@') {
        return None;
    }
    let host_text = &text[n_name + 1..];
    let host = host(host_text)?;
    let is_fine =
        !known || is_ip4(&host_text[..host.length]) || (host.n_labels > 1 && is_known_ending(host.last));
    (is_fine && ends_host(&host_text[host.length..])).then_some(n_name + 1 + host.length)
}

fn is_ip4(host: &str) -> bool {
    host.split('.').count() == 4
        && host.split('.').all(|part| {
            part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u8>().is_ok()
        })
}

/// E-mail addresses without scheme.
fn mails(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if !text.contains('@') {
        return found;
    }
    let mut taken = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_begin =
            before.is_none_or(|c| is_separator(c) || matches!(c, '"' | '(') || is_space_or_control(c));
        before = Some(c);
        if !may_begin || at < taken {
            continue;
        }
        if let Some(length) = mail(&text[at..], true) {
            found.push(Found { start: at, end: at + length, is_bare_mail: true });
            taken = at + length;
        }
    }
    found
}

/// Endings of hosts that are taken for such without a scheme.
fn is_known_ending(label: &str) -> bool {
    const LONG: [&str; 17] = [
        "biz", "com", "edu", "gov", "net", "org", "pro", "web", "xxx", "aero", "asia", "coop", "info",
        "museum", "name", "shop", "рф",
    ];
    /// By their first letter, the second letters.
    const COUNTRIES: [&str; 26] = [
        "cdefgilmnoqrstuwxz",
        "abdefghijmnorstvwyz",
        "acdfghiklmnoruvwxyz",
        "ejkmoz",
        "cegrstu",
        "ijkmor",
        "abdefghilmnpqrstuwy",
        "kmnrtu",
        "delmnoqrst",
        "emop",
        "eghimnprwyz",
        "abcikrstuvy",
        "acdeghklmnopqrstuvwxyz",
        "acefgilopruz",
        "m",
        "aefghklmnrstwy",
        "a",
        "eosuw",
        "abcdeghijklmnortuvxyz",
        "cdfghjklmnortvwz",
        "agksyz",
        "aceginu",
        "fs",
        "",
        "et",
        "amw",
    ];
    let label = label.to_lowercase();
    if LONG.contains(&&*label) || (label.starts_with("xn--") && label.is_ascii() && label.len() > 4) {
        return true;
    }
    match label.as_bytes() {
        [first @ b'a'..=b'z', second] => COUNTRIES
            .get(usize::from(first - b'a'))
            .is_some_and(|seconds| seconds.as_bytes().contains(second)),
        _ => false,
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '>' | '<' | '\u{FF5C}')
}

/// What hosts are made of: neither a space nor punctuation.
fn is_letter(c: char) -> bool {
    !is_separator(c) && !is_sign(c)
}

fn is_space_or_control(c: char) -> bool {
    if c.is_ascii() { c <= ' ' || c == '\u{7F}' } else { c.is_control() || c.is_whitespace() }
}

/// Punctuation, spaces, control characters.
fn is_sign(c: char) -> bool {
    static SIGNS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        match regex_syntax::parse(r"[\p{Z}\p{P}\p{Cc}]").map(regex_syntax::hir::Hir::into_kind) {
            Ok(HirKind::Class(Class::Unicode(class))) => {
                class.ranges().iter().map(|range| (range.start(), range.end())).collect()
            }
            _ => Vec::new(),
        }
    });
    let after = SIGNS.partition_point(|(first, _)| *first <= c);
    SIGNS[..after].last().is_some_and(|(_, last)| c <= *last)
}
