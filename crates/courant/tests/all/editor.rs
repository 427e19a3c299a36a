//! The editor's commands, while a server runs on the same publication.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use crate::{PATIENCE, Server, courant};

const STORY: &str = "harbour-wall-crack";

/// Runs `courant desk …`; standard output where it succeeds, standard error where not.
fn desk(dir: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = courant().arg("desk").args(arguments).arg("--dir").arg(dir).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// Asks for a page until it is as it should be: the server notices writes of others by looking.
#[track_caller]
fn wait_for(server: &Server, path: &str, is_right: impl Fn(&str) -> bool) -> String {
    let begun = Instant::now();
    loop {
        let page = server.get(path).body;
        if is_right(&page) {
            return page;
        }
        assert!(begun.elapsed() < PATIENCE, "{path} does not change: {page}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn an_editors_word_reaches_the_page_and_never_against_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let server = Server::start(&["demo"], dir);
    let path = format!("/{STORY}/");
    let list = desk(dir, &["points", STORY]).unwrap();
    let n_points =
        list.lines().filter(|line| line.contains("; from text]") || line.contains("from text]")).count();
    assert!(n_points >= 2, "{list}");
    assert_eq!(server.get(&path).body.matches("href=\"#evidence-").count(), n_points);

    let wrong = ["points", STORY, "--add", "The gap is 212 metres high.", "--by", "samir-costa"];
    let refused = desk(dir, &wrong).unwrap_err();
    assert!(refused.contains("number-differs") && refused.contains("nothing was changed"), "{refused}");
    assert_eq!(desk(dir, &["points", STORY]).unwrap(), list);
    let nobody = desk(dir, &["points", STORY, "--approve", "1", "--by", "nobody@example.com"]).unwrap_err();
    assert!(nobody.contains("nobody@example.com"), "{nobody}");
    // The demo's owner is the one that Ghost begins with: nobody acts in the name of a program.
    for act in [
        &["points", STORY, "--approve", "1"][..],
        &["correct", STORY, "--was", "3 metres", "--is", "2.1 metres"],
        &["related", STORY, "--pin", "library-sunday"],
        &["related", STORY, "--forget", "library-sunday"],
        &["correct", STORY, "--withdraw", "1"],
    ] {
        let unnamed = desk(dir, act).unwrap_err();
        let is_right = unnamed.contains("--by") && unnamed.contains("samir-costa");
        assert!(is_right || act.contains(&"--withdraw") && unnamed.contains("no correction 1"), "{unnamed}");
    }
    let owner = desk(dir, &["points", STORY, "--approve", "1", "--by", "ghost-user"]).unwrap_err();
    assert!(owner.contains("nobody on the staff"), "{owner}");
    assert!(desk(dir, &["points", STORY, "--approve", "99"]).unwrap_err().contains("no point 99"));
    assert!(desk(dir, &["points", "no-such-story"]).unwrap_err().contains("no-such-story"));

    let own = "The gap is 2.1 metres high and just over a metre wide.";
    let added = desk(dir, &["points", STORY, "--add", own, "--by", "samir-costa"]).unwrap();
    assert!(added.contains("approved by Samir Costa") && added.contains(own), "{added}");
    let page = wait_for(&server, &path, |page| page.contains(&format!("<li>{own}")));
    assert!(page.contains("Made in part by a program, each point checked against the text; others written or approved by Samir Costa."));
    for number in 1..=n_points {
        desk(dir, &["points", STORY, "--approve", &number.to_string(), "--by", "samir-costa"]).unwrap();
    }
    wait_for(&server, &path, |page| {
        page.contains("Made in part by a program; all checked and approved by Samir Costa.")
    });
    let first = list.lines().next().unwrap().split_once("] ").unwrap().1;
    let words = first.split(' ').take(4).collect::<Vec<_>>().join(" ");
    assert!(
        desk(dir, &["points", STORY, "--refuse", "No point of it"]).unwrap_err().contains("No point of it")
    );
    let refused = desk(dir, &["points", STORY, "--refuse", &words, "--by", "samir-costa"]).unwrap();
    assert!(refused.contains(&format!("[refused by Samir Costa; from text] {first}")), "{refused}");
    wait_for(&server, &path, |page| page.matches("href=\"#evidence-").count() == n_points);

    // More than seven stand: the list says which ones no reader sees.
    assert!(!refused.contains("not on the page"), "{refused}");
    let mut list = String::new();
    for sentence in [
        "Boats may still enter and leave.",
        "The outer 60 metres of the wall are closed to walkers and anglers.",
        "The harbour office had the hole measured with sonar the next morning.",
        "The mortar below the tide line has never been renewed, the report says.",
        "The harbour office expects the first stage to take three weeks.",
        "The second is age.",
    ] {
        list = desk(dir, &["points", STORY, "--add", sentence, "--by", "samir-costa"]).unwrap();
    }
    let n_standing = list.matches("[approved by Samir Costa").count();
    assert_eq!(
        list.matches("   not on the page: 7 others stand before it").count(),
        n_standing - 7,
        "{list}"
    );
    assert!(n_standing > 7);
    wait_for(&server, &path, |page| page.matches("href=\"#evidence-").count() == 7);
    assert!(server.stop().success());
}

#[test]
fn corrections_and_choices_are_public_at_once_and_preflight_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let server = Server::start(&["demo"], dir);
    let path = format!("/{STORY}/");
    let correct = [
        "correct",
        STORY,
        "--was",
        "The gap is 3 metres high",
        "--is",
        "The gap is 2.1 metres high",
        "--by",
        "samir-costa",
    ];
    // No saved state says what the story is to have said; one that does makes it a correction.
    let refused = desk(dir, &correct).unwrap_err();
    assert!(refused.contains("nor any of its saved states says “The gap is 3 metres high”"), "{refused}");
    let database = rusqlite::Connection::open(dir.join("content/data/ghost.db")).unwrap();
    database.busy_timeout(PATIENCE).unwrap();
    let n_changed = database
        .execute(
            "update post_revisions set lexical = replace(lexical, 'The gap is 2.1 metres', 'The gap is 3 metres') \
             where post_id = (select id from posts where slug = ?)",
            [STORY],
        )
        .unwrap();
    assert!(n_changed > 0, "the demo's stories have a saved state");
    let said = desk(dir, &correct).unwrap();
    assert!(said.contains("Samir Costa"), "{said}");
    assert!(said.contains("and at /corrections/") && !said.contains("2368"), "no address is made up: {said}");
    std::fs::write(dir.join("courant.toml"), "url = \"https://paper.example\"\n").unwrap();
    wait_for(&server, &path, |page| {
        page.contains("The gap is 3 metres high") && page.contains("CorrectionComment")
    });
    assert!(server.get("/corrections/").body.contains("The gap is 3 metres high"));
    assert!(desk(dir, &["correct", STORY, "--was", "x", "--is", " x "]).is_err());
    let same = desk(dir, &["correct", STORY, "--was", "the gap IS", "--is", "The gap is"]).unwrap_err();
    assert!(same.contains("the same but for capitals"), "{same}");
    assert!(desk(dir, &["correct", STORY, "--was", "x"]).is_err());

    // What the story does not say is no correction of it, unless the editor insists.
    let wish = [
        "correct",
        STORY,
        "--was",
        "The gap is closed",
        "--is",
        "The gap is ninety metres high",
        "--by",
        "samir-costa",
    ];
    let refused = desk(dir, &wish).unwrap_err();
    assert!(refused.contains("does not say “The gap is ninety metres high”") && refused.contains("--force"));
    let list = desk(dir, &["correct", STORY]).unwrap();
    assert!(
        list.contains("1. [by Samir Costa, ") && !list.contains("2. [") && !list.contains("ninety metres")
    );
    let said = desk(dir, &[&wish[..], &["--force"]].concat()).unwrap();
    assert!(said.contains("and at https://paper.example/corrections/"), "{said}");
    wait_for(&server, &path, |page| page.contains("The gap is ninety metres high"));

    // Taken back, it is on record and nowhere else.
    let withdraw = ["correct", STORY, "--withdraw", "2", "--by", "samir-costa"];
    desk(dir, &withdraw).unwrap();
    let page = wait_for(&server, &path, |page| !page.contains("ninety metres"));
    assert!(page.contains("The gap is 3 metres high"), "the other correction stands");
    let public = server.get("/corrections/").body;
    assert!(public.contains("The gap is 3 metres high") && !public.contains("ninety metres"), "{public}");
    let list = desk(dir, &["correct", STORY]).unwrap();
    assert!(list.contains("; withdrawn by Samir Costa, ") && list.contains("ninety metres"), "{list}");
    assert!(desk(dir, &withdraw).unwrap_err().contains("withdrawn before"));
    let absent = desk(dir, &["correct", STORY, "--withdraw", "3"]).unwrap_err();
    assert!(absent.contains("no correction 3"), "{absent}");

    // The index that the server holds is read beside it, once it is durable.
    let begun = Instant::now();
    let found = loop {
        let list = desk(dir, &["related", STORY]).unwrap();
        if list.contains("shown: ") {
            break list;
        }
        assert!(begun.elapsed() < PATIENCE, "{list}");
    };
    let first = found.lines().next().unwrap().rsplit_once('(').unwrap().1.trim_end_matches(')').to_owned();
    assert!(!found.contains("library-sunday"), "{found}");
    let list = desk(dir, &["related", STORY, "--hide", &first, "--by", "samir-costa"]).unwrap();
    assert!(list.contains("hide: ") && !list.contains(&format!("({first})")), "{list}");
    let list = desk(dir, &["related", STORY, "--pin", "library-sunday", "--by", "samir-costa"]).unwrap();
    assert!(
        list.lines().any(|line| line.starts_with("shown: ") && line.ends_with("(library-sunday)")),
        "{list}"
    );
    let row = |page: &str| {
        let row = page.split("On the same subject").nth(1).unwrap_or_default();
        row.split("</section>").next().unwrap_or_default().to_owned()
    };
    wait_for(&server, &path, |page| row(page).contains("/library-sunday/"));
    assert!(
        desk(dir, &["related", STORY, "--pin", STORY, "--by", "samir-costa"])
            .unwrap_err()
            .contains("beside itself")
    );
    desk(dir, &["related", STORY, "--forget", "library-sunday", "--by", "samir-costa"]).unwrap();
    wait_for(&server, &path, |page| !row(page).contains("/library-sunday/"));
    let forget = ["related", STORY, "--forget", "library-sunday", "--by", "samir-costa"];
    assert!(desk(dir, &forget).unwrap_err().contains("neither pinned nor hidden"));

    let findings = courant().args(["desk", "preflight", STORY, "--json", "--dir"]).arg(dir).output().unwrap();
    for line in String::from_utf8(findings.stdout).unwrap().lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        for field in ["code", "severity", "place", "reason", "mend"] {
            assert!(finding[field].as_str().is_some_and(|text| !text.is_empty()), "{finding}");
        }
    }
    // More pins than places: the editor hears of it.
    let others: Vec<String> = crate::manuscripts("stories")
        .into_iter()
        .map(|story| story.slug)
        .filter(|slug| slug != STORY)
        .take(5)
        .collect();
    let mut list = String::new();
    for other in &others {
        list = desk(dir, &["related", STORY, "--pin", other, "--by", "samir-costa"]).unwrap();
    }
    assert_eq!(list.matches("pinned, but not shown: ").count(), 1, "{list}");
    assert!(list.contains("(there is room for 4, and others were pinned before)"), "{list}");
    assert!(server.stop().success());
}

/// The database keeps whole seconds; corrections of one second keep the order in which they were recorded, everywhere.
#[test]
fn corrections_of_one_second_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let server = Server::start(&["demo"], dir);
    let is = "The gap is 2.1 metres high";
    let was: Vec<String> = (3..9).map(|n| format!("The gap is {n} metres high")).collect();
    for was in &was {
        desk(dir, &["correct", STORY, "--was", was, "--is", is, "--force", "--by", "samir-costa"]).unwrap();
    }
    let database = rusqlite::Connection::open(dir.join("content/data/ghost.db")).unwrap();
    database.busy_timeout(PATIENCE).unwrap();
    database
        .execute("update courant_correction set made_at = (select max(made_at) from courant_correction)", [])
        .unwrap();
    let latest_first: Vec<&str> = was.iter().rev().map(String::as_str).collect();
    let order = |page: &str| {
        let mut found: Vec<(usize, &str)> =
            was.iter().filter_map(|was| Some((page.find(was.as_str())?, was.as_str()))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, was)| was).collect::<Vec<_>>()
    };
    let page = wait_for(&server, &format!("/{STORY}/"), |page| order(page).len() == was.len());
    let (head, body) = page.split_once("</head>").unwrap();
    assert_eq!(order(head), latest_first, "JSON-LD");
    assert_eq!(order(body), latest_first, "the story");
    assert_eq!(order(&server.get("/corrections/").body), latest_first, "the list");
    let list = desk(dir, &["correct", STORY]).unwrap();
    assert_eq!(
        order(&list),
        was.iter().map(String::as_str).collect::<Vec<_>>(),
        "the editor's list counts from the first"
    );
    assert!(server.stop().success());
}

