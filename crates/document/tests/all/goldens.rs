//! Our own goldens: json lines with a question and its answer. Their answers were compared with Ghost's when they were
//! made. With `UPDATE_GOLDENS=1` the answers are written anew; the difference is then to be read.

use std::fs;
use std::path::PathBuf;

use document::{RenderOptions, lexical, mobiledoc, render};
use serde_json::{Map, Value, json};

fn check(file: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/goldens").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let (mut out, mut failures) = (String::new(), Vec::new());
    for (nth, line) in text.lines().enumerate() {
        let golden: Map<String, Value> = serde_json::from_str(line).unwrap();
        let fresh = answered(&golden);
        if fresh != golden {
            failures.push(format!("line {}\n  - {}\n  + {}", nth + 1, json!(golden), json!(fresh)));
        }
        out.push_str(&json!(fresh).to_string());
        out.push('\n');
    }
    assert!(!text.is_empty());
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, out).unwrap();
        return;
    }
    assert!(failures.is_empty(), "{file}: {} differ\n{}", failures.len(), failures.join("\n"));
}

/// The golden with its answers made anew.
fn answered(golden: &Map<String, Value>) -> Map<String, Value> {
    let options = RenderOptions::default();
    let mut out = golden.clone();
    let html = if let Some(document) = golden.get("lexical") {
        render::html(&lexical::parse(&document.to_string()).document, &options)
    } else if let Some(document) = golden.get("mobiledoc") {
        render::html(&mobiledoc::parse(&document.to_string()).document, &options)
    } else if let Some(markdown) = golden.get("markdown") {
        let document =
            json!({ "root": { "type": "root", "children": [{ "type": "markdown", "markdown": markdown }] } });
        render::html(&lexical::parse(&document.to_string()).document, &options)
    } else {
        golden["html"].as_str().unwrap().to_owned()
    };
    out.insert("plaintext".into(), document::plaintext(&html).into());
    if let Some(n) = golden.get("n").and_then(Value::as_i64) {
        out.insert("words".into(), document::truncate_words(&html, n).into());
        out.insert("characters".into(), document::truncate_characters(&html, n).into());
        out.insert("reading_time".into(), document::reading_time(&html, true).into());
    }
    out.insert("html".into(), html.into());
    out
}

#[test]
fn lexical_documents() {
    check("lexical.jsonl");
}

#[test]
fn mobiledoc_documents() {
    check("mobiledoc.jsonl");
}

#[test]
fn markdown_cards() {
    check("markdown.jsonl");
}

#[test]
fn plain_text_and_cuts() {
    check("html.jsonl");
}
