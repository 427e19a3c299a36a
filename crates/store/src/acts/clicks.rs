//! A member opens a link of a letter: noted as Ghost notes it. No page shows it, and the history does not tell it.

use jiff::tz::TimeZone;
use model::edit::Cell;
use rusqlite::OptionalExtension;

use super::{Act, ActError, members, rows};
use crate::WriteTransaction;

/// Notes that the member with this uuid opened the tracked link at this path (as stored, such as `/r/abc`), and that she
/// was seen, once a day in the publication's time zone. False when there is no such link or no such member.
pub fn opened(
    tx: &WriteTransaction<'_>,
    act: &Act,
    zone: &TimeZone,
    (path, uuid): (&str, &str),
) -> Result<bool, ActError> {
    tx.unseen();
    let one = |sql: &str, key: &str| {
        tx.connection().prepare_cached(sql)?.query_row([key], |row| row.get::<_, String>(0)).optional()
    };
    let link = one("SELECT id FROM redirects WHERE \"from\" = ? ORDER BY id LIMIT 1", path)?;
    let member = one("SELECT id FROM members WHERE uuid = ?", uuid)?;
    let (Some(link), Some(member)) = (link, member) else { return Ok(false) };
    members::event(tx, act, "members_click_events", &member, vec![("redirect_id", Cell::Text(link))])?;
    let today = act.at.to_zoned(zone.clone()).start_of_day();
    // A day that has no beginning is no day of a calendar; then it counts from this moment.
    let today = today.map_or(act.at, |today| today.timestamp());
    let seen = "SELECT 1 FROM members WHERE id = ? AND last_seen_at >= ?";
    let is_known =
        tx.connection().prepare_cached(seen)?.exists((&member, model::dates::to_database(today)))?;
    if !is_known {
        let row = vec![("last_seen_at", Cell::Instant(act.at)), ("updated_at", Cell::Instant(act.at))];
        rows::update(tx, "members", &member, &row)?;
    }
    Ok(true)
}
