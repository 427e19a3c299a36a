//! The demo's doors: addresses under which a visitor becomes one of the sample readers, or nobody again.
//!
//! Only `courant demo` has them, and only for a folder with the list of sessions that it wrote there when it made the
//! publication. `courant serve`, also of the same folder, never looks for that list.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use axum::Router;
use axum::extract;
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::get;
use http::StatusCode;
use http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use model::SiteUrl;
use store::{Database, OpenOptions};

use super::folder::Unfinished;
use super::sample::SampleMember;

/// In `content`: the doors' names with the sessions of their readers.
const LIST: &str = "settings/demo-readers.json";
/// The name of the door back.
const NOBODY: &str = "nobody";

/// The address of a door.
pub fn path(door: &str) -> String {
    format!("/demo/read-as/{door}/")
}

/// Writes the list into a demo that is being made.
pub fn mark(unfinished: &Unfinished, members: &[SampleMember], sessions: &[String]) -> Result<(), String> {
    let list: BTreeMap<&str, &str> =
        members.iter().map(|member| member.door.as_str()).zip(sessions.iter().map(String::as_str)).collect();
    let text = serde_json::to_vec_pretty(&list).map_err(|error| format!("{LIST}: {error}"))?;
    unfinished.write(LIST, &text)
}

/// The doors of a demo; none when its list was taken away.
///
/// Errors: the list is none, or the database cannot be read.
pub fn open(dir: &Path, database: &Path) -> Result<Router, String> {
    let file = dir.join("content").join(LIST);
    let list: BTreeMap<String, String> = match fs::read(&file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
            format!("{}: {error}; without this file the demo runs without sample readers", file.display())
        })?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Router::new()),
        Err(error) => return Err(format!("{}: {error}", file.display())),
    };
    let Some(secret) = session_secret(database)? else { return Ok(Router::new()) };
    let mut doors = Router::new().route(
        &path(NOBODY),
        get(|| async {
            let gone = |name: &str| format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
            to_front_page([
                gone(web::identity::MEMBER_COOKIE),
                gone(&format!("{}.sig", web::identity::MEMBER_COOKIE)),
            ])
        }),
    );
    for (door, session) in list {
        let Some(cookies) = web::identity::member_cookies(&session, &secret) else { continue };
        doors = doors.route(
            &path(&door),
            get(|extract::State(cookies): extract::State<[String; 2]>| async { to_front_page(cookies) })
                .with_state(cookies),
        );
    }
    Ok(doors)
}

fn to_front_page(cookies: [String; 2]) -> impl IntoResponse {
    let headers = [(LOCATION, "/"), (CACHE_CONTROL, "no-store")];
    (StatusCode::FOUND, headers, AppendHeaders(cookies.map(|cookie| (SET_COOKIE, cookie))))
}

/// What members' cookies of this publication are signed with.
fn session_secret(database: &Path) -> Result<Option<String>, String> {
    let fault = |error: store::Error| error.to_string();
    let database = Database::open(database, &OpenOptions::default()).map_err(|error| error.to_string())?;
    let readers = database.readers(1).map_err(|error| error.to_string())?;
    let Some(reader) = readers.first() else { return Ok(None) };
    let snapshot = reader.snapshot().map_err(|error| error.to_string())?;
    let site = SiteUrl::parse("http://127.0.0.1").map_err(|error| error.to_string())?;
    let settings = store::settings::read(&snapshot, &site).map_err(fault)?;
    Ok(settings.text("theme_session_secret").map(str::to_owned))
}
