//! The public record of corrections.

use jiff::Timestamp;
use model::dates;
use model::desk::Correction;
use model::id::PostId;
use rusqlite::{Params, Row};

use super::{Added, is_kept, make_tables};
use crate::row::Columns;
use crate::{Changed, Result, Snapshot, WriteError, WriteTransaction};

const COLUMNS: &str = "c.id, c.post_id, c.was, c.became, c.note, c.made_at, c.made_by";

/// Columns that came later; the next write adds them.
pub(super) const ADDED: [Added; 2] =
    [Added { name: "withdrawn_at", kind: "datetime" }, Added { name: "withdrawn_by", kind: "text" }];

/// The corrections of a post that stand, newest first; of those of one second the one that was recorded last.
pub fn corrections(snapshot: &Snapshot<'_>, post: &str) -> Result<Vec<Correction>> {
    let rest = "where c.post_id = ? and {stands} order by c.made_at desc, c.rowid desc";
    read(snapshot, rest, [post])
}

/// All corrections of a post that were ever made, withdrawn ones included, in the order in which they were put on record: their
/// places never change.
pub fn recorded_corrections(snapshot: &Snapshot<'_>, post: &str) -> Result<Vec<Correction>> {
    // Two of one second have ids in any order.
    read(snapshot, "where c.post_id = ? order by c.rowid", [post])
}

/// The latest corrections of published posts that stand, newest first, after leaving out `offset`.
pub fn latest_corrections(snapshot: &Snapshot<'_>, limit: u32, offset: u32) -> Result<Vec<Correction>> {
    let rest = "join posts on posts.id = c.post_id where posts.type = 'post' and posts.status = 'published' \
                and {stands} order by c.made_at desc, c.rowid desc limit ? offset ?";
    read(snapshot, rest, [limit, offset])
}

/// `{stands}` in `rest` is the condition that a correction was not withdrawn.
fn read(snapshot: &Snapshot<'_>, rest: &str, params: impl Params) -> Result<Vec<Correction>> {
    if !is_kept(snapshot, "courant_correction")? {
        return Ok(Vec::new());
    }
    // A table of an earlier version, before the first write: nothing was withdrawn.
    let mut asked = snapshot
        .prepare("select 1 from pragma_table_info('courant_correction') where name = 'withdrawn_by'")?;
    let (withdrawn, stands) = match asked.exists([])? {
        true => ("c.withdrawn_at, c.withdrawn_by", "c.withdrawn_at is null"),
        false => ("null, null", "true"),
    };
    let rest = rest.replace("{stands}", stands);
    let sql = format!("select {COLUMNS}, {withdrawn} from courant_correction c {rest}");
    let mut statement = snapshot.prepare(&sql)?;
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
        withdrawn: match (c.optional_instant()?, c.optional()?) {
            (Some(at), by) => Some((at, by.unwrap_or_default())),
            (None, _) => None,
        },
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

/// Takes a correction back: it stays on record, with who did it and when, and is shown to no reader. Answers whether it stood.
pub fn withdraw_correction(
    tx: &WriteTransaction<'_>,
    correction: &Correction,
    (by, now): (&str, Timestamp),
) -> Result<bool, WriteError> {
    make_tables(tx)?;
    let sql = "update courant_correction set withdrawn_at = ?, withdrawn_by = ? \
               where id = ? and withdrawn_at is null";
    let n_rows =
        tx.connection().prepare_cached(sql)?.execute((dates::to_database(now), by, &correction.id))?;
    if n_rows > 0 {
        tx.changed(Changed::Post(correction.post.clone()));
    }
    Ok(n_rows > 0)
}
