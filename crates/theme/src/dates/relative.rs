//! "3 days ago", "in a month": how far one instant lies from another.
//!
//! Source: moment 2.30's thresholds and its arithmetic of months.

use jiff::{Span, Zoned};

use super::language::Language;

/// How far `when` lies from `now`, in words. Both are in the same zone, in which months are counted.
pub fn relative(when: &Zoned, now: &Zoned, language: &Language) -> String {
    let distance = if now < when { distance(now, when) } else { distance(when, now) };
    let (months, milliseconds) = distance;
    let future = when.timestamp().as_millisecond() > now.timestamp().as_millisecond();
    let whole_days = months_to_days(months as f64).round();
    let ms = milliseconds as f64;
    let seconds = round(whole_days * 86_400.0 + ms / 1000.0);
    let minutes = round(whole_days * 1440.0 + ms / 60_000.0);
    let hours = round(whole_days * 24.0 + ms / 3_600_000.0);
    let days = round(whole_days + ms / 86_400_000.0);
    let exact_months = months as f64 + days_to_months(ms / 86_400_000.0);
    let in_months = round(exact_months);
    let years = round(exact_months / 12.0);
    let (unit, number) = if seconds <= 44 {
        ("s", seconds)
    } else if minutes <= 1 {
        ("m", 1)
    } else if minutes < 45 {
        ("mm", minutes)
    } else if hours <= 1 {
        ("h", 1)
    } else if hours < 22 {
        ("hh", hours)
    } else if days <= 1 {
        ("d", 1)
    } else if days < 26 {
        ("dd", days)
    } else if in_months <= 1 {
        ("M", 1)
    } else if in_months < 11 {
        ("MM", in_months)
    } else if years <= 1 {
        ("y", 1)
    } else {
        ("yy", years)
    };
    let mut out = String::new();
    language.relative(future, unit, number, &mut out);
    language.own_digits(out)
}

/// Whole months from `from` to `to`, and the milliseconds that are left.
fn distance(from: &Zoned, to: &Zoned) -> (i64, i64) {
    let mut months = i64::from(to.month()) - i64::from(from.month())
        + (i64::from(to.year()) - i64::from(from.year())) * 12;
    let mut reached = plus_months(from, months);
    if &reached > to {
        months -= 1;
        reached = plus_months(from, months);
    }
    (months, to.timestamp().as_millisecond() - reached.timestamp().as_millisecond())
}

fn plus_months(from: &Zoned, months: i64) -> Zoned {
    Span::new().try_months(months).and_then(|span| from.checked_add(span)).unwrap_or_else(|_| from.clone())
}

fn days_to_months(days: f64) -> f64 {
    days * 4800.0 / 146_097.0
}

fn months_to_days(months: f64) -> f64 {
    months * 146_097.0 / 4800.0
}

/// JavaScript's rounding: halves go up.
fn round(number: f64) -> i64 {
    (number + 0.5).floor() as i64
}
