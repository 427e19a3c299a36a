//! Numbers that both have, with another unit, another scale, or another limit before them; of a range the one end.

use std::ops::Range;

use text::WordList;

use super::{Loss, Pair};
use crate::limits::SPANS;

/// What stands behind a number and says of what it is.
const UNITS: &[&[&str]] = &[
    &["thousand", "tausend"],
    &["million", "millions", "millionen", "mio", "m"],
    &["billion", "billions", "milliarde", "milliarden", "mrd", "bn"],
    &["trillion", "billionen"],
    &["percent", "per", "prozent"],
    &["percentage", "prozentpunkte", "prozentpunkten"],
    &["dollar", "dollars"],
    &["pound", "pounds"],
    &["euro", "euros"],
    &["crown", "crowns", "kronen"],
    &["yen"],
    &["franc", "francs", "franken"],
    &["metre", "metres", "meter", "meters", "metern"],
    &["kilometre", "kilometres", "kilometer", "kilometers", "kilometern", "km"],
    &["mile", "miles", "meilen"],
    &["kilogram", "kilograms", "kilogramm", "kg"],
    &["tonne", "tonnes", "ton", "tons", "tonnen"],
    &["litre", "litres", "liter", "litern"],
    &["second", "seconds", "sekunden"],
    &["minute", "minutes", "minuten"],
    &["hour", "hours", "stunde", "stunden"],
    &["day", "days", "tag", "tage", "tagen"],
    &["week", "weeks", "woche", "wochen"],
    &["month", "months", "monat", "monate", "monaten"],
    &["year", "years", "jahr", "jahre", "jahren"],
    &["decade", "decades"],
    &["times", "mal"],
];

/// What stands before a number and says how near it is: each word with its kind.
const NEARNESS: &[(&str, u8)] = &[
    ("more", MORE),
    ("over", MORE),
    ("above", MORE),
    ("exceeding", MORE),
    ("mehr", MORE),
    ("über", MORE),
    ("less", LESS),
    ("fewer", LESS),
    ("under", LESS),
    ("below", LESS),
    ("weniger", LESS),
    ("unter", LESS),
    ("least", LEAST),
    ("minimum", LEAST),
    ("mindestens", LEAST),
    ("wenigstens", LEAST),
    ("most", MOST),
    ("maximum", MOST),
    ("up", MOST),
    ("much", MOST),
    ("many", MOST),
    ("höchstens", MOST),
    ("bis", MOST),
    ("about", NEAR),
    ("around", NEAR),
    ("approximately", NEAR),
    ("roughly", NEAR),
    ("some", NEAR),
    ("nearly", NEAR),
    ("almost", NEAR),
    ("close", NEAR),
    ("rund", NEAR),
    ("etwa", NEAR),
    ("ungefähr", NEAR),
    ("knapp", NEAR),
    ("fast", NEAR),
    ("only", ONLY),
    ("just", ONLY),
    ("nur", ONLY),
];
const MORE: u8 = 1;
const LESS: u8 = 2;
const LEAST: u8 = 3;
const MOST: u8 = 4;
const NEAR: u8 = 5;
const ONLY: u8 = 6;

/// Words between such a word and its number.
static LIGHT: WordList = WordList::new(&["than", "as", "to", "the", "a", "an", "als", "zu", "of"]);

/// Words that join the two ends of a range.
static JOINTS: WordList = WordList::new(&["to", "and", "or", "bis", "und", "oder"]);

fn unit(lower: &str) -> Option<usize> {
    UNITS.iter().position(|group| group.contains(&lower))
}

