//! Reads tokens into a tree, by the grammar of Handlebars 4.7. Gives up where it gives up, and says so in its words.

use std::borrow::Cow;

use crate::error::{Error, Kind, Place};
use crate::lexer::{Lexeme, Lexer, Token};
use crate::syntax::{Block, BlockKind, Call, Content, Expr, Partial, Path, Program, Statement, Strip};

/// How deep blocks and calls may stand inside each other. Recursion of every later step is bounded by it.
const MAX_NESTING: u32 = 200;

/// How many `{{else name}}` may follow each other. They are read, run and dropped one after the other.
const MAX_CHAIN: usize = 10_000;

pub(crate) fn parse(file: &str, source: &str) -> Result<Program, Error> {
    let mut parser = Parser::new(file, source);
    let program = parser.program()?;
    parser.expect(Token::Eof)?;
    Ok(program)
}

struct Parser<'s> {
    file: &'s str,
    lexer: Lexer<'s>,
    next: Lexeme<'s>,
    /// The token after `next`, where it had to be looked at.
    after: Option<Lexeme<'s>>,
    /// Line on which the last token taken ends: the one that Handlebars' messages name.
    line: u32,
    nesting: u32,
}

/// The opening of a block.
struct Open {
    call: Call,
    block_params: Vec<String>,
    strip: Strip,
    decorator: bool,
}

/// `{{else}}` or `{{else name}}` and what follows it.
struct Inverse {
    strip: Strip,
    program: Program,
}

impl<'s> Parser<'s> {
    fn new(file: &'s str, source: &'s str) -> Self {
        let mut lexer = Lexer::new(file, source);
        let next = lexer.next();
        Self { file, lexer, next, after: None, line: 1, nesting: 0 }
    }

