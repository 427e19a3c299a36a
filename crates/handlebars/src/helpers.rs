//! Calls of helpers: the embedding's, Handlebars' own, and names that are none.

use crate::error::{Error, Kind};
use crate::frames::{Closure, Data, Env, Turn, Vars};
use crate::host::{Bodies, Call, Host};
use crate::javascript::{parse_int, property_name, push_text};
use crate::program::{Block, Builtin, CallShape, Helper, Path};
use crate::render::{State, Sum};
use crate::value::Value;

/// What a block comes to.
pub(crate) enum Chosen<'a> {
    Made(Sum<'a>),
    /// One of its bodies, to be run with this context and these block parameters.
    Run {
        closure: Closure<'a>,
        this: Value<'a>,
        values: Option<&'a [Value<'a>]>,
    },
}

impl<'a> Chosen<'a> {
    /// The body, if there is one.
    fn body(closure: Option<Closure<'a>>, this: Value<'a>) -> Self {
        match closure {
            Some(closure) => Self::Run { closure, this, values: None },
            None => Self::Made(Sum::Text),
        }
    }
}

/// The values of a call's arguments.
pub(crate) struct Arguments<'a> {
    pub params: &'a [Value<'a>],
    pub hash: &'a [(&'a str, Value<'a>)],
}

