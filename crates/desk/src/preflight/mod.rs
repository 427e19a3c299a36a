//! Preflight: what is wrong with a story before it goes out, each fault with its place, its reason and a way to mend it.
//! Pure: the publication's addresses are asked through a trait; dates, languages and points are given. Time is linear in the text.
//!
//! Prefers silence to noise: a check that cannot be sure says [`Severity::Doubtful`]. Which faults are looked for stands in
//! [`CODES`]; how often each fires on good copy stands in `docs/preflight.md`.
//!
//! ```
//! use desk::preflight::{Addresses, Manuscript, preflight};
//! struct Nowhere;
//! impl Addresses for Nowhere {
//!     fn exists(&self, _path: &str) -> bool {
//!         false
//!     }
//! }
//! let story = Manuscript { title: "Council meets", html: "<p>The mayor came,councillors left.</p>", ..Manuscript::default() };
//! let found = preflight(&story, &Nowhere);
//! assert_eq!(found[0].code, "missing-space");
//! assert_eq!(found[0].place, "paragraph 1: “…came,councillors…”");
//! ```

mod ages;
mod codes;
mod dateline;
mod doubled;
mod endings;
mod figures;
mod findings;
mod invisible;
mod links;
mod marks;
mod names;
mod pictures;
mod placeholders;
mod reader;
mod repeats;
mod scales;
mod sheet;
mod spacing;
mod story;
mod structure;
mod tags;
mod translation;

pub use codes::CODES;
pub use invisible::is_invisible;

use findings::Findings;
use story::Story;

/// A story as it would go out.
///
/// Addresses are absolute or root-relative; `title`, `custom_excerpt`, `teaser` and `feature_image_alt` are plain text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manuscript<'m> {
    pub title: &'m str,
    /// The teaser that an editor wrote.
    pub custom_excerpt: Option<&'m str>,
    /// What readers would be shown as teaser.
    pub teaser: Option<&'m str>,
    /// The body, html.
    pub html: &'m str,
    pub feature_image: Option<&'m str>,
    pub feature_image_alt: Option<&'m str>,
    /// Html.
    pub feature_image_caption: Option<&'m str>,
    /// Year, month, day.
    pub published: Option<(i16, u8, u8)>,
    /// Language of the story; guessed when not given.
    pub language: Option<text::Language>,
    pub publication_language: Option<text::Language>,
    /// Names of tags, internal ones with their `#`.
    pub tags: &'m [&'m str],
    /// Key points that the gate refuses or that wait for an editor.
    pub unverified_points: &'m [&'m str],
    /// Base address of the publication without a slash at its end.
    pub site: &'m str,
}

/// What the publication knows of its own addresses.
pub trait Addresses {
    /// Whether something is served at `path`: below the publication's base, beginning with a slash, as written in the link,
    /// without query and fragment. Asked once for each path of a story.
    fn exists(&self, path: &str) -> bool;

    /// Whether the page at `path`, which exists, has something of this id or name that a link's fragment can lead to. What cannot be told
    /// counts as there.
    fn has_id(&self, _path: &str, _id: &str) -> bool {
        true
    }
}

/// Ids and names of a page's html that the fragment of a link can lead to.
pub fn ids(html: &str) -> std::collections::HashSet<String> {
    sheet::Sheet::read(html).ids
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A fault.
    Wrong,
    /// Someone should look at it.
    Doubtful,
}

/// Something to mend before the story goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Kebab-case; one of [`CODES`].
    pub code: &'static str,
    pub severity: Severity,
    /// Where: "headline", "caption of the lead picture", "paragraph 4: “…offices,Lukashenko…”".
    pub place: String,
    /// One plain sentence.
    pub reason: String,
    /// One plain sentence: what to do, with the exact replacement where there is one.
    pub mend: String,
}

/// What is wrong with a story, in the order of its parts: headline, teaser, lead picture, body, the story as a whole.
///
/// Of one kind at most twenty are listed; the last of them tells how many more there are.
///
/// Cannot: judge facts (the gate does), grammar, or style; see pictures; follow links that leave the site.
pub fn preflight(manuscript: &Manuscript<'_>, addresses: &dyn Addresses) -> Vec<Finding> {
    let story = Story::read(manuscript);
    let mut findings = Findings::default();
    repeats::check(&story, &mut findings);
    endings::check(&story, &mut findings);
    pictures::check(&story, &mut findings);
    spacing::check(&story, &mut findings);
    doubled::check(&story, &mut findings);
    marks::check(&story, &mut findings);
    invisible::check(&story, &mut findings);
    placeholders::check(&story, &mut findings);
    figures::check(&story, &mut findings);
    ages::check(&story, &mut findings);
    scales::check(&story, &mut findings);
    names::check(&story, &mut findings);
    links::check(&story, addresses, &mut findings);
    structure::check(&story, &mut findings);
    dateline::check(&story, &mut findings);
    translation::check(&story, &mut findings);
    for point in manuscript.unverified_points {
        findings.wrong(
            "unverified-point",
            story.place(story::Spot::Point, &findings::quoted(point)),
            "This key point is not shown to hold by the text, or no editor has decided on it yet.",
            "Approve it, edit it so that the text supports it, or refuse it.",
        );
    }
    findings.finish()
}
