//! Numbers with their units: figures, number words, percent, money, scales.

use std::ops::Range;

use crate::{Language, Word};

/// A number of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Bytes in the text, unit signs included.
    pub range: Range<usize>,
    /// Index of the first and behind the last word that spell it.
    pub words: Range<usize>,
    /// What it comes to, scales such as "million" included.
    pub value: f64,
    /// Sign or word beside it: "%", "$", "£", "€", or empty.
    pub unit: &'static str,
    /// Written as digits rather than as a word.
    pub digits: bool,
}

const SMALL: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("dozen", 12.0),
    ("half", 0.5),
    ("twice", 2.0),
    ("double", 2.0),
    ("pair", 2.0),
    ("first", 1.0),
    ("second", 2.0),
    ("third", 3.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwölf", 12.0),
    ("zwanzig", 20.0),
    ("dreißig", 30.0),
];

fn small(word: &str) -> Option<f64> {
    SMALL.iter().find(|pair| pair.0 == word).map(|pair| pair.1)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" | "hundert" => 100.0,
        "thousand" | "thousands" | "tausend" | "k" => 1e3,
        "million" | "millions" | "millionen" | "mio" | "m" => 1e6,
        "billion" | "billions" | "milliarde" | "milliarden" | "mrd" | "bn" => 1e9,
        "trillion" | "trillions" | "billionen" | "tn" => 1e12,
        "decade" | "decades" | "jahrzehnte" | "jahrzehnten" => 10.0,
        _ => return None,
    })
}

/// Numbers among `words` of `text`, in order.
///
/// "3.5 million", "1,200", "30 years", "three decades" (30), "twenty-one", "100th", "£2m", "5bn" are read. A decimal comma is
/// read as one unless three digits follow; in German a point before three digits parts thousands.
///
/// Cannot: read fractions ("two thirds"), Roman figures, or ranges as ranges; "one" and "a" are not taken for numbers.
pub fn numbers(text: &str, words: &[Word], language: Language) -> Vec<Number> {
    let german = language == Language::German;
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let (mut value, digits) =
            match (word.digit.then(|| figure(&word.lower, german)).flatten(), small(&word.lower)) {
                (Some(value), _) => (value, true),
                (None, Some(value)) => (value, false),
                _ => {
                    at += 1;
                    continue;
                }
            };
        let first = at;
        at += 1;
        // "twenty-one"
        if !digits
            && (20.0..100.0).contains(&value)
            && let Some(one) = words
                .get(at)
                .and_then(|next| if next.lower == "one" { Some(1.0) } else { small(&next.lower) })
                .filter(|one| *one >= 1.0 && *one < 10.0)
            && text[words[at - 1].range.end..words[at].range.start].trim() == "-"
        {
            value += one;
            at += 1;
        }
        while let Some(times) = words.get(at).and_then(|next| scale(&next.lower)) {
            value *= times;
            at += 1;
        }
        let (range, unit) = with_unit(text, words, first..at);
        found.push(Number { range, words: first..at, value, unit, digits });
    }
    found
}

/// The value of a word with digits: separators, ordinal endings and scale letters read; `None` for codes such as "A380".
fn figure(lower: &str, german: bool) -> Option<f64> {
    let end = lower.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(lower.len());
    let (body, tail) = lower.split_at(end);
    let times = match tail {
        "" | "st" | "nd" | "rd" | "th" | "s" => 1.0,
        "m" | "mn" | "mio" => 1e6,
        "bn" | "b" => 1e9,
        "k" => 1e3,
        _ => return None,
    };
    let mut plain = String::with_capacity(body.len());
    let bytes = body.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => plain.push(char::from(*byte)),
            sign => {
                let after = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
                let last = !bytes[at + 1..].iter().any(|b| *b == b'.' || *b == b',');
                let thousands = after == 3
                    && (*sign == b',' && !german
                        || *sign == b'.' && german
                        || !last
                        || plain.len() <= 3 && plain.contains('.'));
                if !thousands && last && after > 0 {
                    plain.push('.');
                }
            }
        }
    }
    plain.parse::<f64>().ok().map(|value| value * times)
}

/// Widens the range by a sign that touches it, and names the unit.
fn with_unit(text: &str, words: &[Word], span: Range<usize>) -> (Range<usize>, &'static str) {
    let mut range = words[span.start].range.start..words[span.end - 1].range.end;
    let mut unit = "";
    if let Some(sign) = text[..range.start].chars().next_back() {
        unit = match sign {
            '$' => "$",
            '£' => "£",
            '€' => "€",
            _ => "",
        };
        if !unit.is_empty() {
            range.start -= sign.len_utf8();
        }
    }
    let rest = &text[range.end..];
    let trimmed = rest.trim_start_matches([' ', '\u{a0}']);
    if trimmed.starts_with('%') {
        range.end += rest.len() - trimmed.len() + 1;
        unit = "%";
    } else if trimmed.starts_with('€') {
        range.end += rest.len() - trimmed.len() + '€'.len_utf8();
        unit = "€";
    } else if let Some(next) = words.get(span.end) {
        match next.lower.as_str() {
            "percent" | "prozent" | "per"
                if next.lower != "per" || words.get(span.end + 1).is_some_and(|w| w.lower == "cent") =>
            {
                unit = "%"
            }
            "dollars" | "dollar" => unit = "$",
            "pounds" => unit = "£",
            "euros" | "euro" => unit = "€",
            _ => {}
        }
    }
    (range, unit)
}
