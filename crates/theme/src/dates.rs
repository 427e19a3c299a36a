//! Dates in words, as moment writes them: formats by token, "3 days ago", languages, time zones.
//!
//! Never reads the clock: whoever needs "now" passes it.

mod language;
mod parse;
mod relative;
mod tokens;

pub use language::Language;
pub use parse::parse;
pub use relative::relative;
pub use tokens::format;

use jiff::tz::TimeZone;

/// The time zone of that IANA name, in any case; none when there is no such zone.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}
