//! Tags.

use jiff::Timestamp;
use model::dates;
use model::id::TagId;

use super::row::{Filled, insert};
use crate::{Changed, WriteError, WriteTransaction};

/// A tag to be added. A name that begins with `#` is internal.
#[derive(Debug, Clone)]
pub struct NewTag {
    pub id: TagId,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub feature_image: Option<String>,
    pub accent_color: Option<String>,
    pub meta_title: Option<String>,
    pub meta_description: Option<String>,
}

impl NewTag {
    /// A tag with a name and nothing else.
    pub fn named(id: TagId, name: impl Into<String>, slug: impl Into<String>) -> Self {
        NewTag {
            id,
            name: name.into(),
            slug: slug.into(),
            description: None,
            feature_image: None,
            accent_color: None,
            meta_title: None,
            meta_description: None,
        }
    }
}

/// Adds a tag. Errors: `Conflict` when the slug is taken.
pub fn add_tag(tx: &WriteTransaction<'_>, tag: &NewTag, now: Timestamp) -> Result<(), WriteError> {
    let now = dates::to_database(now);
    let visibility = if tag.name.starts_with('#') { "internal" } else { "public" };
    insert(
        tx,
        "tags",
        &[
            ("id", &tag.id.as_str()),
            ("name", &tag.name),
            ("slug", &tag.slug),
            ("description", &Filled(&tag.description)),
            ("feature_image", &Filled(&tag.feature_image)),
            ("visibility", &visibility),
            ("accent_color", &Filled(&tag.accent_color)),
            ("meta_title", &Filled(&tag.meta_title)),
            ("meta_description", &Filled(&tag.meta_description)),
            ("created_at", &now),
            ("updated_at", &now),
        ],
    )?;
    tx.changed(Changed::Tag(tag.id.clone()));
    Ok(())
}
