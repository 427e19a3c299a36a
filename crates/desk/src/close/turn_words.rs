//! The words of [`super::turns`]: what turns a sentence when it is left out or exchanged.

use text::WordList;

/// Words that say of how few something holds; "a few" does not.
pub(super) static FEW: WordList = WordList::new(&["few", "little", "wenige", "wenig", "weniger", "fewer"]);

/// Words that say of how many something holds; without them it is said of all.
pub(super) static QUANTIFIERS: WordList = WordList::new(&[
    "some", "most", "many", "several", "half", "certain", "einige", "einigen", "viele", "vielen", "manche",
    "mehrere", "meisten",
]);

/// Words that take something out of what is said before.
pub(super) static EXCEPTIONS: WordList =
    WordList::new(&["except", "excluding", "außer", "ausgenommen", "ausser"]);

/// Words that say since when, or until when at the earliest or the latest.
pub(super) static ASPECTS: WordList = WordList::new(&[
    "erst",
    "frühestens",
    "spätestens",
    "wrongly",
    "falsely",
    "supposedly",
    "fälschlich",
    "unrecht",
]);

/// Words that take a quality away from what has it: "less effective".
pub(super) static LESS: WordList = WordList::new(&["less", "least", "weniger"]);

/// Phrases that say that something is not quite so, or not at all.
pub(super) const NOT_QUITE: &[&[&str]] = &[
    &["all", "but"],
    &["as", "good", "as"],
    &["anything", "but"],
    &["far", "from"],
    &["close", "to"],
    &["next", "to"],
    &["short", "of"],
    &["nowhere", "near"],
    &["on", "the", "verge", "of"],
    &["on", "the", "brink", "of"],
    &["on", "the", "point", "of"],
    &["other", "than"],
    &["rather", "than"],
    &["instead", "of"],
    &["less", "than"],
    &["more", "than"],
    &["fewer", "than"],
    &["better", "than"],
    &["worse", "than"],
    &["weniger", "als"],
    &["mehr", "als"],
    &["anstatt"],
    &["statt"],
    &["anstelle"],
    &["except"],
    &["excluding"],
    &["so", "gut", "wie"],
    &["alles", "andere", "als"],
    &["um", "ein", "haar"],
    &["weit", "entfernt", "von"],
    &["bis", "auf"],
    &["außer"],
    &["ausgenommen"],
];

/// Words of a whole, of which a "but" behind takes something out: "all but three".
pub(super) static WHOLE: WordList = WordList::new(&[
    "all",
    "every",
    "everyone",
    "everybody",
    "everything",
    "any",
    "anyone",
    "none",
    "nobody",
    "nothing",
    "no",
    "alle",
    "alles",
    "nichts",
    "niemand",
]);

/// Words before an office or the like that make it another one.
pub(super) static OTHER_OFFICE: WordList = WordList::new(&[
    "unconfirmed",
    "unverified",
    "disputed",
    "false",
    "fake",
    "supposed",
    "unbestätigte",
    "unbestätigten",
    "angebliche",
    "angeblichen",
    "mutmaßliche",
    "mutmaßlichen",
    "falsche",
    "falschen",
    "once",
    "former",
    "formerly",
    "ex",
    "deputy",
    "vice",
    "assistant",
    "acting",
    "interim",
    "junior",
    "honorary",
    "would-be",
    "einst",
    "ehemals",
    "ehemalige",
    "ehemaliger",
    "ehemaligen",
    "einstige",
    "einstiger",
    "einstigen",
    "frühere",
    "früherer",
    "früheren",
    "stellvertretende",
    "stellvertretender",
    "stellvertretenden",
    "amtierende",
    "kommissarische",
    "kommissarischer",
    "designierte",
    "designierter",
]);

/// What limits a time or a number behind it.
pub(super) const BEHIND: &[&[&str]] = &[
    &["at", "the", "earliest"],
    &["at", "the", "latest"],
    &["at", "least"],
    &["at", "most"],
    &["at", "best"],
    &["at", "worst"],
    &["or", "more"],
    &["or", "less"],
    &["or", "so"],
    &["frühestens"],
    &["spätestens"],
    &["mindestens"],
    &["höchstens"],
    &["oder", "mehr"],
    &["oder", "weniger"],
];

/// Words that say among what, or since when, something is the first or the greatest.
pub(super) static SCOPES: WordList =
    WordList::new(&["since", "in", "of", "among", "for", "to", "outside", "seit", "von", "unter"]);

/// Parts of German verbs that stand at the end of their clause.
pub(super) static PREFIXES: WordList = WordList::new(&[
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fest", "fort", "frei", "her", "hin", "los", "mit",
    "nach", "nieder", "teil", "um", "vor", "weg", "zu", "zurück", "zusammen", "davon",
]);

/// German verbs of what is to come, or of what would be.
pub(super) static PENDING: WordList = WordList::new(&[
    "wird", "werden", "soll", "sollen", "sollte", "sollten", "will", "wollen", "wollte", "wollten", "würde",
    "würden", "wäre", "wären", "hätte", "hätten", "könnte", "könnten", "möchte", "möchten", "dürfte",
    "dürften",
]);

