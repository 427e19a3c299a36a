//! Newsletters: add, edit. One is archived, never deleted: letters were sent by it.

use model::Refusal;
use model::edit::newsletter::{self, FLAGS, NewsletterEdit, NewsletterSheet, WORDS, wanted_slug};
use model::edit::{Cell, changed};
use model::id::NewsletterId;
use rusqlite::OptionalExtension;

use super::{Act, ActError, NounEvent, Saved, rows};
use crate::row::Columns;
use crate::{Changed, WriteTransaction};

/// Adds a newsletter behind the active ones.
pub fn add(
    tx: &WriteTransaction<'_>,
    act: &Act,
    edit: &NewsletterEdit,
) -> Result<Saved<NewsletterId>, ActError> {
    let sql = "SELECT coalesce(max(sort_order) + 1, 0) FROM newsletters WHERE status = 'active'";
    let place = tx.connection().prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    let blank = NewsletterSheet::new(NewsletterId::new(tx.new_id(act.at)), place);
    let after = decide(tx, act, (None, &blank), edit)?;
    let mut row = vec![("id", Cell::text(Some(after.id.as_str()))), ("uuid", Cell::Text(tx.new_uuid()))];
    row.extend(after.row());
    row.extend(rows::made_at(act.at));
    rows::insert(tx, "newsletters", &row)?;
    Ok(saved(tx, after.id, NounEvent::Added))
}

/// Edits a newsletter, also archives it.
///
/// Errors: `NotFound` when there is none.
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    id: &NewsletterId,
    edit: &NewsletterEdit,
) -> Result<Saved<NewsletterId>, ActError> {
    let before = read(tx, id)?.ok_or(Refusal::NotFound { noun: "newsletter" })?;
    let after = decide(tx, act, (Some(&before), &before), edit)?;
    let mut row = changed(&before.row(), after.row());
    if row.is_empty() {
        return Ok(Saved { id: id.clone(), event: None });
    }
    row.push(("updated_at", Cell::Instant(act.at)));
    rows::update(tx, "newsletters", id.as_str(), &row)?;
    Ok(saved(tx, after.id, NounEvent::Edited))
}

/// The newsletter with this slug.
pub fn find(tx: &WriteTransaction<'_>, slug: &str) -> Result<Option<NewsletterId>, ActError> {
    let found = rows::texts(tx, "SELECT id FROM newsletters WHERE slug = ?", [slug])?;
    Ok(found.into_iter().next().map(NewsletterId::new))
}

fn decide(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (before, sheet): (Option<&NewsletterSheet>, &NewsletterSheet),
    edit: &NewsletterEdit,
) -> Result<NewsletterSheet, ActError> {
    let taken = rows::taken_slugs(tx, "newsletters", wanted_slug(before, edit).as_deref())?;
    let is_name_taken = match edit.name.get() {
        Some(name) => {
            let sql = "SELECT 1 FROM newsletters WHERE name = ? AND id <> ?";
            tx.connection().prepare_cached(sql)?.exists([name.trim(), sheet.id.as_str()])?
        }
        None => false,
    };
    Ok(newsletter::edited(sheet, edit, (&taken, is_name_taken), &act.site)?)
}

fn saved(tx: &WriteTransaction<'_>, id: NewsletterId, event: NounEvent) -> Saved<NewsletterId> {
    tx.changed(Changed::Offering);
    Saved { id, event: Some(event) }
}

fn read(tx: &WriteTransaction<'_>, id: &NewsletterId) -> Result<Option<NewsletterSheet>, ActError> {
    let mut sheet = NewsletterSheet::new(id.clone(), 0);
    let flags: Vec<&str> = FLAGS.iter().map(|(name, _)| *name).collect();
    let words: Vec<&str> = WORDS.iter().map(|(name, ..)| *name).collect();
    let sql = format!(
        "SELECT name, slug, sort_order, {}, {}, {} FROM newsletters WHERE id = ?",
        flags.join(", "),
        words.join(", "),
        rows::names_of(&sheet.texts)
    );
    let found = tx.connection().prepare_cached(&sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        sheet.name = c.text()?;
        sheet.slug = c.text()?;
        sheet.sort_order = c.number()?.unwrap_or_default();
        for flag in &mut sheet.flags {
            *flag = c.flag()?;
        }
        for word in &mut sheet.words {
            *word = c.text()?;
        }
        rows::read_texts(&mut sheet.texts, &mut c)
    });
    Ok(found.optional()?.map(|()| sheet))
}
