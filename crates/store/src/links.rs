//! Addresses that lead on: the tracked links of newsletters, offers, and links by which something is given away.

use rusqlite::OptionalExtension;

use crate::row::Columns;
use crate::{Result, Snapshot};

/// A membership that somebody bought for somebody else, as its page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// Name of the tier.
    pub tier: String,
    /// Whether `duration` counts years; else months.
    pub is_yearly: bool,
    pub duration: u32,
}

/// Where the tracked link at this path (without sub-directory) leads, as stored.
pub fn tracked(snapshot: &Snapshot<'_>, path: &str) -> Result<Option<String>> {
    let mut statement =
        snapshot.prepare("select \"to\" from redirects where \"from\" = ? order by id limit 1")?;
    Ok(statement.query_row([path], |row| row.get(0)).optional()?)
}

/// The id of the offer with this code, whether it still holds or not: the reader is told there.
pub fn offer(snapshot: &Snapshot<'_>, code: &str) -> Result<Option<String>> {
    let mut statement = snapshot.prepare("select id from offers where code = ? order by id limit 1")?;
    Ok(statement.query_row([code], |row| row.get(0)).optional()?)
}

/// The gift with this token, once it is paid for.
pub fn gift(snapshot: &Snapshot<'_>, token: &str) -> Result<Option<Gift>> {
    let mut statement = snapshot.prepare(
        "select products.name, gifts.cadence, gifts.duration from gifts \
         join products on products.id = gifts.tier_id where gifts.token = ? and gifts.status <> 'payment_pending'",
    )?;
    let gift = statement.query_row([token], |row| {
        let mut c = Columns::new(row);
        Ok(Gift {
            tier: c.text()?,
            is_yearly: c.text()? == "year",
            duration: c.number()?.and_then(|number| u32::try_from(number).ok()).unwrap_or_default(),
        })
    });
    Ok(gift.optional()?)
}

/// Whether this token opens this post now. A token that was replaced opens nothing.
pub fn opens(snapshot: &Snapshot<'_>, token: &str, post_id: &str) -> Result<bool> {
    let mut statement = snapshot.prepare(
        "select 1 from post_gift_links join gift_links on gift_links.token = post_gift_links.gift_link_token \
         where gift_links.token = ? and post_gift_links.post_id = ?",
    )?;
    Ok(statement.exists([token, post_id])?)
}
