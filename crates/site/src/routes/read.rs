//! Reads `routes.yaml`: every value is checked here, so that the router meets only routes that make sense.
//!
//! The rules are Ghost 6.65's; a fault names the line, the place in Ghost's notation and Ghost's error code, in words
//! of our own. Keys that no rule knows are passed over, as Ghost does, with a word in the log.

use model::Limit;
use model::permalink::Pattern;

use super::{Collection, Data, DataQuery, List, Resource, Route, Routes, StaticRoute};
use crate::yaml::{self, Node, Yaml};

/// Why a file of routes cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("routes.yaml, line {line}, {at}: {reason}")]
pub struct Fault {
    /// Where, from 1.
    pub line: usize,
    /// The place: `collections['/blog/'].permalink`.
    pub at: String,
    /// What is wrong, and what would be right.
    pub reason: String,
    /// Ghost's word for this kind of fault.
    pub code: &'static str,
}

const SETTINGS: &str = "INVALID_ROUTE_SETTINGS";
const PATH: &str = "INVALID_PATH";
const PERMALINK: &str = "INVALID_PERMALINK";
const TAXONOMY: &str = "INVALID_TAXONOMY";
const TEMPLATE: &str = "INVALID_TEMPLATE";
const RESOURCE: &str = "INVALID_RESOURCE";
const DATA: &str = "INVALID_DATA";

/// Names that a route's data may not have.
const RESERVED: [&str; 11] = [
    "resource",
    "type",
    "limit",
    "order",
    "include",
    "filter",
    "status",
    "visibility",
    "slug",
    "redirect",
    "author",
];

