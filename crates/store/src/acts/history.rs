//! The history that staff can read: who did what to which noun (table `actions`).

use model::edit::{Actor, Cell};
use serde_json::{Map, Value};

use super::{Act, ActError, NounEvent, rows};
use crate::WriteTransaction;

/// One line of it.
pub(super) struct Line<'l> {
    /// `post` (also for pages), `tag`, `user`, `setting`, `member`, `label`.
    pub noun: &'static str,
    /// None when it tells of several at once.
    pub id: Option<&'l str>,
    pub event: NounEvent,
    /// Members as they come, in their order.
    pub context: Vec<(&'static str, Value)>,
}

/// Writes a line. What the program does by itself is not told.
pub(super) fn tell(tx: &WriteTransaction<'_>, act: &Act, line: Line<'_>) -> Result<(), ActError> {
    let (kind, actor) = match &act.by {
        Actor::User(id) => ("user", id.as_str()),
        Actor::Integration(id) => ("integration", id.as_str()),
        Actor::System => return Ok(()),
    };
    let context: Map<String, Value> =
        line.context.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    rows::insert(
        tx,
        "actions",
        &vec![
            ("id", Cell::Text(tx.new_id(act.at))),
            ("resource_id", Cell::text(line.id)),
            ("resource_type", Cell::text(Some(line.noun))),
            ("actor_id", Cell::text(Some(actor))),
            ("actor_type", Cell::text(Some(kind))),
            ("event", Cell::text(Some(line.event.as_str()))),
            ("context", Cell::Text(Value::Object(context).to_string())),
            ("created_at", Cell::Instant(act.at)),
        ],
    )
}
