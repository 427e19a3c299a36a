//! A post becomes a page, or a page a post: it goes from the one list and comes into the other.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{PostEvent, PostSheet, Stale};
use crate::edit::slug;
use crate::edit::to_second;
use crate::{PostKind, PostStatus, Refusal};

/// What shall stand, and what is told.
#[derive(Debug)]
pub struct Converted {
    pub after: PostSheet,
    /// Told of the kind that it was.
    pub left: Vec<PostEvent>,
    /// Told of the kind that it is.
    pub came: Vec<PostEvent>,
    pub stale: Stale,
}

/// Decides on the other kind. `taken` are slugs of that kind that begin with the post's own.
///
/// Errors: `Bad` for a letter: pages are not sent.
pub fn converted(before: &PostSheet, taken: &BTreeSet<String>, now: Timestamp) -> Result<Converted, Refusal> {
    if before.is_letter() || before.status == PostStatus::Sent {
        return Err(Refusal::Bad { message: "A post that is a letter cannot become a page.".into() });
    }
    let mut after = before.clone();
    after.kind = match before.kind {
        PostKind::Post => PostKind::Page,
        PostKind::Page => PostKind::Post,
    };
    after.slug = slug::free(&before.slug, taken);
    after.updated_at = Some(to_second(now));
    let (left, came) = match before.status {
        PostStatus::Published => (Some(PostEvent::Unpublished), Some(PostEvent::Published)),
        PostStatus::Scheduled => (Some(PostEvent::Unscheduled), Some(PostEvent::Scheduled)),
        PostStatus::Draft | PostStatus::Sent => (None, None),
    };
    let stale = if before.status == PostStatus::Draft { Stale::Preview } else { Stale::Everything };
    Ok(Converted {
        after,
        left: left.into_iter().chain([PostEvent::Deleted]).collect(),
        came: [PostEvent::Added].into_iter().chain(came).collect(),
        stale,
    })
}