/// Routes as a file says them. A section that is absent has no entries: without `taxonomies` tags stand nowhere.
pub fn routes(text: &str) -> Result<Routes, Fault> {
    let root = yaml::parse(text).map_err(|fault| Fault {
        line: fault.line,
        at: "routes.yaml".into(),
        reason: fault.message,
        code: "YAML_PARSER_ERROR",
    })?;
    let here = At(String::new());
    let sections = match &root.value {
        Yaml::Null => &[][..],
        Yaml::Map(sections) => sections,
        _ => return Err(here.wrong(&root, "a map of `routes`, `collections` and `taxonomies`", SETTINGS)),
    };
    let mut routes = Routes { routes: Vec::new(), collections: Vec::new(), tag: None, author: None };
    // All sections are maps, or nothing, before any is read: the coarser fault is the one to mend first.
    for (name, section) in sections {
        let known = matches!(name.as_str(), "routes" | "collections" | "taxonomies");
        if !known {
            tracing::warn!(
                line = section.line,
                section = name,
                "routes.yaml: an unknown section is passed over"
            );
        } else if !matches!(section.value, Yaml::Null | Yaml::Map(_)) {
            return Err(here.to(name).wrong(section, "a map of paths", SETTINGS));
        }
    }
    let entries = |name: &str| match root.field(name).map(|section| &section.value) {
        Some(Yaml::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    for (key, value) in entries("taxonomies") {
        let at = here.to("taxonomies").to(key);
        if !matches!(value.value, Yaml::Text(_)) {
            return Err(at.wrong(value, &format!("a permalink such as /{key}/{{slug}}/"), PERMALINK));
        }
    }
    for (path, value) in entries("routes") {
        routes.routes.push(route(&here.to("routes").to(path), path, value)?);
    }
    for (path, value) in entries("collections") {
        routes.collections.push(collection(&here.to("collections").to(path), path, value)?);
    }
    for (key, value) in entries("taxonomies") {
        let at = here.to("taxonomies").to(key);
        let Yaml::Text(permalink) = &value.value else { continue };
        let place = match key.as_str() {
            "tag" => &mut routes.tag,
            "author" => &mut routes.author,
            _ => return Err(at.fault(value, "only `tag` and `author` are taxonomies", TAXONOMY)),
        };
        *place = Some(self::permalink(&at, value, permalink)?);
    }
    Ok(routes)
}

fn route(at: &At, path: &str, node: &Node) -> Result<Route, Fault> {
    check_path(at, node, path, PATH)?;
    let no_template =
        || at.fault(node, &format!("name a template, as in `{path}: about`, or data or a type"), TEMPLATE);
    match &node.value {
        Yaml::Null => return Err(no_template()),
        Yaml::Text(template) => {
            let templates = vec![template.clone()];
            let path = path.to_owned();
            return Ok(Route::Static(StaticRoute { path, templates, data: Vec::new(), content_type: None }));
        }
        Yaml::Map(_) => {}
        _ => return Err(at.wrong(node, "a template's name or a map of options", SETTINGS)),
    }
    let known = ["controller", "template", "data", "content_type", "filter", "order", "limit", "rss"];
    warn_of_unknown(at, node, &known);
    let is_channel = match given(node, "controller").map(|controller| (&controller.value, controller)) {
        None => false,
        Some((Yaml::Text(name), _)) if name == "channel" => true,
        Some((_, controller)) => {
            return Err(at.to("controller").wrong(controller, "`channel`, the only controller", SETTINGS));
        }
    };
    let list = list(at, path, node)?;
    if is_channel {
        return Ok(Route::Channel(list));
    }
    let content_type = text(at, node, "content_type")?;
    if list.templates.is_empty() && given(node, "data").is_none() && content_type.is_none() {
        return Err(no_template());
    }
    Ok(Route::Static(StaticRoute {
        path: list.path,
        templates: list.templates,
        data: list.data,
        content_type,
    }))
}

fn collection(at: &At, path: &str, node: &Node) -> Result<Collection, Fault> {
    check_path(at, node, path, PATH)?;
    if !matches!(node.value, Yaml::Map(_)) {
        return Err(at.wrong(node, "a map of options such as `permalink: /{slug}/`", SETTINGS));
    }
    warn_of_unknown(at, node, &["permalink", "template", "data", "filter", "order", "limit", "rss"]);
    let list = list(at, path, node)?;
    let permalink = match given(node, "permalink") {
        None => return Err(at.fault(node, "a collection needs a permalink such as /{slug}/", PERMALINK)),
        Some(given) => match &given.value {
            Yaml::Text(permalink) => self::permalink(&at.to("permalink"), given, permalink)?,
            _ => return Err(at.to("permalink").wrong(given, "a path such as /{slug}/", PERMALINK)),
        },
    };
    Ok(Collection { list, permalink })
}

/// What routes and collections have in common.
fn list(at: &At, path: &str, node: &Node) -> Result<List, Fault> {
    let limit = match given(node, "limit").map(|limit| (&limit.value, limit)) {
        None | Some((Yaml::Null, _)) => None,
        Some((Yaml::Number(number), limit)) if *number < 1.0 => {
            let fault = at.to("limit").wrong(limit, "a number of posts from 1, or `all`", SETTINGS);
            tracing::warn!("{fault}; one post a page is shown");
            Some(Limit::Rows(1))
        }
        Some((value, limit)) => Some(
            self::limit(value)
                .ok_or_else(|| at.to("limit").wrong(limit, "a number of posts, or `all`", SETTINGS))?,
        ),
    };
    let rss = match given(node, "rss").map(|rss| (&rss.value, rss)) {
        None | Some((Yaml::Null, _)) => true,
        Some((Yaml::Bool(rss), _)) => *rss,
        Some((_, rss)) => return Err(at.to("rss").wrong(rss, "true or false", SETTINGS)),
    };
    if let Some(fault) = broken_filter(at, node) {
        tracing::warn!("{fault}; its pages answer with an error until this is mended");
    }
    Ok(List {
        name: super::name_of_path(path),
        path: path.to_owned(),
        filter: text(at, node, "filter")?,
        order: text(at, node, "order")?,
        limit,
        templates: templates(&at.to("template"), given(node, "template"))?,
        data: match given(node, "data") {
            Some(data) => self::data(&at.to("data"), data)?,
            None => Vec::new(),
        },
        rss,
    })
}

/// What is wrong with the filter of a list, if it cannot be read; `%s` stands for a slug that only a visit tells.
fn broken_filter(at: &At, node: &Node) -> Option<Fault> {
    let filter = given(node, "filter")?;
    let Yaml::Text(text) = &filter.value else { return None };
    if text.is_empty() {
        return None;
    }
    let error = nql::Filter::parse(&text.replace("%s", "slug"), jiff::Timestamp::UNIX_EPOCH).err()?;
    Some(at.to("filter").fault(filter, &format!("the filter `{text}` cannot be read: {error}"), SETTINGS))
}

fn limit(value: &Yaml) -> Option<Limit> {
    match value {
        Yaml::Text(all) if all == "all" => Some(Limit::All),
        Yaml::Text(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Limit::Rows(digits.parse().unwrap_or(u32::MAX).max(1)))
        }
        // Less than one post a page is no limit to the store: one is the least.
        Yaml::Number(number) if number.is_finite() => {
            Some(Limit::Rows(number.clamp(1.0, f64::from(u32::MAX)) as u32))
        }
        _ => None,
    }
}

fn templates(at: &At, node: Option<&Node>) -> Result<Vec<String>, Fault> {
    let Some(node) = node else { return Ok(Vec::new()) };
    let wrong = || at.wrong(node, "a template's name, or a list of names", SETTINGS);
    match &node.value {
        Yaml::Null => Ok(Vec::new()),
        Yaml::Text(name) if name.is_empty() => Ok(Vec::new()),
        Yaml::Text(name) => Ok(vec![name.clone()]),
        Yaml::List(items) => items
            .iter()
            .map(|item| match &item.value {
                Yaml::Text(name) => Ok(name.clone()),
                _ => Err(at.wrong(item, "a template's name", SETTINGS)),
            })
            .collect(),
        _ => Err(wrong()),
    }
}

fn data(at: &At, node: &Node) -> Result<Vec<Data>, Fault> {
    let entries = match &node.value {
        Yaml::Text(short) => return Ok(vec![short_data(at, node, short, None)?]),
        Yaml::Map(entries) => entries,
        _ => return Err(at.wrong(node, "a short form such as tag.recipes, or a map of names", DATA)),
    };
    if let Some((name, node)) = entries.iter().find(|(name, _)| RESERVED.contains(&name.as_str())) {
        let reason = format!("`{name}` is a reserved word; put what you want under a name of your own");
        return Err(at.to(name).fault(node, &reason, DATA));
    }
    entries
        .iter()
        .map(|(name, node)| match &node.value {
            Yaml::Text(short) => short_data(&at.to(name), node, short, Some(name)),
            Yaml::Map(_) => long_data(&at.to(name), node, name),
            _ => Err(at.to(name).wrong(node, "a short form such as tag.recipes, or a map", DATA)),
        })
        .collect()
}

/// `tag.recipes`: one thing by its slug.
fn short_data(at: &At, node: &Node, short: &str, name: Option<&str>) -> Result<Data, Fault> {
    let parts = short.split_once('.').filter(|(key, slug)| {
        let word = |text: &str, dash: bool| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || dash && byte == b'-')
        };
        word(key, false) && (*slug == "%s" || word(slug, true))
    });
    let Some((key, slug)) = parts else {
        let reason = format!("`{short}` is no short form; write resource.slug, as in tag.recipes");
        return Err(at.fault(node, &reason, DATA));
    };
    let resource = match key {
        "tag" => Resource::Tags,
        "page" => Resource::Pages,
        "post" => Resource::Posts,
        "author" => Resource::Authors,
        _ => {
            let reason = format!("`{key}` is not supported here; use tag, page, post or author");
            return Err(at.fault(node, &reason, RESOURCE));
        }
    };
    let query = DataQuery::Read { slug: slug.to_owned(), redirect: true };
    Ok(Data { name: name.unwrap_or(key).to_owned(), resource, query, place: at.place(node) })
}

