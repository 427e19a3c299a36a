//! A member takes herself off letters, by the link that every letter carries. Not told in the history, as with Ghost.

use model::edit::Cell;
use model::id::MemberId;
use rusqlite::OptionalExtension;

use super::{Act, ActError, members, rows};
use crate::{Changed, WriteTransaction};

/// What she wants no more of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letters {
    /// The newsletter with this uuid.
    One(String),
    /// All newsletters.
    All,
    /// Word of answers to her comments.
    Comments,
    /// What the publication sends by itself.
    Announcements,
}

/// Takes the member with this uuid off them; false when there is none.
pub fn unsubscribe(
    tx: &WriteTransaction<'_>,
    act: &Act,
    uuid: &str,
    letters: &Letters,
) -> Result<bool, ActError> {
    let sql = "SELECT id FROM members WHERE uuid = ?";
    let id: Option<String> =
        tx.connection().prepare_cached(sql)?.query_row([uuid], |row| row.get(0)).optional()?;
    let Some(id) = id else { return Ok(false) };
    let mut row = vec![("updated_at", Cell::Instant(act.at))];
    match letters {
        Letters::Comments => row.push(("enable_comment_notifications", Cell::Flag(false))),
        Letters::Announcements => row.push(("enable_updates_and_announcements", Cell::Flag(false))),
        Letters::One(newsletter) => leave(tx, act, &id, Some(newsletter))?,
        Letters::All => leave(tx, act, &id, None)?,
    }
    rows::update(tx, "members", &id, &row)?;
    tx.changed(Changed::Member(MemberId::new(id)));
    Ok(true)
}

/// Ends the subscription of one newsletter, or of all.
fn leave(tx: &WriteTransaction<'_>, act: &Act, id: &str, only: Option<&str>) -> Result<(), ActError> {
    let sql = "SELECT n.id FROM members_newsletters mn JOIN newsletters n ON n.id = mn.newsletter_id \
               WHERE mn.member_id = ?1 AND (?2 IS NULL OR n.uuid = ?2) ORDER BY n.sort_order, n.id";
    let left: Vec<String> = {
        let mut statement = tx.connection().prepare_cached(sql)?;
        let ids = statement.query_map((id, only), |row| row.get(0))?;
        ids.collect::<rusqlite::Result<_>>()?
    };
    for newsletter in &left {
        let sql = "DELETE FROM members_newsletters WHERE member_id = ? AND newsletter_id = ?";
        tx.connection().prepare_cached(sql)?.execute([id, newsletter])?;
        let change = vec![
            ("newsletter_id", Cell::text(Some(newsletter.as_str()))),
            ("subscribed", Cell::Flag(false)),
            ("source", Cell::text(Some("member"))),
        ];
        members::event(tx, act, "members_subscribe_events", id, change)?;
    }
    Ok(())
}
