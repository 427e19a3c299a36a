//! Descriptions of people by their office: "the Belarusian president" for Alexander Lukashenko, where the text itself joins the two.

use std::ops::Range;

use crate::places::canonical;
use crate::{Copy, Language, same_person};

/// An office, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Words of the description, "the" and the place included.
    pub words: Range<usize>,
    /// Such as "prime minister", in small letters.
    pub office: String,
    /// The land or body, one name for each land; in small letters.
    pub place: Option<String>,
    /// Words of the name that the text joins with it, if it does there.
    pub name: Option<Range<usize>>,
}

/// Nouns that name an office that one person holds at a time.
const HEADS: &[&str] = &[
    "president",
    "chancellor",
    "minister",
    "premier",
    "king",
    "queen",
    "pope",
    "mayor",
    "governor",
    "secretary",
    "chairman",
    "chairwoman",
    "chairperson",
    "chair",
    "leader",
    "ambassador",
    "commissioner",
    "executive",
    "director",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "coach",
    "captain",
    "founder",
    "owner",
    "archbishop",
    "bishop",
    "sultan",
    "emir",
    "speaker",
    "prosecutor",
    "treasurer",
    "envoy",
];

/// German ones, also as the end of a compound ("Außenministerin").
const GERMAN_HEADS: &[&str] = &[
    "präsident",
    "präsidentin",
    "kanzler",
    "kanzlerin",
    "minister",
    "ministerin",
    "bürgermeister",
    "bürgermeisterin",
    "vorsitzender",
    "vorsitzende",
    "könig",
    "königin",
    "sprecher",
    "sprecherin",
    "botschafter",
    "botschafterin",
    "trainer",
    "trainerin",
    "direktor",
    "direktorin",
];

/// Words before the noun that belong to the office, in small letters.
const MODIFIERS: &[&str] = &[
    "prime",
    "foreign",
    "finance",
    "defence",
    "defense",
    "interior",
    "home",
    "health",
    "justice",
    "economy",
    "trade",
    "culture",
    "education",
    "environment",
    "energy",
    "transport",
    "labour",
    "labor",
    "vice",
    "deputy",
    "assistant",
    "former",
    "ex",
    "acting",
    "then",
    "late",
    "interim",
    "outgoing",
    "incoming",
    "chief",
    "managing",
    "general",
    "first",
    "opposition",
    "party",
    "press",
    "attorney",
    "crown",
    "head",
    "co",
    "longtime",
    "designated",
    "ehemaliger",
    "ehemalige",
    "ehemaligen",
    "früherer",
    "frühere",
    "früheren",
    "damaliger",
    "damalige",
    "damaligen",
    "stellvertretende",
    "stellvertretender",
    "stellvertretenden",
];

/// What stands before a description of someone who is known.
const DETERMINERS: &[&str] = &["the", "der", "die", "dem", "den", "des"];

/// Most words of a name; more are a run of something else.
const LONGEST_NAME: usize = 4;

/// Descriptions by office, in order, of people that the text names beside them or has named elsewhere.
///
/// Cannot: read offices that are not listed, trades ("the driver"), kinships, or descriptions in a relative clause ("who is president
/// of"). A list without "and" ("met Smith, the mayor, and …") is read as one person.
pub fn descriptions(copy: &Copy) -> Vec<Description> {
    (0..copy.words.len()).filter_map(|head| at_head(copy, head)).collect()
}

/// The one whom a description means, by what a text says of people: the words of her name there.
///
/// With a place it must be the same place. None when the text says it of two, or of nobody.
pub fn described<'c>(of: &Description, all: &'c [Description], copy: &Copy) -> Option<&'c Description> {
    let mut found: Option<&Description> = None;
    for one in
        all.iter().filter(|one| one.office == of.office && (of.place.is_none() || one.place == of.place))
    {
        let Some(name) = &one.name else { continue };
        match found.and_then(|found| found.name.as_ref()) {
            None => found = Some(one),
            Some(known) => {
                if !same_person(&copy.words[known.clone()], &copy.words[name.clone()]) {
                    return None;
                }
            }
        }
    }
    found
}

fn at_head(copy: &Copy, head: usize) -> Option<Description> {
    let words = &copy.words;
    let noun = head_noun(&words[head].lower, copy.language)?;
    let mut start = modified_from(copy, head);
    let mut end = head + 1;
    if end < words.len() && joined(copy, end) && matches!(words[end].lower.as_str(), "general" | "elect") {
        end += 1;
    } else if end + 1 < words.len() && words[end].lower == "of" && words[end + 1].lower == "state" {
        end += 2;
    }
    let spell = |from: usize, to: usize| words[from..to].iter().map(|word| word.lower.as_str());
    let mut office: Vec<&str> = spell(start, head).chain([noun]).chain(spell(head + 1, end)).collect();

    let name = run_from(copy, end);
    let mut place = place_before(copy, start);
    if let Some(place) = &place {
        // "former Belarusian president"
        start = modified_from(copy, place.start);
        office.splice(0..0, spell(start, place.start));
    }
    let of_from = name.as_ref().map_or(end, |name| name.end);
    let of = place_behind(copy, of_from);
    if place.is_none() && of.is_some() {
        place.clone_from(&of);
    }
    if name.is_none() {
        end = of.as_ref().map_or(end, |of| of.end);
    }
    let has_determiner =
        start > 0 && copy.between(start) == " " && DETERMINERS.contains(&words[start - 1].lower.as_str());
    if has_determiner {
        start -= 1;
    }
    let is_possessive =
        place.as_ref().is_some_and(|place| place.end <= head && !is_plain(copy.between(place.end)));
    let name = name.or_else(|| name_beside(copy, start, end));
    let stands_alone = has_determiner || is_possessive;
    (name.is_some() || stands_alone).then(|| Description {
        words: start..end,
        office: office.join(" "),
        place: place.map(|place| spelled(copy, place, head)),
        name,
    })
}

