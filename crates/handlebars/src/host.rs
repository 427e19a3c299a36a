//! The embedding: where a template's helpers and partials come from, and what a helper may do.

use crate::arena::Arena;
use crate::error::{Error, Kind, Place};
use crate::frames::{Closure, Data, Env, Vars};
use crate::names::HelperId;
use crate::render::State;
use crate::template::Template;
use crate::value::Value;

/// Gives a template its helpers and partials.
pub trait Host<'a> {
    /// Runs a helper. What an inline helper returns is printed, escaped unless [`Value::Safe`] or inside `{{{ }}}`; what
    /// a block helper returns is printed as it is (most write through [`Call::block`] and return
    /// [`Value::Undefined`]).
    fn call(&self, id: HelperId, call: &mut Call<'_, 'a>) -> Result<Value<'a>, Error>;

    /// The partial of this name; `None` when there is none, an error when it cannot be read: a broken partial
    /// matters only where it is used.
    fn partial(&self, name: &str) -> Result<Option<&'a Template>, Error>;

    /// `{{log …}}`: level (0 debug to 3 error) and the values as text. Not written anywhere by default.
    fn log(&self, _level: u8, _message: &str) {}
}

/// What a block gets besides its context.
#[derive(Clone, Copy, Default)]
pub struct Scope<'s, 'a> {
    /// Data variables of a new frame: `@name` in the block, `@../name` in the blocks inside it. No frame when empty.
    pub data: &'s [(&'a str, Value<'a>)],
    /// Values of `as |a b|`.
    pub block_params: &'s [Value<'a>],
}

/// The two bodies of a block call.
#[derive(Clone, Copy)]
pub(crate) struct Bodies<'a> {
    pub body: Option<Closure<'a>>,
    pub inverse: Option<Closure<'a>>,
}

/// One call of a helper: its arguments, its surroundings, and what it may render.
pub struct Call<'c, 'a> {
    pub(crate) host: &'c dyn Host<'a>,
    pub(crate) state: &'c mut State<'a>,
    pub(crate) env: &'c Env<'a>,
    pub(crate) name: &'a str,
    pub(crate) params: &'a [Value<'a>],
    pub(crate) hash: &'a [(&'a str, Value<'a>)],
    pub(crate) bodies: Option<Bodies<'a>>,
    pub(crate) place: Place,
}

