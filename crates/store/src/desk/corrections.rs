//! The public record of corrections.

use model::dates;
use model::desk::Correction;
use model::id::PostId;
use rusqlite::{Params, Row};

use super::{is_kept, make_tables};
use crate::row::Columns;
use crate::{Changed, Result, Snapshot, WriteError, WriteTransaction};

const COLUMNS: &str = "c.id, c.post_id, c.was, c.became, c.note, c.made_at, c.made_by";

/// The corrections of a post, newest first.
pub fn corrections(snapshot: &Snapshot<'_>, post: &str) -> Result<Vec<Correction>> {
    let rest = "where c.post_id = ? order by c.made_at desc, c.id desc";
    read(snapshot, rest, [post])
}

/// The latest corrections of published posts, newest first, after leaving out `offset`.
pub fn latest_corrections(snapshot: &Snapshot<'_>, limit: u32, offset: u32) -> Result<Vec<Correction>> {
    let rest = "join posts on posts.id = c.post_id where posts.type = 'post' and posts.status = 'published' \
                order by c.made_at desc, c.id desc limit ? offset ?";
    read(snapshot, rest, [limit, offset])
}

fn read(snapshot: &Snapshot<'_>, rest: &str, params: impl Params) -> Result<Vec<Correction>> {
    if !is_kept(snapshot, "courant_correction")? {
        return Ok(Vec::new());
    }
    let mut statement = snapshot.prepare(&format!("select {COLUMNS} from courant_correction c {rest}"))?;
    let rows = statement.query_map(params, correction)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    let mut c = Columns::new(row);
    Ok(Correction {
        id: c.text()?,
        post: PostId::new(c.text()?),
        was: c.text()?,
        is: c.text()?,
        note: c.filled()?,
        made_at: c.instant()?,
        made_by: c.text()?,
    })
}

/// Puts a correction on record; answers its id.
pub fn add_correction(tx: &WriteTransaction<'_>, correction: &Correction) -> Result<String, WriteError> {
    make_tables(tx)?;
    let id = tx.new_id(correction.made_at);
    let sql = "insert into courant_correction (id, post_id, was, became, note, made_at, made_by) \
               values (?, ?, ?, ?, ?, ?, ?)";
    tx.connection().prepare_cached(sql)?.execute((
        &id,
        correction.post.as_str(),
        &correction.was,
        &correction.is,
        &correction.note,
        dates::to_database(correction.made_at),
        &correction.made_by,
    ))?;
    tx.changed(Changed::Post(correction.post.clone()));
    Ok(id)
}
