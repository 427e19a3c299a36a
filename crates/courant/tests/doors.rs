//! The whole server, asked over the network: who gets which kept page, what hostile requests get, an install below a
//! sub-directory, letters that end.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value as Json;

/// Long enough for a slow machine; a test that works never waits so long.
const PATIENCE: Duration = Duration::from_secs(60);
const UUID: &str = "ad61537e-91be-4543-a281-a6e9852310c8";

/// Where the peer's files are: beside the checkout, or where `COURANT_SHARED` says.
fn fixture() -> PathBuf {
    let shared = std::env::var_os("COURANT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    shared.join("peer/fixture")
}

fn keys() -> Json {
    serde_json::from_slice(&fs::read(fixture().join("keys.json")).unwrap()).unwrap()
}

/// The fixture publication with the plain theme, being served.
struct Server {
    process: Child,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().filter_map(|line| line.split_once(": "));
        line.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

impl Server {
    /// Serves a copy, changed by `change` (its folder and its database), at this path.
    fn start(path: &str, change: impl FnOnce(&Path, &Connection)) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        copy(&fixture().join("content"), &content);
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/plain"),
            &content.join("themes/tested"),
        );
        fs::create_dir_all(content.join("data")).unwrap();
        let file = content.join("data/ghost.db");
        fs::write(&file, fs::read(fixture().join("ghost.db")).unwrap()).unwrap();
        let database = Connection::open(&file).unwrap();
        database.execute("update settings set value = 'tested' where key = 'active_theme'", []).unwrap();
        change(&content, &database);
        drop(database);
        let address = common::own_address();
        let process = Command::new(env!("CARGO_BIN_EXE_courant"))
            .args(["serve", "--dir"])
            .arg(folder.path())
            .args(["--listen", &address.to_string(), "--url", &format!("http://{address}{path}")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Server { process, address, folder };
        let begun = Instant::now();
        while server.try_ask("GET", "/.courant/health", &[], "").is_none_or(|answer| answer.status != 200) {
            assert_eq!(server.process.try_wait().unwrap(), None, "it ended before it was ready");
            assert!(begun.elapsed() < PATIENCE, "it is not ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn try_ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.try_ask(method, path, headers, "").unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn database(&self) -> Connection {
        Connection::open(self.folder.path().join("content/data/ghost.db")).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::write(to, fs::read(from).unwrap()).unwrap();
    }
}

/// A word that stands only in the gated part of the story with this slug.
fn word(slug: &str) -> String {
    format!("zqx{}zqx", slug.replace('-', ""))
}

const GATED: [&str; 4] = ["access-members", "access-paid", "access-tiers-1", "access-tiers-2"];

fn plant(database: &Connection) {
    for slug in GATED {
        let change = "update posts set html = html || ?1, plaintext = plaintext || ?1 where slug = ?2";
        assert_eq!(database.execute(change, [&word(slug), slug]).unwrap(), 1);
    }
}

/// AT-03: pages are kept by who reads; whoever came before, in whatever order, nobody gets what is not hers.
#[test]
fn kept_pages_reach_only_whom_they_were_made_for() {
    let server = Server::start("", |content, database| {
        plant(database);
        // A page that says who reads must be made for each.
        let post = "{{#post}}<article>{{content}}</article>{{/post}}{{#if @member}}<i>signed in</i>{{/if}}";
        fs::write(content.join("themes/tested/post.hbs"), post).unwrap();
        fs::write(content.join("themes/tested/page.hbs"), "{{#if @member}}I am {{@member.email}}{{/if}}")
            .unwrap();
    });
    let keys = keys();
    let reader = |email: &str| keys["members"][email]["cookie"].as_str().unwrap().to_owned();
    let readers = [
        (String::new(), vec![]),
        (reader("free-00@readers.example"), vec![0]),
        (reader("free-01@readers.example"), vec![0]),
        (reader("paid-15@readers.example"), vec![0, 1, 3]),
        (reader("paid-17@readers.example"), vec![0, 1, 2]),
        ("ghost-members-ssr=bad; ghost-members-ssr.sig=bad".to_owned(), vec![]),
    ];
    // Forwards and backwards, so that each page is first made for another reader, with and without a query.
    for (round, query) in ["", "?utm_source=x", "?a=1&b[]=2", ""].iter().enumerate() {
        for step in 0..readers.len() {
            let turn = if round % 2 == 0 { step } else { readers.len() - 1 - step };
            let (cookie, opens) = &readers[turn];
            let cookie = [("Cookie", cookie.as_str())];
            for (number, slug) in GATED.iter().enumerate() {
                let page = server.ask("GET", &format!("/{slug}/{query}"), &cookie);
                assert_eq!(page.status, 200);
                let seen: Vec<usize> =
                    (0..GATED.len()).filter(|at| page.body.contains(&word(GATED[*at]))).collect();
                let expected: Vec<usize> = opens.iter().copied().filter(|at| *at == number).collect();
                assert_eq!(seen, expected, "round {round}: reader {turn} at {slug}{query}");
                let is_member = (1..5).contains(&turn);
                assert_eq!(page.body.contains("signed in"), is_member, "reader {turn}");
                assert_eq!(page.header("cache-control").contains("private"), is_member, "reader {turn}");
            }
            let page = server.ask("GET", &format!("/about/{query}"), &cookie).body;
            let named =
                keys["members"].as_object().unwrap().keys().filter(|email| page.contains(email.as_str()));
            let own = keys["members"].as_object().unwrap().iter();
            let own = own
                .filter(|(_, member)| member["cookie"].as_str() == Some(&readers[turn].0))
                .map(|(email, _)| email);
            assert_eq!(named.collect::<Vec<_>>(), own.collect::<Vec<_>>(), "reader {turn} at /about/{query}");
        }
    }
    // A write reaches kept pages of all readers.
    server
        .database()
        .execute("update posts set html = '<p>New text.</p>' where slug = 'access-paid'", [])
        .unwrap();
    let begun = Instant::now();
    for (cookie, opens) in &readers {
        let is_new = || {
            let page = server.ask("GET", "/access-paid/?again", &[("Cookie", cookie)]).body;
            !page.contains(&word("access-paid")) && page.contains("New text.") == opens.contains(&1)
        };
        while !is_new() {
            assert!(begun.elapsed() < PATIENCE, "an old page stays");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// AT-01, AT-02: the API's filters and orders neither run what they say nor tell what is private.
#[test]
fn filters_are_no_weapons() {
    let server = Server::start("", |_, database| plant(database));
    let key = keys()["content_key"].as_str().unwrap().to_owned();
    let get = |path: &str| server.get(&format!("/ghost/api/content/{path}&key={key}"));
    let n_posts = |answer: &Answer| {
        let json: Json = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body));
        json["meta"]["pagination"]["total"].as_u64()
    };
    let all = n_posts(&get("posts/?limit=1"));
    for text in [
        "slug:[a','b') union select password from users--]",
        "title:'x'||(select hex(password) from users limit 1)",
        "slug:'a';delete from posts;--",
        "id:-null)+or+1=1",
        "slug:[access-paid,(case when 1=1 then 1 else 2 end)]",
    ] {
        let text = text.replace(' ', "%20");
        for parameter in ["filter", "order"] {
            let answer = get(&format!("posts/?{parameter}={text}"));
            assert!(answer.status < 500, "{parameter}={text}: {}", answer.body);
            for word in ["select", "sqlite", "syntax error", "no such"] {
                let said = answer.body.to_lowercase().replace(&text.to_lowercase(), "");
                assert!(
                    !said.contains(&format!("{word} ")) || answer.status == 200,
                    "{parameter}={text}: {}",
                    answer.body
                );
            }
        }
    }
    // What is private answers alike, whatever is asked of it: nothing can be found out letter by letter.
    for noun in ["posts", "authors", "tags", "tiers"] {
        for private in ["password", "email", "lexical", "mobiledoc", "html", "plaintext", "newsletter_id"] {
            let count = |test: &str| {
                let answer = get(&format!("{noun}/?limit=1&filter={private}:{test}"));
                let json = serde_json::from_str::<Json>(&answer.body).ok();
                (answer.status, json.and_then(|json| json["meta"]["pagination"]["total"].as_u64()))
            };
            for operator in ["", "-", "~", "~^", "~$"] {
                let none = count(&format!("{operator}'qqq'"));
                for value in ["a", "$2", "zqxaccesspaidzqx", "@courant.example"] {
                    assert_eq!(
                        count(&format!("{operator}'{value}'")),
                        none,
                        "{noun}: {private}:{operator}'{value}'"
                    );
                }
            }
        }
    }
    assert_eq!(n_posts(&get("posts/?limit=1")), all, "something was deleted");
}

/// AT-16: what writers type stays text, in the page, its head, and the feed.
#[test]
fn texts_run_no_scripts() {
    let server = Server::start("", |_, database| {
        let evil = "</title></script><script>evil()</script>\"'><img src=x onerror=evil()>";
        for change in [
            "update posts set title = ?1, custom_excerpt = ?1 where slug = 'access-public'",
            "update tags set name = ?1, description = ?1, meta_description = ?1",
            "update users set name = ?1, bio = ?1, location = ?1",
            "update settings set value = ?1 where key in ('title', 'description', 'meta_title', 'og_description')",
        ] {
            database.execute(change, [evil]).unwrap();
        }
    });
    // (A feed holds the title in CDATA, where it is text for whoever reads it.)
    for path in ["/", "/access-public/", "/tag/city/", "/author/ada/", "/page/2/", "/not-here/", "/private/"]
    {
        let page = server.get(path);
        for evil in ["<script>evil()", "<img src=x onerror"] {
            assert!(!page.body.contains(evil), "{path}: {evil}");
        }
        assert!(page.status < 500, "{path}");
    }
    assert!(server.get("/access-public/").body.contains("evil()"), "the title is not shown at all");
}

/// The decoder of AVIF runs in a process of its own: this very program.
#[test]
fn small_pictures_are_made_of_avif() {
    const PICTURE: &[u8] = include_bytes!("../../media/tests/avif/plain.avif");
    let server = Server::start("", |content, _| {
        fs::create_dir_all(content.join("images/2026")).unwrap();
        fs::write(content.join("images/2026/a.avif"), PICTURE).unwrap();
        fs::write(content.join("images/2026/broken.avif"), &PICTURE[..PICTURE.len() - 40]).unwrap();
    });
    let made = server.get("/content/images/size/w256h256/format/webp/2026/a.avif");
    assert_eq!((made.status, made.header("content-type")), (200, "image/webp"));
    let broken = server.get("/content/images/size/w600/2026/broken.avif");
    assert!(broken.status < 500, "{}", broken.status);
    assert_eq!(server.get("/content/images/size/w600/format/jpeg/2026/a.avif").status, 200);
}

/// AT-18: no header but the named ones alters an answer that may be kept for others.
#[test]
fn headers_poison_no_kept_page() {
    let server = Server::start("", |_, _| {});
    let evil = "evil.example";
    for path in ["/", "/access-public/", "/rss/", "/sitemap.xml", "/robots.txt", "/about", "/not-here/"] {
        for name in [
            "x-ghost-preview",
            "X-Forwarded-Host",
            "X-Host",
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-Forwarded-Prefix",
            "Forwarded",
            "X-HTTP-Method-Override",
            "Accept-Language",
            "User-Agent",
            "Referer",
        ] {
            let asked = server.ask("GET", path, &[(name, evil)]);
            assert!(!asked.head.contains(evil) && !asked.body.contains(evil), "{name} at {path}");
        }
        let (first, second) = (server.get(path), server.get(path));
        assert_eq!((first.status, &first.body), (second.status, &second.body), "{path}");
        assert!(!first.body.contains(evil) && !first.head.contains(evil), "{path}");
    }
}

/// AT-20, AT-23: a theme runs no code of its own and ends; a pattern costs no more than its text is long.
#[test]
fn themes_and_patterns_are_bounded() {
    let server = Server::start("", |content, _| {
        let theme = content.join("themes/tested");
        for (name, template) in [
            (
                "post",
                "{{#post}}{{constructor.constructor \"return process\"}}{{__proto__.x}}{{lookup this \"constructor\"}}ok{{/post}}",
            ),
            ("page", "{{> deeper}}"),
            (
                "tag",
                "{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}{{#foreach @root.posts}}x{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}{{/foreach}}",
            ),
            ("author", "{{t \"evil\"}}{{{t \"evil\"}}}"),
            ("partials/deeper", "{{> deeper}}"),
        ] {
            let file = theme.join(format!("{name}.hbs"));
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, template).unwrap();
        }
        fs::create_dir_all(theme.join("locales")).unwrap();
        let locale = r#"{"evil": "{{constructor}} ${process.exit()} {x, select, other {<%= 1 %>}}"}"#;
        fs::write(theme.join("locales/en.json"), locale).unwrap();
        let redirects = r#"[{"from":"^/(a+)+$","to":"/x"},{"from":"^/(x|x)*y","to":"/y"},{"from":"^/(.*)*z$","to":"/z"}]"#;
        fs::write(content.join("data/redirects.json"), redirects).unwrap();
    });
    let post = server.get("/access-public/");
    assert!(post.body.contains("ok") || post.status == 400, "{}", post.body);
    assert!(!post.body.contains("native code") && !post.body.contains("[object"), "{}", post.body);
    for path in ["/about/", "/tag/city/"] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    let author = server.get("/author/ada/");
    assert!(author.body.contains("process.exit()"), "the text is a text: {}", author.body);
    for path in [
        format!("/{}!", "a".repeat(20_000)),
        format!("/{}", "x".repeat(20_000)),
        format!("/{}", "/".repeat(9_000)),
    ] {
        assert!(server.get(&path).status < 500, "{}", path.len());
    }
    assert_eq!(server.get("/").status, 200);
}

/// AT-21: no spelling of a path leads out of the folders that are served.
#[test]
fn no_spelling_leads_out() {
    let server = Server::start("", |_, _| {});
    let ups = ["..", "%2e%2e", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae"];
    let slashes = ["/", "%2f", "%5c", "\\", "%252f", "//"];
    for front in [
        "/",
        "/assets/",
        "/content/images/",
        "/content/images/size/w600/",
        "/content/files/",
        "/content/media/",
        "/public/",
    ] {
        for up in ups {
            for slash in slashes {
                for target in
                    ["data/ghost.db", "settings/routes.yaml", "themes/tested/package.json", "etc/passwd"]
                {
                    for n in [1, 2, 6] {
                        let path = format!(
                            "{front}{}{}",
                            format!("{up}{slash}").repeat(n),
                            target.replace('/', slash)
                        );
                        let Some(answer) = server.try_ask("GET", &path, &[], "") else { panic!("{path}") };
                        let leaks = ["SQLite format", "collections:", "posts_per_page", "root:"];
                        assert!(leaks.iter().all(|word| !answer.body.contains(word)), "{path} gives a file");
                        assert!(answer.status < 500, "{path}: {}", answer.status);
                    }
                }
            }
        }
    }
}

#[test]
fn a_publication_below_a_sub_directory_stays_there() {
    let server = Server::start("/news", |_, _| {});
    let home = server.get("/news/");
    assert_eq!(home.status, 200);
    let own = format!("http://{}", server.address);
    let links = ["href=\"", "src=\""].into_iter().flat_map(|name| home.body.split(name).skip(1));
    let links: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 10, "{links:?}");
    for link in links.into_iter().filter(|link| link.starts_with('/') || link.starts_with(&own)) {
        let path = link.strip_prefix(&own).unwrap_or(link);
        assert!(path == "/news" || path.starts_with("/news/") || path.starts_with("//"), "{link} leads out");
    }
    for (path, to) in [
        ("/news", "/news/"),
        ("/News/about/?x=1", "/news/about/?x=1"),
        ("/news/about", "/news/about/"),
        ("/news/ABOUT/", "/news/about/"),
        ("/news/feed/", "/news/rss/"),
        ("/news/page/1/", "/news/"),
        ("/news/unsubscribe/?uuid=u", "http://HOST/news/?uuid=u&action=unsubscribe"),
        ("/news/spring", "/news/#/portal/offers/"),
        ("/news/about/?gift=x", "/news/about/"),
    ] {
        let answer = server.get(path);
        let to = to.replace("HOST", &server.address.to_string());
        assert!(answer.header("location").starts_with(&to), "{path}: {}", answer.header("location"));
    }
    for path in [
        "/",
        "/about/",
        "/rss/",
        "/newsroom/",
        "/ghost/api/content/posts/",
        "/content/images/2024/05/market.png",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.get("/news/content/images/2024/05/market.png").status, 200);
}

#[test]
fn letters_end_as_a_member_asks() {
    let server = Server::start("", |_, _| {});
    let counts = || -> (i64, i64, i64) {
        let database = server.database();
        let of = "from members where uuid = ?1";
        let count = |sql: String| {
            database.query_row(&sql, [UUID], |row| row.get::<_, Option<i64>>(0)).unwrap().unwrap_or(-1)
        };
        (
            count(format!("select count(*) from members_newsletters where member_id = (select id {of})")),
            count(format!("select enable_comment_notifications {of}")),
            count(format!("select enable_updates_and_announcements {of}")),
        )
    };
    let before = counts();
    assert!(before.0 > 0 && before.1 == 1, "{before:?}");
    let key: String = {
        use hmac::{Hmac, Mac};
        let sql = "select value from settings where key = 'members_email_auth_secret'";
        let secret: String = server.database().query_row(sql, [], |row| row.get(0)).unwrap();
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(UUID.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let post =
        |query: &str| server.ask("POST", &format!("/unsubscribe/?uuid={UUID}&key={query}"), &[]).status;
    assert_eq!(post("0000"), 400);
    assert_eq!(post(&format!("{key}&newsletter=none")), 201);
    // A link that is only opened ends nothing (mail programs look at links before people do).
    assert_eq!(server.get(&format!("/unsubscribe/?uuid={UUID}&key={key}")).status, 302);
    assert_eq!(counts(), before);
    assert_eq!(post(&format!("{key}&comments=1")), 201);
    assert_eq!(counts(), (before.0, 0, before.2));
    assert_eq!(post(&format!("{key}&updatesandannouncements=1")), 201);
    assert_eq!(counts(), (before.0, 0, 0));
    assert_eq!(post(&key), 201);
    assert_eq!(counts(), (0, 0, 0));
    let sql = "select count(*) from members_subscribe_events where source = 'member' and subscribed = 0 \
               and member_id = (select id from members where uuid = ?1)";
    let told: i64 = server.database().query_row(sql, [UUID], |row| row.get(0)).unwrap();
    assert_eq!(told, before.0);
}
