//! Times counted back from the day of a text: "ten years ago", "vor zwei Monaten".

use std::ops::Range;

use crate::{Calendar, Word};

const COUNTS: &[(&str, i16)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("einem", 1),
    ("einer", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("fünfzehn", 15),
    ("zwanzig", 20),
    ("dreißig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
];

/// Whether the word before a count leaves it whole; not "nearly ten years ago", "twenty-five years ago".
fn leaves_exact(before: Option<&Word>) -> bool {
    const VAGUE: &[&str] = &[
        "about",
        "nearly",
        "almost",
        "over",
        "than",
        "some",
        "around",
        "roughly",
        "least",
        "most",
        "just",
        "and",
        "or",
        "to",
        "under",
        "approximately",
        "up",
        "hundred",
        "half",
        "from",
    ];
    before.is_none_or(|word| {
        !VAGUE.contains(&word.lower.as_str()) && !word.digit && COUNTS.iter().all(|pair| pair.0 != word.lower)
    })
}

/// The time counted back from the text's day whose last word is at `last`, and its words. A count that is not exact ("nearly ten
/// years ago", "vor vielen Jahren"), weeks and hours are [`Calendar::Unclear`].
///
/// Cannot: read counts of two words ("twenty-five"), which are unclear.
pub fn ago(words: &[Word], last: usize) -> Option<(Calendar, Range<usize>)> {
    let lower = |at: usize| words[at].lower.as_str();
    let is_english = lower(last) == "ago";
    let unit = if is_english { last.checked_sub(1)? } else { last };
    let distance: fn(i16) -> Calendar = match lower(unit) {
        "year" | "years" | "jahr" | "jahren" => |count| Calendar::Year(-count),
        "month" | "months" | "monat" | "monaten" => |count| Calendar::Month(-count),
        "day" | "days" | "tag" | "tagen" => |count| Calendar::Day(-count),
        "week" | "weeks" | "hour" | "hours" | "minutes" | "decade" | "decades" | "century" | "centuries"
        | "woche" | "wochen" | "stunde" | "stunden" | "minuten" | "jahrzehnt" | "jahrzehnten" => {
            |_| Calendar::Unclear
        }
        _ => return None,
    };
    let count = unit.checked_sub(1)?;
    let start = if is_english {
        count
    } else {
        // "Vor zehn Jahren", "vor rund zehn Jahren", "vor Jahren".
        (count.saturating_sub(2)..=count).rev().find(|at| lower(*at) == "vor")?
    };
    let value = COUNTS.iter().find(|pair| pair.0 == lower(count)).map(|pair| pair.1);
    let value = value.or_else(|| lower(count).parse().ok()).filter(|value| (1..200).contains(value));
    // "Vor dem Jahr der Wahl", "vor den Tagen": dated by something else.
    let is_one = matches!(lower(unit), "jahr" | "monat" | "tag" | "woche" | "stunde" | "jahrzehnt");
    if !is_english
        && (is_one && value != Some(1) || matches!(lower(count), "den" | "diesen" | "ihren" | "seinen"))
    {
        return None;
    }
    // "A million years ago", "700 years ago": so far back that no date is meant.
    let is_far =
        matches!(lower(count), "million" | "billion" | "thousand" | "hundred" | "millionen" | "tausend")
            || lower(count).replace([',', '.'], "").parse().is_ok_and(|count: u64| count >= 200);
    if is_far {
        return None;
    }
    let is_exact = if is_english {
        leaves_exact(start.checked_sub(1).map(|at| &words[at]))
    } else {
        // "Nicht vor zwei Jahren" is to come.
        start + 1 == count
            && start.checked_sub(1).is_none_or(|at| !matches!(lower(at), "nicht" | "erst" | "kurz"))
    };
    Some((value.filter(|_| is_exact).map_or(Calendar::Unclear, distance), start..last + 1))
}
