//! Pronouns of a statement: whether a reader can tell whom they stand for, and whether the text has such a one.

use std::ops::Range;

use text::{Copy, is_pronoun};

use crate::Article;
use crate::close::Closeness;
use crate::reasons::{Code, Reason};
use crate::rules::spelled;

/// Share of a statement's words that the closest place holds in order, from which its pronouns are laid beside that place's names.
const HELD: f32 = 0.7;

/// Adds what speaks against the pronouns of `statement`; `context`, the sentences before it, may hold what they stand for.
///
/// Cannot: see a pronoun that stands for the wrong one of two names which statement or context both have.
pub(crate) fn of_statement(
    article: &Article,
    statement: &Copy,
    context: Option<&str>,
    closes: &[Closeness],
    reasons: &mut Vec<Reason>,
) {
    let context = context.filter(|context| !context.trim().is_empty());
    let mut add = |message| reasons.push(Reason::new(Code::DanglingPronoun, message, Vec::new()));
    let written = |at: usize| &statement.text[statement.words[at].range.clone()];
    if context.is_none()
        && let Some(at) = leading(statement)
    {
        add(format!("A reader cannot tell whom or what “{}” stands for.", written(at)));
    }
    if let Some(context) = context
        && let Some(at) = leading(statement)
        && let Some(name) = other_antecedent(article, statement, context, at)
    {
        let name = spelled(&article.copy, name);
        add(format!(
            "“{}” stands for “{name}” in the text, and what goes before the statement does not name that.",
            written(at)
        ));
    }
    if let Some((at, name)) = unnamed(article, statement, context, closes) {
        let name = spelled(&article.copy, name);
        add(format!(
            "The text has “{name}” where the statement has “{}”, and nothing before it says so.",
            written(at)
        ));
    }
    if let Some((at, who)) = unknown_sex(article, statement) {
        add(format!("“{}” stands for nobody in the text, which speaks of no {who}.", written(at)));
    }
}

/// Sentences before its own in which a pronoun's name is looked for.
const BEFORE: usize = 2;

/// The name that the statement's first pronoun, a person's, stands near in the text, when the context has no name of those there.
///
/// Only where the statement is near one sentence that begins with the same pronoun.
fn other_antecedent(article: &Article, statement: &Copy, context: &str, at: usize) -> Option<Range<usize>> {
    let copy = &article.copy;
    let pronoun = statement.words[at].lower.as_str();
    if !HE.contains(&pronoun) && !SHE.contains(&pronoun) {
        return None;
    }
    let next = statement.words[at + 1..].iter().find(|word| !word.stop)?;
    let place = article.places(next.key as u32).iter().map(|place| *place as usize).find(|place| {
        let span = copy.words_of(copy.sentence_of[*place]);
        copy.words[span.start..*place].iter().take(3).any(|word| word.lower == pronoun)
    })?;
    let sentence = copy.sentence_of[place];
    let of = |sentence: usize| -> Vec<&text::Name> {
        let span = copy.words_of(sentence);
        let inside = |name: &&text::Name| name.words.start >= span.start && name.words.end <= span.end;
        copy.names.iter().filter(inside).collect()
    };
    // The nearest sentence that names anybody.
    let names = (sentence.saturating_sub(BEFORE)..sentence).rev().map(of).find(|names| !names.is_empty())?;
    let context = text::words(context, copy.language);
    // By her last name, with no other first name before it.
    let is_named = |name: &&text::Name| {
        let own = &copy.words[name.words.clone()];
        let Some(last) = own.last() else { return false };
        (0..context.len()).filter(|at| context[*at].key == last.key).any(|at| {
            let before = at.checked_sub(1).map(|at| &context[at]).filter(|word| word.capital && !word.stop);
            before.is_none_or(|before| own.len() == 1 || own.iter().any(|word| word.key == before.key))
        })
    };
    if names.iter().any(is_named) { None } else { names.last().map(|name| name.words.clone()) }
}

/// A pronoun at the beginning, with nothing before it that it could stand for.
fn leading(statement: &Copy) -> Option<usize> {
    let span = statement.words_of(0);
    let upto = span.clone().find(|at| !statement.words[*at].stop).unwrap_or(span.end);
    // "The day that …" has its noun before; "that" right after a content word never comes here.
    let lower = |at: usize| span.contains(&at).then(|| statement.words[at].lower.as_str());
    // "Two of them".
    let whole = matches!(lower(upto + 1), Some("of" | "von")).then_some(upto + 2);
    (span.start..upto)
        .chain(whole.filter(|at| span.contains(at)))
        .find(|at| is_pronoun(&statement.words[*at].lower) && statement.quoted[*at].is_none())
}

/// A pronoun where the text has a name that neither the statement before it nor the context has.
fn unnamed(
    article: &Article,
    statement: &Copy,
    context: Option<&str>,
    closes: &[Closeness],
) -> Option<(usize, Range<usize>)> {
    let context = context.map(|context| text::words(context, article.copy.language));
    let mut stand_ins = closes.iter().filter(|close| close.held >= HELD).flat_map(|close| &close.stand_ins);
    stand_ins
        .find(|(at, name)| {
            let named = |word: &text::Word| {
                article.copy.words[name.clone()].iter().any(|other| other.key == word.key)
            };
            // Any name before may be the same one under another word ("the Texan"): only where there is none is it plain.
            let before = &statement.words[..*at];
            let known =
                before.iter().skip(1).any(|word| word.capital && !word.stop) || before.iter().any(named);
            !known && !context.iter().flatten().any(|word| named(word) || word.capital && !word.stop)
        })
        .cloned()
}

/// A pronoun of a sex of which the text speaks with no word at all, while it does of the other.
fn unknown_sex(article: &Article, statement: &Copy) -> Option<(usize, &'static str)> {
    if article.copy.language != text::Language::English {
        return None;
    }
    [(HE, MEN, SHE, WOMEN, "man"), (SHE, WOMEN, HE, MEN, "woman")].into_iter().find_map(
        |(pronouns, words, other, others, who)| {
            let at = (0..statement.words.len()).find(|at| {
                statement.quoted[*at].is_none() && pronouns.contains(&statement.words[*at].lower.as_str())
            })?;
            let has =
                |list: &[&str]| article.copy.words.iter().any(|word| list.contains(&word.lower.as_str()));
            (!has(pronouns) && !has(words) && (has(other) || has(others))).then_some((at, who))
        },
    )
}

const HE: &[&str] = &["he", "him", "his", "himself"];
const SHE: &[&str] = &["she", "her", "hers", "herself"];

const MEN: &[&str] = &[
    "man",
    "men",
    "boy",
    "boys",
    "father",
    "son",
    "husband",
    "brother",
    "mr",
    "king",
    "prince",
    "sir",
    "lord",
    "uncle",
    "male",
    "schoolboy",
    "actor",
    "grandfather",
    "dad",
    "gentleman",
    "spokesman",
    "chairman",
    "businessman",
    "fireman",
    "policeman",
    "sportsman",
    "pope",
    "bishop",
    "duke",
    "monk",
    "priest",
    "guy",
];

const WOMEN: &[&str] = &[
    "woman",
    "women",
    "girl",
    "girls",
    "mother",
    "daughter",
    "wife",
    "sister",
    "mrs",
    "ms",
    "miss",
    "queen",
    "princess",
    "dame",
    "lady",
    "aunt",
    "female",
    "schoolgirl",
    "actress",
    "grandmother",
    "mum",
    "mom",
    "spokeswoman",
    "businesswoman",
    "policewoman",
    "chairwoman",
    "duchess",
    "nun",
    "waitress",
    "lesbian",
];
