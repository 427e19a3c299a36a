//! Instants as the database keeps them and as the API prints them. Never reads the clock.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads an instant as Ghost stores it.
///
/// Shape: `YYYY-MM-DD HH:MM:SS` in UTC (SQLite text), with optional fraction and zone; or milliseconds since
/// 1970 as digits (some rows written later). None when it is neither.
pub fn from_database(text: &str) -> Option<Timestamp> {
    if let Some(instant) = plain(text.as_bytes()) {
        return Some(instant);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() {
        return Timestamp::from_millisecond(text.parse().ok()?).ok();
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

/// The usual form, read without a parser: lists of many thousand rows have three instants each.
fn plain(text: &[u8]) -> Option<Timestamp> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b' ' | b'T', h0, h1, b':', n0, n1, b':', s0, s1] = text
    else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_i16, |n, digit| digit.is_ascii_digit().then(|| n * 10 + i16::from(digit - b'0')))
    };
    let small = |tens: u8, ones: u8| i8::try_from(number(&[tens, ones])?).ok();
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, small(m0, m1)?, small(d0, d1)?);
    let civil = DateTime::new(year, month, day, small(h0, h1)?, small(n0, n1)?, small(s0, s1)?, 0).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// Prints an instant for the database: `YYYY-MM-DD HH:MM:SS`, UTC.
pub fn to_database(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Prints an instant as JSON does: `2025-09-26T16:31:00.000Z`.
pub fn to_json(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Prints an instant in a time zone: `2025-09-26T12:31:00.000-04:00`, `+00:00` for UTC.
pub fn to_json_in(instant: Timestamp, zone: &TimeZone) -> String {
    instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_round_trip_through_the_database_form() {
        let instant = from_database("2025-09-26 16:31:00").unwrap();
        assert_eq!(to_database(instant), "2025-09-26 16:31:00");
        assert_eq!(to_json(instant), "2025-09-26T16:31:00.000Z");
        let new_york = TimeZone::get("America/New_York").unwrap();
        assert_eq!(to_json_in(instant, &new_york), "2025-09-26T12:31:00.000-04:00");
        assert_eq!(to_json_in(instant, &TimeZone::UTC), "2025-09-26T16:31:00.000+00:00");
        assert_eq!(from_database("1758904260000"), Some(instant));
        assert_eq!(from_database("yesterday"), None);
        assert_eq!(from_database(""), None);
    }
}
