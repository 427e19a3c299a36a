//! A filter's tree as a condition of SQL.
//!
//! Source: the conditions that mongo-knex 0.11 makes, with their odd corners (joining of conditions on relations,
//! null in or-groups): the rows that Ghost finds are the contract. Every value is bound; every name comes from
//! [`super::tables`].

use std::collections::HashMap;

use nql::{Comparison, Join, Node, Pattern, PatternPlace, Test, Value};
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};

use super::tables::{self, Relation, RelationKind, Table};
use crate::{Error, Result};

/// A value to be bound.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Param {
    Null,
    /// All numbers are, as JavaScript's are. SQLite compares them with whole numbers as one would hope, and with
    /// text columns as `1.0`.
    Real(f64),
    Int(i64),
    Text(String),
}

impl rusqlite::ToSql for Param {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Param::Null => ToSqlOutput::Owned(SqlValue::Null),
            Param::Real(number) => ToSqlOutput::Owned(SqlValue::Real(*number)),
            Param::Int(number) => ToSqlOutput::Owned(SqlValue::Integer(*number)),
            Param::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// A condition, and what its question marks stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Condition {
    /// Empty when everything matches.
    pub sql: String,
    pub params: Vec<Param>,
}

/// The condition that rows of `table` match when `node` holds for them.
///
/// Errors: `NotUnderstood` for a column or table that is not there.
pub(crate) fn condition(table: &Table, node: &Node) -> Result<Condition> {
    let mut writer = Writer { table, out: Condition::default() };
    writer.members(Join::And, std::slice::from_ref(node))?;
    Ok(writer.out)
}

/// A test on a related row.
struct Statement<'n> {
    relation: &'static Relation,
    /// The name under which conditions are gathered into one subquery.
    group: &'static str,
    /// Table and column in the subquery.
    table: &'static str,
    column: &'static str,
    is_on_join: bool,
    test: &'n Test,
}

struct Writer<'t> {
    table: &'t Table,
    out: Condition,
}

