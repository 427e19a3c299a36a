//! The helpers that an embedding has, by name; templates refer to them by number.

use std::collections::HashMap;

/// Number of a helper: its position in the list that [`Names::new`] was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HelperId(pub u16);

/// Names of helpers. Built once; every template compiled with it can be rendered with a host that knows the same list.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashMap<&'static str, HelperId>,
}

impl Names {
    /// The given names, numbered from 0. A name given twice keeps its last number.
    pub fn new(names: impl IntoIterator<Item = &'static str>) -> Self {
        Self { ids: names.into_iter().zip(0..).map(|(name, id)| (name, HelperId(id))).collect() }
    }

    /// The helper of this name.
    pub fn id(&self, name: &str) -> Option<HelperId> {
        self.ids.get(name).copied()
    }
}
