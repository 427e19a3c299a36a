//! What staff does to the publication: each act reads what it will change, lets `model::edit` decide, and writes, all
//! in one transaction of the writer.
//!
//! An act that is refused leaves nothing. What was done is told three times: to the observer of the writer
//! ([`Changed`](crate::Changed)), to the caller (events, for webhooks and jobs), and to the history that staff can read
//! (table `actions`). Rendering is not done here: a text comes as [`model::edit::content::Content`].
//!
//! ```no_run
//! # fn main() -> Result<(), store::ActError> {
//! # let (writer, site): (store::Writer, model::SiteUrl) = unimplemented!();
//! use model::edit::{Actor, Change, post::PostEdit};
//! let act = store::Act { by: Actor::System, at: "2026-03-01T07:30:00Z".parse().unwrap(), site };
//! let edit = PostEdit { title: Change::To("Bridge reopens".into()), ..PostEdit::default() };
//! let saved = writer.write(move |tx| store::acts::posts::add(tx, &act, model::PostKind::Post, &edit)).wait()?;
//! println!("{}: {:?}", saved.id, saved.events);
//! # Ok(()) }
//! ```

pub mod bulk;
pub mod clicks;
mod history;
pub mod integrations;
pub mod labels;
pub mod members;
pub mod newsletters;
mod post_ground;
mod post_rows;
pub mod posts;
mod rows;
pub mod schedule;
pub mod settings;
pub mod tags;
pub mod theme_settings;
pub mod tiers;
pub mod unsubscribe;
pub mod users;

use jiff::Timestamp;
use model::edit::Actor;
use model::id::AuthorId;
use model::{Refusal, SiteUrl};
use rusqlite::OptionalExtension;

use crate::{WriteError, WriteTransaction};

/// Who acts, when, and where the publication is found.
#[derive(Debug, Clone)]
pub struct Act {
    pub by: Actor,
    pub at: Timestamp,
    pub site: SiteUrl,
}

/// Why an act did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be written.
    #[error(transparent)]
    Failed(#[from] WriteError),
}

impl From<rusqlite::Error> for ActError {
    fn from(error: rusqlite::Error) -> Self {
        ActError::Failed(error.into())
    }
}

impl From<ActError> for WriteError {
    /// For those who write what cannot be refused: a refusal is then a defect of theirs.
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(refusal) => WriteError::Refused(refusal.to_string()),
            ActError::Failed(error) => error,
        }
    }
}

/// What an act did to a noun other than a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NounEvent {
    Added,
    Edited,
    Deleted,
}

impl NounEvent {
    /// Its name behind the noun, as in Ghost's webhooks, and in the history.
    pub fn as_str(self) -> &'static str {
        match self {
            NounEvent::Added => "added",
            NounEvent::Edited => "edited",
            NounEvent::Deleted => "deleted",
        }
    }
}

/// A noun that was written. `event` is None when there was nothing to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved<Id> {
    pub id: Id,
    pub event: Option<NounEvent>,
}

/// In whose name a post is written: the user who acts, else the owner.
fn writer_of(tx: &WriteTransaction<'_>, by: &Actor) -> Result<AuthorId, ActError> {
    if let Actor::User(id) = by
        && tx.connection().prepare_cached("SELECT 1 FROM users WHERE id = ?")?.exists([id.as_str()])?
    {
        return Ok(id.clone());
    }
    owner(tx)
}

fn owner(tx: &WriteTransaction<'_>) -> Result<AuthorId, ActError> {
    let sql = "SELECT ru.user_id FROM roles_users ru JOIN roles r ON r.id = ru.role_id WHERE r.name = 'Owner' \
               ORDER BY ru.id LIMIT 1";
    let id: Option<String> =
        tx.connection().prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(AuthorId::new(id.ok_or(WriteError::Absent("owner"))?))
}
