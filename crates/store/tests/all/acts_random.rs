//! Random sequences of acts keep what must always hold: kept lists as they would be made anew, slugs unlike, nothing
//! that belongs to nothing.

use jiff::{SignedDuration, Timestamp};
use model::Refusal;
use model::edit::Actor;
use model::id::AuthorId;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use store::{ActError, Chance, Database, OpenOptions, Writer, listing};

use crate::acts_requests::{Request, act, content, perform};
use crate::open_files::publication;

/// SplitMix64: the same acts for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % n as u64) as usize
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn any_id(&mut self, eye: &Connection, sql: &str) -> String {
        let mut statement = eye.prepare(sql).unwrap();
        let ids: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        self.of(&ids).clone()
    }
}

const TITLES: &[&str] = &["Bridge", "Bridge reopens", "Größe", "RSS", "  ", "", "!!!", "News 01", "橋"];
const TAG_NAMES: &[&str] = &["City", "Harbour", "#desk", "new", "Größe", "city", "harbour "];
const STATUSES: &[&str] = &["draft", "published", "scheduled", "sent"];
const DATES: &[Option<&str>] =
    &[None, Some("2020-01-01T00:00:00Z"), Some("2095-01-01T00:00:00Z"), Some("2026-11-25T19:59:59Z")];

fn post_body(dice: &mut Dice, eye: &Connection) -> Map<String, Value> {
    let mut body = Map::new();
    let text = |text: &str| {
        format!(
            r#"{{"root":{{"children":[{{"type":"paragraph","children":[{{"type":"text","text":"{text}"}}]}}],"type":"root"}}}}"#
        )
    };
    for _ in 0..=dice.below(4) {
        let (name, value) = match dice.below(11) {
            0 => ("title", json!(dice.of(TITLES))),
            1 => ("slug", json!(dice.of(&["news-01", "Bridge", "amp", "bridge-2", ""]))),
            2 => ("status", json!(dice.of(STATUSES))),
            3 => ("published_at", json!(dice.of(DATES))),
            4 => ("lexical", json!(text(dice.of::<&str>(TITLES)))),
            5 => {
                let tags: Vec<Value> =
                    (0..dice.below(4)).map(|_| json!({ "name": dice.of(TAG_NAMES) })).collect();
                ("tags", json!(tags))
            }
            6 => {
                let n = dice.below(3);
                let ids = (0..n).map(|_| json!({ "id": dice.any_id(eye, "select id from users") }));
                ("authors", ids.collect())
            }
            7 => ("visibility", json!(dice.of(&["public", "members", "paid", "tiers", "nobody"]))),
            8 => ("featured", json!(dice.below(2) == 0)),
            9 => ("meta_title", json!(dice.of(&[Some("m"), Some(""), None]))),
            _ => ("email_only", json!(dice.below(6) == 0)),
        };
        body.insert(name.into(), value);
    }
    body
}

fn request(dice: &mut Dice, eye: &Connection) -> Request {
    let post = "select id from posts where type = 'post' order by id";
    let page = "select id from posts where type = 'page' order by id";
    let member = "select id from members order by id";
    let (act, id, body) = match dice.below(20) {
        0..=2 => ("post.add", String::new(), post_body(dice, eye)),
        3..=8 => ("post.edit", dice.any_id(eye, post), post_body(dice, eye)),
        9 => ("page.edit", dice.any_id(eye, page), post_body(dice, eye)),
        10 => ("post.delete", dice.any_id(eye, post), Map::new()),
        11 => ("tag.add", String::new(), object(json!({ "name": dice.of(TAG_NAMES) }))),
        12 => {
            let body = json!({ "name": dice.of(TAG_NAMES), "slug": dice.of(TAG_NAMES) });
            ("tag.edit", dice.any_id(eye, "select id from tags order by id"), object(body))
        }
        13 => ("tag.delete", dice.any_id(eye, "select id from tags order by id"), Map::new()),
        14 => {
            let email = format!("reader-{}@readers.example", dice.below(40));
            let labels = json!([{ "name": dice.of(TAG_NAMES) }, { "name": dice.of(TAG_NAMES) }]);
            ("member.add", String::new(), object(json!({ "email": email, "labels": labels })))
        }
        15 => {
            let tiers: Vec<Value> = (0..dice.below(2))
                .map(|_| json!({ "id": dice.any_id(eye, "select id from products order by id") }))
                .collect();
            let labels = json!([{ "name": dice.of(TAG_NAMES) }]);
            let body = json!({ "tiers": tiers, "labels": labels, "newsletters": [] });
            ("member.edit", dice.any_id(eye, member), object(body))
        }
        16 => ("member.delete", dice.any_id(eye, member), Map::new()),
        17 => {
            let body = json!({ "slug": dice.of(&["ada", "bo", "x y"]), "bio": "b" });
            ("user.edit", dice.any_id(eye, "select id from users order by id"), object(body))
        }
        18 if dice.below(3) == 0 => {
            ("user.delete", dice.any_id(eye, "select id from users order by id"), Map::new())
        }
        _ => ("settings.edit", String::new(), object(json!({ "title": dice.of(TITLES) }))),
    };
    Request { act: act.into(), id, filter: String::new(), body, save_revision: dice.below(2) == 0 }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other}"),
    }
}

