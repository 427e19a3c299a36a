//! Tiers (table `products`) and what they promise: add, edit. A tier is archived, never deleted: members have had it.

use model::Refusal;
use model::edit::tier::{self, Price, TierEdit, TierSheet, benefit_slug, wanted_slug};
use model::edit::{Cell, changed};
use model::id::TierId;
use rusqlite::OptionalExtension;

use super::rows::{self, Join};
use super::{Act, ActError, NounEvent, Saved};
use crate::row::Columns;
use crate::{Changed, WriteTransaction};

const BENEFITS: Join = Join { table: "products_benefits", owner: "product_id", other: "benefit_id" };

/// Adds a paid tier. The same name may be there already: the slug then gets a number.
pub fn add(tx: &WriteTransaction<'_>, act: &Act, edit: &TierEdit) -> Result<Saved<TierId>, ActError> {
    let blank = TierSheet::new(TierId::new(tx.new_id(act.at)));
    let taken = rows::taken_slugs(tx, "products", wanted_slug(edit).as_deref())?;
    let after = tier::added(&blank, edit, &taken, &act.site)?;
    let mut row = vec![("id", Cell::text(Some(after.id.as_str())))];
    row.extend(after.row());
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "products", &row)?;
    promise(tx, act, &blank, &after)?;
    Ok(saved(tx, after.id, NounEvent::Added))
}

/// Edits a tier, also archives it.
///
/// Errors: `NotFound` when there is none.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    id: &TierId,
    edit: &TierEdit,
) -> Result<Saved<TierId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "tier" })?;
    let after = tier::edited(&before, edit, &act.site)?;
    if before == after {
        return Ok(Saved { id: id.clone(), event: None });
    }
    let mut row = changed(&before.row(), after.row());
    row.push(("updated_at", Cell::Instant(act.at)));
    rows::update(tx, "products", id.as_str(), &row)?;
    promise(tx, act, &before, &after)?;
    Ok(saved(tx, after.id, NounEvent::Edited))
}

/// The tier with this slug.
pub fn find(tx: &WriteTransaction<'_>, slug: &str) -> Result<Option<TierId>, ActError> {
    let found = rows::texts(tx, "SELECT id FROM products WHERE slug = ?", [slug])?;
    Ok(found.into_iter().next().map(TierId::new))
}

fn saved(tx: &WriteTransaction<'_>, id: TierId, event: NounEvent) -> Saved<TierId> {
    tx.changed(Changed::Offering);
    Saved { id, event: Some(event) }
}

/// Benefits are shared between tiers: one whose words make a slug that is there already is that one.
fn promise(
    tx: &WriteTransaction<'_>,
    act: &Act,
    before: &TierSheet,
    after: &TierSheet,
) -> Result<(), ActError> {
    if before.benefits == after.benefits {
        return Ok(());
    }
    let mut is = Vec::new();
    for words in &after.benefits {
        let slug = benefit_slug(words);
        let known = rows::texts(tx, "SELECT id FROM benefits WHERE slug = ?", [&slug])?.into_iter().next();
        is.push(match known {
            Some(id) => id,
            None => {
                let id = tx.new_id(act.at);
                let mut row = vec![
                    ("id", Cell::text(Some(id.as_str()))),
                    ("name", Cell::text(Some(words.as_str()))),
                    ("slug", Cell::Text(slug)),
                ];
                row.extend(rows::made_at(act.at));
                rows::insert(tx, "benefits", &row)?;
                id
            }
        });
    }
    let id = after.id.as_str();
    let sql = "SELECT benefit_id FROM products_benefits WHERE product_id = ? ORDER BY sort_order, id";
    let was = rows::texts(tx, sql, [id])?;
    let was: Vec<&str> = was.iter().map(String::as_str).collect();
    let is: Vec<&str> = is.iter().map(String::as_str).collect();
    rows::pair_up(tx, &BENEFITS, id, (&was, &is), act.at)
}

fn read(tx: &WriteTransaction<'_>, id: &TierId) -> Result<Option<TierSheet>, ActError> {
    let mut sheet = TierSheet::new(id.clone());
    let sql = format!(
        "SELECT name, slug, active, visibility, trial_days, type, currency, monthly_price, yearly_price, {} \
         FROM products WHERE id = ?",
        rows::names_of(&sheet.texts)
    );
    let found = tx.connection().prepare_cached(&sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        sheet.name = c.text()?;
        sheet.slug = c.text()?;
        sheet.is_active = c.flag()?;
        sheet.is_public = c.text()? == "public";
        sheet.trial_days = c.number()?.and_then(|days| u32::try_from(days).ok()).unwrap_or_default();
        let is_paid = c.text()? != "free";
        let (currency, monthly, yearly) = (c.text()?, c.number()?, c.number()?);
        sheet.price = is_paid.then(|| Price {
            currency,
            monthly: monthly.unwrap_or_default(),
            yearly: yearly.unwrap_or_default(),
        });
        rows::read_texts(&mut sheet.texts, &mut c)
    });
    if found.optional()?.is_none() {
        return Ok(None);
    }
    let sql = "SELECT b.name FROM products_benefits pb JOIN benefits b ON b.id = pb.benefit_id \
               WHERE pb.product_id = ? ORDER BY pb.sort_order, pb.id";
    sheet.benefits = rows::texts(tx, sql, [id.as_str()])?;
    Ok(Some(sheet))
}
