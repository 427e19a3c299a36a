//! Statements said in another way that the text itself declares to be the same: "the Belarusian president" for Alexander Lukashenko, and
//! his name for the description.

use std::ops::Range;

use text::{Copy, Description, described, descriptions, same_person};

use crate::reasons::{Code, Reason};
use crate::{Article, Evidence};

/// Rewordings that are tried for one statement.
const TRIED: usize = 6;

/// A statement with one description or name exchanged.
pub(crate) struct Rewording {
    pub statement: String,
    /// The sentence of the article that joins name and description.
    pub sentence: usize,
}

/// The statement with a description in the place of a name or a name in that of a description, where the article joins the two and
/// means one person only by them; the words inside quotation marks stay.
///
/// Cannot: exchange two at once.
pub(crate) fn rewordings(article: &Article, statement: &Copy) -> Vec<Rewording> {
    let known = article.descriptions();
    let mut out = Vec::new();
    if known.iter().all(|one| one.name.is_none()) {
        return out;
    }
    let theirs = &article.copy;
    let ours = descriptions(statement);
    for one in ours.iter().filter(|one| one.name.is_none() && !is_quoted(statement, &one.words)) {
        let Some(person) = described(one, known, theirs) else { continue };
        for name in names_of(article, person) {
            out.push(exchanged(article, statement, &one.words, &name, person));
        }
    }
    for name in statement.names.iter().filter(|name| !is_quoted(statement, &name.words)) {
        let holder = |one: &&Description| {
            let named = one.name.as_ref().map(|name| &theirs.words[name.clone()]);
            named.is_some_and(|words| same_person(words, &statement.words[name.words.clone()]))
        };
        let Some(person) = known.iter().find(holder) else { continue };
        // "President Lukashenko" gives way as a whole.
        let whole =
            ours.iter().find(|one| one.words.start <= name.words.start && name.words.start <= one.words.end);
        let start = whole.map_or(name.words.start, |one| one.words.start.min(name.words.start));
        for phrase in descriptions_of(article, known, person) {
            out.push(exchanged(article, statement, &(start..name.words.end), &phrase, person));
        }
    }
    out.truncate(TRIED);
    out
}

/// Why a description in a statement may mean somebody else than the sentence that the statement rests on: that sentence does not
/// describe anyone so, though the article does somewhere describe a holder of this office.
pub(crate) fn unclear(article: &Article, statement: &Copy, evidence: &[Evidence]) -> Option<Reason> {
    let known = article.descriptions();
    let ours = descriptions(statement);
    let alone = ours.iter().filter(|one| one.name.is_none() && !is_quoted(statement, &one.words));
    for one in alone {
        let alike: Vec<&Description> = known.iter().filter(|other| other.office == one.office).collect();
        if alike.is_empty() {
            continue;
        }
        let [only] = evidence else { return Some(reason(one, statement, evidence)) };
        let is_there = alike.iter().any(|other| {
            let place_fits = one.place.is_none() || one.place == other.place;
            place_fits && article.copy.sentence_of[other.words.start] == only.sentence
        });
        if !is_there {
            return Some(reason(one, statement, evidence));
        }
    }
    None
}

fn reason(one: &Description, statement: &Copy, evidence: &[Evidence]) -> Reason {
    let phrase = spelled(statement, &one.words);
    let message =
        format!("The text does not say here that “{phrase}” is meant; name the person as the text does.");
    Reason::new(Code::UnknownName, message, evidence.iter().map(|one| one.sentence).collect())
}

/// How the article calls the person by name: the forms without title, shortest first.
fn names_of(article: &Article, person: &Description) -> Vec<String> {
    let copy = &article.copy;
    let Some(full) = person.name.clone() else { return Vec::new() };
    let last = full.end - 1..full.end;
    let mut forms: Vec<String> = [last, full].into_iter().map(|words| spelled(copy, &words)).collect();
    forms.dedup();
    forms
}

/// How the article describes the person where it does not name her beside it.
fn descriptions_of(article: &Article, known: &[Description], person: &Description) -> Vec<String> {
    let copy = &article.copy;
    let is_hers = |one: &&Description| {
        one.name.is_none()
            && described(one, known, copy).is_some_and(|other| match (&other.name, &person.name) {
                (Some(one), Some(other)) => same_person(&copy.words[one.clone()], &copy.words[other.clone()]),
                _ => false,
            })
    };
    let mut forms: Vec<String> = known.iter().filter(is_hers).map(|one| spelled(copy, &one.words)).collect();
    forms.sort();
    forms.dedup_by_key(|form| form.to_lowercase());
    forms
}

fn exchanged(
    article: &Article,
    statement: &Copy,
    words: &Range<usize>,
    by: &str,
    person: &Description,
) -> Rewording {
    let range = statement.words[words.start].range.start..statement.words[words.end - 1].range.end;
    let begins = statement.words_of(statement.sentence_of[words.start]).start == words.start;
    let (text, mut by) = (&statement.text, by.to_owned());
    if let (Some(first), Some(rest)) = (by.chars().next(), by.split_once(' ').map(|pair| pair.1.to_owned()))
        && by.to_lowercase().starts_with("the ")
    {
        let article =
            if begins { first.to_uppercase().to_string() } else { first.to_lowercase().to_string() };
        by = format!("{article}he {rest}");
    }
    Rewording {
        statement: format!("{}{by}{}", &text[..range.start], &text[range.end..]),
        sentence: article.copy.sentence_of[person.words.start],
    }
}

fn is_quoted(copy: &Copy, words: &Range<usize>) -> bool {
    words.clone().any(|at| copy.quoted[at].is_some())
}

fn spelled(copy: &Copy, words: &Range<usize>) -> String {
    copy.text[copy.words[words.start].range.start..copy.words[words.end - 1].range.end].to_owned()
}