impl Pair<'_> {
    /// Numbers of both sides that are not the same.
    pub(super) fn other_figures(&self) -> Vec<(Loss, Range<usize>)> {
        let counted = |b: &usize| self.other(*b).digit || self.is_number(*b);
        let mut out = Vec::new();
        for b in (0..self.theirs.len()).filter(counted) {
            let Some(a) = self.theirs_to[b] else { continue };
            if self.has_other_unit(a, b) || self.rate(a, true) != self.rate(b, false) {
                out.push((Loss::Figure, b..(b + 2).min(self.theirs.len())));
            } else if let Some(start) = self.begins_range(b) {
                out.push((Loss::Figure, start..b + 1));
            } else if let Some(loss) = self.other_nearness(a, b) {
                out.push((loss, b..b + 1));
            }
        }
        out
    }

    /// Another scale or unit behind the number, or another sign of money before it.
    fn has_other_unit(&self, a: usize, b: usize) -> bool {
        let behind = |word: Option<&text::Word>| word.map(|word| (word.lower.clone(), unit(&word.lower)));
        let ours = behind(self.statement.words.get(self.found.span.start + a + 1));
        let theirs = behind(self.article.copy.words.get(self.theirs.start + b + 1));
        let (our_unit, their_unit) = (ours.and_then(|it| it.1), theirs.and_then(|it| it.1));
        if our_unit.is_some() && their_unit.is_some() && our_unit != their_unit {
            return true;
        }
        let number = |numbers: &[text::Number], at: usize| {
            let from = numbers.partition_point(|number| number.words.end <= at);
            numbers.get(from).filter(|number| number.words.contains(&at)).cloned()
        };
        let ours = number(&self.statement.numbers, self.found.span.start + a);
        let theirs = number(&self.article.copy.numbers, self.theirs.start + b);
        let (Some(ours), Some(theirs)) = (ours, theirs) else { return false };
        let differs = (ours.value - theirs.value).abs() > 1e-9 * theirs.value.abs().max(1.0);
        let other_sign = !ours.unit.is_empty() && !theirs.unit.is_empty() && ours.unit != theirs.unit;
        // "90 customers" for "90 percent of customers".
        let lost_share = theirs.unit == "%" && ours.unit.is_empty();
        let money = ["$", "£", "€"];
        let is_money = |sign: &str| money.contains(&sign);
        let other_money = is_money(theirs.unit) && ours.unit.is_empty() && self.names_money(a);
        differs && theirs.words.len() == ours.words.len().max(theirs.words.len())
            || other_sign
            || lost_share
            || other_money
    }

    /// Whether a length of time stands behind the number as its measure: "800 euros a year".
    fn rate(&self, at: usize, ours: bool) -> bool {
        let copy = if ours { self.statement } else { &self.article.copy };
        let start = if ours { self.found.span.start } else { self.theirs.start } + at;
        let lower = |at: usize| copy.words.get(at).map_or("", |word| word.lower.as_str());
        (start + 1..start + 4).any(|at| {
            matches!(lower(at), "a" | "per" | "each" | "every" | "pro" | "im")
                && SPANS.holds(lower(at + 1).trim_end_matches('s'))
                || matches!(lower(at), "annually" | "yearly" | "monthly" | "jährlich" | "monatlich")
        })
    }

    /// A word of money within three words behind the number.
    fn names_money(&self, a: usize) -> bool {
        let from = self.found.span.start + a + 1;
        let near = self.statement.words.iter().skip(from).take(3);
        near.filter_map(|word| unit(&word.lower)).any(|unit| (6..=11).contains(&unit))
    }

    /// Where the range begins of which the number at `b` is the end, when the statement has not its beginning: "3 to 4 billion".
    fn begins_range(&self, b: usize) -> Option<usize> {
        let joint = b.checked_sub(1).filter(|at| JOINTS.holds(&self.other(*at).lower))?;
        let lost = |at: usize| self.theirs_to[at].is_none();
        let first = (joint.saturating_sub(3)..joint)
            .rev()
            .take_while(|at| {
                self.other(*at).digit || self.is_number(*at) || unit(&self.other(*at).lower).is_some()
            })
            .find(|at| self.other(*at).digit || self.is_number(*at))?;
        let is_between = || {
            first.checked_sub(1).is_some_and(|at| {
                matches!(self.other(at).lower.as_str(), "between" | "from" | "zwischen" | "von")
            })
        };
        let joins = !matches!(self.other(joint).lower.as_str(), "and" | "und") || is_between();
        (joins && lost(first)).then_some(first)
    }

    /// How near the number is said to be: the statement says it otherwise, or says it and the text does not.
    fn other_nearness(&self, a: usize, b: usize) -> Option<Loss> {
        let kind = |word: &str| NEARNESS.iter().find(|pair| pair.0 == word).copied();
        let before = |start: usize, at: usize, word: &dyn Fn(usize) -> String| {
            (start..at)
                .rev()
                .take(4)
                .map(word)
                .take_while(|word| LIGHT.holds(word) || kind(word).is_some())
                .find_map(|word| kind(&word))
        };
        let ours = before(0, a, &|at| self.ours(at).lower.clone());
        let theirs = before(0, b, &|at| self.other(at).lower.clone());
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours.1 != theirs.1 => Some(Loss::Figure),
            // "Some 300" and "the some"; a number of its own ("twelve more").
            (Some(ours), None) => Some(Loss::Added(ours.0)),
            _ => None,
        }
    }
}
