//! Partials: found by name, inline, or as the block of the call around; with their context and indentation.

use crate::error::{Error, Kind};
use crate::frames::{Closure, Data, Env, Inlines, PartialBlock, Vars};
use crate::helpers::{Arguments, no_helper};
use crate::host::Host;
use crate::javascript::property_name;
use crate::program::{CallShape, Helper, Partial, PartialName};
use crate::render::{State, Sum};
use crate::template::Template;
use crate::value::Value;

/// What a name leads to.
enum Found<'a> {
    Inline(Closure<'a>),
    Block(&'a PartialBlock<'a>),
    Template(&'a Template),
}

impl<'a> State<'a> {
    /// `{{> name}}` and `{{#> name}}`.
    pub fn partial(
        &mut self,
        host: &dyn Host<'a>,
        partial: &'a Partial,
        env: &Env<'a>,
    ) -> Result<Sum<'a>, Error> {
        let (name, may_be_block) = match &partial.name {
            PartialName::Static(name) => (&**name, true),
            PartialName::Dynamic(expr) => {
                let value = self.value(host, expr, env)?;
                let value = if value.is_truthy() { value } else { Value::Undefined };
                (property_name(value, self.arena)?, false)
            }
        };
        let mut this = match &partial.context {
            Some(context) => self.value(host, context, env)?,
            None => env.this,
        };
        if let Some(hash) = &partial.hash {
            let hash = self.hash(host, hash, env)?;
            this = self.arena.overlay(this, hash);
        }
        let block = match &partial.block {
            Some(block) => Some(self.close(host, block, env)?),
            None => None,
        };
        let start = self.out.len();
        let values = if partial.hands_params || env.inner_params { self.outer_params(env) } else { None };
        let sum = self.invoke(host, env, name, may_be_block, this, (block, values))?;
        if !partial.indent.is_empty() {
            if let Sum::Value(_) = sum {
                return Err(Error::new(Kind::Helper, "an indented partial makes a value that is not text"));
            }
            self.indent(start, &partial.indent)?;
        }
        Ok(sum)
    }

    /// A partial that a helper asks for.
    pub fn partial_by_name(
        &mut self,
        host: &dyn Host<'a>,
        env: &Env<'a>,
        name: &'a str,
        this: Value<'a>,
    ) -> Result<(), Error> {
        self.step()?;
        let sum = self.invoke(host, env, name, false, this, (None, None))?;
        self.flush(sum)
    }

    fn invoke(
        &mut self,
        host: &dyn Host<'a>,
        env: &Env<'a>,
        name: &'a str,
        may_be_block: bool,
        this: Value<'a>,
        (block, values): (Option<Closure<'a>>, Option<&'a [Value<'a>]>),
    ) -> Result<Sum<'a>, Error> {
        let arena = self.arena;
        let outer = env.data.partial_block();
        let mut found = self.find(host, env, name)?;
        if found.is_none() && may_be_block && name == "@partial-block" {
            found = outer.map(Found::Block);
        }
        let mut data = env.data;
        let mut partials = env.partials;
        if let Some(body) = block {
            let block = arena.alloc(PartialBlock { body, outer });
            data = arena.alloc(Data { vars: Vars::PartialBlock(Some(block)), around: Some(data) });
            if !body.inlines.is_empty() {
                partials = Some(arena.alloc(Inlines { named: body.inlines, around: partials }));
            }
            found = found.or(Some(Found::Block(block)));
        }
        match found {
            Some(Found::Template(template)) => {
                let container = self.container(template, partials);
                self.template(host, container, this, data).map(|()| Sum::Text)
            }
            Some(Found::Inline(closure)) => self.run(host, closure, this, data, values),
            Some(Found::Block(block)) => {
                // Inside the block the partial block is that of the place where the block stands.
                let vars = Vars::PartialBlock(block.outer);
                let data = arena.alloc(Data { vars, around: Some(data) });
                self.run(host, block.body, this, data, values)
            }
            None => Err(Error::new(Kind::MissingPartial, format!("The partial {name} could not be found"))),
        }
    }

    /// The block of the partial's call as an argument: what it makes where there is neither context nor data.
    pub fn partial_block_value(&mut self, host: &dyn Host<'a>, env: &Env<'a>) -> Result<Value<'a>, Error> {
        match env.data.partial_block() {
            Some(block) => self.partial_block(host, block, Value::Undefined, None, None),
            None => Ok(Value::Undefined),
        }
    }

    /// `{{@partial-block}}`: Handlebars calls the block as it calls a helper. The first argument is the context, what
    /// follows it brings data variables and block parameters; without arguments the options of the call come first.
    pub fn call_partial_block(
        &mut self,
        host: &dyn Host<'a>,
        call: &'a CallShape,
        arguments: Arguments<'a>,
        env: &Env<'a>,
    ) -> Result<Value<'a>, Error> {
        let Some(block) = env.data.partial_block() else {
            return no_helper(call);
        };
        let (this, around, values) = match arguments.params {
            [] => (self.call_options(call, arguments.hash, env), None, None),
            [this] => (*this, Some(env.data), self.call_params(call, env)),
            [this, Value::Undefined, ..] => (*this, None, None),
            _ => return Err(Error::new(Kind::Helper, "@partial-block takes one argument")),
        };
        self.partial_block(host, block, this, around, values)
    }

    fn partial_block(
        &mut self,
        host: &dyn Host<'a>,
        block: &'a PartialBlock<'a>,
        this: Value<'a>,
        around: Option<&'a Data<'a>>,
        values: Option<&'a [Value<'a>]>,
    ) -> Result<Value<'a>, Error> {
        let data = self.arena.alloc(Data { vars: Vars::PartialBlock(block.outer), around });
        let start = self.out.len();
        match self.run(host, block.body, this, data, values)? {
            Sum::Value(value) => Ok(value),
            Sum::Nothing | Sum::Text => {
                let text = self.out.split_off(start);
                Ok(Value::Text(self.arena.text(&text)))
            }
        }
    }

    /// The block parameters that the options of such a call hold.
    fn call_params(&self, call: &CallShape, env: &Env<'a>) -> Option<&'a [Value<'a>]> {
        let hands_params = matches!(call.helper, Helper::PartialBlock { hands_params: true, .. });
        if hands_params || env.inner_params { self.outer_params(env) } else { None }
    }

    /// What Handlebars tells a helper about its call, as far as it can be read: functions are undefined here, and the
    /// place has no end.
    fn call_options(
        &self,
        call: &'a CallShape,
        hash: &'a [(&'a str, Value<'a>)],
        env: &Env<'a>,
    ) -> Value<'a> {
        let arena = self.arena;
        let number = |number: u32| Value::Number(f64::from(number));
        let start = [("line", number(call.place.line)), ("column", number(call.place.column))];
        let named = arena.map(hash.iter().rev().copied());
        let mut options = vec![("name", Value::Text(&call.name)), ("hash", named)];
        if matches!(call.helper, Helper::PartialBlock { with_block: true, .. }) {
            options.extend([("fn", Value::Undefined), ("inverse", Value::Undefined)]);
        }
        options.push(("data", Value::Object(env.data)));
        options.extend(self.call_params(call, env).map(|params| ("blockParams", Value::List(params))));
        options.push(("loc", arena.map([("start", arena.map(start))])));
        arena.map(options)
    }

    fn find(&self, host: &dyn Host<'a>, env: &Env<'a>, name: &str) -> Result<Option<Found<'a>>, Error> {
        if let Some(inlines) = env.partials
            && let Some(inline) = inlines.find(name)
        {
            return Ok(inline.map(Found::Inline));
        }
        Ok(host.partial(name)?.map(Found::Template))
    }

    /// Puts `indent` before every line written since `start`.
    fn indent(&mut self, start: usize, indent: &str) -> Result<(), Error> {
        let text = self.out.split_off(start);
        for line in text.split_inclusive('\n') {
            self.out.push_str(indent);
            self.out.push_str(line);
        }
        if text.is_empty() {
            return Ok(());
        }
        self.check_output()
    }
}
