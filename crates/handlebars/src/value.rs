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

    /// The items, if the thing is a list that has fields besides. Loops, conditions and printing take it for a list.
    fn items(&'a self) -> Option<&'a [Value<'a>]> {
        None
    }
}

/// A list with fields besides its items, as JavaScript lets lists have them.
pub(crate) struct Listing<'a> {
    pub items: &'a [Value<'a>],
    pub fields: &'a [(&'a str, Value<'a>)],
    /// The list has itself as a field of this name.
    pub own_name: Option<&'a str>,
}

impl<'a> Object<'a> for Listing<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        if self.own_name == Some(name) {
            return Value::Object(self);
        }
        match self.fields.iter().find(|(field, _)| *field == name) {
            Some((_, value)) => *value,
            None => Value::List(self.items).get(name, arena),
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        let places = Value::List(self.items).keys(arena).iter().copied();
        arena.slice(places.chain(self.fields.iter().map(|(name, _)| *name)).chain(self.own_name))
    }

    fn items(&'a self) -> Option<&'a [Value<'a>]> {
        Some(self.items)
    }
}

/// An object made of given fields. Later fields of the same name win.
pub struct Map<'a> {
    pub(crate) fields: &'a [(&'a str, Value<'a>)],
}

impl<'a> Object<'a> for Map<'a> {
    fn get(&'a self, name: &str, _: &'a Arena) -> Value<'a> {
        self.fields
            .iter()
            .rev()
            .find(|(field, _)| *field == name)
            .map_or(Value::Undefined, |(_, value)| *value)
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        in_js_order(self.fields.iter().map(|(name, _)| *name), arena)
    }
}

/// Fields laid over a value: the hash of a partial over its context.
pub(crate) struct Overlay<'a> {
    pub base: Value<'a>,
    /// Each name once, in the order of the template.
    pub hash: &'a [(&'a str, Value<'a>)],
}

impl<'a> Object<'a> for Overlay<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        if let Some((_, value)) = self.hash.iter().find(|(given, _)| *given == name) {
            return *value;
        }
        match self.base {
            // What is copied are the fields, not the length, and not the name that JavaScript keeps for itself.
            Value::List(_) | Value::Text(_) if name == "length" => Value::Undefined,
            _ if name == "__proto__" => Value::Undefined,
            base => base.get(name, arena),
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        let base = self.base.keys(arena).iter().copied().filter(|name| *name != "__proto__");
        // Handlebars collects a hash from its last pair to its first.
        in_js_order(base.chain(self.hash.iter().rev().map(|(name, _)| *name)), arena)
    }
}

/// Names of fields as JavaScript walks them: array indices by size, then the others as they came, each once.
pub fn in_js_order<'a>(names: impl IntoIterator<Item = &'a str>, arena: &'a Arena) -> &'a [&'a str] {
    let mut seen = std::collections::HashSet::new();
    let (mut indices, mut others) = (Vec::new(), Vec::new());
    for name in names {
        if !seen.insert(name) {
            continue;
        }
        match array_index(name) {
            Some(index) => indices.push((index, name)),
            None => others.push(name),
        }
    }
    indices.sort_unstable();
    arena.slice(indices.into_iter().map(|(_, name)| name).chain(others))
}

/// The number of a name such as `12` that JavaScript takes for an array index: no sign, no leading zero, below
/// 2^32 - 1.
pub(crate) fn array_index(name: &str) -> Option<u32> {
    if name.len() > 1 && name.starts_with('0') || !name.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    name.parse::<u32>().ok().filter(|index| *index < u32::MAX)
}

impl<'a> Value<'a> {
    /// Names of the fields that a loop over the value walks: fields of an object, places of a list or a text.
    pub fn keys(self, arena: &'a Arena) -> &'a [&'a str] {
        let places = |n: usize| arena.slice((0..n).map(|place| arena.text(&place.to_string())));
        match self {
            Value::Object(object) => object.keys(arena),
            Value::List(items) => places(items.len()),
            Value::Text(text) => places(text.encode_utf16().count()),
            Value::Safe(_) => &["string"],
            _ => &[],
        }
    }

    /// The text of a [`Value::Text`] or [`Value::Safe`].
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Value::Text(text) | Value::Safe(text) => Some(text),
            _ => None,
        }
    }

    /// A list with fields as the list alone; every other value as it is.
    pub fn without_fields(self) -> Self {
        match self {
            Value::Object(object) => object.items().map_or(self, Value::List),
            value => value,
        }
    }

    /// The items of a list.
    pub fn as_list(self) -> Option<&'a [Value<'a>]> {
        match self.without_fields() {
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

    /// The field `name` of an object; an item (by its place, `0`) or `length` of a list or a plain text; the `string` of
    /// a safe text; else undefined.
    pub fn get(self, name: &str, arena: &'a Arena) -> Value<'a> {
        match self {
            Value::Object(object) => object.get(name, arena),
            Value::List(items) if name == "length" => Value::Number(items.len() as f64),
            Value::List(items) => array_index(name)
                .and_then(|index| items.get(index as usize))
                .copied()
                .unwrap_or(Value::Undefined),
            Value::Safe(text) if name == "string" => Value::Text(text),
            Value::Text(text) if name == "length" => Value::Number(text.encode_utf16().count() as f64),
            Value::Text(text) => {
                match array_index(name).and_then(|index| text.encode_utf16().nth(index as usize)) {
                    Some(unit) => Value::Text(arena.text(&String::from_utf16_lossy(&[unit]))),
                    None => Value::Undefined,
                }
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
