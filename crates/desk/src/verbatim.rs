//! Statements that are sentences of the article, word for word, but for what a key point may drop or make plainer.

use std::ops::Range;

use text::{Calendar, Copy, DateKind, Language};

use crate::Article;

/// Words that point at a sentence before and change nothing of what is said.
const DROPPED: &[&str] = &["also", "auch", "außerdem"];

/// Words that join a sentence to the one before; at its beginning only.
pub(crate) const JOINING: &[&str] = &[
    "but",
    "and",
    "so",
    "yet",
    "however",
    "meanwhile",
    "moreover",
    "furthermore",
    "additionally",
    "still",
    "then",
    "aber",
    "und",
    "doch",
    "jedoch",
    "zudem",
    "unterdessen",
    "indes",
    "denn",
];

/// Sentences of the article that the statement's sentences are; `None` when one of them is not.
///
/// A sentence must be whole, so that no condition and no speaker is cut off. Dropped may be the dateline, "also" and a joining first word; added
/// may be the date behind the name of a day, the year or month behind "last year" and its like, and put for "yesterday" and its like, as it follows from the day of the dateline or of publication.
pub(crate) fn whole_sentences(article: &Article, statement: &Copy) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    for sentence in 0..statement.sentences.len() {
        let span = statement.words_of(sentence);
        let anchor = span.clone().find(|at| !statement.words[*at].stop && !statement.words[*at].digit)?;
        let key = statement.words[anchor].key as u32;
        let mut last = usize::MAX;
        let held = article.places(key).iter().map(|place| article.sentence_of(*place)).find(|candidate| {
            let fresh = *candidate != last;
            last = *candidate;
            fresh && is_sentence(article, statement, span.clone(), *candidate)
        });
        found.push(held?);
    }
    (!found.is_empty()).then_some(found)
}

/// Whether the word at `b` may be left out; "too" at the end of its clause alone: "too low" is another height than "low".
fn is_dropped(copy: &Copy, b: usize, end: usize) -> bool {
    let lower = copy.words[b].lower.as_str();
    let ends_clause = || b + 1 >= end || copy.between(b + 1).contains([',', ';', '.', '–', '—']);
    DROPPED.contains(&lower) || lower == "too" && ends_clause()
}

fn is_sentence(article: &Article, statement: &Copy, ours: Range<usize>, sentence: usize) -> bool {
    let theirs = article.copy.words_of(sentence);
    let body = article.body_of(sentence);
    is_run(article, statement, ours.clone(), theirs.clone())
        || body.start > theirs.start && !body.is_empty() && is_run(article, statement, ours, body)
}

/// Whether the statement's words are those of the article, but for what may be dropped or added.
fn is_run(article: &Article, statement: &Copy, ours: Range<usize>, theirs: Range<usize>) -> bool {
    let copy = &article.copy;
    if ours.len() > theirs.len() + 12 || theirs.len() > ours.len() + 8 {
        return false;
    }
    let (mut a, mut b) = (ours.start, theirs.start);
    if b < theirs.end
        && JOINING.contains(&copy.words[b].lower.as_str())
        && copy.words[b].lower != statement.words[a].lower
    {
        b += 1;
    }
    loop {
        let one = (a < ours.end).then(|| &statement.words[a]);
        let other = (b < theirs.end).then(|| &copy.words[b]);
        match (one, other) {
            (None, None) => return true,
            (Some(one), Some(other)) if one.lower == other.lower => {
                a += 1;
                b += 1;
            }
            (_, Some(_)) if is_dropped(copy, b, theirs.end) => b += 1,
            (Some(_), _) => {
                let Some((behind, relative)) = made_absolute(article, statement, a, b) else { return false };
                a = behind;
                b += usize::from(relative);
            }
            _ => return false,
        }
    }
}

