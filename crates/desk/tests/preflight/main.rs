//! Preflight: every check with copy that it must object to and near misses that it must not; the seed page; any html at all.

mod copy;
mod html;
mod parts;
mod properties;
mod seed;

use desk::preflight::{Addresses, CODES, Finding, Manuscript, Severity, preflight};

/// A site that has one story.
pub struct Site;

impl Addresses for Site {
    fn exists(&self, path: &str) -> bool {
        matches!(path, "/" | "/there/" | "/tag/news/")
    }

    fn has_id(&self, path: &str, id: &str) -> bool {
        path == "/there/" && matches!(id, "the vote" | "part")
    }
}

pub fn base<'m>() -> Manuscript<'m> {
    Manuscript { site: "https://example.org", title: "Council votes on the bridge", ..Manuscript::default() }
}

pub fn found(story: &Manuscript<'_>) -> Vec<Finding> {
    let found = preflight(story, &Site);
    for finding in &found {
        assert!(CODES.iter().any(|(code, _)| *code == finding.code), "{} is not listed", finding.code);
        for sentence in [&finding.reason, &finding.mend] {
            assert!(sentence.ends_with('.') || sentence.ends_with("”."), "no sentence: {sentence}");
        }
    }
    found
}

/// The findings of one code in a body.
pub fn of(html: &str, code: &str) -> Vec<Finding> {
    found(&Manuscript { html, ..base() }).into_iter().filter(|finding| finding.code == code).collect()
}

#[track_caller]
pub fn fires(html: &str, code: &str) {
    assert_eq!(of(html, code).len(), 1, "{code} once in {html}: {:?}", found(&Manuscript { html, ..base() }));
}

#[track_caller]
pub fn silent(html: &str, code: &str) {
    assert_eq!(of(html, code), [], "{code} in {html}");
}

#[track_caller]
pub fn severity(html: &str, code: &str, wanted: Severity) {
    fires(html, code);
    assert_eq!(of(html, code)[0].severity, wanted, "{html}");
}

#[test]
fn codes_are_sorted_and_documented() {
    assert!(CODES.is_sorted_by_key(|(code, _)| *code));
    let page = include_str!("../../../../docs/preflight.md");
    for (code, _) in CODES {
        assert!(page.contains(code), "docs/preflight.md does not name {code}");
    }
}
