//! Rules about one sentence of a statement and the sentences it rests on: speakers, denials, roles, times.

use std::ops::Range;

use text::{Attribution, Copy, DateKind, is_negation};

use crate::Article;
use crate::align::{Alignment, Kind};

/// Whether two named times can be one: a month with a year fits the same month without.
pub(crate) fn same_date(one: DateKind, other: DateKind) -> bool {
    let fits = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
    match (one, other) {
        (
            DateKind::Month { month: m1, day: d1, year: y1 },
            DateKind::Month { month: m2, day: d2, year: y2 },
        ) => m1 == m2 && (d1.is_none() || d2.is_none() || d1 == d2) && fits(y1, y2),
        (DateKind::Month { year: Some(year), .. }, DateKind::Year(other))
        | (DateKind::Year(other), DateKind::Month { year: Some(year), .. }) => year == other,
        _ => one == other,
    }
}

/// Whether a denying word governs the word at `at`: before it, with one word of content and no comma between ("not deemed to be
/// a threat"). Compounds ("never-before-seen") deny nothing.
pub(crate) fn denied(copy: &Copy, at: usize) -> bool {
    let mut content = 0;
    for back in (at.saturating_sub(6)..at).rev() {
        if copy.between(back + 1).contains([',', ';', ':', '.', '"', '”', '“']) {
            return false;
        }
        let word = &copy.words[back];
        if is_negation(&word.lower) {
            return copy.between(back + 1) != "-";
        }
        if !word.stop {
            content += 1;
            if content > 1 {
                return false;
            }
        }
    }
    false
}

/// Words of the statement that it denies and the sentence it rests on does not, or the reverse.
///
/// Cannot: see denials by meaning ("failed to", "refused"), nor those further than four words away.
pub(crate) fn denials_astray(article: &Article, statement: &Copy, found: &Alignment) -> Vec<usize> {
    let mut astray = Vec::new();
    let Some((best, share)) = found.best.first().copied() else { return astray };
    if share < 0.3 {
        return astray;
    }
    for term in found.terms.iter().filter(|t| t.kind == Kind::Plain && t.level >= 0.8) {
        let ours = denied(statement, term.word);
        let mut there = term.places.iter().filter(|place| article.sentence_of(**place) == best).peekable();
        if there.peek().is_none() {
            continue;
        }
        if !there.any(|place| denied(&article.copy, *place as usize) == ours) {
            astray.push(term.word);
        }
    }
    astray
}

fn is_name_word(copy: &Copy, at: usize) -> bool {
    let word = &copy.words[at];
    word.capital && !word.stop && !word.digit && !text::is_title(&word.lower)
}

/// Acts of speech that can hold for a sentence of the article: its own, else the speaker of the quotation that runs on into it.
pub(crate) fn speakers_of(article: &Article, sentence: usize) -> Vec<&Attribution> {
    let copy = &article.copy;
    let of = |sentence: usize| -> Vec<&Attribution> {
        let from = copy.attributions.partition_point(|a| a.sentence < sentence);
        copy.attributions[from..].iter().take_while(|a| a.sentence == sentence).collect()
    };
    let own = of(sentence);
    if !own.is_empty() {
        return own;
    }
    let span = copy.words_of(sentence);
    let quoted = |sentence: usize| copy.words_of(sentence).any(|at| copy.quoted[at].is_some());
    if !span.clone().any(|at| copy.quoted[at].is_some()) {
        return own;
    }
    // "… ," said Smith. "And this too."
    for back in 1..=6usize.min(sentence) {
        let found = of(sentence - back);
        if !found.is_empty() {
            return found;
        }
        if !quoted(sentence - back) {
            break;
        }
    }
    of(sentence + 1)
}

/// Whether the named speaker `who` (words of the statement) can be the one of `theirs` (words of the article).
pub(crate) fn same_speaker(
    article: &Article,
    statement: &Copy,
    who: Range<usize>,
    theirs: &Attribution,
) -> bool {
    let who_words = who.clone();
    let ours: Vec<u64> =
        who.clone().filter(|at| is_name_word(statement, *at)).map(|at| statement.words[at].key).collect();
    let ours = if ours.is_empty() {
        who.filter(|at| !statement.words[*at].stop).map(|at| statement.words[at].key).collect()
    } else {
        ours
    };
    let copy = &article.copy;
    let has = |words: Range<usize>| words.clone().any(|at| ours.contains(&copy.words[at].key));
    if is_short_form(statement, who_words.clone(), copy, theirs.speaker.clone())
        || is_short_form(copy, theirs.speaker.clone(), statement, who_words)
    {
        return true;
    }
    // The last word of a name decides, first names alone may be shared.
    let last = ours.last().copied();
    has(theirs.speaker.clone())
        && theirs.speaker.clone().any(|at| Some(copy.words[at].key) == last || ours.len() < 2)
        || theirs.stands_for.clone().is_some_and(has)
}

