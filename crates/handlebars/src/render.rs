//! Runs programs: writes the text, prints values, calls helpers, counts what it does.

use crate::arena::Arena;
use crate::error::{Error, Kind};
use crate::frames::{Closure, Container, Data, Depth, Env, Inlines, NO_CONTEXT, Params, Vars};
use crate::helpers::Chosen;
use crate::host::Host;
use crate::javascript::{loosely_equal, property_name, push_escaped, push_number, push_text};
use crate::limits::Limits;
use crate::program::{Base, Block, BlockKind, CallShape, Expr, Hash, Literal, Node, Path, Program};
use crate::template::Template;
use crate::value::Value;

/// What a program or a statement has made. JavaScript adds what is printed with `+`, so that two numbers in a row,
/// `{{{a}}}{{{b}}}`, are printed as their sum as long as no text stands before them.
#[derive(Clone, Copy)]
pub(crate) enum Sum<'a> {
    Nothing,
    /// Text, which is in the output.
    Text,
    /// A value that is not text, and not in the output yet.
    Value(Value<'a>),
}

/// What one render writes and counts.
pub(crate) struct State<'a> {
    pub arena: &'a Arena,
    pub out: String,
    pub limits: Limits,
    steps: u64,
    depth: u32,
    /// Of the partials rendered so far: a partial has one container, also while it is rendered inside itself.
    containers: Vec<&'a Container<'a>>,
}

