//! Earlier states of a story, as Ghost keeps them with saves.

use super::is_kept;
use crate::row::Columns;
use crate::{Result, Snapshot};

/// The words of one state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    pub title: Option<String>,
    pub custom_excerpt: Option<String>,
    /// The editor's document.
    pub lexical: Option<String>,
    pub feature_image_alt: Option<String>,
    /// Html.
    pub feature_image_caption: Option<String>,
}

/// The saved states of a post, newest first; empty when none was kept. Not every save leaves one.
pub fn revisions(snapshot: &Snapshot<'_>, post: &str) -> Result<Vec<Revision>> {
    if !is_kept(snapshot, "post_revisions")? {
        return Ok(Vec::new());
    }
    let mut statement = snapshot.prepare(
        "select title, custom_excerpt, lexical, feature_image_alt, feature_image_caption from post_revisions \
         where post_id = ? order by created_at_ts desc, id desc",
    )?;
    let rows = statement.query_map([post], |row| {
        let mut c = Columns::new(row);
        Ok(Revision {
            title: c.optional()?,
            custom_excerpt: c.optional()?,
            lexical: c.optional()?,
            feature_image_alt: c.optional()?,
            feature_image_caption: c.optional()?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
