//! Reads JSON lines {"api": "content"|"admin", "filter"} and writes the slugs of the posts that match in the database
//! named on the command line, by id: for comparing with what Ghost finds.

use std::io::{BufRead, Write};

use model::{Limit, Page, PostKind, Reader, SiteUrl};
use store::{Error, PostQuery, Scope, Snapshot, Texts};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which database?")?;
    let connection = rusqlite::Connection::open(path)?;
    let snapshot = Snapshot::new(&connection)?;
    let site = SiteUrl::parse("http://localhost")?;
    let now = jiff::Timestamp::now();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let filter = line["filter"].as_str().ok_or("a line needs a text `filter`")?;
        let scope = if line["api"] == "admin" { Scope::Staff } else { Scope::Public };
        let found = nql::Filter::parse(filter, now).map_err(Error::from).and_then(|filter| {
            let query = PostQuery {
                scope,
                filter: Some(&filter),
                order: Some("id asc"),
                page: Page { number: 1, limit: Limit::All },
                texts: Texts::NONE,
                ..PostQuery::of(PostKind::Post)
            };
            store::posts::browse(&snapshot, &query)
        });
        let answer = match found {
            Ok(list) => {
                let posts =
                    list.items.into_iter().map(|post| post.for_reader(&Reader::Anonymous, &site).slug);
                serde_json::json!({ "slugs": posts.collect::<Vec<_>>() })
            }
            Err(Error::UnreadableFilter(error)) => {
                serde_json::json!({ "error": "parse", "m": error.to_string() })
            }
            Err(error @ Error::NotUnderstood { .. }) => {
                serde_json::json!({ "error": "sql", "m": format!("{error:?}") })
            }
            Err(error) => return Err(error.into()),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
