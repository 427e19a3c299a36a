//! The statements that make the tables, for SQLite.
//!
//! In the words and order in which Ghost's own are stored in a SQLite file: a later migration of Ghost reads the
//! stored statement and rebuilds the table from it.

use super::tables::{Column, OnDelete, Table};

/// The statement that makes a table, then one for each of its indexes.
pub(super) fn statements(table: &Table) -> Vec<String> {
    let mut parts: Vec<String> = table.columns.iter().map(column).collect();
    parts.extend(table.columns.iter().filter_map(foreign_key));
    let primary = if table.primary.is_empty() { &["id"][..] } else { &table.primary };
    parts.push(format!("primary key ({})", names(primary)));
    let mut statements = vec![format!("CREATE TABLE `{}` ({})", table.name, parts.join(", "))];
    statements.extend(table.indexes.iter().map(|index| {
        let unique = if index.unique { "UNIQUE " } else { "" };
        format!("CREATE {unique}INDEX `{}` on `{}` ({})", index.name, table.name, names(&index.columns))
    }));
    statements
}

/// What Ghost has beside the tables of its schema: the bookkeeping of migrations, and a view.
///
/// The view names for each member the Stripe subscription that counts: a running one before an ended one, then the
/// newest, then the smallest id; those that never began do not count.
pub(super) const BESIDE: &str = "
CREATE TABLE \"migrations\" (`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL, `name` varchar(120) NOT NULL, \
`version` varchar(70) NOT NULL, `currentVersion` varchar(255));
CREATE UNIQUE INDEX `migrations_name_version_unique` on `migrations` (`name`, `version`);
CREATE TABLE `migrations_lock` (`lock_key` varchar(191) not null, `locked` boolean default '0', \
`acquired_at` datetime null, `released_at` datetime null, primary key (`lock_key`));
CREATE VIEW members_resolved_subscription AS
SELECT member_id, subscription_id
FROM (
    SELECT
        customer.member_id AS member_id,
        subscription.id AS subscription_id,
        row_number() OVER (
            PARTITION BY customer.member_id
            ORDER BY
                subscription.status NOT IN ('active', 'trialing', 'past_due', 'unpaid'),
                subscription.created_at DESC,
                subscription.id
        ) AS place
    FROM members_stripe_customers customer
    JOIN members_stripe_customers_subscriptions subscription ON subscription.customer_id = customer.customer_id
    WHERE subscription.status NOT IN ('incomplete', 'incomplete_expired')
) AS placed
WHERE place = 1;
";

fn column(column: &Column) -> String {
    let kind = match column.kind {
        "longtext" | "mediumtext" => "text",
        "unsigned" => "integer",
        kind => kind,
    };
    let null = if column.required { "not null" } else { "null" };
    let default = column.default.map(|value| format!(" default '{value}'")).unwrap_or_default();
    format!("`{}` {kind} {null}{default}", column.name)
}

fn foreign_key(column: &Column) -> Option<String> {
    let key = column.refers.as_ref()?;
    let on_delete = match key.on_delete {
        OnDelete::NoAction => "",
        OnDelete::Cascade => " on delete CASCADE",
        OnDelete::SetNull => " on delete SET NULL",
        OnDelete::Restrict => " on delete RESTRICT",
    };
    let name = key.name.map(|name| format!("constraint `{name}` ")).unwrap_or_default();
    Some(format!(
        "{name}foreign key(`{}`) references `{}`(`{}`){on_delete}",
        column.name, key.table, key.column
    ))
}

fn names(columns: &[&str]) -> String {
    columns.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