impl<'c, 'a> Call<'c, 'a> {
    /// The name under which the helper was called.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The positional arguments.
    pub fn params(&self) -> &'a [Value<'a>] {
        self.params
    }

    /// The positional argument `index`, undefined when it was not given.
    pub fn param(&self, index: usize) -> Value<'a> {
        self.params.get(index).copied().unwrap_or_default()
    }

    /// The named arguments in the order of the template, each name once (of a name given twice the first counts,
    /// as in Handlebars). Handlebars itself walks them from last to first.
    pub fn hash(&self) -> &'a [(&'a str, Value<'a>)] {
        self.hash
    }

    /// The named argument `name`, undefined when it was not given.
    pub fn option(&self, name: &str) -> Value<'a> {
        self.hash.iter().find(|(given, _)| *given == name).map_or(Value::Undefined, |(_, value)| *value)
    }

    /// The context of the call. An absent context appears as an object without fields, as in Handlebars.
    pub fn this(&self) -> Value<'a> {
        self.env.helper_this()
    }

    /// `@root`.
    pub fn root(&self) -> Value<'a> {
        self.data("root")
    }

    /// The data variable `@name`, from the innermost frame that has it.
    pub fn data(&self, name: &str) -> Value<'a> {
        self.env.data.find(name)
    }

    /// `@../name` and further: the data variable as seen `up` frames further out.
    pub fn data_above(&self, up: usize, name: &str) -> Value<'a> {
        let mut frame = Some(self.env.data);
        for _ in 0..up {
            frame = frame.and_then(|data| data.around);
        }
        frame.map_or(Value::Undefined, |data| data.find(name))
    }

    /// The context `up` levels further out, as `..` sees it. Only templates that use `..` somewhere keep track;
    /// otherwise undefined for `up` over 0.
    pub fn above(&self, up: usize) -> Value<'a> {
        if up == 0 {
            return self.env.this;
        }
        let mut depth = self.env.depths;
        for _ in 0..up {
            depth = depth.and_then(|depth| depth.around);
        }
        depth.map_or(Value::Undefined, |depth| depth.value)
    }

    /// The memory of this render.
    pub fn arena(&self) -> &'a Arena {
        self.state.arena
    }

    /// Where the call stands in its template.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The name of the template's file.
    pub fn file(&self) -> &'a str {
        self.env.container.template.file()
    }

    /// An error of this helper at its place.
    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::at(Kind::Helper, message, self.file(), self.place)
    }

    /// Whether the helper was called as a block (`{{#name}}`, `{{^name}}`).
    pub fn is_block(&self) -> bool {
        self.bodies.is_some()
    }

    /// Whether the block has an `{{else}}` part.
    pub fn has_inverse(&self) -> bool {
        self.bodies.is_some_and(|bodies| bodies.inverse.is_some())
    }

    /// How many names the block takes: `as |a b|`.
    pub fn n_block_params(&self) -> usize {
        self.bodies.and_then(|bodies| bodies.body).map_or(0, |body| body.program.n_params as usize)
    }

    /// Renders the block's body with the context `this` into the output. Does nothing when there is no body.
    pub fn block(&mut self, this: Value<'a>, scope: Scope<'_, 'a>) -> Result<(), Error> {
        match self.bodies.and_then(|bodies| bodies.body) {
            Some(body) => self.run(body, this, scope),
            None => Ok(()),
        }
    }

    /// Renders the `{{else}}` part with the context `this`. Does nothing when there is none.
    pub fn inverse(&mut self, this: Value<'a>) -> Result<(), Error> {
        self.inverse_with(this, Scope::default())
    }

    /// Renders the `{{else}}` part with data variables of its own.
    pub fn inverse_with(&mut self, this: Value<'a>, scope: Scope<'_, 'a>) -> Result<(), Error> {
        match self.bodies.and_then(|bodies| bodies.inverse) {
            Some(inverse) => self.run(inverse, this, scope),
            None => Ok(()),
        }
    }

    /// What `act` writes, taken out of the output again; when it fails, what it wrote is gone.
    pub fn capture(&mut self, act: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<&'a str, Error> {
        let start = self.state.out.len();
        let done = act(self);
        let text = self.state.out.get(start..).unwrap_or_default();
        let text = done.map(|()| self.state.arena.text(text));
        self.state.out.truncate(start);
        text
    }

    /// Writes `html` to the output as it is.
    pub fn write(&mut self, html: &str) -> Result<(), Error> {
        self.state.write(html).map_err(|error| error.or_at(self.file(), self.place))
    }

    /// Renders the partial `name` with the context `this`, over which `hash` is laid unless it is empty.
    pub fn partial(
        &mut self,
        name: &str,
        this: Value<'a>,
        hash: &[(&'a str, Value<'a>)],
    ) -> Result<(), Error> {
        let arena = self.state.arena;
        let name = arena.text(name);
        let this =
            if hash.is_empty() { this } else { arena.overlay(this, arena.slice(hash.iter().copied())) };
        self.state
            .partial_by_name(self.host, self.env, name, this)
            .map_err(|error| error.or_at(self.file(), self.place))
    }

    fn run(&mut self, closure: Closure<'a>, this: Value<'a>, scope: Scope<'_, 'a>) -> Result<(), Error> {
        let arena = self.state.arena;
        let data = if scope.data.is_empty() {
            self.env.data
        } else {
            let given = Vars::Given(arena.slice(scope.data.iter().copied()));
            arena.alloc(Data { vars: given, around: Some(self.env.data) })
        };
        let params = match scope.block_params {
            [] => None,
            given => Some(arena.slice(given.iter().copied())),
        };
        let sum = self.state.run(self.host, closure, this, data, params)?;
        self.state.flush(sum)
    }
}
