//! Members: add, edit, destroy, with labels, letters, tiers, and the events from which Ghost's charts are computed.

use model::edit::member::{self, HeldTier, MemberEdit, MemberGround, MemberSheet};
use model::edit::{Actor, Cell, changed};
use model::id::{MemberId, NewsletterId, TierId};
use model::{MemberStatus, Refusal};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

use super::history::{self, Line};
use super::rows::{self, Join};
use super::{Act, ActError, NounEvent, Saved, labels};
use crate::row::Columns;
use crate::{Changed, WriteTransaction};

const LABELS: Join = Join { table: "members_labels", owner: "member_id", other: "label_id" };
const TIERS: Join = Join { table: "members_products", owner: "member_id", other: "product_id" };

/// What is written of a member's right to comment when nothing was said about it.
const MAY_COMMENT: &str = r#"{"disabled":false,"disabledReason":null,"disabledUntil":null}"#;

/// Adds a member.
pub fn add(tx: &WriteTransaction<'_>, act: &Act, edit: &MemberEdit) -> Result<Saved<MemberId>, ActError> {
    let blank = MemberSheet::new(MemberId::new(tx.new_id(act.at)));
    let after = member::edited(&blank, edit, &gather(tx, act, &blank, edit)?)?;
    let id = after.id.as_str();
    let mut row = vec![
        ("id", Cell::text(Some(id))),
        ("uuid", Cell::Text(tx.new_uuid())),
        ("transient_id", Cell::Text(tx.new_uuid())),
    ];
    row.extend(after.row());
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "members", &row)?;
    let batch = Cell::Text(tx.new_id(act.at));
    let (source, medium) = where_from(tx, &act.by)?;
    let created = vec![
        ("source", Cell::text(Some(source_of(&act.by)))),
        ("referrer_source", Cell::text(source)),
        ("referrer_medium", Cell::text(medium)),
        ("batch_id", batch.clone()),
    ];
    event(tx, act, "members_created_events", id, created)?;
    relate(tx, act, &blank, &after)?;
    let status = vec![("to_status", Cell::text(Some(after.status.as_str()))), ("batch_id", batch)];
    event(tx, act, "members_status_events", id, status)?;
    told(tx, act, &after, NounEvent::Added)
}

/// Edits a member.
///
/// Errors: `NotFound` when there is none.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    id: &MemberId,
    edit: &MemberEdit,
) -> Result<Saved<MemberId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "member" })?;
    let after = member::edited(&before, edit, &gather(tx, act, &before, edit)?)?;
    save(tx, act, &before, &after)
}

/// Writes what differs; nothing when nothing does.
fn save(
    tx: &WriteTransaction<'_>,
    act: &Act,
    before: &MemberSheet,
    after: &MemberSheet,
) -> Result<Saved<MemberId>, ActError> {
    let id = &after.id;
    if before == after {
        return Ok(Saved { id: id.clone(), event: None });
    }
    let mut row = changed(&before.row(), after.row());
    if !row.is_empty() {
        row.push(("updated_at", Cell::Instant(act.at)));
        rows::update(tx, "members", id.as_str(), &row)?;
    }
    let has_new_end = before.has_other_ends_than(after);
    if !row.is_empty() || has_new_end {
        let sql = "UPDATE members SET commenting = ? WHERE id = ? AND commenting IS NULL";
        tx.connection().prepare_cached(sql)?.execute([MAY_COMMENT, id.as_str()])?;
    }
    relate(tx, act, before, after)?;
    if before.email != after.email {
        let change = vec![
            ("from_email", Cell::text(Some(before.email.as_str()))),
            ("to_email", Cell::text(Some(after.email.as_str()))),
        ];
        event(tx, act, "members_email_change_events", id.as_str(), change)?;
    }
    if before.status != after.status {
        let change = vec![
            ("from_status", Cell::text(Some(before.status.as_str()))),
            ("to_status", Cell::text(Some(after.status.as_str()))),
        ];
        event(tx, act, "members_status_events", id.as_str(), change)?;
    }
    if has_new_end && row.is_empty() {
        // Ghost's history says nothing of an end that is moved.
        tx.changed(Changed::Member(id.clone()));
        return Ok(Saved { id: id.clone(), event: Some(NounEvent::Edited) });
    }
    told(tx, act, after, NounEvent::Edited)
}

