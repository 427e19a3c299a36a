//! What a decision on a post stands on: the tags, authors and tiers that a request names, slugs that are taken, the
//! last revision.

use jiff::Timestamp;
use model::PostKind;
use model::edit::post::{AuthorRef, Ground, PostEdit, PostSheet, TagRef, wanted_slug};
use model::edit::revision::LastRevision;
use model::edit::tag::{TagEdit, plain_refs};
use model::edit::{Actor, Change};
use model::id::{AuthorId, NewsletterId, PostId, TagId, TierId};
use model::{Refusal, Settings};
use rusqlite::{OptionalExtension, Params};

use super::{Act, ActError, owner, rows, tags, writer_of};
use crate::WriteTransaction;
use crate::row::Columns;

/// Gathers it. Tags that are not there yet are made.
pub(super) fn gather<'a>(
    tx: &WriteTransaction<'_>,
    act: &'a Act,
    id: &PostId,
    before: Option<&PostSheet>,
    edit: &PostEdit,
) -> Result<Ground<'a>, ActError> {
    let wanted = wanted_slug(before, edit);
    let is_there = |sql: &str| -> Result<bool, ActError> {
        Ok(tx.connection().prepare_cached(sql)?.exists([id.as_str()])?)
    };
    Ok(Ground {
        now: act.at,
        site: &act.site,
        writer: writer_of(tx, &act.by)?,
        taken_slugs: rows::taken_slugs(tx, "posts", wanted.as_deref())?,
        tags: edit.tags.get().map(|refs| find_tags(tx, act, refs)).transpose()?,
        authors: edit.authors.get().map(|refs| find_authors(tx, refs)).transpose()?,
        tiers: edit.tiers.get().map(|ids| find_tiers(tx, ids)).transpose()?,
        last_revision: last_revision(tx, id)?,
        has_email: is_there("SELECT 1 FROM emails WHERE post_id = ?")?,
        newsletter: match &edit.newsletter {
            Some((slug, _)) => {
                let sql = "SELECT id FROM newsletters WHERE slug = ? AND status = 'active'";
                one(tx, sql, [slug])?.map(NewsletterId::new)
            }
            None => None,
        },
        is_internal: act.by == Actor::System,
    })
}

/// A new post as the publication's settings want it to begin.
pub(super) fn blank(tx: &WriteTransaction<'_>, act: &Act, kind: PostKind) -> Result<PostSheet, ActError> {
    let mut sheet = PostSheet::new(kind, PostId::new(tx.new_id(act.at)), tx.new_uuid());
    let sql = "SELECT \"key\", value FROM settings WHERE \"key\" IN \
               ('default_content_visibility', 'default_content_visibility_tiers')";
    let mut statement = tx.connection().prepare_cached(sql)?;
    let pairs = statement.query_map([], |row| {
        let mut c = Columns::new(row);
        Ok((c.text()?, c.optional()?))
    })?;
    let settings = Settings::new(pairs.collect::<rusqlite::Result<Vec<_>>>()?);
    if let Some(visibility) = settings.text("default_content_visibility") {
        sheet.visibility = visibility.to_owned();
    }
    if sheet.visibility == "tiers" {
        let ids = settings.text("default_content_visibility_tiers").unwrap_or("[]");
        // A list that cannot be read names no tier: the post is then for nobody until somebody says for whom.
        let ids: Vec<String> = serde_json::from_str(ids).unwrap_or_default();
        let ids: Vec<TierId> = ids.into_iter().map(TierId::new).collect();
        sheet.tiers = find_tiers(tx, &ids)?;
    }
    Ok(sheet)
}

fn one(tx: &WriteTransaction<'_>, sql: &str, params: impl Params) -> Result<Option<String>, ActError> {
    Ok(tx.connection().prepare_cached(sql)?.query_row(params, |row| row.get(0)).optional()?)
}

pub(super) fn find_tags(
    tx: &WriteTransaction<'_>,
    act: &Act,
    refs: &[TagRef],
) -> Result<Vec<TagId>, ActError> {
    let mut ids: Vec<TagId> = Vec::new();
    for wanted in plain_refs(refs) {
        let id = match find_tag(tx, &wanted)? {
            Some(id) => TagId::new(id),
            None => {
                let name = wanted.name.or_else(|| wanted.slug.clone());
                let Some(name) = name else {
                    return Err(Refusal::invalid_field("tags", "There is no tag with this id.").into());
                };
                let edit = TagEdit {
                    name: Change::To(name),
                    slug: wanted.slug.map_or(Change::Keep, Change::To),
                    ..TagEdit::default()
                };
                tags::add(tx, act, &edit)?.id
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn find_tag(tx: &WriteTransaction<'_>, wanted: &TagRef) -> Result<Option<String>, ActError> {
    if let Some(id) = &wanted.id
        && let Some(found) = one(tx, "SELECT id FROM tags WHERE id = ?", [id.as_str()])?
    {
        return Ok(Some(found));
    }
    match (&wanted.slug, &wanted.name) {
        (Some(slug), _) => one(tx, "SELECT id FROM tags WHERE slug = ?", [slug]),
        (None, Some(name)) => one(tx, "SELECT id FROM tags WHERE name = ? ORDER BY id LIMIT 1", [name]),
        (None, None) => Ok(None),
    }
}

/// Whom nobody knows becomes the owner; nobody stands twice.
fn find_authors(tx: &WriteTransaction<'_>, refs: &[AuthorRef]) -> Result<Vec<AuthorId>, ActError> {
    let mut ids: Vec<AuthorId> = Vec::new();
    for wanted in refs {
        let found = match wanted {
            AuthorRef::Id(id) => one(tx, "SELECT id FROM users WHERE id = ?", [id.as_str()])?,
            AuthorRef::Slug(slug) => one(tx, "SELECT id FROM users WHERE slug = ?", [slug])?,
            AuthorRef::Email(email) => one(tx, "SELECT id FROM users WHERE email = ?", [email])?,
        };
        let id = match found {
            Some(id) => AuthorId::new(id),
            None => owner(tx)?,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// Without the free tier, which opens nothing.
pub(super) fn find_tiers(tx: &WriteTransaction<'_>, wanted: &[TierId]) -> Result<Vec<TierId>, ActError> {
    let mut ids: Vec<TierId> = Vec::new();
    for id in wanted {
        let kind = one(tx, "SELECT type FROM products WHERE id = ?", [id.as_str()])?;
        match kind.as_deref() {
            None => return Err(Refusal::invalid_field("tiers", "There is no tier with this id.").into()),
            Some("free") => {}
            Some(_) if ids.contains(id) => {}
            Some(_) => ids.push(id.clone()),
        }
    }
    Ok(ids)
}

fn last_revision(tx: &WriteTransaction<'_>, id: &PostId) -> Result<Option<LastRevision>, ActError> {
    let sql = "SELECT lexical, title, feature_image, custom_excerpt, created_at_ts FROM post_revisions \
               WHERE post_id = ? ORDER BY created_at_ts DESC, id DESC LIMIT 1";
    let last = tx.connection().prepare_cached(sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        Ok(LastRevision {
            lexical: c.optional()?,
            title: c.optional()?,
            feature_image: c.optional()?,
            custom_excerpt: c.optional()?,
            made_at: c
                .number()?
                .and_then(|ms| Timestamp::from_millisecond(ms).ok())
                .unwrap_or(Timestamp::UNIX_EPOCH),
        })
    });
    Ok(last.optional()?)
}
