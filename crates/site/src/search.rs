//! The search page of a theme, and what it is given: `search_results`, from the words in the address.

use std::cell::{Cell, OnceCell};

use handlebars::{Arena, Object, Value};
use url::form_urlencoded;

use crate::answer::Miss;
use crate::pages::Made;
use crate::synthetic;
use crate::values::PostValue;
use crate::visit::Visit;

/// Where a theme with a template `page-search` has its search page, unless the publication has a page there itself.
const PATH: &str = "/search/";
/// The template that makes it one.
const TEMPLATE: &str = "page-search";
/// Stories on one page of results.
const PAGE: usize = 20;
/// Longest query that is looked for, in characters.
const LONGEST: usize = 200;

/// The search page, if `path` is its address and the theme has a template for it.
pub fn page(visit: &Visit<'_>, path: &str) -> Result<Made, Miss> {
    let has_template = visit.state.theme.as_ref().is_ok_and(|theme| theme.has_template(TEMPLATE));
    if path != PATH || !has_template {
        return Err(Miss::Nothing);
    }
    visit.entry(synthetic::page(("search", visit.state.words("Search")), String::new(), None), "page")
}

/// `search_results`: `query`, `posts`, `total`, `page`, `pages`, `prev_url`, `next_url`. Searches when a template asks.
pub struct SearchValue<'a> {
    visit: &'a Visit<'a>,
    used: &'a Cell<bool>,
    answer: &'a OnceCell<Answer>,
}

impl Clone for SearchValue<'_> {
    fn clone(&self) -> Self {
        *self
    }
}

impl Copy for SearchValue<'_> {}

/// What was found, not yet opened for the reader.
struct Answer {
    query: String,
    page: usize,
    found: editorial::Found,
}

impl<'a> SearchValue<'a> {
    /// `used` is set when the page reads any of it: then it depends on the query of its address.
    pub fn value(visit: &'a Visit<'a>, used: &'a Cell<bool>, arena: &'a Arena) -> Value<'a> {
        let answer = arena.keep(OnceCell::<Answer>::new());
        Value::Object(arena.put(SearchValue { visit, used, answer }))
    }

    fn answer(&self) -> &'a Answer {
        self.used.set(true);
        self.answer.get_or_init(|| {
            let pairs =
                form_urlencoded::parse(self.visit.request.query.as_deref().unwrap_or_default().as_bytes());
            let (mut query, mut page) = (String::new(), 1);
            for (name, value) in pairs {
                match &*name {
                    "q" => query = value.trim().chars().take(LONGEST).collect(),
                    "page" => page = value.parse().ok().filter(|page| (1..1000).contains(page)).unwrap_or(1),
                    _ => {}
                }
            }
            let visit = self.visit;
            if query.is_empty() {
                return Answer { query, page: 1, found: editorial::Found::default() };
            }
            let search = |page: usize| {
                let range = ((page - 1) * PAGE, PAGE);
                visit.publication.desk.search(visit.snapshot, visit.reader, &query, range).unwrap_or_else(
                    |error| {
                        tracing::error!(%error, "the archive cannot be searched");
                        editorial::Found::default()
                    },
                )
            };
            let mut found = search(page);
            // An address of a page behind the last one shows the last one.
            let last = found.total.div_ceil(PAGE).max(1);
            if page > last {
                page = last;
                found = search(page);
            }
            Answer { query, page, found }
        })
    }

    fn address(&self, page: usize, arena: &'a Arena) -> Value<'a> {
        let answer = self.answer();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &answer.query);
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let path = self.visit.state.facts.site.join(&self.visit.request.path);
        Value::Text(arena.text(&format!("{path}?{}", query.finish())))
    }
}

impl<'a> Object<'a> for SearchValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let answer = self.answer();
        let n_pages = answer.found.total.div_ceil(PAGE);
        match name {
            "can_search" => Value::Bool(self.visit.publication.desk.can_search()),
            "query" => Value::Text(&answer.query),
            "total" => Value::Number(answer.found.total as f64),
            "page" => Value::Number(answer.page as f64),
            "pages" => Value::Number(n_pages as f64),
            "posts" => arena.list(answer.found.posts.iter().map(|post| {
                let post = self.visit.open(post.clone(), arena);
                PostValue::new(post, &self.visit.state.facts).in_visit(self.visit).value(arena)
            })),
            "prev_url" if answer.page > 1 => self.address(answer.page - 1, arena),
            "next_url" if answer.page < n_pages => self.address(answer.page + 1, arena),
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &["can_search", "query", "total", "page", "pages", "posts", "prev_url", "next_url"]
    }
}