impl<'a> State<'a> {
    pub fn new(arena: &'a Arena, limits: Limits, out: String) -> Self {
        Self { arena, out, limits, steps: 0, depth: 0, containers: Vec::new() }
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

    /// The container of a partial, in which `partials` are now in force. As in Handlebars a partial that renders itself
    /// with other inline partials keeps those afterwards.
    pub fn container(
        &mut self,
        template: &'a Template,
        partials: Option<&'a Inlines<'a>>,
    ) -> &'a Container<'a> {
        match self.containers.iter().find(|container| std::ptr::eq(container.template, template)) {
            Some(container) => {
                container.partials.set(partials);
                container
            }
            None => {
                let container = self.arena.alloc(Container { template, partials: partials.into() });
                self.containers.push(container);
                container
            }
        }
    }

    /// Renders a template in its container.
    pub fn template(
        &mut self,
        host: &dyn Host<'a>,
        container: &'a Container<'a>,
        this: Value<'a>,
        data: &'a Data<'a>,
    ) -> Result<(), Error> {
        let program = &container.template.main;
        let nowhere = Env {
            container,
            partials: None,
            this: Value::Undefined,
            data,
            tracks_depths: true,
            depths: None,
            params: None,
            inner_params: program.inner_params,
        };
        let closure = self.close(host, program, &nowhere)?;
        let tracks_depths = program.uses_depths;
        let depths =
            if tracks_depths { Some(self.arena.alloc(Depth { value: this, around: None })) } else { None };
        let partials = container.partials.get();
        let env = Env { tracks_depths, depths, partials, this, ..nowhere };
        let sum = self.enter(host, &closure, &env)?;
        self.flush(sum)
    }

    /// Renders a block in its surroundings, with the context `this`.
    pub fn run(
        &mut self,
        host: &dyn Host<'a>,
        closure: Closure<'a>,
        this: Value<'a>,
        data: &'a Data<'a>,
        values: Option<&'a [Value<'a>]>,
    ) -> Result<Sum<'a>, Error> {
        let env = self.inside(&closure, this, data, values)?;
        self.enter(host, &closure, &env)
    }

    /// The surroundings of a block's statements.
    fn inside(
        &mut self,
        closure: &Closure<'a>,
        this: Value<'a>,
        data: &'a Data<'a>,
        values: Option<&'a [Value<'a>]>,
    ) -> Result<Env<'a>, Error> {
        let arena = self.arena;
        let template = closure.container.template;
        let mut depths = closure.depths;
        if closure.tracks_depths && !self.is_at(this, depths)? {
            depths = Some(arena.alloc(Depth { value: this, around: depths }));
        }
        let mut params = None;
        if template.uses_params {
            params = Some(arena.alloc(Params { values, around: closure.params }));
        }
        let Closure { container, program: &Program { uses_depths: tracks_depths, inner_params, .. }, .. } =
            *closure;
        let partials = container.partials.get();
        Ok(Env { container, partials, this, data, tracks_depths, depths, params, inner_params })
    }

    /// Whether `this` is the context that `..` would leave, so that it adds no level. Handlebars compares with `==`.
    fn is_at(&self, this: Value<'a>, depths: Option<&'a Depth<'a>>) -> Result<bool, Error> {
        let at = depths.map_or(Value::Undefined, |depth| depth.value);
        let no_context = matches!(this, Value::Object(object) if std::ptr::addr_eq(object, &NO_CONTEXT));
        Ok(no_context && matches!(at, Value::Null) || loosely_equal(this, at, self.arena)?)
    }

    fn enter(&mut self, host: &dyn Host<'a>, closure: &Closure<'a>, env: &Env<'a>) -> Result<Sum<'a>, Error> {
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
            let env_inside = Env { partials: Some(inlines), ..*env };
            let done = self.program(host, closure.program, &env_inside);
            env.container.partials.set(around);
            done
        };
        self.depth -= 1;
        done
    }

    fn program(
        &mut self,
        host: &dyn Host<'a>,
        program: &'a Program,
        env: &Env<'a>,
    ) -> Result<Sum<'a>, Error> {
        if program.single {
            return match program.body.first() {
                Some(node) => self.node(host, node, env),
                None => Ok(Sum::Text),
            };
        }
        let start = self.out.len();
        let mut buffer = Sum::Nothing;
        let (mut sum, mut sum_start) = (Sum::Nothing, start);
        for (index, node) in program.body.iter().enumerate() {
            if !matches!(node, Node::Block(block) if block.ends_sum) {
                let made = self.node(host, node, env)?;
                sum = self.add(sum, sum_start, made)?;
                continue;
            }
            buffer = self.add(buffer, start, sum)?;
            if matches!(buffer, Sum::Nothing) {
                buffer = Sum::Text;
            }
            let made = self.node(host, node, env)?;
            buffer = self.add(buffer, start, made)?;
            (sum, sum_start) = (Sum::Nothing, self.out.len());
            if index + 1 == program.tail {
                // What follows the last such block is added to it, one by one.
                (sum, sum_start) = (buffer, start);
                buffer = Sum::Nothing;
            }
        }
        match self.add(buffer, start, sum)? {
            Sum::Nothing => Ok(Sum::Text),
            sum => Ok(sum),
        }
    }

    fn node(&mut self, host: &dyn Host<'a>, node: &'a Node, env: &Env<'a>) -> Result<Sum<'a>, Error> {
        self.step()?;
        let (made, place) = match node {
            Node::Text(text) => return self.write(text).map(|()| Sum::Text),
            Node::Print { value, escaped, place } => (self.print(host, value, *escaped, env), *place),
            Node::Block(block) => (self.block(host, block, env), block.place),
            Node::Partial(partial) => (self.partial(host, partial, env), partial.place),
        };
        made.map_err(|error| error.or_at(env.container.template.file(), place))
    }

    /// `sum + more`, where `sum` begins at `start` in the output.
    fn add(&mut self, sum: Sum<'a>, start: usize, more: Sum<'a>) -> Result<Sum<'a>, Error> {
        match (sum, more) {
            (Sum::Nothing, sum) | (sum, Sum::Nothing) => return Ok(sum),
            (Sum::Text, Sum::Text) => {}
            (Sum::Text, Sum::Value(_)) => self.flush(more)?,
            (Sum::Value(value), Sum::Text) => {
                let text = self.out.split_off(start);
                self.print_value(value, false)?;
                self.out.push_str(&text);
            }
            (Sum::Value(a), Sum::Value(b)) => match (as_addend(a), as_addend(b)) {
                (Some(a), Some(b)) => return Ok(Sum::Value(Value::Number(a + b))),
                _ => {
                    self.print_value(a, false)?;
                    self.print_value(b, false)?;
                }
            },
        }
        Ok(Sum::Text)
    }

    /// Writes what is not written yet.
    pub fn flush(&mut self, sum: Sum<'a>) -> Result<(), Error> {
        match sum {
            Sum::Value(value) => self.print_value(value, false),
            Sum::Nothing | Sum::Text => Ok(()),
        }
    }

    /// A value that is to be printed as it is.
    pub fn made(&mut self, value: Value<'a>) -> Result<Sum<'a>, Error> {
        match value {
            Value::Undefined | Value::Null => Ok(Sum::Text),
            Value::Text(text) | Value::Safe(text) => self.write(text).map(|()| Sum::Text),
            value => Ok(Sum::Value(value)),
        }
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
    ) -> Result<Sum<'a>, Error> {
        let value = match value {
            Expr::Call(call) => self.call(host, call, env)?,
            value => self.value(host, value, env)?,
        };
        if escaped { self.print_value(value, true).map(|()| Sum::Text) } else { self.made(value) }
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

    /// A block. Where a body holds nothing but another block, as in a chain of `{{else if}}`, that one takes its
    /// place: chains of any length take no stack.
    fn block(&mut self, host: &dyn Host<'a>, block: &'a Block, env: &Env<'a>) -> Result<Sum<'a>, Error> {
        let (mut block, mut env) = (block, *env);
        loop {
            let chosen = self.choose(host, block, &env);
            let file = env.container.template.file();
            let (closure, this, values) = match chosen.map_err(|error| error.or_at(file, block.place))? {
                Chosen::Made(sum) => return Ok(sum),
                Chosen::Run { closure, this, values } => (closure, this, values),
            };
            env = self.inside(&closure, this, env.data, values)?;
            match &*closure.program.body {
                [Node::Block(inner)] if closure.program.single && closure.inlines.is_empty() => {
                    self.step()?;
                    block = inner;
                }
                _ => return self.enter(host, &closure, &env),
            }
        }
    }

    fn choose(&mut self, host: &dyn Host<'a>, block: &'a Block, env: &Env<'a>) -> Result<Chosen<'a>, Error> {
        match &block.kind {
            BlockKind::Call(call) => self.call_block(host, call, block, env),
            BlockKind::Value(value) => {
                let value = self.value(host, value, env)?;
                let bodies = self.bodies(host, block, env)?;
                self.value_block(host, value, bodies, block.hands_params || env.inner_params, env)
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
            Expr::PartialBlock => self.partial_block_value(host, env),
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
        // JavaScript works them out from the last to the first: of two that fail the last one is reported.
        let mut pairs = Vec::with_capacity(hash.len());
        for (name, value) in hash.iter().rev() {
            pairs.push((&**name, self.value(host, value, env)?));
        }
        Ok(self.arena.slice(pairs.into_iter().rev()))
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

    /// A block that stands in a running program. Its `{{#*inline}}` are read now, before it runs, as they stand
    /// outside of it.
    pub fn close(
        &mut self,
        host: &dyn Host<'a>,
        program: &'a Program,
        env: &Env<'a>,
    ) -> Result<Closure<'a>, Error> {
        let Env { container, tracks_depths, depths, params, .. } = *env;
        let mut closure = Closure { container, program, tracks_depths, depths, params, inlines: &[] };
        if program.decorators.is_empty() {
            return Ok(closure);
        }
        // Their context is what the block's `..` is.
        let env = Env { this: depths.map_or(Value::Undefined, |depth| depth.value), ..*env };
        let file = container.template.file();
        let mut inlines = Vec::with_capacity(program.decorators.len());
        for decorator in &program.decorators {
            if &*decorator.name != "inline" {
                let message = format!("Missing decorator: \"{}\"", decorator.name);
                return Err(Error::at(Kind::MissingHelper, message, file, decorator.place));
            }
            let at = |error: Error| error.or_at(file, decorator.place);
            let given = self.params(host, &decorator.params, &env).map_err(at)?;
            self.hash(host, &decorator.hash, &env).map_err(at)?;
            let name = property_name(given.first().copied().unwrap_or_default(), self.arena).map_err(at)?;
            let block = match &decorator.block {
                Some(block) => Some(self.close(host, block, &env)?),
                None => None,
            };
            inlines.push((name, block));
        }
        closure.inlines = self.arena.slice(inlines);
        Ok(closure)
    }
}

/// What JavaScript adds as a number.
fn as_addend(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number),
        Value::Bool(bool) => Some(f64::from(u8::from(bool))),
        _ => None,
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
