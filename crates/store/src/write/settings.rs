//! Settings of the publication.

use jiff::Timestamp;
use model::dates;

use crate::{Changed, WriteError, WriteTransaction};

/// Gives a setting its stored text: booleans `true`/`false`, lists and objects as JSON.
///
/// Errors: `Absent` for a key that the publication does not have.
pub fn set_setting(
    tx: &WriteTransaction<'_>,
    key: &str,
    value: Option<&str>,
    now: Timestamp,
) -> Result<(), WriteError> {
    let sql = "UPDATE settings SET value = ?, updated_at = ? WHERE \"key\" = ?";
    let n_rows = tx.connection().prepare_cached(sql)?.execute((value, dates::to_database(now), key))?;
    if n_rows == 0 {
        return Err(WriteError::Absent("setting"));
    }
    tx.changed(Changed::Settings);
    Ok(())
}
