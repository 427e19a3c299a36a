//! Tiers (table `products`).

use model::Tier;

use crate::{Result, Scope, Snapshot};

/// Tiers with their benefits, in Ghost's order; public scope: active ones. The filter is evaluated on each.
pub fn browse(snapshot: &Snapshot<'_>, scope: Scope, filter: Option<&nql::Filter>) -> Result<Vec<Tier>> {
    let _ = (snapshot, scope, filter);
    Err(crate::Error::not_understood("unfinished"))
}