#[test]
fn a_broken_line_is_answered_and_told_at_the_end() {
    let text = "The bridge was closed on Friday.";
    let good = serde_json::json!({"id": 1, "document": text, "text": text, "statement": text}).to_string();
    let story = serde_json::json!({"id": "1", "title": "A bridge", "text": text}).to_string();
    let document = serde_json::json!({"id": 1, "lexical": {"root": {"children": []}}}).to_string();
    for (command, good, is_good) in [
        (&["desk", "check"][..], &good, "\"id\":1"),
        (&["desk", "digest"], &good, "\"id\":1"),
        (&["desk", "related"], &story, "\"id\":\"1\""),
        (&["render-lexical"], &document, "\"html\":"),
    ] {
        for (lines, code) in [(vec![good.as_str(), "{", good], 1), (vec![good, "", good], 0)] {
            let mut process = courant()
                .args(command)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            process.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
            let output = process.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{command:?} {lines:?}");
            let answers = String::from_utf8(output.stdout).unwrap();
            assert_eq!(answers.lines().filter(|line| line.contains(is_good)).count(), 2, "{answers}");
            let is_told = answers.lines().nth(1).unwrap().contains("\"error\":");
            assert_eq!(is_told, code == 1, "{answers}");
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said.contains("line 2 could not be read"), code == 1, "{said}");
        }
    }
}

