//! Tiers (table `products`).

use std::borrow::Cow;
use std::collections::HashMap;

use model::Tier;
use model::id::TierId;
use nql::{Datum, Subject};

use crate::row::Columns;
use crate::{Result, Scope, Snapshot};

/// Tiers with their benefits, in Ghost's order; public scope: active ones. The filter is evaluated on each.
pub fn browse(snapshot: &Snapshot<'_>, scope: Scope, filter: Option<&nql::Filter>) -> Result<Vec<Tier>> {
    let mut benefits = benefits(snapshot)?;
    let tiers = rows(snapshot)?.into_iter().map(|mut tier| {
        tier.benefits = Some(benefits.remove(tier.id.as_str()).unwrap_or_default());
        tier.currency = tier.currency.filter(|_| tier.kind == "paid").map(|currency| currency.to_uppercase());
        tier
    });
    let tiers = tiers.filter(|tier| scope == Scope::Staff || tier.active);
    Ok(tiers.filter(|tier| filter.is_none_or(|filter| filter.tree().holds_for(&Asked(tier)))).collect())
}

/// All tiers as they stand in the table, cheapest first.
pub(crate) fn rows(snapshot: &Snapshot<'_>) -> Result<Vec<Tier>> {
    let mut statement = snapshot.prepare(
        "select id, name, slug, active, welcome_page_url, visibility, trial_days, description, type, currency, \
         monthly_price, yearly_price, created_at, updated_at, monthly_price_id, yearly_price_id from products \
         order by monthly_price asc",
    )?;
    let tiers = statement.query_map((), |row| {
        let mut c = Columns::new(row);
        Ok(Tier {
            id: TierId::new(c.text()?),
            name: c.text()?,
            slug: c.text()?,
            active: c.flag()?,
            welcome_page_url: c.optional()?,
            visibility: c.text()?,
            trial_days: c.number()?.unwrap_or_default(),
            description: c.optional()?,
            kind: c.text()?,
            currency: c.optional()?,
            monthly_price: c.number()?,
            yearly_price: c.number()?,
            created_at: c.instant()?,
            updated_at: c.optional_instant()?,
            monthly_price_id: c.optional()?,
            yearly_price_id: c.optional()?,
            benefits: None,
        })
    })?;
    Ok(tiers.collect::<rusqlite::Result<Vec<_>>>()?)
}

/// A tier as Ghost lists it with posts that were not given chosen tiers: without the old price ids, its currency in
/// lower case.
pub(crate) fn as_listed_with_posts(mut tier: Tier) -> Tier {
    tier.currency = tier.currency.filter(|_| tier.kind == "paid").map(|currency| currency.to_lowercase());
    tier.monthly_price_id = None;
    tier.yearly_price_id = None;
    tier
}

fn benefits(snapshot: &Snapshot<'_>) -> Result<HashMap<String, Vec<String>>> {
    let mut statement = snapshot.prepare(
        "select products_benefits.product_id, benefits.name from products_benefits \
         join benefits on benefits.id = products_benefits.benefit_id \
         order by products_benefits.sort_order, products_benefits.id",
    )?;
    let mut rows = statement.query(())?;
    let mut benefits: HashMap<String, Vec<String>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let mut c = Columns::new(row);
        benefits.entry(c.text()?).or_default().push(c.text()?);
    }
    Ok(benefits)
}

/// A tier as a filter sees it: under the names of Ghost's own object, which are not those of the API. A filter on
/// `monthly_price` therefore never finds one.
struct Asked<'t>(&'t Tier);

impl Subject for Asked<'_> {
    fn datum(&self, key: &str) -> Datum<'_> {
        let tier = self.0;
        let number = |number: Option<i64>| number.map_or(Datum::Null, |number| Datum::Number(number as f64));
        match key {
            "id" => Datum::text(tier.id.as_str()),
            "name" => Datum::text(&tier.name),
            "slug" => Datum::text(&tier.slug),
            "active" => Datum::Bool(tier.active),
            "status" => Datum::text(if tier.active { "active" } else { "archived" }),
            "type" => Datum::text(&tier.kind),
            "visibility" => Datum::text(&tier.visibility),
            "description" => Datum::optional(tier.description.as_deref()),
            "welcomePageURL" => Datum::optional(tier.welcome_page_url.as_deref()),
            "trialDays" => Datum::Number(tier.trial_days as f64),
            "currency" => Datum::optional(tier.currency.as_deref()),
            "monthlyPrice" => number(tier.monthly_price),
            "yearlyPrice" => number(tier.yearly_price),
            "createdAt" => Datum::Other,
            "updatedAt" => tier.updated_at.map_or(Datum::Null, |_| Datum::Other),
            "benefits" => {
                let benefits = tier.benefits.iter().flatten();
                Datum::List(benefits.map(|name| Datum::Text(Cow::Borrowed(name.as_str()))).collect())
            }
            _ => Datum::Missing,
        }
    }
}
