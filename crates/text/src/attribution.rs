//! Who is said to have said what: speech verbs and "according to", with their speakers, over sentence borders.

use std::ops::Range;

use crate::Copy;
use crate::names::is_title;
use crate::stance::{is_pronoun, is_speech_verb};

/// One act of speech that a text reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Number of the sentence that names the speaker.
    pub sentence: usize,
    /// Index of the speech verb, or of "according".
    pub verb: usize,
    /// Words among which the speaker stands, description included.
    pub speaker: Range<usize>,
    /// What a pronoun ("he said") stands for: words of the nearest speaker or name before it, as far as can be told.
    pub stands_for: Option<Range<usize>>,
    /// By "according to" or its like rather than by a verb.
    pub according: bool,
}

impl Attribution {
    /// Words that name the speaker, pronouns resolved.
    pub fn who(&self) -> Range<usize> {
        self.stands_for.clone().unwrap_or_else(|| self.speaker.clone())
    }
}

/// Pronouns that speak themselves; "his office" is someone else.
const SUBJECTS: &[&str] = &["he", "she", "they", "it", "er", "sie", "es"];

/// Acts of speech in order.
///
/// Cannot: find speech without one of the listed verbs; tell a speaker from a hearer whose name stands between speaker and
/// verb ("Smith, who met Jones, said" gives both names). Pronouns are taken for the nearest speaker or name before them,
/// whatever their number or gender.
pub fn attributions(copy: &Copy) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    let mut last_named: Option<Range<usize>> = None;
    for sentence in 0..copy.sentences.len() {
        let span = copy.words_of(sentence);
        let mut at = span.start;
        while at < span.end {
            let word = &copy.words[at];
            if copy.quoted[at].is_some() {
                at += 1;
                continue;
            }
            let according = match word.lower.as_str() {
                "according"
                    if copy.words.get(at + 1).is_some_and(|w| w.lower == "to")
                        && names_source(copy, at, &span) =>
                {
                    Some(at + 2)
                }
                "laut" => Some(at + 1),
                // "Ruiz zufolge" stands as often as "zufolge Ruiz".
                "zufolge" if !follows_its_source(copy, at, &span) => Some(at + 1),
                _ => None,
            };
            let is_led = word.lower == "zufolge" && according.is_none();
            let speaker = match according {
                None if is_led => subject(copy, at, &span),
                Some(from) if word.lower != "according" => Some(german_source(copy, from, span.end)),
                Some(from) => Some(forward(copy, from, span.end)),
                None if is_speech_verb(&word.lower) && !is_noun(copy, at, &span) => subject(copy, at, &span),
                None => None,
            };
            if let Some(speaker) = speaker.filter(|speaker| !speaker.is_empty()) {
                let named = speaker.clone().any(|w| is_name_word(copy, w));
                let pronoun = speaker.clone().any(|w| SUBJECTS.contains(&copy.words[w].lower.as_str()));
                let stands_for = if !named && pronoun {
                    last_named.clone().or_else(|| nearest_name(copy, speaker.start))
                } else {
                    None
                };
                if named {
                    last_named = Some(speaker.clone());
                }
                found.push(Attribution {
                    sentence,
                    verb: at,
                    speaker,
                    stands_for,
                    according: according.is_some() || is_led,
                });
            }
            at += 1;
        }
    }
    found
}

/// "According to his office, …" names a source; "development according to its needs" does not.
fn names_source(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    at == span.start
        || copy.between(at).contains([',', '"', '”', '(', '–', '—'])
        || copy.words.get(at + 2).is_some_and(|w| w.capital || w.lower == "the")
}

/// Whether a name or another word of content stands right before "zufolge".
fn follows_its_source(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    at > span.start
        && !copy.words[at - 1].stop
        && copy.quoted[at - 1].is_none()
        && copy.between(at).trim().is_empty()
}

