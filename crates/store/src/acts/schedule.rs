//! Scheduled posts: which there are, and sending one out when its time has come.

use jiff::Timestamp;
use model::edit::Change;
use model::edit::post::PostEdit;
use model::id::PostId;
use model::{PostKind, PostStatus};
use rusqlite::Connection;

use super::posts::{self, SavedPost};
use super::{Act, ActError};
use crate::row::Columns;
use crate::{Result, Snapshot, WriteTransaction};

/// A post or page that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// When it goes out. It may be past: nobody was there.
    pub at: Timestamp,
    pub kind: PostKind,
    pub id: PostId,
}

/// All that wait, the earliest first.
///
/// Letters are not among them: nothing sends them yet, and one that counts as sent would never be.
pub fn waiting(snapshot: &Snapshot<'_>) -> Result<Vec<Scheduled>> {
    Ok(find(snapshot.connection())?)
}

/// Publishes one of them, with the planned date. None when it does not wait any more, or for a later moment than
/// `act.at`: somebody else was here, or its editor.
pub fn publish(
    tx: &WriteTransaction<'_>,
    act: &Act,
    post: &Scheduled,
) -> Result<Option<SavedPost>, ActError> {
    let waits = find(tx.connection())?.into_iter().any(|other| other.id == post.id && other.at <= act.at);
    if !waits {
        return Ok(None);
    }
    let edit = PostEdit { status: Change::To(PostStatus::Published), ..PostEdit::default() };
    posts::edit(tx, act, (post.kind, &post.id), &edit).map(Some)
}

/// The index on type and status finds them.
fn find(connection: &Connection) -> rusqlite::Result<Vec<Scheduled>> {
    let sql = "SELECT type, id, published_at FROM posts WHERE type IN ('post', 'page') AND status = 'scheduled' \
               AND NOT EXISTS (SELECT 1 FROM posts_meta WHERE post_id = posts.id AND email_only)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut c = Columns::new(row);
        let kind = if c.text()? == "page" { PostKind::Page } else { PostKind::Post };
        let id = PostId::new(c.text()?);
        // One without a date cannot be due.
        if let Some(at) = c.optional_instant()? {
            found.push(Scheduled { at, kind, id });
        }
    }
    found.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(found)
}
