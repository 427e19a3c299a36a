//! Two editors, refusals half-way, a lock of another program, a database that is only read: nothing is half-written.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use model::Refusal;
use model::edit::Actor;
use model::edit::post::{PostEvent, Stale};
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use store::{Act, ActError, Chance, Changed, Database, OpenOptions, WriteError, Writer};

use crate::acts_requests::{Answer, Request, act, content, perform};
use crate::acts_rows::State;
use crate::open_files::publication;

fn now() -> Timestamp {
    "2026-11-25T20:00:00Z".parse().unwrap()
}

fn request(act: &str, id: &str, body: Value) -> Request {
    let Value::Object(body) = body else { panic!("{body}") };
    Request { act: act.into(), id: id.into(), filter: String::new(), body, save_revision: false }
}

fn run(writer: &Writer, act: Act, request: &Request) -> Result<Answer, ActError> {
    let content = content(&request.body)?;
    let request = request.clone();
    writer.write(move |tx| perform(tx, &act, &request, &content)).wait()
}

fn news(eye: &Connection) -> (String, String) {
    let sql = "select id, replace(updated_at, ' ', 'T') || 'Z' from posts where slug = 'news-01'";
    eye.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

/// Runs a request on a fresh publication whose writer is opened so; answers what came, and whether all is as before.
fn check(options: &OpenOptions, held: bool, request: &Request) -> (Result<Answer, ActError>, bool) {
    let (_folder, path) = publication();
    let eye = Connection::open(&path).unwrap();
    let before = State::read(&eye);
    let database = Database::open(&path, options).unwrap();
    let writer = Writer::start(&database, Chance::sequence(1), |_| {}).unwrap();
    if held {
        eye.execute_batch("begin immediate").unwrap();
    }
    let answer = run(&writer, act(Actor::System, now()), request);
    if held {
        eye.execute_batch("rollback").unwrap();
    }
    let differ = crate::acts_rows::Differ { known: before.texts(), from: "2026-11-25 20:00:00".into() };
    let is_untouched = differ.lines(&before, &State::read(&eye)).is_empty();
    (answer, is_untouched)
}

#[test]
fn of_two_editors_the_second_is_told() {
    let (_folder, path) = publication();
    let eye = Connection::open(&path).unwrap();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let writer = Writer::start(&database, Chance::sequence(1), |_| {}).unwrap();
    let (id, seen_at) = news(&eye);
    let save = |title: &str| {
        let request = request("post.edit", &id, json!({ "title": title, "updated_at": seen_at }));
        run(&writer, act(Actor::System, now()), &request)
    };
    let answers = std::thread::scope(|scope| {
        let other = scope.spawn(|| save("Hers"));
        [save("His"), other.join().unwrap()]
    });
    let n_saved = answers.iter().filter(|answer| answer.is_ok()).count();
    let n_told = answers
        .iter()
        .filter(|answer| {
            matches!(answer, Err(ActError::Refused(Refusal::Collision { changed })) if changed == &["title"])
        })
        .count();
    assert_eq!((n_saved, n_told), (1, 1), "{answers:?}");
    let title: String =
        eye.query_row("select title from posts where id = ?", [&id], |row| row.get(0)).unwrap();
    let winner = if answers[0].is_ok() { "His" } else { "Hers" };
    assert_eq!(title, winner);
    // Who has read it since may save.
    let (id, seen_at) = news(&eye);
    let again = request("post.edit", &id, json!({ "title": "Both", "updated_at": seen_at }));
    run(&writer, act(Actor::System, now()), &again).unwrap();
}

#[test]
fn what_is_refused_leaves_nothing() {
    let fine = OpenOptions::default();
    let (_folder, path) = publication();
    let news = news(&Connection::open(path).unwrap()).0;
    for request in [
        // The new tags were made when the title is found too long.
        request("post.edit", &news, json!({ "tags": [{ "name": "Quite new" }], "title": "x".repeat(256) })),
        request("post.add", "", json!({ "title": "x", "visibility": "nobody" })),
        request("post.add", "", json!({ "title": "x", "tiers": [{ "id": "0" }] })),
        request("post.edit", "000000000000000000000000", json!({ "title": "x" })),
        request("page.edit", &news, json!({ "title": "a post is no page" })),
        request("settings.edit", "", json!({ "title": "Changed", "timezone": "Mars/Olympus" })),
        request("settings.edit", "", json!({ "title": "Changed", "db_hash": "x" })),
        request("settings.edit", "", json!({ "title": "Changed", "nope": "x" })),
        request("member.add", "", json!({ "email": "a@readers.example", "tiers": [{ "id": "0" }] })),
        request("member.add", "", json!({ "email": "a@readers.example", "newsletters": [{ "id": "0" }] })),
    ] {
        let (answer, is_untouched) = check(&fine, false, &request);
        assert!(matches!(answer, Err(ActError::Refused(_))), "{request:?}: {answer:?}");
        assert!(is_untouched, "{request:?}");
    }
}

#[test]
fn a_database_that_cannot_be_written_says_so() {
    let new = request("post.add", "", json!({ "title": "x" }));
    let impatient = OpenOptions { busy_timeout: Duration::from_millis(50), ..OpenOptions::default() };
    let (answer, is_untouched) = check(&impatient, true, &new);
    assert!(matches!(answer, Err(ActError::Failed(WriteError::Locked))), "{answer:?}");
    assert!(is_untouched);
    let read_only = OpenOptions { read_only: true, ..OpenOptions::default() };
    let (answer, is_untouched) = check(&read_only, false, &new);
    assert!(matches!(answer, Err(ActError::Failed(WriteError::ReadOnly))), "{answer:?}");
    assert!(is_untouched);
}

#[test]
fn the_life_of_a_post_is_told() {
    let (_folder, path) = publication();
    let heard: Arc<Mutex<Vec<Changed>>> = Arc::default();
    let list = Arc::clone(&heard);
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let writer = Writer::start(&database, Chance::sequence(1), move |changed| {
        list.lock().unwrap().extend(changed.iter().cloned());
    })
    .unwrap();
    let mut id = String::new();
    let mut step = |word: &str, body: Value| {
        let (new_id, post) = run(&writer, act(Actor::System, now()), &request(word, &id, body)).unwrap();
        id = new_id;
        let post = post.unwrap();
        let heard = std::mem::take(&mut *heard.lock().unwrap());
        let is_heard = heard.contains(&Changed::Post(post.id.clone()));
        assert_eq!(is_heard, !post.events.is_empty(), "{word}: {heard:?}");
        (post.events, post.stale)
    };
    use PostEvent::{
        Added, Deleted, Edited, Published, PublishedEdited, Rescheduled, Scheduled, TagAttached, TagDetached,
        Unpublished, Unscheduled,
    };
    let in_2095 = "2095-01-01T00:00:00Z";
    for (word, body, events, stale) in [
        ("post.add", json!({ "title": "Life" }), vec![Added], Stale::Nothing),
        ("post.edit", json!({ "title": "Life" }), vec![], Stale::Preview),
        (
            "post.edit",
            json!({ "status": "scheduled", "published_at": in_2095 }),
            vec![Scheduled, Edited],
            Stale::Preview,
        ),
        (
            "post.edit",
            json!({ "published_at": "2096-01-01T00:00:00Z" }),
            vec![Rescheduled, Edited],
            Stale::Preview,
        ),
        ("post.edit", json!({ "status": "draft" }), vec![Unscheduled, Edited], Stale::Preview),
        (
            "post.edit",
            json!({ "status": "published", "published_at": null }),
            vec![Published, Edited],
            Stale::Everything,
        ),
        (
            "post.edit",
            json!({ "tags": ["City"] }),
            vec![TagAttached, PublishedEdited, Edited],
            Stale::Everything,
        ),
        ("post.edit", json!({ "meta_title": "m" }), vec![PublishedEdited, Edited], Stale::Everything),
        ("post.edit", json!({ "tags": [] }), vec![TagDetached, PublishedEdited, Edited], Stale::Everything),
        ("post.edit", json!({ "status": "draft" }), vec![Unpublished, Edited], Stale::Everything),
        ("post.edit", json!({ "status": "published" }), vec![Published, Edited], Stale::Everything),
        ("post.delete", json!({}), vec![Unpublished, Deleted], Stale::Everything),
    ] {
        let what = format!("{word} {body}");
        assert_eq!(step(word, body), (events, stale), "{what}");
    }
}

#[test]
fn twenty_five_revisions_are_kept() {
    let (_folder, path) = publication();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let writer = Writer::start(&database, Chance::sequence(1), |_| {}).unwrap();
    let save = |id: &str, minutes: i64, body: Map<String, Value>| {
        let at = now() + jiff::SignedDuration::from_mins(minutes);
        let word = if id.is_empty() { "post.add" } else { "post.edit" };
        let request =
            Request { act: word.into(), id: id.into(), filter: String::new(), body, save_revision: false };
        run(&writer, act(Actor::System, at), &request).unwrap().0
    };
    let title = |n: i64| Map::from_iter([("title".to_owned(), json!(format!("Title {n}")))]);
    let eye = Connection::open(&path).unwrap();
    let reasons = |id: &str| -> Vec<String> {
        let sql =
            "select reason || ' ' || title from post_revisions where post_id = ? order by created_at_ts, id";
        let mut statement = eye.prepare(sql).unwrap();
        statement.query_map([id], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let id = save("", 0, title(0));
    save(&id, 10, title(1));
    assert_eq!(reasons(&id), ["initial_revision Title 0"], "ten minutes are not over");
    save(&id, 11, title(2));
    assert_eq!(reasons(&id), ["initial_revision Title 0", "background_save Title 2"]);
    for n in 3..40 {
        save(&id, n * 11, title(n));
    }
    let kept = reasons(&id);
    assert_eq!((kept.len(), kept[0].as_str()), (25, "background_save Title 15"));
}
