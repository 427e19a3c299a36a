//! Offers.

use model::Offer;
use model::id::{OfferId, TierId};
use rusqlite::{OptionalExtension, Row};

use crate::row::Columns;
use crate::{Result, Snapshot};

const SELECT: &str = "select offers.id, offers.name, offers.code, offers.portal_title, offers.portal_description, \
    offers.discount_type, offers.interval, offers.discount_amount, offers.duration, offers.duration_in_months, \
    offers.currency, offers.active, offers.redemption_type, products.id, products.name \
    from offers left join products on products.id = offers.product_id";

/// One offer, active or not.
pub fn read(snapshot: &Snapshot<'_>, id: &str) -> Result<Option<Offer>> {
    let mut statement = snapshot.prepare(&format!("{SELECT} where offers.id = ?"))?;
    Ok(statement.query_row([id], offer).optional()?)
}

/// The active offer behind a link `/{code}`.
pub fn read_by_code(snapshot: &Snapshot<'_>, code: &str) -> Result<Option<Offer>> {
    let mut statement = snapshot.prepare(&format!("{SELECT} where offers.code = ? and offers.active = 1"))?;
    Ok(statement.query_row([code], offer).optional()?)
}

fn offer(row: &Row<'_>) -> rusqlite::Result<Offer> {
    let mut c = Columns::new(row);
    let (id, name, code) = (OfferId::new(c.text()?), c.text()?, c.text()?);
    let (display_title, display_description) = (c.optional()?, c.optional()?);
    let kind = match c.text()? {
        amount if amount == "amount" => "fixed".to_owned(),
        kind => kind,
    };
    let (cadence, amount) = (c.text()?, c.number()?.unwrap_or_default());
    let duration = c.text()?;
    let duration_in_months = c.number()?.filter(|_| duration == "repeating");
    let currency = c.optional()?.filter(|_| kind == "fixed");
    let status = if c.flag()? { "active" } else { "archived" }.to_owned();
    let redemption_type = c.text()?;
    let tier = match (c.optional()?, c.optional()?) {
        (Some(id), Some(name)) => Some((TierId::new(id), name)),
        _ => None,
    };
    Ok(Offer {
        id,
        name,
        code,
        display_title,
        display_description,
        kind,
        cadence,
        amount,
        duration,
        duration_in_months,
        currency,
        status,
        redemption_type,
        tier,
    })
}
