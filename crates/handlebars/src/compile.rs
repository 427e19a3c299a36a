//! From the tree to the program: which name is a helper, which a field, which a block parameter.

use std::collections::HashMap;

use crate::names::Names;
use crate::program::{
    Base, Block, BlockKind, Builtin, CallShape, Decorator, Expr, Hash, Helper, Literal, Node, Partial,
    PartialName, Path, Program,
};
use crate::syntax::{self, Statement};
use crate::template::{Mention, Mentioned};
use crate::value::array_index;
use crate::{Error, Kind, Place};

/// A compiled template, apart from its name and layout.
pub(crate) struct Compiled {
    pub main: Program,
    pub uses_params: bool,
    pub mentions: Vec<Mention>,
}

pub(crate) fn compile(
    file: &str,
    root: syntax::Program,
    names: &Names,
    prevent_indent: bool,
) -> Result<Compiled, Error> {
    let mut compiler = Compiler {
        file,
        names,
        prevent_indent,
        params: Vec::new(),
        scope: Scope::default(),
        uses_params: false,
        mentions: Vec::new(),
    };
    let main = compiler.program(root)?;
    let Compiler { uses_params, mut mentions, .. } = compiler;
    mentions.sort_by_key(|mention| mention.place);
    Ok(Compiled { main, uses_params, mentions })
}

struct Compiler<'n> {
    file: &'n str,
    names: &'n Names,
    prevent_indent: bool,
    /// Block parameters of the programs around, innermost last.
    params: Vec<Vec<String>>,
    scope: Scope,
    uses_params: bool,
    mentions: Vec<Mention>,
}

/// What is known of the program at hand so far.
#[derive(Clone, Copy, Default)]
struct Scope {
    /// Whether it goes up with `..`.
    uses_depths: bool,
    /// Whether its own statements read block parameters.
    own_params: bool,
    /// Whether the programs in it do.
    inner_params: bool,
}

/// What the name of a statement or of a call in brackets is.
enum Class {
    /// A call: it has arguments, stands in brackets, or has the name of a built-in helper.
    Helper,
    /// A helper if there is one of this name, else a field.
    Ambiguous,
    Value,
}

/// Helpers that Handlebars knows when it compiles.
fn builtin(name: &str) -> Option<Builtin> {
    Some(match name {
        "if" => Builtin::If,
        "unless" => Builtin::Unless,
        "each" => Builtin::Each,
        "with" => Builtin::With,
        "lookup" => Builtin::Lookup,
        "log" => Builtin::Log,
        "helperMissing" | "blockHelperMissing" => Builtin::Forbidden,
        _ => return None,
    })
}

/// Whether the path says whose field it means: `this.x`, `./x`, and whatever else Handlebars' pattern
/// `/^\.|this\b/` finds, such as `mythis`.
fn is_scoped(original: &str) -> bool {
    original.starts_with('.')
        || original.match_indices("this").any(|(at, this)| {
            let after = original.get(at + this.len()..).unwrap_or_default();
            !after.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_')
        })
}

/// Whether the path is the block of the partial's call, which JavaScript sees as a function.
fn is_partial_block(path: &syntax::Path) -> bool {
    path.data && path.depth == 0 && path.parts == ["partial-block"]
}

fn is_simple(path: &syntax::Path) -> bool {
    path.parts.len() == 1 && path.depth == 0 && !is_scoped(&path.original)
}