/// German verbs of what is, or has been.
pub(super) static SETTLED: WordList = WordList::new(&[
    "wurde", "wurden", "worden", "ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten",
]);

/// Verbs before an act that is over, or is not done.
pub(super) static ENDED: WordList = WordList::new(&[
    "stopped",
    "stop",
    "stops",
    "quit",
    "quits",
    "ceased",
    "ceases",
    "cease",
    "avoided",
    "avoids",
    "avoid",
    "considered",
    "considers",
    "consider",
    "resisted",
    "resist",
    "risked",
    "risks",
    "risk",
    "postponed",
    "postpone",
    "delayed",
    "delay",
    "suspended",
    "halted",
    "banned",
    "barred",
    "prevented",
    "prevent",
    "prevents",
    "prohibited",
    "refrained",
    "refrain",
    "discouraged",
    "suggested",
    "proposed",
    "recommended",
]);

/// Prepositions of which one says the opposite of the other, before the same word.
pub(super) const OPPOSED: &[(&str, &str)] = &[
    ("to", "from"),
    ("into", "from"),
    ("before", "after"),
    ("with", "without"),
    ("for", "against"),
    ("over", "under"),
    ("above", "below"),
    ("until", "since"),
    ("until", "from"),
    ("until", "after"),
    ("since", "before"),
    ("von", "nach"),
    ("vor", "nach"),
    ("mit", "ohne"),
    ("für", "gegen"),
    ("über", "unter"),
    ("bis", "seit"),
    ("bis", "ab"),
    ("aus", "nach"),
];

/// The same before numbers: "fell by three to forty".
pub(super) const OPPOSED_AT_NUMBERS: &[(&str, &str)] = &[
    ("between", "since"),
    ("between", "until"),
    ("between", "before"),
    ("between", "after"),
    ("zwischen", "seit"),
    ("zwischen", "bis"),
    ("zwischen", "vor"),
    ("zwischen", "nach"),
    ("by", "to"),
    ("by", "from"),
    ("um", "auf"),
    ("um", "von"),
    ("auf", "von"),
    ("über", "unter"),
];

/// Degrees of which one is the opposite of the other.
pub(super) const DEGREES: &[(&str, &str)] = &[
    ("more", "less"),
    ("more", "fewer"),
    ("most", "least"),
    ("most", "fewest"),
    ("most", "few"),
    ("many", "few"),
    ("better", "worse"),
    ("best", "worst"),
    ("higher", "lower"),
    ("highest", "lowest"),
    ("larger", "smaller"),
    ("largest", "smallest"),
    ("bigger", "smaller"),
    ("older", "younger"),
    ("oldest", "youngest"),
    ("earlier", "later"),
    ("first", "last"),
    ("faster", "slower"),
    ("stronger", "weaker"),
    ("longer", "shorter"),
    ("up", "down"),
    ("in", "out"),
    ("mehr", "weniger"),
    ("viele", "wenige"),
    ("meisten", "wenigsten"),
    ("besser", "schlechter"),
    ("höher", "niedriger"),
    ("größer", "kleiner"),
    ("älter", "jünger"),
    ("früher", "später"),
    ("schneller", "langsamer"),
    ("länger", "kürzer"),
];

pub(super) static COMPARATIVES: WordList = WordList::new(&[
    "more",
    "less",
    "fewer",
    "rather",
    "better",
    "worse",
    "lower",
    "higher",
    "larger",
    "smaller",
    "bigger",
    "longer",
    "shorter",
    "faster",
    "slower",
    "cheaper",
    "dearer",
    "older",
    "younger",
    "later",
    "earlier",
    "weaker",
    "stronger",
    "greater",
    "mehr",
    "weniger",
    "höher",
    "niedriger",
    "größer",
    "kleiner",
    "länger",
    "kürzer",
    "später",
    "früher",
    "tiefer",
    "billiger",
    "teurer",
    "älter",
    "jünger",
    "schneller",
    "langsamer",
    "besser",
    "schlechter",
]);

pub(super) const SUPERLATIVES: &[&str] = &["est", "ßte", "ßten", "ste", "sten"];

/// Words that end so, and rank nothing.
pub(super) static NOT_RANKS: WordList = WordList::new(&[
    "arrest",
    "request",
    "interest",
    "protest",
    "contest",
    "forest",
    "harvest",
    "midwest",
    "southwest",
    "northwest",
    "conquest",
    "suggest",
    "invest",
    "priest",
    "breast",
    "tempest",
    "kosten",
    "musste",
    "mussten",
    "wusste",
    "wussten",
    "posten",
    "osten",
    "westen",
    "küste",
    "kisten",
    "listen",
    "gäste",
    "gesten",
    "festen",
    "dienste",
    "diensten",
    "tourist",
]);

/// Words between a preposition and its noun.
pub(super) static LIGHT: WordList = WordList::new(&[
    "the", "a", "an", "his", "her", "its", "their", "about", "der", "die", "das", "den", "dem", "des", "ein",
    "eine", "einen", "einem", "einer",
]);
