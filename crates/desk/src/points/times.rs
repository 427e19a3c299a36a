//! Times in a point: days, months and years get their dates from the day of publication.

use std::ops::Range;

use text::{Calendar, Copy, Date, DateKind, Language, WordList};

use super::days::{Meaning, meaning, year_of};
use crate::Article;
use crate::verbatim::{written, written_calendar, year_of_month};

/// A place of the text and what stands there in the point.
pub(super) type Edit = (Range<usize>, String);

/// The dates that the times of a sentence get. `None` when one of them cannot be dated, so that the sentence is no point.
///
/// Cannot: date weeks and seasons ("last autumn"), so sentences that name them are no points.
pub(super) fn edits(article: &Article, span: Range<usize>) -> Option<Vec<Edit>> {
    let copy = &article.copy;
    let mut edits = Vec::new();
    let is_past = tells_of_the_past(copy, span.clone());
    for date in copy.dates.iter().filter(|date| span.contains(&date.words.start)) {
        let in_quote = copy.quoted[date.words.start].is_some();
        match (date.kind, article.day()) {
            (DateKind::Weekday(_) | DateKind::Relative(_), _) if in_quote => return None,
            (DateKind::Weekday(_), None) => {}
            (DateKind::Relative(_), None) => return None,
            (DateKind::Weekday(_), Some(day)) => {
                edits.extend(weekday_edit(copy, &span, date, text::absolute(date.kind, day)?, is_past)?);
            }
            (DateKind::Relative(_), Some(published)) => {
                if copy.text[date.range.end..].starts_with(['\'', '’']) || date.words.start == span.start {
                    return None;
                }
                let on = if copy.language == Language::German { "am" } else { "on" };
                edits.push((
                    date.range.clone(),
                    format!("{on} {}", written(copy.language, text::absolute(date.kind, published)?)),
                ));
            }
            (DateKind::Month { month, day: None, year: None }, Some(day)) => {
                edits.extend(month_edit(copy, &span, date, (year_of_month(month, day), day.0), is_past)?);
            }
            _ => {}
        }
    }
    edits.extend(calendar_edits(article, span)?);
    Some(edits)
}

/// The date behind a day of the week; none behind a name. `None` when it cannot be dated.
fn weekday_edit(
    copy: &Copy,
    span: &Range<usize>,
    date: &Date,
    dated: (i16, u8, u8),
    is_past: bool,
) -> Option<Option<Edit>> {
    // A day with its date needs none.
    let has_date = copy
        .dates
        .iter()
        .any(|other| matches!(other.kind, DateKind::Month { .. }) && other.words.start == date.words.end);
    let meaning = meaning(copy, span, date, dated);
    if has_date || meaning == Meaning::Name {
        return Some(None);
    }
    let before = &copy.text[..date.range.start];
    let is_last = before.ends_with("last ") || before.ends_with("Last ");
    let of_many = span.contains(&date.words.end)
        && matches!(
            copy.words[date.words.end].lower.as_str(),
            "mornings" | "afternoons" | "evenings" | "nights"
        );
    let plural =
        copy.language == Language::English && (copy.text[date.range.clone()].ends_with('s') || of_many);
    let possessive = copy.text[date.range.end..].starts_with(['\'', '’', '-']);
    if !is_past || is_last || plural || possessive || meaning == Meaning::Unclear {
        return None;
    }
    Some(Some((date.range.end..date.range.end, format!(" ({})", written(copy.language, dated)))))
}

/// Words before a month that was, in a sentence of the past.
static IN_MONTH: WordList = WordList::new(&[
    "in", "im", "since", "seit", "during", "early", "late", "mid", "anfang", "mitte", "ende",
]);

/// Words before a month of which none can tell whether it was.
static OTHER_MONTH: WordList = WordList::new(&[
    "last",
    "this",
    "next",
    "every",
    "vergangenen",
    "letzten",
    "diesen",
    "nächsten",
    "kommenden",
    "jeden",
]);

/// Sentences before one, in which another year says that its months are not those before publication.
const TOLD_BEFORE: usize = 3;

/// `year` behind "in January", in a story of the year `now`; none where the sentence gives a year. `None` when the month cannot be dated.
///
/// Cannot: date "until March" and "by May", which may be to come or a name; they stay as they are.
fn month_edit(
    copy: &Copy,
    span: &Range<usize>,
    date: &Date,
    (year, now): (i16, i16),
    is_past: bool,
) -> Option<Option<Edit>> {
    let at = date.words.start;
    let before = if at > span.start { copy.words[at - 1].lower.as_str() } else { "" };
    // "Last October" in June is that of the year before; in November nobody can tell.
    let is_clear = before == "last" && year < now;
    let is_other = OTHER_MONTH.holds(before) && !is_clear;
    if !IN_MONTH.holds(before) && !is_other && !is_clear {
        return Some(None);
    }
    let in_sentence = |date: &&Date| span.contains(&date.words.start);
    let is_years = |time| matches!(time, Some(Calendar::Year(_)));
    let counted = |at: usize| {
        is_years(text::calendar(&copy.words, at)) || is_years(text::ago(&copy.words, at).map(|found| found.0))
    };
    if copy.dates.iter().filter(in_sentence).any(|date| year_of(date).is_some()) || span.clone().any(counted)
    {
        return Some(None);
    }
    let sentence = copy.sentence_of[at];
    let near = copy.words_of(sentence.saturating_sub(TOLD_BEFORE)).start..span.start;
    let told =
        copy.dates.iter().filter(|date| near.contains(&date.words.start)).filter_map(year_of).next_back();
    let possessive = copy.text[date.range.end..].starts_with(['\'', '’', '-']);
    if is_other || possessive || copy.quoted[at].is_some() || !is_past || told.is_some_and(|told| told < year)
    {
        return None;
    }
    Some(Some((date.range.end..date.range.end, format!(" ({year})"))))
}

