//! Links that lead nowhere, or whose words do not say where.

use std::collections::HashMap;

use super::Addresses;
use super::findings::{Findings, quoted};
use super::sheet::{Kind, Link};
use super::story::{Spot, Story, plain_words};

/// Words of links that say nothing, in small letters.
const VAGUE: &[&str] = &[
    "here",
    "click here",
    "read more",
    "more",
    "this",
    "link",
    "this link",
    "learn more",
    "see more",
    "hier",
    "hier klicken",
    "klicken sie hier",
    "mehr",
    "mehr lesen",
    "weiterlesen",
    "weiter",
    "ici",
    "cliquez ici",
    "en savoir plus",
    "lire la suite",
    "aquí",
    "haga clic aquí",
    "leer más",
    "qui",
    "clicca qui",
    "leggi di più",
    "lees meer",
    "klik hier",
    "aqui",
    "leia mais",
];

/// Headings of lists of further stories, as plain words.
const FURTHER: &[&str] = &[
    "read also",
    "also read",
    "read more",
    "read next",
    "see also",
    "related",
    "related stories",
    "related articles",
    "more on this",
    "more on this topic",
    "more on the topic",
    "further reading",
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "mehr dazu",
    "auch interessant",
    "lire aussi",
    "à lire aussi",
    "lisez aussi",
    "lea también",
    "lee también",
    "leggi anche",
    "lees ook",
    "leia também",
];

pub(super) fn check(story: &Story<'_>, addresses: &dyn Addresses, findings: &mut Findings) {
    let mut known = Known { addresses, asked: HashMap::new(), ids: HashMap::new() };
    for (at, link) in story.body.links.iter().enumerate() {
        words(story, at, link, findings);
        address(story, at, link, &mut known, findings);
    }
    lists(story, findings);
}

/// Addresses that were asked for already: a story may link to one many times.
struct Known<'k, 's> {
    addresses: &'k dyn Addresses,
    asked: HashMap<&'s str, bool>,
    ids: HashMap<(&'s str, &'s str), bool>,
}

impl<'s> Known<'_, 's> {
    fn exists(&mut self, path: &'s str) -> bool {
        *self.asked.entry(path).or_insert_with(|| self.addresses.exists(path))
    }

    fn has_id(&mut self, path: &'s str, fragment: &'s str) -> bool {
        let addresses = self.addresses;
        *self.ids.entry((path, fragment)).or_insert_with(|| {
            addresses.has_id(path, fragment)
                || percent_decoded(fragment).is_some_and(|decoded| addresses.has_id(path, &decoded))
        })
    }
}

fn words(story: &Story<'_>, at: usize, link: &Link, findings: &mut Findings) {
    let words = &story.body.text[link.range.clone()];
    if words.is_empty() && !link.named {
        findings.wrong(
            "link-without-text",
            story.place_of_link(at),
            "The link has no words and no described picture, so nobody can choose it.",
            "Give it words that say where it leads, or delete it.",
        );
    } else if !link.named && VAGUE.contains(&plain_words(words).join(" ").as_str()) {
        findings.doubtful(
            "vague-link",
            story.place_of_link(at),
            "Its words do not say where the link leads.",
            "Link the words that name what readers will find.",
        );
    }
}

fn address<'s>(
    story: &'s Story<'_>,
    at: usize,
    link: &'s Link,
    known: &mut Known<'_, 's>,
    findings: &mut Findings,
) {
    let href = link.href.as_deref().unwrap_or_default().trim();
    let place = || story.place_of_link(at);
    if href.is_empty() || matches!(href, "#" | "http://" | "https://" | "mailto:") {
        let reason = "The link has no address.";
        return findings.wrong("empty-link", place(), reason, "Give it its address, or delete the link.");
    }
    if let Some(fragment) = href.strip_prefix('#') {
        if is_id(fragment) && !has_id(story, fragment) {
            let reason = format!("Nothing in the story is called {}.", quoted(fragment));
            findings.wrong(
                "dead-fragment",
                place(),
                reason,
                "Lead to something that is there, or delete the link.",
            );
        }
        return;
    }
    match target(href, story.manuscript.site) {
        Target::Inside(path) => {
            let fragment = href.split_once('#').map(|pair| pair.1).unwrap_or_default();
            if !known.exists(path) {
                let reason = format!("On this site there is nothing at {}.", quoted(path));
                findings.wrong("dead-link", place(), reason, "Correct the address, or delete the link.");
            } else if is_id(fragment) && !known.has_id(path, fragment) {
                let reason =
                    format!("Nothing on the page at {} is called {}.", quoted(path), quoted(fragment));
                findings.wrong(
                    "dead-fragment",
                    place(),
                    reason,
                    "Lead to something that is there, or to the page alone.",
                );
            }
        }
        Target::Script => findings.wrong(
            "script-link",
            place(),
            "The link does not lead to a page but carries a script or data.",
            "Give it the address of a page, or delete it.",
        ),
        Target::Relative => findings.doubtful(
            "relative-link",
            place(),
            "The address lacks its beginning, so it leads elsewhere from every page that shows the story.",
            "Write the whole address, or one that begins with a slash.",
        ),
        Target::Outside => {}
    }
}

