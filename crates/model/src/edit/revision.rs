//! Revisions: when a save of a post leaves one, and how many are kept.

use jiff::{SignedDuration, Timestamp};

use super::post::PostSheet;
use crate::PostStatus;

/// Most revisions of one post; the oldest go first.
pub const REVISIONS_MAX: u32 = 25;

/// How old the last revision must be until a save in the background makes the next.
const INTERVAL: SignedDuration = SignedDuration::from_mins(10);

/// What is to be known of the last revision.
#[derive(Debug, Clone, PartialEq)]
pub struct LastRevision {
    pub lexical: Option<String>,
    pub title: Option<String>,
    pub feature_image: Option<String>,
    pub custom_excerpt: Option<String>,
    /// When it was made, to the millisecond.
    pub made_at: Timestamp,
}

/// Why this save of a post leaves a revision, in Ghost's words; None when it leaves none.
///
/// `was` is the status before, None for a new post. `asked` is whether the editor asked for one (saved by hand).
pub fn reason(
    after: &PostSheet,
    was: Option<PostStatus>,
    last: Option<&LastRevision>,
    asked: bool,
    wanted: PostStatus,
    now: Timestamp,
) -> Option<&'static str> {
    let Some(last) = last else { return Some("initial_revision") };
    if wanted == PostStatus::Draft && was == Some(PostStatus::Published) {
        return Some("unpublished");
    }
    if wanted == PostStatus::Published {
        return Some("published");
    }
    let is_same = last.lexical == after.lexical
        && last.title.as_deref() == Some(&after.title)
        && last.feature_image.as_deref() == after.texts.get("feature_image")
        && last.custom_excerpt.as_deref() == after.texts.get("custom_excerpt");
    if is_same {
        return None;
    }
    if asked {
        return Some("explicit_save");
    }
    (now.duration_since(last.made_at) > INTERVAL).then_some("background_save")
}
