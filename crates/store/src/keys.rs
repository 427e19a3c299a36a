//! Keys of the APIs.

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
    let _ = (snapshot, secret);
    Err(crate::Error::not_understood("unfinished"))
}

/// Secret of the key that the publication's own pages carry.
pub fn frontend_key(snapshot: &Snapshot<'_>) -> Result<Option<String>> {
    let _ = snapshot;
    Err(crate::Error::not_understood("unfinished"))
}
