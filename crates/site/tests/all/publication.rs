//! The fixture publication, copied and opened for a test, with a theme of this repository.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use model::{Reader, SiteUrl};
use rusqlite::Connection;
use site::visit::Visit;
use site::{AppAddresses, Made, Options};
use store::Snapshot;
use web::{Config, Request, Response};

pub const SITE: &str = "http://127.0.0.1:2368";

/// Where the peer's files are: beside the checkout, or where `COURANT_SHARED` says.
fn peer() -> PathBuf {
    let shared = match std::env::var_os("COURANT_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    shared.join("peer")
}

/// Folders of themes to test with: the repository's, and those below `COURANT_THEMES` (as `peer/themes` brings them).
pub fn themes() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes");
    let mut themes = vec![own.join("courant"), own.join("plain")];
    if let Some(more) = std::env::var_os("COURANT_THEMES") {
        let folders = std::fs::read_dir(&more).expect("COURANT_THEMES is a folder of themes");
        themes.extend(folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()));
    }
    themes
}

/// A copy of the fixture and what is served from it.
pub struct Fixture {
    pub publication: site::Publication,
    pub connection: Connection,
    pub now: Timestamp,
    /// Holds `ghost.db` and `content`; gone with the fixture.
    pub folder: tempfile::TempDir,
}

impl Fixture {
    /// With the plain theme, after `changes` to the database.
    pub fn open(changes: impl FnOnce(&Connection)) -> Self {
        Fixture::open_with(&themes()[1], changes)
    }

    /// With any theme.
    pub fn open_with(theme: &Path, changes: impl FnOnce(&Connection)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixture = peer().join("fixture");
        let file = folder.path().join("ghost.db");
        copy(&fixture.join("ghost.db"), &file);
        let content = folder.path().join("content");
        copy(&fixture.join("content"), &content);
        copy(theme, &content.join("themes/tested"));
        let connection = Connection::open(&file).unwrap();
        connection.execute("update settings set value = 'tested' where key = 'active_theme'", []).unwrap();
        changes(&connection);
        let app = String::new;
        let site = SiteUrl::parse(SITE).unwrap();
        let publication = site::Publication::new(Options {
            admin: site.clone(),
            site,
            content,
            config: Config::default(),
            apps: AppAddresses {
                portal: app(),
                comments: app(),
                search: app(),
                search_styles: app(),
                announcement: app(),
                admin_toolbar: app(),
            },
            cache_bytes: 1 << 20,
            dev: false,
            key_points: site::Placing::Theme,
            avif_decoder: None,
        });
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        Fixture { publication, connection, now, folder }
    }

    /// Brings the archive up to what the database holds.
    pub fn catch_up(&self) {
        if !self.publication.desk.can_search() {
            self.publication.desk.open_archive(&self.folder.path().join("archive")).unwrap();
        }
        let snapshot = Snapshot::new(&self.connection).unwrap();
        let site = SiteUrl::parse(SITE).unwrap();
        let place = (&site, &jiff::tz::TimeZone::UTC);
        let progress = self.publication.desk.catch_up(&snapshot, place, self.now).unwrap();
        assert!(!progress.has_more);
    }

    /// What is made of a request.
    pub fn made(&self, request: &Request, reader: &Reader) -> Made {
        let snapshot = Snapshot::new(&self.connection).unwrap();
        let state = self.publication.state(&snapshot).unwrap();
        Visit {
            publication: &self.publication,
            state: &state,
            snapshot: &snapshot,
            request,
            reader,
            shows_member: true,
            now: self.now,
        }
        .answer()
    }

    /// The answer to a request of somebody unknown.
    pub fn answer(&self, request: &Request) -> Response {
        self.made(request, &Reader::Anonymous).response
    }

    /// The answer to a GET request of somebody unknown.
    pub fn get(&self, path: &str) -> Response {
        self.answer(&Request::get(path))
    }

    /// The member of this address.
    pub fn member(&self, email: &str) -> Reader {
        let id: String = self
            .connection
            .query_row("select transient_id from members where email = ?", [email], |row| row.get(0))
            .unwrap();
        let snapshot = Snapshot::new(&self.connection).unwrap();
        Reader::Member(store::members::by_transient_id(&snapshot, &id, self.now).unwrap().unwrap())
    }

    /// One column of texts.
    pub fn column(&self, query: &str) -> Vec<String> {
        let mut statement = self.connection.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// The key of the Content API.
    pub fn content_key() -> String {
        let keys = std::fs::read(peer().join("fixture/keys.json")).unwrap();
        let keys: serde_json::Value = serde_json::from_slice(&keys).unwrap();
        keys["content_key"].as_str().unwrap().to_owned()
    }
}

/// Body and headers as one text.
pub fn whole(response: &Response) -> String {
    format!("{:?}\n{}", response.headers(), String::from_utf8_lossy(response.body()))
}

/// Writes contents, not modes: the fixture may be read-only.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        let bytes = std::fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        std::fs::write(to, bytes).unwrap();
    }
}
