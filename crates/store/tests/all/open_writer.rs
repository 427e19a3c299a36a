//! Readers and the writer side by side: snapshots stand still, changes are counted, faults roll back.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use store::writer::WATCH_EVERY;
use store::{Changed, Database, OpenOptions, WriteError, WriteTransaction, Writer};

use crate::acts_requests::act;
use crate::open_files::publication;

type Heard = Arc<Mutex<Vec<Vec<Changed>>>>;

fn start(database: &Database) -> (Writer, Heard) {
    let heard = Heard::default();
    let list = Arc::clone(&heard);
    let writer = Writer::start(database, store::Chance::sequence(1), move |changed| {
        list.lock().unwrap().push(changed.to_vec())
    })
    .unwrap();
    (writer, heard)
}

fn title(reader: &store::ReadConnection) -> String {
    let snapshot = reader.snapshot().unwrap();
    title_in(&snapshot)
}

fn title_in(snapshot: &store::Snapshot<'_>) -> String {
    let site = model::SiteUrl::parse("http://127.0.0.1:2368").unwrap();
    store::settings::read(snapshot, &site).unwrap().text("title").unwrap_or_default().to_owned()
}

fn set_title(writer: &Writer, title: &'static str) -> Result<(), WriteError> {
    writer.write(move |tx| edit_title(tx, title)).wait()
}

fn edit_title(tx: &WriteTransaction<'_>, title: &str) -> Result<(), WriteError> {
    let act = act(model::edit::Actor::System, now());
    store::acts::settings::edit(tx, &act, &[("title".into(), Some(title.into()))])?;
    Ok(())
}

fn now() -> jiff::Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

#[test]
fn a_snapshot_stands_still_while_others_write() {
    let (_folder, path) = publication();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let (writer, heard) = start(&database);
    let reader = database.reader().unwrap();
    let snapshot = reader.snapshot().unwrap();
    assert_eq!(title_in(&snapshot), "The Courant");
    assert_eq!(snapshot.change(), 0);

    set_title(&writer, "The Herald").unwrap();
    assert_eq!(heard.lock().unwrap().as_slice(), [[Changed::Settings]], "heard before the answer");
    assert_eq!(database.changes().number(), 1);
    assert_eq!(database.changes().foreign(), 0);
    assert_eq!(title_in(&snapshot), "The Courant");
    assert!(reader.snapshot().is_err(), "one at a time");
    drop(snapshot);
    assert_eq!(title(&reader), "The Herald");
    assert_eq!(reader.snapshot().unwrap().change(), 1);
}

#[test]
fn a_change_that_fails_or_panics_is_rolled_back() {
    let (_folder, path) = publication();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let (writer, heard) = start(&database);
    let answer = writer.write::<(), WriteError, _>(|tx| {
        edit_title(tx, "lost")?;
        Err(WriteError::Absent("post"))
    });
    assert!(matches!(answer.wait(), Err(WriteError::Absent("post"))));
    let answer = writer.write::<(), WriteError, _>(|tx| {
        edit_title(tx, "lost")?;
        panic!("a defect")
    });
    assert!(matches!(answer.wait(), Err(WriteError::Broken(what)) if what == "a defect"));
    assert_eq!(title(&database.reader().unwrap()), "The Courant");
    assert_eq!((database.changes().number(), heard.lock().unwrap().len()), (0, 0));
    set_title(&writer, "The Herald").unwrap();
    assert_eq!(title(&database.reader().unwrap()), "The Herald");
}

#[test]
fn an_observer_that_fails_takes_nothing_down() {
    let (_folder, path) = publication();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let writer = Writer::start(&database, store::Chance::sequence(1), |_| panic!("a defect")).unwrap();
    set_title(&writer, "The Herald").unwrap();
    set_title(&writer, "The Courier").unwrap();
    assert_eq!(title(&database.reader().unwrap()), "The Courier");
}

#[test]
fn answers_can_be_awaited_and_connections_sent_to_threads() {
    fn is_send<T: Send + 'static>() {}
    is_send::<store::ReadConnection>();
    is_send::<Writer>();
    let (_folder, path) = publication();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let (writer, _) = start(&database);
    let answer = writer.write(|tx| edit_title(tx, "Awaited").map(|()| tx.new_id(now())));
    let id = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer).unwrap();
    assert_eq!(id.len(), 24);
    let reader = database.reader().unwrap();
    assert_eq!(std::thread::spawn(move || title(&reader)).join().unwrap(), "Awaited");
}

#[test]
fn writes_of_other_programs_are_noticed() {
    let (_folder, path) = publication();
    for read_only in [false, true] {
        let database = Database::open(&path, &OpenOptions { read_only, ..OpenOptions::default() }).unwrap();
        let (writer, heard) = start(&database);
        let other = Connection::open(&path).unwrap();
        other.execute_batch("UPDATE settings SET value = 'Ghost was here' WHERE key = 'title'").unwrap();
        wait_for(|| database.changes().foreign() == 1);
        assert_eq!(heard.lock().unwrap().as_slice(), [[Changed::Everything]]);
        assert_eq!(title(&database.reader().unwrap()), "Ghost was here");
        if read_only {
            assert!(matches!(set_title(&writer, "x"), Err(WriteError::ReadOnly)));
        } else {
            set_title(&writer, "x").unwrap();
            std::thread::sleep(3 * WATCH_EVERY);
            assert_eq!((database.changes().number(), database.changes().foreign()), (2, 1));
        }
    }
}

#[test]
fn another_writer_is_waited_for() {
    let (_folder, path) = publication();
    let options = OpenOptions { busy_timeout: Duration::from_millis(30), ..OpenOptions::default() };
    let database = Database::open(&path, &options).unwrap();
    let (writer, _) = start(&database);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(set_title(&writer, "x"), Err(WriteError::Locked)));
    assert_eq!(title(&database.reader().unwrap()), "The Courant", "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    set_title(&writer, "y").unwrap();
}

#[test]
fn what_is_queued_is_still_written_at_the_end() {
    let (_folder, path) = publication();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let (writer, _) = start(&database);
    let answers: Vec<_> = (0..50).map(|n| writer.write(move |tx| edit_title(tx, &n.to_string()))).collect();
    drop(writer);
    for answer in answers {
        answer.wait().unwrap();
    }
    assert_eq!(title(&database.reader().unwrap()), "49");
}

fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < end, "waited too long");
        std::thread::sleep(Duration::from_millis(10));
    }
}
