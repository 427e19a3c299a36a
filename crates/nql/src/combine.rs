//! Filters put together: what a list enforces, what was asked, what holds by default; and keys that stand for more.

use crate::tree::{Join, Node, Test, Value};

/// A key that stands for another, and what has to hold besides.
#[derive(Debug, Clone)]
pub struct Expansion {
    pub key: &'static str,
    pub replacement: &'static str,
    /// Joined to the replaced test in one group.
    pub besides: Vec<Node>,
}

impl Node {
    /// The tree without the tests whose key `is_unwanted` says; empty groups vanish. None when nothing is left.
    pub fn without(self, is_unwanted: &dyn Fn(&str) -> bool) -> Option<Node> {
        match self {
            Node::Group(join, members) => {
                let members: Vec<_> =
                    members.into_iter().filter_map(|member| member.without(is_unwanted)).collect();
                (!members.is_empty()).then_some(Node::Group(join, members))
            }
            Node::Test(key, test) => (!is_unwanted(&key)).then_some(Node::Test(key, test)),
            // It is ignored anyway, whatever is in it.
            Node::Wrapped(inner) => Some(Node::Wrapped(inner)),
        }
    }

    /// Enforced, custom and default filters joined by and: a later one loses every test whose key an earlier one
    /// has, wherever it stands.
    pub fn merged(filters: impl IntoIterator<Item = Option<Node>>) -> Option<Node> {
        filters.into_iter().flatten().fold(None, |merged: Option<Node>, filter| match merged {
            None => Some(filter),
            Some(merged) => match filter.without(&|key| merged.mentions(key)) {
                None => Some(merged),
                Some(filter) => Some(merged.and(filter)),
            },
        })
    }

    /// Several "is not" on one key in an and-group become one "is none of", which stands at the group's end.
    /// Only groups reached through and-groups are looked at, as in Ghost.
    pub fn with_negations_combined(self) -> Node {
        let Node::Group(Join::And, members) = self else { return self };
        let key_of = |node: &Node| match node {
            Node::Test(key, Test::IsNot(_)) => Some(key.clone()),
            _ => None,
        };
        let mut combined: Vec<(String, Vec<Value>)> = Vec::new();
        let mut counts = std::collections::HashMap::new();
        for key in members.iter().filter_map(key_of) {
            *counts.entry(key).or_insert(0_usize) += 1;
        }
        let mut rest = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Node::Test(key, Test::IsNot(value)) if counts.get(&key).is_some_and(|count| *count > 1) => {
                    match combined.iter_mut().find(|(own, _)| *own == key) {
                        Some((_, values)) => values.push(value),
                        None => combined.push((key, vec![value])),
                    }
                }
                member => rest.push(member.with_negations_combined()),
            }
        }
        if combined.is_empty() {
            return Node::Group(Join::And, rest);
        }
        // What was combined stands beside the group of the others, not in it: that decides which conditions on a
        // relation belong to one row.
        let mut members: Vec<Node> = Vec::with_capacity(combined.len() + 1);
        if !rest.is_empty() {
            members.push(Node::Group(Join::And, rest));
        }
        members.extend(combined.into_iter().map(|(key, values)| Node::Test(key, Test::NotIn(values))));
        if members.len() == 1 { members.remove(0) } else { Node::Group(Join::And, members) }
    }

    /// Keys replaced by what they stand for.
    pub fn expanded(self, expansions: &[Expansion]) -> Node {
        match self {
            Node::Group(join, members) => {
                Node::Group(join, members.into_iter().map(|member| member.expanded(expansions)).collect())
            }
            Node::Test(key, test) => match expansions.iter().find(|expansion| expansion.key == key) {
                None => Node::Test(key, test),
                Some(expansion) => {
                    let replaced = Node::Test(expansion.replacement.to_owned(), test);
                    if expansion.besides.is_empty() {
                        return replaced;
                    }
                    let besides = expansion.besides.iter().cloned();
                    Node::Group(Join::And, std::iter::once(replaced).chain(besides).collect())
                }
            },
            Node::Wrapped(inner) => Node::Wrapped(inner),
        }
    }
}
