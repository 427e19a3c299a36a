//! One page: a template, its layouts, and what helpers share while it is made.

use std::cell::{Cell, RefCell};

use handlebars::{Arena, Call, Error, HelperId, Host, Kind, Limits, Object, Template, Value};

use crate::context::PageContext;
use crate::helpers;
use crate::json;
use crate::meta::HeadContext;
use crate::source::Source;
use crate::theme::Theme;

/// What every helper of one render shares.
pub struct Render<'a> {
    /// The theme being rendered.
    pub theme: &'a Theme,
    /// The page's data and globals.
    pub page: &'a PageContext<'a>,
    /// Who answers questions.
    pub source: &'a dyn Source,
    /// Where new text and lists live.
    pub arena: &'a Arena,
    /// What the page turned out to depend on.
    pub notes: Notes,
    /// What `{{#contentFor}}` has set aside for the layout, by name.
    pub(crate) blocks: RefCell<Vec<(&'a str, Vec<&'a str>)>>,
}

/// What a page turned out to depend on, for whoever keeps it.
#[derive(Debug, Default)]
pub struct Notes {
    /// The page says how long ago something was, or shows the present date.
    pub clock: Cell<bool>,
    /// A query was cut off: the answer carries `X-Ghost-Degraded-Render` and may be kept for a minute at most.
    pub aborted: Cell<bool>,
    /// The page carries the script that counts visits.
    pub analytics: Cell<bool>,
    /// Failures of helpers that leave an empty spot instead of failing the page, at most twenty.
    pub failures: RefCell<Vec<String>>,
}

impl Notes {
    /// Remembers a failure that readers do not see.
    pub(crate) fn failed(&self, message: impl Into<String>) {
        let mut failures = self.failures.borrow_mut();
        if failures.len() < 20 {
            failures.push(message.into());
        }
    }
}

/// A finished page.
#[derive(Debug)]
pub struct Rendered {
    /// The page.
    pub html: String,
    /// What it depends on.
    pub notes: Notes,
}

/// Why there is no page. Ghost answers 400 to all of these.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The theme has no such template, or a template no such layout.
    #[error("the theme has no template {0}.hbs")]
    NoTemplate(String),
    /// A template failed.
    #[error("{message}")]
    Template {
        /// As Ghost words it, beginning with the rendered template in brackets: `[post.hbs] …`.
        message: String,
        /// What is wrong and where, for the theme's author.
        cause: Error,
    },
}

/// Renders `template` (a name without `.hbs`, such as `post` or `members/signup`) with its layouts.
///
/// Output is all or nothing. Errors: a missing template, and everything that a theme's author has to mend.
pub fn render<'a>(
    theme: &'a Theme,
    template: &str,
    page: &'a PageContext<'a>,
    source: &'a dyn Source,
    arena: &'a Arena,
    limits: Limits,
) -> Result<Rendered, RenderError> {
    let render = Render { theme, page, source, arena, notes: Notes::default(), blocks: RefCell::default() };
    let mut name = template;
    let mut body = Value::Undefined;
    let mut html = String::with_capacity(64 << 10);
    // Layouts around layouts: more than there are templates means that they go in a circle.
    for _ in 0..=theme.template_names().count() {
        let compiled = match theme.template(name) {
            None => return Err(RenderError::NoTemplate(name.to_owned())),
            Some(Ok(compiled)) => compiled,
            Some(Err(cause)) => return Err(failed(name, cause.clone())),
        };
        render.one(compiled, body, limits, &mut html).map_err(|cause| failed(name, cause))?;
        let Some(layout) = compiled.layout() else {
            return Ok(Rendered { html, notes: render.notes });
        };
        let outer = theme.layout_of(name, layout);
        name = outer.ok_or_else(|| RenderError::NoTemplate(layout.to_owned()))?;
        body = Value::Text(arena.text(&html));
        html.clear();
    }
    Err(failed(name, Error::new(Kind::Limit, "the layouts of this template go in a circle")))
}

