//! Moment's format language: tokens, brackets, long formats.
//!
//! Source: the token table and the regular expressions of moment 2.30.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::Zoned;
use jiff::civil::Weekday;

use super::language::Language;

/// Tokens that mean something, longest first where one begins another; the order of moment's own expression.
const TOKENS: &[&str] = &[
    "Hmmss",
    "hmmss",
    "Hmm",
    "hmm",
    "Mo",
    "MMMM",
    "MMM",
    "MM",
    "M",
    "Do",
    "DDDo",
    "DDDD",
    "DDD",
    "DD",
    "D",
    "dddd",
    "ddd",
    "dd",
    "do",
    "d",
    "wo",
    "ww",
    "w|",
    "w",
    "Wo",
    "WW",
    "W|",
    "W",
    "Qo",
    "Q",
    "NNNNN",
    "NNNN",
    "NNN",
    "NN",
    "N",
    "YYYYYY",
    "YYYYY",
    "YYYY",
    "YY",
    "yyyy",
    "yyy",
    "yy",
    "yo",
    "y",
    "ggggg",
    "gggg",
    "gg",
    "GGGGG",
    "GGGG",
    "GG",
    "e",
    "E",
    "a",
    "A",
    "hh",
    "h",
    "HH",
    "H",
    "kk",
    "k",
    "mm",
    "m",
    "ss",
    "s",
    "SSSSSSSSS",
    "SSSSSSSS",
    "SSSSSSS",
    "SSSSSS",
    "SSSSS",
    "SSSS",
    "SSS",
    "SS",
    "S",
    "x",
    "X",
    "zz",
    "z",
    "ZZ",
    "Z",
    "Y",
];

const LONG_TOKENS: &[&str] = &["LTS", "LT", "LLLL", "LLL", "LL", "L", "llll", "lll", "ll", "l"];

