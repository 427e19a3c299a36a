//! The shared articles (read, never shipped): the nine statements of the seed page, and the key points of every article.
//! Where the folder is not at hand these tests say so and check nothing, but in CI, where they fail; `COURANT_SHARED` names it.

use std::io::Read;
use std::path::PathBuf;

use desk::{Article, Code, check, points};

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

/// The body of the seed page, without its navigation and its list of statements.
fn seed_article(folder: &std::path::Path) -> Article {
    let page = std::fs::read_to_string(folder.join("seed/page.txt")).expect("the seed page is text");
    let from = page.find("Belarusian ruler").expect("the page has its teaser");
    let to = page.find("Read also").expect("the page has its list");
    Article::new(&page[from..to])
}

#[test]
fn the_seed_page_passes_what_holds_and_refuses_the_rest() {
    let Some(folder) = shared() else { return };
    let article = seed_article(&folder);
    let list = std::fs::read_to_string(folder.join("data/seed-digest.json")).expect("the list is text");
    let list: Vec<serde_json::Value> = serde_json::from_str(&list).expect("the list is JSON");
    let verdicts: Vec<_> =
        list.iter().map(|one| check(&article, one["statement"].as_str().expect("a statement"))).collect();
    let codes =
        |n: usize| -> Vec<Code> { verdicts[n - 1].reasons.iter().map(|reason| reason.code).collect() };
    for n in [1, 2, 4, 6, 7, 8, 9] {
        assert!(!verdicts[n - 1].publish, "{n}: {:?}", verdicts[n - 1]);
        assert!(!verdicts[n - 1].evidence.is_empty());
    }
    for n in [1, 4, 6, 7, 8, 9] {
        assert!(!verdicts[n - 1].likely, "{n}: {:?}", verdicts[n - 1]);
    }
    assert!(verdicts[2].publish, "{:?}", verdicts[2]);
    assert_eq!(codes(1)[0], Code::OtherSpeaker);
    assert!(codes(2).contains(&Code::NotInText) && verdicts[1].reasons[0].message.contains("commitment"));
    assert!(codes(4).contains(&Code::CauseInvented));
    assert!(codes(6).contains(&Code::NotInText) && codes(6).contains(&Code::CauseInvented));
    assert!(codes(7).contains(&Code::TimeLost) && !codes(7).contains(&Code::UnknownName));
    assert!(codes(8).contains(&Code::NotInText) && codes(9).contains(&Code::NotInText));
    let mended = verdicts[4].mended.as_deref().expect("the fifth lacks its attribution only");
    assert!(mended.starts_with("According to his offices, ") && check(&article, mended).publish, "{mended}");
}

#[test]
fn every_point_of_every_article_passes_the_gate() {
    let Some(folder) = shared() else { return };
    let file =
        std::fs::File::open(folder.join("data/digest/documents.jsonl.gz")).expect("the articles are there");
    let mut lines = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut lines).expect("the articles are gzip'd text");
    let mut n_points = 0;
    for line in lines.lines() {
        let document: serde_json::Value = serde_json::from_str(line).expect("an article a line");
        let mut article = Article::new(document["text"].as_str().expect("an article has a text"));
        article.published = Some((2015, 4, 15));
        let chosen = points::choose(&article, &points::Options::default());
        assert!(chosen.len() <= 7);
        for point in chosen {
            let verdict = check(&article, &point.text);
            assert!(verdict.publish, "{}: {:?}", point.text, verdict.reasons);
            for one in &point.evidence {
                assert_eq!(article.copy.sentences[one.sentence], one.range);
            }
            n_points += 1;
        }
    }
    assert!(n_points > 3000, "only {n_points} points in all");
}
