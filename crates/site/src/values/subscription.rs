//! A member's subscriptions as templates see them. Offers and discounts, and where a subscriber came from, are not told.

use handlebars::{Arena, Object, Value};
use model::Subscription;
use model::subscription::{MemberTier, Price};

use super::{TierValue, instant, text};

/// One subscription.
#[derive(Clone, Copy)]
pub struct SubscriptionValue<'a>(pub &'a Subscription);

const GIVEN: &[&str] = &[
    "id",
    "tier",
    "customer",
    "plan",
    "status",
    "start_date",
    "default_payment_card_last4",
    "cancel_at_period_end",
    "cancellation_reason",
    "current_period_end",
    "price",
    "offer",
    "offer_redemptions",
    "next_payment",
];
const PAID: &[&str] = &[
    "id",
    "customer",
    "plan",
    "status",
    "start_date",
    "default_payment_card_last4",
    "cancel_at_period_end",
    "cancellation_reason",
    "current_period_end",
    "trial_start_at",
    "trial_end_at",
    "discount_start",
    "discount_end",
    "price",
    "tier",
    "offer",
    "offer_redemptions",
    "next_payment",
    "attribution",
];

impl<'a> Object<'a> for SubscriptionValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let subscription = self.0;
        if !self.keys(arena).contains(&name) {
            return Value::Undefined;
        }
        match name {
            "id" => Value::Text(&subscription.id),
            "customer" => {
                let customer = &subscription.customer;
                let (name, email) = (text(customer.name.as_deref()), text(customer.email.as_deref()));
                arena.map([("id", Value::Text(&customer.id)), ("name", name), ("email", email)])
            }
            "plan" => plan(&subscription.plan, subscription.is_given(), arena),
            "price" => price(subscription, arena),
            "tier" => match &subscription.tier {
                Some(held) => {
                    Value::Object(arena.put(HeldTier { held, tier: TierValue::in_post(&held.tier) }))
                }
                None => Value::Undefined,
            },
            "status" => Value::Text(&subscription.status),
            "start_date" => instant(Some(subscription.start_at), arena),
            "default_payment_card_last4" => Value::Text(subscription.card_last4.as_deref().unwrap_or("****")),
            "cancel_at_period_end" => Value::Bool(subscription.cancel_at_period_end),
            "cancellation_reason" => text(subscription.cancellation_reason.as_deref()),
            "current_period_end" => instant(subscription.current_period_end, arena),
            "trial_start_at" => instant(subscription.trial_start_at, arena),
            "trial_end_at" => instant(subscription.trial_end_at, arena),
            "discount_start" => instant(subscription.discount_start, arena),
            "discount_end" => instant(subscription.discount_end, arena),
            "offer_redemptions" => Value::List(&[]),
            "next_payment" if subscription.is_active() => next_payment(&subscription.plan, arena),
            _ => Value::Null,
        }
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        if self.0.is_given() { GIVEN } else { PAID }
    }
}

fn plan<'a>(plan: &'a Price, is_given: bool, arena: &'a Arena) -> Value<'a> {
    let (id, nickname) = (("id", Value::Text(&plan.id)), ("nickname", text(plan.nickname.as_deref())));
    let amount = ("amount", Value::Number(plan.amount as f64));
    let interval = ("interval", text(plan.interval.as_deref()));
    let currency = ("currency", Value::Text(&plan.currency));
    match is_given {
        true => arena.map([id, nickname, interval, currency, amount]),
        false => arena.map([id, nickname, amount, interval, currency]),
    }
}

fn price<'a>(subscription: &'a Subscription, arena: &'a Arena) -> Value<'a> {
    let price = &subscription.price;
    let product = subscription.product.as_ref().map(|product| {
        let (id, tier) =
            (("id", Value::Text(&product.id)), ("product_id", Value::Text(product.tier.as_str())));
        let value = match subscription.is_given() {
            true => arena.map([id, tier]),
            false => arena.map([id, ("name", text(product.name.as_deref())), tier]),
        };
        ("product", value)
    });
    let fields = [
        ("id", Value::Text(&price.id)),
        ("price_id", Value::Text(&subscription.price_id)),
        ("nickname", text(price.nickname.as_deref())),
        ("amount", Value::Number(price.amount as f64)),
        ("interval", text(price.interval.as_deref())),
        ("type", Value::Text(&price.kind)),
        ("currency", Value::Text(&price.currency)),
    ];
    arena.map(fields.into_iter().chain(product))
}

fn next_payment<'a>(plan: &'a Price, arena: &'a Arena) -> Value<'a> {
    let amount = Value::Number(plan.amount as f64);
    arena.map([
        ("original_amount", amount),
        ("amount", amount),
        ("interval", text(plan.interval.as_deref())),
        ("currency", Value::Text(&plan.currency)),
        ("discount", Value::Null),
    ])
}

/// A tier that a member has: as one of a post's, but with its currency as it is stored, and with its end.
#[derive(Clone, Copy)]
struct HeldTier<'a> {
    held: &'a MemberTier,
    tier: TierValue<'a>,
}

impl<'a> Object<'a> for HeldTier<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        match name {
            "currency" => text(self.held.tier.currency.as_deref()),
            "expiry_at" => match self.held.expiry_as_stored.as_deref() {
                Some(stored) => stored.parse().map_or(Value::Text(stored), Value::Number),
                None => Value::Null,
            },
            _ => self.tier.get(name, arena),
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        arena.slice(self.tier.keys(arena).iter().copied().chain(["expiry_at"]))
    }
}
