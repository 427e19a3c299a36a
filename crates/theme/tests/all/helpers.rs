//! Every helper against what the real Ghost prints for the same template and data (`tests/data/helpers`).

use std::path::Path;

use serde_json::Value as Json;
use theme::Theme;

use crate::page::Page;

/// Cases that need the database behind the publication, or the present time, or an error that Ghost did not mean.
const ELSEWHERE: &[&str] = &[
    "{{#get \"",
    "{{#collection",
    "{{recommendations",
    "_post",
    "@labs.members",
    // Ghost stumbles over what is not there; a page is better than none
    "{{#foreach @custom}}",
    "{{#is}}",
    // a safe text, which JSON cannot say
    "{{{feature_image_caption}}}",
    // mistakes that we word better
    "{{asset}}",
    "{{t \"broken",
];

#[test]
fn helpers_print_what_ghost_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/helpers");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the data is beside the test");
    let data: Json = serde_json::from_str(&read("data.json")).expect("JSON");
    let filter = std::env::var("CASE").unwrap_or_default();
    let (mut n, mut wrong) = (0, Vec::new());
    for line in read("answers.jsonl").lines() {
        let case: Json = serde_json::from_str(line).expect("a line is JSON");
        let (kind, template) =
            (case["kind"].as_str().expect("a kind"), case["template"].as_str().expect("a template"));
        if ELSEWHERE.iter().any(|part| template.contains(part)) || !template.contains(&filter) {
            continue;
        }
        let mut page = Page::new(data[kind].clone());
        page.site = data["site"].clone();
        page.labs = data["labs"].clone();
        page.custom = data["custom"].clone();
        let comments = page.site.get("comments_access").cloned().unwrap_or(Json::Null);
        page.settings = serde_json::json!({
            "content_key": data["key"], "comments_enabled": comments, "heading_font": "Chakra Petch", "body_font": "Fira Sans"
        });
        let mut theme = Theme::load(&folder.join("theme")).expect("the theme loads");
        let file = if matches!(kind, "home") { "index" } else { kind };
        theme.replace(file, template);
        let ours = page.render(&theme, file).map_err(|error| error.to_string());
        let expected = match case.get("text").and_then(Json::as_str) {
            Some(text) => Ok(text.to_owned()),
            None => Err(case["error"].as_str().unwrap_or("").to_owned()),
        };
        n += 1;
        let same = match (&ours, &expected) {
            (Ok(ours), Ok(expected)) => squeezed(ours) == squeezed(expected),
            (Err(ours), Err(expected)) => ours == expected,
            _ => false,
        };
        if !same {
            wrong.push(format!("[{kind}] {template}\n  ghost {expected:?}\n  ours  {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {n} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Without what differs on purpose: white space between tags, the icon of the search, fingerprints of missing files.
fn squeezed(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<svg") {
        let end = rest.find("</svg>").unwrap_or(rest.len() - 6) + 6;
        out.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><");
    let mut masked = String::new();
    let mut pieces = out.split("?v=");
    masked.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let end = piece
            .find(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char)))
            .unwrap_or(piece.len());
        // sixteen characters are the file's own fingerprint, ten stand for a file that is not there
        masked.push_str(&format!("?v={}", if end == 16 { &piece[..16] } else { "10" }));
        masked.push_str(&piece[end..]);
    }
    masked
}
