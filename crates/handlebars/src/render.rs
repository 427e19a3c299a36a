//! Runs programs: writes the text, prints values, calls helpers, counts what it does.

use crate::arena::Arena;
use crate::error::{Error, Kind, Place};
use crate::frames::{Closure, Container, Data, Depth, Env, Inlines, NO_CONTEXT, Params, Vars};
use crate::host::Host;
use crate::javascript::{loosely_equal, push_escaped, push_number, push_text};
use crate::limits::Limits;
use crate::program::{Base, Block, BlockKind, CallShape, Expr, Hash, Literal, Node, Path, Program};
use crate::template::Template;
use crate::value::Value;

/// What one render writes and counts.
pub(crate) struct State<'a> {
    pub arena: &'a Arena,
    pub out: String,
    pub limits: Limits,
    steps: u64,
    depth: u32,
}

impl<'a> State<'a> {
    pub fn new(arena: &'a Arena, limits: Limits, out: String) -> Self {
        Self { arena, out, limits, steps: 0, depth: 0 }
    }

    /// Renders a template that nobody calls.
    pub fn main(
        &mut self,
        host: &dyn Host<'a>,
        template: &'a Template,
        root: Value<'a>,
        given: &[(&'a str, Value<'a>)],
    ) -> Result<(), Error> {
        let arena = self.arena;
        let around = match given {
            [] => None,
            given => {
                let vars = Vars::Given(arena.slice(given.iter().copied()));
                Some(arena.alloc(Data { vars, around: None }))
            }
        };
        let data = arena.alloc(Data { vars: Vars::Root(root), around });
        let container = arena.alloc(Container { template, partials: None.into() });
        self.template(host, container, root, data)
    }

    /// Renders a template in a container of its own.
    pub fn template(
        &mut self,
        host: &dyn Host<'a>,
        container: &'a Container<'a>,
        this: Value<'a>,
        data: &'a Data<'a>,
    ) -> Result<(), Error> {
        let program = &container.template.main;
        let closure = self.close(host, container, program, data, None, None)?;
        let depths = Some(self.arena.alloc(Depth { value: this, around: None }));
        let env = Env { container, this, data, depths, params: None };
        self.enter(host, &closure, &env)
    }

