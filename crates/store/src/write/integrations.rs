//! Integrations and their API keys.

use jiff::Timestamp;
use model::dates;
use rusqlite::OptionalExtension;

use super::row::{Filled, insert};
use crate::keys::KeyKind;
use crate::{WriteError, WriteTransaction};

/// An integration to be added, with its keys.
#[derive(Debug, Clone)]
pub struct NewIntegration {
    pub id: String,
    /// `custom` for those that staff makes; `builtin`, `core` and `internal` come with the publication.
    pub kind: &'static str,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub keys: Vec<NewKey>,
}

/// A key of an integration.
#[derive(Debug, Clone)]
pub struct NewKey {
    pub id: String,
    pub kind: KeyKind,
    /// 26 hexadecimal digits for the Content API, 64 for the Admin API.
    pub secret: String,
    /// The role that an admin key acts in; `Admin Integration` for custom ones. None for a content key.
    pub role: Option<&'static str>,
}

/// Adds an integration with its keys.
///
/// Errors: `Conflict` when the slug or a secret is taken, `Absent` when a role is not there.
pub fn add_integration(
    tx: &WriteTransaction<'_>,
    integration: &NewIntegration,
    now: Timestamp,
) -> Result<(), WriteError> {
    let at = dates::to_database(now);
    insert(
        tx,
        "integrations",
        &[
            ("id", &integration.id),
            ("type", &integration.kind),
            ("name", &integration.name),
            ("slug", &integration.slug),
            ("description", &Filled(&integration.description)),
            ("created_at", &at),
            ("updated_at", &at),
        ],
    )?;
    for key in &integration.keys {
        let role: Option<String> = match key.role {
            Some(name) => {
                let sql = "SELECT id FROM roles WHERE name = ?";
                let id =
                    tx.connection().prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
                Some(id.ok_or(WriteError::Absent("role"))?)
            }
            None => None,
        };
        let kind = match key.kind {
            KeyKind::Content => "content",
            KeyKind::Admin => "admin",
        };
        // Ghost writes the instants of this table as milliseconds on SQLite.
        let at = now.as_millisecond();
        insert(
            tx,
            "api_keys",
            &[
                ("id", &key.id),
                ("type", &kind),
                ("secret", &key.secret),
                ("role_id", &role),
                ("integration_id", &integration.id),
                ("created_at", &at),
                ("updated_at", &at),
            ],
        )?;
    }
    Ok(())
}
