//! The real Ghost goes on with a database of ours: it runs no migration, changes nothing of the schema, and shows
//! the same posts. Needs what `ghost-up` of the peer folder needs; the first start on a machine installs Ghost.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use document::RenderOptions;
use model::edit::content::Content;
use model::edit::integration::IntegrationEdit;
use model::edit::member::MemberEdit;
use model::edit::newsletter::NewsletterEdit;
use model::edit::post::{AuthorRef, PostEdit, TagRef};
use model::edit::texts::TextEdits;
use model::edit::theme_setting::{ThemeSetting, ThemeSettingKind};
use model::edit::tier::TierEdit;
use model::edit::user::{NewUser, StaffRole, UserEdit};
use model::edit::{Actor, Change};
use model::{PostKind, PostStatus, SiteUrl};
use rusqlite::Connection;
use store::acts::{integrations, members, newsletters, posts, settings, theme_settings, tiers, users};
use store::schema::{NewPublication, SigningKey, create};
use store::{ActError, Chance, Database, OpenOptions, WriteTransaction, Writer};
use tempfile::TempDir;

use crate::acts_requests::{act, site};
use crate::fixture::shared;
use crate::schema_create::{new_publication, now};

/// A running Ghost; stopped when dropped.
struct Ghost {
    port: u16,
    /// Its own copy of the database.
    database: PathBuf,
}

impl Ghost {
    fn start(fixture: &Path) -> Ghost {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let output = Command::new(shared().join("peer/ghost-up"))
            .args(["--port", &port.to_string(), "--fixture"])
            .arg(fixture)
            .output()
            .unwrap_or_else(|error| {
                panic!("ghost-up cannot be run ({error}): is the shared folder beside the checkout?")
            });
        assert!(
            output.status.success(),
            "the real Ghost did not start; it needs node, npm, python3 and a C++ compiler, and `ghost-up --install-only` \
             once:\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        let cache = std::env::var_os("COURANT_PEER_CACHE").map_or_else(
            || PathBuf::from(std::env::var_os("HOME").expect("a home folder")).join(".cache/courant-peer"),
            PathBuf::from,
        );
        Ghost { port, database: cache.join(format!("run/{port}/data/ghost.db")) }
    }

    /// The body of an answer with status 200.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.split_whitespace().nth(1) == Some("200"), "{path}: {answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}

impl Drop for Ghost {
    fn drop(&mut self) {
        let port = self.port.to_string();
        drop(Command::new(shared().join("peer/ghost-down")).args(["--port", &port]).output());
    }
}

#[test]
fn ghost_boots_on_our_database_and_shows_the_same_posts() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ghost.db");
    let publication = NewPublication {
        site_key: SigningKey::generate().unwrap(),
        members_key: SigningKey::generate().unwrap(),
        ..new_publication()
    };
    create(&path, &publication, now(), Chance::of_system()).unwrap();
    let database = Database::open(&path, &OpenOptions::default()).unwrap();
    let writer = Writer::start(&database, Chance::of_system(), |_| {}).unwrap();
    writer.write(publish).wait().unwrap();
    let expected = our_posts(&database);
    assert_eq!(expected.len(), 3);
    // With the last connections gone, the file is whole without the log beside it.
    drop((writer, database));
    let schema_before = text_of(&path, SCHEMA);

    let ghost = Ghost::start(folder.path());
    let key = text_of(
        &path,
        "SELECT k.secret FROM api_keys k JOIN integrations i ON i.id = k.integration_id WHERE i.slug = 'ghost-core-content'",
    );
    let answer = ghost.get(&format!(
        "/ghost/api/content/posts/?key={}&include=tags,authors&formats=html,plaintext&limit=all",
        key[0]
    ));
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let shown: Vec<[String; 6]> = answer["posts"].as_array().unwrap().iter().map(ghosts_post).collect();
    assert_eq!(shown, expected);
    let paid = answer["posts"].as_array().unwrap().iter().find(|post| post["slug"] == "for-members").unwrap();
    assert_eq!(paid["visibility"], "paid");
    assert_eq!(paid["access"], false);
    assert!(!answer.to_string().contains("canary"));
    assert!(ghost.get("/").contains("The Herald"));
    assert!(ghost.get("/council-votes/").contains("The council votes tonight"));
    assert!(ghost.get("/about/").contains("how to reach you"));

    let after = ghost.database.clone();
    let migrations = "SELECT id, name, version, currentVersion FROM migrations ORDER BY id";
    assert_eq!(text_of(&after, migrations), text_of(&path, migrations), "Ghost ran a migration");
    for (after, before) in text_of(&after, SCHEMA).iter().zip(&schema_before) {
        assert_eq!(after, before, "Ghost changed the schema");
    }
    assert_eq!(text_of(&after, SCHEMA).len(), schema_before.len());
    // Settings that Ghost finds missing it adds at its start: none was missing.
    let settings = "SELECT \"key\", type, flags FROM settings ORDER BY \"key\"";
    assert_eq!(text_of(&after, settings), text_of(&path, settings));
    drop(ghost);

