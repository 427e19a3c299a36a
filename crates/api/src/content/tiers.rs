//! Tiers: as a resource of their own, and as they stand with a post.

use model::Tier;
use serde::Serialize;
use store::Scope;

use super::Call;
use super::envelope::{Envelope, LimitMeta, Meta, PageMeta};
use super::options::{Options, Taken};
use super::shown::instant;
use crate::fault::{Fault, Kind};
use crate::query::Query;

/// All are checked, and only the filter changes anything.
const BROWSE: Taken = Taken { names: &["limit", "fields", "filter", "order", "page"], include: &[] };

/// The list of active tiers, on one page.
pub fn browse(call: &Call<'_>, query: &Query<'_>) -> Result<Vec<u8>, Fault> {
    let options = Options::read(query, &BROWSE, &call.facts.config)?;
    let invalid = || Fault::new(Kind::BadRequest, "The NQL filter you passed was invalid.");
    let filter = match options.sent().0 {
        None => None,
        Some(crate::query::Param::Text(text)) => {
            Some(nql::Filter::parse(text, call.now).map_err(|_| invalid())?)
        }
        Some(_) => return Err(invalid()),
    };
    let tiers = store::tiers::browse(call.snapshot, Scope::Public, filter.as_ref())?;
    let items: Vec<TierJson<'_>> = tiers.iter().map(TierJson::from).collect();
    let n = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let page = PageMeta {
        page: 1,
        limit: LimitMeta::Rows(n),
        pages: Some(1),
        total: u64::from(n),
        next: None,
        prev: None,
    };
    Envelope { name: "tiers", items: &items, meta: Meta::Page(page) }.write()
}

#[derive(Serialize)]
struct TierJson<'t> {
    id: &'t str,
    name: &'t str,
    description: Option<&'t str>,
    slug: &'t str,
    active: bool,
    #[serde(rename = "type")]
    kind: &'t str,
    welcome_page_url: Option<&'t str>,
    created_at: String,
    updated_at: Option<String>,
    visibility: &'t str,
    benefits: Option<&'t [String]>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    price: Option<PriceJson<'t>>,
    trial_days: i64,
}

/// What only paid tiers have.
#[derive(Serialize)]
struct PriceJson<'t> {
    currency: Option<&'t str>,
    monthly_price: Option<i64>,
    yearly_price: Option<i64>,
}

impl<'t> From<&'t Tier> for TierJson<'t> {
    fn from(tier: &'t Tier) -> Self {
        TierJson {
            id: tier.id.as_str(),
            name: &tier.name,
            description: tier.description.as_deref(),
            slug: &tier.slug,
            active: tier.active,
            kind: &tier.kind,
            welcome_page_url: tier.welcome_page_url.as_deref(),
            created_at: instant(tier.created_at),
            updated_at: tier.updated_at.map(instant),
            visibility: &tier.visibility,
            benefits: tier.benefits.as_deref(),
            price: (tier.kind != "free").then_some(PriceJson {
                currency: tier.currency.as_deref(),
                monthly_price: tier.monthly_price,
                yearly_price: tier.yearly_price,
            }),
            trial_days: tier.trial_days,
        }
    }
}

/// A tier as it stands with a post.
#[derive(Serialize)]
pub struct PostTierJson<'t> {
    id: &'t str,
    name: &'t str,
    slug: &'t str,
    active: bool,
    welcome_page_url: Option<&'t str>,
    visibility: &'t str,
    trial_days: i64,
    description: Option<&'t str>,
    #[serde(rename = "type")]
    kind: &'t str,
    currency: Option<&'t str>,
    monthly_price: Option<i64>,
    yearly_price: Option<i64>,
    created_at: String,
    updated_at: Option<String>,
    monthly_price_id: Option<&'t str>,
    yearly_price_id: Option<&'t str>,
}

impl<'t> From<&'t Tier> for PostTierJson<'t> {
    fn from(tier: &'t Tier) -> Self {
        PostTierJson {
            id: tier.id.as_str(),
            name: &tier.name,
            slug: &tier.slug,
            active: tier.active,
            welcome_page_url: tier.welcome_page_url.as_deref(),
            visibility: &tier.visibility,
            trial_days: tier.trial_days,
            description: tier.description.as_deref(),
            kind: &tier.kind,
            currency: tier.currency.as_deref(),
            monthly_price: tier.monthly_price,
            yearly_price: tier.yearly_price,
            created_at: instant(tier.created_at),
            updated_at: tier.updated_at.map(instant),
            monthly_price_id: tier.monthly_price_id.as_deref(),
            yearly_price_id: tier.yearly_price_id.as_deref(),
        }
    }
}
