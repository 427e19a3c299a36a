//! Lists of published posts kept ready in tables of ours, so that a page of a list costs the same in a publication
//! of a hundred posts and of a million.
//!
//! Why: Ghost's schema has no index for a tag's or an author's posts, and status and date of a post lie behind its
//! long texts. `courant_post` holds a slim row of each published post, `courant_listing` its places in lists,
//! `courant_list` how long each list is. No foreign key and no trigger ties them to Ghost's tables.
//!
//! They are only a shortcut: what they do not answer, or not surely, is asked of Ghost's tables as before. A post is
//! always read from Ghost's tables, with its status checked there: the lists decide order and number, never access.

mod keep;
mod shortcut;

use rusqlite::OptionalExtension;

pub(crate) use keep::follow;
pub use keep::{mend, mend_always};
pub(crate) use shortcut::{Found, List, Shortcut};

use crate::row::Columns;
use crate::{Result, Snapshot};

/// Grows when the tables or their meaning change; others are made anew.
const VERSION: i64 = 3;

/// Whether the tables can be asked: they are there, of our version, and no newer change of a post is visible.
///
/// A foreign write within the very second of the last one is not seen here; it is mended within
/// [`crate::writer::WATCH_EVERY`].
fn is_fresh(snapshot: &Snapshot<'_>) -> Result<bool> {
    // Absent on databases that are only read.
    let mut exists = snapshot
        .prepare("select 1 from sqlite_master where type = 'table' and name = 'courant_listing_state'")?;
    if !exists.exists(())? {
        return Ok(false);
    }
    let mut state = snapshot.prepare(
        "select version = ?, watermark = (select coalesce(max(updated_at), '') from posts) from courant_listing_state",
    )?;
    let fresh = state.query_row([VERSION], |row| {
        let mut c = Columns::new(row);
        Ok(c.flag()? && c.flag()?)
    });
    Ok(fresh.optional()?.unwrap_or_default())
}
