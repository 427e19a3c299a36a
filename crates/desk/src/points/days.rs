//! Days of the week that are no days of the story: names ("Black Friday") and days of another year.

use std::ops::Range;

use text::{Copy, Date, DateKind, Language, WordList};

/// What a day of the week is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The last such day, as news tells of it.
    Day,
    /// Part of a name, or of a date of its own: it stays as it is.
    Name,
    Unclear,
}

/// Words before a day of the week that make a name of the two.
static FEASTS: WordList = WordList::new(&[
    "black",
    "bloody",
    "good",
    "ash",
    "easter",
    "palm",
    "shrove",
    "maundy",
    "holy",
    "whit",
    "cyber",
    "super",
    "giving",
    "blue",
    "fat",
    "ruby",
    "schwarzer",
    "schwarzen",
    "schwarze",
    "weißer",
    "weißen",
    "blutiger",
    "blutigen",
    "blutige",
]);

/// Words with a capital at the beginning of a sentence that say when on a day.
static WHEN: WordList = WordList::new(&[
    "early",
    "late",
    "last",
    "only",
    "vergangenen",
    "vorigen",
    "letzten",
    "diesen",
    "kommenden",
    "nächsten",
    "jeden",
]);

/// Words behind which a day of the week is one, though a name follows: "on Monday Brandt said".
static BEFORE_DAYS: WordList = WordList::new(&[
    "on", "by", "since", "until", "from", "before", "after", "early", "late", "last", "and", "said",
    "between", "to", "till",
]);

const GERMAN_DAYS: &[&str] =
    &["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"];

/// Whether the day of the week `date` is a day of the story of that day (`dated`, the day that it would get).
///
/// Cannot: know a name of a day in small letters.
pub(super) fn meaning(copy: &Copy, span: &Range<usize>, date: &Date, dated: (i16, u8, u8)) -> Meaning {
    let at = date.words.start;
    let is_german = copy.language == Language::German;
    let word = &copy.words[at];
    // "Die Sunday Times", "Black Friday": a day in another language is no day.
    if is_german != GERMAN_DAYS.contains(&word.lower.trim_end_matches('s')) {
        return Meaning::Name;
    }
    let beside = |at: usize| copy.between(at) == " ";
    if at > span.start && beside(at) {
        let before = &copy.words[at - 1];
        if before.capital && FEASTS.holds(&before.lower) {
            return Meaning::Name;
        }
        if matches!(before.lower.as_str(), "a" | "one" | "einem" | "einen" | "eines") {
            return Meaning::Name;
        }
        if before.capital && !before.stop && !before.digit && !WHEN.holds(&before.lower) {
            return Meaning::Unclear;
        }
    }
    let next = date.words.end;
    let names_next = !is_german
        && next < span.end
        && beside(next)
        && copy.words[next].capital
        && !copy.words[next].stop
        && !copy.dates.iter().any(|date| date.words.start == next);
    if names_next && (at == span.start || !BEFORE_DAYS.holds(&copy.words[at - 1].lower)) {
        return Meaning::Name;
    }
    let before = |n: usize| if at >= span.start + n { copy.words[at - n].lower.as_str() } else { "" };
    let is_said = text::is_speech_verb(before(1)) || before(1) == "on" && text::is_speech_verb(before(2));
    let in_sentence = copy.dates.iter().filter(|other| span.contains(&other.words.start));
    let another = |other: &&Date| year_of(other).is_some_and(|year| year < dated.0);
    match in_sentence.clone().find(another) {
        // "On Friday in 1911", "am Freitag im Mai 1911".
        Some(other) if (next..next + 3).contains(&other.words.start) => Meaning::Name,
        // "Brandt said on Friday that the hall of 1911 …", "on Friday, after he had fled in 1972": the year is of something else.
        Some(other)
            if other.words.start > next
                && (is_said || copy.text[date.range.end..other.range.start].contains(',')) =>
        {
            Meaning::Day
        }
        Some(_) => Meaning::Unclear,
        None => Meaning::Day,
    }
}

/// The year that a date gives.
pub(super) fn year_of(date: &Date) -> Option<i16> {
    match date.kind {
        DateKind::Year(year) | DateKind::Month { year: Some(year), .. } => i16::try_from(year).ok(),
        _ => None,
    }
}
