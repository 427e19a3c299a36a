//! The recorded requests of the peer, answered by the door and compared by value.

use std::collections::BTreeMap;
use std::io::Read;

use http::{HeaderName, HeaderValue, Method};
use serde_json::Value;
use web::{Request, Response};

use crate::publication::{Publication, SITE, peer};

/// Headers that are part of the contract. (The front adds `Vary: Accept-Encoding` and the rest.)
const HEADERS: [&str; 12] = [
    "content-type",
    "cache-control",
    "location",
    "vary",
    "link",
    "content-version",
    "content-disposition",
    "content-location",
    "access-control-allow-origin",
    "allow",
    "www-authenticate",
    "deprecation",
];

/// Known differences, each with its reason; see docs/compatibility.md.
const KNOWN: [&str; 1] = [
    // Staff had signed in while it was recorded, which changes the order of authors.
    "content-misc-027",
];

#[test]
fn recorded_requests_are_answered_alike() {
    let publication = Publication::open();
    let mut totals: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut differences = Vec::new();
    for theme in ["source", "casper"] {
        let folder = peer().join("recordings/ghost-6.65.0").join(theme);
        let mut files: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in
            files.iter().filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("content-"))
        {
            let mut text = String::new();
            let packed = std::fs::File::open(file).unwrap();
            flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
            for line in text.lines() {
                let record: Value = serde_json::from_str(&line.replace("__BASE__", SITE)).unwrap();
                let Some(name) = record["name"].as_str() else { continue };
                let response = publication.answer(&request(&publication, &record["request"]));
                let group = format!("{theme}/{}", record["group"].as_str().unwrap());
                let total = totals.entry(group.clone()).or_default();
                total.1 += 1;
                match difference(&record, &response) {
                    None => total.0 += 1,
                    Some(_) if KNOWN.contains(&name) => total.0 += 1,
                    Some(difference) => differences.push(format!(
                        "{theme}/{name} {}: {difference}",
                        record["request"]["path"].as_str().unwrap()
                    )),
                }
            }
        }
    }
    for (group, (alike, all)) in &totals {
        println!("{group}: {alike} of {all}");
    }
    assert!(totals.values().map(|(_, all)| all).sum::<usize>() > 1000, "recordings are missing");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// A request as it was recorded, with the proof of who made it.
fn request(publication: &Publication, recorded: &Value) -> Request {
    let path = recorded["path"].as_str().unwrap();
    let who = recorded["as"].as_str().unwrap();
    let path = match who {
        "content-key" => {
            let sign = if path.contains('?') { '&' } else { '?' };
            format!("{path}{sign}key={}", publication.content_key)
        }
        _ => path.to_owned(),
    };
    let mut request = Request::get(&path);
    request.method = Method::from_bytes(recorded["method"].as_str().unwrap().as_bytes()).unwrap();
    for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
        let name: HeaderName = name.parse().unwrap();
        request.headers.insert(name, HeaderValue::from_str(value.as_str().unwrap()).unwrap());
    }
    if who.starts_with("member:") || who.starts_with("staff:") {
        request
            .headers
            .insert("cookie", HeaderValue::from_static("ghost-members-ssr=x; ghost-members-ssr.sig=y"));
    }
    if who == "admin-key" {
        request.headers.insert("authorization", HeaderValue::from_static("Ghost x.y.z"));
    }
    request
}

/// The first difference between a recorded answer and ours.
fn difference(record: &Value, response: &Response) -> Option<String> {
    let status = record["status"].as_u64().unwrap();
    if status != u64::from(response.status().as_u16()) {
        let body = String::from_utf8_lossy(response.body());
        return Some(format!(
            "status {status} but {} {}",
            response.status().as_u16(),
            body.get(..200.min(body.len())).unwrap_or_default()
        ));
    }
    for name in HEADERS {
        let theirs = record["headers"][name].as_str().map(|value| plain_header(name, value));
        let ours = response.headers().get(name).map(|value| plain_header(name, value.to_str().unwrap()));
        if theirs != ours {
            return Some(format!("header {name}: {theirs:?} but {ours:?}"));
        }
    }
    if status / 100 == 3 || record["request"]["method"] == "HEAD" {
        return None;
    }
    match record.get("json") {
        None => None,
        Some(theirs) => match serde_json::from_slice(response.body()) {
            Ok(ours) => json_difference("", theirs, &ours),
            Err(error) => Some(format!("not JSON: {error}")),
        },
    }
}

/// A header's value without what does not count: spaces, case, order of a list of names.
fn plain_header(name: &str, value: &str) -> String {
    if !matches!(name, "content-type" | "cache-control" | "vary") {
        return value.to_owned();
    }
    let mut parts: Vec<String> = value.to_lowercase().split(',').map(|part| part.replace(' ', "")).collect();
    if name == "vary" {
        parts.sort();
    }
    parts.join(",")
}

fn json_difference(path: &str, theirs: &Value, ours: &Value) -> Option<String> {
    let is_errors_id = path.starts_with("errors[") && path.ends_with("].id");
    // A background job of the real one touches it.
    let is_refreshed = path.starts_with("recommendations[") && path.ends_with("].updated_at");
    if is_errors_id || is_refreshed {
        return None;
    }
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.sort();
            names.dedup();
            names.into_iter().find_map(|name| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match (a.get(name), b.get(name)) {
                    (Some(x), Some(y)) => json_difference(&path, x, y),
                    (Some(x), None) => Some(format!("{path}: {} but absent", short(x))),
                    (None, Some(y)) => Some(format!("{path}: absent but {}", short(y))),
                    (None, None) => None,
                }
            })
        }
        (Value::Array(a), Value::Array(b)) => {
            let first = a
                .iter()
                .zip(b)
                .enumerate()
                .find_map(|(i, (x, y))| json_difference(&format!("{path}[{i}]"), x, y));
            first.or_else(|| {
                (a.len() != b.len()).then(|| format!("{path}: {} items but {}", a.len(), b.len()))
            })
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (a, b) if a == b => None,
        (Value::String(a), Value::String(b)) => {
            let at = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
            let around = |text: &str| text.chars().skip(at.saturating_sub(40)).take(120).collect::<String>();
            Some(format!("{path}: …{:?} but …{:?}", around(a), around(b)))
        }
        (a, b) => Some(format!("{path}: {} but {}", short(a), short(b))),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(120).collect()
}
