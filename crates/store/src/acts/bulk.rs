//! One change of all posts or pages that a filter finds, and their deletion.
//!
//! As in Ghost nothing is told of each: no event, no revision; the history has one line for all.

use model::edit::bulk::{self, BulkEdit, BulkPlan};
use model::edit::post::Stale;
use model::edit::{Cell, Row};
use model::id::{PostId, TagId};
use model::{PostKind, PostStatus, Refusal};
use serde_json::Value;

use super::history::{self, Line};
use super::{Act, ActError, NounEvent, post_ground, posts, rows};
use crate::{Changed, Error, Scope, WriteError, WriteTransaction};

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedBulk {
    /// In the order of their making.
    pub ids: Vec<PostId>,
    pub stale: Stale,
}

/// A post that is meant, as far as it must be known.
struct Meant {
    id: String,
    title: String,
    status: PostStatus,
}

/// Changes all of this kind that the filter finds, whatever their status.
///
/// Errors: `Bad` for a filter that cannot be understood, and those of [`bulk::plan`].
pub fn edit(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, filter): (PostKind, &nql::Filter),
    edit: &BulkEdit,
) -> Result<SavedBulk, ActError> {
    let plan = bulk::plan(edit)?;
    let mut meant = find(tx, kind, filter)?;
    if let Some(status) = plan.only {
        meant.retain(|post| post.status == status);
    }
    let tags = if meant.is_empty() { vec![] } else { post_ground::find_tags(tx, act, &plan.tags)? };
    let tiers = plan.tiers.as_deref().map(|ids| post_ground::find_tiers(tx, ids)).transpose()?;
    let tiers: Option<Vec<&str>> = tiers.as_ref().map(|ids| ids.iter().map(|id| id.as_str()).collect());
    for post in &meant {
        change(tx, post, &plan)?;
        for tag in &tags {
            add_tag(tx, act, &post.id, tag)?;
        }
        if let Some(tiers) = &tiers {
            let sql = "SELECT product_id FROM posts_products WHERE post_id = ? ORDER BY sort_order, id";
            let was = rows::texts(tx, sql, [&post.id])?;
            let was: Vec<&str> = was.iter().map(String::as_str).collect();
            rows::pair_up(tx, &super::post_rows::TIERS, &post.id, (&was, tiers), act.at)?;
        }
    }
    tell(tx, act, (kind, &meant), NounEvent::Edited, plan.told_as)?;
    Ok(saved(tx, meant, Stale::Everything))
}

/// Deletes all of this kind that the filter finds, also the letters that were sent of them.
///
/// Errors: `Bad` for a filter that cannot be understood.
pub fn destroy(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, filter): (PostKind, &nql::Filter),
) -> Result<SavedBulk, ActError> {
    let meant = find(tx, kind, filter)?;
    for post in &meant {
        for email in rows::texts(tx, "SELECT id FROM emails WHERE post_id = ?", [&post.id])? {
            destroy_letter(tx, &email)?;
        }
        posts::destroy_rows(tx, &post.id)?;
    }
    tell(tx, act, (kind, &meant), NounEvent::Deleted, None)?;
    let are_drafts = meant.iter().all(|post| post.status == PostStatus::Draft);
    Ok(saved(tx, meant, if are_drafts { Stale::Nothing } else { Stale::Everything }))
}

fn find(tx: &WriteTransaction<'_>, kind: PostKind, filter: &nql::Filter) -> Result<Vec<Meant>, ActError> {
    let query = crate::PostQuery { scope: Scope::Staff, filter: Some(filter), ..crate::PostQuery::of(kind) };
    let found = crate::posts::names_in(tx.connection(), &query).map_err(|error| match error {
        error if error.is_bad_request() => Refusal::Bad { message: error.to_string() }.into(),
        Error::Locked => ActError::Failed(WriteError::Locked),
        error => ActError::Failed(error.into()),
    })?;
    Ok(found.into_iter().map(|(id, title, status)| Meant { id, title, status }).collect())
}

fn change(tx: &WriteTransaction<'_>, post: &Meant, plan: &BulkPlan) -> Result<(), ActError> {
    rows::update(tx, "posts", &post.id, &plan.row)?;
    if plan.clears_letter {
        let no_letter: Row = vec![("email_only", Cell::Flag(false))];
        for id in rows::texts(tx, "SELECT id FROM posts_meta WHERE post_id = ? AND email_only", [&post.id])? {
            rows::update(tx, "posts_meta", &id, &no_letter)?;
        }
    }
    Ok(())
}

fn add_tag(tx: &WriteTransaction<'_>, act: &Act, post: &str, tag: &TagId) -> Result<(), ActError> {
    let sql = "SELECT 1 FROM posts_tags WHERE post_id = ? AND tag_id = ?";
    if tx.connection().prepare_cached(sql)?.exists([post, tag.as_str()])? {
        return Ok(());
    }
    let row = vec![
        ("id", Cell::Text(tx.new_id(act.at))),
        ("post_id", Cell::text(Some(post))),
        ("tag_id", Cell::text(Some(tag.as_str()))),
        // Ghost gives it no place of its own; by its later id it comes behind the first tag.
        ("sort_order", Cell::Number(0)),
    ];
    rows::insert(tx, "posts_tags", &row)
}

/// A letter with its batches, recipients, failures and complaints. Addresses that are blocked stay blocked.
fn destroy_letter(tx: &WriteTransaction<'_>, email: &str) -> Result<(), ActError> {
    let sql = "UPDATE suppressions SET email_id = NULL WHERE email_id = ?";
    tx.connection().prepare_cached(sql)?.execute([email])?;
    for table in
        ["email_recipient_failures", "email_spam_complaint_events", "email_recipients", "email_batches"]
    {
        rows::delete(tx, table, "email_id", email)?;
    }
    rows::delete(tx, "emails", "id", email)?;
    Ok(())
}

/// One line for all; of one post, with its title.
fn tell(
    tx: &WriteTransaction<'_>,
    act: &Act,
    (kind, meant): (PostKind, &[Meant]),
    event: NounEvent,
    told_as: Option<&'static str>,
) -> Result<(), ActError> {
    if meant.is_empty() {
        return Ok(());
    }
    let mut context: Vec<(&'static str, Value)> = Vec::new();
    let id = match meant {
        [one] => {
            context.push(("primary_name", Value::from(one.title.as_str())));
            Some(one.id.as_str())
        }
        several => {
            context.push(("count", Value::from(several.len())));
            None
        }
    };
    context.extend(told_as.map(|word| ("action_name", Value::from(word))));
    context.push(("type", Value::from(kind.as_str())));
    history::tell(tx, act, Line { noun: "post", id, event, context })
}

fn saved(tx: &WriteTransaction<'_>, meant: Vec<Meant>, stale: Stale) -> SavedBulk {
    let ids: Vec<PostId> = meant.into_iter().map(|post| PostId::new(post.id)).collect();
    for id in &ids {
        tx.changed(Changed::Post(id.clone()));
    }
    SavedBulk { ids, stale }
}