/// Whether a word that may report is a noun here: "the United States", "the claims", "of reports".
///
/// Cannot: see a noun behind an adjective ("new claims").
fn is_noun(copy: &Copy, at: usize, span: &Range<usize>) -> bool {
    let word = &copy.words[at];
    // The second word of a name; a headline's capitals have the verb behind a name too, which ends otherwise.
    if word.lower == "states" && word.capital && at > span.start {
        return true;
    }
    matches!(
        word.lower.as_str(),
        "claims" | "comments" | "notes" | "reports" | "states" | "demands" | "calls"
    ) && at > span.start
        && copy.between(at).trim().is_empty()
        && NOUN_BEFORE.contains(&copy.words[at - 1].lower.as_str())
}

/// Words between which and a verb a subject would have to stand.
const NOUN_BEFORE: &[&str] = &[
    "the", "a", "an", "his", "her", "their", "its", "our", "my", "these", "those", "some", "any", "no",
    "such", "of", "in", "on", "by", "with", "from", "for", "to", "about", "after", "amid", "despite", "over",
    "and", "united", "member", "several", "many", "media", "news",
];

fn is_name_word(copy: &Copy, at: usize) -> bool {
    let word = &copy.words[at];
    word.capital && !word.stop && !word.digit && !is_title(&word.lower)
}

/// The last name that stands before a word, at most 60 words back.
fn nearest_name(copy: &Copy, before: usize) -> Option<Range<usize>> {
    let upto = copy.names.partition_point(|name| name.words.end <= before);
    let name = copy.names[..upto].iter().rev().take(20).find(|name| !name.doubtful)?;
    (before - name.words.end <= 60).then(|| name.words.clone())
}

/// Words from `from` to the next comma, quotation mark or speech verb, at most twelve.
fn forward(copy: &Copy, from: usize, end: usize) -> Range<usize> {
    let mut to = from;
    while to < end.min(from + 12) {
        if copy.quoted[to].is_some() || is_speech_verb(&copy.words[to].lower) {
            break;
        }
        if to > from && copy.between(to).contains([',', ':', ';', '"', '“', '„']) {
            break;
        }
        to += 1;
    }
    from..to
}

/// The source behind "laut" or "zufolge": to the first word in small letters behind a noun, unless it joins on ("Sprecherin der Polizei").
fn german_source(copy: &Copy, from: usize, end: usize) -> Range<usize> {
    let all = forward(copy, from, end);
    let small = |at: usize| !copy.words[at].capital && !copy.words[at].digit;
    let Some(noun) = all.clone().find(|at| !small(*at)) else { return all };
    let to = (noun + 1..all.end).find(|&at| {
        let joins = JOINING.contains(&copy.words[at].lower.as_str()) && at + 1 < all.end;
        small(at) && !joins && !(at > noun && JOINING.contains(&copy.words[at - 1].lower.as_str()))
    });
    from..to.unwrap_or(all.end)
}

/// Words that join more of a description to a German noun.
const JOINING: &[&str] = &["der", "des", "von", "vom", "für", "und", "zu", "zur", "im", "am"];

/// Words among which the subject of the verb at `verb` stands.
fn subject(copy: &Copy, verb: usize, span: &Range<usize>) -> Option<Range<usize>> {
    let mut from = verb;
    while from > span.start && verb - from < 16 && copy.quoted[from - 1].is_none() {
        if copy.between(from).contains([';', '"', '”', '“']) {
            break;
        }
        from -= 1;
    }
    // "…", said Smith: nothing stands before the verb, so the speaker follows.
    let inverted = from == verb;
    if inverted {
        let speaker = forward(copy, verb + 1, span.end);
        return (verb > span.start).then_some(speaker);
    }
    // Nearest clause: behind the last comma, unless the comma closes an aside ("Smith, the owner, said").
    let mut clause = verb;
    while clause > from && !copy.between(clause).contains(',') {
        clause -= 1;
    }
    if clause == verb || !(clause..verb).any(|w| is_name_word(copy, w) || is_pronoun(&copy.words[w].lower)) {
        clause = from;
    }
    Some(clause..verb)
}
