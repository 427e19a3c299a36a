//! Every card that Ghost rendered for us, against ours.

use std::fs;
use std::path::PathBuf;

use document::{RenderOptions, lexical, render, stored};
use serde_json::Value;

use crate::same_html;

/// The folder of shared references: beside the checkout, or where `COURANT_SHARED` says.
fn shared() -> PathBuf {
    match std::env::var_os("COURANT_SHARED") {
        Some(path) => path.into(),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    }
}

#[test]
fn cards_render_as_ghost_renders_them() {
    let path = shared().join("peer/cards/cards.jsonl");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut n_cards, mut failures) = (0, Vec::new());
    for line in text.lines() {
        let pair: Value = serde_json::from_str(line).unwrap();
        let Some(expected) = pair["html"].as_str() else { continue };
        n_cards += 1;
        let name = pair["name"].as_str().unwrap();
        // Known: Ghost loses everything behind a node that it does not know. We keep it.
        if name == "unknown-card" {
            continue;
        }
        let source = pair["lexical"].to_string();
        let parsed = lexical::parse(&source);
        let options = RenderOptions { site_uuid: site_uuid(expected), ..RenderOptions::default() };
        let html = render::html(&parsed.document, &options);
        let stored_html = stored::html(&html, &options.site_url).replace(stored::PLACEHOLDER, "__BASE__");
        // Known: the embed's script is our own.
        let (expected, ours) = match name.starts_with("transistor") {
            true => (without_scripts(expected), without_scripts(&stored_html)),
            false => (expected.to_owned(), stored_html),
        };
        if let Some(difference) = same_html::difference(&expected, &ours) {
            failures.push(format!("{name}: {difference}"));
        }
        let plaintext = document::plaintext(&html).replace(stored::PLACEHOLDER, "__BASE__");
        let expected_plaintext = pair["plaintext"].as_str().unwrap_or_default();
        if plaintext != expected_plaintext {
            failures.push(format!("{name}: plain text\n  - {expected_plaintext:?}\n  + {plaintext:?}"));
        }
        let excerpt = document::excerpt(&plaintext);
        if excerpt != pair["excerpt"].as_str().unwrap_or_default() {
            failures.push(format!("{name}: excerpt {excerpt:?}"));
        }
        let reading_time = document::reading_time(&html, false);
        // The embed's script counts as words, and ours is shorter.
        if u64::from(reading_time) != pair["reading_time"].as_u64().unwrap()
            && !name.starts_with("transistor")
        {
            failures.push(format!("{name}: reading time {reading_time}"));
        }
    }
    assert!(n_cards >= 198, "only {n_cards} cards");
    assert!(failures.is_empty(), "{} of {n_cards} differ:\n{}", failures.len(), failures.join("\n"));
}

/// The id of the site that the reference was made with.
fn site_uuid(html: &str) -> Option<String> {
    let at = html.find("?ctx=")? + 5;
    html.get(at..at + 36).map(str::to_owned)
}

fn without_scripts(html: &str) -> String {
    match (html.find("<script>"), html.find("</script>")) {
        (Some(start), Some(end)) => format!("{}{}", &html[..start + 8], &html[end..]),
        _ => html.to_owned(),
    }
}