/// "X, the president of Y," or "the president of Y, X,".
fn name_beside(copy: &Copy, start: usize, end: usize) -> Option<Range<usize>> {
    let closes = |word: usize| match copy.words.get(word) {
        Some(_) => copy.between(word).starts_with([',', '.', ';', ')']),
        None => true,
    };
    if start > 0 && copy.between(start).trim_end() == "," && closes(end) {
        let mut first = start;
        while first > 0
            && start - first < LONGEST_NAME
            && is_part(copy, first - 1)
            && (first == start || joined(copy, first))
        {
            first -= 1;
        }
        return (first < start).then_some(first..start);
    }
    if end < copy.words.len() && copy.between(end).trim_end() == "," {
        return run_at(copy, end).filter(|run| closes(run.end));
    }
    None
}

/// Words of a name that touches the word before `from`.
fn run_from(copy: &Copy, from: usize) -> Option<Range<usize>> {
    (from < copy.words.len() && is_plain(copy.between(from))).then(|| run_at(copy, from)).flatten()
}

fn run_at(copy: &Copy, from: usize) -> Option<Range<usize>> {
    let mut end = from;
    // "Cho Tae-yul"
    let hyphened = |at: usize| at > from && copy.between(at) == "-";
    while end < copy.words.len()
        && (end == from && is_part(copy, end) || joined(copy, end) && (is_part(copy, end) || hyphened(end)))
    {
        end += 1;
    }
    let least = if copy.language == Language::German { 2 } else { 1 };
    (least..=LONGEST_NAME).contains(&(end - from)).then_some(from..end)
}

/// "Belarusian", "South Korean", "China's" before the office.
fn place_before(copy: &Copy, start: usize) -> Option<Range<usize>> {
    if start == 0 {
        return None;
    }
    let between = copy.between(start);
    let is_possessive = matches!(between, "'s " | "’s ");
    // "U.S. President": the last full stop is no part of the word.
    let is_short = between == ". " && copy.words[start - 1].lower.contains('.');
    if !is_plain(between) && !is_possessive && !is_short {
        return None;
    }
    let is_place = |at: usize| {
        let word = &copy.words[at];
        let adjective = copy.language == Language::German && canonical(&word.lower) != word.lower;
        adjective || is_part(copy, at) || word.capital && canonical(&word.lower) != word.lower
    };
    let mut first = start;
    while first > 0
        && start - first < LONGEST_NAME
        && is_place(first - 1)
        && (first == start || joined(copy, first))
    {
        first -= 1;
    }
    // A sentence's first word may be anything; it is the place when it is one that is known, or is all there is with an 's.
    (first < start).then_some(first..start)
}

/// "of Belarus", "of the United States".
fn place_behind(copy: &Copy, from: usize) -> Option<Range<usize>> {
    let words = &copy.words;
    let is_of = |at: usize| {
        at < words.len() && is_plain(copy.between(at)) && matches!(words[at].lower.as_str(), "of" | "von")
    };
    is_of(from).then_some(())?;
    let first = from + 1 + usize::from(words.get(from + 1).is_some_and(|word| word.lower == "the"));
    let mut end = first;
    while end < words.len() && end - first < LONGEST_NAME && is_part(copy, end) && is_plain(copy.between(end))
    {
        end += 1;
    }
    (first < end).then_some(first..end)
}

fn spelled(copy: &Copy, place: Range<usize>, head: usize) -> String {
    let words = &copy.words[place.clone()];
    // "Yesterday Belarusian President": before the office the longest end that is a land counts.
    if place.end <= head {
        for from in 0..words.len() {
            let joined = words[from..].iter().map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ");
            let land = canonical(&joined);
            if land != joined {
                return land.to_owned();
            }
        }
    }
    let joined = words.iter().map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ");
    canonical(&joined).to_owned()
}

/// The noun of an office as it stands in a list, if it is one: German cases taken off.
fn head_noun(lower: &str, language: Language) -> Option<&str> {
    if language != Language::German {
        return HEADS.contains(&lower).then_some(lower);
    }
    let is_head = |word: &str| GERMAN_HEADS.iter().any(|head| word.ends_with(head));
    [Some(lower), lower.strip_suffix("en"), lower.strip_suffix('s')]
        .into_iter()
        .flatten()
        .find(|word| is_head(word))
}

/// The first of the words before `from` that belong to an office.
fn modified_from(copy: &Copy, from: usize) -> usize {
    let mut start = from;
    while start > 0 && joined(copy, start) && MODIFIERS.contains(&copy.words[start - 1].lower.as_str()) {
        start -= 1;
    }
    start
}

fn is_part(copy: &Copy, at: usize) -> bool {
    let word = &copy.words[at];
    word.capital
        && !word.stop
        && !word.digit
        && word.lower != "i"
        && head_noun(&word.lower, copy.language).is_none()
}

fn joined(copy: &Copy, at: usize) -> bool {
    matches!(copy.between(at), " " | "-" | "\u{a0}")
}

fn is_plain(between: &str) -> bool {
    matches!(between, " " | "\u{a0}")
}
