//! One offer, as the Content API shows it. There is no list.

use model::Offer;
use serde::Serialize;

use super::envelope::{Envelope, Meta};
use super::options::Lookup;
use super::{Call, Named};
use crate::fault::{Fault, Kind};
use crate::query::Query;

/// The offer of this id.
pub fn read(call: &Call<'_>, query: &Query<'_>, named: &Named) -> Result<Vec<u8>, Fault> {
    let lookup = Lookup::read(query, &["id"], named)?;
    let offer = store::offers::read(call.snapshot, lookup.value("id").unwrap_or_default())?;
    let offer = offer.ok_or_else(|| Fault::new(Kind::NotFound, "Offer not found."))?;
    Envelope { name: "offers", items: &[OfferJson::from(&offer)], meta: Meta::None }.write()
}

#[derive(Serialize)]
struct OfferJson<'o> {
    id: &'o str,
    name: &'o str,
    display_title: &'o str,
    display_description: &'o str,
    #[serde(rename = "type")]
    kind: &'o str,
    cadence: &'o str,
    amount: i64,
    duration: &'o str,
    duration_in_months: Option<i64>,
    /// Whether it is for one currency only.
    currency_restriction: bool,
    currency: Option<&'o str>,
    status: &'o str,
    redemption_type: &'o str,
    tier: Option<OfferTierJson<'o>>,
}

#[derive(Serialize)]
struct OfferTierJson<'o> {
    id: &'o str,
    name: &'o str,
}

impl<'o> From<&'o Offer> for OfferJson<'o> {
    fn from(offer: &'o Offer) -> Self {
        OfferJson {
            id: offer.id.as_str(),
            name: &offer.name,
            display_title: offer.display_title.as_deref().unwrap_or_default(),
            display_description: offer.display_description.as_deref().unwrap_or_default(),
            kind: &offer.kind,
            cadence: &offer.cadence,
            amount: offer.amount,
            duration: &offer.duration,
            duration_in_months: offer.duration_in_months,
            currency_restriction: offer.currency.is_some(),
            currency: offer.currency.as_deref(),
            status: &offer.status,
            redemption_type: &offer.redemption_type,
            tier: offer.tier.as_ref().map(|(id, name)| OfferTierJson { id: id.as_str(), name }),
        }
    }
}
