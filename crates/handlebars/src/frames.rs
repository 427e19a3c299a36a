//! Where a program stands while it runs: its context and the contexts, data variables, block parameters and
//! partials around it. All of it lives in the arena, so that blocks can be handed on as closures.

use std::cell::Cell;

use crate::arena::Arena;
use crate::program::Program;
use crate::template::Template;
use crate::value::{Object, Value, in_js_order};

/// One template being rendered, with the partials that it sees at the moment.
pub(crate) struct Container<'a> {
    pub template: &'a Template,
    /// Inline partials in front of the host's; a running program with `{{#*inline}}` changes it for its time.
    pub partials: Cell<Option<&'a Inlines<'a>>>,
}

/// Inline partials of one program, and those around them.
pub(crate) struct Inlines<'a> {
    /// The last of a name counts. A name without a block hides the partial behind it.
    pub named: &'a [(&'a str, Option<Closure<'a>>)],
    pub around: Option<&'a Inlines<'a>>,
}

impl<'a> Inlines<'a> {
    /// `Some(None)` when the name is hidden.
    pub fn find(mut self: &'a Self, name: &str) -> Option<Option<Closure<'a>>> {
        loop {
            if let Some((_, closure)) = self.named.iter().rev().find(|(given, _)| *given == name) {
                return Some(*closure);
            }
            self = self.around?;
        }
    }
}

/// The contexts around a program, innermost first: what `..` goes through.
pub(crate) struct Depth<'a> {
    pub value: Value<'a>,
    pub around: Option<&'a Depth<'a>>,
}

/// Block parameters of the programs around; one link a program, also when it has none.
pub(crate) struct Params<'a> {
    /// `None` when the helper gave none.
    pub values: Option<&'a [Value<'a>]>,
    pub around: Option<&'a Params<'a>>,
}

/// Data variables (`@name`), innermost frame first.
pub(crate) struct Data<'a> {
    pub vars: Vars<'a>,
    pub around: Option<&'a Data<'a>>,
}

/// What one frame adds.
pub(crate) enum Vars<'a> {
    Root(Value<'a>),
    Given(&'a [(&'a str, Value<'a>)]),
    Each(Turn<'a>),
    PartialBlock(Option<&'a PartialBlock<'a>>),
}

/// The turn of a loop; changed in place from turn to turn.
pub(crate) struct Turn<'a> {
    pub key: Cell<Value<'a>>,
    pub index: Cell<f64>,
    pub last: Cell<bool>,
}

/// What `{{> @partial-block}}` renders: the block of the call, and the partial block that was in force there.
#[derive(Clone, Copy)]
pub(crate) struct PartialBlock<'a> {
    pub body: Closure<'a>,
    pub outer: Option<&'a PartialBlock<'a>>,
}

impl<'a> Data<'a> {
    pub fn find(&self, name: &str) -> Value<'a> {
        let mut frame = Some(self);
        while let Some(data) = frame {
            match &data.vars {
                Vars::Root(root) if name == "root" => return *root,
                Vars::Given(given) => {
                    if let Some((_, value)) = given.iter().rev().find(|(given, _)| *given == name) {
                        return *value;
                    }
                }
                Vars::Each(turn) => match name {
                    "index" => return Value::Number(turn.index.get()),
                    "key" => return turn.key.get(),
                    "first" => return Value::Bool(turn.index.get() == 0.0),
                    "last" => return Value::Bool(turn.last.get()),
                    _ => {}
                },
                _ => {}
            }
            frame = data.around;
        }
        Value::Undefined
    }

    pub fn partial_block(&self) -> Option<&'a PartialBlock<'a>> {
        let mut frame = Some(self);
        while let Some(data) = frame {
            if let Vars::PartialBlock(block) = &data.vars {
                return *block;
            }
            frame = data.around;
        }
        None
    }
}

/// A frame as an object: what it adds and what is around it, each name once, the outermost first.
impl<'a> Object<'a> for Data<'a> {
    fn get(&'a self, name: &str, _: &'a Arena) -> Value<'a> {
        match (name, self.around) {
            ("_parent", Some(around)) => Value::Object(around),
            ("_parent", None) => Value::Undefined,
            _ => self.find(name),
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        let mut frames = vec![self];
        while let Some(around) = frames.last().and_then(|frame| frame.around) {
            frames.push(around);
        }
        in_js_order(frames.iter().rev().flat_map(|frame| frame.own_keys()), arena)
    }
}

impl<'a> Data<'a> {
    /// The names that JavaScript sets when it makes the frame.
    fn own_keys(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        if self.around.is_some() || matches!(self.vars, Vars::PartialBlock(_)) {
            names.push("_parent");
        }
        match &self.vars {
            Vars::Root(_) => names.push("root"),
            Vars::Given(given) => names.extend(given.iter().map(|(name, _)| *name)),
            Vars::Each(_) => names.extend(["key", "index", "first", "last"]),
            Vars::PartialBlock(_) => names.push("partial-block"),
        }
        names
    }
}

/// A program with the surroundings in which it stands in its template.
#[derive(Clone, Copy)]
pub(crate) struct Closure<'a> {
    pub container: &'a Container<'a>,
    pub program: &'a Program,
    /// Whether contexts are kept track of where it stands.
    pub tracks_depths: bool,
    pub depths: Option<&'a Depth<'a>>,
    pub params: Option<&'a Params<'a>>,
    /// What the program's own `{{#*inline}}` define.
    pub inlines: &'a [(&'a str, Option<Closure<'a>>)],
}

/// A running program's surroundings.
#[derive(Clone, Copy)]
pub(crate) struct Env<'a> {
    pub container: &'a Container<'a>,
    /// The inline partials in force when the program began: what its own calls change later does not count in it.
    pub partials: Option<&'a Inlines<'a>>,
    pub this: Value<'a>,
    pub data: &'a Data<'a>,
    pub tracks_depths: bool,
    pub depths: Option<&'a Depth<'a>>,
    pub params: Option<&'a Params<'a>>,
    /// Whether a block in the running program reads block parameters.
    pub inner_params: bool,
}

impl<'a> Env<'a> {
    /// What helpers see as their context: never absent.
    pub fn helper_this(&self) -> Value<'a> {
        if self.this.is_absent() { Value::Object(&NO_CONTEXT) } else { self.this }
    }
}

/// Stands in for an absent context inside helpers, as an object without fields.
/// It has a size so that it has an address of its own.
pub(crate) struct NoContext(#[expect(dead_code)] u8);

pub(crate) static NO_CONTEXT: NoContext = NoContext(0);

impl<'a> Object<'a> for NoContext {
    fn get(&'a self, _: &str, _: &'a Arena) -> Value<'a> {
        Value::Undefined
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &[]
    }
}
