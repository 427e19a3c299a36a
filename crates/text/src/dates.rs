//! Dates and relative times: days of the week, months, years, "yesterday"; made absolute from a given day, never from a clock.

use std::ops::Range;

use crate::Word;

/// What kind of time a [`Date`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// 0 is Monday.
    Weekday(u8),
    /// 1 is January; day of the month and year where given.
    Month {
        month: u8,
        day: Option<u8>,
        year: Option<u16>,
    },
    Year(u16),
    /// Whole days from the day of publication: yesterday is -1.
    Relative(i8),
}

/// A time named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// Bytes in the text.
    pub range: Range<usize>,
    /// Index of the first and behind the last word.
    pub words: Range<usize>,
    pub kind: DateKind,
}

const WEEKDAYS: &[(&str, u8)] = &[
    ("monday", 0),
    ("tuesday", 1),
    ("wednesday", 2),
    ("thursday", 3),
    ("friday", 4),
    ("saturday", 5),
    ("sunday", 6),
    ("montag", 0),
    ("dienstag", 1),
    ("mittwoch", 2),
    ("donnerstag", 3),
    ("freitag", 4),
    ("samstag", 5),
    ("sonnabend", 5),
    ("sonntag", 6),
];

const MONTHS: &[(&str, u8)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("januar", 1),
    ("jänner", 1),
    ("februar", 2),
    ("märz", 3),
    ("mai", 5),
    ("juni", 6),
    ("juli", 7),
    ("oktober", 10),
    ("dezember", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("okt", 10),
    ("dez", 12),
];

fn listed(list: &[(&str, u8)], word: &str) -> Option<u8> {
    list.iter().find(|pair| pair.0 == word).map(|pair| pair.1)
}

fn day_of(word: &Word) -> Option<u8> {
    let end = word.lower.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.lower.len());
    if !matches!(&word.lower[end..], "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    word.lower[..end].parse().ok().filter(|day| (1..=31).contains(day))
}

fn year_of(word: &Word) -> Option<u16> {
    (word.lower.len() == 4)
        .then(|| word.lower.parse().ok())
        .flatten()
        .filter(|year| (1000..2200).contains(year))
}

/// The month that the word at `at` names.
fn month_at(words: &[Word], at: usize) -> Option<u8> {
    let word = &words[at];
    let month = listed(MONTHS, &word.lower)?;
    let plain = word.lower.len() > 4 && !matches!(word.lower.as_str(), "march" | "august");
    let beside = |at: usize| words.get(at).is_some_and(|word| word.digit && day_of(word).is_some());
    let june = matches!(word.lower.as_str(), "june" | "july");
    // "Mar" and "Jun" are names too.
    let short = matches!(word.lower.as_str(), "mar" | "apr" | "jun" | "jul");
    (word.capital && !short || plain || june || at > 0 && beside(at - 1) || beside(at + 1)).then_some(month)
}

/// Times named among `words`, in order.
///
/// Copy in small letters is read too, but "march", "may", "august" and short forms written small need a day beside them.
///
/// Cannot: read hours, seasons, feasts, "last week" (see [`calendar`]), numeric dates such as 3/4/2024 (whose order differs by country).
pub fn dates(words: &[Word]) -> Vec<Date> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let mut span = at..at + 1;
        let kind = if let Some(day) = listed(WEEKDAYS, word.lower.trim_end_matches('s')) {
            Some(DateKind::Weekday(day))
        } else if let Some(month) = month_at(words, at) {
            let mut day = None;
            if at > 0 && found.last().is_none_or(|date: &Date| date.words.end < at) {
                day = day_of(&words[at - 1]);
                if day.is_some() {
                    span.start = at - 1;
                }
            }
            if day.is_none() {
                day = words.get(span.end).and_then(day_of);
                span.end += usize::from(day.is_some());
            }
            let year = words.get(span.end).and_then(year_of);
            span.end += usize::from(year.is_some());
            Some(DateKind::Month { month, day, year })
        } else if let Some(year) =
            word.digit.then(|| year_of(word)).flatten().filter(|year| (1500..2100).contains(year))
        {
            Some(DateKind::Year(year))
        } else {
            match word.lower.as_str() {
                "yesterday" | "gestern" => Some(DateKind::Relative(-1)),
                "today" | "tonight" | "heute" => Some(DateKind::Relative(0)),
                "tomorrow" => Some(DateKind::Relative(1)),
                _ => None,
            }
        };
        match kind {
            Some(kind) => {
                at = span.end;
                found.push(Date {
                    range: words[span.start].range.start..words[span.end - 1].range.end,
                    words: span,
                    kind,
                });
            }
            None => at += 1,
        }
    }
    found
}

/// A time that is named by its distance from the day of publication, longer than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// Years from that of publication: last year is -1.
    Year(i16),
    /// Months from that of publication.
    Month(i16),
    /// Days from that of publication: three days ago is -3.
    Day(i16),
    /// A week, season or part of a day: its date cannot be told.
    Unclear,
}

/// The time that the words at `at` and behind it name by its distance: "last year", "next month", "vergangenen Sommer".
///
/// Cannot: tell "last year" from "the last year" of something; "two years ago" is read by [`crate::ago`].
pub fn calendar(words: &[Word], at: usize) -> Option<Calendar> {
    let distance = match words.get(at)?.lower.as_str() {
        "last" | "letzter" | "letzten" | "letztem" | "letztes" | "letzte" | "vergangener" | "vergangenen"
        | "vergangenes" | "vergangene" | "vorigen" | "voriges" | "vorige" => -1,
        "this" | "diesen" | "diesem" | "dieses" | "dieser" | "diese" => 0,
        "next" | "nächsten" | "nächster" | "nächstem" | "kommender" | "kommendem" | "nächstes"
        | "nächste" | "kommenden" | "kommendes" | "kommende" => 1,
        _ => return None,
    };
    Some(match words.get(at + 1)?.lower.as_str() {
        "year" | "jahr" | "jahres" => Calendar::Year(distance),
        "month" | "monat" | "monats" => Calendar::Month(distance),
        "week" | "weekend" | "spring" | "summer" | "autumn" | "fall" | "winter" | "season" | "night"
        | "morning" | "afternoon" | "evening" | "quarter" | "decade" | "century" | "term" | "woche"
        | "wochenende" | "frühjahr" | "frühling" | "sommer" | "herbst" | "saison" | "nacht" | "abend"
        | "jahrzehnt" | "quartal" | "jahrhundert" => Calendar::Unclear,
        _ => return None,
    })
}

/// Days of a civil date since 1970-01-01. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let mp = (5 * of_year + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * mp + 2) / 5 + 1)
}

/// The day (year, month, day) that `kind` names in a story published on `published` (year, month, day).
///
/// A weekday is the last such day up to the day of publication, since news tells of what was.
///
/// Cannot: know that "on Friday" looks ahead ("will meet on Friday"): the caller must not ask then. `None` for months and years.
pub fn absolute(kind: DateKind, published: (i16, u8, u8)) -> Option<(i16, u8, u8)> {
    let today = days_from_civil(i64::from(published.0), i64::from(published.1), i64::from(published.2));
    let day = match kind {
        DateKind::Weekday(weekday) => {
            // 1970-01-01 was a Thursday.
            let now = (today + 3).rem_euclid(7);
            today - (now - i64::from(weekday)).rem_euclid(7)
        }
        DateKind::Relative(days) => today + i64::from(days),
        DateKind::Month { .. } | DateKind::Year(_) => return None,
    };
    let (year, month, day) = civil_from_days(day);
    Some((i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}
