//! Tiers: adding and editing what readers can be or buy. The free tier has no price, and keeps none.

use std::collections::BTreeSet;

use super::slug::{self, SlugOf};
use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row};
use crate::Refusal;
use crate::id::TierId;
use crate::site_url::SiteUrl;

/// The texts of a tier that may be null, and their limits.
pub const TEXTS: &[TextColumn] =
    &[TextColumn::plain("description", 191), TextColumn::plain("welcome_page_url", 2000)];

const NAME_MAX: usize = 191;

/// Highest price, in the smallest unit of its currency.
const PRICE_MAX: i64 = 99_999_999;

/// What a paid tier costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// ISO 4217, three letters; stored in capitals.
    pub currency: String,
    /// In the smallest unit of the currency.
    pub monthly: i64,
    /// In the smallest unit of the currency.
    pub yearly: i64,
}

/// A tier as staff sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct TierSheet {
    pub id: TierId,
    pub name: String,
    pub slug: String,
    /// False when it is archived: nobody can get it any more.
    pub is_active: bool,
    /// Whether it is offered to readers.
    pub is_public: bool,
    pub trial_days: u32,
    /// None for the free tier.
    pub price: Option<Price>,
    pub texts: Texts,
    /// What it promises, in words, in their order.
    pub benefits: Vec<String>,
}

impl TierSheet {
    /// One that has only its id.
    pub fn new(id: TierId) -> Self {
        TierSheet {
            id,
            name: String::new(),
            slug: String::new(),
            is_active: true,
            is_public: true,
            trial_days: 0,
            price: None,
            texts: Texts::none("products", TEXTS),
            benefits: vec![],
        }
    }

    /// Its columns, without the instants.
    pub fn row(&self) -> Row {
        let price = self.price.as_ref();
        let mut row = vec![
            ("name", Cell::text(Some(self.name.as_str()))),
            ("slug", Cell::text(Some(self.slug.as_str()))),
            ("active", Cell::Flag(self.is_active)),
            ("visibility", Cell::text(Some(if self.is_public { "public" } else { "none" }))),
            ("trial_days", Cell::Number(i64::from(self.trial_days))),
            ("type", Cell::text(Some(if price.is_some() { "paid" } else { "free" }))),
            ("currency", Cell::text(price.map(|price| price.currency.as_str()))),
            ("monthly_price", price.map_or(Cell::Null, |price| Cell::Number(price.monthly))),
            ("yearly_price", price.map_or(Cell::Null, |price| Cell::Number(price.yearly))),
        ];
        row.extend(self.texts.row());
        row
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct TierEdit {
    pub name: Change<String>,
    /// Only for a new one; without it, the name makes it.
    pub slug: Change<String>,
    pub is_active: Change<bool>,
    pub is_public: Change<bool>,
    pub trial_days: Change<u32>,
    pub currency: Change<String>,
    pub monthly_price: Change<i64>,
    pub yearly_price: Change<i64>,
    /// Texts of [`TEXTS`].
    pub texts: TextEdits,
    pub benefits: Change<Vec<String>>,
}

/// The slug that a new tier asks for.
pub fn wanted_slug(edit: &TierEdit) -> Option<String> {
    let given = edit.slug.get().filter(|slug| !slug.is_empty()).or_else(|| edit.name.get())?;
    Some(slug::wanted(SlugOf::Tier, given))
}

/// The slug by which the same promise of two tiers is one.
pub fn benefit_slug(words: &str) -> String {
    slug::wanted(SlugOf::Benefit, words)
}

/// Decides on a new tier, which costs something: the free one comes with the publication.
///
/// Errors: `Invalid` for a name, price or currency that may not be.
pub fn added(
    blank: &TierSheet,
    edit: &TierEdit,
    taken: &BTreeSet<String>,
    site: &SiteUrl,
) -> Result<TierSheet, Refusal> {
    let mut blank = blank.clone();
    blank.price = Some(Price { currency: String::new(), monthly: 0, yearly: 0 });
    blank.slug = wanted_slug(edit).map(|wanted| slug::free(&wanted, taken)).unwrap_or_default();
    decide(blank, edit, site)
}

/// Decides on a change of a tier. Its slug stays.
///
/// Errors: `Invalid` for a name, price or currency that may not be, also for any price of the free tier.
pub fn edited(before: &TierSheet, edit: &TierEdit, site: &SiteUrl) -> Result<TierSheet, Refusal> {
    decide(before.clone(), edit, site)
}

fn decide(mut after: TierSheet, edit: &TierEdit, site: &SiteUrl) -> Result<TierSheet, Refusal> {
    if let Some(name) = edit.name.get() {
        name.trim().clone_into(&mut after.name);
    }
    if after.name.is_empty() {
        return Err(Refusal::blank("products", "name"));
    }
    if after.name.chars().count() > NAME_MAX {
        return Err(Refusal::too_long("products", "name", NAME_MAX));
    }
    if let Some(is_active) = edit.is_active.get() {
        after.is_active = *is_active;
    }
    if let Some(is_public) = edit.is_public.get() {
        after.is_public = *is_public;
    }
    if let Some(days) = edit.trial_days.get() {
        after.trial_days = *days;
    }
    set_price(&mut after, edit)?;
    after.texts.edit(&edit.texts, site)?;
    if let Some(benefits) = edit.benefits.get() {
        let mut seen = BTreeSet::new();
        let benefits = benefits.iter().map(|words| words.trim()).filter(|words| !words.is_empty());
        let benefits = benefits.filter(|words| seen.insert(benefit_slug(words)));
        after.benefits = benefits.map(str::to_owned).collect();
    }
    Ok(after)
}

fn set_price(after: &mut TierSheet, edit: &TierEdit) -> Result<(), Refusal> {
    let (monthly, yearly) = (edit.monthly_price.get(), edit.yearly_price.get());
    let Some(price) = &mut after.price else {
        if monthly.is_some() || yearly.is_some() {
            return Err(Refusal::invalid("Cannot set pricing for free tiers"));
        }
        return Ok(());
    };
    if let Some(currency) = edit.currency.get() {
        price.currency = currency.to_ascii_uppercase();
    }
    let is_currency = price.currency.len() == 3 && price.currency.bytes().all(|b| b.is_ascii_alphabetic());
    if !is_currency {
        return Err(Refusal::invalid("Tier currency must be a 3 letter ISO currency code"));
    }
    for (wanted, kept) in [(monthly, &mut price.monthly), (yearly, &mut price.yearly)] {
        let Some(wanted) = wanted else { continue };
        if *wanted < 0 {
            return Err(Refusal::invalid("Tier prices must not be negative"));
        }
        if *wanted > PRICE_MAX {
            return Err(Refusal::invalid("Tier prices may not exceed 999999.99"));
        }
        *kept = *wanted;
    }
    Ok(())
}
