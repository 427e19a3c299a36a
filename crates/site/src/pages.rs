//! Pages: what a template is given for a list, an entry, a route of its own, and which template it is.

use std::cell::Cell;

use handlebars::{Arena, Limits, Value};
use http::header::HeaderName;
use http::{HeaderValue, StatusCode};
use model::{Limit, Post, PostKind, Reader};
use theme::{PageContext, RenderError, SiteFacts};
use web::Response;
use web::exchange::respond;

use crate::answer::Miss;
use crate::gift;
use crate::publication::GHOST_VERSION;
use crate::routes::{Data, DataQuery, List, Resource, StaticRoute};
use crate::search::SearchValue;
use crate::values::{self, AuthorValue, PostValue, Shown, TagValue};
use crate::visit::{Parameters, Visit};

/// `Cache-Control` of previews and other pages that depend on more than their address.
pub const NEVER_KEPT: &str =
    "no-cache, max-age=0, no-store, must-revalidate, max-stale=0, post-check=0, pre-check=0";
/// `Cache-Control` of what is for one reader alone.
pub const PRIVATE: &str =
    "no-cache, private, no-store, must-revalidate, max-stale=0, post-check=0, pre-check=0";

/// What sort of page is rendered.
pub struct Sheet<'a> {
    /// Fields of the root.
    pub data: Vec<(&'a str, Value<'a>)>,
    /// Context names after `paged` and `home`.
    pub context: Vec<&'a str>,
    /// Templates, the first that the theme has is taken; the last one is the fallback.
    pub templates: Vec<String>,
    /// `@page`.
    pub page: Value<'a>,
    /// Number of the page in its list.
    pub number: u32,
    /// The router's own number of posts a page.
    pub limit: Option<Limit>,
    /// Status of the answer.
    pub status: StatusCode,
    /// The answer's type, where a route sets it for the templates it lists.
    pub content_type: Option<&'a str>,
    /// The token of the gift link that opened the entry.
    pub gift: Option<&'a str>,
}

impl Sheet<'_> {
    /// A sheet with nothing on it yet.
    pub fn blank() -> Self {
        Sheet {
            data: Vec::new(),
            context: Vec::new(),
            templates: Vec::new(),
            page: Value::Undefined,
            number: 1,
            limit: None,
            status: StatusCode::OK,
            content_type: None,
            gift: None,
        }
    }
}

/// A page that was rendered, and how long it may be kept.
pub struct Made {
    /// The answer.
    pub response: Response,
    /// Whether others with the same access may get it.
    pub keep: bool,
    /// The page depends on the clock.
    pub clock: bool,
    /// The page depends on the query of its address.
    pub reads_query: bool,
    /// A picture that would be the answer, were it made; who can wait has it made and asks again.
    pub picture: Option<media::Wanted>,
}

impl From<Response> for Made {
    fn from(response: Response) -> Self {
        Made { response, keep: false, clock: false, reads_query: false, picture: None }
    }
}

