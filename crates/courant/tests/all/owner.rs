//! A new publication and its owner: who may act in it, and what is said where nobody may, or nothing can be written.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Server, courant, said_at_the_start};

/// Makes a publication with these arguments; what is said, on standard output where it succeeds, standard error where not.
fn init(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = courant().arg("init").arg(dir).args(arguments).output().unwrap();
    let said = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.code(), String::from_utf8(said).unwrap())
}

fn database(dir: &Path) -> PathBuf {
    dir.join("content/data/ghost.db")
}

/// Puts a published story into it, as another program would.
fn add_story(dir: &Path) {
    let connection = rusqlite::Connection::open(database(dir)).unwrap();
    let text =
        "The bridge over the Lenn was closed on Friday. The town council decided it with nine votes to four.";
    let sql = "INSERT INTO posts (id, uuid, title, slug, html, plaintext, status, email_recipient_filter, created_at, \
               updated_at, published_at) VALUES ('69a3eaf80000000000000001', '0d8f4b1e-0000-4000-8000-000000000001', \
               'Bridge closed', 'bridge', ?1, ?2, 'published', 'all', ?3, ?3, ?3)";
    connection.execute(sql, (format!("<p>{text}</p>"), text, "2026-03-01 07:00:00")).unwrap();
    let sql = "INSERT INTO posts_authors (id, post_id, author_id, sort_order) \
               SELECT '69a3eaf80000000000000002', '69a3eaf80000000000000001', id, 0 FROM users";
    connection.execute(sql, []).unwrap();
}

fn correct(dir: &Path) -> (bool, String) {
    let mut command = courant();
    command.args(["desk", "correct", "bridge", "--was", "ten votes", "--is", "nine votes", "--dir"]).arg(dir);
    let output = command.output().unwrap();
    let said = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn an_owner_may_act_from_the_first_moment() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    let owner = ["--owner", "Jean-Luc Ørsted", "--email", "jl@herald.example"];
    let (code, said) = init(&dir, &owner);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Jean-Luc Ørsted <jl@herald.example>") && !said.contains("no owner"), "{said}");
    let row = |connection: &rusqlite::Connection| {
        let sql = "SELECT name || '|' || slug || '|' || email || '|' || status || '|' || length(password) FROM users";
        connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    let connection = rusqlite::Connection::open(database(&dir)).unwrap();
    assert_eq!(row(&connection), "Jean-Luc Ørsted|jean|jl@herald.example|active|60");
    drop(connection);
    add_story(&dir);
    let (done, said) = correct(&dir);
    assert!(done && said.contains("in the name of Jean-Luc Ørsted"), "{said}");
}

#[test]
fn without_an_owner_it_is_said_what_is_missing_and_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    let (code, said) = init(&dir, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no owner yet") && said.contains("--owner NAME --email ADDRESS"), "{said}");
    add_story(&dir);
    let (done, said) = correct(&dir);
    assert!(!done && said.contains("--owner NAME --email ADDRESS"), "{said}");

    for (arguments, words) in [
        (&["--owner", "Ada"][..], "--email"),
        (&["--email", "ada@herald.example"], "--owner"),
        (&["--owner", "Ada", "--email", "ada"], "no e-mail address"),
        (&["--owner", " ", "--email", "ada@herald.example"], "at least one letter"),
        (&["--owner", &"x".repeat(192), "--email", "ada@herald.example"], "at most 191"),
    ] {
        let other = folder.path().join("other");
        let (code, said) = init(&other, arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(words) && !other.exists(), "{said}");
    }
}

#[test]
fn what_cannot_be_written_is_said_with_the_file_and_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    init(&dir, &["--owner", "Ada", "--email", "ada@herald.example"]);
    add_story(&dir);
    let file = database(&dir);
    let data = file.parent().unwrap().to_owned();
    for (place, why) in [(&file, "its file may not be written"), (&data, "its folder may not be written")] {
        let rights = fs::metadata(place).unwrap().permissions();
        let mut marked = rights.clone();
        marked.set_readonly(true);
        fs::set_permissions(place, marked).unwrap();
        let (done, said) = correct(&dir);
        assert!(!done && said.contains("ghost.db cannot be written, so nothing was changed"), "{said}");
        assert!(said.contains(why) && said.contains("give that user the right"), "{said}");
        let log = said_at_the_start(&dir);
        assert_eq!(log.matches("served for reading only").count(), 1, "{log}");
        assert!(log.contains(why) && log.contains("ghost.db"), "{log}");
        let server = Server::start(&["serve"], &dir);
        assert_eq!(server.get("/bridge/").status, 200);
        assert!(server.stop().success());
        fs::set_permissions(place, rights).unwrap();
    }
    assert!(correct(&dir).0);
}
