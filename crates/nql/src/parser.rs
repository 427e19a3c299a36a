//! Tokens to a tree.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::lexer::{Token, tokens};
use crate::tree::{Join, Node, Pattern, PatternPlace, Test, Value};

/// Parentheses inside parentheses that are followed; deeper ones are an error.
const MAX_DEPTH: usize = 100;

/// A filter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Number of the character where reading stopped, from 1.
    pub position: usize,
    /// That character; None at the end of the text.
    pub character: Option<char>,
}

impl Error {
    pub(crate) fn at(text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let character = text.get(byte..).and_then(|rest| rest.chars().next());
        Error { position: before.chars().count() + 1, character }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.character {
            Some(character) => {
                write!(f, "the filter cannot be read at character {} (`{character}`)", self.position)
            }
            None => write!(f, "the filter ends too early, at character {}", self.position),
        }
    }
}

impl std::error::Error for Error {}

/// A filter as somebody wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    text: String,
    tree: Node,
    /// The text is one group in parentheses as a whole.
    is_grouped: bool,
    /// Its last value is a single letter, which may stand at an end but not before a parenthesis.
    ends_in_letter: bool,
}

impl Filter {
    /// Reads a filter. `now` is what relative dates (`now-30d`) start from.
    ///
    /// Errors: where it cannot be read. An empty text is one; that it means "no filter" is the caller's rule.
    pub fn parse(text: &str, now: Timestamp) -> Result<Filter, Error> {
        let tokens = tokens(text)?;
        let mut parser = Parser { text, tokens: &tokens, at: 0, now, depth: 0 };
        let (tree, is_grouped) = parser.filter()?;
        if parser.at < tokens.len() {
            return Err(parser.error());
        }
        let ends_in_letter = tokens.last().is_some_and(|(at, token)| {
            matches!(token, Token::Literal(letter) if letter.len() == 1) && at + 1 == text.len()
        });
        Ok(Filter { text: text.to_owned(), tree, is_grouped, ends_in_letter })
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it means on its own.
    pub fn tree(&self) -> &Node {
        &self.tree
    }

    /// What it means when its text is put in parentheses and joined with more, as Ghost does for posts and pages.
    /// A filter that is one group already then stands in double parentheses, and Ghost ignores it.
    ///
    /// Errors: its last value is a single letter without quotes, which cannot be read before a parenthesis.
    pub fn tree_in_parentheses(&self) -> Result<Node, Error> {
        if self.ends_in_letter {
            return Err(Error::at(&self.text, self.text.len() - 1));
        }
        Ok(if self.is_grouped { Node::Wrapped(Box::new(self.tree.clone())) } else { self.tree.clone() })
    }
}

struct Parser<'p, 't> {
    text: &'t str,
    tokens: &'p [(usize, Token<'t>)],
    at: usize,
    now: Timestamp,
    depth: usize,
}

