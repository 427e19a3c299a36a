//! The tree that a filter's text means: tests on keys, joined by and/or.

use std::fmt;

/// A value that a key is tested against.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// A whole number, as JavaScript holds it: exact up to 2^53.
    Number(f64),
    Text(String),
}

/// Less or greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

impl Comparison {
    /// As it is written, in filters and in SQL alike.
    pub fn as_str(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
        }
    }
}

/// Where in a text a pattern must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PatternPlace {
    Anywhere,
    Start,
    End,
}

/// A piece of text looked for without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub place: PatternPlace,
    pub text: String,
}

/// What a key is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    Is(Value),
    IsNot(Value),
    Compare(Comparison, Value),
    In(Vec<Value>),
    NotIn(Vec<Value>),
    Like(Pattern),
    NotLike(Pattern),
}

/// How the members of a group hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    And,
    Or,
}

/// A filter or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Never empty.
    Group(Join, Vec<Node>),
    Test(String, Test),
    /// What stands in needless double parentheses: `((a:b))`. Ghost's SQL ignores it (so it holds for every
    /// row), and its evaluation on objects never finds it true.
    Wrapped(Box<Node>),
}

impl Node {
    /// A test for equality.
    pub fn is(key: &str, value: Value) -> Node {
        Node::Test(key.to_owned(), Test::Is(value))
    }

    /// Both, in a group of two.
    pub fn and(self, other: Node) -> Node {
        Node::Group(Join::And, vec![self, other])
    }

    /// Whether some test in it asks about `key`.
    pub fn mentions(&self, key: &str) -> bool {
        match self {
            Node::Group(_, members) => members.iter().any(|member| member.mentions(key)),
            Node::Test(own, _) => own == key,
            Node::Wrapped(inner) => inner.mentions(key),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(value) => write!(f, "{value}"),
            Value::Text(text) => write!(f, "'{}'", text.replace('\'', "\\'").replace('"', "\\\"")),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.place {
            PatternPlace::Anywhere => "~",
            PatternPlace::Start => "~^",
            PatternPlace::End => "~$",
        };
        write!(f, "{sign}{}", Value::Text(self.text.clone()))
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, sign: &str, values: &[Value]| {
            write!(f, "{sign}[")?;
            for (i, value) in values.iter().enumerate() {
                write!(f, "{}{value}", if i == 0 { "" } else { "," })?;
            }
            f.write_str("]")
        };
        match self {
            Test::Is(value) => write!(f, "{value}"),
            Test::IsNot(value) => write!(f, "-{value}"),
            Test::Compare(comparison, value) => write!(f, "{}{value}", comparison.as_str()),
            Test::In(values) => list(f, "", values),
            Test::NotIn(values) => list(f, "-", values),
            Test::Like(pattern) => write!(f, "{pattern}"),
            Test::NotLike(pattern) => write!(f, "-{pattern}"),
        }
    }
}

/// The filter written out again, groups in parentheses.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Group(join, members) => {
                f.write_str("(")?;
                for (i, member) in members.iter().enumerate() {
                    let sign = if *join == Join::And { "+" } else { "," };
                    write!(f, "{}{member}", if i == 0 { "" } else { sign })?;
                }
                f.write_str(")")
            }
            Node::Test(key, test) => write!(f, "{key}:{test}"),
            Node::Wrapped(inner) => write!(f, "({inner})"),
        }
    }
}