/// "#/portal/…" opens a window of the site; "#top" is every page's beginning; "#:~:text=…" marks words.
fn is_id(fragment: &str) -> bool {
    !fragment.is_empty() && !fragment.starts_with(['/', ':', '!']) && fragment != "top"
}

fn has_id(story: &Story<'_>, fragment: &str) -> bool {
    let ids = &story.body.ids;
    ids.contains(fragment) || percent_decoded(fragment).is_some_and(|decoded| ids.contains(&decoded))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let pair = behind.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
enum Target<'h> {
    /// Below the publication's base: path without query and fragment.
    Inside(&'h str),
    Outside,
    Relative,
    Script,
}

fn target<'h>(href: &'h str, site: &str) -> Target<'h> {
    if let Some(rest) = href.strip_prefix("__GHOST_URL__") {
        return Target::Inside(path_of(rest));
    }
    let (host, base) = host_and_path(without_scheme(site));
    let base = base.trim_end_matches('/');
    if href.starts_with('/') && !href.starts_with("//") {
        // Outside of the publication's folder another program may answer.
        return below(href, base).map_or(Target::Outside, Target::Inside);
    }
    let scheme = href.split_once(':').map(|pair| pair.0).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    });
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("javascript" | "data" | "vbscript" | "file") => Target::Script,
        Some("http" | "https") => within(without_scheme(href), host, base),
        Some(_) => Target::Outside,
        None if href.starts_with("//") => within(&href[2..], host, base),
        None if href.starts_with('?') => Target::Outside,
        None => Target::Relative,
    }
}

fn within<'h>(address: &'h str, host: &str, base: &str) -> Target<'h> {
    let (its_host, path) = host_and_path(address);
    if host.is_empty() || !its_host.eq_ignore_ascii_case(host) {
        return Target::Outside;
    }
    below(path, base).map_or(Target::Outside, Target::Inside)
}

/// The path below the publication's folder.
fn below<'h>(path: &'h str, base: &str) -> Option<&'h str> {
    let rest = path.strip_prefix(base)?;
    (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then(|| path_of(rest))
}

fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |pair| pair.1)
}

fn host_and_path(address: &str) -> (&str, &str) {
    address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()))
}

fn path_of(rest: &str) -> &str {
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() { "/" } else { path }
}

/// A list under "Read also:" whose items lead nowhere.
fn lists(story: &Story<'_>, findings: &mut Findings) {
    let blocks = &story.body.blocks;
    for at in 0..blocks.len() {
        let heading = matches!(blocks[at].kind, Kind::Heading(_) | Kind::Paragraph);
        let text = story.body.block_text(at);
        if !heading || text.len() > 60 || !FURTHER.contains(&plain_words(text).join(" ").as_str()) {
            continue;
        }
        let Some(list) = blocks.get(at + 1).and_then(|next| next.list) else { continue };
        let items = blocks[at + 1..].iter().take_while(|block| block.list == Some(list));
        let (mut n, mut n_dead) = (0, 0);
        for item in items {
            n += 1;
            n_dead += usize::from(!is_linked(story, &item.range));
        }
        if n_dead > 0 {
            findings.wrong(
                "list-without-links",
                story.place(Spot::Block(at), &quoted(text)),
                format!("It promises further stories, but {n_dead} of its {n} items lead nowhere."),
                "Link each item to its story, or give the list the name of what it is.",
            );
        }
    }
}

fn is_linked(story: &Story<'_>, item: &std::ops::Range<usize>) -> bool {
    let links = &story.body.links;
    let first = links.partition_point(|link| link.range.end <= item.start);
    let link = links.get(first).filter(|link| link.range.start < item.end && !link.range.is_empty());
    link.is_some_and(|link| link.href.as_ref().is_some_and(|href| !matches!(href.trim(), "" | "#")))
}