impl Compiler<'_> {
    fn program(&mut self, mut program: syntax::Program) -> Result<Program, Error> {
        let n_params = program.block_params.len().try_into().unwrap_or(u16::MAX);
        self.params.push(std::mem::take(&mut program.block_params));
        let outer = std::mem::take(&mut self.scope);
        let single = program.body.len() == 1;
        let mut body = Body::default();
        let mut decorators = Vec::new();
        for statement in std::mem::take(&mut program.body) {
            match statement {
                Statement::Content(content) => {
                    body.text.push_str(content.original.get(content.start..content.end).unwrap_or_default());
                }
                Statement::Comment(_) => {}
                Statement::Mustache { call, escaped, .. } => {
                    let place = call.place;
                    let value = self.call(call, false)?;
                    body.push(Node::Print { value, escaped, place });
                }
                Statement::Decorator { call, .. } => decorators.push(self.decorator(call, None)?),
                Statement::Block(block) => match block.kind {
                    syntax::BlockKind::Helper => {
                        let block = self.block(*block)?;
                        body.push(Node::Block(Box::new(block)));
                    }
                    syntax::BlockKind::Decorator => {
                        decorators.push(self.decorator(block.call, block.program)?)
                    }
                    syntax::BlockKind::Partial => {
                        self.partial(&mut body, block.call, String::new(), block.program)?
                    }
                },
                Statement::Partial(partial) => self.partial(&mut body, partial.call, partial.indent, None)?,
            }
        }
        self.params.pop();
        let body = body.finish();
        let Scope { uses_depths, inner_params, .. } = self.leave(outer);
        let ends_sum = |node: &Node| matches!(node, Node::Block(block) if block.ends_sum);
        let tail = body.iter().rposition(ends_sum).map_or(0, |last| last + 1);
        let (body, decorators) = (body.into(), decorators.into());
        Ok(Program { body, decorators, n_params, uses_depths, inner_params, single, tail })
    }

    /// Goes back to the program around.
    fn leave(&mut self, outer: Scope) -> Scope {
        let inner = std::mem::replace(&mut self.scope, outer);
        self.scope.uses_depths |= inner.uses_depths;
        self.scope.inner_params |= inner.own_params || inner.inner_params;
        inner
    }

    fn optional(&mut self, program: Option<syntax::Program>) -> Result<Option<Program>, Error> {
        program.map(|program| self.program(program)).transpose()
    }

    /// A block with the chain of `{{else name}}` behind it, which can be long: link by link on the way in, then from
    /// the last to the first.
    fn block(&mut self, mut block: syntax::Block) -> Result<Block, Error> {
        let mut links = Vec::new();
        while let Some(next) = block.inverse.as_mut().and_then(syntax::Program::take_chained) {
            let body = self.optional(block.program)?;
            // The body of `{{else name}}` is a program of its own, without block parameters.
            self.params.push(Vec::new());
            links.push((block.call, body, std::mem::take(&mut self.scope)));
            block = *next;
        }
        let body = self.optional(block.program)?;
        let inverse = self.optional(block.inverse)?;
        let mut whole = self.whole(block.call, body, inverse)?;
        while let Some((call, body, outer)) = links.pop() {
            self.params.pop();
            let Scope { uses_depths, inner_params, .. } = self.leave(outer);
            let inverse = Program {
                tail: usize::from(whole.ends_sum),
                body: [Node::Block(Box::new(whole))].into(),
                decorators: Box::default(),
                n_params: 0,
                uses_depths,
                inner_params,
                single: true,
            };
            whole = self.whole(call, body, Some(inverse))?;
        }
        Ok(whole)
    }

    fn whole(
        &mut self,
        call: syntax::Call,
        body: Option<Program>,
        inverse: Option<Program>,
    ) -> Result<Block, Error> {
        let place = call.place;
        let has_arguments = !call.params.is_empty() || call.hash.is_some();
        let ends_sum = matches!(self.classify(&name_path(&call), has_arguments), Class::Ambiguous);
        let kind = match self.call(call, false)? {
            Expr::Call(mut call) => match &mut call.helper {
                Helper::PartialBlock { with_block, .. } => {
                    *with_block = true;
                    // What a plain name comes to decides over the block's body.
                    if ends_sum { BlockKind::Value(Expr::Call(call)) } else { BlockKind::Call(*call) }
                }
                _ => BlockKind::Call(*call),
            },
            value => BlockKind::Value(value),
        };
        Ok(Block { kind, body, inverse, ends_sum, hands_params: self.scope.own_params, place })
    }

    fn decorator(&mut self, call: syntax::Call, block: Option<syntax::Program>) -> Result<Decorator, Error> {
        self.scope.uses_depths = true;
        let block = self.optional(block)?;
        let name = call.name.original();
        if let Some(syntax::Expr::Text(partial)) = call.params.first() {
            self.mention(Mentioned::InlinePartial, partial.clone(), call.place);
        }
        let params = self.params_of(call.params)?;
        let hash = self.hash(call.hash)?;
        Ok(Decorator { name: name.into(), params, hash, block, place: call.place })
    }

    fn partial(
        &mut self,
        body: &mut Body,
        mut call: syntax::Call,
        indent: String,
        block: Option<syntax::Program>,
    ) -> Result<(), Error> {
        let place = call.place;
        let block = self.optional(block)?;
        if call.params.len() > 1 {
            let message = format!("Unsupported number of partial arguments: {}", call.params.len());
            return Err(Error { says_place: true, ..Error::at(Kind::Syntax, message, self.file, place) });
        }
        let name = match call.name {
            syntax::Expr::Call(name) => {
                let what = match &block {
                    Some(_) => Mentioned::DynamicPartialBlock,
                    None => Mentioned::DynamicPartial,
                };
                self.mention(what, String::new(), place);
                PartialName::Dynamic(self.call(*name, true)?)
            }
            name => {
                self.mention(Mentioned::Partial, name.original(), place);
                PartialName::Static(name.original().into())
            }
        };
        let context = call.params.pop().map(|context| self.expr(context)).transpose()?;
        let hash = match call.hash {
            Some(hash) => Some(self.hash(Some(hash))?),
            None => None,
        };
        let mut indent = indent;
        if self.prevent_indent {
            body.text.push_str(&indent);
            indent.clear();
        }
        body.push(Node::Partial(Box::new(Partial {
            name,
            context,
            hash,
            block,
            indent: indent.into(),
            hands_params: self.scope.own_params,
            place,
        })));
        Ok(())
    }

    fn params_of(&mut self, params: Vec<syntax::Expr>) -> Result<Box<[Expr]>, Error> {
        params.into_iter().map(|param| self.expr(param)).collect()
    }

    fn hash(&mut self, pairs: Option<Vec<(String, syntax::Expr)>>) -> Result<Hash, Error> {
        let mut given: Vec<(Box<str>, Expr)> = Vec::new();
        for (name, value) in pairs.unwrap_or_default() {
            given.push((name.into(), self.expr(value)?));
        }
        // Handlebars collects them from the last to the first: of a name given twice the first value stands in the
        // last place. Then JavaScript puts names that are indices in front.
        let mut hash: Vec<(Box<str>, Expr)> = Vec::new();
        let mut places = HashMap::new();
        for (name, value) in given.into_iter().rev() {
            let place = *places.entry(name.clone()).or_insert(hash.len());
            match hash.get_mut(place) {
                Some((_, later)) => *later = value,
                None => hash.push((name, value)),
            }
        }
        hash.sort_by_key(|(name, _)| array_index(name).unwrap_or(u32::MAX));
        hash.reverse();
        // A plain `undefined` does not even make a field, nor does the name that JavaScript keeps for itself.
        hash.retain(|(name, value)| {
            &**name != "__proto__" && !matches!(value, Expr::Literal(Literal::Undefined))
        });
        Ok(hash.into())
    }

    /// An argument.
    fn expr(&mut self, expr: syntax::Expr) -> Result<Expr, Error> {
        Ok(match expr {
            syntax::Expr::Path(path) if is_partial_block(&path) => Expr::PartialBlock,
            syntax::Expr::Path(path) => {
                self.mention_path(&path);
                Expr::Path(self.path(path))
            }
            syntax::Expr::Call(call) => self.call(*call, true)?,
            syntax::Expr::Text(text) => Expr::Literal(Literal::Text(text.into())),
            syntax::Expr::Number(number) => Expr::Literal(Literal::Number(number)),
            syntax::Expr::Bool(bool) => Expr::Literal(Literal::Bool(bool)),
            syntax::Expr::Undefined => Expr::Literal(Literal::Undefined),
            syntax::Expr::Null => Expr::Literal(Literal::Null),
        })
    }

    /// A statement's name with its arguments, or a call in brackets: a helper call or a value.
    fn call(&mut self, call: syntax::Call, in_brackets: bool) -> Result<Expr, Error> {
        let path = name_path(&call);
        let original = call.name.original();
        let has_arguments = in_brackets || !call.params.is_empty() || call.hash.is_some();
        let name = path.parts.first().cloned();
        let builtin = name.as_deref().and_then(builtin);
        let host = name.as_deref().and_then(|name| self.names.id(name));
        let class = self.classify(&path, has_arguments);
        let known_as = match (&class, &name) {
            (Class::Ambiguous, Some(name)) => name.clone(),
            _ => original.clone(),
        };
        let mut helper = match (class, builtin, host) {
            (Class::Helper, Some(_), Some(id)) => Helper::Host(id),
            (Class::Helper, Some(builtin), None) => Helper::Builtin(builtin),
            // Handlebars asks for the whole name here, `@` included.
            (Class::Helper, None, Some(id)) if is_simple(&path) && !path.data => Helper::Host(id),
            (Class::Ambiguous, _, Some(id)) => Helper::Host(id),
            (Class::Value, ..) if is_partial_block(&path) => return Ok(Expr::PartialBlock),
            _ if is_partial_block(&path) => Helper::PartialBlock { with_block: false, hands_params: false },
            (Class::Helper, None, _) => {
                // A call without positional arguments passes as undefined.
                if !call.params.is_empty() {
                    self.mention(Mentioned::MissingHelper, original, call.place);
                }
                Helper::Missing(self.path(path))
            }
            (Class::Ambiguous, _, None) | (Class::Value, ..) => {
                self.mention_path(&path);
                return Ok(Expr::Path(self.path(path)));
            }
        };
        if !matches!(helper, Helper::Missing(_) | Helper::PartialBlock { .. }) {
            let name = name.unwrap_or_default();
            let is_condition =
                matches!(helper, Helper::Builtin(_)) && matches!(name.as_str(), "if" | "unless");
            if is_condition && call.params.len() != 1 {
                self.mention(Mentioned::MisusedCondition, name.clone(), call.place);
            }
            self.mention(Mentioned::Helper, name, call.place);
        }
        let params = self.params_of(call.params)?;
        let hash = self.hash(call.hash)?;
        if let Helper::PartialBlock { hands_params, .. } = &mut helper {
            *hands_params = self.scope.own_params;
        }
        Ok(Expr::Call(Box::new(CallShape { helper, name: known_as.into(), params, hash, place: call.place })))
    }

    fn classify(&self, path: &syntax::Path, has_arguments: bool) -> Class {
        let simple = is_simple(path);
        let name = path.parts.first().map(String::as_str);
        if simple && name.is_some_and(|name| self.block_param(name).is_some()) {
            return Class::Value;
        }
        if has_arguments || simple && name.is_some_and(|name| builtin(name).is_some()) {
            Class::Helper
        } else if simple {
            Class::Ambiguous
        } else {
            Class::Value
        }
    }

    /// How many programs out and in which place `name` is a block parameter.
    fn block_param(&self, name: &str) -> Option<(u32, u16)> {
        self.params.iter().rev().zip(0..).find_map(|(params, up)| {
            let index = params.iter().position(|param| param == name)?;
            Some((up, index.try_into().ok()?))
        })
    }

    fn path(&mut self, path: syntax::Path) -> Path {
        self.scope.uses_depths |= path.depth > 0;
        let up = path.depth;
        let parts = |parts: Vec<String>| parts.into_iter().map(Into::into).collect();
        let Some(name) = path.parts.first() else {
            return Path { base: Base::Context { up }, parts: Box::default() };
        };
        if path.depth == 0
            && !is_scoped(&path.original)
            && let Some((up, index)) = self.block_param(name)
        {
            self.uses_params = true;
            self.scope.own_params = true;
            return Path {
                base: Base::Param { up, index },
                parts: parts(path.parts.into_iter().skip(1).collect()),
            };
        }
        if name.is_empty() {
            // `{{[]}}` is the context itself.
            return Path { base: Base::Context { up }, parts: Box::default() };
        }
        let base = if path.data { Base::Data { up } } else { Base::Context { up } };
        Path { base, parts: parts(path.parts) }
    }

    fn mention_path(&mut self, path: &syntax::Path) {
        let Some(name) = path.parts.first() else {
            return;
        };
        if path.data {
            self.mention(Mentioned::Data, path.parts.join("."), path.place);
        } else if self.block_param(name).is_none() {
            self.mention(Mentioned::Field, name.clone(), path.place);
        }
    }

    fn mention(&mut self, what: Mentioned, name: String, place: Place) {
        self.mentions.push(Mention { what, name, place });
    }
}

/// The name of a call as a path. A literal in the place of a name is a name.
fn name_path(call: &syntax::Call) -> syntax::Path {
    match &call.name {
        syntax::Expr::Path(path) => path.clone(),
        literal => syntax::Path {
            data: false,
            depth: 0,
            parts: vec![literal.original()],
            original: literal.original(),
            place: call.place,
        },
    }
}

/// The statements of a program while they are collected. Texts that follow each other become one.
#[derive(Default)]
struct Body {
    nodes: Vec<Node>,
    text: String,
}

impl Body {
    fn push(&mut self, node: Node) {
        self.end_text();
        self.nodes.push(node);
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.nodes.push(Node::Text(std::mem::take(&mut self.text).into()));
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.end_text();
        self.nodes
    }
}