impl Visit<'_> {
    /// Renders a sheet.
    ///
    /// Errors: [`Miss::Fault`] with Ghost's status and words when the theme is missing or a template fails.
    pub fn render<'a>(&'a self, sheet: Sheet<'a>, arena: &'a Arena) -> Result<Made, Miss> {
        let theme = match &self.state.theme {
            Ok(theme) => theme,
            Err(fault) => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                if self.publication.options.dev {
                    return Ok(self.dev_page(status, "The theme cannot be used", &fault.problems));
                }
                return Err(Miss::Fault { status, message: fault.message.clone() });
            }
        };
        let names = || sheet.templates.iter().map(String::as_str);
        let template = theme.pick(names()).or_else(|| names().next_back()).unwrap_or("index");
        let relative_url = match self.request.path.as_str() {
            "//" => "/",
            path => path,
        };
        let mut context = Vec::with_capacity(sheet.context.len() + 2);
        if sheet.number > 1 {
            context.push("paged");
        }
        if relative_url == "/" {
            context.push("home");
        }
        for name in sheet.context {
            if !context.contains(&name) {
                context.push(name);
            }
        }
        let facts = &self.state.facts;
        let options = &self.publication.options;
        let rss = self.state.routes.main_feed().map(|path| arena.text(&facts.site.join(&path)));
        let site_facts = arena.put(SiteFacts {
            url: facts.site.as_str(),
            admin_url: (facts.admin != facts.site).then(|| facts.admin.as_str()),
            timezone: facts.settings.timezone(),
            locale: facts.settings.locale(),
            version: GHOST_VERSION.0,
            safe_version: GHOST_VERSION.1,
            assets_url: None,
            use_min_files: true,
            referrer_policy: &facts.config.referrer_policy,
            structured_data: facts.config.structured_data,
            rss_url: rss,
            apps: theme::Apps {
                portal: &options.apps.portal,
                comments: &options.apps.comments,
                search: &options.apps.search,
                search_styles: &options.apps.search_styles,
                announcement: &options.apps.announcement,
                admin_toolbar: &options.apps.admin_toolbar,
            },
        });
        let personal: &Cell<bool> = arena.keep(Cell::new(false));
        let member = match self.reader {
            Reader::Member(member) if self.shows_member => values::member(member, personal, self, arena),
            _ => Value::Null,
        };
        let page = arena.put(PageContext {
            data: arena.map(sheet.data),
            context: arena.slice(context),
            relative_url,
            site: values::site(&self.state.site_fields, arena),
            custom: values::theme_settings(&self.state.custom, arena),
            labs: values::theme_settings(&self.state.labs, arena),
            member,
            page: sheet.page,
            posts_per_page: match sheet.limit {
                Some(Limit::Rows(rows)) => Value::Number(f64::from(rows)),
                Some(Limit::All) => Value::Text("all"),
                None => Value::Undefined,
            },
            facts: site_facts,
            now: self.now,
            status: sheet.status.as_u16(),
            gift: sheet.gift,
            staff_tools: false,
        });
        match theme::render(theme, template, page, self, arena, Limits::default()) {
            Ok(rendered) => {
                let mut response = respond(sheet.status, "text/html; charset=utf-8", rendered.html);
                if let Some(content_type) = sheet.content_type {
                    let charset = if content_type.contains("charset") { "" } else { "; charset=utf-8" };
                    let content_type = format!("{content_type}{charset}");
                    web::exchange::set(&mut response, http::header::CONTENT_TYPE, &content_type);
                }
                for failure in rendered.notes.failures.borrow().iter() {
                    tracing::warn!(template, failure, "a part of a page was left out");
                }
                let is_personal = personal.get() || self.names_the_member(response.body());
                self.say_who_keeps(&mut response, is_personal);
                if sheet.gift.is_some() {
                    gift::discreet(&mut response);
                }
                let headers = response.headers_mut();
                let aborted = rendered.notes.aborted.get();
                if aborted {
                    let name = HeaderName::from_static("x-ghost-degraded-render");
                    headers.insert(name, HeaderValue::from_static("aborted-get-helper"));
                }
                let keep = !aborted && !is_personal && !gift::is_asked(self.request);
                let clock = rendered.notes.clock.get();
                Ok(Made { keep, clock, ..Made::from(response) })
            }
            Err(RenderError::NoTemplate(name)) => {
                tracing::error!(template, missing = name, "the theme lacks a template");
                let message = format!("Could not read file {name}.hbs");
                if self.publication.options.dev {
                    let problem = theme::Problem::whole(&format!("{name}.hbs"), "this template is missing");
                    return Ok(self.dev_page(StatusCode::BAD_REQUEST, "A template is missing", &[problem]));
                }
                Err(Miss::Fault { status: StatusCode::BAD_REQUEST, message })
            }
            Err(RenderError::Template { message, cause }) => {
                tracing::error!(%cause, template, "a template failed");
                if self.publication.options.dev {
                    let problem = theme::Problem::of(&cause);
                    return Ok(self.dev_page(StatusCode::BAD_REQUEST, "A template failed", &[problem]));
                }
                Err(Miss::Fault { status: StatusCode::BAD_REQUEST, message })
            }
        }
    }

    /// What whoever writes the theme sees in the place of a page that cannot be made.
    fn dev_page(&self, status: StatusCode, title: &str, problems: &[theme::Problem]) -> Made {
        crate::dev::page(status, &self.state.theme_folder, title, problems).into()
    }

    /// The request's target as it was sent, for messages to the owner.
    fn original_target(&self) -> String {
        let mut target = format!("{}{}", self.state.facts.site.subdirectory(), self.request.path);
        if let Some(query) = &self.request.query {
            target.push('?');
            target.push_str(query);
        }
        target
    }

    /// Posts a page of this list: the route's own number, or the theme's.
    fn posts_per_page(&self, list: &List) -> Option<Limit> {
        if list.limit.is_some() {
            return list.limit;
        }
        let theme = self.state.theme.as_ref().ok()?;
        let said = &theme.package().posts_per_page;
        let number = said.as_f64().or_else(|| said.as_str().and_then(|text| text.trim().parse().ok()))?;
        (number >= 1.0).then_some(Limit::Rows(number as u32))
    }

    /// A page of a list of posts. `slug` replaces `%s` in its filter and data.
    pub fn list(
        &self,
        list: &List,
        slug: Option<&str>,
        number: u32,
        owner: Option<usize>,
    ) -> Result<Made, Miss> {
        let arena = Arena::new();
        let filter = list.filter.as_ref().map(|filter| filter.replace("%s", slug.unwrap_or_default()));
        let parameters = Parameters {
            filter: filter.as_deref(),
            order: list.order.as_deref(),
            limit: self.posts_per_page(list),
            page: Some(number),
            include: "authors,tags,tiers",
            ..Parameters::default()
        };
        let listing = self.posts(PostKind::Post, &parameters)?;
        let mut posts = listing.items;
        if let Some(owner) = owner {
            posts.retain(|post| self.state.facts.permalinks.owner(post) == Some(owner));
        }
        let facts = &self.state.facts;
        let posts: &Vec<Post> = arena.keep(posts);
        let mut sheet = Sheet::blank();
        sheet.number = number;
        sheet.limit = list.limit;
        let items =
            arena.list(posts.iter().map(|post| PostValue::new(post, facts).in_visit(self).value(&arena)));
        sheet.data.push(("posts", items));
        sheet.data.push(("pagination", values::pagination(&listing.pagination, &arena)));
        for data in &list.data {
            self.add(&mut sheet, data, slug, false, &arena)?;
        }
        if number > listing.pagination.pages {
            return Err(Miss::NoSuchPage);
        }
        sheet.context.push(&list.name);
        if sheet.data.iter().any(|(name, _)| *name == "tag") {
            sheet.context.push("tag");
        }
        let is_front = owner.is_some() && matches!(self.request.path.as_str(), "/" | "//");
        sheet.templates = list_templates(list, slug, is_front);
        self.render(sheet, &arena)
    }

    /// A page made of a template and data.
    pub fn own_page(&self, route: &StaticRoute) -> Result<Made, Miss> {
        let arena = Arena::new();
        let mut sheet = Sheet::blank();
        for data in &route.data {
            self.add(&mut sheet, data, None, true, &arena)?;
        }
        if let Some(page) = sheet.data.iter().find(|(name, _)| *name == "page").map(|(_, value)| *value) {
            sheet.data.push(("post", page));
        }
        sheet.context.push(arena.text(&crate::routes::name_of_path(&route.path)));
        for name in ["page", "post", "tag"] {
            if sheet.data.iter().any(|(given, _)| *given == name) {
                sheet.context.push(name);
                break;
            }
        }
        sheet.templates = route.templates.clone();
        let listed = self
            .state
            .theme
            .as_ref()
            .is_ok_and(|theme| theme.pick(route.templates.iter().map(String::as_str)).is_some());
        if !listed && self.state.theme.is_ok() {
            let names: Vec<String> = route.templates.iter().map(|name| format!("{name}.hbs")).collect();
            let message =
                format!("Missing template {} for route \"{}\".", names.join(", "), self.original_target());
            return Err(Miss::Fault { status: StatusCode::BAD_REQUEST, message });
        }
        sheet.content_type = route.content_type.as_deref();
        self.render(sheet, &arena)
    }

    /// Adds a route's data to a sheet. `own_page`: the sheet is no list's.
    fn add<'a>(
        &'a self,
        sheet: &mut Sheet<'a>,
        data: &'a Data,
        slug: Option<&str>,
        own_page: bool,
        arena: &'a Arena,
    ) -> Result<(), Miss> {
        let facts = &self.state.facts;
        // Only lists have a slug to fill in: the data of a page of its own is asked for as it is written.
        let fill = |text: &str| slug.map_or_else(|| text.to_owned(), |slug| text.replace("%s", slug));
        match &data.query {
            DataQuery::Read { slug, .. } => {
                let slug = fill(slug);
                let value = match data.resource {
                    Resource::Tags => {
                        let tag =
                            store::tags::read_by_slug(self.snapshot, &slug, false)?.ok_or(Miss::Nothing)?;
                        if tag.is_internal() {
                            return Err(Miss::Nothing);
                        }
                        TagValue::new(arena.keep(tag), facts).value(arena)
                    }
                    Resource::Authors => {
                        let author = store::authors::read_by_slug(self.snapshot, &slug, false)?
                            .ok_or(Miss::Nothing)?;
                        AuthorValue::new(arena.keep(author), facts).value(arena)
                    }
                    Resource::Posts | Resource::Pages => {
                        let kind =
                            if data.resource == Resource::Posts { PostKind::Post } else { PostKind::Page };
                        let post = self.read(kind, store::PostKey::Slug(&slug))?.ok_or(Miss::Nothing)?;
                        let post = self.open(post, arena);
                        if kind == PostKind::Page && data.name == "page" {
                            sheet.page = page_globals(post, arena);
                        }
                        PostValue::new(post, facts).in_visit(self).value(arena)
                    }
                };
                sheet.data.push((&data.name, value));
            }
            DataQuery::Browse(options) => {
                let option = |name: &str| {
                    options.iter().find(|(given, _)| given == name).map(|(_, value)| arena.text(&fill(value)))
                };
                let parameters = Parameters {
                    filter: option("filter"),
                    order: option("order"),
                    limit: option("limit").and_then(|limit| match limit {
                        "all" => Some(Limit::All),
                        number => number.parse().ok().map(Limit::Rows),
                    }),
                    page: option("page").and_then(|page| page.parse().ok()),
                    include: option("include").unwrap_or("authors,tags,tiers"),
                    ..Parameters::default()
                };
                let found = self.browse(data.resource.as_str(), &parameters, arena)?;
                let pagination = ("pagination", values::pagination(&found.pagination, arena));
                // A list on a page of its own has itself under the name of what it lists.
                let own_name = own_page.then(|| data.resource.as_str());
                let list = arena.list_with_fields(found.rows, [pagination], own_name);
                sheet.data.push((&data.name, list));
            }
        }
        Ok(())
    }

    /// The page of a post or page.
    pub fn entry(&self, post: Post, context: &'static str) -> Result<Made, Miss> {
        self.entry_given(post, context, None)
    }

    /// The page of a post or page, opened by the gift link with this token.
    pub fn entry_given(&self, post: Post, context: &'static str, gift: Option<&str>) -> Result<Made, Miss> {
        let arena = Arena::new();
        let post: &Post = arena.keep(post);
        let shown: &Shown = arena.keep(Shown::default());
        let value = PostValue::new(post, &self.state.facts)
            .in_visit(self)
            .as_subject(shown)
            .in_preview(context == "emailPost" || *self.reader == Reader::Preview)
            .value(&arena);
        let is_page = post.kind == PostKind::Page;
        let reads_query: &Cell<bool> = arena.keep(Cell::new(false));
        let mut sheet = Sheet::blank();
        sheet.data.push(("post", value));
        sheet.context.push(context);
        if is_page {
            sheet.data.push(("page", value));
            sheet.data.push(("search_results", SearchValue::value(self, reads_query, &arena)));
            sheet.context.push("page");
        } else {
            sheet.context.push("post");
        }
        sheet.page = page_globals(post, &arena);
        sheet.templates.push(format!("{}-{}", post.kind.as_str(), post.slug));
        sheet.templates.extend(post.custom_template.clone().filter(|name| !name.is_empty()));
        if is_page {
            sheet.templates.push("page".to_owned());
        }
        sheet.templates.push("post".to_owned());
        sheet.gift = gift.map(|token| arena.text(token));
        let mut made = self.render(sheet, &arena)?;
        if reads_query.get() {
            (made.reads_query, made.keep) = (true, false);
        }
        Ok(made)
    }
}

/// `@page`: what an entry says of itself to its template.
fn page_globals<'a>(post: &Post, arena: &'a Arena) -> Value<'a> {
    let show = post.kind == PostKind::Post || post.show_title_and_feature_image;
    arena.map([("show_title_and_feature_image", Value::Bool(show))])
}

/// Ghost's order of templates for a list.
fn list_templates(list: &List, slug: Option<&str>, is_front: bool) -> Vec<String> {
    let mut names = Vec::new();
    if is_front {
        names.push("home".to_owned());
    }
    names.extend(list.templates.iter().cloned());
    if list.name != "index" {
        if let Some(slug) = slug.filter(|_| matches!(list.name.as_str(), "tag" | "author")) {
            names.push(format!("{}-{slug}", list.name));
        }
        names.push(list.name.clone());
    }
    names.push("index".to_owned());
    names
}