fn long_data(at: &At, node: &Node, name: &str) -> Result<Data, Fault> {
    let word = |key: &str| match given(node, key) {
        Some(Node { value: Yaml::Text(text), .. }) => Some(text.as_str()),
        _ => None,
    };
    let is_read = match word("type") {
        Some("read") => true,
        Some("browse") => false,
        _ => {
            return Err(at.fault(given(node, "type").unwrap_or(node), "`type` must be read or browse", DATA));
        }
    };
    let resource = match word("resource") {
        Some("tags") => Resource::Tags,
        Some("posts") => Resource::Posts,
        Some("pages") => Resource::Pages,
        Some("authors") => Resource::Authors,
        _ => {
            let place = given(node, "resource").unwrap_or(node);
            return Err(at.fault(place, "`resource` must be tags, posts, pages or authors", RESOURCE));
        }
    };
    if is_read {
        let Some(slug) = word("slug").filter(|slug| !slug.is_empty()) else {
            let place = given(node, "slug").unwrap_or(node);
            return Err(at.fault(place, "data of the type read needs a `slug`", DATA));
        };
        let redirect = match given(node, "redirect").map(|redirect| (&redirect.value, redirect)) {
            None => true,
            Some((Yaml::Bool(redirect), _)) => *redirect,
            Some((_, redirect)) => return Err(at.to("redirect").wrong(redirect, "true or false", DATA)),
        };
        let query = DataQuery::Read { slug: slug.to_owned(), redirect };
        let place = at.place(given(node, "slug").unwrap_or(node));
        return Ok(Data { name: name.to_owned(), resource, query, place });
    }
    let mut options = Vec::new();
    for key in ["filter", "order", "include", "fields", "visibility", "status"] {
        let value = text(at, node, key).map_err(|fault| Fault { code: DATA, ..fault })?;
        options.extend(value.map(|value| (key.to_owned(), value)));
    }
    match given(node, "limit").map(|limit| (&limit.value, limit)) {
        None | Some((Yaml::Null, _)) => {}
        Some((value, place)) => {
            let limit =
                limit(value).ok_or_else(|| at.to("limit").wrong(place, "a number, or `all`", DATA))?;
            let limit = match limit {
                Limit::All => "all".to_owned(),
                Limit::Rows(rows) => rows.to_string(),
            };
            options.push(("limit".to_owned(), limit));
        }
    }
    match given(node, "page").map(|page| (&page.value, page)) {
        None => {}
        Some((Yaml::Number(page), _)) => options.push(("page".to_owned(), format!("{}", page.trunc()))),
        Some((_, page)) => return Err(at.to("page").wrong(page, "a number", DATA)),
    }
    Ok(Data { name: name.to_owned(), resource, query: DataQuery::Browse(options), place: at.place(node) })
}

