//! The fixture publication, opened for a test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::SiteUrl;
use model::permalink::Permalinks;
use rusqlite::Connection;
use store::Snapshot;
use web::{Config, Facts, Request, Response};

pub const SITE: &str = "http://127.0.0.1:2368";

/// Where the peer's files are: beside the checkout, or where `COURANT_SHARED` says.
pub fn peer() -> PathBuf {
    let shared = match std::env::var_os("COURANT_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    shared.join("peer")
}

/// A copy of the fixture database and what the program would know of it.
pub struct Publication {
    pub connection: Connection,
    pub facts: Facts,
    pub failures: web::Failures,
    pub desk: editorial::Desk,
    pub now: Timestamp,
    pub content_key: String,
    pub admin_key: String,
    directory: PathBuf,
}

impl Publication {
    pub fn open() -> Self {
        static OPENED: AtomicU32 = AtomicU32::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let directory = std::env::temp_dir().join(format!("courant-api-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let file = directory.join("ghost.db");
        let fixture = peer().join("fixture/ghost.db");
        std::fs::write(
            &file,
            std::fs::read(&fixture).unwrap_or_else(|e| panic!("{}: {e}", fixture.display())),
        )
        .unwrap();
        let connection = Connection::open(&file).unwrap();
        let keys = std::fs::read(peer().join("fixture/keys.json")).unwrap();
        let keys: serde_json::Value = serde_json::from_slice(&keys).unwrap();
        let text = |name: &str| keys[name].as_str().unwrap().to_owned();
        let facts = facts(&connection);
        Publication {
            connection,
            facts,
            failures: web::Failures::default(),
            desk: editorial::Desk::default(),
            now: "2026-11-23T10:00:00Z".parse().unwrap(),
            content_key: text("content_key"),
            admin_key: text("admin_key"),
            directory,
        }
    }

    /// Reads again what the program knows, after a change of a setting.
    pub fn read_facts(&mut self) {
        self.facts = facts(&self.connection);
    }

    /// What the door answers.
    pub fn answer(&self, request: &Request) -> Response {
        let snapshot = Snapshot::new(&self.connection).unwrap();
        api::answer(request, &self.facts, (&snapshot, &self.desk), self.now, &self.failures)
    }

    /// What the door answers to a GET request below `/ghost/api/content/` with the publication's key.
    pub fn get(&self, path: &str) -> Response {
        let sign = if path.contains('?') { '&' } else { '?' };
        self.answer(&Request::get(&format!("/ghost/api/content/{path}{sign}key={}", self.content_key)))
    }

    /// The JSON of such an answer.
    #[track_caller]
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_slice(self.get(path).body()).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

fn facts(connection: &Connection) -> Facts {
    let site = SiteUrl::parse(SITE).unwrap();
    let snapshot = Snapshot::new(connection).unwrap();
    let settings = store::settings::read(&snapshot, &site).unwrap();
    let zone = TimeZone::get(settings.timezone()).unwrap();
    Facts {
        admin: site.clone(),
        site,
        permalinks: Permalinks::default_in(zone.clone()),
        zone,
        settings,
        config: Config { mail_from: Some("noreply@courant.example".into()), ..Config::default() },
        frontend_key: None,
    }
}
