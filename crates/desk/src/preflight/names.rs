//! Names that seem to be spelled in two ways: "Zelensky" and "Zelenskyy".

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use text::{Copy, Language};

use super::findings::{Findings, quoted};
use super::story::{Spot, Story};

/// Letters of a name that is long enough to tell a slip from another name; and of one that has the same first name in both spellings.
const SHORTEST: usize = 6;
const SHORTEST_WITH_FIRST_NAME: usize = 4;

/// Letters that both must begin with.
const SAME_START: usize = 3;

/// Names with one beginning that are compared; keeps the time linear.
const COMPARED: usize = 48;

/// What is known of one spelling.
#[derive(Default)]
struct Spelling {
    n: usize,
    /// Part of the story, from 0, and bytes of its text.
    place: (usize, Range<usize>),
    /// Words of the same name before it: first names and titles.
    before: HashSet<String>,
    /// Words of the same name behind it: it is a first name then.
    behind: HashSet<String>,
    /// It only begins sentences, and may be an ordinary word there.
    doubtful: bool,
}

/// A part of the story, read by itself. The body comes last: of two spellings alike in number the later one is told of, and a reader meets
/// the others first.
struct Part<'s> {
    spot: Option<Spot>,
    copy: Cow<'s, Copy>,
}

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let parts = parts(story);
    let spellings = spellings(&parts);
    let mut groups: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for word in spellings.keys() {
        groups.entry(folded(word).chars().take(SAME_START).collect()).or_default().push(word);
    }
    for group in groups.values() {
        let group = &group[..group.len().min(COMPARED)];
        for (at, one) in group.iter().enumerate() {
            for other in &group[at + 1..] {
                let (first, second) = (&spellings[*one], &spellings[*other]);
                if is_long_enough((one, first), (other, second))
                    && !(first.doubtful && second.doubtful)
                    && one_name(one, other, story.language)
                    && !two_bearers(first, second)
                {
                    report(story, &parts, (first, second), findings);
                }
            }
        }
    }
}

/// Headline, teaser and the like where they are not the body's own words, and the body.
fn parts<'s>(story: &'s Story<'_>) -> Vec<Part<'s>> {
    let written = story.pieces_once().into_iter().filter(|piece| !matches!(piece.spot, Spot::Block(_)));
    let mut parts: Vec<Part<'s>> = written
        .map(|piece| {
            let copy = text::read(piece.text, Some(story.language));
            Part { spot: Some(piece.spot), copy: Cow::Owned(copy) }
        })
        .collect();
    parts.push(Part { spot: None, copy: Cow::Borrowed(&story.copy) });
    parts
}