/// A permalink: slashes at both ends, tokens in braces.
fn permalink(at: &At, node: &Node, text: &str) -> Result<Pattern, Fault> {
    check_path(at, node, text, PERMALINK)?;
    let in_colons = text.split('/').any(|part| {
        part.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    });
    if in_colons {
        let parts: Vec<String> = text
            .split('/')
            .map(|part| part.strip_prefix(':').map_or_else(|| part.to_owned(), |name| format!("{{{name}}}")))
            .collect();
        let reason = format!("tokens stand in braces here: write {}", parts.join("/"));
        return Err(at.fault(node, &reason, PERMALINK));
    }
    if !names_one(text) {
        let reason = format!("`{text}` is the same address for all: put {{slug}} or {{id}} into it");
        tracing::warn!("{}", at.fault(node, &reason, PERMALINK));
    }
    Ok(Pattern::parse(text))
}

/// Whether a permalink gives each post, tag or author an address of its own.
fn names_one(permalink: &str) -> bool {
    permalink.contains("{slug}") || permalink.contains("{id}")
}

fn check_path(at: &At, node: &Node, path: &str, code: &'static str) -> Result<(), Fault> {
    let missing = match (path.starts_with('/'), path.ends_with('/')) {
        (true, true) => return Ok(()),
        (false, _) => "in front",
        (true, false) => "at the end",
    };
    Err(at.fault(node, &format!("`{path}` lacks the slash {missing}; write a path such as /blog/"), code))
}

/// An optional text; an empty value counts as none.
fn text(at: &At, node: &Node, key: &str) -> Result<Option<String>, Fault> {
    match given(node, key).map(|value| (&value.value, value)) {
        None | Some((Yaml::Null, _)) => Ok(None),
        Some((Yaml::Text(text), _)) => Ok(Some(text.clone())),
        Some((_, value)) => Err(at.to(key).wrong(value, "text", SETTINGS)),
    }
}

/// What was written for a key, nothing included.
fn given<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Yaml::Map(fields) = &node.value else { return None };
    fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

fn warn_of_unknown(at: &At, node: &Node, known: &[&str]) {
    let Yaml::Map(fields) = &node.value else { return };
    for (name, value) in fields.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        tracing::warn!(
            line = value.line,
            at = at.0,
            "routes.yaml: the unknown option `{name}` is passed over"
        );
    }
}

/// A place in the file, in Ghost's notation.
struct At(String);

impl At {
    fn to(&self, key: &str) -> At {
        let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        At(match (plain, self.0.is_empty()) {
            (true, true) => key.to_owned(),
            (true, false) => format!("{}.{key}", self.0),
            (false, _) => format!("{}['{}']", self.0, key.replace('\\', "\\\\").replace('\'', "\\'")),
        })
    }

    /// For who reads the log.
    fn place(&self, node: &Node) -> String {
        format!("routes.yaml, line {}, {}", node.line, self.0)
    }

    fn fault(&self, node: &Node, reason: &str, code: &'static str) -> Fault {
        let at = if self.0.is_empty() { "routes.yaml".to_owned() } else { self.0.clone() };
        Fault { line: node.line, at, reason: reason.to_owned(), code }
    }

