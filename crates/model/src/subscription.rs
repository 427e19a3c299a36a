//! What a member pays for, or was given.

use jiff::Timestamp;

use crate::Tier;
use crate::id::TierId;

/// One subscription of a member: from the payment provider's rows, or made up for a tier that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// The payment provider's; empty for a given one.
    pub id: String,
    pub customer: Customer,
    /// What was agreed on.
    pub plan: Price,
    /// What the provider asks.
    pub price: Price,
    /// Id of the price's row.
    pub price_id: String,
    /// `None` when the provider's product is not known here.
    pub product: Option<Product>,
    pub status: String,
    pub start_at: Timestamp,
    pub card_last4: Option<String>,
    pub cancel_at_period_end: bool,
    pub cancellation_reason: Option<String>,
    pub current_period_end: Option<Timestamp>,
    pub trial_start_at: Option<Timestamp>,
    pub trial_end_at: Option<Timestamp>,
    pub discount_start: Option<Timestamp>,
    pub discount_end: Option<Timestamp>,
    /// The member's tier that it pays for.
    pub tier: Option<MemberTier>,
}

/// Who pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    pub id: String,
    pub name: Option<String>,
    pub email: Option<String>,
}

/// An amount at an interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    pub id: String,
    pub nickname: Option<String>,
    /// In the smallest unit of the currency.
    pub amount: i64,
    /// `month` or `year`.
    pub interval: Option<String>,
    /// `recurring` or `one_time`.
    pub kind: String,
    /// In upper case.
    pub currency: String,
}

/// A tier as the payment provider sells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    pub id: String,
    pub name: Option<String>,
    pub tier: TierId,
}

/// A tier that a member has.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberTier {
    pub tier: Tier,
    /// When it ends, if it was given for a time.
    pub expiry_at: Option<Timestamp>,
    /// The same as it stands in the table, which is how themes see it.
    pub expiry_as_stored: Option<String>,
}

impl Subscription {
    /// Not backed by the payment provider.
    pub fn is_given(&self) -> bool {
        self.id.is_empty()
    }

    /// Whether there will be another payment.
    pub fn is_active(&self) -> bool {
        matches!(self.status.as_str(), "active" | "trialing" | "unpaid" | "past_due")
    }
}
