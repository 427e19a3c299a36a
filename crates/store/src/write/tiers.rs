//! Tiers (table `products`) and what they promise.

use jiff::Timestamp;
use model::dates;
use model::id::TierId;
use rusqlite::OptionalExtension;

use super::row::{Filled, insert};
use crate::{Changed, WriteError, WriteTransaction};

/// A tier to be added.
#[derive(Debug, Clone)]
pub struct NewTier {
    pub id: TierId,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub welcome_page_url: Option<String>,
    /// Whether it is offered to readers.
    pub is_public: bool,
    pub trial_days: u32,
    /// None for a free tier.
    pub price: Option<TierPrice>,
    /// Name and slug of each benefit, in order. One whose slug is there already is shared.
    pub benefits: Vec<(String, String)>,
}

/// What a paid tier costs.
#[derive(Debug, Clone)]
pub struct TierPrice {
    /// ISO 4217, lower case.
    pub currency: String,
    /// In the smallest unit of the currency.
    pub monthly: u32,
    /// In the smallest unit of the currency.
    pub yearly: u32,
}

/// Adds a tier. Errors: `Conflict` when the slug is taken.
pub fn add_tier(tx: &WriteTransaction<'_>, tier: &NewTier, now: Timestamp) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    let price = tier.price.as_ref();
    insert(
        tx,
        "products",
        &[
            ("id", &tier.id.as_str()),
            ("name", &tier.name),
            ("slug", &tier.slug),
            ("active", &true),
            ("welcome_page_url", &Filled(&tier.welcome_page_url)),
            ("visibility", &if tier.is_public { "public" } else { "none" }),
            ("trial_days", &tier.trial_days),
            ("description", &Filled(&tier.description)),
            ("type", &if price.is_some() { "paid" } else { "free" }),
            ("currency", &price.map(|price| &price.currency)),
            ("monthly_price", &price.map(|price| price.monthly)),
            ("yearly_price", &price.map(|price| price.yearly)),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )?;
    for ((name, slug), place) in tier.benefits.iter().zip(0_i64..) {
        let sql = "SELECT id FROM benefits WHERE slug = ?";
        let known: Option<String> =
            tx.connection().prepare_cached(sql)?.query_row([slug], |row| row.get(0)).optional()?;
        let benefit = match known {
            Some(id) => id,
            None => {
                let id = tx.new_id(now);
                insert(
                    tx,
                    "benefits",
                    &[("id", &id), ("name", name), ("slug", slug), ("created_at", &at), ("updated_at", &at)],
                )?;
                id
            }
        };
        insert(
            tx,
            "products_benefits",
            &[
                ("id", &tx.new_id(now)),
                ("product_id", &tier.id.as_str()),
                ("benefit_id", &benefit),
                ("sort_order", &place),
            ],
        )?;
    }
    tx.changed(Changed::Offering);
    Ok(())
}
