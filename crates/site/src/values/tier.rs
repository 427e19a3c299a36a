//! Tiers, newsletters, recommendations and a list's pagination as templates see them.

use handlebars::{Arena, Object, Value};
use model::{Limit, Newsletter, Pagination, Recommendation, Tier};
use web::Facts;

use super::{address, filled, instant, text};

/// A tier: of its own (`{{#get "tiers"}}`), or as one of a post's.
#[derive(Clone, Copy)]
pub struct TierValue<'a> {
    tier: &'a Tier,
    in_post: bool,
}

const OWN: &[&str] = &[
    "id",
    "name",
    "description",
    "slug",
    "active",
    "type",
    "welcome_page_url",
    "created_at",
    "updated_at",
    "visibility",
    "benefits",
    "currency",
    "monthly_price",
    "yearly_price",
    "trial_days",
];
const IN_POST: &[&str] = &[
    "id",
    "name",
    "slug",
    "active",
    "welcome_page_url",
    "visibility",
    "trial_days",
    "description",
    "type",
    "currency",
    "monthly_price",
    "yearly_price",
    "created_at",
    "updated_at",
    "monthly_price_id",
    "yearly_price_id",
];

impl<'a> TierValue<'a> {
    /// The tier as the resource of that name.
    pub fn new(tier: &'a Tier) -> Self {
        TierValue { tier, in_post: false }
    }

    /// The tier as one of a post's.
    pub fn in_post(tier: &'a Tier) -> Self {
        TierValue { tier, in_post: true }
    }

    /// The tier as a template value.
    pub fn value(self, arena: &'a Arena) -> Value<'a> {
        Value::Object(arena.put(self))
    }
}

impl<'a> Object<'a> for TierValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let tier = self.tier;
        let number = |value: Option<i64>| value.map_or(Value::Null, |value| Value::Number(value as f64));
        match name {
            "id" => Value::Text(tier.id.as_str()),
            "name" => Value::Text(&tier.name),
            "slug" => Value::Text(&tier.slug),
            "description" => text(tier.description.as_deref()),
            "active" => Value::Bool(tier.active),
            "type" => Value::Text(&tier.kind),
            "welcome_page_url" => text(tier.welcome_page_url.as_deref()),
            "visibility" => Value::Text(&tier.visibility),
            "trial_days" => Value::Number(tier.trial_days as f64),
            "created_at" => instant(Some(tier.created_at), arena),
            "updated_at" => instant(tier.updated_at, arena),
            "currency" if self.in_post || tier.is_paid() => match &tier.currency {
                Some(currency) if self.in_post => Value::Text(arena.text(&currency.to_lowercase())),
                Some(currency) => Value::Text(arena.text(&currency.to_uppercase())),
                None => Value::Null,
            },
            "monthly_price" if self.in_post || tier.is_paid() => number(tier.monthly_price),
            "yearly_price" if self.in_post || tier.is_paid() => number(tier.yearly_price),
            "benefits" if !self.in_post => {
                let benefits = tier.benefits.as_deref().unwrap_or_default();
                arena.list(benefits.iter().map(|benefit| Value::Text(benefit)))
            }
            "monthly_price_id" if self.in_post => text(tier.monthly_price_id.as_deref()),
            "yearly_price_id" if self.in_post => text(tier.yearly_price_id.as_deref()),
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, arena: &'a Arena) -> &'a [&'a str] {
        let names = if self.in_post { IN_POST } else { OWN };
        arena.slice(names.iter().copied().filter(|name| !matches!(self.get(name, arena), Value::Undefined)))
    }
}

/// A newsletter.
#[derive(Clone, Copy)]
pub struct NewsletterValue<'a>(pub &'a Newsletter);

impl<'a> Object<'a> for NewsletterValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let newsletter = self.0;
        match name {
            "id" => Value::Text(newsletter.id.as_str()),
            "uuid" => Value::Text(&newsletter.uuid),
            "name" => Value::Text(&newsletter.name),
            "description" => text(newsletter.description.as_deref()),
            "slug" => Value::Text(&newsletter.slug),
            "sender_email" => text(newsletter.sender_email.as_deref()),
            "subscribe_on_signup" => Value::Bool(newsletter.subscribe_on_signup),
            "visibility" => Value::Text(&newsletter.visibility),
            "sort_order" => Value::Number(newsletter.sort_order as f64),
            "created_at" => instant(Some(newsletter.created_at), arena),
            "updated_at" => instant(newsletter.updated_at, arena),
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &[
            "id",
            "uuid",
            "name",
            "description",
            "slug",
            "sender_email",
            "subscribe_on_signup",
            "visibility",
            "sort_order",
            "created_at",
            "updated_at",
        ]
    }
}

/// A recommended publication.
#[derive(Clone, Copy)]
pub struct RecommendationValue<'a> {
    /// The row.
    pub recommendation: &'a Recommendation,
    /// Whose it is.
    pub facts: &'a Facts,
}

impl<'a> Object<'a> for RecommendationValue<'a> {
    fn get(&'a self, name: &str, arena: &'a Arena) -> Value<'a> {
        let row = self.recommendation;
        match name {
            "id" => Value::Text(row.id.as_str()),
            "title" => Value::Text(&row.title),
            "description" => filled(row.description.as_deref()),
            "excerpt" => filled(row.excerpt.as_deref()),
            "featured_image" => address(row.featured_image.as_deref(), self.facts, arena),
            "favicon" => address(row.favicon.as_deref(), self.facts, arena),
            "url" => Value::Text(&row.url),
            "one_click_subscribe" => Value::Bool(row.one_click_subscribe),
            "created_at" => instant(Some(row.created_at), arena),
            "updated_at" => instant(row.updated_at, arena),
            _ => Value::Undefined,
        }
    }

    fn keys(&'a self, _: &'a Arena) -> &'a [&'a str] {
        &[
            "id",
            "title",
            "description",
            "excerpt",
            "featured_image",
            "favicon",
            "url",
            "one_click_subscribe",
            "created_at",
            "updated_at",
        ]
    }
}

/// A list's pagination as templates see it.
pub fn pagination<'a>(pagination: &Pagination, arena: &'a Arena) -> Value<'a> {
    let number = |value: Option<u32>| value.map_or(Value::Null, |value| Value::Number(f64::from(value)));
    let limit = match pagination.limit {
        Limit::All => Value::Text("all"),
        Limit::Rows(rows) => Value::Number(f64::from(rows)),
    };
    arena.map([
        ("page", Value::Number(f64::from(pagination.page))),
        ("limit", limit),
        ("pages", Value::Number(f64::from(pagination.pages))),
        ("total", Value::Number(pagination.total as f64)),
        ("next", number(pagination.next())),
        ("prev", number(pagination.prev())),
    ])
}