/// Stories that were there before the desk are put on record too, so that an editor hears of it when their text, changed by
/// another program, no longer carries a point.
#[test]
fn points_that_a_foreign_change_took_the_ground_from_wait_for_the_editor() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let server = Server::start(&["demo"], dir);
    let database = rusqlite::Connection::open(dir.join("content/data/ghost.db")).unwrap();
    database.busy_timeout(PATIENCE).unwrap();
    let begun = Instant::now();
    let on_record =
        "select count(*) from courant_point where text like 'A survey in 2019 recommended%' and supported";
    while !database.query_row(on_record, [], |row| row.get::<_, i64>(0)).is_ok_and(|n| n == 1) {
        assert!(begun.elapsed() < PATIENCE, "the point is not put on record");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(desk(dir, &["points"]).unwrap(), "every point on record holds\n");

    let changed = database
        .execute(
            "update posts set html = replace(html, 'A survey in 2019', 'A survey in 2017'), \
             updated_at = datetime('now', '+1 second') where slug = ?",
            [STORY],
        )
        .unwrap();
    assert_eq!(changed, 1);
    wait_for(&server, &format!("/{STORY}/"), |page| !page.contains("survey in 2019"));
    let begun = Instant::now();
    let waiting = loop {
        let list = desk(dir, &["points"]).unwrap();
        if list.starts_with(STORY) || begun.elapsed() > PATIENCE {
            break list;
        }
    };
    assert!(waiting.starts_with(&format!("{STORY}: 1 point does not hold (Harbour wall")), "{waiting}");
    let story = desk(dir, &["points", STORY]).unwrap();
    assert!(story.contains("[does not hold; from text] A survey in 2019"), "{story}");
    desk(dir, &["points", "--approve", "1"]).unwrap_err();
    // What somebody approved or opened again, once, is not her word any more.
    for state in ["approved", "open"] {
        database.execute("update courant_point set state = ?, decided_by = 'Samir Costa'", [state]).unwrap();
        let story = desk(dir, &["points", STORY]).unwrap();
        assert!(story.contains("[does not hold; from text] A survey in 2019"), "{story}");
        assert_eq!(story.contains("[approved by Samir Costa; from text]"), state == "approved", "{story}");
        assert!(!story.contains("[open by"), "{story}");
    }
    assert!(server.stop().success());
}

