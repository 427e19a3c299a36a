//! Any html: nothing panics, every place and sentence is filled, and the same story is judged the same.

use desk::preflight::{CODES, Manuscript, preflight};
use proptest::prelude::*;

use crate::Site;

const HTML: &str = "(?s)(<(p|h2|h4|li|ul|ol|a|b|figure|figcaption|img|pre|code|br|script|td|/p|/a|/ul|/li|/figure|/h2|/code|!--|-->|/script)( (href|alt|id|class|src)=(\"|')?(#|/x|https://example.org/y|javascript:|kg-bookmark-card|\\PC|)(\"|')?)?(>|/>|)|[A-Za-z]{1,9} |[ .,;:!?\"'“”„«»\n’()/&…-]|[0-9]{1,4} |\\PC|the the |Read also:|TK |&nbsp;|&#8203;|\u{202e}|\u{feff}|\u{fe01}| , |Zelensky |Zelenskyy |MINSK — |Monday ){0,120}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn findings_hold(html in HTML, title in "\\PC{0,40}", teaser in HTML) {
        let story = Manuscript {
            title: &title,
            html: &html,
            teaser: Some(&teaser),
            custom_excerpt: Some(&title),
            feature_image: Some("x"),
            feature_image_alt: Some(&teaser),
            feature_image_caption: Some(&html),
            site: "https://example.org",
            tags: &["#translation"],
            ..Manuscript::default()
        };
        let found = preflight(&story, &Site);
        for finding in &found {
            prop_assert!(CODES.iter().any(|(code, _)| *code == finding.code));
            prop_assert!(!finding.place.is_empty() && !finding.reason.is_empty() && !finding.mend.is_empty());
            prop_assert!(!finding.place.contains(['\u{202e}', '\n']), "{}", finding.place);
        }
        for (code, _) in CODES {
            prop_assert!(found.iter().filter(|finding| finding.code == *code).count() <= 20);
        }
        prop_assert_eq!(found, preflight(&story, &Site));
    }
}

/// A site that counts what it is asked.
#[derive(Default)]
struct Counting(std::cell::Cell<usize>);

impl desk::preflight::Addresses for Counting {
    fn exists(&self, _path: &str) -> bool {
        self.0.set(self.0.get() + 1);
        false
    }
}

#[test]
fn an_address_is_asked_for_once() {
    let html =
        "<a href=\"/x/\">one</a> <a href=\"/x/?a#b\">two</a> <a href=\"https://example.org/y/\">three</a>"
            .repeat(500);
    let site = Counting::default();
    let found = preflight(&Manuscript { html: &html, ..crate::base() }, &site);
    assert_eq!(site.0.get(), 2);
    assert!(found.iter().any(|finding| finding.reason.ends_with("There are 1480 more of this kind.")));
}

/// Large html of every unkind sort is read to its end, and says no more than someone can read.
#[test]
fn hostile_html_is_answered() {
    let deep = "<div><ul><li><figure>".repeat(20_000);
    let attributes: String = (0..40_000).map(|n| format!(" a{n}=x")).collect();
    for html in [
        deep.clone(),
        format!("<p{attributes}>x</p>"),
        "<a href=\"".repeat(20_000),
        "<!--".repeat(50_000),
        "</".repeat(50_000),
        "a,b".repeat(50_000),
        "\u{a0}the the".repeat(20_000),
        "\"".repeat(50_001),
        "/".repeat(50_000),
        format!("<figure><img><figcaption>{}</figcaption></figure>", "A/\u{a0}".repeat(20_000)),
        "&".repeat(50_000),
        "\u{feff}\u{fe01}".repeat(20_000),
    ] {
        let story = Manuscript {
            html: &html,
            feature_image_caption: Some(&html),
            feature_image: Some("x"),
            ..crate::base()
        };
        assert!(preflight(&story, &Site).len() <= 20 * CODES.len());
    }
}
