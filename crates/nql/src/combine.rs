//! Filters put together: what a list enforces, what was asked, what holds by default; and keys that stand for more.

use std::collections::HashMap;

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

    /// The tree as it is asked of a table: several "is not" on one key in an and-group become one "is none of", then
    /// keys are replaced by what they stand for.
    ///
    /// As in Ghost, only groups reached through and-groups are looked at, and when the key of a combined "is none
    /// of" stands for several tests, they take the place of all others in the group.
    pub fn resolved(self, expansions: &[Expansion]) -> Node {
        let mut members = self.with_negations_combined(expansions);
        let node = if members.len() == 1 { members.remove(0) } else { Node::Group(Join::And, members) };
        node.expanded(expansions)
    }

    /// What stands in the place of this node, in an and-group. What was combined stands beside the group of the
    /// others, not in it: that decides which conditions on a relation belong to one row.
    fn with_negations_combined(self, expansions: &[Expansion]) -> Vec<Node> {
        let Node::Group(Join::And, members) = self else { return vec![self] };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for member in &members {
            if let Node::Test(key, Test::IsNot(_)) = member {
                *counts.entry(key.clone()).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count > 1);
        let mut combined: Vec<(String, Vec<Value>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut rest = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Node::Test(key, Test::IsNot(value)) if counts.contains_key(&key) => {
                    let place = *places.entry(key.clone()).or_insert(combined.len());
                    match combined.get_mut(place) {
                        Some((_, values)) => values.push(value),
                        None => combined.push((key, vec![value])),
                    }
                }
                member => rest.extend(member.with_negations_combined(expansions)),
            }
        }
        let mut group = (!rest.is_empty()).then_some(Node::Group(Join::And, rest));
        let mut beside = Vec::new();
        for (key, values) in combined {
            let stands_for_more =
                expansions.iter().any(|other| other.key == key && !other.besides.is_empty());
            let test = Node::Test(key, Test::NotIn(values));
            if stands_for_more { group = Some(test) } else { beside.push(test) }
        }
        group.into_iter().chain(beside).collect()
    }

    /// Keys replaced by what they stand for.
    fn expanded(self, expansions: &[Expansion]) -> Node {
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