/// A model on this machine that says the same to every question; and how often it was asked.
fn model(points: &[&str]) -> (std::net::SocketAddr, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let content = serde_json::json!({ "points": points }).to_string();
    let body = serde_json::json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] })
        .to_string();
    let n_asked = std::sync::Arc::<std::sync::atomic::AtomicUsize>::default();
    let counted = std::sync::Arc::clone(&n_asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut length = 0;
            let mut line = String::new();
            while stream.read_line(&mut line).unwrap() > 2 {
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                line.clear();
            }
            stream.read_exact(&mut vec![0; length]).unwrap();
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream.get_mut().write_all(format!("{head}{body}").as_bytes()).unwrap();
        }
    });
    (address, n_asked)
}

/// By the editor's command and by itself: what the text carries is shown, what it does not waits with its reason.
#[test]
fn a_model_may_propose_and_nothing_that_the_text_does_not_say_reaches_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    assert!(Server::start(&["demo"], dir).stop().success());
    let refused = desk(dir, &["points", STORY, "--propose"]).unwrap_err();
    assert!(refused.contains("[desk.model]"), "{refused}");

    let good = "The gap is 2.1 metres high and just over a metre wide.";
    let bad = "The mayor praised Ines Calloway for her courage.";
    let (address, n_asked) = model(&[bad, good]);
    let config = format!("[desk.model]\nurl = \"http://{address}/v1\"\nname = \"small\"\n");
    std::fs::write(dir.join("courant.toml"), &config).unwrap();
    let list = desk(dir, &["points", STORY, "--propose"]).unwrap();
    assert!(list.contains(&format!("[open; from model] {good}")), "{list}");
    assert!(list.contains(&format!("[does not hold; from model] {bad}")), "{list}");

    let other = "library-sunday";
    std::fs::write(dir.join("courant.toml"), config + "propose = \"published\"\n").unwrap();
    let server = Server::start(&["serve"], dir);
    let asked = n_asked.load(std::sync::atomic::Ordering::SeqCst);
    let page = wait_for(&server, &format!("/{STORY}/"), |page| page.contains(&format!("<li>{good}")));
    assert!(!page.contains(bad));
    let database = rusqlite::Connection::open(dir.join("content/data/ghost.db")).unwrap();
    database.busy_timeout(PATIENCE).unwrap();
    // What is changed before the desk has seen the story once is no change to it.
    let seen = "select count(*) from courant_point where post_id = (select id from posts where slug = ?)";
    let begun = Instant::now();
    while !database.query_row(seen, [other], |row| row.get::<_, i64>(0)).is_ok_and(|n| n > 0) {
        assert!(begun.elapsed() < PATIENCE, "the story is not put on record");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let (html, plaintext) = (format!("<p>{good}</p>"), good);
    database
        .execute(
            "update posts set html = html || ?, plaintext = plaintext || ?, updated_at = datetime('now', '+1 second') \
             where slug = ?",
            (html, plaintext, other),
        )
        .unwrap();
    let page = wait_for(&server, &format!("/{other}/"), |page| page.contains(&format!("<li>{good}")));
    assert!(!page.contains(bad));
    assert_eq!(
        n_asked.load(std::sync::atomic::Ordering::SeqCst),
        asked + 1,
        "asked for the story that changed alone"
    );
    let waiting = desk(dir, &["points"]).unwrap();
    assert!(waiting.contains(&format!("{other}: 1 point does not hold")), "{waiting}");
    assert!(server.stop().success());
}

#[test]
fn preflight_has_nothing_to_say_against_the_sample() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["demo"], folder.path());
    assert!(server.stop().success());
    for story in crate::manuscripts("stories") {
        let said = desk(folder.path(), &["preflight", &story.slug]).unwrap();
        assert_eq!(said.trim(), "nothing found", "{}", story.slug);
    }
}
