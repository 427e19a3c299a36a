//! Five odd themes, and what a running Ghost 6.65 made of the fixture with them: routes and templates of one's own,
//! texts in two languages, questions to the database, writing from right to left, a theme with next to nothing.
//!
//! `themes/expected` holds Ghost's answers. White space is compared as a reader sees it.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::publication::{Fixture, SITE};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes")
}

/// Serves the fixture with the theme, asks what Ghost was asked, and compares.
fn check(name: &str) {
    let expected = std::fs::read(folder().join(format!("expected/{name}.json"))).unwrap();
    let expected: Json = serde_json::from_slice(&expected).unwrap();
    let theme = folder().join(name);
    let fixture = Fixture::open_with(&theme, |connection| {
        let longread = "update posts set custom_template = 'custom-longread' where slug = 'long-read'";
        connection.execute(longread, []).unwrap();
        for (key, value) in expected["settings"].as_object().unwrap() {
            let change = "update settings set value = ?1 where key = ?2";
            assert_eq!(connection.execute(change, [value.as_str().unwrap(), key]).unwrap(), 1);
        }
    });
    let routes = theme.join("routes.yaml");
    if routes.is_file() {
        let settings = fixture.folder.path().join("content/settings");
        std::fs::create_dir_all(&settings).unwrap();
        std::fs::copy(routes, settings.join("routes.yaml")).unwrap();
    }
    let answers = expected["answers"].as_array().unwrap();
    assert!(answers.len() >= 6, "{name}");
    for answer in answers {
        let path = answer["path"].as_str().unwrap();
        let response = fixture.get(path);
        assert_eq!(u64::from(response.status().as_u16()), answer["status"], "{name} {path}");
        let header = |name: &str| {
            response.headers().get(name).map_or(Json::Null, |value| value.to_str().unwrap().into())
        };
        assert_eq!(header("location"), answer["location"], "{name} {path}");
        if let Some(lines) = answer["body"].as_array() {
            assert_eq!(header("content-type"), answer["type"], "{name} {path}");
            let lines: Vec<&str> = lines.iter().map(|line| line.as_str().unwrap()).collect();
            let body = String::from_utf8(response.body().to_vec()).unwrap();
            assert_eq!(words(&body.replace(SITE, "__SITE__")), words(&lines.join("\n")), "{name} {path}");
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn routes_and_templates_of_ones_own() {
    check("sections");
}

#[test]
fn texts_in_two_languages() {
    check("tongues");
}

#[test]
fn questions_to_the_database() {
    check("queries");
}

#[test]
fn from_right_to_left() {
    check("rightward");
}

#[test]
fn next_to_nothing() {
    check("sparse");
}
