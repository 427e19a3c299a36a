//! What the index is told of one story.

use crate::words::Language;

/// A story as its caller has cut it. Only `audiences` may hold text that not everybody may read.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// The caller's name for it; adding a story with a known id replaces the old one.
    pub id: String,
    pub title: String,
    /// What an anonymous reader may read, as plain text.
    pub public_text: String,
    /// What further readers may read: the audience's name (such as `members`, `paid`, `tier:ID`) and the text cut for it.
    pub audiences: Vec<(String, String)>,
    /// Public tags, as readers see them.
    pub tags: Vec<String>,
    /// Names of persons, places and organisations found in the *public* text; they weigh more than other words.
    pub names: Vec<String>,
    pub language: Language,
    /// `public`, `members`, `paid` or `tiers`, given back with every hit, so that a gated story is shown with its label.
    pub visibility: String,
    /// Seconds since 1970; the newer of two equally near stories comes first.
    pub published_at: i64,
}

impl Story {
    /// A public English story without tags.
    pub fn new(id: &str, title: &str, public_text: &str) -> Story {
        Story {
            id: id.to_owned(),
            title: title.to_owned(),
            public_text: public_text.to_owned(),
            visibility: "public".to_owned(),
            ..Story::default()
        }
    }
}
