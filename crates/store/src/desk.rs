//! What the news desk keeps, in tables of ours: key points, choices of related stories, corrections.
//!
//! The tables are made by the first write. No foreign key and no trigger ties them to Ghost's: rows of a post that was
//! deleted are found by nobody, and are dropped by [`forget_deleted`].

mod corrections;
mod feed;
mod points;
mod related;
mod revisions;
mod text;

use rusqlite::{Connection, OptionalExtension};

use crate::{Result, Snapshot, WriteError, WriteTransaction};

pub use corrections::{
    add_correction, corrections, latest_corrections, recorded_corrections, withdraw_correction,
};
pub use feed::{Feed, feed, published_among, unrecorded};
pub use points::{Waiting, points, replace_points, revise_points, waiting};
pub use related::{choices, choose, unchoose};
pub use revisions::{Revision, revisions};
pub use text::{TextState, keep_text, text_state};

const TABLES: &str = "
    create table if not exists courant_point (
        id text not null primary key, post_id text not null, position integer not null, text text not null,
        origin text not null, state text not null, supported boolean not null, reasons text not null,
        evidence text not null, text_hash text not null, created_at datetime not null, created_by text,
        decided_at datetime, decided_by text
    );
    create index if not exists courant_point_post on courant_point (post_id, position);
    create table if not exists courant_related (
        post_id text not null, other_id text not null, choice text not null, position integer not null,
        decided_at datetime not null, decided_by text not null,
        primary key (post_id, other_id)
    ) without rowid;
    create table if not exists courant_correction (
        id text not null primary key, post_id text not null, was text not null, became text not null, note text,
        made_at datetime not null, made_by text not null, withdrawn_at datetime, withdrawn_by text
    );
    create index if not exists courant_correction_post on courant_correction (post_id, made_at);
    create table if not exists courant_text (
        post_id text not null primary key, text_hash text not null, changed_at datetime not null
    ) without rowid;
    create index if not exists courant_correction_made on courant_correction (made_at);";

/// Makes the tables where they are not there yet.
fn make_tables(tx: &WriteTransaction<'_>) -> Result<(), WriteError> {
    tx.connection().execute_batch(TABLES)?;
    for column in corrections::ADDED {
        if !has_column(tx.connection(), "courant_correction", column.name)? {
            let sql = format!("alter table courant_correction add column {} {}", column.name, column.kind);
            tx.connection().execute_batch(&sql)?;
        }
    }
    Ok(())
}

/// A column that tables of earlier versions lack.
struct Added {
    name: &'static str,
    kind: &'static str,
}

fn has_column(connection: &Connection, table: &str, column: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("select 1 from pragma_table_info(?) where name = ?")?.exists([table, column])
}

/// Whether anything was ever kept; the tables are absent before.
fn is_kept(snapshot: &Snapshot<'_>, table: &str) -> Result<bool> {
    let mut found = snapshot.prepare("select 1 from sqlite_master where type = 'table' and name = ?")?;
    Ok(found.exists([table])?)
}

/// Drops what belongs to posts that are there no more. Answers how many rows that were.
pub fn forget_deleted(tx: &WriteTransaction<'_>) -> Result<usize, WriteError> {
    make_tables(tx)?;
    let mut n_rows = 0;
    for table in ["courant_point", "courant_related", "courant_correction", "courant_text"] {
        let sql = format!("delete from {table} where post_id not in (select id from posts)");
        n_rows += tx.connection().execute(&sql, [])?;
    }
    Ok(n_rows)
}

/// Of `users`: nobody who cannot enter, and not the placeholder that stands for the owner until somebody sets the publication up.
const ENTERS: &str = "users.status not in ('inactive', 'locked') and not (users.name = 'Ghost' and users.email = 'ghost@example.com')";

/// The name of a member of staff by e-mail address or slug; of the owner when none is given. None when there is nobody, and
/// when nobody has made the publication his own yet.
pub fn editor_name(snapshot: &Snapshot<'_>, of: Option<&str>) -> Result<Option<String>> {
    let sql = match of {
        Some(_) => format!("select name from users where (email = ?1 or slug = ?1) and {ENTERS}"),
        None => format!(
            "select users.name from users join roles_users on roles_users.user_id = users.id \
             join roles on roles.id = roles_users.role_id where roles.name = 'Owner' and ?1 = '' and {ENTERS} limit 1"
        ),
    };
    let mut statement = snapshot.prepare(&sql)?;
    Ok(statement.query_row([of.unwrap_or_default()], |row| row.get(0)).optional()?)
}

/// The slugs of members of staff, at most `limit`, those who came first in front.
pub fn staff(snapshot: &Snapshot<'_>, limit: u32) -> Result<Vec<String>> {
    let sql = format!("select slug from users where {ENTERS} order by created_at, id limit ?");
    let mut statement = snapshot.prepare(&sql)?;
    let slugs = statement.query_map([limit], |row| row.get(0))?;
    Ok(slugs.collect::<rusqlite::Result<_>>()?)
}