    let database = Database::open(&after, &OpenOptions::default()).unwrap();
    assert!(database.is_writable());
    assert_eq!(our_posts(&database), expected);
    drop(database);
    drop(std::fs::remove_dir_all(after.ancestors().nth(2).expect("the run folder")));
}

/// A small newsroom, through the acts of writing.
fn publish(tx: &WriteTransaction<'_>) -> Result<(), ActError> {
    let act = act(Actor::System, now());
    let ida = NewUser {
        profile: UserEdit {
            name: Change::To("Ida Wells".into()),
            email: Change::To("ida@herald.example".into()),
            texts: TextEdits::from([("bio".into(), Some("Reports from the town hall.".into()))]),
            ..UserEdit::default()
        },
        password_hash: tx.closed_password(),
        role: StaffRole::Editor,
        is_active: true,
    };
    let ida = users::add(tx, &act, &ida)?.id;
    let story = |title: &str, slug: &str, words: &str, hour: &str| PostEdit {
        title: Change::To(title.into()),
        slug: Change::To(slug.into()),
        status: Change::To(PostStatus::Published),
        published_at: Change::To(Some(hour.parse().unwrap())),
        content: Change::To(text(words)),
        tags: Change::To(vec![TagRef { name: Some("Politics".into()), ..TagRef::default() }]),
        authors: Change::To(vec![AuthorRef::Id(ida.clone())]),
        texts: TextEdits::from([("meta_title".into(), Some("Council vote".into()))]),
        ..PostEdit::default()
    };
    let vote = story("The council votes tonight", "council-votes", "At eight.", "2026-02-28T18:00:00Z");
    posts::add(tx, &act, PostKind::Post, &vote)?;
    let gold = TierEdit {
        name: Change::To("Gold".into()),
        currency: Change::To("eur".into()),
        monthly_price: Change::To(300),
        yearly_price: Change::To(3000),
        benefits: Change::To(vec!["The archive".into()]),
        ..TierEdit::default()
    };
    tiers::add(tx, &act, &gold)?;
    let mut gated = story("For members", "for-members", "The canary sings.", "2026-02-27T18:00:00Z");
    gated.visibility = Change::To("paid".into());
    posts::add(tx, &act, PostKind::Post, &gated)?;
    let reader = MemberEdit { email: Change::To("reader@readers.example".into()), ..MemberEdit::default() };
    members::add(tx, &act, &reader)?;
    let letter = NewsletterEdit { name: Change::To("Evening letter".into()), ..NewsletterEdit::default() };
    newsletters::add(tx, &act, &letter)?;
    let app = IntegrationEdit { name: Change::To("Reader app".into()), ..IntegrationEdit::default() };
    integrations::add(tx, &act, &app)?;
    let header = ThemeSetting {
        key: "header_style".into(),
        kind: ThemeSettingKind::Select,
        options: vec!["Magazine".into()],
    };
    theme_settings::edit(tx, &act, "source", &[(header, Some("Magazine".into()))])?;
    settings::edit(tx, &act, &[("description".into(), Some("News of the valley".into()))])?;
    Ok(())
}

/// One paragraph.
fn text(words: &str) -> Content {
    let lexical = serde_json::json!({ "root": { "type": "root", "children": [
        { "type": "paragraph", "children": [{ "type": "text", "text": words }] }
    ] } });
    Content::of_lexical(&lexical.to_string(), &site(), &RenderOptions::default()).unwrap()
}

/// Every table, column, index and view, as SQLite keeps them.
const SCHEMA: &str =
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'courant_%' ORDER BY type, name";

fn our_posts(database: &Database) -> Vec<[String; 6]> {
    let reader = database.reader().unwrap();
    let snapshot = reader.snapshot().unwrap();
    let query = store::PostQuery {
        with: store::With::RELATIONS,
        page: model::Page { number: 1, limit: model::Limit::Rows(100) },
        ..store::PostQuery::of(model::PostKind::Post)
    };
    let site = SiteUrl::parse("http://127.0.0.1").unwrap();
    let list = store::posts::browse(&snapshot, &query).unwrap();
    list.items
        .into_iter()
        .map(|post| {
            let post = post.for_reader(&model::Reader::Anonymous, &site);
            let tag = post.primary_tag().map(|tag| tag.slug.clone()).unwrap_or_default();
            let author = post.primary_author().map(|author| author.name.clone()).unwrap_or_default();
            [
                post.slug.clone(),
                post.title.clone(),
                post.uuid.clone(),
                post.html.unwrap_or_default(),
                tag,
                author,
            ]
        })
        .collect()
}

fn ghosts_post(post: &serde_json::Value) -> [String; 6] {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    [
        text(&post["slug"]),
        text(&post["title"]),
        text(&post["uuid"]),
        text(&post["html"]),
        text(&post["primary_tag"]["slug"]),
        text(&post["primary_author"]["name"]),
    ]
}

fn text_of(path: &Path, sql: &str) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let n_columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells: Vec<String> = (0..n_columns)
            .map(|column| row.get::<_, rusqlite::types::Value>(column).map(|value| format!("{value:?}")))
            .collect::<Result<_, _>>()?;
        Ok(cells.join("|").trim_start_matches("Text(\"").trim_end_matches("\")").to_owned())
    });
    rows.unwrap().map(Result::unwrap).collect()
}