    fn take(&mut self) -> Lexeme<'s> {
        let following = match self.after.take() {
            Some(following) => following,
            None if self.next.token == Token::Eof => self.next.clone(),
            None => self.lexer.next(),
        };
        let taken = std::mem::replace(&mut self.next, following);
        self.line = taken.end.line;
        taken
    }

    fn expect(&mut self, token: Token) -> Result<Lexeme<'s>, Error> {
        if self.next.token == token { Ok(self.take()) } else { Err(self.unexpected()) }
    }

    /// The token after the next one.
    fn peek(&mut self) -> Token {
        self.after.get_or_insert_with(|| self.lexer.next()).token
    }

    fn unexpected(&self) -> Error {
        if self.next.token == Token::Unrecognized {
            return self.lexer.unrecognized();
        }
        let message = format!(
            "Parse error on line {}:\n{}\nUnexpected '{}'",
            self.line,
            self.lexer.excerpt(self.next.offset, self.next.len),
            self.next.token.name()
        );
        Error::at(Kind::Syntax, message, self.file, self.next.place)
    }

    fn error_at(&self, message: String, place: Place) -> Error {
        Error { says_place: true, ..Error::at(Kind::Syntax, message, self.file, place) }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.nesting == MAX_NESTING {
            let message = format!("more than {MAX_NESTING} blocks or calls inside each other");
            return Err(Error::at(Kind::Syntax, message, self.file, self.next.place));
        }
        self.nesting += 1;
        let read = read(self);
        self.nesting -= 1;
        read
    }

    fn program(&mut self) -> Result<Program, Error> {
        let mut body = Vec::new();
        loop {
            let statement = match self.next.token {
                Token::Comment => {
                    let text = self.take().text;
                    Statement::Comment(strip(&text, &text))
                }
                Token::Content => Statement::Content(content(self.take().text)),
                Token::Open => self.mustache(Token::Close)?,
                Token::OpenUnescaped => self.mustache(Token::CloseUnescaped)?,
                Token::OpenPartial => self.partial()?,
                Token::OpenBlock | Token::OpenInverse => self.nested(Self::block)?,
                Token::OpenPartialBlock => self.nested(Self::partial_block)?,
                Token::OpenRawBlock => self.raw_block()?,
                _ => return Ok(Program::new(body)),
            };
            body.push(statement);
        }
    }

    fn mustache(&mut self, close: Token) -> Result<Statement, Error> {
        let open = self.take();
        let name_place = self.next.place;
        let name = self.name()?;
        let (params, hash) = self.arguments()?;
        let close = self.expect(close)?;
        let strip = strip(&open.text, &close.text);
        let call = Call { name, params, hash, place: open.place, name_place };
        let escaped = !open.text.ends_with(['{', '&']) || open.text == "{{";
        Ok(match open.text.contains('*') {
            true => Statement::Decorator { call, strip },
            false => Statement::Mustache { call, escaped, strip },
        })
    }

    fn partial(&mut self) -> Result<Statement, Error> {
        let (call, strip) = self.partial_call()?;
        Ok(Statement::Partial(Box::new(Partial { call, indent: String::new(), strip })))
    }

    fn partial_call(&mut self) -> Result<(Call, Strip), Error> {
        let open = self.take();
        let name_place = self.next.place;
        let name = if self.next.token == Token::OpenSexpr { self.call_in_brackets()? } else { self.name()? };
        let (params, hash) = self.arguments()?;
        let close = self.expect(Token::Close)?;
        Ok((Call { name, params, hash, place: open.place, name_place }, strip(&open.text, &close.text)))
    }

    fn partial_block(&mut self) -> Result<Statement, Error> {
        let (call, open_strip) = self.partial_call()?;
        let program = self.program()?;
        let close_strip = self.close_block(&call)?;
        Ok(Statement::Block(Box::new(Block {
            kind: BlockKind::Partial,
            call,
            program: Some(program),
            inverse: None,
            open_strip,
            inverse_strip: Strip::default(),
            close_strip,
        })))
    }

    fn raw_block(&mut self) -> Result<Statement, Error> {
        let open = self.take();
        let name_place = self.next.place;
        let name = self.name()?;
        let (params, hash) = self.arguments()?;
        self.expect(Token::CloseRawBlock)?;
        let mut body = Vec::new();
        while self.next.token == Token::Content {
            body.push(Statement::Content(content(self.take().text)));
        }
        let close = self.expect(Token::EndRawBlock)?;
        let call = Call { name, params, hash, place: open.place, name_place };
        self.check_close(&call, &Expr::Text(close.text.into_owned()))?;
        Ok(Statement::Block(Box::new(Block {
            kind: BlockKind::Helper,
            call,
            program: Some(Program::new(body)),
            inverse: None,
            open_strip: Strip::default(),
            inverse_strip: Strip::default(),
            close_strip: Strip::default(),
        })))
    }

    fn block(&mut self) -> Result<Statement, Error> {
        let inverted = self.next.token == Token::OpenInverse;
        let open = self.open_block()?;
        let mut program = self.program()?;
        let inverse = match self.next.token {
            Token::Inverse => Some(self.inverse()?),
            Token::OpenInverseChain if !inverted => Some(self.chain()?),
            _ => None,
        };
        let close_strip = self.close_block(&open.call)?;
        if open.decorator && inverse.is_some() {
            let message = "Unexpected inverse block on decorator";
            return Err(Error::at(Kind::Syntax, message, self.file, open.call.place));
        }
        program.block_params = open.block_params;
        let kind = if open.decorator { BlockKind::Decorator } else { BlockKind::Helper };
        let mut block = join(kind, open.call, open.strip, program, inverse, close_strip);
        if inverted {
            std::mem::swap(&mut block.program, &mut block.inverse);
        }
        Ok(Statement::Block(Box::new(block)))
    }

    fn open_block(&mut self) -> Result<Open, Error> {
        let open = self.take();
        let name_place = self.next.place;
        let name = self.name()?;
        let (params, hash) = self.arguments()?;
        let block_params = self.block_params()?;
        let close = self.expect(Token::Close)?;
        Ok(Open {
            call: Call { name, params, hash, place: open.place, name_place },
            block_params,
            strip: strip(&open.text, &close.text),
            decorator: open.text.contains('*'),
        })
    }

    /// `{{else}}` and the statements after it.
    fn inverse(&mut self) -> Result<Inverse, Error> {
        let text = self.take().text;
        Ok(Inverse { strip: strip(&text, &text), program: self.program()? })
    }

    /// All `{{else name}}` in a row with the statements after each, and the `{{else}}` at their end.
    fn chain(&mut self) -> Result<Inverse, Error> {
        let mut links = Vec::new();
        while self.next.token == Token::OpenInverseChain {
            if links.len() == MAX_CHAIN {
                let message = format!("more than {MAX_CHAIN} links in a chain of else");
                return Err(Error::at(Kind::Syntax, message, self.file, self.next.place));
            }
            let open = self.open_block()?;
            links.push((open, self.program()?));
        }
        let mut inverse = if self.next.token == Token::Inverse { Some(self.inverse()?) } else { None };
        while let Some((open, mut program)) = links.pop() {
            program.block_params = open.block_params;
            // The outermost block, which is closed, gives its first chained block its own closing; further in, the
            // opening of what follows counts as closing.
            let close_strip = inverse.as_ref().map(|inverse| inverse.strip).unwrap_or_default();
            let block = join(BlockKind::Helper, open.call, open.strip, program, inverse, close_strip);
            let mut program = Program::new(vec![Statement::Block(Box::new(block))]);
            program.chained = true;
            inverse = Some(Inverse { strip: open.strip, program });
        }
        inverse.ok_or_else(|| self.unexpected())
    }

    fn close_block(&mut self, open: &Call) -> Result<Strip, Error> {
        let start = self.expect(Token::OpenEndBlock)?;
        let name = self.name()?;
        let end = self.expect(Token::Close)?;
        self.check_close(open, &name)?;
        Ok(strip(&start.text, &end.text))
    }

    fn check_close(&self, open: &Call, close: &Expr) -> Result<(), Error> {
        if open.name.closes_with(close) {
            return Ok(());
        }
        let message = format!("{} doesn't match {}", open.name.original(), close.original());
        Err(self.error_at(message, open.name_place))
    }

    fn block_params(&mut self) -> Result<Vec<String>, Error> {
        if self.next.token != Token::OpenBlockParams {
            return Ok(Vec::new());
        }
        let place = self.take().place;
        let mut names = vec![self.expect(Token::Id)?.text.into_owned()];
        while self.next.token == Token::Id {
            names.push(self.take().text.into_owned());
        }
        self.expect(Token::CloseBlockParams)?;
        let joined = names.join(",");
        if is_literal(&joined) {
            return Err(Error::at(Kind::Syntax, "block parameters cannot be in brackets", self.file, place));
        }
        Ok(names)
    }

    /// Positional arguments, then named ones.
    #[expect(clippy::type_complexity, reason = "read apart at once by every caller")]
    fn arguments(&mut self) -> Result<(Vec<Expr>, Option<Vec<(String, Expr)>>), Error> {
        let mut params = Vec::new();
        let mut hash: Option<Vec<(String, Expr)>> = None;
        loop {
            if self.next.token == Token::Id && self.peek() == Token::Equals {
                let key = unbracketed(&self.take().text).to_owned();
                self.take();
                let value = self.param()?;
                hash.get_or_insert_default().push((key, value));
            } else if hash.is_some() && self.next.token == Token::Id {
                self.take();
                return Err(self.unexpected());
            } else if hash.is_none() && self.starts_param() {
                params.push(self.param()?);
            } else {
                return Ok((params, hash));
            }
        }
    }

    fn starts_param(&self) -> bool {
        use Token::{Boolean, Data, Id, Null, Number, OpenSexpr, String, Undefined};
        matches!(self.next.token, Id | Data | String | Number | Boolean | Undefined | Null | OpenSexpr)
    }

    fn param(&mut self) -> Result<Expr, Error> {
        if self.next.token == Token::OpenSexpr { self.call_in_brackets() } else { self.name() }
    }

    fn call_in_brackets(&mut self) -> Result<Expr, Error> {
        self.nested(|parser| {
            let place = parser.take().place;
            let name_place = parser.next.place;
            let name = parser.name()?;
            let (params, hash) = parser.arguments()?;
            parser.expect(Token::CloseSexpr)?;
            Ok(Expr::Call(Box::new(Call { name, params, hash, place, name_place })))
        })
    }

    /// A path or a literal.
    fn name(&mut self) -> Result<Expr, Error> {
        match self.next.token {
            Token::Id => self.path(false, self.next.place),
            Token::Data => {
                let place = self.take().place;
                self.path(true, place)
            }
            Token::String => Ok(Expr::Text(self.take().text.into_owned())),
            // The digits come from the lexer, which takes only what `f64` reads too.
            Token::Number => Ok(Expr::Number(self.take().text.parse().unwrap_or(f64::NAN))),
            Token::Boolean => Ok(Expr::Bool(self.take().text == "true")),
            Token::Undefined => {
                self.take();
                Ok(Expr::Undefined)
            }
            Token::Null => {
                self.take();
                Ok(Expr::Null)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn path(&mut self, data: bool, place: Place) -> Result<Expr, Error> {
        let mut segments = vec![(Cow::Borrowed(""), self.expect(Token::Id)?.text)];
        while self.next.token == Token::Sep {
            let separator = self.take().text;
            segments.push((separator, self.expect(Token::Id)?.text));
        }
        if !self.next.token.follows_path() {
            return Err(self.unexpected());
        }
        let mut path = Path {
            data,
            depth: 0,
            parts: Vec::new(),
            original: if data { "@" } else { "" }.to_owned(),
            place,
        };
        for (separator, text) in segments {
            let part = unbracketed(&text);
            path.original.push_str(&separator);
            path.original.push_str(part);
            // In brackets the special names are names as any other.
            let literal = part.len() != text.len();
            if !literal && matches!(part, ".." | "." | "this") {
                if !path.parts.is_empty() {
                    return Err(self.error_at(format!("Invalid path: {}", path.original), place));
                }
                path.depth += u32::from(part == "..");
            } else {
                path.parts.push(part.to_owned());
            }
        }
        Ok(Expr::Path(path))
    }
}

fn join(
    kind: BlockKind,
    call: Call,
    open_strip: Strip,
    program: Program,
    inverse: Option<Inverse>,
    close_strip: Strip,
) -> Block {
    let inverse_strip = inverse.as_ref().map(|inverse| inverse.strip).unwrap_or_default();
    let mut inverse = inverse.map(|inverse| inverse.program);
    if let Some(chain) = &mut inverse
        && chain.chained
        && let Some(Statement::Block(first)) = chain.body.first_mut()
    {
        first.close_strip = close_strip;
    }
    Block { kind, call, program: Some(program), inverse, open_strip, inverse_strip, close_strip }
}

fn content(text: Cow<'_, str>) -> Content {
    let original = text.into_owned();
    Content { start: 0, end: original.len(), original, left_stripped: false, right_stripped: false }
}

/// The `~` of the opening and the closing of a mustache.
fn strip(open: &str, close: &str) -> Strip {
    Strip {
        open: open.as_bytes().get(2) == Some(&b'~'),
        close: close.as_bytes().iter().rev().nth(2) == Some(&b'~'),
    }
}

/// Whether a segment stands in brackets. With a line break inside, Handlebars does not see them.
fn is_literal(text: &str) -> bool {
    text.len() >= 2
        && text.starts_with('[')
        && text.ends_with(']')
        && !text.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
}

fn unbracketed(text: &str) -> &str {
    if is_literal(text) { text.get(1..text.len() - 1).unwrap_or_default() } else { text }
}
