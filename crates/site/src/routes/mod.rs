//! Where lists, entries and static pages stand: the publication's `routes.yaml` as values.

mod absent;
mod read;

use model::Limit;
pub use read::Fault;

use model::permalink::{Owner, Pattern, Permalinks};

/// The publication's routes, in the order in which they are tried.
#[derive(Debug, Clone)]
pub struct Routes {
    /// Before the collections, in file order.
    pub routes: Vec<Route>,
    /// In file order; a post belongs to the first that takes it.
    pub collections: Vec<Collection>,
    /// Where tags stand; none: nowhere.
    pub tag: Option<Pattern>,
    /// Where authors stand; none: nowhere.
    pub author: Option<Pattern>,
}

/// One entry of the section `routes`.
#[derive(Debug, Clone)]
pub enum Route {
    /// A list of posts that other collections own.
    Channel(List),
    /// One page of a template.
    Static(StaticRoute),
}

/// A list of posts with its pages and feed.
#[derive(Debug, Clone)]
pub struct List {
    /// Where it stands: `/`, `/blog/`. A segment `:name` matches any text.
    pub path: String,
    /// The path without slashes, or `index` for a collection at `/`: its context and template name.
    pub name: String,
    /// Which posts (filter language); may hold `%s` for the request's slug.
    pub filter: Option<String>,
    /// In which order.
    pub order: Option<String>,
    /// Posts a page, where the route sets it.
    pub limit: Option<Limit>,
    /// Templates to try first, in order.
    pub templates: Vec<String>,
    /// Further data of the page.
    pub data: Vec<Data>,
    /// Whether it has a feed.
    pub rss: bool,
}

/// A list that owns its posts: they stand at its permalink.
#[derive(Debug, Clone)]
pub struct Collection {
    /// The list of its posts.
    pub list: List,
    /// Where its posts stand.
    pub permalink: Pattern,
}

/// A page made of a template and data.
#[derive(Debug, Clone)]
pub struct StaticRoute {
    /// Where it stands. A segment `:name` matches any text.
    pub path: String,
    /// Templates to try, in order.
    pub templates: Vec<String>,
    /// Data of the page.
    pub data: Vec<Data>,
    /// The answer's type when it is not HTML.
    pub content_type: Option<String>,
}

/// Data that a route gives its template under a name.
#[derive(Debug, Clone)]
pub struct Data {
    /// Name in the template.
    pub name: String,
    /// What it is.
    pub resource: Resource,
    /// One by its slug, or a list.
    pub query: DataQuery,
    /// Where it stands in the file: `routes.yaml, line 4, routes['/a/'].data`; empty for what no file says.
    pub place: String,
}

/// What a route's data is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Posts.
    Posts,
    /// Pages.
    Pages,
    /// Tags.
    Tags,
    /// Authors.
    Authors,
}

impl Resource {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Resource::Posts => "posts",
            Resource::Pages => "pages",
            Resource::Tags => "tags",
            Resource::Authors => "authors",
        }
    }
}

/// How a route's data is asked for.
#[derive(Debug, Clone)]
pub enum DataQuery {
    /// One thing by its slug (`%s` is the request's).
    Read {
        /// Its slug.
        slug: String,
        /// Whether its own address leads to the route.
        redirect: bool,
    },
    /// A list; names and values of the API's parameters.
    Browse(Vec<(String, String)>),
}

impl Routes {
    /// What Ghost does without a `routes.yaml`.
    pub fn standard() -> Self {
        Routes {
            routes: Vec::new(),
            collections: vec![Collection {
                list: List {
                    path: "/".into(),
                    name: "index".into(),
                    filter: None,
                    order: None,
                    limit: None,
                    templates: vec!["index".into()],
                    data: Vec::new(),
                    rss: true,
                },
                permalink: Pattern::parse("/{slug}/"),
            }],
            tag: Some(Pattern::parse("/tag/{slug}/")),
            author: Some(Pattern::parse("/author/{slug}/")),
        }
    }

