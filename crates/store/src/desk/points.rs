//! Key points of posts.

use std::ops::Range;

use jiff::Timestamp;
use model::dates;
use model::desk::{KeyPoint, PointOrigin, PointReason, PointState};
use model::id::PostId;
use rusqlite::CachedStatement;
use serde_json::{Value, json};

use super::{is_kept, make_tables};
use crate::row::Columns;
use crate::{Changed, Result, Snapshot, WriteError, WriteTransaction};

const OF_POST: &str = "select id, post_id, position, text, origin, state, supported, reasons, evidence, text_hash, \
    created_at, created_by, decided_at, decided_by from courant_point where post_id = ? order by position, id";

/// The points on record of a post, in their order, refused ones included; empty when the desk has not seen it.
pub fn points(snapshot: &Snapshot<'_>, post: &str) -> Result<Vec<KeyPoint>> {
    if !is_kept(snapshot, "courant_point")? {
        return Ok(Vec::new());
    }
    Ok(read(snapshot.prepare(OF_POST)?, post)?)
}

/// A story with points that an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub slug: String,
    pub title: String,
    /// Points on record that the text does not carry and that nobody has refused.
    pub n_points: usize,
}

/// Stories with points that do not hold, the latest changed first, at most `limit`.
pub fn waiting(snapshot: &Snapshot<'_>, limit: u32) -> Result<Vec<Waiting>> {
    if !is_kept(snapshot, "courant_point")? {
        return Ok(Vec::new());
    }
    let mut statement = snapshot.prepare(
        "select posts.slug, posts.title, count(*) from courant_point join posts on posts.id = courant_point.post_id \
         where not courant_point.supported and courant_point.state <> 'refused' \
         group by posts.id order by posts.updated_at desc, posts.id desc limit ?",
    )?;
    let rows = statement.query_map([limit], |row| {
        let mut c = Columns::new(row);
        Ok(Waiting {
            slug: c.text()?,
            title: c.text()?,
            n_points: c.count()?.try_into().unwrap_or(usize::MAX),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(mut statement: CachedStatement<'_>, post: &str) -> rusqlite::Result<Vec<KeyPoint>> {
    let rows = statement.query_map([post], |row| {
        let mut c = Columns::new(row);
        Ok(KeyPoint {
            id: c.text()?,
            post: PostId::new(c.text()?),
            position: c.count()?.try_into().unwrap_or(u32::MAX),
            text: c.text()?,
            origin: PointOrigin::parse(&c.text()?),
            state: PointState::parse(&c.text()?),
            is_supported: c.flag()?,
            reasons: reasons(&c.text()?),
            evidence: evidence(&c.text()?),
            text_hash: c.text()?,
            created_at: c.instant()?,
            created_by: c.optional()?,
            decided_at: c.optional_instant()?,
            decided_by: c.optional()?,
        })
    })?;
    rows.collect()
}

/// Puts these points in the place of those that were read `before`. Answers false, and changes nothing, when others
/// are on record by now: somebody's word would be lost.
pub fn revise_points(
    tx: &WriteTransaction<'_>,
    post: &PostId,
    before: &[KeyPoint],
    points: &[KeyPoint],
    now: Timestamp,
) -> Result<bool, WriteError> {
    make_tables(tx)?;
    let is_as_before = read(tx.connection().prepare_cached(OF_POST)?, post.as_str())? == before;
    if is_as_before {
        replace_points(tx, post, points, now)?;
    }
    Ok(is_as_before)
}

/// Puts these points in the place of all that are on record of the post; those without an id get one.
pub fn replace_points(
    tx: &WriteTransaction<'_>,
    post: &PostId,
    points: &[KeyPoint],
    now: Timestamp,
) -> Result<(), WriteError> {
    make_tables(tx)?;
    let connection = tx.connection();
    connection.prepare_cached("delete from courant_point where post_id = ?")?.execute([post.as_str()])?;
    let mut insert = connection.prepare_cached(
        "insert into courant_point (id, post_id, position, text, origin, state, supported, reasons, evidence, \
         text_hash, created_at, created_by, decided_at, decided_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (position, point) in points.iter().enumerate() {
        let id = if point.id.is_empty() { tx.new_id(now) } else { point.id.clone() };
        let reasons: Vec<Value> = point
            .reasons
            .iter()
            .map(|reason| json!({ "code": reason.code, "message": reason.message }))
            .collect();
        let evidence: Vec<Value> = point
            .evidence
            .iter()
            .map(|(sentence, range)| json!({ "sentence": sentence, "start": range.start, "end": range.end }))
            .collect();
        insert.execute(rusqlite::params![
            id,
            post.as_str(),
            position as i64,
            point.text,
            point.origin.as_str(),
            point.state.as_str(),
            point.is_supported,
            Value::from(reasons).to_string(),
            Value::from(evidence).to_string(),
            point.text_hash,
            dates::to_database(point.created_at),
            point.created_by,
            point.decided_at.map(dates::to_database),
            point.decided_by,
        ])?;
    }
    tx.changed(Changed::Post(post.clone()));
    Ok(())
}

fn list(text: &str) -> Vec<Value> {
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

fn reasons(text: &str) -> Vec<PointReason> {
    let field = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    list(text)
        .iter()
        .map(|item| PointReason { code: field(item, "code"), message: field(item, "message") })
        .collect()
}

fn evidence(text: &str) -> Vec<(u32, Range<u32>)> {
    let field = |item: &Value, name: &str| item[name].as_u64().and_then(|number| u32::try_from(number).ok());
    list(text)
        .iter()
        .filter_map(|item| Some((field(item, "sentence")?, field(item, "start")?..field(item, "end")?)))
        .collect()
}
