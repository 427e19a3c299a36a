//! The program as it is started from a shell: what it makes, serves, says and answers with.

mod common;
#[path = "all/editor.rs"]
mod editor;
#[path = "all/owner.rs"]
mod owner;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use common::own_address;

/// Long enough for a slow machine; a test that works never waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, without what the shell around the tests may have set.
fn courant() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("COURANT_")) {
        command.env_remove(name);
    }
    command
}

/// A server that is running, and what it has said on standard output until it was ready.
struct Server {
    process: Child,
    address: SocketAddr,
    said: String,
}

impl Server {
    /// Starts it, and waits until it says that it is healthy.
    fn start(arguments: &[&str], dir: &Path) -> Server {
        let address = own_address();
        let mut process = courant()
            .args(arguments)
            .arg("--dir")
            .arg(dir)
            .args(["--listen", &address.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while get(address, "/.courant/health").is_none_or(|answer| answer.status != 200) {
            assert_eq!(process.try_wait().unwrap(), None, "it ended before it was ready");
            assert!(begun.elapsed() < PATIENCE, "it is not ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut server = Server { process, address, said: String::new() };
        if arguments.contains(&"demo") {
            server.hear();
        }
        server
    }

    /// Reads what it says until it says how to stop it.
    fn hear(&mut self) {
        let out = BufReader::new(self.process.stdout.take().unwrap());
        for line in out.lines() {
            let line = line.unwrap();
            self.said += &format!("{line}\n");
            if line.contains("Ctrl+C") {
                return;
            }
        }
        panic!("it ended without saying what to open: {}", self.said);
    }

    fn get(&self, path: &str) -> Answer {
        get(self.address, path).unwrap()
    }

    /// Tells it to stop, and waits for its end.
    fn stop(mut self) -> ExitStatus {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    /// A failed test leaves nothing running.
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// None when nobody listens.
fn get(address: SocketAddr, path: &str) -> Option<Answer> {
    get_with(address, path, "none=1")
}

fn get_with(address: SocketAddr, path: &str, cookies: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

fn demo_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")
}

fn demo_manifest() -> Json {
    serde_json::from_slice(&fs::read(demo_folder().join("publication.json")).unwrap()).unwrap()
}

/// A manuscript of the demo: slug, head and text.
struct Manuscript {
    slug: String,
    head: String,
    text: String,
}

impl Manuscript {
    fn get(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// The paragraphs behind the paywall: sentences that a reader without access must never get. Those that name a day
    /// are left out, since it stands in them only once they are made.
    fn hidden(&self) -> Vec<&str> {
        let (_, hidden) = self.text.split_once(r#"{"type": "paywall", "version": 1}"#).unwrap();
        let paragraphs: Vec<_> = hidden
            .split("\n\n")
            .map(str::trim)
            .filter(|block| block.starts_with(char::is_uppercase) && !block.contains(['“', '{']))
            .collect();
        assert!(paragraphs.len() >= 2, "{paragraphs:?}");
        paragraphs
    }
}

fn manuscripts(folder: &str) -> Vec<Manuscript> {
    fs::read_dir(demo_folder().join(folder))
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let (head, text) = text.split_once("\n---\n").unwrap();
            let slug = path.file_stem().unwrap().to_str().unwrap().to_owned();
            Manuscript { slug, head: head.to_owned(), text: text.to_owned() }
        })
        .collect()
}

/// Addresses of one kind that the program has printed, as paths.
fn path_said(server: &Server, label: &str) -> String {
    let line = server.said.lines().find(|line| line.trim_start().starts_with(label)).unwrap();
    let url = line.split_whitespace().last().unwrap();
    url.strip_prefix(&format!("http://{}", server.address)).unwrap().to_owned()
}

#[test]
fn a_demo_is_made_and_served_and_served_again() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("made/for/this");
    let manifest = demo_manifest();
    let stories = manuscripts("stories");
    assert!(stories.len() >= 24);

    let server = Server::start(&["demo"], &dir);
    let home = server.get("/");
    assert_eq!(home.status, 200);
    for story in &stories {
        assert!(home.body.contains(&format!("/{}/", story.slug)), "{} is not on the front page", story.slug);
        let page = server.get(&format!("/{}/", story.slug));
        assert_eq!(page.status, 200, "{}", story.slug);
        assert!(!page.body.contains("#/portal"), "{} invites to sign up, and nobody can", story.slug);
        let title = story.get("title").unwrap().replace('\'', "&#x27;");
        assert_eq!(page.body.matches("<h1").count(), 1, "{}", story.slug);
        assert!(page.body.contains(&title), "{title}");
    }
    for page in manuscripts("pages") {
        let page = server.get(&format!("/{}/", page.slug));
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("#/portal"));
    }
    for place in ["navigation", "secondary_navigation"] {
        let links = manifest[place].as_array().unwrap();
        assert!(links.len() >= 5);
        for link in links {
            let path = link["url"].as_str().unwrap().split('#').next().unwrap();
            assert_eq!(server.get(path).status, 200, "{link}");
        }
    }
    for (folder, address) in [("pictures", "images"), ("media", "media"), ("files", "files")] {
        for file in fs::read_dir(demo_folder().join(folder)).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if !name.ends_with(".mjs") {
                let path = format!("/content/{address}/demo/{name}");
                assert_eq!(server.get(&path).status, 200, "{path}");
            }
        }
    }
    assert!(home.body.contains("Sample publication"), "the theme's setting");

    assert!(server.get(&path_said(&server, "a story")).body.contains("<article"));
    let api = server.get(&format!(
        "{}&formats=html,plaintext&include=authors&limit=50",
        path_said(&server, "the Content API")
    ));
    assert_eq!(api.status, 200);
    let posts: Json = serde_json::from_str(&api.body).unwrap();
    let posts = posts["posts"].as_array().unwrap();
    assert_eq!(posts.len(), stories.len());
    let dates: Vec<_> = posts.iter().map(|post| post["published_at"].as_str().unwrap()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "newest first");
    assert!(posts.iter().all(|post| !post["html"].as_str().unwrap().is_empty()));

    let market = server.get("/market-hall-reopens/");
    assert!(market.body.contains("kg-gallery-card"), "cards are rendered");
    let german = server.get("/hafenmauer/");
    assert!(german.body.contains(r#"<h1 class="article-title" lang="de">"#), "foreign parts say so");

    for readers in ["members", "paid", "tiers"] {
        for story in stories.iter().filter(|story| story.get("readers") == Some(readers)) {
            let page = server.get(&format!("/{}/", story.slug));
            for hidden in story.hidden() {
                for door in [&home, &page, &api, &server.get("/tag/town/"), &server.get("/rss/")] {
                    assert!(!door.body.contains(hidden), "{hidden}");
                }
            }
        }
    }
    assert!(server.stop().success());
    let files = |folder: &str| -> Vec<PathBuf> {
        let mut files: Vec<_> =
            fs::read_dir(dir.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    };
    assert_eq!(files(""), [dir.join("content")]);
    let data = ["content/data/courant-archive", "content/data/ghost.db"].map(|file| dir.join(file));
    assert_eq!(files("content/data"), data, "it was not closed");

    // What was changed since stays.
    let style = dir.join("content/themes/courant/assets/courant.css");
    fs::write(&style, "body { color: teal }").unwrap();
    let server = Server::start(&["demo"], &dir);
    assert!(server.said.contains("as it is"), "{}", server.said);
    assert_eq!(server.get("/").status, 200);
    assert_eq!(fs::read_to_string(&style).unwrap(), "body { color: teal }");
    assert!(server.stop().success());
}

/// The page without the marks around sentences that key points rest on.
fn without_marks(page: &str) -> String {
    let mut parts = page.split("<span class=\"courant-evidence\" id=\"evidence-");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, marked) = part.split_once("\">").expect("a mark has an end");
        text.push_str(&marked.replacen("</span>", "", 1));
    }
    text
}

/// Goes through a door of the demo: the cookies it gives, as a browser sends them back.
fn through(server: &Server, door: &str) -> Option<String> {
    let answer = server.get(&format!("/demo/read-as/{door}/"));
    let cookies: Vec<&str> = answer
        .head
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "))
        .filter_map(|cookie| cookie.split(';').next())
        .collect();
    (answer.status == 302).then(|| cookies.join("; "))
}

#[test]
fn sample_readers_read_what_is_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["demo"], folder.path());
    let stories = manuscripts("stories");
    let doors: Vec<String> = ["member", "subscriber", "circle", "nobody"]
        .iter()
        .map(|door| through(&server, door).unwrap())
        .collect();
    // Who may read what, in the order of the doors.
    for (readers, opens) in [
        ("members", [true, true, true, false]),
        ("paid", [false, true, true, false]),
        ("tiers", [false, false, true, false]),
    ] {
        let story = stories.iter().find(|story| story.get("readers") == Some(readers)).unwrap();
        for (cookies, opens) in doors.iter().zip(opens) {
            let page = get_with(server.address, &format!("/{}/", story.slug), cookies).unwrap();
            assert_eq!(page.status, 200);
            let text = without_marks(&page.body);
            assert_eq!(text.contains(story.hidden()[0]), opens, "{readers} with {cookies}");
        }
    }
    assert!(server.stop().success());

    // Served as any publication it has no doors, and neither has the demo without its list.
    let server = Server::start(&["serve"], folder.path());
    assert_eq!(through(&server, "circle"), None);
    assert!(server.stop().success());
    fs::remove_file(folder.path().join("content/settings/demo-readers.json")).unwrap();
    let server = Server::start(&["demo"], folder.path());
    assert_eq!(through(&server, "circle"), None);
    assert!(server.stop().success());
}

#[test]
fn a_free_port_is_found_and_stands_in_the_publications_own_address() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    assert!(courant().arg("init").arg(&dir).output().unwrap().status.success());
    let mut command = courant();
    command.args(["serve", "--listen", "127.0.0.1:0", "--dir"]).arg(&dir).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let log = BufReader::new(process.stderr.take().unwrap());
    let mut server = Server { process, address: own_address(), said: String::new() };
    let serving = log.lines().map(Result::unwrap).find(|line| line.contains("serving")).unwrap();
    let listen = serving.split_once("listen=").unwrap().1.split(' ').next().unwrap();
    assert!(!listen.ends_with(":0"), "{serving}");
    server.address = listen.parse().unwrap();
    assert!(server.get("/").body.contains(&format!("http://{listen}/")), "{serving}");
}

#[test]
fn what_is_made_is_whole_though_nobody_listens() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    let (listener, output) = std::io::pipe().unwrap();
    drop(listener);
    let errors = output.try_clone().unwrap();
    let status = courant().arg("init").arg(&dir).stdout(output).stderr(errors).status().unwrap();
    assert!(status.success(), "{status}");
    assert_eq!(Server::start(&["serve"], &dir).get("/").status, 200);
}

