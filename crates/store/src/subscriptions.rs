//! Subscriptions of one member: the payment provider's rows, and what stands for tiers that were given.

use std::collections::HashMap;

use jiff::Timestamp;
use model::id::TierId;
use model::subscription::{Customer, MemberTier, Price, Product};
use model::{Member, MemberStatus, Subscription};
use rusqlite::{OptionalExtension, Row};

use crate::row::Columns;
use crate::{Result, Snapshot};

const PAID: &str = "select s.subscription_id, c.customer_id, c.name, c.email, \
    s.plan_id, s.plan_nickname, s.plan_amount, s.plan_interval, s.plan_currency, \
    p.stripe_price_id, p.nickname, p.amount, p.interval, p.currency, p.type, p.id, \
    sp.stripe_product_id, products.name, sp.product_id, \
    s.status, s.start_date, s.default_payment_card_last4, s.cancel_at_period_end, s.cancellation_reason, \
    s.current_period_end, s.trial_start_at, s.trial_end_at, s.discount_start, s.discount_end \
    from members_stripe_customers c \
    join members_stripe_customers_subscriptions s on s.customer_id = c.customer_id \
    join stripe_prices p on p.stripe_price_id = s.stripe_price_id \
    left join stripe_products sp on sp.stripe_product_id = p.stripe_product_id \
    left join products on products.id = sp.product_id \
    where c.member_id = ? and s.status not in ('incomplete', 'incomplete_expired') \
    order by s.created_at, s.id";

/// All subscriptions of a member but those that were never completed. A comped or gift member has one for each tier
/// that nothing pays for; where it is not on record since when, it is `now`.
pub fn of_member(snapshot: &Snapshot<'_>, member: &Member, now: Timestamp) -> Result<Vec<Subscription>> {
    let tiers = tiers(snapshot, member)?;
    let mut statement = snapshot.prepare(PAID)?;
    let rows = statement.query_map([member.id.as_str()], subscription)?;
    let mut subscriptions = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for subscription in &mut subscriptions {
        subscription.tier = subscription
            .product
            .as_ref()
            .and_then(|product| tiers.iter().find(|held| held.tier.id == product.tier).cloned());
    }
    if matches!(member.status, MemberStatus::Comped | MemberStatus::Gift) {
        let is_paid_for = |tier: &TierId| {
            let is_of = |product: &Product| product.tier == *tier;
            subscriptions.iter().any(|paid| paid.is_active() && paid.product.as_ref().is_some_and(is_of))
        };
        let price = given_price(snapshot, member)?;
        let mut given = Vec::new();
        for held in tiers.into_iter().filter(|held| !is_paid_for(&held.tier.id)) {
            let start_at = since(snapshot, member, &held.tier.id)?.unwrap_or(now);
            given.push(given_subscription(member, held, price.clone(), start_at));
        }
        subscriptions.extend(given);
    }
    Ok(subscriptions)
}

fn tiers(snapshot: &Snapshot<'_>, member: &Member) -> Result<Vec<MemberTier>> {
    let mut all: HashMap<_, _> =
        crate::tiers::rows(snapshot)?.into_iter().map(|tier| (tier.id.as_str().to_owned(), tier)).collect();
    let mut statement = snapshot.prepare(
        "select product_id, expiry_at, expiry_at from members_products where member_id = ? \
         order by sort_order, id",
    )?;
    let rows = statement.query_map([member.id.as_str()], |row| {
        let mut c = Columns::new(row);
        Ok((c.text()?, c.optional_instant()?, c.optional()?))
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let tier = |(id, expiry_at, expiry_as_stored): (String, _, _)| {
        Some(MemberTier { tier: all.remove(&id)?, expiry_at, expiry_as_stored })
    };
    Ok(rows.into_iter().filter_map(tier).collect())
}

fn subscription(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    let mut c = Columns::new(row);
    Ok(Subscription {
        id: c.text()?,
        customer: Customer { id: c.text()?, name: c.optional()?, email: c.optional()? },
        plan: price(&mut c, false)?,
        price: price(&mut c, true)?,
        price_id: c.text()?,
        product: match (c.optional()?, c.optional()?, c.optional()?) {
            (Some(id), name, Some(tier)) => Some(Product { id, name, tier: TierId::new(tier) }),
            _ => None,
        },
        status: c.text()?,
        start_at: c.instant()?,
        card_last4: c.optional()?,
        cancel_at_period_end: c.flag()?,
        cancellation_reason: c.optional()?,
        current_period_end: c.optional_instant()?,
        trial_start_at: c.optional_instant()?,
        trial_end_at: c.optional_instant()?,
        discount_start: c.optional_instant()?,
        discount_end: c.optional_instant()?,
        tier: None,
    })
}

fn price(c: &mut Columns<'_>, with_kind: bool) -> rusqlite::Result<Price> {
    Ok(Price {
        id: c.text()?,
        nickname: c.optional()?,
        amount: c.number()?.unwrap_or_default(),
        interval: c.optional()?,
        currency: c.text()?.to_uppercase(),
        kind: if with_kind { c.text()? } else { String::new() },
    })
}

/// The price that a given tier shows: nothing, or what somebody else paid for the gift.
fn given_price(snapshot: &Snapshot<'_>, member: &Member) -> Result<Price> {
    let is_gift = member.status == MemberStatus::Gift;
    let mut price = Price {
        id: String::new(),
        nickname: Some(if is_gift { "Gift subscription" } else { "Complimentary" }.to_owned()),
        amount: 0,
        interval: Some("year".to_owned()),
        kind: "recurring".to_owned(),
        currency: "USD".to_owned(),
    };
    if is_gift {
        let mut statement = snapshot.prepare(
            "select cadence, currency, amount from gifts where redeemer_member_id = ? and status = 'redeemed' \
             order by redeemed_at desc, id desc limit 1",
        )?;
        let gift = statement.query_row([member.id.as_str()], |row| {
            let mut c = Columns::new(row);
            Ok((c.optional()?, c.text()?, c.number()?.unwrap_or_default()))
        });
        if let Some((interval, currency, amount)) = gift.optional()? {
            price = Price { interval, currency, amount, ..price };
        }
    }
    Ok(price)
}

/// When the member got the tier, the last time.
fn since(snapshot: &Snapshot<'_>, member: &Member, tier: &TierId) -> Result<Option<Timestamp>> {
    let mut statement = snapshot.prepare(
        "select created_at from members_product_events where member_id = ? and product_id = ? \
         and action = 'added' order by created_at desc limit 1",
    )?;
    let added =
        statement.query_row([member.id.as_str(), tier.as_str()], |row| Columns::new(row).optional_instant());
    Ok(added.optional()?.flatten())
}

fn given_subscription(member: &Member, held: MemberTier, price: Price, start_at: Timestamp) -> Subscription {
    Subscription {
        id: String::new(),
        customer: Customer {
            id: String::new(),
            name: member.name.clone(),
            email: Some(member.email.clone()),
        },
        plan: price.clone(),
        price,
        price_id: String::new(),
        product: Some(Product { id: String::new(), name: None, tier: held.tier.id.clone() }),
        status: "active".to_owned(),
        start_at,
        card_last4: None,
        cancel_at_period_end: false,
        cancellation_reason: None,
        current_period_end: held.expiry_at,
        trial_start_at: None,
        trial_end_at: None,
        discount_start: None,
        discount_end: None,
        tier: Some(held),
    }
}