    /// Where everything stands, for whoever prints addresses.
    pub fn permalinks(&self, zone: jiff::tz::TimeZone) -> Permalinks {
        let collections = self
            .collections
            .iter()
            .map(|collection| Owner {
                path: collection.list.path.clone(),
                filter: collection.list.filter.as_deref().and_then(crate::ownership::filter),
                permalink: collection.permalink.clone(),
            })
            .collect();
        Permalinks { collections, tags: self.tag.clone(), authors: self.author.clone(), zone }
    }

    /// The path of the first route that is made of this thing and wants to be its only address.
    pub fn home_of(&self, resource: Resource, slug: &str) -> Option<&str> {
        let takes = |data: &[Data]| {
            data.iter().any(|data| {
                data.resource == resource
                    && matches!(&data.query, DataQuery::Read { slug: own, redirect: true } if own == slug)
            })
        };
        let routes = self.routes.iter().map(|route| match route {
            Route::Channel(list) => (&list.path, &list.data),
            Route::Static(own) => (&own.path, &own.data),
        });
        let collections =
            self.collections.iter().map(|collection| (&collection.list.path, &collection.list.data));
        routes.chain(collections).find(|(_, data)| takes(data)).map(|(path, _)| path.as_str())
    }

    /// Path of the publication's main feed: that of the collection at `/`, else of the first that has one.
    pub fn main_feed(&self) -> Option<String> {
        let mut with_feed = self.collections.iter().filter(|collection| collection.list.rss);
        let main =
            with_feed.clone().find(|collection| collection.list.path == "/").or_else(|| with_feed.next())?;
        Some(format!("{}rss/", main.list.path))
    }
}

/// The line, from 1, of the first byte that is no UTF-8.
fn line_of(bytes: &[u8], error: std::str::Utf8Error) -> usize {
    1 + bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count()
}

impl Routes {
    /// The routes of a content folder: `settings/routes.yaml`, or Ghost's defaults without one.
    ///
    /// Errors: a sentence with the file's name, the line and the place.
    pub fn read(content: &std::path::Path) -> Result<Self, String> {
        Self::of_file(content, Self::file(content)?.as_deref())
    }

    /// The bytes of a content folder's `settings/routes.yaml`; `None` without one.
    pub(crate) fn file(content: &std::path::Path) -> Result<Option<Vec<u8>>, String> {
        let file = path(content);
        match std::fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("{}: {error}", file.display())),
        }
    }

    /// The routes of that file's bytes. Errors as of [`Routes::read`]; doubts about it go to the log.
    pub(crate) fn of_file(content: &std::path::Path, bytes: Option<&[u8]>) -> Result<Self, String> {
        let Some(bytes) = bytes else { return Ok(Routes::standard()) };
        let file = path(content);
        match std::str::from_utf8(bytes) {
            Ok(text) => Routes::parse(text).map_err(|fault| format!("{}: {fault}", file.display())),
            Err(error) => Err(format!("{}: line {}: it is not UTF-8", file.display(), line_of(bytes, error))),
        }
    }

    /// Routes as the text of a `routes.yaml` says them.
    ///
    /// Errors: the first fault, with line, place and Ghost's code.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        read::routes(text)
    }
}

fn path(content: &std::path::Path) -> std::path::PathBuf {
    content.join("settings").join("routes.yaml")
}

/// A list's or route's own name, which is its context and the name of its template: `index` at `/`, else the path
/// without slashes.
pub fn name_of_path(path: &str) -> String {
    if path == "/" { "index".to_owned() } else { path.replace('/', "") }
}

#[cfg(test)]
mod tests {
    use super::Routes;

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_line() {
        let content = tempfile::tempdir().unwrap();
        std::fs::create_dir(content.path().join("settings")).unwrap();
        std::fs::write(content.path().join("settings/routes.yaml"), b"routes:\n  /a/: b\n  /\xff/: c\n")
            .unwrap();
        let error = Routes::read(content.path()).unwrap_err();
        assert!(error.ends_with("line 3: it is not UTF-8"), "{error}");
    }
}
