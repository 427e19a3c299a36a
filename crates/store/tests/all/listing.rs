//! Kept lists say what Ghost's own tables say, whatever is written by whom.

use model::{Limit, Page, PostKind, Reader, SiteUrl};
use rusqlite::{Connection, params};
use store::posts::{Among, Direction};
use store::{ListQuery, PostQuery, Snapshot, Texts, With};

use crate::fixture;

const FILTERS: &[Option<&str>] = &[
    None,
    Some("tag:city"),
    Some("tags:'city'+tags.visibility:public"),
    Some("tags:'hash-internal'+tags.visibility:public"),
    Some("tag:nope1"),
    Some("author:ada"),
    Some("authors:'bo1'"),
    Some("primary_tag:city"),
    Some("primary_tag:hash-internal"),
    Some("primary_author:ada"),
    Some("featured:true"),
    Some("featured:false"),
    Some("id:-null"),
    Some("tag:city+slug:-news-01"),
    Some("slug:-news-01"),
    Some("slug:-nope1"),
    Some("visibility:public+tag:-city"),
    Some("visibility:[members,paid]"),
    Some("published_at:>'2024-01-01'+author:ada"),
    Some("custom_excerpt:-null+featured:true"),
    Some("(tag:city,featured:true)"),
    Some("slug:[news-03,news-01,news-02]"),
];

/// Everything that lists say, as text.
fn everything(connection: &Connection) -> Vec<String> {
    let snapshot = Snapshot::new(connection).expect("a snapshot");
    let now = "2026-03-31T12:34:56Z".parse().expect("an instant");
    let site = SiteUrl::parse("http://localhost").expect("an address");
    let mut out = Vec::new();
    for kind in [PostKind::Post, PostKind::Page] {
        for filter in FILTERS {
            let parsed = filter.map(|filter| nql::Filter::parse(filter, now).expect("it can be read"));
            for (number, rows) in [(1, 15), (2, 7), (9, 100)] {
                let query = PostQuery {
                    filter: parsed.as_ref(),
                    page: Page { number, limit: Limit::Rows(rows) },
                    with: With::RELATIONS,
                    texts: Texts::NONE,
                    ..PostQuery::of(kind)
                };
                let list = store::posts::browse(&snapshot, &query).expect("a list");
                let posts = list.items.into_iter().map(|post| {
                    let post = post.for_reader(&Reader::Anonymous, &site);
                    let tags: Vec<_> = post.tags.into_iter().flatten().map(|tag| tag.slug).collect();
                    let authors: Vec<_> =
                        post.authors.into_iter().flatten().map(|author| author.slug).collect();
                    format!("{}{tags:?}{authors:?}", post.slug)
                });
                let posts: Vec<String> = posts.collect();
                out.push(format!("{kind:?} {filter:?} {number} {rows}: {:?} {posts:?}", list.pagination));
                let count = store::posts::count(&snapshot, &query).expect("a number");
                out.push(format!("{kind:?} {filter:?}: {count}"));
            }
        }
        out.extend(store::posts::rows(&snapshot, kind).expect("rows").iter().map(|row| format!("{row:?}")));
    }
    for (slug, published_at) in [
        ("news-05", "2024-01-01T00:00:00Z"),
        ("same-second-a", "2025-03-03T10:00:00Z"),
        ("x", "1999-01-01T00:00:00Z"),
    ] {
        let of = (slug, published_at.parse().expect("an instant"));
        for direction in [Direction::Previous, Direction::Next] {
            for among in [Among::All, Among::PrimaryTag("city"), Among::PrimaryAuthor("ada")] {
                let found =
                    store::posts::neighbour(&snapshot, of, direction, among, With::NONE).expect("an answer");
                let found = found.map(|post| post.for_reader(&Reader::Anonymous, &site).slug);
                out.push(format!("{slug} {direction:?} {among:?}: {found:?}"));
            }
        }
    }
    let list =
        ListQuery { page: Page { number: 1, limit: Limit::All }, count_posts: true, ..ListQuery::default() };
    for tag in store::tags::browse(&snapshot, &list).expect("tags").items {
        out.push(format!("tag {} {:?}", tag.slug, tag.n_posts));
        assert!(store::tags::read_by_slug(&snapshot, &tag.slug, false).expect("a tag").is_some());
    }
    for author in store::authors::browse(&snapshot, &list).expect("authors").items {
        out.push(format!("author {} {:?}", author.slug, author.n_posts));
    }
    out.push(format!(
        "{}",
        store::tags::read_by_slug(&snapshot, "unused", true).expect("an answer").is_some()
    ));
    out
}

/// What the same database says without the kept lists.
fn the_long_way(connection: &Connection) -> Vec<String> {
    let mut copy = Connection::open_in_memory().expect("a database in memory");
    let backup = rusqlite::backup::Backup::new(connection, &mut copy).expect("both are open");
    backup.run_to_completion(1000, std::time::Duration::ZERO, None).expect("it can be copied");
    drop(backup);
    copy.execute_batch("delete from courant_listing_state").expect("there are lists");
    everything(&copy)
}

fn check(connection: &mut Connection, what: &str) {
    store::listing::mend_always(connection).expect("lists are mended");
    let kept = everything(connection);
    let long = the_long_way(connection);
    for (kept, long) in kept.iter().zip(&long) {
        assert_eq!(kept, long, "after {what}");
    }
    assert_eq!(kept.len(), long.len());
}

#[test]
fn lists_say_what_the_tables_say() {
    check(&mut fixture::database(), "nothing");
}