#[test]
fn what_an_interrupted_attempt_left_is_not_served_and_goes() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join("content.unfinished-abc/data");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("ghost.db"), "half of a database").unwrap();
    let server = Server::start(&["demo"], folder.path());
    assert_eq!(server.get("/").status, 200);
    assert!(!left.exists());
    assert!(server.stop().success());
}

#[test]
fn an_empty_publication_is_made_and_served() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("new");
    let made =
        courant().arg("init").arg(&dir).args(["--title", "The \"Lenn\" & Sons Post"]).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let server = Server::start(&["serve"], &dir);
    let home = server.get("/");
    assert_eq!(home.status, 200);
    assert!(home.body.contains("Sons Post"));
    assert_eq!(through(&server, "circle"), None, "only the demo lends readers");
    assert!(!home.body.contains("#/portal"));
    assert!(server.stop().success());

    let before = fs::read(dir.join("content/data/ghost.db")).unwrap();
    refused(courant().arg("init").arg(&dir), &["not empty", "nothing in it was touched"]);
    refused(courant().arg("demo").arg("--dir").arg(&dir), &["not the demo", "courant serve --dir"]);
    assert_eq!(fs::read(dir.join("content/data/ghost.db")).unwrap(), before);
}

/// Runs it to its end; it must fail with code 1 and say all of these on standard error.
fn refused(command: &mut Command, words: &[&str]) {
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while process.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            process.kill().unwrap();
            process.wait().unwrap();
            panic!("it runs where it should refuse with {words:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = process.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn folders_with_other_things_are_refused_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    refused(courant().arg("demo").arg("--dir").arg(folder.path()), &["has other things in it", "--dir"]);
    refused(courant().arg("init").arg(folder.path()), &["not empty"]);
    let file = folder.path().join("thesis.txt");
    refused(courant().arg("demo").arg("--dir").arg(&file), &["is a file"]);
    refused(courant().arg("init").arg(&file), &["is a file"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "years of work");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn serving_what_cannot_be_served_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    let listen = own_address().to_string();
    let serve = || {
        let mut command = courant();
        command.arg("serve").args(["--listen", &listen]).arg("--dir").arg(&dir);
        command
    };
    refused(courant().arg("serve"), &["which publication?", "--dir"]);
    refused(&mut serve(), &["content folder", "is not there", "--content"]);

    assert!(courant().arg("init").arg(&dir).output().unwrap().status.success());
    let absent = folder.path().join("absent.db");
    refused(serve().arg("--database").arg(&absent), &["there is no database at", "absent.db", "--database"]);
    assert!(!absent.exists(), "it made a database where there was none");

    let picture = folder.path().join("picture.db");
    fs::write(&picture, vec![0x89; 5000]).unwrap();
    refused(serve().arg("--database").arg(&picture), &["picture.db is not a SQLite database"]);
    let empty = folder.path().join("empty.db");
    fs::write(&empty, "").unwrap();
    refused(serve().arg("--database").arg(&empty), &["is empty"]);
    refused(serve().arg("--database").arg(folder.path()), &["is a folder, not a database"]);
    refused(serve().args(["--url", "example.com"]), &["example.com"]);
    for url in ["https://example.com/ghost", "https://example.com/news/Ghost/"] {
        refused(serve().args(["--url", url]), &[url, "the Admin app's place", "without it"]);
    }

    // An address that is taken.
    let holder = TcpListener::bind(&listen).unwrap();
    refused(&mut serve(), &["cannot listen on", &listen, "--listen"]);
    drop(holder);

    let routes = dir.join("content/settings/routes.yaml");
    fs::create_dir_all(routes.parent().unwrap()).unwrap();
    fs::write(&routes, "collections:\n  /:\n    permalink: /:slug/\n").unwrap();
    refused(&mut serve(), &["routes.yaml, line 3", "collections['/'].permalink", "/{slug}/"]);
    fs::remove_file(&routes).unwrap();

    fs::rename(dir.join("content/themes/courant"), dir.join("content/themes/other")).unwrap();
    refused(&mut serve(), &["the active theme is not there", "content/themes/courant", "active_theme"]);
    // Whoever writes a theme may put it there while the server runs.
    let server = Server::start(&["serve", "--dev"], &dir);
    let home = server.get("/");
    assert_eq!(home.status, 500);
    assert!(home.body.contains("there is no such folder"), "{}", home.body);
    fs::rename(dir.join("content/themes/other"), dir.join("content/themes/courant")).unwrap();
    assert_eq!(server.get("/").status, 200);
    fs::write(dir.join("content/themes/courant/index.hbs"), "<p>\n{{#if x}}\n").unwrap();
    fs::write(dir.join("content/themes/courant/home.hbs"), "<p>\n{{#if x}}\n").unwrap();
    let home = server.get("/");
    assert_eq!(home.status, 400);
    assert!(home.body.contains("home.hbs:") && home.body.contains("<pre>"), "{}", home.body);
    assert!(server.stop().success());
}

/// What a server says on standard error until it serves.
fn said_at_the_start(dir: &Path) -> String {
    let mut command = courant();
    command.args(["serve", "--listen", &own_address().to_string(), "--dir"]).arg(dir).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let log = BufReader::new(process.stderr.take().unwrap());
    let mut said = String::new();
    for line in log.lines().map(Result::unwrap) {
        said += &format!("{line}\n");
        if line.contains("serving") && line.contains("listen=") {
            break;
        }
    }
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(said.contains("listen="), "{said}");
    said
}

#[test]
fn data_of_routes_that_is_not_there_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("paper");
    assert!(courant().arg("init").arg(&dir).output().unwrap().status.success());
    let routes = dir.join("content/settings/routes.yaml");
    fs::create_dir_all(routes.parent().unwrap()).unwrap();
    let text = "routes:\n  /a/:\n    data: post.nope\n    template: post\n  /b/:\n    data:\n      x: {type: read, resource: tags, slug: \
                none}\n    template: tag\n  /c/:\n    controller: channel\n    data: author.%s\n";
    fs::write(&routes, text).unwrap();
    let said = said_at_the_start(&dir);
    let named: Vec<&str> = said.lines().filter(|line| line.contains("404")).collect();
    assert_eq!(named.len(), 2, "{said}");
    assert!(
        named[0].contains("routes.yaml, line 3, routes['/a/'].data: there is no published post `nope`"),
        "{said}"
    );
    assert!(
        named[1].contains("line 7, routes['/b/'].data.x")
            && named[1].contains("tag")
            && named[1].contains("`none`"),
        "{said}"
    );
}

#[test]
fn wrong_use_has_its_own_exit_code() {
    for arguments in [&["demo", "--listen", "nowhere"][..], &["init"], &["sreve"], &[]] {
        let output = courant().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}
