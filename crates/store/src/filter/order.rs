//! The order of a list.

use nql::Direction;

use super::sql::{Condition, Param};
use super::tables::Table;

/// A column to order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OrderBy {
    /// Empty for a computed column.
    pub table: &'static str,
    pub column: &'static str,
    pub direction: Direction,
}

impl OrderBy {
    pub fn ascending(table: &'static str, column: &'static str) -> Self {
        OrderBy { table, column, direction: Direction::Ascending }
    }

    pub fn descending(table: &'static str, column: &'static str) -> Self {
        OrderBy { table, column, direction: Direction::Descending }
    }
}

/// The order of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Order {
    /// By columns; by none: as the database finds them.
    By(Vec<OrderBy>),
    /// As the filter `slug:[a,b]` names them.
    Slugs(Vec<String>),
    /// What staff sees without asking: scheduled, drafts, the rest by date. When the filter lists tags (authors),
    /// posts with more of them come first.
    StaffPosts { by_tags: bool, by_authors: bool },
}

impl Order {
    /// Reads an order string. A rule names a column of `table`, of `posts_meta` when in `meta`, or a computed one
    /// (those without a dot come last); others are left out, and of two rules on one column the later's direction
    /// stands in the earlier's place.
    pub fn parse(text: &str, table: &Table, meta: &[&'static str], computed: &[&'static str]) -> Order {
        let mut by: Vec<OrderBy> = Vec::new();
        let mut last: Vec<OrderBy> = Vec::new();
        for rule in nql::rules(text) {
            let matches = |owner: &str, column: &str| {
                let field = rule.field.as_str();
                match field.split_once('.') {
                    Some((first, second)) => first == owner && second == column,
                    None => field == column,
                }
            };
            let direction = rule.direction;
            let is_computed = |name: &str| {
                name == rule.field || name.rsplit_once('.').is_some_and(|(_, end)| end == rule.field)
            };
            let found_computed = computed.iter().copied().find(|name| is_computed(name));
            if let Some(column) = found_computed.filter(|name| !name.contains('.')) {
                last.push(OrderBy { table: "", column, direction });
                continue;
            }
            let own = table
                .columns
                .iter()
                .find(|column| matches(table.name, column))
                .map(|column| (table.name, *column));
            let found = own.or_else(|| {
                meta.iter().find(|column| matches("posts_meta", column)).map(|c| ("posts_meta", *c))
            });
            let found = found.or_else(|| found_computed.map(|column| ("", column)));
            let Some((table, column)) = found else { continue };
            match by.iter_mut().find(|other| other.table == table && other.column == column) {
                Some(other) => other.direction = direction,
                None => by.push(OrderBy { table, column, direction }),
            }
        }
        by.extend(last);
        Order::By(by)
    }

    /// Whether it needs the table `posts_meta`.
    pub fn needs_meta(&self) -> bool {
        matches!(self, Order::By(by) if by.iter().any(|rule| rule.table == "posts_meta"))
    }

    /// ` order by …`, or nothing. `computed` says what a computed column is in SQL.
    pub fn sql(&self, table: &Table, computed: &dyn Fn(&str) -> &'static str) -> Condition {
        let mut out = Condition::default();
        match self {
            Order::By(by) => {
                for (i, rule) in by.iter().enumerate() {
                    out.sql.push_str(if i == 0 { " order by " } else { ", " });
                    match rule.table {
                        "" => out.sql.push_str(computed(rule.column)),
                        table => out.sql.push_str(&format!("`{table}`.`{}`", rule.column)),
                    }
                    out.sql.push_str(if rule.direction == Direction::Ascending { " asc" } else { " desc" });
                }
            }
            Order::Slugs(slugs) => {
                out.sql.push_str(" order by case");
                for (i, slug) in slugs.iter().enumerate() {
                    out.sql.push_str(&format!(" when `{}`.`slug` = ? then ?", table.name));
                    out.params.push(Param::Text(slug.clone()));
                    out.params.push(Param::Int(i as i64));
                }
                out.sql.push_str(" end asc");
            }
            Order::StaffPosts { by_tags, by_authors } => {
                out.sql.push_str(" order by ");
                if *by_authors {
                    out.sql.push_str("(select count(*) from posts_authors where post_id = posts.id) desc, ");
                }
                if *by_tags {
                    out.sql.push_str("(select count(*) from posts_tags where post_id = posts.id) desc, ");
                }
                out.sql.push_str(
                    "case when posts.status = 'scheduled' then 1 when posts.status = 'draft' then 2 else 3 end asc, \
                     case when posts.status != 'draft' then posts.published_at end desc, \
                     posts.updated_at desc, posts.id desc",
                );
            }
        }
        out
    }
}

/// The slugs of the first `slug:[a,b]` in a filter's text: up to the last bracket of its line, whatever is between.
pub(crate) fn listed_slugs(text: &str) -> Option<Vec<String>> {
    for (at, found) in text.match_indices("slug:") {
        let rest = text.get(at + found.len()..).unwrap_or_default();
        let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
        let Some(list) = rest.strip_prefix('[') else { continue };
        let line_end = list.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(list.len());
        let Some(end) = list.get(..line_end).and_then(|line| line.rfind(']')) else { continue };
        return Some(
            list.get(..end).unwrap_or_default().split(',').map(|slug| slug.trim().to_owned()).collect(),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::tables;

    fn by(text: &str) -> Vec<String> {
        let order =
            Order::parse(text, &tables::POSTS, &tables::POSTS_META_KEYS.map(|(key, _)| key), &["sentiment"]);
        order.sql(&tables::POSTS, &|_| "count__sentiment").sql.split(", ").map(str::to_owned).collect()
    }

    #[test]
    fn the_first_column_of_that_name_is_meant_and_the_last_direction_counts() {
        assert_eq!(
            by("id asc,posts.slug DESC, id desc"),
            [" order by `posts`.`id` desc", "`posts`.`slug` desc"]
        );
        assert_eq!(by("meta_title asc"), [" order by `posts_meta`.`meta_title` asc"]);
        assert_eq!(by("sentiment desc,id asc"), [" order by `posts`.`id` asc", "count__sentiment desc"]);
        assert_eq!(by("nope asc,title,id;drop asc"), [""]);
        assert_eq!(by("tags.slug asc"), [""]);
    }

    #[test]
    fn slugs_are_taken_from_the_text() {
        let slugs = |text| listed_slugs(text).map(|slugs| slugs.join("|"));
        assert_eq!(slugs("slug:[a, b]+featured:true").as_deref(), Some("a|b"));
        assert_eq!(slugs("x:1+tags.slug: [a]+y:[z]").as_deref(), Some("a]+y:[z"));
        assert_eq!(slugs("slug:a"), None);
        assert_eq!(slugs("slug:-[a]"), None);
    }
}
