//! Newsletters, offers and recommendations, as readers see them.

use jiff::Timestamp;

use crate::id::{NewsletterId, OfferId, RecommendationId, TierId};

/// A newsletter that a member can subscribe to.
#[derive(Debug, Clone, PartialEq)]
pub struct Newsletter {
    pub id: NewsletterId,
    pub uuid: String,
    pub name: String,
    pub description: Option<String>,
    pub slug: String,
    pub sender_email: Option<String>,
    pub subscribe_on_signup: bool,
    pub visibility: String,
    pub sort_order: i64,
    pub created_at: Timestamp,
    pub updated_at: Option<Timestamp>,
}

/// A reduced price or a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub id: OfferId,
    pub name: String,
    pub code: String,
    pub display_title: Option<String>,
    pub display_description: Option<String>,
    /// `percent`, `fixed` or `trial`, as the API names it.
    pub kind: String,
    /// `month` or `year`.
    pub cadence: String,
    pub amount: i64,
    pub duration: String,
    pub duration_in_months: Option<i64>,
    pub currency: Option<String>,
    pub status: String,
    pub redemption_type: String,
    pub tier: Option<(TierId, String)>,
}

/// Another publication that this one recommends.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    pub id: RecommendationId,
    pub title: String,
    pub description: Option<String>,
    pub excerpt: Option<String>,
    pub featured_image: Option<String>,
    pub favicon: Option<String>,
    pub url: String,
    pub one_click_subscribe: bool,
    pub created_at: Timestamp,
    pub updated_at: Option<Timestamp>,
}
