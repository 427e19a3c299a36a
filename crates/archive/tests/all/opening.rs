//! The index between two lives of the process, and folders that are none.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use archive::{Archive, Error, SearchOptions, Story};

use crate::archive_of;

fn total(archive: &Archive, query: &str) -> usize {
    archive.search(query, &SearchOptions::default()).unwrap().total
}

#[test]
fn what_is_durable_is_read_beside_the_one_who_changes_it() {
    let dir = tempfile::tempdir().unwrap();
    let absent = Archive::open_to_read(&dir.path().join("none"));
    assert!(matches!(absent, Err(Error::Absent(_))));
    assert!(!dir.path().join("none").exists(), "looking made something");
    let writing = Archive::open(dir.path()).unwrap();
    assert!(matches!(Archive::open_to_read(dir.path()), Err(Error::Absent(_))), "nothing is durable");
    writing.add(&Story::new("1", "Grain", "first ship")).unwrap();
    writing.commit("one").unwrap();
    let old = Archive::open_to_read(dir.path()).unwrap();
    writing.add(&Story::new("1", "Grain", "second ship")).unwrap();
    writing.show("two").unwrap();
    let reading = Archive::open_to_read(dir.path()).unwrap();
    assert_eq!((reading.watermark().as_deref(), total(&reading, "first")), (Some("one"), 1));
    for number in 0..40 {
        writing.add(&Story::new(&number.to_string(), "Grain", "second ship")).unwrap();
        writing.commit("many").unwrap();
        let reading = Archive::open_to_read(dir.path()).unwrap();
        assert_eq!(total(&reading, "second") as u64, writing.n_stories());
    }
    assert_eq!((total(&old, "first"), total(&old, "second")), (1, 0), "it stands still");
    let change = old.add(&Story::new("2", "Grain", "third"));
    assert!(matches!(change, Err(Error::ReadOnly(_))));
    assert!(matches!(old.show("three"), Err(Error::ReadOnly(_))));
}

#[test]
fn what_was_committed_is_there_and_what_was_not_is_known_to_be_missing() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    assert_eq!(archive.watermark(), None);
    archive.add(&Story::new("1", "Grain", "first")).unwrap();
    archive.commit("mark 1").unwrap();
    archive.add(&Story::new("2", "Grain", "second")).unwrap();
    assert_eq!(total(&archive, "grain"), 1);
    drop(archive);
    let archive = Archive::open(dir.path()).unwrap();
    assert_eq!(archive.watermark().as_deref(), Some("mark 1"));
    assert_eq!(total(&archive, "grain"), 1);
    archive.add(&Story::new("2", "Grain", "second")).unwrap();
    archive.commit("mark 2").unwrap();
    assert_eq!(total(&archive, "grain"), 2);
}

#[test]
fn a_changed_story_replaces_the_old_and_a_removed_one_is_gone() {
    let (_dir, archive) = archive_of(&[Story::new("1", "Grain", "old"), Story::new("2", "Grain", "other")]);
    archive.add(&Story::new("1", "Grain", "new")).unwrap();
    archive.remove("2");
    archive.remove("unknown");
    archive.commit("later").unwrap();
    assert_eq!((total(&archive, "old"), total(&archive, "new"), total(&archive, "other")), (0, 1, 0));
    assert_eq!(archive.n_stories(), 1);
}

#[test]
fn folders_that_are_no_index_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("letter.txt"), "mine").unwrap();
    assert!(matches!(Archive::open(dir.path()), Err(Error::Foreign(_))));
    assert!(matches!(Archive::rebuild(dir.path()), Err(Error::Foreign(_))));
    assert_eq!(fs::read_to_string(dir.path().join("letter.txt")).unwrap(), "mine");
}

#[test]
fn newer_broken_and_busy_say_so_and_can_be_rebuilt() {
    let (dir, archive) = archive_of(&[Story::new("1", "Grain", "")]);
    assert!(matches!(Archive::open(dir.path()), Err(Error::Busy(_))));
    drop(archive);
    let mark = dir.path().join("courant-archive");
    let old = fs::read(&mark).unwrap();
    fs::write(&mark, "courant archive 999\n").unwrap();
    assert!(matches!(Archive::open(dir.path()), Err(Error::Newer(_))));
    fs::write(&mark, old).unwrap();
    fs::write(dir.path().join("meta.json"), "{").unwrap();
    assert!(matches!(Archive::open(dir.path()), Err(Error::Unreadable { .. })));
    let archive = Archive::rebuild(dir.path()).unwrap();
    assert_eq!((archive.n_stories(), archive.watermark()), (0, None));
}

/// The folder that the child of the next test fills.
const CHILD: &str = "COURANT_ARCHIVE_CHILD";

/// Not a test of its own: adds and shows one story after another until it is killed, every third time durably.
#[test]
fn child_that_never_ends() {
    let Some(dir) = std::env::var_os(CHILD) else { return };
    let archive = Archive::open(dir.as_ref()).unwrap();
    for n in 1_u64.. {
        archive.add(&Story::new(&n.to_string(), "Grain", "another ship")).unwrap();
        archive.show(&n.to_string()).unwrap();
        if n.is_multiple_of(3) {
            archive.secure().unwrap();
        }
        println!("\nshown {n}");
    }
}

#[test]
fn a_killed_process_leaves_the_index_as_it_was_made_durable() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "opening::child_that_never_ends", "--nocapture"])
        .env(CHILD, dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.map_while(Result::ok).find(|line| line == "shown 32");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told.is_some(), "the child ended before it was killed");
    let archive = Archive::open(dir.path()).unwrap();
    let mark: u64 = archive.watermark().unwrap().parse().unwrap();
    assert!(mark >= 30 && mark.is_multiple_of(3), "{mark}");
    assert_eq!((archive.n_stories(), total(&archive, "another ship") as u64), (mark, mark));
    archive.add(&Story::new("after", "Grain", "after")).unwrap();
    archive.commit("after").unwrap();
    assert_eq!(total(&archive, "grain") as u64, mark + 1);
}

#[test]
fn an_index_of_an_older_format_says_so_and_can_be_rebuilt() {
    let (dir, archive) = archive_of(&[Story::new("1", "Grain", "")]);
    drop(archive);
    fs::write(dir.path().join("courant-archive"), "courant archive 1\n").unwrap();
    assert!(matches!(Archive::open(dir.path()), Err(Error::Unreadable { .. })));
    assert_eq!(Archive::rebuild(dir.path()).unwrap().n_stories(), 0);
}

/// One changes while others ask; nobody finds a story twice or not at all.
#[test]
fn questions_need_not_wait_for_changes() {
    let (_dir, archive) = archive_of(&[Story::new("1", "Grain", "first"), Story::new("2", "Grain", "first")]);
    std::thread::scope(|scope| {
        let changing = scope.spawn(|| {
            for number in 0..30 {
                archive.add(&Story::new("1", "Grain", "first")).unwrap();
                archive.show(&number.to_string()).unwrap();
                archive.secure().unwrap();
            }
        });
        while !changing.is_finished() {
            assert_eq!(total(&archive, "grain"), 2);
        }
    });
}
