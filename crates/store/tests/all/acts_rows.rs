//! What an act changed in a database, as comparable lines: ids by what they name, clock readings as `NOW`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value, json};

/// Tables that say nothing of an act: sessions, deliveries, bookkeeping, and our own kept lists.
const SKIPPED: &[&str] = &["webhooks", "sessions", "jobs", "brute", "migrations", "migrations_lock"];

/// What names a row of a noun.
const NAMES: &[(&str, &str)] = &[
    ("posts", "slug"),
    ("tags", "slug"),
    ("users", "slug"),
    ("members", "email"),
    ("labels", "slug"),
    ("products", "slug"),
    ("newsletters", "slug"),
    ("settings", "key"),
    ("integrations", "slug"),
];

type Rows = BTreeMap<String, Map<String, Value>>;

/// All rows of all tables.
pub struct State(BTreeMap<String, Rows>);

impl State {
    pub fn read(connection: &Connection) -> Self {
        let mut tables = connection.prepare("select name from sqlite_master where type = 'table'").unwrap();
        let names: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let is_kept = |name: &String| {
            !SKIPPED.contains(&name.as_str()) && !name.starts_with("courant_") && !name.starts_with("sqlite_")
        };
        let table = |name: String| {
            let rows = read_table(connection, &name);
            (name, rows)
        };
        State(names.into_iter().filter(is_kept).map(table).collect())
    }

    /// Every text that stands anywhere.
    pub fn texts(&self) -> BTreeSet<String> {
        let cells = self.0.values().flat_map(Rows::values).flat_map(Map::values);
        cells.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn read_table(connection: &Connection, table: &str) -> Rows {
    let mut statement = connection.prepare(&format!("select * from \"{table}\"")).unwrap();
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = Rows::new();
    let mut found = statement.query([]).unwrap();
    while let Some(row) = found.next().unwrap() {
        let mut cells = Map::new();
        for (place, column) in columns.iter().enumerate() {
            if table == "users" && column == "last_seen" {
                continue;
            }
            let value = match row.get_ref(place).unwrap() {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => json!(number),
                ValueRef::Real(number) => json!(number),
                ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
                ValueRef::Blob(_) => continue,
            };
            cells.insert(column.clone(), value);
        }
        let key = cells.get("id").map_or_else(|| json!(cells).to_string(), Value::to_string);
        rows.insert(key, cells);
    }
    rows
}

/// Prints what differs between two states.
pub struct Differ {
    /// Texts that were there before the first act.
    pub known: BTreeSet<String>,
    /// `YYYY-MM-DD HH:MM:SS`: later instants (of this day) are readings of the clock.
    pub from: String,
}

impl Differ {
    /// One line a row that came (`+`), went (`-`) or changed (`~`), in no order.
    pub fn lines(&self, before: &State, after: &State) -> Vec<Value> {
        let mut names = BTreeMap::new();
        for state in [before, after] {
            for (table, column) in NAMES {
                for row in state.0.get(*table).into_iter().flat_map(Rows::values) {
                    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
                    names.insert(text("id").to_owned(), format!("{table}/{}", text(column)));
                }
            }
        }
        let empty = Rows::new();
        let mut lines = Vec::new();
        for table in after.0.keys() {
            let (was, is) = (before.0.get(table).unwrap_or(&empty), &after.0[table]);
            for (id, row) in is {
                match was.get(id) {
                    None => lines.push(json!(["+", table, self.whole(table, row, &names)])),
                    Some(old) if old != row => {
                        let changed: Map<String, Value> = row
                            .iter()
                            .filter(|(column, value)| old.get(*column) != Some(value))
                            .map(|(column, value)| (column.clone(), self.plain(value, &names)))
                            .collect();
                        lines.push(json!(["~", table, self.named(old, &names, &[]), changed]));
                    }
                    Some(_) => {}
                }
            }
            for row in was.iter().filter(|(id, _)| !is.contains_key(*id)).map(|(_, row)| row) {
                lines.push(json!(["-", table, self.named(row, &names, &["sort_order", "reason"])]));
            }
        }
        lines
    }

    fn whole(&self, table: &str, row: &Map<String, Value>, names: &BTreeMap<String, String>) -> Value {
        let is_noun = NAMES.iter().any(|(noun, _)| *noun == table);
        let cells = row.iter().filter(|(column, value)| !value.is_null() && (is_noun || *column != "id"));
        Value::Object(cells.map(|(column, value)| (column.clone(), self.plain(value, names))).collect())
    }

    /// The name of a noun's row; of others, what they refer to.
    fn named(&self, row: &Map<String, Value>, names: &BTreeMap<String, String>, also: &[&str]) -> Value {
        let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
        if let Some(name) = names.get(id) {
            return json!(name);
        }
        let is_shown = |column: &str| column.ends_with("_id") || also.contains(&column);
        let cells = row.iter().filter(|(column, value)| is_shown(column) && !value.is_null());
        Value::Object(cells.map(|(column, value)| (column.clone(), self.plain(value, names))).collect())
    }

    fn plain(&self, value: &Value, names: &BTreeMap<String, String>) -> Value {
        match value {
            Value::Number(number) if number.as_i64().is_some_and(|n| n > 1_700_000_000_000) => json!("NOW"),
            Value::String(text) => self.plain_text(text, names),
            other => other.clone(),
        }
    }

    fn plain_text(&self, text: &str, names: &BTreeMap<String, String>) -> Value {
        if let Some(name) = names.get(text) {
            return json!(name);
        }
        let is_clock = text.len() == 19 && text[..10] == self.from[..10] && *text >= *self.from;
        if is_clock {
            return json!("NOW");
        }
        let is_hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        if is_hex(text) && !self.known.contains(text) {
            match text.len() {
                36 => return json!("UUID"),
                24 => return json!("ID"),
                26 | 64 => return json!("SECRET"),
                _ => {}
            }
        }
        if text.starts_with('{')
            && !text.starts_with("{\"root\"")
            && let Ok(Value::Object(object)) = serde_json::from_str(text)
        {
            return Value::Object(
                object.iter().map(|(key, value)| (key.clone(), self.plain(value, names))).collect(),
            );
        }
        json!(text)
    }
}

/// A line with its members in the order of their names, so that equal lines are equal texts.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            let members: Vec<String> =
                sorted.into_iter().map(|(key, value)| format!("{key:?}:{}", canonical(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}