/// The years, months and days of "last year", "next month" and "ten years ago". `None` when the sentence names a week, a season or a night that way, when the
/// day of publication is unknown, or when somebody said it.
fn calendar_edits(article: &Article, span: Range<usize>) -> Option<Vec<Edit>> {
    let copy = &article.copy;
    let mut edits = Vec::new();
    for at in span.clone() {
        let Some((time, words)) = counted(copy, at).filter(|found| span.contains(&(found.1.end - 1))) else {
            continue;
        };
        let end = copy.words[words.end - 1].range.end;
        let is_owner = copy.text[end..].starts_with(['\'', '’', '-']);
        // "In the last year of the war" is dated by the war.
        if words.start > span.start && copy.words[words.start - 1].lower == "the" {
            let goes_on = span.contains(&words.end) && copy.words[words.end].lower == "of";
            if goes_on { continue } else { return None }
        }
        if copy.quoted[at].is_some() || is_owner || time == Calendar::Unclear {
            return None;
        }
        // A year that is named needs none.
        let is_dated = copy.dates.iter().any(|date| (words.end..words.end + 2).contains(&date.words.start));
        if !is_dated {
            edits.push((end..end, format!(" ({})", written_calendar(copy.language, time, article.day()?)?)));
        }
    }
    Some(edits)
}

/// The time at `at` that is named by its distance, and its words: "last year" by its first word, "ten years ago" by its last.
fn counted(copy: &Copy, at: usize) -> Option<(Calendar, Range<usize>)> {
    let named = text::calendar(&copy.words, at).map(|time| (time, at..at + 2));
    named.or_else(|| text::ago(&copy.words, at))
}

/// Words of what comes, or comes again and again.
static NOT_PAST: WordList = WordList::new(&[
    "will",
    "next",
    "due",
    "would",
    "plans",
    "set",
    "wird",
    "werden",
    "nächsten",
    "kommenden",
    "soll",
    "sollen",
    "every",
    "everybody",
    "everyone",
    "each",
    "always",
    "usually",
    "often",
    "regularly",
    "weekly",
    "daily",
    "jeden",
    "jede",
    "jeder",
    "immer",
    "stets",
    "wöchentlich",
    "regelmäßig",
]);

/// Verbs of the past that do not end in "ed".
static PAST: WordList = WordList::new(&[
    "was", "were", "had", "did", "said", "told", "came", "went", "took", "gave", "made", "found", "won",
    "lost", "met", "began", "held", "saw", "fell", "left", "brought", "knew", "got", "ran", "sat", "stood",
    "spoke", "wrote", "rose", "led", "became", "broke", "built", "bought", "caught", "chose", "drew",
    "drove", "fought", "flew", "grew", "heard", "kept", "laid", "lay", "paid", "rang", "rode", "sank",
    "sent", "shot", "shook", "sold", "sought", "sang", "spent", "struck", "swam", "swept", "taught", "threw",
    "thought", "woke", "wore",
]);

/// German verbs of the past that do not end in "te" or "ten", and the helpers of its perfect.
static GERMAN_PAST: WordList = WordList::new(&[
    "war",
    "waren",
    "wurde",
    "wurden",
    "hat",
    "haben",
    "kam",
    "kamen",
    "ging",
    "gingen",
    "stand",
    "standen",
    "gab",
    "gaben",
    "fand",
    "fanden",
    "traf",
    "trafen",
    "begann",
    "begannen",
    "blieb",
    "blieben",
    "nahm",
    "nahmen",
    "sah",
    "sahen",
    "hielt",
    "hielten",
    "sprach",
    "sprachen",
    "schrieb",
    "schrieben",
    "fiel",
    "fielen",
    "stieg",
    "stiegen",
    "ließ",
    "ließen",
    "lag",
    "lagen",
    "rief",
    "riefen",
    "zog",
    "zogen",
    "trat",
    "traten",
    "starb",
    "starben",
    "gewann",
    "gewannen",
    "verlor",
    "verloren",
    "beschloss",
    "beschlossen",
    "schlug",
    "schlugen",
    "trug",
    "trugen",
]);

/// Whether a sentence tells of what was, so that a weekday in it is the last one before publication. One in the present
/// tells of a habit or of what is to come ("on Fridays", "are to arrive on Monday", "am Freitag öffnet").
///
/// Cannot: tell a participle from a verb of the past ("everything collected there explains …").
fn tells_of_the_past(copy: &Copy, span: Range<usize>) -> bool {
    let lower = |at: usize| copy.words[at].lower.as_str();
    let to_come = |at: usize| {
        matches!(lower(at), "is" | "are")
            && span.contains(&(at + 1))
            && matches!(lower(at + 1), "to" | "scheduled")
    };
    if span.clone().any(|at| NOT_PAST.holds(lower(at)) || to_come(at)) {
        return false;
    }
    let is_german = copy.language == Language::German;
    span.clone().filter(|at| copy.quoted[*at].is_none() && !copy.words[*at].capital).any(|at| {
        let word = lower(at);
        if is_german {
            GERMAN_PAST.holds(word) || word.len() > 4 && (word.ends_with("te") || word.ends_with("ten"))
        } else {
            // "Nine kinds of salted cod": a participle.
            let describes = at > span.start
                && matches!(
                    lower(at - 1),
                    "of" | "the" | "a" | "an" | "with" | "for" | "from" | "its" | "their"
                );
            PAST.holds(word) || word.ends_with("ed") && !describes
        }
    })
}
