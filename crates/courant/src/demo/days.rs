//! Days in the sample's texts. News is of its day, and the sample is made on any: a text says how many days lie between.
//!
//! `{day -1}` is the weekday of the day before the publication is made, `{date 3}` weekday, day and month three days after it;
//! `{tag -1}` is the weekday in German.

use jiff::Span;
use jiff::civil::{Date, Weekday};

const MARKS: [&str; 3] = ["day", "date", "tag"];

/// The text with its days named, counted from `made_on`.
///
/// Errors: a mark without end, or with something else than a number of days in it.
pub fn named(text: &str, made_on: Date) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, mark)) = next_mark(rest) {
        let (before, marked) = rest.split_at(at);
        let (count, after) = marked
            .get(mark.len() + 2..)
            .and_then(|marked| marked.split_once('}'))
            .ok_or_else(|| format!("{marked:.20} has no end"))?;
        let days: i32 = count.parse().map_err(|_| format!("`{{{mark} {count}}}` counts no days"))?;
        let day = Span::new()
            .try_days(days)
            .and_then(|days| made_on.checked_add(days))
            .map_err(|error| format!("{{{mark} {count}}}: {error}"))?;
        out.push_str(before);
        out.push_str(&match mark {
            "date" => day.strftime("%A %-d %B").to_string(),
            "tag" => german(day.weekday()).to_owned(),
            _ => day.strftime("%A").to_string(),
        });
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Where the first mark begins, and its name.
fn next_mark(text: &str) -> Option<(usize, &'static str)> {
    MARKS.into_iter().filter_map(|mark| Some((text.find(&format!("{{{mark} "))?, mark))).min()
}

fn german(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_from_the_day_on_which_the_publication_is_made() {
        let text = "On {day -1}, until {date 3}, am {tag 0}: {first_name}.";
        assert_eq!(
            named(text, date(2026, 2, 27)).unwrap(),
            "On Thursday, until Monday 2 March, am Freitag: {first_name}."
        );
    }

    #[test]
    fn a_mark_that_counts_no_days_is_refused() {
        for text in ["{day soon}", "{date }", "{tag 1", "{day 99999999}"] {
            assert!(named(text, date(2026, 2, 27)).is_err(), "{text}");
        }
    }
}
