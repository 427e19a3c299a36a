//! Numbers of headline and teaser that the text has otherwise, or not at all.

use std::collections::HashMap;

use text::{Copy, Number};

use super::findings::{Findings, quoted, token};
use super::story::{Spot, Story};

/// Things of which a story counts many different ones.
const COMMON: &[&str] = &[
    "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes",
    "second", "seconds", "times", "percent", "per", "jahr", "jahre", "jahren", "monate", "monaten", "wochen",
    "tage", "tagen", "stunden", "minuten", "prozent", "mal", "old",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let counted = counted(&story.copy);
    let values: Vec<f64> = story.copy.numbers.iter().map(|number| number.value).collect();
    let parts = [
        (Spot::Headline, Some(story.manuscript.title)),
        (Spot::Excerpt, story.excerpt()),
        (Spot::Teaser, story.teaser()),
    ];
    for (spot, text) in parts.into_iter().filter_map(|(spot, text)| text.map(|text| (spot, text))) {
        let copy = text::read(text, Some(story.language));
        let mut told_until = 0;
        for number in copy.numbers.iter().filter(|number| is_count(&copy, number)) {
            // Of a score or a range, "5-5", one finding is enough.
            if number.range.start < told_until || values.iter().any(|value| agrees(number.value, *value)) {
                continue;
            }
            told_until = token(text, number.range.start).end;
            let place = story.place(spot, &quoted(&spelled(&copy, number)));
            let others =
                noun(&copy, number).and_then(|(key, noun)| counted.get(&key).map(|others| (noun, others)));
            if let Some((noun, others)) = others {
                let body: Vec<String> =
                    others.iter().take(3).map(|other| quoted(&spelled(&story.copy, other))).collect();
                findings.doubtful(
                    "number-differs",
                    place,
                    format!("The text counts {noun} otherwise: {}.", body.join(", ")),
                    "Let both say the same number, or say what each counts.",
                );
            } else if number.digits && !is_part(&copy, number) && !is_span(&copy, number) {
                findings.doubtful(
                    "number-differs",
                    place,
                    "The text does not have this number.",
                    "Check it, and let the text say it too.",
                );
            }
        }
    }
}

/// Half of a time of day or of a pair of years: "10:30", "1986/87".
fn is_part(copy: &Copy, number: &Number) -> bool {
    let sign = |c: Option<char>| matches!(c, Some(':' | '/'));
    sign(copy.text[..number.range.start].chars().next_back())
        || sign(copy.text[number.range.end..].chars().next())
}

/// A stretch of time, which a headline may have reckoned from two dates: "after 40 years".
fn is_span(copy: &Copy, number: &Number) -> bool {
    copy.words.get(number.words.end).is_some_and(|word| COMMON.contains(&word.lower.as_str()))
}

/// Numbers of the text by the word behind them.
fn counted(copy: &Copy) -> HashMap<u64, Vec<&Number>> {
    let mut found: HashMap<u64, Vec<&Number>> = HashMap::new();
    for number in copy.numbers.iter().filter(|number| is_count(copy, number)) {
        if let Some((key, _)) = noun(copy, number) {
            found.entry(key).or_default().push(number);
        }
    }
    found
}

/// Counts things: no date, no year, no place in an order, no fraction.
fn is_count(copy: &Copy, number: &Number) -> bool {
    let in_date = copy.dates.iter().any(|date| date.range.contains(&number.range.start));
    let first = copy.words[number.words.start].lower.as_str();
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| first.ends_with(end))
        || matches!(first, "first" | "second" | "third" | "half" | "twice" | "double" | "pair" | "dozen");
    !in_date && !ordinal && number.value >= 2.0 && (number.unit.is_empty() || number.unit != "%")
}

/// The word that is counted: the one right behind, when it is no word of grammar and no part of a compound ("40-year-old").
fn noun<'c>(copy: &'c Copy, number: &Number) -> Option<(u64, &'c str)> {
    let word = copy.words.get(number.words.end)?;
    let between = &copy.text[copy.words[number.words.end - 1].range.end..word.range.start];
    let plain = between.chars().all(char::is_whitespace) && !between.is_empty();
    let fits = plain && !word.stop && !word.digit && !word.capital && word.lower.chars().count() >= 4;
    (fits && !COMMON.contains(&word.lower.as_str())).then_some((word.key, word.lower.as_str()))
}

fn spelled(copy: &Copy, number: &Number) -> String {
    let end = copy.words.get(number.words.end).map_or(number.range.end, |word| word.range.end);
    copy.text[number.range.start.min(end)..end].to_owned()
}

/// Whether one number is the other, perhaps rounded up or down to the digits that it has.
fn agrees(round: f64, exact: f64) -> bool {
    if round == exact {
        return true;
    }
    if round < 10.0 || exact < 10.0 {
        return false;
    }
    let mut unit = 1.0;
    while unit < round && (round / (unit * 10.0)).fract() == 0.0 {
        unit *= 10.0;
    }
    unit > 1.0 && ((exact / unit).floor() * unit == round || (exact / unit).ceil() * unit == round)
}
