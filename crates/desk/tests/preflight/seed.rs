//! The page that the project started from: its faults in short, and where the page itself is at hand, the page.

use std::path::PathBuf;

use desk::preflight::{Manuscript, preflight};

use crate::Site;

/// The shared folder; its absence fails where everything must be checked (`CI`), and is said elsewhere.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("COURANT_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    if folder.join("seed/page.txt").exists() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no shared folder at {}", folder.display());
    eprintln!("no shared folder at {}: nothing checked", folder.display());
    None
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The page as the story that it was: headline, teaser, caption, paragraphs, list.
#[test]
fn the_seed_pages_faults_are_found() {
    let Some(folder) = shared() else { return };
    let page = std::fs::read_to_string(folder.join("seed/page.txt")).expect("the seed page is text");
    let mut lines = page.lines().map(str::trim).filter(|line| !line.is_empty()).skip(1);
    let title = lines.next().expect("a headline");
    let teaser = lines.next().expect("a teaser");
    let caption = lines.next().expect("a caption");
    let caption = escaped(&format!("{caption} {}", lines.next().expect("the caption again")));
    let mut html = String::new();
    let mut list = false;
    for line in lines.take_while(|line| !line.starts_with("Netanyahu characterizes")) {
        match line.split_once(". ").filter(|pair| pair.0.parse::<u8>().is_ok()) {
            Some((_, item)) => {
                html.push_str(if list { "" } else { "<ol>" });
                list = true;
                html.push_str(&format!("<li>{}</li>", escaped(item)));
            }
            None => html.push_str(&format!("<p>{}</p>", escaped(line))),
        }
    }
    let story = Manuscript {
        title,
        teaser: Some(teaser),
        html: &html,
        feature_image: Some("https://example.org/a.jpg"),
        feature_image_caption: Some(&caption),
        site: "https://example.org",
        ..Manuscript::default()
    };
    let found: Vec<(String, &str)> =
        preflight(&story, &Site).into_iter().map(|finding| (finding.place, finding.code)).collect();
    let codes: Vec<&str> = found.iter().map(|pair| pair.1).collect();
    assert_eq!(
        codes,
        [
            "teaser-breaks-off",
            "missing-alt",
            "missing-credit",
            "caption-twice",
            "caption-breaks-off",
            "headline-repeated",
            "missing-space",
            "list-without-links",
        ],
        "{found:#?}"
    );
    assert!(found[0].0.ends_with("had intensified...”"), "{}", found[0].0);
    assert_eq!(found[6].0, "paragraph 3: “…offices,Lukashenko…”");
}

/// The card of the next story: its teaser begins with its headline and breaks off.
#[test]
fn the_next_storys_card_is_found_too() {
    let Some(folder) = shared() else { return };
    let page = std::fs::read_to_string(folder.join("seed/page.txt")).expect("the seed page is text");
    let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let at = lines.iter().position(|line| line.starts_with("Netanyahu rationalizes")).expect("the card");
    let story = Manuscript { title: lines[at], teaser: Some(lines[at + 1]), ..crate::base() };
    let codes: Vec<&str> = preflight(&story, &Site).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["teaser-repeats-headline", "teaser-breaks-off"]);
    let story = Manuscript { teaser: Some(lines[at - 1]), ..crate::base() };
    let codes: Vec<&str> = preflight(&story, &Site).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["teaser-breaks-off"]);
}
