//! The tree that the parser makes, before names are resolved.

use crate::error::Place;

/// `~` on the two sides of a mustache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strip {
    pub open: bool,
    pub close: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Program {
    pub body: Vec<Statement>,
    pub block_params: Vec<String>,
    /// Holds only the block of an `{{else name}}`.
    pub chained: bool,
}

impl Program {
    pub fn new(body: Vec<Statement>) -> Self {
        Self { body, block_params: Vec::new(), chained: false }
    }

    /// The block of an `{{else name}}`, taken out.
    pub fn take_chained(&mut self) -> Option<Box<Block>> {
        match self.body.pop() {
            Some(Statement::Block(block)) if self.chained => Some(block),
            Some(other) => {
                self.body.push(other);
                None
            }
            None => None,
        }
    }

    /// Puts a block that was taken out in again.
    pub fn put_chained(&mut self, block: Box<Block>) {
        self.body.push(Statement::Block(block));
    }
}

/// Chains can be long: they are dropped link by link, not from the inside.
impl Drop for Program {
    fn drop(&mut self) {
        let mut next = self.take_chained();
        while let Some(mut block) = next {
            next = block.inverse.as_mut().and_then(Self::take_chained);
        }
    }
}

#[derive(Debug)]
pub(crate) enum Statement {
    Content(Content),
    Comment(Strip),
    Mustache { call: Call, escaped: bool, strip: Strip },
    Decorator { call: Call, strip: Strip },
    Block(Box<Block>),
    Partial(Box<Partial>),
}

/// Text, with what white space control left of it.
#[derive(Debug)]
pub(crate) struct Content {
    pub original: String,
    /// The part that is printed, as byte positions in `original`.
    pub start: usize,
    pub end: usize,
    pub left_stripped: bool,
    pub right_stripped: bool,
}

#[derive(Debug)]
pub(crate) struct Block {
    pub kind: BlockKind,
    pub call: Call,
    pub program: Option<Program>,
    pub inverse: Option<Program>,
    pub open_strip: Strip,
    pub inverse_strip: Strip,
    pub close_strip: Strip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Helper,
    Decorator,
    Partial,
}

#[derive(Debug)]
pub(crate) struct Partial {
    pub call: Call,
    pub indent: String,
    pub strip: Strip,
}

/// A name with arguments: of a helper, a partial or a decorator.
#[derive(Debug)]
pub(crate) struct Call {
    pub name: Expr,
    pub params: Vec<Expr>,
    pub hash: Option<Vec<(String, Expr)>>,
    /// Of the call.
    pub place: Place,
    /// Of its name.
    pub name_place: Place,
}

#[derive(Debug)]
pub(crate) enum Expr {
    Path(Path),
    Call(Box<Call>),
    Text(String),
    Number(f64),
    Bool(bool),
    Undefined,
    Null,
}

#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// Starts with `@`.
    pub data: bool,
    /// How many `..`.
    pub depth: u32,
    pub parts: Vec<String>,
    /// As written, without brackets.
    pub original: String,
    pub place: Place,
}

impl Expr {
    /// What stands in the source, for messages and names; a call in brackets is `undefined`, as in Handlebars.
    pub fn original(&self) -> String {
        match self {
            Expr::Path(path) => path.original.clone(),
            Expr::Text(text) => text.clone(),
            Expr::Number(number) => ryu_js::Buffer::new().format(*number).to_owned(),
            Expr::Bool(bool) => bool.to_string(),
            Expr::Undefined | Expr::Call(_) => "undefined".to_owned(),
            Expr::Null => "null".to_owned(),
        }
    }

    /// Whether a block that opens with `self` may close with `close`.
    pub fn closes_with(&self, close: &Expr) -> bool {
        match (self, close) {
            (
                Expr::Path(Path { original: a, .. }) | Expr::Text(a),
                Expr::Path(Path { original: b, .. }) | Expr::Text(b),
            ) => a == b,
            (Expr::Number(a), Expr::Number(b)) => a == b,
            (Expr::Bool(a), Expr::Bool(b)) => a == b,
            (Expr::Undefined | Expr::Call(_), Expr::Undefined | Expr::Call(_)) | (Expr::Null, Expr::Null) => {
                true
            }
            _ => false,
        }
    }
}