/// Takes away the tiers that were given for a time, once it is over at `act.at`; answers whose they were.
pub fn end_given_tiers(tx: &WriteTransaction<'_>, act: &Act) -> Result<Vec<Saved<MemberId>>, ActError> {
    let sql =
        "SELECT member_id, expiry_at FROM members_products WHERE expiry_at IS NOT NULL ORDER BY member_id";
    let mut statement = tx.connection().prepare_cached(sql)?;
    // Both forms of an instant stand in this column, so that SQL cannot compare them.
    let ends = statement.query_map([], |row| {
        let mut c = Columns::new(row);
        Ok((c.text()?, c.optional_instant()?))
    })?;
    let mut ids = Vec::new();
    for end in ends {
        let (id, ends_at) = end?;
        if ends_at.is_some_and(|ends_at| ends_at <= act.at) && ids.last() != Some(&id) {
            ids.push(id);
        }
    }
    let mut ended = Vec::new();
    for id in ids {
        let Some(before) = read(tx, &MemberId::new(id))? else { continue };
        if let Some(after) = member::ended(&before, act.at) {
            ended.push(save(tx, act, &before, &after)?);
        }
    }
    Ok(ended)
}

/// The name of a member's sessions: a door that signs her in puts it into the cookie.
///
/// Errors: `NotFound` when there is none.
pub fn session_name(tx: &WriteTransaction<'_>, id: &MemberId) -> Result<String, ActError> {
    let found = rows::texts(tx, "SELECT transient_id FROM members WHERE id = ?", [id.as_str()])?;
    Ok(found.into_iter().next().ok_or(Refusal::NotFound { noun: "member" })?)
}

/// Deletes a member with her subscriptions, events, votes and reports. Her comments stay, without a name.
///
/// Errors: `NotFound` when there is none. The history does not tell it, as with Ghost: the name is gone, too.
pub fn destroy(tx: &WriteTransaction<'_>, id: &MemberId) -> Result<Saved<MemberId>, ActError> {
    // Foreign keys say what goes along.
    if rows::delete(tx, "members", "id", id.as_str())? == 0 {
        return Err(Refusal::NotFound { noun: "member" }.into());
    }
    tx.changed(Changed::Member(id.clone()));
    Ok(Saved { id: id.clone(), event: Some(NounEvent::Deleted) })
}

fn gather<'a>(
    tx: &WriteTransaction<'_>,
    act: &'a Act,
    before: &MemberSheet,
    edit: &MemberEdit,
) -> Result<MemberGround<'a>, ActError> {
    let id = before.id.as_str();
    let is_email_taken = match edit.email.get() {
        Some(email) => {
            let sql = "SELECT 1 FROM members WHERE email = ? AND id <> ?";
            tx.connection().prepare_cached(sql)?.exists([email.as_str(), id])?
        }
        None => false,
    };
    if let Some(wanted) = edit.newsletters.get() {
        let sql = "SELECT 1 FROM newsletters WHERE id = ?";
        for newsletter in wanted {
            if !tx.connection().prepare_cached(sql)?.exists([newsletter.as_str()])? {
                return Err(
                    Refusal::invalid_field("newsletters", "There is no newsletter with this id.").into()
                );
            }
        }
    }
    let defaults = "SELECT id FROM newsletters WHERE status = 'active' AND subscribe_on_signup = 1 \
                    AND visibility = 'members' ORDER BY sort_order, id";
    let active = "SELECT id FROM products WHERE active = 1";
    let paid = "SELECT p.product_id FROM members_stripe_customers c \
                JOIN members_stripe_customers_subscriptions s ON s.customer_id = c.customer_id \
                JOIN stripe_prices pr ON pr.stripe_price_id = s.stripe_price_id \
                JOIN stripe_products p ON p.stripe_product_id = pr.stripe_product_id \
                WHERE c.member_id = ? AND s.status IN ('active', 'trialing', 'past_due', 'unpaid')";
    Ok(MemberGround {
        site: &act.site,
        is_email_taken,
        default_newsletters: rows::texts(tx, defaults, [])?.into_iter().map(NewsletterId::new).collect(),
        active_tiers: rows::texts(tx, active, [])?.into_iter().map(TierId::new).collect(),
        paid_tiers: rows::texts(tx, paid, [id])?.into_iter().map(TierId::new).collect(),
    })
}

