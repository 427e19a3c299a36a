//! Members, what they read by, and the events from which Ghost's charts are computed.

use jiff::Timestamp;
use model::id::{MemberId, NewsletterId, TierId};
use model::{MemberStatus, dates};

use super::row::{Filled, insert};
use crate::{Changed, WriteError, WriteTransaction};

/// A member to be added.
#[derive(Debug, Clone)]
pub struct NewMember {
    pub id: MemberId,
    pub uuid: String,
    /// Names her sessions: a new one ends them all. A uuid.
    pub transient_id: String,
    pub email: String,
    pub name: Option<String>,
    pub note: Option<String>,
    pub status: MemberStatus,
    /// Her tiers, and until when; None: without end. The rows of the payment provider are not made here.
    pub tiers: Vec<(TierId, Option<Timestamp>)>,
    pub newsletters: Vec<NewsletterId>,
    /// Where she comes from: `member`, `import`, `system`, `api` or `admin`.
    pub source: &'static str,
}

/// Adds a member with her tiers, subscriptions and events.
///
/// Errors: `Conflict` when the address is taken, `Dangling` when a tier or newsletter is not there.
pub fn add_member(tx: &WriteTransaction<'_>, member: &NewMember, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    let id = member.id.as_str();
    let status = member.status.as_str();
    insert(
        tx,
        "members",
        &[
            ("id", &id),
            ("uuid", &member.uuid),
            ("transient_id", &member.transient_id),
            ("email", &member.email),
            ("status", &status),
            ("name", &Filled(&member.name)),
            ("note", &Filled(&member.note)),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )?;
    let batch = tx.new_id(now);
    insert(
        tx,
        "members_created_events",
        &[
            ("id", &tx.new_id(now)),
            ("member_id", &id),
            ("source", &member.source),
            ("created_at", &at),
            ("batch_id", &batch),
        ],
    )?;
    insert(
        tx,
        "members_status_events",
        &[
            ("id", &tx.new_id(now)),
            ("member_id", &id),
            ("to_status", &status),
            ("created_at", &at),
            ("batch_id", &batch),
        ],
    )?;
    for ((tier, until), place) in member.tiers.iter().zip(0_i64..) {
        insert(
            tx,
            "members_products",
            &[
                ("id", &tx.new_id(now)),
                ("member_id", &id),
                ("product_id", &tier.as_str()),
                ("sort_order", &place),
                ("expiry_at", &until.map(dates::to_database)),
            ],
        )?;
        insert(
            tx,
            "members_product_events",
            &[
                ("id", &tx.new_id(now)),
                ("member_id", &id),
                ("product_id", &tier.as_str()),
                ("action", &"added"),
                ("created_at", &at),
            ],
        )?;
    }
    for newsletter in &member.newsletters {
        insert(
            tx,
            "members_newsletters",
            &[("id", &tx.new_id(now)), ("member_id", &id), ("newsletter_id", &newsletter.as_str())],
        )?;
        insert(
            tx,
            "members_subscribe_events",
            &[
                ("id", &tx.new_id(now)),
                ("member_id", &id),
                ("newsletter_id", &newsletter.as_str()),
                ("subscribed", &true),
                ("source", &member.source),
                ("created_at", &at),
            ],
        )?;
    }
    tx.changed(Changed::Member(member.id.clone()));
    Ok(())
}