impl<'t> Parser<'_, 't> {
    fn error(&self) -> Error {
        Error::at(self.text, self.tokens.get(self.at).map_or(self.text.len(), |(at, _)| *at))
    }

    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).map(|(_, token)| *token)
    }

    /// Takes the next token if it is `wanted`.
    fn take(&mut self, wanted: Token<'_>) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// The tree, and whether it stood in parentheses as a whole.
    fn filter(&mut self) -> Result<(Node, bool), Error> {
        self.group(Token::Or, Join::Or, Self::all_of)
    }

    fn all_of(&mut self) -> Result<(Node, bool), Error> {
        self.group(Token::And, Join::And, Self::term)
    }

    /// One member, or several with `sign` between them. A member's own parentheses vanish when it is joined with
    /// others; those of a lone member are left to whoever joins it.
    fn group(
        &mut self,
        sign: Token<'_>,
        join: Join,
        member: fn(&mut Self) -> Result<(Node, bool), Error>,
    ) -> Result<(Node, bool), Error> {
        let (first, is_grouped) = member(self)?;
        if self.peek() != Some(sign) {
            return Ok((first, is_grouped));
        }
        let mut members = vec![first];
        while self.take(sign) {
            members.push(member(self)?.0);
        }
        Ok((Node::Group(join, members), false))
    }

    fn term(&mut self) -> Result<(Node, bool), Error> {
        if self.take(Token::LeftParen) {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.error());
            }
            let (inner, is_grouped) = self.filter()?;
            if !self.take(Token::RightParen) {
                return Err(self.error());
            }
            self.depth -= 1;
            return Ok((if is_grouped { Node::Wrapped(Box::new(inner)) } else { inner }, true));
        }
        let Some(Token::Prop(key)) = self.peek() else { return Err(self.error()) };
        self.at += 1;
        Ok((self.test(key)?, false))
    }

    fn test(&mut self, key: &str) -> Result<Node, Error> {
        let test = |test| Ok(Node::Test(key.to_owned(), test));
        let is_negated = self.take(Token::Not);
        if let Some(pattern) = self.pattern()? {
            return test(if is_negated { Test::NotLike(pattern) } else { Test::Like(pattern) });
        }
        if self.take(Token::LeftBracket) {
            return self.list(key, is_negated);
        }
        if is_negated {
            return test(Test::IsNot(self.value()?));
        }
        if let Some(Token::Compare(comparison)) = self.peek() {
            self.at += 1;
            return test(Test::Compare(comparison, self.value()?));
        }
        test(Test::Is(self.value()?))
    }

    fn list(&mut self, key: &str, is_negated: bool) -> Result<Node, Error> {
        let mut values = vec![self.value()?];
        let sign = self.peek();
        if let Some(sign @ (Token::Or | Token::And)) = sign {
            while self.take(sign) {
                values.push(self.value()?);
            }
        }
        if (is_negated && sign == Some(Token::And)) || !self.take(Token::RightBracket) {
            return Err(self.error());
        }
        if sign == Some(Token::And) {
            return Ok(Node::Group(
                Join::And,
                values.into_iter().map(|value| Node::is(key, value)).collect(),
            ));
        }
        Ok(Node::Test(key.to_owned(), if is_negated { Test::NotIn(values) } else { Test::In(values) }))
    }

    fn pattern(&mut self) -> Result<Option<Pattern>, Error> {
        let place = match self.peek() {
            Some(Token::Contains) => PatternPlace::Anywhere,
            Some(Token::StartsWith) => PatternPlace::Start,
            Some(Token::EndsWith) => PatternPlace::End,
            _ => return Ok(None),
        };
        self.at += 1;
        let Some(Token::Quoted(text)) = self.peek() else { return Err(self.error()) };
        self.at += 1;
        Ok(Some(Pattern { place, text: unescape(text) }))
    }

    fn value(&mut self) -> Result<Value, Error> {
        let value = match self.peek() {
            Some(Token::Null) => Value::Null,
            Some(Token::True) => Value::Bool(true),
            Some(Token::False) => Value::Bool(false),
            // Digits only, so that it always parses.
            Some(Token::Number(digits)) => Value::Number(digits.parse().unwrap_or(f64::INFINITY)),
            Some(Token::RelativeDate { add, amount, unit }) => Value::Text(
                relative_date(self.now, add, amount, unit).unwrap_or_else(|| "Invalid DateTime".to_owned()),
            ),
            Some(Token::Literal(text) | Token::Quoted(text)) => Value::Text(unescape(text)),
            _ => return Err(self.error()),
        };
        self.at += 1;
        Ok(value)
    }
}

/// Only quotes lose their backslash.
fn unescape(raw: &str) -> String {
    raw.replace("\\'", "'").replace("\\\"", "\"")
}

/// None when it lies outside the years that can be written.
fn relative_date(now: Timestamp, add: bool, amount: &str, unit: char) -> Option<String> {
    let amount: i64 = amount.parse().ok()?;
    let amount = if add { amount } else { -amount };
    let span = Span::new();
    let span = match unit {
        'd' => span.try_days(amount),
        'w' => span.try_weeks(amount),
        'M' => span.try_months(amount),
        'y' => span.try_years(amount),
        'h' => span.try_hours(amount),
        'm' => span.try_minutes(amount),
        _ => span.try_seconds(amount),
    };
    let now: DateTime = TimeZone::UTC.to_datetime(now);
    Some(now.checked_add(span.ok()?).ok()?.strftime("%Y-%m-%d %H:%M:%S").to_string())
}