fn report(
    story: &Story<'_>,
    parts: &[Part<'_>],
    (one, other): (&Spelling, &Spelling),
    findings: &mut Findings,
) {
    // The rarer spelling is likelier the slip; of two alike the one outside of the body, or the later one.
    let is_in_body = |spelling: &Spelling| parts[spelling.place.0].spot.is_none();
    let likelier = |spelling: &Spelling| (spelling.n, is_in_body(spelling), Reverse(spelling.place.1.start));
    let (usual, rare) = if likelier(one) > likelier(other) { (one, other) } else { (other, one) };
    let word = |spelling: &Spelling| quoted(&parts[spelling.place.0].copy.text[spelling.place.1.clone()]);
    let place = match parts[rare.place.0].spot {
        Some(spot) => story.place(spot, &word(rare)),
        None => story.place_at(rare.place.1.clone()),
    };
    findings.doubtful(
        "name-two-ways",
        place,
        format!("Elsewhere it is spelled {}.", word(usual)),
        "Spell the name in one way, if it is one.",
    );
}

/// Words of names in small letters. Words that are also written small are left out.
fn spellings(parts: &[Part<'_>]) -> BTreeMap<String, Spelling> {
    // Those of the body: a headline or an address may write a name small.
    let body = parts.last().map_or(&[][..], |body| &body.copy.words[..]);
    let small: HashSet<&str> =
        body.iter().filter(|word| !word.capital).map(|word| word.lower.as_str()).collect();
    let mut found: HashMap<&str, Spelling> = HashMap::new();
    for (number, part) in parts.iter().enumerate() {
        let copy = part.copy.as_ref();
        for name in &copy.names {
            for at in name.words.clone() {
                let word = &copy.words[at];
                if word.lower.chars().count() < SHORTEST_WITH_FIRST_NAME
                    || !word.lower.chars().all(char::is_alphabetic)
                    || text::is_title(&word.lower)
                    || small.contains(word.lower.as_str())
                    || !copy.text[word.range.clone()].chars().any(char::is_lowercase)
                {
                    continue;
                }
                let spelling = found.entry(&word.lower).or_insert_with(|| Spelling {
                    place: (number, word.range.clone()),
                    doubtful: true,
                    ..Spelling::default()
                });
                spelling.n += 1;
                spelling.doubtful &= name.doubtful;
                let before = (at > name.words.start).then(|| &copy.words[at - 1]);
                let before = before.filter(|before| !text::is_title(&before.lower));
                spelling.before.extend(before.map(|before| before.lower.clone()));
                let behind = (at + 1 < name.words.end).then(|| copy.words[at + 1].lower.clone());
                spelling.behind.extend(behind);
            }
        }
    }
    found.into_iter().map(|(word, spelling)| (word.to_owned(), spelling)).collect()
}

/// Short names differ by a letter often enough; with the same first name they are likely to be one.
fn is_long_enough((one, first): (&str, &Spelling), (other, second): (&str, &Spelling)) -> bool {
    let n = one.chars().count().min(other.chars().count());
    n >= SHORTEST || !first.before.is_disjoint(&second.before)
}

/// Both are known with first names, or both as first names, and none of the words beside them is common to both.
fn two_bearers(one: &Spelling, other: &Spelling) -> bool {
    let apart = |one: &HashSet<String>, other: &HashSet<String>| {
        !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
    };
    apart(&one.before, &other.before) || apart(&one.behind, &other.behind)
}

/// Whether two spellings differ as slips do, and not as a land and its people do (Russia, Russian), nor as one and many.
fn one_name(one: &str, other: &str, language: Language) -> bool {
    if folded(one) == folded(other) {
        return true;
    }
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if long.starts_with(short) {
        let (last, added) = (short.last(), long.last());
        return long.len() == short.len() + 1 && last == added && added != Some(&'s');
    }
    one_apart(short, long) && !is_inflection(short, long) && !is_case(short, long, language)
}

/// Umlauts written as two letters are the same spelling in other clothes.
fn folded(word: &str) -> String {
    word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// One letter changed, added, or two neighbours exchanged.
fn one_apart(short: &[char], long: &[char]) -> bool {
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..], &long[start..]);
    match long.len() - short.len() {
        0 => {
            short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..]
                || !short.is_empty() && short[1..] == long[1..]
        }
        1 => *short == long[1..],
        _ => false,
    }
}

/// Endings that make other forms of one word: "Congressman", "Congressmen"; "Deutscher", "Deutsches".
fn is_inflection(short: &[char], long: &[char]) -> bool {
    let tail = |word: &[char]| word[word.len() - 3..].iter().collect::<String>();
    let ends = (tail(short), tail(long));
    let many =
        ends.0.ends_with("an") && ends.1.ends_with("en") || ends.0.ends_with("en") && ends.1.ends_with("an");
    let many = many || same_stem(short, long) && (ends.0.ends_with('s') || ends.1.ends_with('s'));
    let case =
        |end: &str| ["er", "es", "em", "en", "ed", "ns", "ne", "na"].iter().any(|one| end.ends_with(one));
    many || same_stem(short, long) && case(&ends.0) && case(&ends.1)
}

/// Endings of cases and genders: any in a language that is not known, German ones of nouns, Romance ones of adjectives.
fn is_case(short: &[char], long: &[char], language: Language) -> bool {
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (one, other) = (&short[start..], &long[start..]);
    let letters = |list: &str| one.iter().chain(other).all(|c| list.contains(*c));
    match language {
        Language::English => false,
        Language::German => other.len() <= 3 && letters("ensrlim"),
        Language::Other => other.len() <= 3,
        _ => other.len() <= 2 && letters("aoes"),
    }
}

/// Only the last letter differs.
fn same_stem(one: &[char], other: &[char]) -> bool {
    one.len() == other.len() && one[..one.len() - 1] == other[..other.len() - 1]
}