    fn wrong(&self, node: &Node, expected: &str, code: &'static str) -> Fault {
        self.fault(node, &format!("{expected} is expected here, but {} was given", node.describe()), code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file() {
        let routes = routes(
            "routes:\n  /about/team/: team\n  /x/:slug/:\n    controller: channel\n    template: [a, b]\n    filter: tag:%s\n    \
             limit: '7'\n    rss: false\n    data: tag.%s\n  /feed.xml/:\n    template: feed\n    content_type: text/xml\n    \
             data:\n      news:\n        type: browse\n        resource: posts\n        limit: all\ncollections:\n  /:\n    \
             permalink: /{year}/{slug}/\n    filter:\ntaxonomies:\n  tag: /topic/{slug}/\n",
        )
        .unwrap();
        let Route::Static(team) = &routes.routes[0] else { panic!() };
        assert_eq!(team.templates, ["team"]);
        let Route::Channel(channel) = &routes.routes[1] else { panic!() };
        assert_eq!(
            (channel.name.as_str(), channel.limit, channel.rss),
            ("x:slug", Some(Limit::Rows(7)), false)
        );
        assert_eq!(channel.templates, ["a", "b"]);
        assert!(matches!(&channel.data[0].query, DataQuery::Read { slug, redirect: true } if slug == "%s"));
        let Route::Static(feed) = &routes.routes[2] else { panic!() };
        assert_eq!(feed.content_type.as_deref(), Some("text/xml"));
        assert!(matches!(&feed.data[0].query, DataQuery::Browse(options) if options[0].1 == "all"));
        assert_eq!(routes.collections[0].permalink.as_str(), "/{year}/{slug}/");
        assert_eq!(routes.collections[0].list.filter, None);
        assert!(routes.author.is_none());
        assert_eq!(routes.tag.unwrap().as_str(), "/topic/{slug}/");
    }

    #[test]
    fn a_broken_filter_is_named_with_its_line() {
        let fault = |filter: &str| {
            let root = yaml::parse(&format!("a: b\nfilter: \"{filter}\"")).unwrap();
            broken_filter(&At(String::new()).to("routes").to("/x/"), &root)
        };
        let broken = fault("tag:[").expect("it cannot be read");
        assert_eq!((broken.line, broken.at.as_str()), (2, "routes['/x/'].filter"));
        assert!(broken.reason.contains("`tag:[`"), "{broken}");
        for sound in ["", "tag:%s", "tag:[ab,cd]+featured:true", "primary_author:%s,tag:-hash-x"] {
            assert_eq!(fault(sound), None, "{sound}");
        }
    }

    #[test]
    fn a_permalink_names_one_post() {
        for (permalink, one) in
            [("/{slug}/", true), ("/{year}/{id}/", true), ("/blog/", false), ("/{year}/{month}/", false)]
        {
            assert_eq!(names_one(permalink), one, "{permalink}");
        }
    }

    #[test]
    fn faults_name_line_place_and_code() {
        for (text, line, at, code) in [
            ("hello", 1, "routes.yaml", SETTINGS),
            ("routes: hello", 1, "routes", SETTINGS),
            ("routes:\n  about/: x", 2, "routes['about/']", PATH),
            ("routes:\n  /about: x", 2, "routes['/about']", PATH),
            ("routes:\n  /about/:\n", 2, "routes['/about/']", TEMPLATE),
            ("routes:\n  /about/:\n    controller: tv", 3, "routes['/about/'].controller", SETTINGS),
            ("routes:\n  /a/:\n    template: a\n    limit: -x", 4, "routes['/a/'].limit", SETTINGS),
            ("routes:\n  /a/:\n    data: tag", 3, "routes['/a/'].data", DATA),
            ("routes:\n  /a/:\n    data: tier.x", 3, "routes['/a/'].data", RESOURCE),
            ("routes:\n  /a/:\n    data:\n      author: tag.x", 4, "routes['/a/'].data.author", DATA),
            (
                "routes:\n  /a/:\n    data:\n      x: {type: read, resource: tags}",
                4,
                "routes['/a/'].data.x",
                DATA,
            ),
            ("collections:\n  /:\n    template: index", 3, "collections['/']", PERMALINK),
            ("collections:\n  /:\n    permalink: /:slug/", 3, "collections['/'].permalink", PERMALINK),
            ("collections:\n  /:\n    permalink:", 3, "collections['/'].permalink", PERMALINK),
            ("taxonomies:\n  tags: /t/{slug}/", 2, "taxonomies.tags", TAXONOMY),
            ("taxonomies:\n  tag: 5", 2, "taxonomies.tag", PERMALINK),
            ("a: [", 1, "routes.yaml", "YAML_PARSER_ERROR"),
        ] {
            let fault = routes(text).expect_err(text);
            assert_eq!((fault.line, fault.at.as_str(), fault.code), (line, at, code), "{text}: {fault}");
        }
        assert!(routes("").is_ok_and(|routes| routes.collections.is_empty() && routes.tag.is_none()));
    }
}
