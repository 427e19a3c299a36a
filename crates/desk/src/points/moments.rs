//! Times that another sentence dates: "In the afternoon", "at 7 p.m.", "the next day".

use std::ops::Range;

use text::{Copy, DateKind, WordList};

use super::Lean;

/// Words of what is so on many days, and needs none.
static HABITS: WordList = WordList::new(&[
    "every",
    "each",
    "daily",
    "always",
    "usually",
    "often",
    "normally",
    "per",
    "mornings",
    "afternoons",
    "evenings",
    "nights",
    "weekdays",
    "weekends",
    "days",
    "weekly",
    "nightly",
    "jeden",
    "jede",
    "jeder",
    "täglich",
    "immer",
    "stets",
    "meist",
    "oft",
    "werktags",
    "sonntags",
    "montags",
    "dienstags",
    "mittwochs",
    "donnerstags",
    "freitags",
    "samstags",
    "sonnabends",
]);

static PARTS: WordList = WordList::new(&[
    "morning",
    "afternoon",
    "evening",
    "night",
    "nachmittag",
    "vormittag",
    "abend",
    "morgen",
    "mittag",
    "nacht",
]);

/// Parts of a day that stand without an article: "by noon".
static POINTS: WordList = WordList::new(&[
    "noon",
    "midday",
    "midnight",
    "dawn",
    "dusk",
    "nightfall",
    "evening",
    "mittag",
    "mitternacht",
]);

static UNITS: WordList = WordList::new(&[
    "second",
    "seconds",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "night",
    "morning",
    "evening",
    "afternoon",
    "summer",
    "winter",
    "spring",
    "autumn",
    "sekunden",
    "minuten",
    "stunde",
    "stunden",
    "tag",
    "tage",
    "tags",
    "woche",
    "wochen",
    "monat",
    "monate",
    "jahr",
    "jahre",
    "nacht",
    "morgen",
    "abend",
    "tages",
    "jahres",
]);

/// Words before a time that count it from another.
static FROM_ANOTHER: WordList = WordList::new(&[
    "next",
    "following",
    "previous",
    "preceding",
    "same",
    "nächsten",
    "folgenden",
    "darauffolgenden",
    "vorigen",
    "selben",
    "gleichen",
]);

/// Whether the sentence has a time of day and not its day, or counts a time from one that it does not name.
///
/// Cannot: know the hour of what is so every day from that of one day, unless a word says it.
pub(super) fn misses_its_day(copy: &Copy, span: Range<usize>) -> Lean {
    let from = copy.dates.partition_point(|date| date.words.start < span.start);
    let mut dates = copy.dates[from..].iter().take_while(|date| date.words.start < span.end);
    let has_day = dates.any(|date| {
        matches!(
            date.kind,
            DateKind::Weekday(_) | DateKind::Relative(_) | DateKind::Month { day: Some(_), .. }
        )
    });
    if has_day {
        return Lean::No;
    }
    let is_habit = span.clone().any(|at| HABITS.holds(&copy.words[at].lower));
    let lean = |at: usize| {
        if is_counted(copy, at, &span) || !is_habit && is_part(copy, at, &span) {
            Lean::Surely
        } else if !is_habit && is_clock(copy, at, &span) {
            Lean::Likely
        } else {
            Lean::No
        }
    };
    span.clone().filter(|at| copy.quoted[*at].is_none()).map(lean).max().unwrap_or(Lean::No)
}

