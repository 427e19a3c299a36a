//! Filters asked of objects. `evaluation.jsonl` holds what nql 0.13.4 with mingo 2.5.3 answered.

use nql::{Datum, Filter, Subject};
use serde_json::Value;

struct Object<'o>(&'o Value);

impl Subject for Object<'_> {
    fn datum(&self, key: &str) -> Datum<'_> {
        let steps: Vec<&str> = key.split('.').collect();
        found(self.0, &steps)
    }
}

/// A step into a list goes into each of its members.
fn found<'v>(value: &'v Value, steps: &[&str]) -> Datum<'v> {
    match (value, steps) {
        (Value::Array(members), [_, ..]) => {
            let found = members.iter().map(|member| found(member, steps));
            Datum::List(found.filter(|datum| *datum != Datum::Missing).collect())
        }
        (Value::Object(fields), [first, rest @ ..]) => {
            fields.get(*first).map_or(Datum::Missing, |value| found(value, rest))
        }
        (_, [_, ..]) => Datum::Missing,
        (value, []) => plain(value),
    }
}

fn plain(value: &Value) -> Datum<'_> {
    match value {
        Value::Null => Datum::Null,
        Value::Bool(value) => Datum::Bool(*value),
        Value::Number(number) => Datum::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Datum::text(text),
        Value::Array(members) => Datum::List(members.iter().map(plain).collect()),
        Value::Object(_) => Datum::Other,
    }
}

#[test]
fn as_ghost_decides() {
    let corpus = include_str!("evaluation.jsonl");
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let mut failures = Vec::new();
    for line in corpus.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let filter = Filter::parse(line["filter"].as_str().expect("a filter"), now).expect("it can be read");
        let holds = filter.tree().clone().resolved(&[]).holds_for(&Object(&line["object"]));
        if line["holds"] != holds {
            failures.push(format!("{line}"));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        corpus.lines().count(),
        failures.join("\n")
    );
}
