//! Prints how long the reads of pages take on a database: the median of several, in microseconds.
//!
//!     cargo run --release -p store --example measure -- ghost.db [with-lists]
//!
//! `with-lists` makes (or mends) the kept lists first; the file is then changed.

use std::time::Instant;

use model::{Limit, Page, PostKind};
use store::{PostKey, PostQuery, PostRead, Snapshot, Texts, With};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which database?")?;
    let mut connection = rusqlite::Connection::open(path)?;
    connection.set_prepared_statement_cache_capacity(256);
    if std::env::args().nth(2).as_deref() == Some("with-lists") {
        for _ in 0..2 {
            let start = Instant::now();
            let changed = store::listing::mend(&mut connection)?;
            println!("lists mended ({changed}) in {} ms", start.elapsed().as_millis());
        }
    }
    let now = jiff::Timestamp::now();
    let list = |name: &str, filter: Option<&str>, page: u32, rows: u32| -> store::Result<()> {
        let filter = filter.map(|filter| nql::Filter::parse(filter, now)).transpose()?;
        let query = PostQuery {
            filter: filter.as_ref(),
            page: Page { number: page, limit: Limit::Rows(rows) },
            with: With::RELATIONS,
            ..PostQuery::of(PostKind::Post)
        };
        measure(name, || {
            let snapshot = Snapshot::new(&connection)?;
            let list = store::posts::browse(&snapshot, &query)?;
            Ok(format!("{} of {}", list.items.len(), list.pagination.total))
        })
    };
    list("home, page 1", None, 1, 15)?;
    list("home, page 2", None, 2, 15)?;
    list("home, page 600", None, 600, 15)?;
    list("home, page 5000", None, 5_000, 15)?;
    list("tag with many stories", Some("tags:'subject-0'+tags.visibility:public"), 1, 15)?;
    list("tag with few stories", Some("tags:'subject-400'+tags.visibility:public"), 1, 15)?;
    list("author", Some("authors:'author-3'"), 1, 15)?;
    list("primary tag", Some("primary_tag:subject-1"), 1, 15)?;
    list("featured", Some("featured:true"), 1, 3)?;
    list("all but one (related)", Some("tag:subject-3+id:-c00000000000000000000007"), 1, 4)?;
    list("custom filter", Some("visibility:public+tag:-subject-0"), 1, 15)?;
    let read = PostRead::published(PostKind::Post, PostKey::Slug("harbour-council-weighs-budget-77"));
    measure("story by slug", || {
        let snapshot = Snapshot::new(&connection)?;
        Ok(format!("{}", store::posts::read(&snapshot, &read)?.is_some()))
    })?;
    let of = ("harbour-council-weighs-budget-77", "2019-01-01T00:00:00Z".parse()?);
    for direction in [store::posts::Direction::Previous, store::posts::Direction::Next] {
        for among in [store::posts::Among::All, store::posts::Among::PrimaryTag("subject-1")] {
            measure(&format!("{direction:?} among {among:?}"), || {
                let snapshot = Snapshot::new(&connection)?;
                let found = store::posts::neighbour(&snapshot, of, direction, among, With::RELATIONS)?;
                Ok(format!("{}", found.is_some()))
            })?;
        }
    }
    measure("tag by slug, counted", || {
        let snapshot = Snapshot::new(&connection)?;
        Ok(format!(
            "{:?}",
            store::tags::read_by_slug(&snapshot, "subject-1", true)?.and_then(|tag| tag.n_posts)
        ))
    })?;
    measure("tag by slug", || {
        let snapshot = Snapshot::new(&connection)?;
        Ok(format!("{}", store::tags::read_by_slug(&snapshot, "subject-1", false)?.is_some()))
    })?;
    measure("author by slug", || {
        let snapshot = Snapshot::new(&connection)?;
        Ok(format!("{}", store::authors::read_by_slug(&snapshot, "author-1", false)?.is_some()))
    })?;
    measure("all tags, counted", || {
        let snapshot = Snapshot::new(&connection)?;
        let query = store::ListQuery { count_posts: true, ..store::ListQuery::default() };
        Ok(format!("{}", store::tags::browse(&snapshot, &query)?.items.len()))
    })?;
    measure("rows of all posts", || {
        let snapshot = Snapshot::new(&connection)?;
        Ok(format!("{}", store::posts::rows(&snapshot, PostKind::Post)?.len()))
    })?;
    let bare = PostQuery { texts: Texts::NONE, ..PostQuery::of(PostKind::Post) };
    measure("count", || {
        let snapshot = Snapshot::new(&connection)?;
        Ok(format!("{}", store::posts::count(&snapshot, &bare)?))
    })?;
    Ok(())
}

fn measure(name: &str, mut read: impl FnMut() -> store::Result<String>) -> store::Result<()> {
    let mut times = Vec::new();
    let begun = Instant::now();
    let mut answer = read()?;
    while times.len() < 3 || (times.len() < 200 && begun.elapsed().as_millis() < 400) {
        let start = Instant::now();
        answer = read()?;
        times.push(start.elapsed());
    }
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!("{name:40} {:>12.1} µs   {answer}", median.as_secs_f64() * 1e6);
    Ok(())
}