impl Writer<'_> {
    /// The members of a group, joined; nothing when none of them is a condition.
    fn members(&mut self, join: Join, members: &[Node]) -> Result<()> {
        let start = self.out.sql.len();
        let mut statements = Vec::new();
        for member in members {
            match member {
                Node::Wrapped(_) => {}
                Node::Group(inner_join, inner) => {
                    let before = self.out.sql.len();
                    self.connect(start, join);
                    self.out.sql.push('(');
                    let inside = self.out.sql.len();
                    self.members(*inner_join, inner)?;
                    if self.out.sql.len() == inside {
                        self.out.sql.truncate(before);
                    } else {
                        self.out.sql.push(')');
                    }
                }
                Node::Test(key, test) => match self.place(key, test)? {
                    Place::Own(column) => {
                        self.connect(start, join);
                        let (table, column) = (self.table.name, column);
                        self.comparison(table, column, test);
                    }
                    Place::Related(statement) => statements.push(statement),
                },
            }
        }
        self.related(start, join, &statements)
    }

    fn connect(&mut self, start: usize, join: Join) {
        if self.out.sql.len() > start {
            self.out.sql.push_str(if join == Join::And { " and " } else { " or " });
        }
    }

    fn place<'n>(&self, key: &str, test: &'n Test) -> Result<Place<'n>> {
        let unknown = || Error::not_understood(format!("no such column: {key}"));
        let mut parts = key.split('.');
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let Some(second) = second else {
            return self.table.column(first).map(Place::Own).ok_or_else(unknown);
        };
        if let Some(relation) = self.table.relation(first) {
            let column = match relation.kind {
                RelationKind::Ignored => "",
                _ => tables::column(relation.columns, second).ok_or_else(unknown)?,
            };
            let (group, table) = (relation.name, relation.name);
            return Ok(Place::Related(Statement { relation, group, table, column, is_on_join: false, test }));
        }
        if let Some((relation, columns)) = self.table.joined_by(first) {
            let column = tables::column(columns, second).ok_or_else(unknown)?;
            let RelationKind::ManyToMany { join: table, .. } = relation.kind else { return Err(unknown()) };
            let group = relation.table;
            return Ok(Place::Related(Statement { relation, group, table, column, is_on_join: true, test }));
        }
        if first.eq_ignore_ascii_case(self.table.name) {
            return self.table.column(second).map(Place::Own).ok_or_else(unknown);
        }
        Err(unknown())
    }

    /// Conditions on relations come last in their group. Those that speak of one row share a subquery.
    fn related(&mut self, start: usize, join: Join, statements: &[Statement<'_>]) -> Result<()> {
        // In an and-group, a condition on the join table narrows every subquery of the group.
        let narrows = |statement: &Statement<'_>| join == Join::And && statement.is_on_join;
        let narrowing: Vec<_> = statements.iter().filter(|statement| narrows(statement)).collect();
        for group in row_groups(statements.iter().filter(|statement| !narrows(statement))) {
            self.subquery(start, join, &group, &narrowing)?;
        }
        Ok(())
    }

    fn subquery(
        &mut self,
        start: usize,
        join: Join,
        group: &[&Statement<'_>],
        narrowing: &[&Statement<'_>],
    ) -> Result<()> {
        let Some(reference) = group.first() else { return Ok(()) };
        let relation = reference.relation;
        let own = self.table.name;
        let is_one_to_one = matches!(relation.kind, RelationKind::OneToOne { .. });
        // Ghost joins a one-to-one condition on null by "and", even in an or-group.
        let outer_join = if is_one_to_one && is_null_test(reference.test) { Join::And } else { join };
        let is_negated = group.iter().all(|statement| is_negation(statement.test));
        let (select, joined) = match relation.kind {
            RelationKind::Ignored => return Ok(()),
            RelationKind::ManyToMany { join: through, from, to, .. } => (
                format!(
                    "`{through}`.`{from}` from `{through}` inner join `{}` as `{}`",
                    relation.table, relation.name
                ),
                format!("`{}`.`id` = `{through}`.`{to}`", relation.name),
            ),
            RelationKind::OneToOne { from } => (
                format!("`{own}`.`id` from `{own}` left join `{}` as `{}`", relation.table, relation.name),
                format!("`{}`.`{from}` = `{own}`.`id`", relation.name),
            ),
        };
        self.connect(start, outer_join);
        let comparator = if is_negated { "not in" } else { "in" };
        self.out.sql.push_str(&format!("`{own}`.`id` {comparator} (select {select} on {joined}"));
        for statement in narrowing {
            self.narrow(relation, statement)?;
        }
        self.out.sql.push_str(" where ");
        let inside = self.out.sql.len();
        for statement in group {
            self.connect(inside, join);
            if is_negated {
                self.negated(statement, is_one_to_one && join == Join::And);
            } else {
                self.comparison(statement.table, statement.column, statement.test);
            }
        }
        self.out.sql.push(')');
        Ok(())
    }

    /// What a row of the join table must be like. Ghost can only say it with whole numbers.
    fn narrow(&mut self, relation: &Relation, statement: &Statement<'_>) -> Result<()> {
        let column = statement.column;
        let refused = || Error::not_understood(format!("no such column: {}.{column}", statement.table));
        let RelationKind::ManyToMany { join, .. } = relation.kind else { return Err(refused()) };
        let (operator, Value::Number(number)) = (match statement.test {
            Test::Is(value) => ("=", value),
            Test::IsNot(value) => ("!=", value),
            Test::Compare(comparison, value) => (comparison.as_str(), value),
            _ => return Err(refused()),
        }) else {
            return Err(refused());
        };
        if statement.table != join {
            return Err(refused());
        }
        self.out.sql.push_str(&format!(" and `{join}`.`{column}` {operator} ?"));
        self.out.params.push(Param::Real(*number));
        Ok(())
    }

    /// The positive form of a negative test, for a subquery whose rows are excluded. "Is not null" excludes the null
    /// ones of a one-to-one relation in an and-group, and elsewhere those that are not: so Ghost's answers say.
    fn negated(&mut self, statement: &Statement<'_>, excludes_null: bool) {
        let (table, column) = (statement.table, statement.column);
        match statement.test {
            Test::IsNot(Value::Null) => self.null(table, column, excludes_null),
            Test::IsNot(value) => self.list(table, column, "in", std::slice::from_ref(value)),
            Test::NotIn(values) => self.list(table, column, "in", values),
            test => self.comparison(table, column, test),
        }
    }

    fn comparison(&mut self, table: &str, column: &str, test: &Test) {
        match test {
            Test::Is(Value::Null) | Test::Compare(_, Value::Null) => self.null(table, column, true),
            Test::IsNot(Value::Null) => self.null(table, column, false),
            Test::Is(value) => self.operator(table, column, "=", value),
            Test::IsNot(value) => self.operator(table, column, "!=", value),
            Test::Compare(comparison, value) => {
                let operator: Comparison = *comparison;
                self.operator(table, column, operator.as_str(), value);
            }
            Test::In(values) => self.list(table, column, "in", values),
            Test::NotIn(values) => self.list(table, column, "not in", values),
            Test::Like(pattern) => self.like(table, column, "like", pattern),
            Test::NotLike(pattern) => self.like(table, column, "not like", pattern),
        }
    }

    fn null(&mut self, table: &str, column: &str, is_null: bool) {
        let operator = if is_null { "is null" } else { "is not null" };
        self.out.sql.push_str(&format!("`{table}`.`{column}` {operator}"));
    }

    fn operator(&mut self, table: &str, column: &str, operator: &str, value: &Value) {
        self.out.sql.push_str(&format!("`{table}`.`{column}` {operator} ?"));
        self.out.params.push(param(value));
    }

    fn list(&mut self, table: &str, column: &str, operator: &str, values: &[Value]) {
        self.out.sql.push_str(&format!("`{table}`.`{column}` {operator} ("));
        for (i, value) in values.iter().enumerate() {
            self.out.sql.push_str(if i == 0 { "?" } else { ",?" });
            self.out.params.push(param(value));
        }
        self.out.sql.push(')');
    }

    fn like(&mut self, table: &str, column: &str, operator: &str, pattern: &Pattern) {
        self.out.sql.push_str(&format!("lower(`{table}`.`{column}`) {operator} ? escape '*'"));
        self.out.params.push(Param::Text(like_pattern(pattern)));
    }
}

enum Place<'n> {
    Own(&'static str),
    Related(Statement<'n>),
}

/// Which statements must be true of one related row: different columns, or two ends of a range. Every other
/// statement, and every negative one, has a row of its own.
fn row_groups<'s, 'n: 's>(
    statements: impl Iterator<Item = &'s Statement<'n>>,
) -> Vec<Vec<&'s Statement<'n>>> {
    let mut groups: Vec<Vec<&'s Statement<'n>>> = Vec::new();
    // Where the one group is that others may join.
    let mut shared: HashMap<&str, usize> = HashMap::new();
    for statement in statements {
        let place = shared.get(statement.group).copied();
        let group = place.and_then(|place| groups.get_mut(place));
        let is_alone = is_negation(statement.test)
            || group.as_ref().is_some_and(|group| {
                group.iter().any(|other| {
                    other.column == statement.column && !(is_range(other.test) && is_range(statement.test))
                })
            });
        match group {
            Some(group) if !is_alone => group.push(statement),
            _ => {
                if !is_alone {
                    shared.insert(statement.group, groups.len());
                }
                groups.push(vec![statement]);
            }
        }
    }
    groups
}

fn is_negation(test: &Test) -> bool {
    matches!(test, Test::IsNot(_) | Test::NotIn(_))
}

fn is_range(test: &Test) -> bool {
    matches!(test, Test::Compare(..))
}

fn is_null_test(test: &Test) -> bool {
    matches!(test, Test::Is(Value::Null) | Test::IsNot(Value::Null) | Test::Compare(_, Value::Null))
}

fn param(value: &Value) -> Param {
    match value {
        Value::Null => Param::Null,
        Value::Bool(value) => Param::Real(f64::from(u8::from(*value))),
        Value::Number(number) => Param::Real(*number),
        Value::Text(text) => Param::Text(text.clone()),
    }
}

/// Lower case, `%` where anything may stand, and a `*` before what would mean something to LIKE.
fn like_pattern(pattern: &Pattern) -> String {
    let lower = pattern.text.to_lowercase();
    let mut out = String::with_capacity(lower.len() + 2);
    if pattern.place != PatternPlace::Start {
        out.push('%');
    }
    for c in lower.chars() {
        match c {
            '*' | '%' | '_' => {
                out.push('*');
                out.push(c);
            }
            // Ghost's way leads through a regular expression's source text, where line ends are written out.
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    if pattern.place != PatternPlace::End {
        out.push('%');
    }
    out
}
