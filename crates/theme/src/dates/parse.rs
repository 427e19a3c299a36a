//! Dates written as text, as JavaScript's `Date.parse` and moment read them.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// Reads a date; texts without an offset are in UTC, others keep theirs. None for what is not a date.
///
/// Reads ISO 8601 in its usual forms (`2024-01-31`, `2024-01`, `2024`, with `T` or a blank before the time), the
/// e-mail form (`Tue, 05 Nov 2024 10:00:00 GMT`) and the common English ones (`November 5, 2024 10:00 PM`).
pub fn parse(text: &str) -> Option<Zoned> {
    let text = text.trim();
    if text.len() > 64 || !text.is_ascii() {
        return None;
    }
    iso(text).or_else(|| words(text))
}

fn iso(text: &str) -> Option<Zoned> {
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = parts.next().filter(|part| part.len() == 4).and_then(number)?;
    let month = optional(parts.next(), 2)?.unwrap_or(1);
    let day = optional(parts.next(), 2)?.unwrap_or(1);
    if parts.next().is_some() {
        return None;
    }
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    match rest {
        None => zoned(date.to_datetime(Time::midnight()), 0),
        Some(rest) => {
            let (time, offset) = time_and_offset(rest)?;
            at(date, time, offset)
        }
    }
}

/// `10:00`, `10:00:30.250`, then `Z`, `+02:00`, `+0200`, ` GMT` or nothing.
fn time_and_offset(text: &str) -> Option<((i64, i64, i64, i64), i32)> {
    let text = text.trim_start();
    let end = text
        .find(|char: char| !(char.is_ascii_digit() || matches!(char, ':' | '.' | ',')))
        .unwrap_or(text.len());
    let (time, offset) = text.split_at(end);
    let (clock, fraction) = match time.find(['.', ',']) {
        Some(at) => (&time[..at], Some(&time[at + 1..])),
        None => (time, None),
    };
    let mut parts = clock.split(':');
    let hour = parts.next().and_then(number)?;
    let minute = parts.next().and_then(number)?;
    let second = match parts.next() {
        Some(part) => number(part)?,
        None => 0,
    };
    if parts.next().is_some() || minute > 59 || second > 59 {
        return None;
    }
    let millisecond = match fraction {
        None => 0,
        Some(digits) if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            return None;
        }
        Some(digits) => number(&format!("{digits:0<3}")[..3])?,
    };
    Some(((hour, minute, second, millisecond), offset_seconds(offset.trim())?))
}

fn offset_seconds(text: &str) -> Option<i32> {
    let upper = text.to_ascii_uppercase();
    let text = upper.strip_prefix("GMT").or_else(|| upper.strip_prefix("UTC")).unwrap_or(&upper);
    if matches!(text, "" | "Z") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|char| *char != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    i32::try_from(sign * (hours * 3600 + minutes * 60)).ok()
}

/// `Tue, 05 Nov 2024 10:00:00 GMT`, `November 5, 2024`, `5 November 2024 10:00 PM`, `11/05/2024`, `2024/11/05`.
fn words(text: &str) -> Option<Zoned> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (mut month, mut numbers, mut time) = (None, Vec::new(), None);
    if let Some((date, rest)) = text.split_once(' ').map_or(Some((text, "")), Some)
        && let [m, d, y] = date.split('/').collect::<Vec<_>>()[..]
    {
        let (m, d, y) = if m.len() == 4 { (d, y, m) } else { (m, d, y) };
        month = number(m);
        numbers = vec![number(d)?, number(y)?];
        if !rest.trim().is_empty() {
            time = Some(time_and_offset(rest)?);
        }
    } else {
        let mut words = text.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            if word.contains(':') {
                let half =
                    words.next_if(|word| word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm"));
                let zone = words.by_ref().collect::<Vec<_>>().join(" ");
                let zone = zone.split('(').next().unwrap_or("").trim();
                let ((hour, minute, second, millisecond), offset) =
                    time_and_offset(&format!("{word} {zone}"))?;
                let hour = match half {
                    None => hour,
                    Some(_) if hour > 12 => return None,
                    Some(half) => hour % 12 + if half.eq_ignore_ascii_case("pm") { 12 } else { 0 },
                };
                time = Some(((hour, minute, second, millisecond), offset));
            } else if let Some(value) = number(word) {
                numbers.push(value);
            } else {
                let start = word.get(..3)?.to_ascii_lowercase();
                match MONTHS.iter().position(|name| *name == start) {
                    Some(index) => month = i64::try_from(index + 1).ok(),
                    // names of days say nothing
                    None if ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].contains(&start.as_str()) => {}
                    None => return None,
                }
            }
        }
    }
    let (day, year) = match numbers[..] {
        [day, year] => (day, year),
        _ => return None,
    };
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month?).ok()?, i8::try_from(day).ok()?).ok()?;
    let (time, offset) = time.unwrap_or(((0, 0, 0, 0), 0));
    at(date, time, offset)
}

fn at(date: Date, (hour, minute, second, millisecond): (i64, i64, i64, i64), offset: i32) -> Option<Zoned> {
    // 24:00 is the next day's beginning
    if hour == 24 && (minute, second, millisecond) == (0, 0, 0) {
        return zoned(date.tomorrow().ok()?.to_datetime(Time::midnight()), offset);
    }
    let nanosecond = i32::try_from(millisecond * 1_000_000).ok()?;
    let time = Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        nanosecond,
    )
    .ok()?;
    zoned(date.to_datetime(time), offset)
}

fn zoned(when: DateTime, offset: i32) -> Option<Zoned> {
    when.to_zoned(TimeZone::fixed(Offset::from_seconds(offset).ok()?)).ok()
}

fn optional(part: Option<&str>, len: usize) -> Option<Option<i64>> {
    match part {
        None => Some(None),
        Some(part) if part.len() == len => number(part).map(Some),
        Some(_) => None,
    }
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