/// Whether `short` has the initials of a name in `long` as a word: "the BMA" for "the British Medical Association".
pub(crate) fn is_short_form(
    long: &Copy,
    long_words: Range<usize>,
    short: &Copy,
    short_words: Range<usize>,
) -> bool {
    let initials: String = long_words
        .filter(|at| long.words[*at].capital && !long.words[*at].stop)
        .filter_map(|at| long.words[at].lower.chars().next())
        .collect();
    let mut written = short_words.map(|at| (&short.words[at], &short.text[short.words[at].range.clone()]));
    initials.len() >= 2
        && written.any(|(word, text)| {
            // "The USA" for the United States.
            let fits = word.lower.starts_with(&initials) && word.lower.len() <= initials.len() + 1;
            fits && text.chars().all(char::is_uppercase)
        })
}

/// Whether the speaker `who` of a statement goes by a name rather than by what he or they are ("a union official", "scientists in
/// Belgium").
fn goes_by_name(statement: &Copy, found: &Alignment, who: &Range<usize>) -> bool {
    let name = |at: usize| {
        let term = found.terms.iter().find(|term| term.word == at);
        is_name_word(statement, at) && term.is_none_or(|term| term.kind == Kind::Name)
    };
    let upto =
        |at: &usize| !["in", "of", "at", "for", "from", "on"].contains(&statement.words[*at].lower.as_str());
    let content = |at: &usize| !statement.words[*at].stop;
    let head = who.clone().take_while(upto).filter(content).last();
    let last = who.clone().rev().find(content);
    [head, last].into_iter().flatten().all(name) && who.clone().any(name)
}

/// 1 when the statement's speaker speaks where its content stands, -1 when another named speaker does, 0 when neither is plain.
pub(crate) fn speaker_fit(article: &Article, statement: &Copy, found: &Alignment) -> f32 {
    let mut fit: f32 = 0.0;
    for ours in statement.attributions.iter().filter(|a| found.span.contains(&a.verb)) {
        let who = ours.who();
        let speaks = |sentence| {
            let theirs = speakers_of(article, sentence);
            theirs.iter().any(|a| same_speaker(article, statement, who.clone(), a))
        };
        // What is said, without who says it.
        let sentence = content_sentence(article, found, &who);
        if !goes_by_name(statement, found, &who) {
            // "According to his office": a description fits where it stands; another one may mean the same person.
            if sentence.is_some_and(speaks) {
                fit = fit.max(1.0);
            }
            continue;
        }
        let Some(sentence) = sentence else { continue };
        if speaks(sentence) {
            return 1.0;
        }
        let named = |a: &&Attribution| a.who().any(|at| is_name_word(&article.copy, at));
        if speakers_of(article, sentence).iter().any(named) {
            fit = -1.0;
        }
    }
    fit
}

/// The sentence of the article that carries most of the statement's words other than those of its speaker.
pub(crate) fn content_sentence(article: &Article, found: &Alignment, who: &Range<usize>) -> Option<usize> {
    let mut tally: Vec<(usize, f32)> = Vec::new();
    for (sentence, _) in &found.best {
        let held = found
            .terms
            .iter()
            .filter(|t| {
                !who.contains(&t.word)
                    && t.places.iter().any(|place| article.sentence_of(*place) == *sentence)
            })
            .map(|t| t.level)
            .sum();
        tally.push((*sentence, held));
    }
    let of_content = found.terms.iter().filter(|t| !who.contains(&t.word)).count() as f32;
    tally
        .into_iter()
        .filter(|pair| pair.1 >= 0.4 * of_content && pair.1 >= 1.0)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|pair| pair.0)
}

/// The plain text of a statement's words, for messages.
pub(crate) fn spelled(copy: &Copy, words: Range<usize>) -> &str {
    if words.is_empty() || words.end > copy.words.len() {
        return "";
    }
    &copy.text[copy.words[words.start].range.start..copy.words[words.end - 1].range.end]
}