/// Writes `when` (an instant in its zone) in moment's format language.
///
/// An empty format gives ISO 8601. Cost: linear in the format.
pub fn format(when: &Zoned, language: &Language, format: &str) -> String {
    let format = match format {
        "" if when.offset().seconds() == 0 => "YYYY-MM-DDTHH:mm:ss[Z]",
        "" => "YYYY-MM-DDTHH:mm:ssZ",
        _ => format,
    };
    let format = expand(format, language);
    let mut out = String::with_capacity(format.len() * 2);
    let mut rest = format.as_ref();
    while let Some(first) = rest.chars().next() {
        if first == '['
            && let Some(end) = bracket_end(rest)
        {
            out.push_str(&rest[1..end]);
            rest = &rest[end + 1..];
            continue;
        }
        if first == '\\' {
            // what follows is written as it is, a whole token of it
            rest = &rest[1..];
            let len = TOKENS
                .iter()
                .find(|token| rest.starts_with(**token))
                .map(|token| token.len())
                .or_else(|| rest.chars().next().map(char::len_utf8));
            let (literal, after) = rest.split_at(len.unwrap_or(0));
            out.extend(literal.chars().filter(|char| !matches!(char, '\\' | '\n' | '\r')));
            rest = after;
            continue;
        }
        match TOKENS.iter().find(|token| rest.starts_with(**token)) {
            Some(token) => {
                write_token(token, when, language, &format, &mut out);
                rest = &rest[token.len()..];
            }
            None => {
                if !matches!(first, '\n' | '\r' | '\u{2028}' | '\u{2029}') {
                    out.push(first);
                }
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    language.own_digits(out)
}

/// Position of the `]` that closes the bracket at the start: the last one before another bracket opens.
fn bracket_end(text: &str) -> Option<usize> {
    let inside = text.get(1..)?;
    let until = inside.find('[').unwrap_or(inside.len());
    inside.get(..until)?.rfind(']').map(|at| at + 1)
}

/// Puts long formats (`LL`) in the place of their names, up to six times, as moment does.
fn expand<'a>(format: &'a str, language: &Language) -> Cow<'a, str> {
    let mut format = Cow::Borrowed(format);
    for _ in 0..6 {
        if !format.contains(['L', 'l']) || format.len() > 10_000 {
            break;
        }
        let mut out = String::with_capacity(format.len() + 32);
        let mut changed = false;
        let mut rest = format.as_ref();
        while let Some(first) = rest.chars().next() {
            if first == '['
                && let Some(end) = bracket_end(rest)
            {
                out.push_str(&rest[..=end]);
                rest = &rest[end + 1..];
                continue;
            }
            let escaped = first == '\\';
            let at = if escaped { &rest[1..] } else { rest };
            match LONG_TOKENS.iter().find(|token| at.starts_with(**token)) {
                Some(token) => {
                    match language.long_format(token).filter(|_| !escaped) {
                        Some(long) => {
                            out.push_str(long);
                            changed = true;
                        }
                        None => out.push_str(&rest[..token.len() + usize::from(escaped)]),
                    }
                    rest = &at[token.len()..];
                }
                None => {
                    out.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        if !changed {
            break;
        }
        format = Cow::Owned(out);
    }
    format
}

fn write_token(token: &str, when: &Zoned, language: &Language, format: &str, out: &mut String) {
    let year = i64::from(when.year());
    let month = i64::from(when.month());
    let day = i64::from(when.day());
    let (hour, minute, second) = (i64::from(when.hour()), i64::from(when.minute()), i64::from(when.second()));
    let millisecond = i64::from(when.millisecond());
    let weekday = weekday(when);
    let day_of_year = i64::from(when.day_of_year());
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let month_index = usize::try_from(month - 1).unwrap_or(0);
    let weekday_index = usize::try_from(weekday).unwrap_or(0);
    match token {
        "Y" if year <= 9999 => pad(out, year, 4),
        "Y" => _ = write!(out, "+{year}"),
        "YY" => pad(out, year % 100, 2),
        "YYYY" | "YYYYY" => pad(out, year, token.len()),
        "YYYYYY" => {
            if year >= 0 {
                out.push('+');
            }
            pad(out, year, 6);
        }
        "M" | "MM" => pad(out, month, token.len()),
        "Mo" => language.ordinal(month, "M", out),
        "MMM" => out.push_str(language.month_short(month_index, format)),
        "MMMM" => out.push_str(language.month(month_index, format)),
        "D" | "DD" => pad(out, day, token.len()),
        "Do" => language.ordinal(day, "D", out),
        "DDD" => pad(out, day_of_year, 1),
        "DDDD" => pad(out, day_of_year, 3),
        "DDDo" => language.ordinal(day_of_year, "DDD", out),
        "d" => pad(out, weekday, 1),
        "do" => language.ordinal(weekday, "d", out),
        "dd" => out.push_str(language.weekday_min(weekday_index)),
        "ddd" => out.push_str(language.weekday_short(weekday_index)),
        "dddd" => out.push_str(language.weekday(weekday_index, format)),
        "e" => pad(out, (weekday + 7 - language.week().0) % 7, 1),
        "E" => pad(out, if weekday == 0 { 7 } else { weekday }, 1),
        "w" | "ww" => pad(out, week_of(when, language.week()).0, token.len()),
        "wo" => language.ordinal(week_of(when, language.week()).0, "w", out),
        "W" | "WW" => pad(out, week_of(when, ISO).0, token.len()),
        "Wo" => language.ordinal(week_of(when, ISO).0, "W", out),
        "gg" => pad(out, week_of(when, language.week()).1 % 100, 2),
        "gggg" | "ggggg" => pad(out, week_of(when, language.week()).1, token.len()),
        "GG" => pad(out, week_of(when, ISO).1 % 100, 2),
        "GGGG" | "GGGGG" => pad(out, week_of(when, ISO).1, token.len()),
        "Q" => pad(out, (month + 2) / 3, 1),
        "Qo" => language.ordinal((month + 2) / 3, "Q", out),
        "H" | "HH" => pad(out, hour, token.len()),
        "h" | "hh" => pad(out, twelve, token.len()),
        "k" | "kk" => pad(out, if hour == 0 { 24 } else { hour }, token.len()),
        "m" | "mm" => pad(out, minute, token.len()),
        "s" | "ss" => pad(out, second, token.len()),
        "Hmm" | "hmm" | "Hmmss" | "hmmss" => {
            pad(out, if token.starts_with('H') { hour } else { twelve }, 1);
            pad(out, minute, 2);
            if token.len() == 5 {
                pad(out, second, 2);
            }
        }
        "a" | "A" => {
            let at = u32::try_from(hour * 60 + minute).unwrap_or(0);
            out.push_str(language.meridiem(at, token == "a"));
        }
        "S" => pad(out, millisecond / 100, 1),
        "SS" => pad(out, millisecond / 10, 2),
        "x" => _ = write!(out, "{}", when.timestamp().as_millisecond()),
        "X" => _ = write!(out, "{}", when.timestamp().as_millisecond().div_euclid(1000)),
        "z" | "zz" => {
            let zone = when.time_zone();
            out.push_str(zone.to_offset_info(when.timestamp()).abbreviation());
        }
        "Z" | "ZZ" => {
            let offset = i64::from(when.offset().seconds()) / 60;
            out.push(if offset < 0 { '-' } else { '+' });
            pad(out, offset.abs() / 60, 2);
            out.push_str(if token == "Z" { ":" } else { "" });
            pad(out, offset.abs() % 60, 2);
        }
        "N" | "NN" | "NNN" | "NNNN" | "NNNNN" | "y" | "yy" | "yyy" | "yyyy" | "yo" => {
            write_era(token, when, language, out);
        }
        _ if token.starts_with('S') => {
            pad(out, millisecond, 3);
            for _ in 3..token.len() {
                out.push('0');
            }
        }
        _ => out.push_str(token),
    }
}

fn write_era(token: &str, when: &Zoned, language: &Language, out: &mut String) {
    let date = when.date();
    let eras = language.eras();
    let bound = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let found = eras.iter().find(|era| {
        let since = bound(era.since);
        match era.until {
            "Infinity" => since.is_some_and(|since| since <= date),
            "-Infinity" => since.is_some_and(|since| date <= since),
            until => {
                since.is_some_and(|since| since <= date) && bound(until).is_some_and(|until| date <= until)
            }
        }
    });
    let year = i64::from(when.year());
    let era_year = found.map_or(year, |era| {
        let direction = if era.until == "-Infinity" { -1 } else { 1 };
        (year - bound(era.since).map_or(0, |since| i64::from(since.year()))) * direction + era.offset
    });
    match token {
        "NNNN" => out.push_str(found.map_or("", |era| era.name)),
        "NNNNN" => out.push_str(found.map_or("", |era| era.narrow)),
        "yo" => language.ordinal(era_year, "y", out),
        _ if token.starts_with('N') => out.push_str(found.map_or("", |era| era.abbr)),
        _ => pad(out, era_year, token.len()),
    }
}

/// First day Monday, the week of 4 January is the first.
const ISO: (i64, i64) = (1, 4);

fn weekday(when: &Zoned) -> i64 {
    i64::from(Weekday::to_sunday_zero_offset(when.weekday()))
}

/// Week and the year it belongs to.
fn week_of(when: &Zoned, (first_day, decides): (i64, i64)) -> (i64, i64) {
    let year = i64::from(when.year());
    let weeks_in = |year: i64| {
        let days = if is_leap(year) { 366 } else { 365 };
        (days - week_offset(year, first_day, decides) + week_offset(year + 1, first_day, decides)) / 7
    };
    let day = i64::from(when.day_of_year());
    let week = (day - week_offset(year, first_day, decides) - 1).div_euclid(7) + 1;
    if week < 1 {
        (week + weeks_in(year - 1), year - 1)
    } else if week > weeks_in(year) {
        (week - weeks_in(year), year + 1)
    } else {
        (week, year)
    }
}

/// Day of the year (0 is 1 January) with which the first week begins, less one.
fn week_offset(year: i64, first_day: i64, decides: i64) -> i64 {
    let forward = 7 + first_day - decides;
    let weekday = weekday_of_january(year, forward);
    let local = (7 + weekday - first_day).rem_euclid(7);
    -local + forward - 1
}

/// Weekday (0 is Sunday) of that day of January, in the proleptic Gregorian calendar.
fn weekday_of_january(year: i64, day: i64) -> i64 {
    let before = year - 1;
    let days = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    (days + day).rem_euclid(7)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && year % 100 != 0 || year % 400 == 0
}

fn pad(out: &mut String, number: i64, width: usize) {
    if number < 0 {
        out.push('-');
    }
    _ = write!(out, "{:0width$}", number.unsigned_abs());
}
