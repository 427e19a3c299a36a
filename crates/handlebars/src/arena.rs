//! The memory of one render: what helpers make is borrowed from here and vanishes when the render ends.

use std::any::Any;

use bumpalo::Bump;
use elsa::FrozenVec;

use crate::value::{Map, Value};

/// Holds text, lists and rows for the time of one render.
#[derive(Default)]
pub struct Arena {
    bump: Bump,
    kept: FrozenVec<Box<dyn Any>>,
}

impl Arena {
    /// An empty arena.
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of `text`.
    pub fn text<'a>(&'a self, text: &str) -> &'a str {
        self.bump.alloc_str(text)
    }

    /// The items as a slice.
    pub fn slice<'a, T: Copy + 'a>(&'a self, items: impl IntoIterator<Item = T>) -> &'a [T] {
        let items: bumpalo::collections::Vec<'a, T> =
            bumpalo::collections::Vec::from_iter_in(items, &self.bump);
        items.into_bump_slice()
    }

    /// An object with these fields.
    pub fn map<'a>(&'a self, fields: impl IntoIterator<Item = (&'a str, Value<'a>)>) -> Value<'a> {
        let fields = self.slice(fields);
        Value::Object(self.bump.alloc(Map { fields }))
    }

    /// A list of these values.
    pub fn list<'a>(&'a self, items: impl IntoIterator<Item = Value<'a>>) -> Value<'a> {
        Value::List(self.slice(items))
    }

    /// A list of these values that has fields besides; under `own_name` it has itself.
    pub fn list_with_fields<'a>(
        &'a self,
        items: impl IntoIterator<Item = Value<'a>>,
        fields: impl IntoIterator<Item = (&'a str, Value<'a>)>,
        own_name: Option<&'a str>,
    ) -> Value<'a> {
        let (items, fields) = (self.slice(items), self.slice(fields));
        Value::Object(self.bump.alloc(crate::value::Listing { items, fields, own_name }))
    }

    /// Puts a small copyable thing here, such as an object that borrows from elsewhere.
    pub fn put<'a, T: Copy + 'a>(&'a self, thing: T) -> &'a T {
        self.bump.alloc(thing)
    }

    /// The fields `hash` laid over those of `base`, as `{{> partial base a=1}}` makes them.
    pub fn overlay<'a>(&'a self, base: Value<'a>, hash: &'a [(&'a str, Value<'a>)]) -> Value<'a> {
        Value::Object(self.bump.alloc(crate::value::Overlay { base, hash }))
    }

    /// Puts a frame here. Nothing is dropped when the arena ends.
    pub(crate) fn alloc<T>(&self, thing: T) -> &T {
        self.bump.alloc(thing)
    }

    /// Keeps an owned thing, such as rows fetched from the database, until the render ends.
    pub fn keep<T: 'static>(&self, thing: T) -> &T {
        let kept = self.kept.push_get(Box::new(thing));
        kept.downcast_ref::<T>().expect("the thing just pushed has the type it was pushed with")
    }

    /// Bytes that text, lists and objects take so far.
    pub fn allocated_bytes(&self) -> usize {
        self.bump.allocated_bytes()
    }
}
