//! A template with data and partials given as JSON, rendered without any helper but Handlebars' own.

use std::cell::OnceCell;
use std::collections::HashMap;

use handlebars::value::in_js_order;
use handlebars::{Arena, Call, Error, HelperId, Host, Kind, Limits, Names, Options, Template, Value};

/// What one JSON line holds.
pub struct Case {
    template: String,
    data: Option<serde_json::Value>,
    partials: Partials,
    options: Options,
}

struct Partials {
    names: Names,
    options: Options,
    sources: HashMap<String, serde_json::Value>,
    compiled: HashMap<String, OnceCell<Result<Template, Error>>>,
}

impl Case {
    /// Reads `{"template", "data", "partials", "options": {"preventIndent"}}`; all but the template may be absent.
    pub fn read(line: &str) -> Result<Self, String> {
        let mut case: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let data = case.get_mut("data").map(serde_json::Value::take);
        let mut field = |name: &str| case.get_mut(name).map(serde_json::Value::take).unwrap_or_default();
        let template = match field("template") {
            serde_json::Value::String(template) => template,
            _ => return Err("a case needs a \"template\", a string".to_owned()),
        };
        let options =
            Options { prevent_indent: field("options")["preventIndent"] == true, ..Options::default() };
        let sources: HashMap<_, _> = match field("partials") {
            serde_json::Value::Object(partials) => partials.into_iter().collect(),
            _ => HashMap::new(),
        };
        let compiled = sources.keys().map(|name| (name.clone(), OnceCell::new())).collect();
        let partials = Partials { names: Names::default(), options, sources, compiled };
        Ok(Self { template, data, partials, options })
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
        let mut out = String::new();
        template.render(&Lent(&self.partials), &arena, root, &[], limits, &mut out)?;
        Ok(out)
    }
}

struct Lent<'p>(&'p Partials);

impl<'a> Host<'a> for Lent<'a> {
    fn call(&self, _: HelperId, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error> {
        Err(call.error("there are no helpers"))
    }

    fn partial(&self, name: &str) -> Result<Option<&'a Template>, Error> {
        let partials = self.0;
        let Some((source, cell)) = partials.sources.get(name).zip(partials.compiled.get(name)) else {
            return Ok(None);
        };
        let compiled = cell.get_or_init(|| match source {
            serde_json::Value::String(source) => {
                Template::compile_with(name, source, &partials.names, partials.options)
            }
            _ => Err(Error::new(Kind::MissingPartial, format!("The partial {name} is not a template"))),
        });
        compiled.as_ref().map(Some).map_err(Clone::clone)
    }
}

/// JSON as a value of templates.
pub fn value<'a>(json: &'a serde_json::Value, arena: &'a Arena) -> Value<'a> {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(bool) => Value::Bool(*bool),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| value(item, arena)).collect();
            arena.list(items)
        }
        serde_json::Value::Object(fields) => {
            let names = in_js_order(fields.keys().map(String::as_str), arena);
            let fields: Vec<_> =
                names.iter().filter_map(|name| Some((*name, value(fields.get(*name)?, arena)))).collect();
            arena.map(fields)
        }
    }
}
