//! What a template reads: values borrowed from whoever holds them, for the time of one render.

use crate::arena::Arena;

/// A value of the template language. Copying it copies a reference, never text.
#[derive(Clone, Copy, Default)]
pub enum Value<'a> {
    /// There is no such thing. Prints as nothing.
    #[default]
    Undefined,
    /// There is nothing. Prints as nothing.
    Null,
    /// Prints `true` or `false`.
    Bool(bool),
    /// A number, printed as JavaScript prints it.
    Number(f64),
    /// Plain text: `{{ }}` escapes it.
    Text(&'a str),
    /// Text that is HTML already: never escaped again.
    Safe(&'a str),
    /// A list.
    List(&'a [Value<'a>]),
    /// A thing with named fields.
    Object(&'a dyn Object<'a>),
}

/// A thing with named fields, computed when they are asked for.
pub trait Object<'a> {
    /// The field `name`, or [`Value::Undefined`]. New text and lists live in `arena`.
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a>;

    /// Names of the fields, in the order in which `{{#each}}` walks them.
    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str];
}

/// An object made of given fields. Later fields of the same name win.
pub struct Map<'a> {
    pub(crate) fields: &'a [(&'a str, Value<'a>)],
}

impl<'a> Object<'a> for Map<'a> {
    fn get(&'a self, name: &str, _: &'a Arena) -> Value<'a> {
        self.fields.iter().rev().find(|(field, _)| *field == name).map_or(Value::Undefined, |(_, value)| *value)
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(self.fields.iter().map(|(name, _)| *name))
    }
}

impl<'a> Value<'a> {
    /// The text of a [`Value::Text`] or [`Value::Safe`].
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Value::Text(text) | Value::Safe(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(self) -> Option<&'a [Value<'a>]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The number of a [`Value::Number`].
    pub fn as_number(self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The field `name` of an object, an item or `length` of a list, `length` of a text; else undefined.
    pub fn get(self, name: &str, arena: &'a Arena) -> Value<'a> {
        match self {
            Value::Object(object) => object.get(name, arena),
            Value::List(items) if name == "length" => Value::Number(items.len() as f64),
            Value::List(items) => {
                name.parse::<usize>().ok().and_then(|index| items.get(index)).copied().unwrap_or(Value::Undefined)
            }
            Value::Text(text) | Value::Safe(text) if name == "length" => {
                Value::Number(text.encode_utf16().count() as f64)
            }
            _ => Value::Undefined,
        }
    }

    /// Undefined or null.
    pub fn is_absent(self) -> bool {
        matches!(self, Value::Undefined | Value::Null)
    }

    /// What JavaScript holds for true: all but undefined, null, false, 0, NaN and the empty text. Lists and
    /// objects are true, a safe text too, even when empty.
    pub fn is_truthy(self) -> bool {
        match self {
            Value::Undefined | Value::Null => false,
            Value::Bool(bool) => bool,
            Value::Number(number) => number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::Safe(_) | Value::List(_) | Value::Object(_) => true,
        }
    }
}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Undefined => f.write_str("undefined"),
            Value::Null => f.write_str("null"),
            Value::Bool(bool) => write!(f, "{bool}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::Safe(text) => write!(f, "safe {text:?}"),
            Value::List(items) => f.debug_list().entries(items.iter()).finish(),
            Value::Object(_) => f.write_str("{…}"),
        }
    }
}