fn read(tx: &WriteTransaction<'_>, id: &MemberId) -> Result<Option<MemberSheet>, ActError> {
    let mut sheet = MemberSheet::new(id.clone());
    let sql = format!(
        "SELECT email, status, enable_comment_notifications, email_disabled, {} FROM members WHERE id = ?",
        rows::names_of(&sheet.texts)
    );
    let found = tx.connection().prepare_cached(&sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        sheet.email = c.text()?;
        sheet.status = MemberStatus::parse(&c.text()?);
        sheet.enable_comment_notifications = c.flag()?;
        sheet.email_disabled = c.flag()?;
        rows::read_texts(&mut sheet.texts, &mut c)
    });
    if found.optional()?.is_none() {
        return Ok(None);
    }
    let labels = "SELECT l.name FROM members_labels ml JOIN labels l ON l.id = ml.label_id \
                  WHERE ml.member_id = ? ORDER BY ml.sort_order, ml.id";
    sheet.labels = rows::texts(tx, labels, [id.as_str()])?;
    let newsletters = "SELECT n.id FROM members_newsletters mn JOIN newsletters n ON n.id = mn.newsletter_id \
                       WHERE mn.member_id = ? AND n.status = 'active' ORDER BY n.id";
    sheet.newsletters =
        rows::texts(tx, newsletters, [id.as_str()])?.into_iter().map(NewsletterId::new).collect();
    let tiers =
        "SELECT product_id, expiry_at FROM members_products WHERE member_id = ? ORDER BY sort_order, id";
    let mut statement = tx.connection().prepare_cached(tiers)?;
    let held = statement.query_map([id.as_str()], |row| {
        let mut c = Columns::new(row);
        Ok(HeldTier { id: TierId::new(c.text()?), ends_at: c.optional_instant()? })
    })?;
    sheet.tiers = held.collect::<rusqlite::Result<_>>()?;
    Ok(Some(sheet))
}

/// Labels, tiers and newsletters, with their events.
fn relate(
    tx: &WriteTransaction<'_>,
    act: &Act,
    before: &MemberSheet,
    after: &MemberSheet,
) -> Result<(), ActError> {
    let id = after.id.as_str();
    if before.labels != after.labels {
        let sql = "SELECT label_id FROM members_labels WHERE member_id = ? ORDER BY sort_order, id";
        let was = rows::texts(tx, sql, [id])?;
        let is = labels::find(tx, act, &after.labels)?;
        let was: Vec<&str> = was.iter().map(String::as_str).collect();
        let is: Vec<&str> = is.iter().map(String::as_str).collect();
        rows::pair_up(tx, &LABELS, id, (&was, &is), act.at)?;
    }
    let was: Vec<&str> = before.tiers.iter().map(|tier| tier.id.as_str()).collect();
    let is: Vec<&str> = after.tiers.iter().map(|tier| tier.id.as_str()).collect();
    rows::pair_up(tx, &TIERS, id, (&was, &is), act.at)?;
    write_ends(tx, before, after)?;
    for (tier, action) in
        differences(&was, &is).map(|(tier, is_new)| (tier, if is_new { "added" } else { "removed" }))
    {
        let change = vec![("product_id", Cell::text(Some(tier))), ("action", Cell::text(Some(action)))];
        event(tx, act, "members_product_events", id, change)?;
    }
    let was: Vec<&str> = before.newsletters.iter().map(NewsletterId::as_str).collect();
    let is: Vec<&str> = after.newsletters.iter().map(NewsletterId::as_str).collect();
    for (newsletter, is_new) in differences(&was, &is) {
        if is_new {
            let pair = vec![
                ("id", Cell::Text(tx.new_id(act.at))),
                ("member_id", Cell::text(Some(id))),
                ("newsletter_id", Cell::text(Some(newsletter))),
            ];
            rows::insert(tx, "members_newsletters", &pair)?;
        } else {
            let sql = "DELETE FROM members_newsletters WHERE member_id = ? AND newsletter_id = ?";
            tx.connection().prepare_cached(sql)?.execute([id, newsletter])?;
        }
        let change = vec![
            ("newsletter_id", Cell::text(Some(newsletter))),
            ("subscribed", Cell::Flag(is_new)),
            ("source", Cell::text(Some(source_of(&act.by)))),
        ];
        event(tx, act, "members_subscribe_events", id, change)?;
    }
    Ok(())
}

