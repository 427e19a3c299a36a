//! A template with data and partials given as JSON, rendered with Handlebars' own helpers and those that are given.

use std::cell::OnceCell;
use std::collections::HashMap;

use handlebars::value::in_js_order;
use handlebars::{Arena, Call, Error, HelperId, Host, Kind, Limits, Names, Options, Template, Value};

use crate::json::Json;

/// A helper that cases may ask for.
pub type Helper = for<'a> fn(&mut Call<'_, 'a>) -> Result<Value<'a>, Error>;

/// What one JSON line holds.
pub struct Case {
    template: String,
    data: Option<Json>,
    /// Data variables, `@name`.
    variables: Json,
    partials: Partials,
    options: Options,
}

struct Partials {
    names: Names,
    helpers: Vec<Helper>,
    options: Options,
    sources: HashMap<String, Json>,
    compiled: HashMap<String, OnceCell<Result<Template, Error>>>,
}

impl Case {
    /// Reads `{"template", "data", "partials", "variables", "helpers", "options": {"preventIndent"}}`; all but the
    /// template may be absent. `"helpers"` names those of `known` that there are.
    pub fn read(line: &str, known: &[(&'static str, Helper)]) -> Result<Self, String> {
        let mut case = Json::read(line)?;
        let template = match case.take("template") {
            Some(Json::Text(template)) => template,
            _ => return Err("a case needs a \"template\", a string".to_owned()),
        };
        let prevent_indent = case.take("options").and_then(|mut options| options.take("preventIndent"));
        let options = Options {
            prevent_indent: matches!(prevent_indent, Some(Json::Bool(true))),
            ..Options::default()
        };
        let asked = match case.take("helpers") {
            Some(Json::List(asked)) => asked,
            _ => Vec::new(),
        };
        let is_asked =
            |name: &str| asked.iter().any(|asked| matches!(asked, Json::Text(text) if text == name));
        let chosen: Vec<_> = known.iter().filter(|(name, _)| is_asked(name)).collect();
        let sources: HashMap<_, _> = match case.take("partials") {
            Some(Json::Object(partials)) => partials.into_iter().collect(),
            _ => HashMap::new(),
        };
        let compiled = sources.keys().map(|name| (name.clone(), OnceCell::new())).collect();
        let names = Names::new(chosen.iter().map(|(name, _)| *name));
        let helpers = chosen.iter().map(|(_, helper)| *helper).collect();
        let partials = Partials { names, helpers, options, sources, compiled };
        let (data, variables) = (case.take("data"), case.take("variables").unwrap_or_default());
        Ok(Self { template, data, variables, partials, options })
    }

    /// The output, or Handlebars' message.
    pub fn render(&self) -> Result<String, Error> {
        self.render_within(Limits::default())
    }

    /// As [`Case::render`], with other limits.
    pub fn render_within(&self, limits: Limits) -> Result<String, Error> {
        let template =
            Template::compile_with("template", &self.template, &self.partials.names, self.options)?;
        let arena = Arena::new();
        let root = self.data.as_ref().map_or(Value::Undefined, |data| value(data, &arena));
        let variables: Vec<_> = match &self.variables {
            Json::Object(fields) => {
                fields.iter().map(|(name, field)| (&**name, value(field, &arena))).collect()
            }
            _ => Vec::new(),
        };
        let mut out = String::new();
        template.render(&Lent(&self.partials), &arena, root, &variables, limits, &mut out)?;
        Ok(out)
    }
}

struct Lent<'p>(&'p Partials);

impl<'a> Host<'a> for Lent<'a> {
    fn call(&self, id: HelperId, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
        match self.0.helpers.get(usize::from(id.0)) {
            Some(helper) => helper(call),
            None => Err(call.error("there is no such helper")),
        }
    }

    fn partial(&self, name: &str) -> Result<Option<&'a Template>, Error> {
        let partials = self.0;
        let Some((source, cell)) = partials.sources.get(name).zip(partials.compiled.get(name)) else {
            return Ok(None);
        };
        let compiled = cell.get_or_init(|| match source {
            Json::Text(source) => Template::compile_with(name, source, &partials.names, partials.options),
            _ => Err(Error::new(Kind::MissingPartial, format!("The partial {name} is not a template"))),
        });
        compiled.as_ref().map(Some).map_err(Clone::clone)
    }
}

/// JSON as a value of templates.
fn value<'a>(json: &'a Json, arena: &'a Arena) -> Value<'a> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(*bool),
        Json::Number(number) => Value::Number(*number),
        Json::Text(text) => Value::Text(text),
        Json::List(items) => {
            let items: Vec<_> = items.iter().map(|item| value(item, arena)).collect();
            arena.list(items)
        }
        Json::Object(fields) => {
            let by_name: HashMap<_, _> = fields.iter().map(|(name, field)| (&**name, field)).collect();
            let names = in_js_order(fields.iter().map(|(name, _)| &**name), arena);
            let fields: Vec<_> =
                names.iter().filter_map(|name| Some((*name, value(by_name.get(name)?, arena)))).collect();
            arena.map(fields)
        }
    }
}
