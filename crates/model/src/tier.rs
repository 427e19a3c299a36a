//! A tier: what a member can be or buy (table `products`).

use jiff::Timestamp;

use crate::id::TierId;

/// A membership level.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    pub id: TierId,
    pub name: String,
    pub slug: String,
    pub active: bool,
    pub welcome_page_url: Option<String>,
    /// `public` or `none`, as stored.
    pub visibility: String,
    pub trial_days: i64,
    pub description: Option<String>,
    /// `free` or `paid`, as stored.
    pub kind: String,
    /// ISO 4217, as stored (mostly lower case).
    pub currency: Option<String>,
    /// In the smallest unit of the currency.
    pub monthly_price: Option<i64>,
    /// In the smallest unit of the currency.
    pub yearly_price: Option<i64>,
    pub created_at: Timestamp,
    pub updated_at: Option<Timestamp>,
    pub monthly_price_id: Option<String>,
    pub yearly_price_id: Option<String>,
    /// What it promises, in order, when asked for.
    pub benefits: Option<Vec<String>>,
}

impl Tier {
    /// True for a tier that costs money.
    pub fn is_paid(&self) -> bool {
        self.kind == "paid"
    }
}