/// The kept lists as texts, empty ones left out.
fn lists(connection: &Connection) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "select type || name || of || n from courant_list where n > 0 order by 1",
        "select l.type || l.name || l.of || p.published_at || p.post_id from courant_listing p \
         join courant_list l on l.list = p.list order by 1",
        "select id || type || status || slug || title || featured || visibility || coalesce(updated_at, '') \
         || published_at || tags || '|' || primary_tag || authors || '|' || primary_author from courant_post order by 1",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        all.extend(statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap));
    }
    all
}

fn check_lists(eye: &Connection, after: &str) {
    let mut copy = Connection::open_in_memory().unwrap();
    let backup = rusqlite::backup::Backup::new(eye, &mut copy).unwrap();
    backup.run_to_completion(10_000, std::time::Duration::ZERO, None).unwrap();
    drop(backup);
    let kept = lists(&copy);
    copy.execute_batch("drop table courant_listing_state").unwrap();
    listing::mend_always(&mut copy).unwrap();
    let fresh = lists(&copy);
    assert!(kept.len() > 100);
    let unlike: Vec<&String> = kept
        .iter()
        .filter(|line| !fresh.contains(line))
        .chain(fresh.iter().filter(|line| !kept.contains(line)))
        .collect();
    assert!(unlike.is_empty() && kept.len() == fresh.len(), "after {after}: {unlike:#?}");
}

/// Statements that must find nothing.
const NEVER: &[&str] = &[
    "select 'posts ' || slug from posts group by slug, type having count(*) > 1",
    "select 'tags ' || slug from tags group by slug having count(*) > 1",
    "select 'users ' || slug from users group by slug having count(*) > 1",
    "select 'no slug ' || id from posts where slug = '' or title = ''",
    "select 'nobody wrote ' || id from posts where not exists (select 1 from posts_authors where post_id = posts.id)",
    "select 'no first author ' || id from posts where (select count(*) from posts_authors where post_id = posts.id and sort_order = 0) <> 1",
    "select 'twice ' || post_id from posts_authors group by post_id, author_id having count(*) > 1",
    "select 'twice ' || post_id from posts_tags group by post_id, tag_id having count(*) > 1",
    "select 'out without date ' || id from posts where status in ('published', 'sent', 'scheduled') and published_at is null",
    "select 'words of nothing ' || id from posts where html is null and plaintext is not null and created_at >= '2026-11-25'",
    "select 'revision of nothing ' || id from post_revisions where post_id not in (select id from posts)",
    "select 'many revisions ' || post_id from post_revisions group by post_id having count(*) > 25",
    "select 'meta of nothing ' || id from posts_meta where post_id not in (select id from posts)",
    "select 'letter ' || p.id from posts p join posts_meta m on m.post_id = p.id where p.status = 'sent' and not m.email_only and p.created_at > '2026-11-25'",
    "select 'comped without tier ' || id from members where status = 'comped' and not exists (select 1 from members_products where member_id = members.id)",
    "select 'status not told ' || id from members where status <> (select to_status from members_status_events where member_id = members.id order by created_at desc, id desc limit 1) and created_at > '2026-11-25'",
];

fn check_rows(eye: &Connection, after: &str) {
    let mut check = eye.prepare("pragma foreign_key_check").unwrap();
    let broken = check.query_map([], |row| row.get::<_, String>(0)).unwrap().count();
    assert_eq!(broken, 0, "dangling rows after {after}");
    for sql in NEVER {
        let mut statement = eye.prepare(sql).unwrap();
        let found: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(found.is_empty(), "{found:?} after {after}");
    }
}

#[test]
fn random_acts_keep_what_must_hold() {
    let mut n_done = 0;
    for seed in 0..4 {
        let (_folder, path) = publication();
        listing::mend_always(&mut Connection::open(&path).unwrap()).unwrap();
        let database = Database::open(&path, &OpenOptions::default()).unwrap();
        let writer = Writer::start(&database, Chance::sequence(seed), |_| {}).unwrap();
        let eye = Connection::open(&path).unwrap();
        let owner =
            "select user_id from roles_users ru join roles r on r.id = ru.role_id where r.name = 'Owner'";
        let owner: String = eye.query_row(owner, [], |row| row.get(0)).unwrap();
        let mut dice = Dice(seed);
        let mut now: Timestamp = "2026-11-25T20:00:00Z".parse().unwrap();
        for n in 0..120 {
            now += SignedDuration::from_secs(dice.below(400) as i64);
            let request = request(&mut dice, &eye);
            let what = format!("{request:?}, seed {seed}");
            let act = act(Actor::User(AuthorId::new(owner.as_str())), now);
            let content = content(&request.body).expect("a whole document");
            let answer = writer.write(move |tx| perform(tx, &act, &request, &content)).wait();
            match answer {
                Ok(_) => n_done += 1,
                Err(ActError::Refused(Refusal::NotFound { .. })) => panic!("not found: {what}"),
                Err(ActError::Refused(_)) => {}
                Err(ActError::Failed(error)) => panic!("{error}: {what}"),
            }
            check_rows(&eye, &what);
            // The slow one: in between, the lists follow each act all the same.
            if n % 5 == 4 {
                check_lists(&eye, &what);
            }
        }
    }
    assert!(n_done > 240, "most acts may be done: {n_done}");
}
