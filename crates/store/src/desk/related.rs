//! Editors' choices of stories beside a story.

use jiff::Timestamp;
use model::dates;
use model::desk::RelatedChoice;
use model::id::PostId;

use super::{is_kept, make_tables};
use crate::row::Columns;
use crate::{Changed, Result, Snapshot, WriteError, WriteTransaction};

/// The choices for a post, those made first in front.
pub fn choices(snapshot: &Snapshot<'_>, post: &str) -> Result<Vec<(PostId, RelatedChoice)>> {
    if !is_kept(snapshot, "courant_related")? {
        return Ok(Vec::new());
    }
    let mut statement = snapshot.prepare(
        "select other_id, choice from courant_related where post_id = ? order by position, other_id",
    )?;
    let rows = statement.query_map([post], |row| {
        let mut c = Columns::new(row);
        Ok((PostId::new(c.text()?), RelatedChoice::parse(&c.text()?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pins or hides a story beside a post; the latest choice for the same story counts.
pub fn choose(
    tx: &WriteTransaction<'_>,
    post: &PostId,
    other: &PostId,
    choice: RelatedChoice,
    (by, now): (&str, Timestamp),
) -> Result<(), WriteError> {
    make_tables(tx)?;
    let sql = "insert or replace into courant_related (post_id, other_id, choice, position, decided_at, decided_by) \
               values (?1, ?2, ?3, (select coalesce(max(position) + 1, 0) from courant_related where post_id = ?1), \
               ?4, ?5)";
    tx.connection().prepare_cached(sql)?.execute((
        post.as_str(),
        other.as_str(),
        choice.as_str(),
        dates::to_database(now),
        by,
    ))?;
    tx.changed(Changed::Post(post.clone()));
    Ok(())
}

/// Forgets the choice for a story beside a post. Answers whether there was one.
pub fn unchoose(tx: &WriteTransaction<'_>, post: &PostId, other: &PostId) -> Result<bool, WriteError> {
    make_tables(tx)?;
    let sql = "delete from courant_related where post_id = ? and other_id = ?";
    let n_rows = tx.connection().prepare_cached(sql)?.execute((post.as_str(), other.as_str()))?;
    if n_rows > 0 {
        tx.changed(Changed::Post(post.clone()));
    }
    Ok(n_rows > 0)
}