/// "In the afternoon", "by noon", "am Nachmittag", "in der Nacht".
fn is_part(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    let lower = |back: usize| if at >= span.start + back { copy.words[at - back].lower.as_str() } else { "" };
    let word = lower(0);
    // "The night of the storm", "am Abend des Konzerts": dated by what follows.
    if at + 1 < span.end
        && matches!(
            copy.words[at + 1].lower.as_str(),
            "of" | "when" | "before" | "after" | "des" | "der" | "vor" | "nach"
        )
    {
        return false;
    }
    let in_the = matches!((lower(2), lower(1)), ("in" | "during" | "by", "the") | ("in", "der"));
    // "At four in the morning" may be any morning's, and has its own hour.
    let has_hour = at >= span.start + 3 && is_number(copy, at - 3);
    PARTS.holds(word) && (in_the && !has_hour || matches!(lower(1), "am" | "gegen"))
        || POINTS.holds(word) && matches!(lower(1), "at" | "by" | "around" | "gegen" | "um")
}

/// "At 7 p.m.", "at 13:30", "um 6.40 Uhr"; not "until 9:00" or "from 9 to 5", which tell of hours that are kept.
fn is_clock(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    if at == span.start || !is_number(copy, at) {
        return false;
    }
    let next = |n: usize| if span.contains(&(at + n)) { copy.words[at + n].lower.as_str() } else { "" };
    let minutes =
        usize::from(span.contains(&(at + 1)) && copy.between(at + 1) == ":" && copy.words[at + 1].digit);
    let is_time =
        matches!(next(1 + minutes), "am" | "pm" | "a.m" | "p.m" | "o'clock" | "uhr" | "gmt" | "bst")
            || minutes == 1 && next(1).len() == 2;
    let before = copy.words[at - 1].lower.as_str();
    is_time && matches!(before, "at" | "around" | "about" | "by" | "um" | "gegen")
}

/// "The next day" anywhere, "two weeks later" at the beginning.
fn is_counted(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    let lower = |at: usize| if span.contains(&at) { copy.words[at].lower.as_str() } else { "" };
    if !UNITS.holds(lower(at)) {
        return false;
    }
    let begins = at < span.start + 3
        && matches!(
            lower(at + 1),
            "later" | "earlier" | "afterwards" | "später" | "zuvor" | "darauf" | "danach"
        );
    let from_another = at >= span.start + 2
        && FROM_ANOTHER.holds(lower(at - 1))
        && matches!(lower(at - 2), "the" | "am" | "im" | "in" | "der" | "den" | "dem" | "zur" | "das")
        // "Im nächsten Jahr" counts from publication.
        && (lower(at - 2) == "the" || text::calendar(&copy.words, at - 1).is_none())
        // "The same year as": said here.
        && !matches!(lower(at + 1), "as" | "of" | "that" | "when" | "wie");
    begins || from_another
}

/// Whether the sentence counts from its publication, or from something it does not name: "in the past five years", "in the first weeks".
pub(super) fn counts_back(copy: &Copy, span: Range<usize>) -> bool {
    let lower = |at: usize| if span.contains(&at) { copy.words[at].lower.as_str() } else { "" };
    span.clone().any(|at| {
        let is_back = matches!(lower(at), "past" | "last" | "letzten" | "vergangenen");
        let counted = at + 1 < span.end && is_number(copy, at + 1)
            || matches!(lower(at + 1), "few" | "several" | "couple");
        let in_german = matches!(lower(at), "letzten" | "vergangenen")
            && ["jahren", "monaten", "wochen", "tagen"]
                .iter()
                .any(|unit| lower(at + 1) == *unit || counted && lower(at + 2) == *unit);
        // "In the first weeks": of what, a sentence before says.
        let of_nothing = at > span.start
            && lower(at - 1) == "the"
            && matches!(lower(at), "first" | "second" | "third")
            && UNITS.holds(lower(at + 1))
            && !matches!(lower(at + 2), "of" | "after" | "since" | "that" | "when" | "in");
        is_back && counted && UNITS.holds(lower(at + 2)) || in_german || of_nothing
    })
}

fn is_number(copy: &Copy, at: usize) -> bool {
    let found = copy.numbers.partition_point(|number| number.words.end <= at);
    copy.words.get(at).is_some_and(|word| word.digit)
        || copy.numbers.get(found).is_some_and(|number| number.words.contains(&at))
}