    /// Renders a block in its surroundings, with the context `this`.
    pub fn run(
        &mut self,
        host: &dyn Host<'a>,
        closure: Closure<'a>,
        this: Value<'a>,
        data: &'a Data<'a>,
        values: Option<&'a [Value<'a>]>,
    ) -> Result<(), Error> {
        let arena = self.arena;
        let template = closure.container.template;
        let mut depths = closure.depths;
        if template.uses_depths && !self.is_at(this, depths)? {
            depths = Some(arena.alloc(Depth { value: this, around: depths }));
        }
        let mut params = None;
        if template.uses_params {
            params = Some(arena.alloc(Params { values, around: closure.params }));
        }
        let env = Env { container: closure.container, this, data, depths, params };
        self.enter(host, &closure, &env)
    }

    /// Whether `this` is the context that `..` would leave, so that it adds no level. Handlebars compares with `==`.
    fn is_at(&self, this: Value<'a>, depths: Option<&'a Depth<'a>>) -> Result<bool, Error> {
        let at = depths.map_or(Value::Undefined, |depth| depth.value);
        let no_context = matches!(this, Value::Object(object) if std::ptr::addr_eq(object, &NO_CONTEXT));
        Ok(no_context && matches!(at, Value::Null) || loosely_equal(this, at, self.arena)?)
    }

    fn enter(&mut self, host: &dyn Host<'a>, closure: &Closure<'a>, env: &Env<'a>) -> Result<(), Error> {
        if self.depth >= self.limits.depth {
            return Err(limit(format!(
                "more than {} blocks and partials inside each other",
                self.limits.depth
            )));
        }
        self.depth += 1;
        let done = if closure.inlines.is_empty() {
            self.program(host, closure.program, env)
        } else {
            let around = env.container.partials.get();
            let inlines = self.arena.alloc(Inlines { named: closure.inlines, around });
            env.container.partials.set(Some(inlines));
            let done = self.program(host, closure.program, env);
            env.container.partials.set(around);
            done
        };
        self.depth -= 1;
        done
    }

    fn program(&mut self, host: &dyn Host<'a>, program: &'a Program, env: &Env<'a>) -> Result<(), Error> {
        for node in &program.body {
            self.step()?;
            let (done, place) = match node {
                Node::Text(text) => (self.write(text), Place::default()),
                Node::Print { value, escaped, place } => (self.print(host, value, *escaped, env), *place),
                Node::Block(block) => (self.block(host, block, env), block.place),
                Node::Partial(partial) => (self.partial(host, partial, env), partial.place),
            };
            if let Err(error) = done {
                return Err(error.or_at(env.container.template.file(), place));
            }
        }
        Ok(())
    }

    /// Counts a step.
    pub fn step(&mut self) -> Result<(), Error> {
        self.steps += 1;
        if self.steps > self.limits.steps {
            return Err(limit(format!("more than {} steps", self.limits.steps)));
        }
        if self.arena.allocated_bytes() > self.limits.arena_bytes {
            return Err(limit(format!("more than {} bytes of memory", self.limits.arena_bytes)));
        }
        Ok(())
    }

    /// Writes text as it is.
    pub fn write(&mut self, text: &str) -> Result<(), Error> {
        self.out.push_str(text);
        self.check_output()
    }

    pub fn check_output(&self) -> Result<(), Error> {
        if self.out.len() > self.limits.output_bytes {
            return Err(limit(format!("more than {} bytes of output", self.limits.output_bytes)));
        }
        Ok(())
    }

    fn print(
        &mut self,
        host: &dyn Host<'a>,
        value: &'a Expr,
        escaped: bool,
        env: &Env<'a>,
    ) -> Result<(), Error> {
        let value = match value {
            Expr::Call(call) => self.call(host, call, env)?,
            value => self.value(host, value, env)?,
        };
        self.print_value(value, escaped)
    }

    pub fn print_value(&mut self, value: Value<'a>, escaped: bool) -> Result<(), Error> {
        match value {
            Value::Undefined | Value::Null => return Ok(()),
            Value::Text(text) if escaped => push_escaped(text, &mut self.out),
            Value::Text(text) | Value::Safe(text) => self.out.push_str(text),
            Value::Bool(bool) => self.out.push_str(if bool { "true" } else { "false" }),
            Value::Number(number) => push_number(number, &mut self.out),
            Value::Object(object) if escaped && object.get("toHTML", self.arena).is_truthy() => {
                return Err(Error::new(Kind::Helper, "string.toHTML is not a function"));
            }
            Value::List(_) | Value::Object(_) if escaped => {
                let mut text = String::new();
                push_text(value, self.arena, &mut text, self.limits.output_bytes)?;
                push_escaped(&text, &mut self.out);
            }
            Value::List(_) | Value::Object(_) => {
                push_text(value, self.arena, &mut self.out, self.limits.output_bytes)?;
            }
        }
        self.check_output()
    }

    fn block(&mut self, host: &dyn Host<'a>, block: &'a Block, env: &Env<'a>) -> Result<(), Error> {
        match &block.kind {
            BlockKind::Call(call) => {
                let value = self.call_block(host, call, block, env)?;
                self.print_value(value, false)
            }
            BlockKind::Value(value) => {
                let value = self.value(host, value, env)?;
                let bodies = self.bodies(host, block, env)?;
                self.value_block(host, value, bodies, env)
            }
        }
    }

    /// The value of an argument.
    pub fn value(&mut self, host: &dyn Host<'a>, expr: &'a Expr, env: &Env<'a>) -> Result<Value<'a>, Error> {
        match expr {
            Expr::Literal(literal) => Ok(match literal {
                Literal::Undefined => Value::Undefined,
                Literal::Null => Value::Null,
                Literal::Bool(bool) => Value::Bool(*bool),
                Literal::Number(number) => Value::Number(*number),
                Literal::Text(text) => Value::Text(text),
            }),
            Expr::Path(path) => self.path(path, env),
            Expr::Call(call) => self.call_in_brackets(host, call, env),
        }
    }

    /// A call in brackets: what the helper writes counts as its value.
    fn call_in_brackets(
        &mut self,
        host: &dyn Host<'a>,
        call: &'a CallShape,
        env: &Env<'a>,
    ) -> Result<Value<'a>, Error> {
        let start = self.out.len();
        let value = self.call(host, call, env)?;
        if self.out.len() <= start {
            return Ok(value);
        }
        let mut text = self.out.split_off(start);
        push_text(value, self.arena, &mut text, self.limits.output_bytes)?;
        Ok(Value::Text(self.arena.text(&text)))
    }

    pub fn params(
        &mut self,
        host: &dyn Host<'a>,
        params: &'a [Expr],
        env: &Env<'a>,
    ) -> Result<&'a [Value<'a>], Error> {
        match params {
            [] => Ok(&[]),
            [one] => {
                let value = self.value(host, one, env)?;
                Ok(self.arena.slice([value]))
            }
            params => {
                let mut values = Vec::with_capacity(params.len());
                for param in params {
                    values.push(self.value(host, param, env)?);
                }
                Ok(self.arena.slice(values))
            }
        }
    }

    pub fn hash(
        &mut self,
        host: &dyn Host<'a>,
        hash: &'a Hash,
        env: &Env<'a>,
    ) -> Result<&'a [(&'a str, Value<'a>)], Error> {
        if hash.is_empty() {
            return Ok(&[]);
        }
        let mut pairs = Vec::with_capacity(hash.len());
        for (name, value) in hash {
            pairs.push((&**name, self.value(host, value, env)?));
        }
        Ok(self.arena.slice(pairs))
    }

    pub fn path(&self, path: &'a Path, env: &Env<'a>) -> Result<Value<'a>, Error> {
        let arena = self.arena;
        match path.base {
            Base::Context { up } => {
                let mut value = env.this;
                if up > 0 {
                    let mut depth = env.depths;
                    for _ in 0..up {
                        depth = depth.and_then(|depth| depth.around);
                    }
                    value = depth.map_or(Value::Undefined, |depth| depth.value);
                }
                Ok(fields(value, &path.parts, arena))
            }
            Base::Param { up, index } => {
                let mut params = env.params;
                for _ in 0..up {
                    params = params.and_then(|params| params.around);
                }
                let Some(values) = params.and_then(|params| params.values) else {
                    let message = "block parameters are used where the helper gives none";
                    return Err(Error::new(Kind::Helper, message));
                };
                Ok(fields(values.get(usize::from(index)).copied().unwrap_or_default(), &path.parts, arena))
            }
            Base::Data { up } => {
                let mut data = Some(env.data);
                let (mut name, mut parts) =
                    path.parts.split_first().map_or(("", &*path.parts), |(name, rest)| (&**name, rest));
                let mut left = up;
                // `@_parent` is the frame around, as is `@..`.
                while left > 0 || name == "_parent" && !parts.is_empty() {
                    if left > 0 {
                        left -= 1;
                    } else if let Some((next, rest)) = parts.split_first() {
                        (name, parts) = (next, rest);
                    }
                    data = data.and_then(|data| data.around);
                }
                let mut value = data.map_or(Value::Undefined, |data| data.find(name));
                for part in parts {
                    // Unlike a path on the context this stops at whatever is not true, and is that.
                    if !value.is_truthy() {
                        break;
                    }
                    value = value.get(part, arena);
                }
                Ok(value)
            }
        }
    }

    /// A block with its surroundings. Its `{{#*inline}}` are read now, before it runs, as they stand outside of it.
    pub fn close(
        &mut self,
        host: &dyn Host<'a>,
        container: &'a Container<'a>,
        program: &'a Program,
        data: &'a Data<'a>,
        depths: Option<&'a Depth<'a>>,
        params: Option<&'a Params<'a>>,
    ) -> Result<Closure<'a>, Error> {
        let mut closure = Closure { container, program, depths, params, inlines: &[] };
        if program.decorators.is_empty() {
            return Ok(closure);
        }
        let this = depths.map_or(Value::Undefined, |depth| depth.value);
        let env = Env { container, this, data, depths, params };
        let mut inlines = Vec::with_capacity(program.decorators.len());
        for decorator in &program.decorators {
            let file = container.template.file();
            if &*decorator.name != "inline" {
                let message = format!("Missing decorator: \"{}\"", decorator.name);
                return Err(Error::at(Kind::MissingHelper, message, file, decorator.place));
            }
            let at = |error: Error| error.or_at(file, decorator.place);
            let params_given = self.params(host, &decorator.params, &env).map_err(at)?;
            self.hash(host, &decorator.hash, &env).map_err(at)?;
            let name = params_given.first().copied().unwrap_or_default();
            let name = crate::javascript::property_name(name, self.arena).map_err(at)?;
            let block = match &decorator.block {
                Some(block) => Some(self.close(host, container, block, data, depths, params)?),
                None => None,
            };
            inlines.push((name, block));
        }
        closure.inlines = self.arena.slice(inlines);
        Ok(closure)
    }

    /// A block that stands in the running program.
    pub fn close_here(
        &mut self,
        host: &dyn Host<'a>,
        program: &'a Program,
        env: &Env<'a>,
    ) -> Result<Closure<'a>, Error> {
        self.close(host, env.container, program, env.data, env.depths, env.params)
    }
}

/// The fields `parts` of `value`, one inside the other.
fn fields<'a>(mut value: Value<'a>, parts: &[Box<str>], arena: &'a Arena) -> Value<'a> {
    for part in parts {
        if value.is_absent() {
            break;
        }
        value = value.get(part, arena);
    }
    value
}

pub(crate) fn limit(message: String) -> Error {
    Error::new(Kind::Limit, message)
}