impl<'a> State<'a> {
    /// A call without a block.
    pub fn call(
        &mut self,
        host: &dyn Host<'a>,
        call: &'a CallShape,
        env: &Env<'a>,
    ) -> Result<Value<'a>, Error> {
        let params = self.params(host, &call.params, env)?;
        let hash = self.hash(host, &call.hash, env)?;
        match &call.helper {
            Helper::Host(id) => {
                let mut call = Call {
                    host,
                    state: self,
                    env,
                    name: &call.name,
                    params,
                    hash,
                    bodies: None,
                    place: call.place,
                };
                let value = host.call(*id, &mut call);
                value.map_err(|error| error.or_at(env.container.template.file(), call.place))
            }
            Helper::Builtin(builtin) => self.builtin(host, *builtin, &call.name, params, hash, env),
            Helper::PartialBlock { .. } => {
                self.call_partial_block(host, call, Arguments { params, hash }, env)
            }
            Helper::Missing(path) => self.missing(call, path, env),
        }
    }

    /// A call with a block.
    pub fn call_block(
        &mut self,
        host: &dyn Host<'a>,
        call: &'a CallShape,
        block: &'a Block,
        env: &Env<'a>,
    ) -> Result<Chosen<'a>, Error> {
        let params = self.params(host, &call.params, env)?;
        let hash = self.hash(host, &call.hash, env)?;
        let bodies = self.bodies(host, block, env)?;
        match &call.helper {
            Helper::Host(id) => {
                let start = self.out.len();
                let (name, bodies) = (&*call.name, Some(bodies));
                let mut call = Call { host, state: self, env, name, params, hash, bodies, place: call.place };
                let value = host.call(*id, &mut call)?;
                let made = self.made(value)?;
                if self.out.len() > start {
                    self.flush(made)?;
                    return Ok(Chosen::Made(Sum::Text));
                }
                Ok(Chosen::Made(made))
            }
            Helper::Builtin(builtin) => {
                self.builtin_block(host, *builtin, &call.name, Arguments { params, hash }, bodies, env)
            }
            Helper::PartialBlock { .. } => {
                let value = self.call_partial_block(host, call, Arguments { params, hash }, env)?;
                self.made(value).map(Chosen::Made)
            }
            Helper::Missing(path) => {
                let value = self.missing(call, path, env)?;
                self.made(value).map(Chosen::Made)
            }
        }
    }

    pub fn bodies(
        &mut self,
        host: &dyn Host<'a>,
        block: &'a Block,
        env: &Env<'a>,
    ) -> Result<Bodies<'a>, Error> {
        let body = match &block.body {
            Some(body) => Some(self.close(host, body, env)?),
            None => None,
        };
        let inverse = match &block.inverse {
            Some(inverse) => Some(self.close(host, inverse, env)?),
            None => None,
        };
        Ok(Bodies { body, inverse })
    }

    /// A helper that does not exist. Without positional arguments Handlebars lets it pass as undefined.
    fn missing(&mut self, call: &'a CallShape, path: &'a Path, env: &Env<'a>) -> Result<Value<'a>, Error> {
        if self.path(path, env)?.is_truthy() {
            return Err(Error::new(
                Kind::MissingHelper,
                format!("\"{}\" is a value, not a helper", call.name),
            ));
        }
        no_helper(call)
    }

    /// A built-in helper without a block.
    fn builtin(
        &mut self,
        host: &dyn Host<'a>,
        builtin: Builtin,
        name: &str,
        params: &'a [Value<'a>],
        hash: &'a [(&'a str, Value<'a>)],
        env: &Env<'a>,
    ) -> Result<Value<'a>, Error> {
        let error = |message: String| Err(Error::new(Kind::Helper, message));
        match (builtin, params) {
            (Builtin::Lookup, [object]) if !object.is_truthy() => Ok(*object),
            (Builtin::Lookup, [object, field, rest @ ..]) if rest.is_empty() || !object.is_truthy() => {
                if object.is_truthy() {
                    Ok(object.get(property_name(*field, self.arena)?, self.arena))
                } else {
                    Ok(*object)
                }
            }
            (Builtin::Lookup, _) => error("lookup takes a value and the name of a field".to_owned()),
            (Builtin::Log, _) => {
                let level = option(hash, "level");
                let level = if level.is_absent() { env.data.find("level") } else { level };
                self.log(host, level, params)?;
                Ok(Value::Undefined)
            }
            (Builtin::Forbidden, _) => error(format!("\"{name}\" cannot be called by its name")),
            (Builtin::Each, []) => error("Must pass iterator to #each".to_owned()),
            (Builtin::If | Builtin::Unless | Builtin::With, [] | [_, _, ..]) => {
                error(format!("#{name} requires exactly one argument"))
            }
            _ => error(format!("{name} needs a block, {{{{#{name} …}}}}")),
        }
    }

    /// A built-in helper with a block.
    fn builtin_block(
        &mut self,
        host: &dyn Host<'a>,
        builtin: Builtin,
        name: &str,
        arguments: Arguments<'a>,
        bodies: Bodies<'a>,
        env: &Env<'a>,
    ) -> Result<Chosen<'a>, Error> {
        let Arguments { params, hash } = arguments;
        match (builtin, params) {
            (Builtin::If | Builtin::Unless, [condition]) => {
                let zero = option(hash, "includeZero").is_truthy();
                let holds = !is_empty(*condition) && (zero || condition.is_truthy());
                let chosen = if holds == (builtin == Builtin::If) { bodies.body } else { bodies.inverse };
                Ok(Chosen::body(chosen, env.helper_this()))
            }
            (Builtin::With, [value]) if is_empty(*value) => {
                Ok(Chosen::body(bodies.inverse, env.helper_this()))
            }
            (Builtin::With, [value]) => Ok(match bodies.body {
                Some(closure) => Chosen::Run { closure, this: *value, values: Some(params) },
                None => Chosen::Made(Sum::Text),
            }),
            (Builtin::Each, [value]) => match self.each(host, *value, bodies, env)? {
                0 => Ok(Chosen::body(bodies.inverse, env.helper_this())),
                _ => Ok(Chosen::Made(Sum::Text)),
            },
            (Builtin::Each, [_, _, ..]) => Err(Error::new(Kind::Helper, "#each takes one argument")),
            _ => {
                let value = self.builtin(host, builtin, name, params, hash, env)?;
                self.made(value).map(Chosen::Made)
            }
        }
    }

    /// Runs the body for each item. Says how many there were.
    fn each(
        &mut self,
        host: &dyn Host<'a>,
        value: Value<'a>,
        bodies: Bodies<'a>,
        env: &Env<'a>,
    ) -> Result<usize, Error> {
        let arena = self.arena;
        let value = value.without_fields();
        let keys = match value {
            Value::Object(_) | Value::Safe(_) => Some(value.keys(arena)),
            _ => None,
        };
        let items = value.as_list().unwrap_or_default();
        let n = keys.map_or(items.len(), <[_]>::len);
        let turn = Turn { key: Value::Undefined.into(), index: 0.0.into(), last: false.into() };
        let data = arena.alloc(Data { vars: Vars::Each(turn), around: Some(env.data) });
        for index in 0..n {
            self.step()?;
            let (key, item) = match keys.and_then(|keys| keys.get(index)) {
                Some(key) => (Value::Text(key), value.get(key, arena)),
                None => (Value::Number(index as f64), items.get(index).copied().unwrap_or_default()),
            };
            if let Vars::Each(turn) = &data.vars {
                turn.key.set(key);
                turn.index.set(index as f64);
                turn.last.set(index + 1 == n);
            }
            if let Some(body) = bodies.body {
                let uses_params = body.container.template.uses_params;
                let values = if uses_params { arena.slice([item, key]) } else { &[] };
                let sum = self.run(host, body, item, data, Some(values))?;
                self.flush(sum)?;
            }
        }
        Ok(n)
    }

    /// `{{#name}}` with a plain value: a condition, a loop or a context.
    pub fn value_block(
        &mut self,
        host: &dyn Host<'a>,
        value: Value<'a>,
        bodies: Bodies<'a>,
        hands_params: bool,
        env: &Env<'a>,
    ) -> Result<Chosen<'a>, Error> {
        Ok(match value.without_fields() {
            // Unlike for a helper an absent context stays absent here.
            Value::Bool(true) => Chosen::body(bodies.body, env.this),
            Value::Bool(false) | Value::Undefined | Value::Null | Value::List([]) => {
                Chosen::body(bodies.inverse, env.this)
            }
            Value::List(_) => {
                self.each(host, value, bodies, env)?;
                Chosen::Made(Sum::Text)
            }
            _ => match bodies.body {
                Some(closure) => {
                    let values = if hands_params { self.outer_params(env) } else { None };
                    Chosen::Run { closure, this: value, values }
                }
                None => Chosen::Made(Sum::Text),
            },
        })
    }

    /// What `{{#name as |x|}}` over an object gives, and inline partials get: Handlebars hands on the block
    /// parameters of all programs around, one list each.
    pub fn outer_params(&self, env: &Env<'a>) -> Option<&'a [Value<'a>]> {
        if !env.container.template.uses_params {
            return None;
        }
        let mut values = Vec::new();
        let mut params = env.params;
        while let Some(link) = params {
            values.push(link.values.map_or(Value::Undefined, Value::List));
            params = link.around;
        }
        Some(self.arena.slice(values))
    }

    fn log(&mut self, host: &dyn Host<'a>, level: Value<'a>, params: &[Value<'a>]) -> Result<(), Error> {
        let level = match level {
            Value::Undefined | Value::Null => 1,
            Value::Number(level) => level as i64,
            Value::Text(level) => match level.to_lowercase().as_str() {
                "debug" => 0,
                "info" => 1,
                "warn" => 2,
                "error" => 3,
                other => parse_int(other).unwrap_or(0),
            },
            _ => 0,
        };
        if level >= 1 {
            let mut message = String::new();
            for (index, param) in params.iter().enumerate() {
                if index > 0 {
                    message.push(' ');
                }
                push_text(*param, self.arena, &mut message, 1 << 16)?;
            }
            host.log(level.clamp(0, 3) as u8, &message);
        }
        Ok(())
    }
}

/// What a call of a helper that does not exist gives.
pub(crate) fn no_helper<'a>(call: &CallShape) -> Result<Value<'a>, Error> {
    if call.params.is_empty() {
        return Ok(Value::Undefined);
    }
    Err(Error::new(Kind::MissingHelper, format!("Missing helper: \"{}\"", call.name)))
}

fn option<'a>(hash: &[(&str, Value<'a>)], wanted: &str) -> Value<'a> {
    hash.iter().find(|(name, _)| *name == wanted).map_or(Value::Undefined, |(_, value)| *value)
}

/// What `{{#if}}` and `{{#with}}` hold for empty. Zero is not.
fn is_empty(value: Value<'_>) -> bool {
    match value.without_fields() {
        Value::Number(number) => number.is_nan(),
        Value::List(items) => items.is_empty(),
        value => !value.is_truthy(),
    }
}