#[test]
fn lists_follow_foreign_writes() {
    let mut connection = fixture::database();
    store::listing::mend_always(&mut connection).expect("lists are made");
    let mut clock = 0;
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n as u64) as usize
    };
    for step in 0..12 {
        for _ in 0..1 + roll(4) {
            clock += roll(2);
            let at = format!("2027-01-01 00:00:{clock:02}");
            let post: String = connection
                .query_row("select id from posts order by id limit 1 offset ?", [roll(100) as i64], |row| {
                    row.get(0)
                })
                .expect("a post");
            let touched = "update posts set updated_at = ?2 where id = ?1";
            match roll(8) {
                0 => connection.execute("update posts set status = 'draft', updated_at = ?2 where id = ?1", params![post, at]),
                1 => connection.execute("update posts set status = 'published', updated_at = ?2 where id = ?1", params![post, at]),
                2 => connection.execute(
                    "update posts set published_at = '2024-05-05 05:05:05', featured = 1 - featured, updated_at = ?2 \
                     where id = ?1",
                    params![post, at],
                ),
                3 => connection.execute(
                    "insert into posts_tags (id, post_id, tag_id, sort_order) \
                     select ?2, ?1, id, 0 from tags where slug = 'city'",
                    params![post, format!("f{step:03}{:020}", roll(1_000_000))],
                ),
                4 => {
                    connection.execute("delete from posts_tags where post_id = ?1", [&post]).expect("deleted");
                    connection.execute(touched, params![post, at])
                }
                5 => {
                    connection.execute("delete from posts_tags where post_id = ?1", [&post]).expect("deleted");
                    connection.execute("delete from posts_authors where post_id = ?1", [&post]).expect("deleted");
                    connection.execute("delete from posts_meta where post_id = ?1", [&post]).expect("deleted");
                    connection.execute("delete from posts where id = ?1", [&post])
                }
                6 => connection.execute("update posts set slug = slug || 'x', updated_at = ?2 where id = ?1", params![post, at]),
                _ => connection.execute("update tags set visibility = 'internal' where slug = 'science'", ()),
            }
            .expect("a write");
        }
        check(&mut connection, &format!("step {step}"));
    }
}

#[test]
fn lists_that_may_be_old_are_not_asked() {
    let mut connection = fixture::database();
    store::listing::mend_always(&mut connection).expect("lists are made");
    connection
        .execute(
            "update posts set status = 'draft', updated_at = '2027-01-01 00:00:00' where slug = 'news-01'",
            (),
        )
        .expect("a write");
    // Not mended: the answer is right all the same.
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let query =
        PostQuery { page: Page { number: 1, limit: Limit::Rows(100) }, ..PostQuery::of(PostKind::Post) };
    let site = SiteUrl::parse("http://localhost").expect("an address");
    let list = store::posts::browse(&snapshot, &query).expect("a list");
    assert_eq!(list.pagination.total, 96);
    let mut slugs = list.items.into_iter().map(|post| post.for_reader(&Reader::Anonymous, &site).slug);
    assert!(slugs.all(|slug| slug != "news-01"));
}

/// The lists decide order and number, never access: a post that was withdrawn without a trace is not shown.
#[test]
fn a_withdrawn_post_is_never_shown() {
    let mut connection = fixture::database();
    store::listing::mend_always(&mut connection).expect("lists are made");
    connection.execute("update posts set status = 'draft' where slug = 'news-01'", ()).expect("a write");
    let snapshot = Snapshot::new(&connection).expect("a snapshot");
    let site = SiteUrl::parse("http://localhost").expect("an address");
    let query =
        PostQuery { page: Page { number: 1, limit: Limit::Rows(100) }, ..PostQuery::of(PostKind::Post) };
    let list = store::posts::browse(&snapshot, &query).expect("a list");
    let mut slugs = list.items.into_iter().map(|post| post.for_reader(&Reader::Anonymous, &site).slug);
    assert!(slugs.all(|slug| slug != "news-01"));
}

/// The writer makes the lists of a publication that has grown, follows our own writes and mends after others'.
#[test]
fn the_writer_keeps_the_lists() {
    let (_folder, path) = crate::open_files::publication();
    let other = Connection::open(&path).expect("another program");
    for n in 0..300 {
        other
            .execute(
                "insert into posts (id, uuid, title, slug, type, status, visibility, email_recipient_filter, \
                 created_at, updated_at, published_at) values (?1, ?1, ?1, ?1, 'post', 'published', 'public', 'all', \
                 '2020-01-01 00:00:00', '2020-01-01 00:00:00', '2020-01-01 00:00:00')",
                [format!("e{n:023}")],
            )
            .expect("a post");
    }
    let database = store::Database::open(&path, &store::OpenOptions::default()).expect("a database");
    let writer = store::Writer::start(&database, store::Chance::sequence(1), |_| {}).expect("a writer");
    // The writer does one thing after the other: when it answers, it has made the lists.
    let touch = || writer.write::<_, store::WriteError, _>(|_| Ok(())).wait().expect("an answer");
    touch();
    let watermark = || -> String {
        other
            .query_row("select watermark from courant_listing_state", (), |row| row.get(0))
            .expect("there are lists")
    };
    let n_kept = || -> i64 {
        other.query_row("select count(*) from courant_post", (), |row| row.get(0)).expect("a number")
    };
    let n_before = n_kept();
    assert!(n_before >= 400, "{n_before}");
    other
        .execute(
            "update posts set status = 'draft', updated_at = '2028-01-01 00:00:00' where id = ?",
            [format!("e{:023}", 7)],
        )
        .expect("a foreign write");
    // A write of ours looks for foreign ones as well.
    touch();
    assert_eq!((watermark().as_str(), n_kept()), ("2028-01-01 00:00:00", n_before - 1));
}
