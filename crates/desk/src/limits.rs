//! Small words that decide what a sentence says: limits, lengths of time, and what may stand for one another.

use text::{WordList, is_hedge, is_negation, is_pronoun};

/// Small words that change what is said.
pub(crate) fn matters(lower: &str) -> bool {
    is_pronoun(lower) && lower != "that"
        || is_negation(lower)
        || is_hedge(lower)
        || LIMITS.holds(lower)
        || BEARINGS.holds(lower)
}

/// Prepositions of which one in the place of another says something else.
static BEARINGS: WordList = WordList::new(&[
    "before", "after", "during", "since", "over", "under", "with", "against", "into", "from", "by",
]);

/// Words that limit what is said; whoever leaves them out says more.
pub(crate) static LIMITS: WordList = WordList::new(&[
    "if",
    "unless",
    "until",
    "except",
    "only",
    "some",
    "most",
    "many",
    "few",
    "half",
    "almost",
    "nearly",
    "former",
    "formerly",
    "ex",
    "alleged",
    "allegedly",
    "suspected",
    "attempted",
    "failed",
    "refused",
    "partly",
    "partially",
    "least",
    "more",
    "less",
    "all",
    "every",
    "each",
    "both",
    "tried",
    "try",
    "trying",
    "wants",
    "wanted",
    "want",
    "planned",
    "proposed",
    "rather",
    "instead",
    "than",
    "whether",
    "up",
    "used",
    "nur",
    "lediglich",
    "bloß",
    "fast",
    "beinahe",
    "nahezu",
    "einige",
    "manche",
    "viele",
    "meisten",
    "wenige",
    "teilweise",
    "teils",
    "mindestens",
    "höchstens",
    "alle",
    "jeder",
    "jede",
    "jedes",
    "beide",
    "beiden",
    "versuchte",
    "versuchten",
    "wollte",
    "wollten",
    "wollen",
]);

/// Limits that are never left out.
pub(crate) static STRICT: WordList = WordList::new(&[
    "only",
    "almost",
    "nearly",
    "unless",
    "except",
    "barely",
    "hardly",
    "attempted",
    "nur",
    "lediglich",
    "bloß",
    "fast",
    "beinahe",
    "nahezu",
]);

/// Lengths of time: one in the place of another is another time.
pub(crate) static SPANS: WordList =
    WordList::new(&["second", "minute", "hour", "day", "week", "month", "year", "decade", "century"]);

/// Words that open an adjunct or a relative clause.
pub(crate) static LINKS: WordList = WordList::new(&[
    "on",
    "in",
    "at",
    "for",
    "with",
    "by",
    "from",
    "during",
    "after",
    "before",
    "over",
    "under",
    "near",
    "of",
    "who",
    "which",
    "that",
    "where",
    "when",
    "while",
    "as",
    "since",
    "following",
    "amid",
    "into",
    "through",
    "across",
    "within",
    "between",
    "around",
    "about",
    "because",
    "and",
    "to",
    "aged",
]);

/// Small words that stand for one another before the same word.
const ALIKE: &[&[&str]] = &[
    &["only", "just", "merely"],
    &["this", "it"],
    &["in", "during", "at", "on", "within"],
    &["until", "till"],
    &["while", "although", "though", "but", "whereas"],
    &["about", "around", "approximately", "roughly", "some"],
    &["over", "above"],
    &["toward", "towards"],
    &["among", "amongst"],
    &["across", "throughout"],
];

/// Whether two small words may stand for one another.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    ALIKE.iter().any(|group| group.contains(&one) && group.contains(&other))
}
