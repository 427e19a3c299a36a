//! Sums of one thing that differ by a slip of scale: "3.5 million euros" and further down "35 million euros".

use std::collections::HashSet;

use text::{Copy, Number};

use super::findings::{Findings, quoted};
use super::story::Story;

/// Sums that are compared; keeps the time bounded.
const COMPARED: usize = 64;

/// Content words besides the sum that both sentences must have, from which they are likely to be of one thing.
const SHARED: usize = 2;

/// Signs and words of money and measure, in small letters.
const UNITS: &[&str] = &[
    "euro",
    "euros",
    "dollar",
    "dollars",
    "pound",
    "pounds",
    "franken",
    "francs",
    "yen",
    "yuan",
    "rubles",
    "rubel",
    "crowns",
    "kronen",
    "mark",
    "marks",
    "tonnes",
    "tons",
    "tonnen",
    "kilometres",
    "kilometer",
    "kilometers",
    "miles",
    "metres",
    "meter",
    "meters",
    "litres",
    "liter",
    "liters",
    "hectares",
    "hektar",
    "acres",
    "barrels",
    "people",
    "menschen",
    "einwohner",
    "inhabitants",
];

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let copy = &story.copy;
    let sums: Vec<(&Number, &str)> = copy
        .numbers
        .iter()
        .filter(|number| number.digits && n_figures(number.value) >= 2)
        .filter_map(|number| unit(copy, number).map(|unit| (number, unit)))
        .take(COMPARED)
        .collect();
    for (at, (later, its_unit)) in sums.iter().enumerate() {
        let slip = |(earlier, unit): &&(&Number, &str)| {
            unit == its_unit && is_slip(earlier.value, later.value) && is_of_one_thing(copy, earlier, later)
        };
        // Where both stand elsewhere as well, both are meant.
        let said = sums.iter().filter(|(other, _)| other.value == later.value).count();
        if let Some((earlier, _)) = sums[..at].iter().find(slip).filter(|_| said == 1) {
            findings.doubtful(
                "number-differs",
                story.place_at(later.range.clone()),
                format!(
                    "Before, it is another by a factor of ten or more: {}.",
                    quoted(&spelled(copy, earlier))
                ),
                "Check which is right, or say what each counts.",
            );
        }
    }
}

/// The sign or word of money or measure.
fn unit<'c>(copy: &'c Copy, number: &Number) -> Option<&'c str> {
    if !number.unit.is_empty() {
        return (number.unit != "%").then_some(number.unit);
    }
    let word = copy.words.get(number.words.end)?.lower.as_str();
    UNITS.contains(&word).then_some(word)
}

/// The same figures, shifted by one to three places.
fn is_slip(one: f64, other: f64) -> bool {
    let ratio = if one > other { one / other } else { other / one };
    [10.0, 100.0, 1000.0].iter().any(|factor| (ratio / factor - 1.0).abs() < 1e-9)
}

/// Figures of a number without the noughts at its end: two for 3.5 million.
fn n_figures(value: f64) -> usize {
    let text = format!("{value}");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Their sentences have words in common that are none of the sum's own.
fn is_of_one_thing(copy: &Copy, one: &Number, other: &Number) -> bool {
    let content = |number: &Number| -> HashSet<u64> {
        let span = copy.words_of(copy.sentence_of[number.words.start]);
        let words = span.filter(|at| !number.words.contains(at) && *at != number.words.end);
        words
            .map(|at| &copy.words[at])
            .filter(|word| !word.stop && !word.digit)
            .map(|word| word.key)
            .collect()
    };
    let sentence = |number: &Number| copy.sentence_of[number.words.start];
    sentence(one) != sentence(other) && content(one).intersection(&content(other)).count() >= SHARED
}

fn spelled(copy: &Copy, number: &Number) -> String {
    let end = copy.words.get(number.words.end).map_or(number.range.end, |word| word.range.end);
    copy.text[number.range.start.min(end)..end].to_owned()
}
