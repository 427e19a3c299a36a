//! A post's sheet from its rows, and back into them.

use jiff::Timestamp;
use model::edit::post::{Meta, PostSheet};
use model::edit::{Cell, changed};
use model::id::{AuthorId, NewsletterId, PostId, TagId, TierId};
use model::{PostKind, PostStatus};
use rusqlite::OptionalExtension;

use super::rows::{self, Join};
use super::{Act, ActError};
use crate::WriteTransaction;
use crate::row::Columns;

const TAGS: Join = Join { table: "posts_tags", owner: "post_id", other: "tag_id" };
const AUTHORS: Join = Join { table: "posts_authors", owner: "post_id", other: "author_id" };
pub(super) const TIERS: Join = Join { table: "posts_products", owner: "post_id", other: "product_id" };

/// Reads a post of this kind; None when there is none.
pub(super) fn read(
    tx: &WriteTransaction<'_>,
    kind: PostKind,
    id: &PostId,
) -> Result<Option<PostSheet>, ActError> {
    let mut sheet = PostSheet::new(kind, id.clone(), String::new());
    let sql = format!(
        "SELECT uuid, status, title, slug, lexical, mobiledoc, html, plaintext, featured, visibility, \
         email_recipient_filter, newsletter_id, show_title_and_feature_image, updated_at, published_at, published_by, \
         {} FROM posts WHERE id = ? AND type = ?",
        rows::names_of(&sheet.texts)
    );
    let found = tx
        .connection()
        .prepare_cached(&sql)?
        .query_row([id.as_str(), kind.as_str()], |row| {
            let mut c = Columns::new(row);
            sheet.uuid = c.text()?;
            sheet.status = PostStatus::parse(&c.text()?).unwrap_or(PostStatus::Draft);
            sheet.title = c.text()?;
            sheet.slug = c.text()?;
            sheet.lexical = c.optional()?;
            sheet.mobiledoc = c.optional()?;
            sheet.html = c.optional()?;
            sheet.plaintext = c.optional()?;
            sheet.featured = c.flag()?;
            sheet.visibility = c.text()?;
            sheet.email_recipient_filter = c.text()?;
            sheet.newsletter = c.optional()?.map(NewsletterId::new);
            sheet.show_title_and_feature_image = c.flag()?;
            sheet.updated_at = c.optional_instant()?;
            sheet.published_at = c.optional_instant()?;
            sheet.published_by = c.optional()?.map(AuthorId::new);
            rows::read_texts(&mut sheet.texts, &mut c)
        })
        .optional()?;
    if found.is_none() {
        return Ok(None);
    }
    let mut meta = Meta::none();
    let sql = format!("SELECT email_only, {} FROM posts_meta WHERE post_id = ?", rows::names_of(&meta.texts));
    let found = tx.connection().prepare_cached(&sql)?.query_row([id.as_str()], |row| {
        let mut c = Columns::new(row);
        meta.email_only = c.flag()?;
        rows::read_texts(&mut meta.texts, &mut c)
    });
    sheet.meta = found.optional()?.map(|()| meta);
    sheet.tags = others(tx, &TAGS, id)?.into_iter().map(TagId::new).collect();
    sheet.authors = others(tx, &AUTHORS, id)?.into_iter().map(AuthorId::new).collect();
    sheet.tiers = others(tx, &TIERS, id)?.into_iter().map(TierId::new).collect();
    Ok(Some(sheet))
}

fn others(tx: &WriteTransaction<'_>, join: &Join, id: &PostId) -> Result<Vec<String>, ActError> {
    let Join { table, owner, other } = join;
    rows::texts(
        tx,
        &format!("SELECT {other} FROM {table} WHERE {owner} = ? ORDER BY sort_order, id"),
        [id.as_str()],
    )
}

/// Writes what differs; all of it for a new post.
pub(super) fn write(
    tx: &WriteTransaction<'_>,
    act: &Act,
    before: Option<&PostSheet>,
    after: &PostSheet,
) -> Result<(), ActError> {
    let id = after.id.as_str();
    match before {
        None => {
            let mut row = vec![
                ("id", Cell::text(Some(id))),
                ("uuid", Cell::text(Some(after.uuid.as_str()))),
                ("type", Cell::text(Some(after.kind.as_str()))),
                ("comment_id", Cell::text(Some(id))),
            ];
            row.extend(after.row());
            row.extend(rows::made_at(act.at));
            rows::insert(tx, "posts", &row)?;
        }
        Some(before) => {
            let mut row = changed(&before.row(), after.row());
            if before.updated_at != after.updated_at {
                row.push(("updated_at", Cell::instant(after.updated_at)));
            }
            rows::update(tx, "posts", id, &row)?;
        }
    }
    write_meta(tx, act.at, before, after)?;
    write_pairs(tx, act.at, before, after)
}

fn write_meta(
    tx: &WriteTransaction<'_>,
    at: Timestamp,
    before: Option<&PostSheet>,
    after: &PostSheet,
) -> Result<(), ActError> {
    let Some(meta) = &after.meta else { return Ok(()) };
    match before.and_then(|before| before.meta.as_ref()) {
        None => {
            let mut row =
                vec![("id", Cell::Text(tx.new_id(at))), ("post_id", Cell::text(Some(after.id.as_str())))];
            row.extend(meta.row());
            rows::insert(tx, "posts_meta", &row)
        }
        Some(was) => {
            let row = changed(&was.row(), meta.row());
            let sql = "SELECT id FROM posts_meta WHERE post_id = ?";
            for id in rows::texts(tx, sql, [after.id.as_str()])? {
                rows::update(tx, "posts_meta", &id, &row)?;
            }
            Ok(())
        }
    }
}

fn write_pairs(
    tx: &WriteTransaction<'_>,
    at: Timestamp,
    before: Option<&PostSheet>,
    after: &PostSheet,
) -> Result<(), ActError> {
    let tags = |sheet: &'_ PostSheet| sheet.tags.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let authors =
        |sheet: &'_ PostSheet| sheet.authors.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let tiers =
        |sheet: &'_ PostSheet| sheet.tiers.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    for (join, was, is) in [
        (&TAGS, before.map(tags), tags(after)),
        (&AUTHORS, before.map(authors), authors(after)),
        (&TIERS, before.map(tiers), tiers(after)),
    ] {
        let was = was.unwrap_or_default();
        let was: Vec<&str> = was.iter().map(String::as_str).collect();
        let is: Vec<&str> = is.iter().map(String::as_str).collect();
        rows::pair_up(tx, join, after.id.as_str(), (&was, &is), at)?;
    }
    Ok(())
}
