//! Tags by which social networks make a card of a page: Open Graph, and those of X, formerly Twitter.

use super::facts::Head;
use super::head_lines::{Lines, meta};
use super::profiles::profile_url;

/// Writes the tags, in Ghost's order.
pub(super) fn push_social(lines: &mut Lines, facts: &Head<'_>) {
    let mut tag = |name: &str, content: Option<&str>| {
        if let Some(content) = content {
            lines.line(|out| meta(out, name, content));
        }
    };
    let facebook = |name: Option<&str>| name.and_then(|name| profile_url("facebook", name));
    tag("og:site_name", facts.site_title);
    tag("og:type", Some(facts.kind));
    tag("og:title", Some(facts.og_title));
    tag("og:description", facts.og_description);
    tag("og:url", Some(facts.canonical_url));
    tag("og:image", facts.og_image.url.or(facts.cover.url));
    tag("article:published_time", facts.published_at);
    tag("article:modified_time", facts.modified_at);
    if let Some(keywords) = facts.keywords {
        for keyword in keywords.iter().filter(|keyword| !keyword.is_empty()) {
            tag("article:tag", Some(keyword));
        }
        lines.empty();
    }
    let mut tag = |name: &str, content: Option<&str>| {
        if let Some(content) = content {
            lines.line(|out| meta(out, name, content));
        }
    };
    tag("article:publisher", facebook(facts.site_facebook).as_deref());
    tag("article:author", facebook(facts.author_facebook).as_deref());
    let picture = facts.twitter_image.url.or(facts.cover.url);
    tag("twitter:card", Some(if picture.is_some() { "summary_large_image" } else { "summary" }));
    tag("twitter:title", Some(facts.twitter_title));
    tag("twitter:description", facts.twitter_description);
    tag("twitter:url", Some(facts.canonical_url));
    tag("twitter:image", picture);
    if facts.author_name.is_some() {
        tag("twitter:label1", Some("Written by"));
        tag("twitter:data1", facts.author_name);
    }
    if let Some(keywords) = facts.keywords {
        tag("twitter:label2", Some("Filed under"));
        tag("twitter:data2", Some(&keywords.join(", ")));
    }
    tag("twitter:site", facts.site_twitter);
    tag("twitter:creator", facts.creator_twitter);
    if let Some((width, height)) = facts.og_image.size.or(facts.cover.size) {
        tag("og:image:width", Some(&width.to_string()));
        tag("og:image:height", Some(&height.to_string()));
    }
}
