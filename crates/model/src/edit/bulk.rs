//! One change of many posts at once, as a list's menu offers it. No revision is left, `updated_at` stays, and no
//! editor collides: the same as in Ghost.

use super::post::TagRef;
use super::post::decision::stored_visibility;
use super::{Cell, Row};
use crate::id::TierId;
use crate::{PostStatus, Refusal};

/// What shall be done to each.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkEdit {
    /// Those that are published become drafts; their date stays.
    Unpublish,
    /// Those that are scheduled become drafts, without a date.
    Unschedule,
    Feature(bool),
    /// Who may read them. The tiers count only with the word `tiers`.
    Access {
        visibility: String,
        tiers: Vec<TierId>,
    },
    /// Tags that are put behind those that are there; missing ones are made.
    AddTags(Vec<TagRef>),
}

/// The same, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkPlan {
    /// Only posts of this status are meant.
    pub only: Option<PostStatus>,
    /// The cells that are written.
    pub row: Row,
    /// A column in the table `posts_meta` that is set to no.
    pub clears_letter: bool,
    /// The tiers that take the place of those that are there; None: they stay.
    pub tiers: Option<Vec<TierId>>,
    /// The tags that are added.
    pub tags: Vec<TagRef>,
    /// The word in the history, if there is one.
    pub told_as: Option<&'static str>,
}

/// Decides what is written.
///
/// Errors: `Bad` for a word that says nobody, and for tiers without any.
pub fn plan(edit: &BulkEdit) -> Result<BulkPlan, Refusal> {
    let nothing =
        BulkPlan { only: None, row: vec![], clears_letter: false, tiers: None, tags: vec![], told_as: None };
    let draft = ("status", Cell::text(Some(PostStatus::Draft.as_str())));
    Ok(match edit {
        BulkEdit::Unpublish => BulkPlan {
            only: Some(PostStatus::Published),
            row: vec![draft],
            told_as: Some("unpublished"),
            ..nothing
        },
        BulkEdit::Unschedule => BulkPlan {
            only: Some(PostStatus::Scheduled),
            row: vec![draft, ("published_at", Cell::Null)],
            clears_letter: true,
            told_as: Some("unscheduled"),
            ..nothing
        },
        BulkEdit::Feature(is_featured) => BulkPlan {
            row: vec![("featured", Cell::Flag(*is_featured))],
            told_as: Some(if *is_featured { "featured" } else { "unfeatured" }),
            ..nothing
        },
        BulkEdit::Access { visibility, tiers } => {
            let bad = |message: &str| Refusal::Bad { message: message.into() };
            let visibility = stored_visibility(visibility).map_err(|_| bad("Invalid visibility value."))?;
            let for_tiers = visibility == "tiers";
            if for_tiers && tiers.is_empty() {
                return Err(bad("Invalid tiers value."));
            }
            BulkPlan {
                row: vec![("visibility", Cell::Text(visibility))],
                tiers: for_tiers.then(|| tiers.clone()),
                ..nothing
            }
        }
        BulkEdit::AddTags(tags) => BulkPlan { tags: tags.clone(), ..nothing },
    })
}
