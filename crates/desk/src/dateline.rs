//! The dateline of a text: "CARROW, Nov 20, 2025 (Reuters) — The council …".

use std::ops::Range;

use text::{Copy, DateKind};

/// Bytes of a place, a date and an agency before the dash.
const LONGEST: usize = 80;

/// Agencies that write themselves small.
const SMALL_AGENCIES: &[&str] = &["dpa", "epd", "kna", "apa", "sid", "ots", "ddp", "afp"];

/// Small words inside the names of places.
const SMALL_PLACES: &[&str] = &["am", "an", "im", "in", "der", "de", "la", "upon", "on", "of", "bei", "vor"];

/// Days for which a story may be dated ahead of its publication: where the place's clock is before that of the server.
const AHEAD: i8 = 1;

/// What a text has before its first sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// First word behind it.
    pub words_end: usize,
    /// Byte at which the text goes on.
    pub end: usize,
    /// Year where it is given, month and day.
    date: Option<(Option<i16>, u8, u8)>,
}

impl Dateline {
    /// The dateline at the beginning of a text: a place in capitals, or a place with its agency or a date, then a dash; or such a
    /// place and date as a line of their own.
    ///
    /// Cannot: know a place in plain letters without agency and date ("Berlin – Der Rat …"), a month without its day, a date before its place.
    pub fn of(copy: &Copy) -> Option<Self> {
        let start = copy.words.first()?.range.start;
        let line = copy.text[start..].lines().next()?;
        let dash = [" — ", " – ", " - ", " -- ", "— "]
            .iter()
            .filter_map(|dash| Some((line.find(dash)?, dash.len())))
            .min();
        let (length, behind) = dash.map_or((line.len(), line.len()), |(at, dash)| (at, at + dash));
        let head = line.get(..length).filter(|head| head.len() <= LONGEST)?;
        let words_end = copy.words.partition_point(|word| word.range.start < start + behind);
        let next = copy.words.get(words_end)?;
        let date = date_of(copy, 0..words_end);
        let is_own_line = dash.is_none();
        if is_own_line && (date.is_none() || head.trim_end().ends_with(['.', '!', '?', ':'])) {
            return None;
        }
        let end = start
            + behind
            + copy.text[start + behind..next.range.start]
                .find(|c: char| !c.is_whitespace())
                .unwrap_or(next.range.start - start - behind);
        let goes_on = next.capital || next.digit;
        (goes_on && is_dateline(head, date.is_some())).then_some(Self { words_end, end, date })
    }

    pub fn is_dated(&self) -> bool {
        self.date.is_some()
    }

    /// The day, its year completed as the last one up to the day of publication; `None` without a date, or without any year.
    pub fn day(&self, published: Option<(i16, u8, u8)>) -> Option<(i16, u8, u8)> {
        let (year, month, day) = self.date?;
        if let Some(year) = year {
            return Some((year, month, day));
        }
        let (this, now_month, now_day) = published?;
        let latest = text::absolute(DateKind::Relative(AHEAD), (this, now_month, now_day))?;
        let day_in = |year: i16| (year, month, day);
        Some(if day_in(latest.0) <= latest { day_in(latest.0) } else { day_in(latest.0 - 1) })
    }
}

/// The day of the month that the words have, with its year where one stands there.
fn date_of(copy: &Copy, words: Range<usize>) -> Option<(Option<i16>, u8, u8)> {
    let named =
        copy.dates.iter().take_while(|date| date.words.end <= words.end).find_map(|date| match date.kind {
            DateKind::Month { month, day: Some(day), year } => {
                Some((year.and_then(|year| i16::try_from(year).ok()), month, day))
            }
            _ => None,
        });
    // "20.11.2025": with points the day comes first everywhere.
    let in_figures = || {
        copy.words[words.clone()].iter().find_map(|word| {
            let mut parts = word.lower.split('.');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            let date = (Some(year.parse().ok()?), month.parse().ok()?, day.parse().ok()?);
            (year.len() == 4 && (1..=12).contains(&date.1) && (1..=31).contains(&date.2)).then_some(date)
        })
    };
    named.or_else(in_figures)
}

/// A place, then further places, a date or an agency, and nothing else.
fn is_dateline(head: &str, is_dated: bool) -> bool {
    let plain: String = head.chars().map(|c| if matches!(c, '(' | ')') { ',' } else { c }).collect();
    let mut parts = plain.split(',').map(str::trim).filter(|part| !part.is_empty());
    let Some(place) = parts.next() else { return false };
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_place = capital(place)
        && !place.chars().any(char::is_numeric)
        && place.split_whitespace().count() <= 4
        && place.split_whitespace().all(|word| capital(word) || SMALL_PLACES.contains(&word));
    let is_rest = parts.all(|part| {
        part.split([' ', '/']).all(|word| {
            capital(word)
                || word.starts_with(char::is_numeric)
                || SMALL_AGENCIES.contains(&word)
                || word.is_empty()
        })
    });
    let shouted = place.chars().count() > 2 && !place.chars().any(char::is_lowercase);
    let agency = head.trim_end().ends_with(')');
    is_place && is_rest && (shouted || agency || is_dated)
}
