//! A template as it is run: names resolved, white space settled, every program a flat list of statements.

use crate::error::Place;
use crate::names::HelperId;

/// The body of a template or of a block.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub body: Box<[Node]>,
    /// `{{#*inline}}` and other decorators, which take effect before the body runs.
    pub decorators: Box<[Decorator]>,
    /// How many block parameters the program declares.
    pub n_params: u16,
    /// Whether it or a block in it goes up with `..`: only then contexts are kept track of.
    pub uses_depths: bool,
    /// Whether a block in it reads block parameters.
    pub inner_params: bool,
    /// Whether the source has a single statement here: then what that makes is handed on as it is.
    pub single: bool,
    /// The statement after the last block that ends a sum, see [`Block::ends_sum`].
    pub tail: usize,
}

/// Chains of `{{else name}}` can be long: they are dropped link by link, not from the inside.
impl Drop for Program {
    fn drop(&mut self) {
        let mut next = self.take_only_block();
        while let Some(mut block) = next {
            next = block.inverse.as_mut().and_then(Self::take_only_block);
        }
    }
}

impl Program {
    fn take_only_block(&mut self) -> Option<Box<Block>> {
        if !matches!(&*self.body, [Node::Block(_)]) {
            return None;
        }
        match std::mem::take(&mut self.body).into_vec().pop() {
            Some(Node::Block(block)) => Some(block),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(crate) enum Node {
    Text(Box<str>),
    /// `{{expression}}`, or `{{{expression}}}` when not escaped.
    Print {
        value: Expr,
        escaped: bool,
        place: Place,
    },
    Block(Box<Block>),
    Partial(Box<Partial>),
}

#[derive(Debug)]
pub(crate) enum Expr {
    Literal(Literal),
    Path(Path),
    Call(Box<CallShape>),
    /// `@partial-block` as an argument: what the block of the partial's call renders without a context.
    PartialBlock,
}

#[derive(Debug)]
pub(crate) enum Literal {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Box<str>),
}

#[derive(Debug)]
pub(crate) struct Path {
    pub base: Base,
    pub parts: Box<[Box<str>]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// The context `up` levels out.
    Context { up: u32 },
    /// Block parameter `index` of the program `up` levels out.
    Param { up: u32, index: u16 },
    /// A data variable, named by the first part, seen `up` frames out.
    Data { up: u32 },
}

/// Helper and arguments of a call.
#[derive(Debug)]
pub(crate) struct CallShape {
    pub helper: Helper,
    pub name: Box<str>,
    pub params: Box<[Expr]>,
    /// Each name once.
    pub hash: Hash,
    pub place: Place,
}

/// Named arguments, each name once. Backwards they are in JavaScript's order, in which they are worked out.
pub(crate) type Hash = Box<[(Box<str>, Expr)]>;

#[derive(Debug)]
pub(crate) enum Helper {
    Host(HelperId),
    Builtin(Builtin),
    /// `{{@partial-block}}`: the block of the partial's call, called as a helper is.
    PartialBlock {
        /// Whether the call has a block of its own.
        with_block: bool,
        /// As [`Block::hands_params`].
        hands_params: bool,
    },
    /// There is none: an error, unless Handlebars lets it pass. The path is what else could have been called.
    Missing(Path),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    If,
    Unless,
    Each,
    With,
    Lookup,
    Log,
    /// `helperMissing` and `blockHelperMissing` cannot be called by name.
    Forbidden,
}

#[derive(Debug)]
pub(crate) struct Block {
    pub kind: BlockKind,
    pub body: Option<Program>,
    pub inverse: Option<Program>,
    /// Whether Handlebars adds up what stands before it, then it, then what follows: so it is with a plain name
    /// without arguments.
    pub ends_sum: bool,
    /// Whether the statements before have read block parameters. A plain value's block is given those around where
    /// Handlebars has met one by then: in the statements before or in the blocks of the program.
    pub hands_params: bool,
    pub place: Place,
}

#[derive(Debug)]
pub(crate) enum BlockKind {
    Call(CallShape),
    /// `{{#name}}` where no helper has the name: a condition, a loop or a context, as the value is.
    Value(Expr),
}

#[derive(Debug)]
pub(crate) struct Partial {
    pub name: PartialName,
    pub context: Option<Expr>,
    /// `None` when the call has no named arguments.
    pub hash: Option<Hash>,
    /// The block of `{{#> name}}`.
    pub block: Option<Program>,
    /// White space put before each line of the partial.
    pub indent: Box<str>,
    /// As [`Block::hands_params`], for inline partials.
    pub hands_params: bool,
    pub place: Place,
}

#[derive(Debug)]
pub(crate) enum PartialName {
    Static(Box<str>),
    Dynamic(Expr),
}

#[derive(Debug)]
pub(crate) struct Decorator {
    /// What it is called; `inline` is the only one there is.
    pub name: Box<str>,
    pub params: Box<[Expr]>,
    pub hash: Hash,
    pub block: Option<Program>,
    pub place: Place,
}
