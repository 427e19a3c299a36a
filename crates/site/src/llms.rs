//! The publication for machines that read: `llms.txt`, `llms-full.txt` and each entry as Markdown.
//!
//! Lists are made for a reader who is not signed in, whoever asks; nothing that only members may read is in them.

use http::header::{CACHE_CONTROL, CONTENT_LOCATION, VARY};
use http::{HeaderValue, Method, StatusCode};
use model::{Limit, Post, PostKind, Reader, Visibility};
use store::PostKey;
use web::exchange::{redirect, respond, set};

use crate::answer::Miss;
use crate::markdown;
use crate::pages::Made;
use crate::visit::{Parameters, Visit};

/// Bytes of the index and of the file with all texts.
const INDEX_BYTES: usize = 50 * 1024;
const FULL_BYTES: usize = 5 * 1024 * 1024;
const N_PAGES: u32 = 20;
const N_FULL_POSTS: usize = 500;
/// Posts read at a time.
const BATCH: u32 = 100;
/// UTF-16 units of a description.
const DESCRIPTION_UNITS: usize = 300;

const HOW: &str =
    "Append `.md` to any post or page URL to get the content in Markdown (for example, `/example-post.md`).";
const INDEX_INTRO: &str = "Public Ghost content for AI and LLM tooling. Use `/llms-full.txt` for consolidated page \
                           and post context.";
const FULL_INTRO: &str = "Public Ghost content for AI and LLM tooling. This file includes a bounded export of public \
                          pages first, then recent public posts.";
const NOTHING: &str = "_No public content available._";
const TOO_LONG: &str =
    "\n_Truncated after 5 MiB. Use `/sitemap.xml` for the complete archive of public content._\n";
const TOO_MANY: &str = "\n_Includes the latest 500 public posts. Use `/sitemap.xml` for the complete archive of public content._\n";
const MEMBERS_ONLY: &str = "# Members-only content\n\nThis post requires a subscription and is not available for public \
                            access.\n";

/// Whether the publication offers these texts.
fn is_on(visit: &Visit<'_>) -> bool {
    let settings = &visit.state.facts.settings;
    !settings.is_on("is_private") && settings.raw("llms_enabled") != Some("false")
}

