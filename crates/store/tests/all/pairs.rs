//! Filters and what the real Ghost answered to them.

use model::{Limit, Page, PostKind, Reader, SiteUrl};
use serde_json::Value;
use store::{ListQuery, PostQuery, Scope, Snapshot, Texts};

use crate::fixture;

/// Slugs (members: addresses) in order, and the total.
type Found = (Vec<String>, u64);

#[derive(Debug, PartialEq)]
enum Answer {
    Found(Found),
    /// The filter could not be read.
    Unreadable,
    /// It names what is not there.
    NotUnderstood,
}

fn ask(snapshot: &Snapshot<'_>, row: &Value) -> Answer {
    let text = |key: &str| row[key].as_str();
    let now = jiff::Timestamp::now();
    let filter = match text("filter").map(|filter| nql::Filter::parse(filter, now)).transpose() {
        Ok(filter) => filter,
        Err(_) => return Answer::Unreadable,
    };
    let scope = if text("api") == Some("content") { Scope::Public } else { Scope::Staff };
    let page = Page { number: 1, limit: Limit::Rows(100) };
    let list = ListQuery { scope, filter: filter.as_ref(), order: text("order"), page, count_posts: false };
    let posts = |kind| PostQuery {
        scope,
        filter: filter.as_ref(),
        order: text("order"),
        page,
        texts: Texts::NONE,
        ..PostQuery::of(kind)
    };
    let site = SiteUrl::parse("http://localhost").expect("an address");
    let posts = |kind| {
        store::posts::browse(snapshot, &posts(kind)).map(|list| {
            let slugs =
                list.items.into_iter().map(|post| post.for_reader(&Reader::Anonymous, &site).slug).collect();
            (slugs, list.pagination.total)
        })
    };
    let found = match text("resource").expect("a resource") {
        "posts" => posts(PostKind::Post),
        "pages" => posts(PostKind::Page),
        "tags" => store::tags::browse(snapshot, &list)
            .map(|list| (list.items.into_iter().map(|tag| tag.slug).collect(), list.pagination.total)),
        "authors" => store::authors::browse(snapshot, &list)
            .map(|list| (list.items.into_iter().map(|author| author.slug).collect(), list.pagination.total)),
        "tiers" => store::tiers::browse(snapshot, scope, filter.as_ref()).map(|tiers| {
            let n = tiers.len() as u64;
            (tiers.into_iter().map(|tier| tier.slug).collect(), n)
        }),
        "members" => store::members::browse(snapshot, &list)
            .map(|list| (list.items.into_iter().map(|member| member.email).collect(), list.pagination.total)),
        other => panic!("no such resource: {other}"),
    };
    match found {
        Ok(found) => Answer::Found(found),
        Err(store::Error::UnreadableFilter(_)) => Answer::Unreadable,
        Err(store::Error::NotUnderstood { .. }) => Answer::NotUnderstood,
        Err(error) => panic!("{row}: {error}"),
    }
}

fn expected(row: &Value) -> Answer {
    match (&row["slugs"], &row["error"]) {
        (Value::Array(slugs), _) => {
            let slugs = slugs.iter().filter_map(|slug| slug.as_str().map(str::to_owned)).collect();
            Answer::Found((slugs, row["total"].as_u64().expect("a total")))
        }
        (_, error) if error["code"] == "SQLITE_ERROR" => Answer::NotUnderstood,
        _ => Answer::Unreadable,
    }
}

#[test]
fn every_filter_finds_what_ghost_found() {
    check_all(&fixture::database());
}

#[test]
fn kept_lists_find_the_same() {
    let mut connection = fixture::database();
    store::listing::mend_always(&mut connection).expect("lists are made");
    check_all(&connection);
}

fn check_all(connection: &rusqlite::Connection) {
    let snapshot = Snapshot::new(connection).expect("a snapshot");
    let path = fixture::shared().join("peer/nql/nql.jsonl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(rows.len() >= 373, "{} rows", rows.len());
    let mut failures = Vec::new();
    for row in &rows {
        let (expected, found) = (expected(row), ask(&snapshot, row));
        if expected != found {
            let (api, resource) = (&row["api"], &row["resource"]);
            failures.push(format!(
                "{api} {resource} {} order {}\n  ghost {expected:?}\n  ours  {found:?}",
                row["filter"], row["order"]
            ));
        }
    }
    assert!(failures.is_empty(), "{} of {} differ:\n{}", failures.len(), rows.len(), failures.join("\n"));
}
