//! Times in a point: days, months and years get their dates from the day of publication.

use std::ops::Range;

use text::{Calendar, Copy, DateKind, Language, WordList};

use crate::Article;
use crate::verbatim::{written, written_calendar};

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
            (DateKind::Weekday(_), Some(_))
                if !is_past || copy.text[..date.range.start].ends_with("last ") =>
            {
                return None;
            }
            (DateKind::Weekday(_), Some(published)) => {
                // A day with its date needs none.
                let dated = copy.dates.iter().any(|other| {
                    matches!(other.kind, DateKind::Month { .. }) && other.words.start == date.words.end
                });
                let of_many = |at: usize| {
                    span.contains(&at)
                        && matches!(
                            copy.words[at].lower.as_str(),
                            "mornings" | "afternoons" | "evenings" | "nights"
                        )
                };
                let plural = copy.language == Language::English
                    && (copy.text[date.range.clone()].ends_with('s') || of_many(date.words.end));
                let possessive = copy.text[date.range.end..].starts_with(['\'', '’', '-']);
                if plural || possessive {
                    return None;
                }
                if !dated {
                    edits.push((
                        date.range.end..date.range.end,
                        format!(" ({})", written(copy.language, text::absolute(date.kind, published)?)),
                    ));
                }
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
            _ => {}
        }
    }
    edits.extend(calendar_edits(article, span)?);
    Some(edits)
}

/// The years and months of "last year" and "next month". `None` when the sentence names a week, a season or a night that way, when the
/// day of publication is unknown, or when somebody said it.
fn calendar_edits(article: &Article, span: Range<usize>) -> Option<Vec<Edit>> {
    let copy = &article.copy;
    let mut edits = Vec::new();
    for at in span.clone() {
        let Some(time) = text::calendar(&copy.words, at).filter(|_| span.contains(&(at + 1))) else {
            continue;
        };
        let end = copy.words[at + 1].range.end;
        let is_owner = copy.text[end..].starts_with(['\'', '’', '-']);
        // "In the last year of the war" is dated by the war.
        if at > span.start && copy.words[at - 1].lower == "the" {
            let goes_on = span.contains(&(at + 2)) && copy.words[at + 2].lower == "of";
            if goes_on { continue } else { return None }
        }
        if copy.quoted[at].is_some() || is_owner || time == Calendar::Unclear {
            return None;
        }
        // A year that is named needs none.
        let is_dated = copy.dates.iter().any(|date| date.words.start == at + 2);
        if !is_dated {
            edits.push((end..end, format!(" ({})", written_calendar(copy.language, time, article.day()?)?)));
        }
    }
    Some(edits)
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
            PAST.holds(word) || word.ends_with("ed")
        }
    })
}