/// When given tiers end. Ghost writes the instants of this column as milliseconds on SQLite.
fn write_ends(tx: &WriteTransaction<'_>, before: &MemberSheet, after: &MemberSheet) -> Result<(), ActError> {
    for tier in after.tiers.iter().filter(|tier| !before.tiers.contains(tier)) {
        let is_new = before.tiers.iter().all(|had| had.id != tier.id);
        if is_new && tier.ends_at.is_none() {
            continue;
        }
        let sql = "UPDATE members_products SET expiry_at = ? WHERE member_id = ? AND product_id = ?";
        let ends_at = tier.ends_at.map(|ends_at| ends_at.as_millisecond());
        tx.connection().prepare_cached(sql)?.execute((ends_at, after.id.as_str(), tier.id.as_str()))?;
    }
    Ok(())
}

/// What came (true) and what went.
fn differences<'a>(was: &'a [&'a str], is: &'a [&'a str]) -> impl Iterator<Item = (&'a str, bool)> {
    let came = is.iter().filter(|id| !was.contains(id)).map(|id| (*id, true));
    came.chain(was.iter().filter(|id| !is.contains(id)).map(|id| (*id, false)))
}

pub(super) fn event(
    tx: &WriteTransaction<'_>,
    act: &Act,
    table: &'static str,
    member: &str,
    cells: Vec<(&'static str, Cell)>,
) -> Result<(), ActError> {
    let mut row = vec![
        ("id", Cell::Text(tx.new_id(act.at))),
        ("member_id", Cell::text(Some(member))),
        ("created_at", Cell::Instant(act.at)),
    ];
    row.extend(cells);
    rows::insert(tx, table, &row)
}

fn source_of(by: &Actor) -> &'static str {
    match by {
        Actor::User(_) => "admin",
        Actor::Integration(_) => "api",
        Actor::System => "system",
    }
}

/// Where a new member came from, as Ghost's Admin app shows it.
fn where_from(
    tx: &WriteTransaction<'_>,
    by: &Actor,
) -> Result<(Option<String>, Option<&'static str>), ActError> {
    Ok(match by {
        Actor::User(_) => (Some("Created manually".into()), Some("Ghost Admin")),
        Actor::Integration(id) => {
            let name = rows::texts(tx, "SELECT name FROM integrations WHERE id = ?", [id])?;
            (name.into_iter().next().map(|name| format!("Integration: {name}")), Some("Admin API"))
        }
        Actor::System => (None, None),
    })
}

fn told(
    tx: &WriteTransaction<'_>,
    act: &Act,
    member: &MemberSheet,
    event: NounEvent,
) -> Result<Saved<MemberId>, ActError> {
    let sql = "SELECT commenting FROM members WHERE id = ? AND commenting IS NOT NULL";
    let stored = rows::texts(tx, sql, [member.id.as_str()])?.into_iter().next();
    let mut commenting: Value = serde_json::from_str(stored.as_deref().unwrap_or(MAY_COMMENT))
        .unwrap_or_else(|_| json!({ "disabled": false }));
    if let Some(commenting) = commenting.as_object_mut() {
        let is_disabled = commenting.get("disabled") == Some(&json!(true));
        commenting.insert("canComment".into(), json!(!is_disabled));
    }
    let name = member.texts.get("name").unwrap_or(&member.email);
    let context = vec![("commenting", commenting), ("primary_name", Value::from(name))];
    history::tell(tx, act, Line { noun: "member", id: Some(member.id.as_str()), event, context })?;
    tx.changed(Changed::Member(member.id.clone()));
    Ok(Saved { id: member.id.clone(), event: Some(event) })
}
