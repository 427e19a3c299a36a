//! Members, as far as reading needs them.

use jiff::Timestamp;
use model::Member;

use crate::{Result, Snapshot};

/// How many members there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberCounts {
    pub total: u64,
    /// Those who are not free.
    pub paid: u64,
}

/// The member whose session it is, with the tiers she has at `now` (a tier that ran out does not count).
pub fn by_transient_id(snapshot: &Snapshot<'_>, transient_id: &str, now: Timestamp) -> Result<Option<Member>> {
    let _ = (snapshot, transient_id, now);
    Err(crate::Error::not_understood("unfinished"))
}

/// The member of this uuid.
pub fn by_uuid(snapshot: &Snapshot<'_>, uuid: &str, now: Timestamp) -> Result<Option<Member>> {
    let _ = (snapshot, uuid, now);
    Err(crate::Error::not_understood("unfinished"))
}

/// All members, counted.
pub fn counts(snapshot: &Snapshot<'_>) -> Result<MemberCounts> {
    let _ = snapshot;
    Err(crate::Error::not_understood("unfinished"))
}
