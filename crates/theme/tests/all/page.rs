//! Pages to render in tests: data from JSON, a source that answers from JSON and remembers what it was asked.

use std::cell::RefCell;

use handlebars::{Arena, Limits, Value};
use jiff::Timestamp;
use serde_json::Value as Json;
use theme::{
    Apps, Direction, Fetched, Kind, MemberCounts, PageContext, RenderError, SiteFacts, Source, Theme, Within,
};

/// Everything a page is made of, but for the theme.
pub struct Page {
    /// Fields of the root.
    pub data: Json,
    pub site: Json,
    pub custom: Json,
    pub labs: Json,
    pub member: Json,
    pub page: Json,
    /// Settings that are not in `site`.
    pub settings: Json,
    pub context: Vec<String>,
    pub relative_url: String,
    pub url: String,
    pub locale: String,
    pub now: Timestamp,
    /// What `{{#get}}` answers, by resource: `{"rows": […], "pagination": {…}}` or `{"error": "…"}`.
    pub answers: Json,
    /// What was asked, as text.
    pub asked: RefCell<Vec<String>>,
}

impl Page {
    pub fn new(data: Json) -> Self {
        let list = |name: &str| {
            let list = data.get(name).and_then(Json::as_array).into_iter().flatten();
            list.filter_map(Json::as_str).map(str::to_owned).collect::<Vec<_>>()
        };
        Self {
            context: list("context"),
            relative_url: data.get("relativeUrl").and_then(Json::as_str).unwrap_or("/").to_owned(),
            page: data.get("@page").cloned().unwrap_or(Json::Null),
            data,
            site: serde_json::json!({"title": "Site", "timezone": "Etc/UTC", "locale": "en", "url": "http://site.example"}),
            custom: serde_json::json!({}),
            labs: serde_json::json!({}),
            member: Json::Null,
            settings: serde_json::json!({}),
            url: "http://site.example".to_owned(),
            locale: "en".to_owned(),
            now: "2026-11-23T10:00:00Z".parse().expect("a date"),
            answers: serde_json::json!({}),
            asked: RefCell::default(),
        }
    }

    /// Renders `index.hbs` with this text, with the partials of the theme in `tests/data/helpers`.
    pub fn show(&self, template: &str) -> Result<String, String> {
        self.render(&Theme::from_files([("index.hbs", template)]), "index").map_err(|error| error.to_string())
    }

    pub fn render(&self, theme: &Theme, name: &str) -> Result<String, RenderError> {
        let arena = Arena::new();
        let value = |json| theme::json::value(json, &arena);
        let context: Vec<&str> = self.context.iter().map(String::as_str).collect();
        let facts = SiteFacts {
            url: &self.url,
            admin_url: None,
            timezone: self.site.get("timezone").and_then(Json::as_str).unwrap_or("Etc/UTC"),
            locale: &self.locale,
            version: "6.65.0",
            safe_version: "6.65",
            assets_url: None,
            use_min_files: true,
            referrer_policy: "no-referrer-when-downgrade",
            structured_data: true,
            rss_url: None,
            apps: Apps {
                portal: "",
                comments: "https://cdn.jsdelivr.net/ghost/comments-ui@~1.6/umd/comments-ui.min.js",
                search: "",
                search_styles: "",
                announcement: "",
                admin_toolbar: "",
            },
        };
        let page = PageContext {
            data: value(&self.data),
            context: &context,
            relative_url: &self.relative_url,
            site: value(&self.site),
            custom: value(&self.custom),
            labs: value(&self.labs),
            member: value(&self.member),
            page: value(&self.page),
            posts_per_page: Value::Undefined,
            facts: &facts,
            now: self.now,
            status: 200,
            gift: None,
            staff_tools: false,
        };
        render_in(theme, name, &page, self, &arena)
    }
}

/// Ties all lifetimes of one render together.
fn render_in<'a>(
    theme: &'a Theme,
    name: &str,
    page: &'a PageContext<'a>,
    source: &'a Page,
    arena: &'a Arena,
) -> Result<String, RenderError> {
    theme::render(theme, name, page, source, arena, Limits::default()).map(|rendered| rendered.html)
}

impl Page {
    fn answer<'a>(&'a self, arena: &'a Arena, name: &str, asked: String) -> Result<Fetched<'a>, String> {
        self.asked.borrow_mut().push(asked);
        let Some(answer) = self.answers.get(name) else { return Ok(Fetched::default()) };
        if let Some(message) = answer.get("error").and_then(Json::as_str) {
            return Err(message.to_owned());
        }
        let rows = answer.get("rows").and_then(Json::as_array).into_iter().flatten();
        Ok(Fetched {
            rows: arena.slice(rows.map(|row| theme::json::value(row, arena))),
            pagination: answer
                .get("pagination")
                .map_or(Value::Undefined, |json| theme::json::value(json, arena)),
            aborted: answer.get("aborted").is_some(),
        })
    }
}

fn written(name: &str, options: &[(&str, Value<'_>)]) -> String {
    let options: Vec<String> = options.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    format!("{name}: {}", options.join(" "))
}

impl Source for Page {
    fn get<'a>(
        &'a self,
        arena: &'a Arena,
        resource: &str,
        options: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String> {
        self.answer(arena, resource, written(resource, options))
    }

    fn neighbour<'a>(
        &'a self,
        arena: &'a Arena,
        post: Value<'a>,
        direction: Direction,
        within: Within<'a>,
    ) -> Result<Option<Value<'a>>, String> {
        let slug = post.get("slug", arena).as_str().unwrap_or("");
        let asked = format!("{direction:?} of {slug} in {within:?}");
        self.answer(arena, "neighbour", asked).map(|fetched| fetched.rows.first().copied())
    }

    fn member_counts(&self) -> MemberCounts {
        MemberCounts { total: 21, paid: 5 }
    }

    fn recommendations<'a>(
        &'a self,
        arena: &'a Arena,
        options: &[(&'a str, Value<'a>)],
    ) -> Result<Fetched<'a>, String> {
        self.answer(arena, "recommendations", written("recommendations", options))
    }

    fn image_size(&self, _: &str) -> Option<(u32, u32)> {
        None
    }

    fn content_key(&self) -> Option<&str> {
        self.settings.get("content_key").and_then(Json::as_str)
    }

    fn setting<'a>(&'a self, arena: &'a Arena, name: &str) -> Value<'a> {
        let found = self.settings.get(name).or_else(|| self.site.get(name));
        found.map_or(Value::Undefined, |setting| theme::json::value(setting, arena))
    }

    fn public_asset<'a>(&'a self, _: &'a Arena, _: &str) -> Option<&'a str> {
        None
    }

    fn url_of<'a>(&'a self, _: &'a Arena, _: Kind, _: Value<'a>) -> Option<&'a str> {
        None
    }
}
