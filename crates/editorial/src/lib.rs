//! The desk at work on stories: what of its judgement stands beside a story for a given reader.
//!
//! Everything here is made from a story as it was opened for one reader ([`model::access`]), so that nothing of the
//! part that she may not read can come out. Knows nothing of HTTP and templates, and never reads the clock.

mod access;
mod audience;
mod corrections;
mod points;
mod reading;
mod room;
mod teaser;

pub use access::access_label;
pub use corrections::{ShownCorrection, once_said, says, shown as shown_corrections};
pub use points::{MAX_POINTS, ShownPoint, checked, reasons, revised, shown};
pub use reading::Reading;
pub use room::{Desk, Found, ON_RECORD, Progress, Record, RoomError};
pub use teaser::{TEASER_CHARS, teaser};
