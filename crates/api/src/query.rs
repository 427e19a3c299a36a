//! Query strings as Ghost's server reads them: repeated names make a list, brackets a list or an object.
//!
//! Source: the npm package `qs` 6 as Express 4 uses it. Objects are told from texts but their insides are not kept:
//! no parameter of the Content API takes one.

use std::borrow::Cow;

/// A parameter's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param<'q> {
    /// `a=b`.
    Text(Cow<'q, str>),
    /// `a=true` or `a=false`.
    Bool(bool),
    /// `a=b&a=c`, `a[]=b`.
    List(Vec<Cow<'q, str>>),
    /// `a[b]=c`.
    Object,
}

impl<'q> Param<'q> {
    /// The value as JavaScript would make a text of it.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Param::Text(text) => Cow::Borrowed(text),
            Param::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Param::List(items) => Cow::Owned(items.join(",")),
            Param::Object => Cow::Borrowed("[object Object]"),
        }
    }

    /// Whether it counts as given: not empty and not `false`.
    pub fn is_given(&self) -> bool {
        match self {
            Param::Text(text) => !text.is_empty(),
            Param::Bool(value) => *value,
            Param::List(_) | Param::Object => true,
        }
    }
}

/// The parameters of a request.
#[derive(Debug, Default)]
pub struct Query<'q> {
    params: Vec<(Cow<'q, str>, Param<'q>)>,
}

/// More parameters than these are not read.
const MOST_PARAMS: usize = 1000;
/// A number in brackets up to this one is a place in a list, a greater one a name.
const LAST_PLACE: u32 = 20;

impl<'q> Query<'q> {
    /// Reads what follows the question mark.
    pub fn parse(text: &'q str) -> Self {
        let mut query = Query::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()).take(MOST_PARAMS) {
            // A bracket in the name may hold an equals sign.
            let at = pair.find("]=").map(|at| at + 1).or_else(|| pair.find('='));
            let (name, value) = match at {
                Some(at) => (pair.get(..at).unwrap_or_default(), pair.get(at + 1..).unwrap_or_default()),
                None => (pair, ""),
            };
            query.add(decoded(name), decoded(value));
        }
        for (_, param) in &mut query.params {
            match param {
                Param::Text(text) if text == "true" => *param = Param::Bool(true),
                Param::Text(text) if text == "false" => *param = Param::Bool(false),
                _ => {}
            }
        }
        query
    }

    /// A parameter's value, if it was sent.
    pub fn get(&self, name: &str) -> Option<&Param<'q>> {
        self.params.iter().find(|(own, _)| own == name).map(|(_, param)| param)
    }

    fn add(&mut self, name: Cow<'q, str>, value: Cow<'q, str>) {
        let (root, shape) = match name.find('[') {
            Some(at) if at > 0 && name.get(at..).is_some_and(|rest| rest.contains(']')) => {
                let inside = name.get(at + 1..).and_then(|rest| rest.split(']').next()).unwrap_or_default();
                let is_last = name.get(at + 1 + inside.len() + 1..).is_none_or(|rest| !rest.starts_with('['));
                let is_place = inside
                    .parse::<u32>()
                    .is_ok_and(|place| place <= LAST_PLACE && place.to_string() == inside);
                let shape =
                    if is_last && (inside.is_empty() || is_place) { Shape::Item } else { Shape::Member };
                (Cow::Owned(name.get(..at).unwrap_or_default().to_owned()), shape)
            }
            _ => (name, Shape::Whole),
        };
        let known = self.params.iter_mut().find(|(own, _)| *own == root).map(|(_, param)| param);
        let Some(param) = known else {
            let param = match shape {
                Shape::Whole => Param::Text(value),
                Shape::Item => Param::List(vec![value]),
                Shape::Member => Param::Object,
            };
            self.params.push((root, param));
            return;
        };
        match (&mut *param, shape) {
            (Param::Object, _) | (_, Shape::Member) => *param = Param::Object,
            (Param::List(items), _) => items.push(value),
            (Param::Text(text), _) => *param = Param::List(vec![std::mem::take(text), value]),
            (Param::Bool(_), _) => {}
        }
    }
}

/// What a name's brackets ask for.
#[derive(Clone, Copy)]
enum Shape {
    Whole,
    Item,
    Member,
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('+') {
        return percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &str) {
        let query = Query::parse(query);
        let shown = match query.get("a") {
            None => "-".to_owned(),
            Some(Param::List(items)) => format!("[{}]", items.join("|")),
            Some(Param::Object) => "{}".to_owned(),
            Some(Param::Bool(value)) => format!("!{value}"),
            Some(Param::Text(text)) => text.clone().into_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn shapes_of_parameters() {
        check("b=1", "-");
        check("a=x+y%2Bz", "x y+z");
        check("a=x&a=y", "[x|y]");
        check("a[]=x", "[x]");
        check("a%5B%5D=x&a=y", "[x|y]");
        check("a[1]=x", "[x]");
        check("a[21]=x", "{}");
        check("a[b]=x", "{}");
        check("a[][b]=x", "{}");
        check("a=1&a[b]=x", "{}");
        check("a=true", "!true");
        check("a", "");
        check("a=b=c", "b=c");
        check("&&a=1&=2&[]=3&]=4", "1");
    }
}
