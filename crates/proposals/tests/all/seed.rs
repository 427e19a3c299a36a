//! The nine points of the page that the project started from, come from a model this time: none that must not be published is.

use std::path::PathBuf;

use desk::Article;
use proposals::{judged, propose};

use crate::server::{points, start};

/// The shared folder; its absence fails where everything must be checked (`CI`), and is said elsewhere.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("COURANT_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    if folder.join("data/seed-digest.json").exists() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no shared folder at {}", folder.display());
    eprintln!("no shared folder at {}: nothing checked", folder.display());
    None
}

#[test]
fn the_seed_pages_nine_points_are_judged() {
    let Some(folder) = shared() else { return };
    let page = std::fs::read_to_string(folder.join("seed/page.txt")).expect("the seed page is text");
    let from = page.find("Belarusian ruler").expect("the page has its teaser");
    let to = page.find("Read also").expect("the page has its list");
    let text = &page[from..to];
    let list = std::fs::read_to_string(folder.join("data/seed-digest.json")).expect("the list is text");
    let list: Vec<serde_json::Value> = serde_json::from_str(&list).expect("the list is JSON");
    let statements: Vec<&str> =
        list.iter().map(|one| one["statement"].as_str().expect("a statement")).collect();
    assert_eq!(statements.len(), 9);
    let server = start(vec![points(&statements)]);
    let proposals = propose(&server.model(), "Heads of state", text, "en", 9).expect("an answer");
    let judged = judged(&Article::new(text), proposals);
    assert_eq!(judged.len(), 9);
    for (one, label) in judged.iter().zip(list.iter().map(|one| &one["label"])) {
        assert!(one.verdict.publish == one.verdict.reasons.is_empty());
        if label != "supported" {
            assert!(!one.verdict.publish || one.proposed.is_some(), "{}", one.text);
        }
        // What stands in a point's place is the text's attribution before the model's words.
        if let Some(proposed) = &one.proposed {
            assert!(one.verdict.publish && one.text.starts_with("According to ") && &one.text != proposed);
        }
    }
}
