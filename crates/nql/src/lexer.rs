//! Text to tokens, with all the oddities of Ghost's lexer.
//!
//! Source: the rules of nql-lang 0.7.0. They are tried in order at each place and the first that fits wins, which
//! is what makes `12ab` a word, `1.5.2` an error and one-letter words so fragile. Lengths count in UTF-16, as in
//! JavaScript: an emoji is two.

use crate::parser::Error;
use crate::tree::Comparison;

/// A piece of a filter. Texts are raw: quotes and backslashes still in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Token<'t> {
    /// `name:`, without the colon.
    Prop(&'t str),
    Null,
    True,
    False,
    Number(&'t str),
    RelativeDate {
        add: bool,
        amount: &'t str,
        unit: char,
    },
    /// Anything else without quotes.
    Literal(&'t str),
    /// Between single quotes, without them.
    Quoted(&'t str),
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    Or,
    And,
    Not,
    Compare(Comparison),
    Contains,
    StartsWith,
    EndsWith,
}

/// White space of JavaScript's `\s`.
pub(crate) fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// Ends a word unless a backslash stands before it.
fn is_operator(c: char) -> bool {
    matches!(c, '\'' | '"' | '+' | ',' | '(' | ')' | '>' | '<' | '=' | '[' | ']' | '~')
}

fn is_word_char(c: char) -> bool {
    !is_space(c) && !is_operator(c)
}

/// All tokens, each with the byte where it begins. One pass; linear.
pub(crate) fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, Error> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if is_space(first) {
            at += first.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (token, len) = next(rest, first).ok_or_else(|| Error::at(text, at))?;
        out.push((at, token));
        at += len;
    }
    Ok(out)
}

/// The token at the beginning of `rest`, and its length in bytes.
fn next(rest: &str, first: char) -> Option<(Token<'_>, usize)> {
    if let Some(found) = keyword(rest).or_else(|| prop(rest)).or_else(|| number(rest)) {
        return Some(found);
    }
    match first {
        '[' => return Some((Token::LeftBracket, 1)),
        ']' => return Some((Token::RightBracket, 1)),
        _ => {}
    }
    if let Some(found) = relative_date(rest).or_else(|| literal(rest, first)).or_else(|| quoted(rest)) {
        return Some(found);
    }
    let second = rest.as_bytes().get(1);
    Some(match (first, second) {
        ('(', _) => (Token::LeftParen, 1),
        (')', _) => (Token::RightParen, 1),
        (',', _) => (Token::Or, 1),
        ('+', _) => (Token::And, 1),
        ('-', _) => (Token::Not, 1),
        ('>', Some(b'=')) => (Token::Compare(Comparison::GreaterOrEqual), 2),
        ('<', Some(b'=')) => (Token::Compare(Comparison::LessOrEqual), 2),
        ('>', _) => (Token::Compare(Comparison::Greater), 1),
        ('<', _) => (Token::Compare(Comparison::Less), 1),
        ('~', Some(b'^')) => (Token::StartsWith, 2),
        ('~', Some(b'$')) => (Token::EndsWith, 2),
        ('~', _) => (Token::Contains, 1),
        (letter, _) if letter.is_ascii_alphabetic() && one_letter_may_end(rest) => {
            (Token::Literal(&rest[..1]), 1)
        }
        _ => return None,
    })
}

fn keyword(rest: &str) -> Option<(Token<'_>, usize)> {
    const WORDS: [(&str, Token<'static>); 9] = [
        ("null", Token::Null),
        ("NULL", Token::Null),
        ("Null", Token::Null),
        ("true", Token::True),
        ("TRUE", Token::True),
        ("True", Token::True),
        ("false", Token::False),
        ("FALSE", Token::False),
        ("False", Token::False),
    ];
    let (word, token) = WORDS.into_iter().find(|(word, _)| rest.starts_with(word))?;
    let goes_on = rest[word.len()..].chars().next().is_some_and(is_word_char);
    (!goes_on).then_some((token, word.len()))
}

fn prop(rest: &str) -> Option<(Token<'_>, usize)> {
    let bytes = rest.as_bytes();
    if !bytes.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_') {
        return None;
    }
    let len = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')).count();
    (bytes.get(len) == Some(&b':')).then(|| (Token::Prop(&rest[..len]), len + 1))
}

fn number(rest: &str) -> Option<(Token<'_>, usize)> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    // It may stand there when neither a word goes on nor a dash follows.
    let may_end = |len: usize| match bytes.get(len) {
        Some(b) => !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')),
        None => true,
    };
    let whole = digits(0);
    if whole == 0 {
        return None;
    }
    if bytes.get(whole) == Some(&b'.') {
        let fraction = digits(whole + 1);
        let len = whole + 1 + fraction;
        if fraction > 0 && may_end(len) {
            return Some((Token::Number(&rest[..whole]), len));
        }
    }
    may_end(whole).then(|| (Token::Number(&rest[..whole]), whole))
}

fn relative_date(rest: &str) -> Option<(Token<'_>, usize)> {
    let bytes = rest.strip_prefix("now")?.as_bytes();
    let add = match bytes.first()? {
        b'+' => true,
        b'-' => false,
        _ => return None,
    };
    let digits = bytes.iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
    let unit = char::from(*bytes.get(1 + digits)?);
    if digits == 0 || !matches!(unit, 'd' | 'w' | 'M' | 'y' | 'h' | 'm' | 's') {
        return None;
    }
    if !matches!(bytes.get(2 + digits), None | Some(b'+' | b',' | b'(' | b')' | b'[' | b']')) {
        return None;
    }
    Some((Token::RelativeDate { add, amount: &rest[4..4 + digits], unit }, 3 + 2 + digits))
}

fn literal(rest: &str, first: char) -> Option<(Token<'_>, usize)> {
    if !is_word_char(first) || first == '-' {
        return None;
    }
    let mut units = first.len_utf16();
    let mut end = first.len_utf8();
    let mut chars = rest[end..].chars().peekable();
    while let Some(c) = chars.next() {
        if !is_word_char(c) {
            break;
        }
        end += c.len_utf8();
        units += c.len_utf16();
        if c == '\\'
            && let Some(&escaped) = chars.peek()
            && (is_operator(escaped) || matches!(escaped, '^' | '$'))
        {
            end += escaped.len_utf8();
            units += 1;
            chars.next();
        }
    }
    (units >= 2).then(|| (Token::Literal(&rest[..end]), end))
}

/// A string ends at the first quote without a backslash. When there is none, it ends at the last one that has.
fn quoted(rest: &str) -> Option<(Token<'_>, usize)> {
    let inner = rest.strip_prefix('\'')?;
    let bytes = inner.as_bytes();
    let mut last_escaped = None;
    let mut i = 0;
    let end = loop {
        match bytes.get(i) {
            Some(b'\'') => break Some(i),
            Some(b'"') | None => break last_escaped,
            Some(b'\\') if bytes.get(i + 1) == Some(&b'\'') => {
                last_escaped = Some(i + 1);
                i += 2;
            }
            Some(b'\\') if bytes.get(i + 1) == Some(&b'"') => i += 2,
            Some(_) => i += 1,
        }
    }?;
    (end > 0).then(|| (Token::Quoted(&inner[..end]), end + 2))
}

fn one_letter_may_end(rest: &str) -> bool {
    match rest[1..].chars().next() {
        Some(c) => !(c.is_ascii_alphabetic() || (is_operator(c) && c != '+')),
        None => true,
    }
}