/// The index or the file with all texts, if the request is for one.
pub fn file(visit: &Visit<'_>) -> Option<Made> {
    if !matches!(visit.request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let path = visit.request.path.trim_end_matches('/');
    let is_full = match path.strip_prefix("/.well-known").unwrap_or(path) {
        "/llms.txt" => false,
        "/llms-full.txt" => true,
        _ => return None,
    };
    if !is_on(visit) {
        if visit.state.facts.settings.is_on("is_private") {
            return None;
        }
        let front = format!("{}/", visit.state.facts.site.subdirectory());
        return Some(redirect(StatusCode::FOUND, &front, "public, max-age=0").into());
    }
    let anonymous = Visit { reader: &Reader::Anonymous, shows_member: false, ..*visit };
    let text = if is_full { full(&anonymous) } else { index(&anonymous) };
    let mut response = match text {
        Ok(text) => {
            let mut response = respond(StatusCode::OK, "text/plain; charset=utf-8", text);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            response
        }
        Err(error) => {
            tracing::error!(%error, "a text for machines cannot be made");
            return Some(visit.miss(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"));
        }
    };
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    Some(Made { keep: true, ..Made::from(response) })
}

fn heading(visit: &Visit<'_>) -> String {
    let facts = &visit.state.facts;
    let filled = |key| facts.settings.text(key).filter(|text| !text.is_empty());
    let title = filled("title").unwrap_or_else(|| facts.site.host());
    let description = filled("meta_description").or_else(|| filled("description"));
    format!("# {title}\n> {}", description.unwrap_or("Public Ghost publication content."))
}

/// A stretch of what can be listed, with whether more follow.
fn batch(visit: &Visit<'_>, kind: PostKind, number: u32, limit: u32) -> store::Result<(Vec<Post>, bool)> {
    let parameters = Parameters {
        order: Some(if kind == PostKind::Page { "id asc" } else { "published_at desc" }),
        limit: Some(Limit::Rows(limit)),
        page: Some(number),
        include: "tiers",
        plaintext: true,
        ..Parameters::default()
    };
    let mut listing = visit.posts(kind, &parameters)?;
    let more = listing.pagination.pages > number;
    listing
        .items
        .retain(|post| !visit.state.facts.permalinks.post(post).ends_with(model::permalink::NOWHERE));
    Ok((listing.items, more))
}

fn path_of(visit: &Visit<'_>, post: &Post) -> String {
    crate::paths::encode(&visit.state.facts.permalinks.post(post))
}

/// Where a path's Markdown stands.
fn markdown_path(path: &str) -> String {
    if path == "/" {
        "/index.md".to_owned()
    } else {
        format!("{}.md", path.strip_suffix('/').unwrap_or(path))
    }
}

fn index(visit: &Visit<'_>) -> store::Result<String> {
    let site = &visit.state.facts.site;
    let line = |post: &Post| {
        let address = site.join(&markdown_path(&path_of(visit, post)));
        let text = post.custom_excerpt.as_deref().filter(|text| !text.is_empty());
        // Of gated ones only what was written for all.
        let beginning = post.plaintext.as_deref().filter(|_| post.access);
        let description = shortened(text.or(beginning).unwrap_or_default());
        let dash = if description.is_empty() { "" } else { " - " };
        format!("- [{}]({address}){dash}{description}", post.title)
    };
    let (mut pages, _) = batch(visit, PostKind::Page, 1, N_PAGES)?;
    pages.sort_by_cached_key(|page| path_of(visit, page));
    let pages: Vec<String> = pages.iter().map(line).collect();
    let pages = if pages.is_empty() { NOTHING.to_owned() } else { pages.join("\n") };
    let before = format!("{}\n{INDEX_INTRO}\n{HOW}\n\n## Pages\n{pages}\n\n## Posts\n", heading(visit));
    let mut after = "\n\n## Optional\n".to_owned();
    if let Some(feed) = visit.state.routes.main_feed() {
        after.push_str(&format!("- [RSS Feed]({})\n", site.join(&feed)));
    }
    after.push_str(&format!("- [Sitemap]({})\n", site.join("/sitemap.xml")));
    after.push_str(&format!("- [Full content of pages and posts]({})", site.join("/llms-full.txt")));
    let budget = INDEX_BYTES.saturating_sub(before.len() + after.len());
    let mut posts = String::new();
    let mut number = 1;
    'all: loop {
        let (found, more) = batch(visit, PostKind::Post, number, BATCH)?;
        for post in &found {
            let line = line(post);
            if posts.len() + line.len() + 1 > budget {
                break 'all;
            }
            posts.push_str(&line);
            posts.push('\n');
        }
        if !more {
            break;
        }
        number += 1;
    }
    let posts = if posts.is_empty() { NOTHING } else { posts.trim_end_matches('\n') };
    Ok(format!("{}\n", format!("{before}{posts}{after}").trim()))
}

fn full(visit: &Visit<'_>) -> store::Result<String> {
    let budget = FULL_BYTES - TOO_LONG.len().max(TOO_MANY.len());
    let mut text = format!("{}\n{FULL_INTRO}\n{HOW}\n", heading(visit));
    let mut is_long = false;
    let mut is_many = false;
    for (title, kind, most) in
        [("Pages", PostKind::Page, N_PAGES as usize), ("Posts", PostKind::Post, N_FULL_POSTS)]
    {
        text.push_str(&format!("## {title}\n"));
        is_many = false;
        let (mut n, mut number, mut more) = (0, 1, true);
        while more && !is_long && !is_many {
            let (found, has_more) = batch(visit, kind, number, BATCH)?;
            more = has_more;
            if found.is_empty() && number == 1 {
                text.push_str(NOTHING);
                text.push('\n');
                break;
            }
            for post in &found {
                if n >= most {
                    is_many = true;
                    break;
                }
                let entry = full_entry(visit, post);
                if text.len() + entry.len() + 1 > budget {
                    is_long = true;
                    break;
                }
                text.push_str(&entry);
                text.push('\n');
                n += 1;
            }
            is_many |= n >= most && more;
            number += 1;
        }
        if is_long {
            break;
        }
    }
    if is_long {
        text.push_str(TOO_LONG);
    } else if is_many {
        text.push_str(TOO_MANY);
    }
    Ok(format!("{}\n", text.trim_end()))
}

fn full_entry(visit: &Visit<'_>, post: &Post) -> String {
    let address = visit.state.facts.site.join(&path_of(visit, post));
    let at = model::dates::to_json(post.updated_at.or(post.published_at).unwrap_or(post.created_at));
    let mut body = body(post);
    if post.visibility != Visibility::Public {
        if body.is_empty() {
            body = shortened(post.custom_excerpt.as_deref().unwrap_or_default());
        }
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        body.push_str(&format!("_{}_", notice(post)));
    } else if body.is_empty() {
        body.push_str("_No content available._");
    }
    format!("### {}\nURL: {address}\nLast updated: {at}\n{body}", post.title)
}

/// What this reader may read of the entry.
fn body(post: &Post) -> String {
    let html = post.html.as_deref().unwrap_or_default();
    let text = markdown::of_html(html);
    if text.is_empty() { collapsed(&document::plaintext(html)) } else { text }
}

fn notice(post: &Post) -> String {
    let what = if post.kind == PostKind::Page { "page" } else { "post" };
    let names: Vec<&str> = match post.visibility {
        Visibility::Tiers => post.tiers.iter().flatten().map(|tier| tier.name.as_str()).collect(),
        Visibility::Paid => Vec::new(),
        _ => return format!("This {what} is for subscribers only."),
    };
    match names.as_slice() {
        [] => format!("This {what} is for paying subscribers only."),
        [one] => format!("This {what} is for subscribers on the {one} tier only."),
        [first @ .., last] => {
            format!("This {what} is for subscribers on the {} and {last} tiers only.", first.join(", "))
        }
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A description of bounded length.
fn shortened(text: &str) -> String {
    let text = collapsed(text);
    let mut units = 0;
    let mut cut = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units < DESCRIPTION_UNITS {
            cut = at + c.len_utf8();
        }
        if units > DESCRIPTION_UNITS {
            return format!("{}…", text[..cut].trim_end());
        }
    }
    text
}

/// An entry as Markdown, if the path is that of one with `.md`.
pub fn entry(visit: &Visit<'_>, path: &str) -> Result<Made, Miss> {
    let front = path.trim_end_matches('/').strip_suffix(".md").ok_or(Miss::Nothing)?;
    if front.is_empty() || front.ends_with('/') {
        return Err(Miss::Nothing);
    }
    if crate::gift::is_asked(visit.request) {
        // A gift opens pages only.
        return Ok(crate::gift::without(visit));
    }
    let path = format!("{front}/");
    let post = find(visit, &path)?.ok_or(Miss::Nothing)?;
    let site = &visit.state.facts.site;
    let path = path_of(visit, &post);
    if !is_on(visit) {
        let to = format!("{}{path}", site.subdirectory());
        let mut response = redirect(StatusCode::FOUND, &to, "public, max-age=0");
        crate::answer::speak_of_redirect(&mut response);
        return Ok(response.into());
    }
    let is_public = post.visibility == Visibility::Public;
    let mut response = if !is_public && post.access {
        // The whole text must not get into a cache that all share.
        respond(StatusCode::FORBIDDEN, "text/markdown; charset=utf-8", MEMBERS_ONLY)
    } else {
        let text = entry_text(visit, &post, &site.join(&path));
        let mut response = respond(StatusCode::OK, "text/markdown; charset=utf-8", text);
        set(&mut response, CONTENT_LOCATION, &format!("{}{}", site.subdirectory(), markdown_path(&path)));
        response
    };
    let is_personal = visit.names_the_member(response.body());
    visit.say_who_keeps(&mut response, is_personal);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    let keep = response.status() == StatusCode::OK && !is_personal;
    Ok(Made { keep, ..Made::from(response) })
}

fn find(visit: &Visit<'_>, path: &str) -> store::Result<Option<Post>> {
    for collection in &visit.state.routes.collections {
        let key = collection.permalink.find(path);
        let key = match &key {
            Some(model::permalink::Found::Slug(slug)) => PostKey::Slug(slug),
            Some(model::permalink::Found::Id(id)) => PostKey::Id(id),
            None => continue,
        };
        if let Some(post) = visit.read(PostKind::Post, key)? {
            // Of whatever form: unlike pages, this door asks neither for the owner nor for the right date.
            return Ok(Some(visit.opened(post)));
        }
    }
    let slug = path.trim_matches('/');
    if slug.contains('/') {
        return Ok(None);
    }
    Ok(visit.read(PostKind::Page, PostKey::Slug(slug))?.map(|post| visit.opened(post)))
}

fn entry_text(visit: &Visit<'_>, post: &Post, address: &str) -> String {
    let site = &visit.state.facts.site;
    let title = if post.title.is_empty() { "Untitled" } else { &post.title };
    let mut text = format!(
        "> ## Content Index\n> Fetch the complete content index at: {}\n> Use this file to discover other available \
         public pages before exploring further.\n\n# {title}\n- URL: {address}\n",
        site.join("/llms.txt")
    );
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("- {name}: {value}\n"));
        }
    };
    add("Published", &post.published_at.map(model::dates::to_json).unwrap_or_default());
    add("Updated", &post.updated_at.map(model::dates::to_json).unwrap_or_default());
    add("Description", &collapsed(post.custom_excerpt.as_deref().unwrap_or_default()));
    add("Author", post.primary_author().map_or("", |author| &author.name));
    let tags: Vec<&str> = post.tags.iter().flatten().map(|tag| tag.name.as_str()).collect();
    add("Tags", &tags.join(", "));
    text.push('\n');
    let body = body(post);
    if post.visibility == Visibility::Public {
        text.push_str(if body.is_empty() { "_No content available._" } else { &body });
        return text;
    }
    if !body.is_empty() {
        text.push_str(&body);
        text.push_str("\n\n---\n\n");
    }
    text.push_str(&format!("_{}_\n\nSubscribe: {}", notice(post), site.join("/#/portal/signup")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_bounded() {
        assert_eq!(shortened(" a \n b "), "a b");
        let long = shortened(&"ä".repeat(301));
        assert_eq!((long.chars().count(), long.ends_with('…')), (300, true));
        assert_eq!(shortened(&"x".repeat(300)).len(), 300);
    }

    #[test]
    fn paths() {
        assert_eq!(markdown_path("/a/b/"), "/a/b.md");
        assert_eq!(markdown_path("/"), "/index.md");
    }
}
