//! A template file: compiled once, rendered many times.

use crate::arena::Arena;
use crate::error::{Error, Place};
use crate::host::Host;
use crate::javascript::is_space;
use crate::limits::Limits;
use crate::names::Names;
use crate::program::Program;
use crate::render::State;
use crate::value::Value;
use crate::{compile, parser, whitespace};

/// How a template is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The white space before a partial that stands alone on its line is not put before the partial's other lines
    /// (Ghost has this on).
    pub prevent_indent: bool,
    /// Statements that stand alone on their line leave the line in place.
    pub ignore_standalone: bool,
}

/// What a template mentions by name: see [`Template::mentions`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What is mentioned.
    pub what: Mentioned,
    /// Its name; for data variables the whole path without `@`, such as `site.title`.
    pub name: String,
    /// Where.
    pub place: Place,
}

/// Kinds of [`Mention`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mentioned {
    /// A helper, built in or of the embedding.
    Helper,
    /// A call with arguments of a helper that nobody has: an error when it is rendered.
    MissingHelper,
    /// A partial by name. May still be defined inline by whoever renders the template.
    Partial,
    /// A partial whose name is an expression, without a body; the name is empty.
    DynamicPartial,
    /// The same with a body.
    DynamicPartialBlock,
    /// `if` or `unless` with none or several arguments: an error when it is rendered.
    MisusedCondition,
    /// A partial that the template defines itself.
    InlinePartial,
    /// A data variable.
    Data,
    /// A plain field of some context, by its first part: `title` of `{{title}}` and `{{#if title.x}}`.
    Field,
}

/// A compiled template.
#[derive(Debug)]
pub struct Template {
    file: Box<str>,
    layout: Option<Box<str>>,
    pub(crate) main: Program,
    /// Whether any block parameter is read: only then they are kept track of.
    pub(crate) uses_params: bool,
    mentions: Vec<Mention>,
}

impl Template {
    /// Reads a template. `file_name` is what errors call it.
    ///
    /// Errors: `Syntax`, with the words, line and column of Handlebars where it has them.
    pub fn compile(file_name: &str, source: &str, names: &Names) -> Result<Self, Error> {
        Self::compile_with(file_name, source, names, Options::default())
    }

    /// As [`Template::compile`], with options.
    pub fn compile_with(
        file_name: &str,
        source: &str,
        names: &Names,
        options: Options,
    ) -> Result<Self, Error> {
        let mut root = parser::parse(file_name, source)?;
        whitespace::control(&mut root, options.ignore_standalone);
        let compiled = compile::compile(file_name, root, names, options.prevent_indent)?;
        Ok(Self {
            file: file_name.into(),
            layout: layout(source).map(Into::into),
            main: compiled.main,
            uses_params: compiled.uses_params,
            mentions: compiled.mentions,
        })
    }

    /// The name that was given to [`Template::compile`].
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The layout that the file asks for, as express-hbs reads it: the first `{{!< name}}` anywhere in the source.
    pub fn layout(&self) -> Option<&str> {
        self.layout.as_deref()
    }

    /// The helpers, partials, data variables and fields that the template mentions, in the order of the source.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Renders into `out`. `data` are data variables beside `@root`, seen by the whole template.
    ///
    /// Errors: whatever helpers say, missing helpers and partials, limits. What was written stays in `out`.
    pub fn render<'a>(
        &'a self,
        host: &dyn Host<'a>,
        arena: &'a Arena,
        root: Value<'a>,
        data: &[(&'a str, Value<'a>)],
        limits: Limits,
        out: &mut String,
    ) -> Result<(), Error> {
        let mut state = State::new(arena, limits, std::mem::take(out));
        let done = state.main(host, self, root, data);
        *out = state.out;
        done
    }
}

/// What stands after the first `{{!<` and white space, up to the closing, if it is a plain file name.
fn layout(source: &str) -> Option<&str> {
    source.match_indices("{{!<").find_map(|(at, open)| {
        let after = source.get(at + open.len()..)?;
        let name_on = after.trim_start_matches(is_space);
        let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-' | '/');
        let len = name_on.find(|char| !is_name(char)).unwrap_or(name_on.len());
        let closed = name_on.get(len..)?.trim_start_matches(is_space).starts_with("}}");
        (closed && len > 0 && name_on.len() < after.len()).then(|| name_on.get(..len))?
    })
}