/// Whether a date is put in at word `a`: the word behind it, and whether it stands for the article's word `b` ("yesterday").
fn made_absolute(article: &Article, statement: &Copy, a: usize, b: usize) -> Option<(usize, bool)> {
    let published = article.day()?;
    if let Some(behind) = calendar_date(article, statement, a, b) {
        return Some((behind, false));
    }
    if is_year_of_month(article, statement, a, b) {
        return Some((a + 1, false));
    }
    let from = a + usize::from(matches!(statement.words[a].lower.as_str(), "on" | "am"));
    let date = statement.dates.iter().find(|date| date.words.start == from)?;
    let DateKind::Month { month, day: Some(day), year: Some(year) } = date.kind else { return None };
    let meant = |kind| {
        text::absolute(kind, published).is_some_and(|it| it == (i16::try_from(year).unwrap_or(0), month, day))
    };
    let there = |at: usize| article.copy.dates.iter().find(|date| date.words.start == at);
    if there(b).is_some_and(|date| matches!(date.kind, DateKind::Relative(_)) && meant(date.kind)) {
        return Some((date.words.end, true));
    }
    let before = b.checked_sub(1).and_then(there).filter(|date| matches!(date.kind, DateKind::Weekday(_)))?;
    (a == from && meant(before.kind)).then_some((date.words.end, false))
}

/// Whether word `a` is the year put in brackets behind the article's "in January", whose last word is before `b`.
fn is_year_of_month(article: &Article, statement: &Copy, a: usize, b: usize) -> bool {
    let word = &statement.words[a];
    let in_brackets = statement.text[..word.range.start].ends_with(" (")
        && statement.text[word.range.end..].starts_with(')');
    let there = article.copy.dates.iter().find(|date| date.words.end == b);
    let Some((DateKind::Month { month, day: None, year: None }, day)) =
        there.map(|date| date.kind).zip(article.day())
    else {
        return false;
    };
    in_brackets && word.lower == year_of_month(month, day).to_string()
}

/// The year of a month that a story of that day tells of in the past.
pub(crate) fn year_of_month(month: u8, (year, now, _): (i16, u8, u8)) -> i16 {
    if month <= now { year } else { year - 1 }
}

/// The word behind the year or month that is put in at word `a`, if it is what "last year" and its like before the article's word `b`
/// stand for.
fn calendar_date(article: &Article, statement: &Copy, a: usize, b: usize) -> Option<usize> {
    let words = &article.copy.words;
    let time = b.checked_sub(2).and_then(|at| text::calendar(words, at));
    let time = time.or_else(|| Some(text::ago(words, b.checked_sub(1)?)?.0))?;
    let date = statement.dates.iter().find(|date| date.words.start == a)?;
    let said = &statement.text[date.range.clone()];
    let meant = written_calendar(article.copy.language, time, article.day()?)?;
    (said == meant).then_some(date.words.end)
}

/// The year, the month with its year, or the day that "last year", "next month" or "three days ago" stands for in a story of that day.
pub(crate) fn written_calendar(
    language: Language,
    time: Calendar,
    (year, month, day): (i16, u8, u8),
) -> Option<String> {
    match time {
        Calendar::Year(years) => Some((year + years).to_string()),
        Calendar::Day(days) => {
            let kind = DateKind::Relative(i8::try_from(days).ok()?);
            Some(written(language, text::absolute(kind, (year, month, day))?))
        }
        Calendar::Month(months) => {
            let months = i16::from(month) - 1 + months;
            let (year, month) = (year + months.div_euclid(12), months.rem_euclid(12) as usize);
            Some(format!("{} {year}", month_names(language)[month]))
        }
        Calendar::Unclear => None,
    }
}

/// A date as readers of this language write it.
pub(crate) fn written(language: Language, (year, month, day): (i16, u8, u8)) -> String {
    let month = month_names(language)[usize::from(month.clamp(1, 12)) - 1];
    if language == Language::German {
        format!("{day}. {month} {year}")
    } else {
        format!("{day} {month} {year}")
    }
}

fn month_names(language: Language) -> &'static [&'static str; 12] {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const GERMAN: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    if language == Language::German { &GERMAN } else { &ENGLISH }
}