fn failed(name: &str, cause: Error) -> RenderError {
    RenderError::Template { message: format!("[{name}.hbs] {}", cause.handlebars_message()), cause }
}

impl<'a> Render<'a> {
    fn one(
        &self,
        template: &'a Template,
        body: Value<'a>,
        limits: Limits,
        out: &mut String,
    ) -> Result<(), Error> {
        let page = self.page;
        let root = Value::Object(self.arena.put(Root { page, body }));
        let package = self.theme.package();
        let posts_per_page = match page.posts_per_page {
            Value::Undefined => json::value(&package.posts_per_page, self.arena),
            given => given,
        };
        let image_sizes = self.arena.map(
            package.image_sizes.iter().map(|(name, size)| (name.as_str(), json::value(size, self.arena))),
        );
        let data = [
            ("site", page.site),
            ("labs", page.labs),
            ("config", self.arena.map([("posts_per_page", posts_per_page), ("image_sizes", image_sizes)])),
            ("custom", page.custom),
            ("member", page.member),
            ("page", page.page),
            ("navigationIcons", Value::Bool(self.is_on("navigationIcons"))),
            ("giftToast", self.gift_toast()),
        ];
        template.render(self, self.arena, root, &data, limits, out)
    }

    /// Whether a feature flag is set.
    pub fn is_on(&self, flag: &str) -> bool {
        self.page.labs.get(flag, self.arena).is_truthy()
    }

    /// What titles, descriptions and the head are computed from.
    pub fn head_context(&self) -> HeadContext<'a> {
        HeadContext { page: self.page, source: self.source, arena: self.arena }
    }

    fn gift_toast(&self) -> Value<'a> {
        if self.page.gift.is_none() {
            return Value::Undefined;
        }
        let accent = self.source.setting(self.arena, "accent_color");
        let accent = if accent.is_truthy() { accent } else { Value::Text("#15171a") };
        let icon = self.source.setting(self.arena, "icon").as_str().filter(|icon| !icon.is_empty());
        let icon =
            icon.map_or(Value::Null, |_| Value::Text(crate::meta::icon_url(&self.head_context(), true)));
        self.arena.map([("accentColor", accent), ("brandUrl", icon)])
    }
}

impl<'a> Host<'a> for Render<'a> {
    fn call(&self, id: HelperId, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
        match helpers::TABLE.get(usize::from(id.0)) {
            Some((_, helper)) => helper(self, call),
            None => Err(call.error("the helper is not in the table")),
        }
    }

    fn partial(&self, name: &str) -> Result<Option<&'a Template>, Error> {
        match self.theme.partial(name) {
            None => Ok(None),
            Some(Ok(partial)) => Ok(Some(partial)),
            Some(Err(error)) => Err(error.clone()),
        }
    }
}

/// The root of a template's data: the page's fields, then what every page has.
#[derive(Clone, Copy)]
struct Root<'a> {
    page: &'a PageContext<'a>,
    body: Value<'a>,
}

const ALWAYS: [&str; 5] = ["context", "relativeUrl", "version", "safeVersion", "member"];

impl<'a> Object<'a> for Root<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        if name == "body" && !self.body.is_absent() {
            return self.body;
        }
        match self.page.data.get(name, arena) {
            Value::Undefined => {}
            value => return value,
        }
        match name {
            "context" => arena.list(self.page.context.iter().map(|name| Value::Text(name))),
            "relativeUrl" => Value::Text(self.page.relative_url),
            "version" => Value::Text(self.page.facts.version),
            "safeVersion" => Value::Text(self.page.facts.safe_version),
            "member" => self.page.member,
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        let own = match self.page.data {
            Value::Object(object) => object.keys(arena),
            _ => &[],
        };
        arena.slice(ALWAYS.iter().filter(|name| !own.contains(name)).chain(own).copied())
    }
}
