//! A filter asked of an object instead of a table: tiers, members, routes, settings' visibility.

use std::borrow::Cow;

use crate::tree::{Comparison, Join, Node, Pattern, PatternPlace, Test, Value};

/// What an object holds under a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum<'d> {
    /// Nothing there; counts as null.
    Missing,
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'d, str>),
    /// Something that no filter can name: an instant, an object.
    Other,
    /// Of plain values: a list field, or what a dotted key finds in each member of a list of objects.
    List(Vec<Datum<'d>>),
}

impl<'d> Datum<'d> {
    /// A text.
    pub fn text(text: &'d str) -> Self {
        Datum::Text(Cow::Borrowed(text))
    }

    /// A text, or null.
    pub fn optional(text: Option<&'d str>) -> Self {
        text.map_or(Datum::Null, Datum::text)
    }
}

/// An object that a filter can be asked of.
pub trait Subject {
    /// The value under a key; `tags.slug` of an object with a list of tags is the list of their slugs.
    fn datum(&self, key: &str) -> Datum<'_>;
}

impl Node {
    /// Whether it holds for `subject`.
    ///
    /// Source: mingo 2.5. Types are never mixed (`1` is not `'1'` and not true); a test on a list asks whether one
    /// member fits; a negative test whether none does; missing equals null.
    pub fn holds_for(&self, subject: &dyn Subject) -> bool {
        match self {
            Node::Group(Join::And, members) => members.iter().all(|member| member.holds_for(subject)),
            Node::Group(Join::Or, members) => members.iter().any(|member| member.holds_for(subject)),
            Node::Test(key, test) => test.holds_for(&subject.datum(key)),
            Node::Wrapped(_) => false,
        }
    }
}

impl Test {
    fn holds_for(&self, datum: &Datum<'_>) -> bool {
        match self {
            Test::Is(value) => equals(datum, value),
            Test::IsNot(value) => !equals(datum, value),
            Test::In(values) => values.iter().any(|value| equals(datum, value)),
            Test::NotIn(values) => !values.iter().any(|value| equals(datum, value)),
            Test::Compare(comparison, value) => compares(datum, *comparison, value),
            Test::Like(pattern) => is_like(datum, pattern),
            Test::NotLike(pattern) => !is_like(datum, pattern),
        }
    }
}

fn equals(datum: &Datum<'_>, value: &Value) -> bool {
    match (datum, value) {
        (Datum::Missing | Datum::Null, Value::Null) => true,
        (Datum::Bool(a), Value::Bool(b)) => a == b,
        (Datum::Number(a), Value::Number(b)) => a == b,
        (Datum::Text(a), Value::Text(b)) => a == b,
        (Datum::List(members), value) => members.iter().any(|member| equals(member, value)),
        _ => false,
    }
}

fn compares(datum: &Datum<'_>, comparison: Comparison, value: &Value) -> bool {
    use std::cmp::Ordering;
    let ordering = match (datum, value) {
        (Datum::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Datum::Number(a), Value::Number(b)) => a.partial_cmp(b),
        // JavaScript compares texts by UTF-16.
        (Datum::Text(a), Value::Text(b)) => Some(a.encode_utf16().cmp(b.encode_utf16())),
        (Datum::Null, Value::Null) => Some(Ordering::Equal),
        (Datum::List(members), _) => return members.iter().any(|member| compares(member, comparison, value)),
        _ => None,
    };
    match comparison {
        Comparison::Greater => ordering == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Less => ordering == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
    }
}

fn is_like(datum: &Datum<'_>, pattern: &Pattern) -> bool {
    match datum {
        Datum::Text(text) => {
            let (text, wanted) = (folded(text), folded(&pattern.text));
            match pattern.place {
                PatternPlace::Anywhere => text.contains(&wanted),
                PatternPlace::Start => text.starts_with(&wanted),
                PatternPlace::End => text.ends_with(&wanted),
            }
        }
        Datum::List(members) => members.iter().any(|member| is_like(member, pattern)),
        _ => false,
    }
}

/// Case taken away as JavaScript's regular expressions do: by upper case, where that is one character.
fn folded(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut upper = c.to_uppercase();
            match (upper.next(), upper.next()) {
                // An ASCII letter never stands for a character beyond ASCII.
                (Some(folded), None) if c.is_ascii() || !folded.is_ascii() => folded,
                _ => c,
            }
        })
        .collect()
}
