//! When the words of a post were last changed; `updated_at` moves with every save.

use jiff::Timestamp;
use model::dates;
use model::id::PostId;
use rusqlite::OptionalExtension;

use super::{is_kept, make_tables};
use crate::row::Columns;
use crate::{Changed, Result, Snapshot, WriteError, WriteTransaction};

/// The words of a post as the desk saw them last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextState {
    /// Fingerprint of headline, teaser and text.
    pub hash: String,
    /// When they were last changed; the time of publication when they were not since.
    pub changed_at: Timestamp,
}

/// What is known of a post; None when the desk has not seen it.
pub fn text_state(snapshot: &Snapshot<'_>, post: &str) -> Result<Option<TextState>> {
    if !is_kept(snapshot, "courant_text")? {
        return Ok(None);
    }
    let mut statement =
        snapshot.prepare("select text_hash, changed_at from courant_text where post_id = ?")?;
    let state = statement.query_row([post], |row| {
        let mut c = Columns::new(row);
        Ok(TextState { hash: c.text()?, changed_at: c.instant()? })
    });
    Ok(state.optional()?)
}

/// Puts it on record.
pub fn keep_text(tx: &WriteTransaction<'_>, post: &PostId, state: &TextState) -> Result<(), WriteError> {
    make_tables(tx)?;
    let sql = "insert or replace into courant_text (post_id, text_hash, changed_at) values (?, ?, ?)";
    let at = dates::to_database(state.changed_at);
    tx.connection().prepare_cached(sql)?.execute((post.as_str(), &state.hash, at))?;
    tx.changed(Changed::Post(post.clone()));
    Ok(())
}
