//! Keys of the APIs.

use rusqlite::OptionalExtension;

use crate::row::Columns;
use crate::{Result, Snapshot};

/// For which API a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    Content,
    Admin,
}

/// A key that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: String,
    pub kind: KeyKind,
    /// Type of the integration it belongs to (`internal`, `builtin`, `custom`, `core`); None for a staff token.
    pub integration_type: Option<String>,
}

/// The key with this secret.
pub fn by_secret(snapshot: &Snapshot<'_>, secret: &str) -> Result<Option<ApiKey>> {
    let mut statement = snapshot.prepare(
        "select api_keys.id, api_keys.type, integrations.type from api_keys \
         left join integrations on integrations.id = api_keys.integration_id where api_keys.secret = ?",
    )?;
    let key = statement.query_row([secret], |row| {
        let mut c = Columns::new(row);
        Ok(ApiKey {
            id: c.text()?,
            // Whatever is not for readers opens nothing to them.
            kind: if c.text()? == "content" { KeyKind::Content } else { KeyKind::Admin },
            integration_type: c.optional()?,
        })
    });
    Ok(key.optional()?)
}

/// Secret of the key that the publication's own pages carry.
pub fn frontend_key(snapshot: &Snapshot<'_>) -> Result<Option<String>> {
    let mut statement = snapshot.prepare(
        "select api_keys.secret from api_keys join integrations on integrations.id = api_keys.integration_id \
         where integrations.slug = 'ghost-internal-frontend' and api_keys.type = 'content'",
    )?;
    Ok(statement.query_row((), |row| row.get(0)).optional()?)
}
