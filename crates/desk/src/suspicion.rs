//! What speaks against one sentence of a statement: each rule names its code, its sentence for the editor, and its evidence.

use text::{Copy, DateKind, is_negation, is_pronoun, is_speech_verb};

use crate::Article;
use crate::align::{Alignment, Kind, Term};
use crate::causes::{cause_invented, joined};
use crate::doubt::doubt_lost;
use crate::reasons::{Code, Reason};
use crate::roles::roles_exchanged;
use crate::rules::{content_sentence, denials_astray, same_date, speaker_fit, speakers_of, spelled};

/// Times that only mean something beside the text's own.
const THEN: &[&str] = &["at the time", "at that time", "back then", "damals", "seinerzeit", "zu dieser zeit"];

/// Adds what speaks against the sentence that `found` aligns.
pub(crate) fn of_sentence(
    article: &Article,
    statement: &Copy,
    found: &Alignment,
    is_quotation: bool,
    reasons: &mut Vec<Reason>,
) {
    let best: Vec<usize> = found.best.first().map(|pair| pair.0).into_iter().collect();
    let mut add =
        |code, message: String, sentences: Vec<usize>| reasons.push(Reason::new(code, message, sentences));
    let spoken = |term: &&Term| is_speech_verb(&statement.words[term.word].lower);
    let written = |at: usize| &statement.text[statement.words[at].range.clone()];

    if let Some(term) = found.terms.iter().find(|t| t.kind == Kind::Name && t.level == 0.0) {
        add(Code::UnknownName, format!("The text does not name “{}”.", written(term.word)), best.clone());
    }
    if let Some(term) = found.terms.iter().find(|t| t.kind == Kind::Number && t.level == 0.0) {
        add(
            Code::NumberDiffers,
            format!("The number “{}” is not in the text.", written(term.word)),
            best.clone(),
        );
    }
    for date in statement.dates.iter().filter(|date| found.span.contains(&date.words.start)) {
        let known = article.copy.dates.iter().any(|other| same_date(other.kind, date.kind));
        if !known && !matches!(date.kind, DateKind::Relative(_)) {
            add(
                Code::DateDiffers,
                format!("The text does not name the time “{}”.", &statement.text[date.range.clone()]),
                best.clone(),
            );
        }
    }
    if speaker_fit(article, statement, found) < 0.0 {
        add(Code::OtherSpeaker, other_speaker(article, statement, found), best.clone());
    }
    if let Some((one, other)) = roles_exchanged(article, statement, found) {
        add(
            Code::RolesExchanged,
            format!("In the text it is “{other}” who acts on “{one}”, not the other way round."),
            best.clone(),
        );
    }
    if let Some(at) = denials_astray(article, statement, found).first() {
        add(
            Code::NegationFlipped,
            format!("The statement and the text disagree on whether “{}” is denied.", written(*at)),
            best.clone(),
        );
    }
    if is_quotation {
        return;
    }
    if let Some(phrase) =
        cause_invented(article, statement, found).or_else(|| joined(article, statement, found))
    {
        add(Code::CauseInvented, format!("The text does not make the link “{phrase}”."), best.clone());
    }
    let ours = statement.text
        [statement.words[found.span.start].range.start..statement.words[found.span.end - 1].range.end]
        .to_lowercase();
    let then = |sentence: &usize| {
        let theirs = article.copy.sentence(*sentence).to_lowercase();
        THEN.iter().any(|phrase| theirs.contains(phrase))
    };
    let has_time = THEN.iter().any(|phrase| ours.contains(phrase))
        || statement.dates.iter().any(|date| found.span.contains(&date.words.start));
    // The sentence must carry something of the statement that no better one does.
    let carries = |sentence: &usize| {
        found
            .terms
            .iter()
            .filter(|t| t.places.iter().any(|place| article.sentence_of(*place) == *sentence))
            .count()
            >= 3
    };
    if !has_time
        && let Some(sentence) = found
            .best
            .iter()
            .take(3)
            .filter(|pair| pair.1 >= 0.15)
            .map(|pair| pair.0)
            .filter(carries)
            .find(then)
    {
        add(
            Code::TimeLost,
            "The text says this of an earlier time; the statement reads as if it were now.".to_owned(),
            vec![sentence],
        );
    }
    if let Some(doubt) = doubt_lost(article, statement, found) {
        add(
            Code::StatedAsCertain,
            format!("The text says “{doubt}”; the statement leaves the doubt out."),
            best.clone(),
        );
    }
    let absent: Vec<&str> = found
        .terms
        .iter()
        .filter(|t| t.kind == Kind::Plain && t.level == 0.0)
        .filter(|t| !spoken(t))
        .map(|t| written(t.word))
        .collect();
    let n_plain = found.terms.iter().filter(|t| t.kind == Kind::Plain).count();
    if absent.len() >= 3 || (absent.len() >= 2 && 6 * absent.len() > n_plain) {
        let shown = absent.iter().take(5).copied().collect::<Vec<_>>().join("”, “");
        add(Code::NotInText, format!("The text does not speak of “{shown}”."), best.clone());
    } else if found.pair < 0.5 {
        add(Code::NotInText, "No sentence of the text says this.".to_owned(), best.clone());
    }
    if let Some((sentence, who)) = attribution_lost(article, statement, found) {
        add(
            Code::AttributionLost,
            format!("The text gives this as the word of “{who}”; say so."),
            vec![sentence],
        );
    }
}

/// Adds what speaks against a whole sentence of the article standing alone: that it is spoken by someone it does not name.
pub(crate) fn of_whole(article: &Article, sentence: usize, reasons: &mut Vec<Reason>) {
    let copy = &article.copy;
    let own = copy.attributions.iter().any(|a| a.sentence == sentence);
    let n_quoted = copy.words_of(sentence).filter(|at| copy.quoted[*at].is_some()).count();
    if own || 2 * n_quoted <= copy.words_of(sentence).len() {
        return;
    }
    let who = speakers_of(article, sentence).first().map_or("", |theirs| spelled(copy, theirs.who()));
    let message = if who.is_empty() {
        "The text has this in quotation marks; say who says it.".to_owned()
    } else {
        format!("The text gives this as the word of “{who}”; say so.")
    };
    reasons.push(Reason::new(Code::AttributionLost, message, vec![sentence]));
}

fn other_speaker(article: &Article, statement: &Copy, found: &Alignment) -> String {
    for ours in statement.attributions.iter().filter(|a| found.span.contains(&a.verb)) {
        let who = ours.who();
        if let Some(sentence) = content_sentence(article, found, &who)
            && let Some(theirs) = speakers_of(article, sentence).first()
        {
            return format!(
                "In the text this is said by “{}”, not by “{}”.",
                spelled(&article.copy, theirs.who()),
                spelled(statement, who)
            );
        }
    }
    "In the text someone else says this.".to_owned()
}

/// The sentence that gives the statement's content as someone's word, and whose, when the statement gives it as fact.
pub(crate) fn attribution_lost(
    article: &Article,
    statement: &Copy,
    found: &Alignment,
) -> Option<(usize, String)> {
    if statement
        .attributions
        .iter()
        .any(|a| found.span.contains(&a.verb) && !a.speaker.is_empty() && (a.according || a.who() != (0..0)))
    {
        return None;
    }
    let (best, share) = found.best.first().copied()?;
    if share < 0.4 {
        return None;
    }
    let theirs = speakers_of(article, best).into_iter().next()?;
    // The one who speaks may be whom the statement is about ("Smith denied the charge"): then the verb itself is repeated.
    if found.terms.iter().any(|t| t.places.contains(&(theirs.verb as u32))) {
        return None;
    }
    let who = spelled(&article.copy, theirs.speaker.clone());
    (!who.is_empty() && !theirs.speaker.clone().any(|at| is_negation(&article.copy.words[at].lower)))
        .then(|| (best, who.to_owned()))
}

/// Verbs by which somebody says that a thing is so.
const ASSERTING: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "tells",
    "added",
    "adds",
    "explained",
    "wrote",
    "writes",
    "stated",
    "states",
    "announced",
    "insisted",
    "stressed",
    "sagte",
    "sagt",
    "erklärte",
    "erklärt",
    "betonte",
    "schrieb",
    "schreibt",
    "mitgeteilt",
];

/// Whether the words are a name or a description, and no clause or half of one.
fn names_somebody(article: &Article, who: std::ops::Range<usize>) -> bool {
    let words = &article.copy.words[who.clone()];
    let is_name =
        |word: &text::Word| word.capital || word.stop && !is_pronoun(&word.lower) || word.lower.len() > 2;
    let has_verb = words.iter().any(|word| {
        !word.capital && !word.stop && (word.lower.ends_with("ed") || is_speech_verb(&word.lower))
    });
    let ends_well = words.last().is_some_and(|word| !word.stop);
    words.iter().all(is_name) && !has_verb && ends_well && words.iter().any(|word| !word.stop)
}

/// The statement with "According to …" before it, when the text has the speaker as a plain name or description.
pub(crate) fn with_attribution(article: &Article, statement: &str, reason: &Reason) -> Option<String> {
    let sentence = *reason.sentences.first()?;
    let theirs = speakers_of(article, sentence).into_iter().next()?;
    let who = theirs.who();
    if who.is_empty()
        || who.len() > 8
        || who.clone().any(|at| is_pronoun(&article.copy.words[at].lower) && !theirs.according)
    {
        return None;
    }
    // Who denies a thing, or doubts it, does not say it; and nobody says of herself what the text says of her.
    let verb = article.copy.words.get(theirs.verb).map_or("", |word| word.lower.as_str());
    if !(theirs.according || ASSERTING.contains(&verb)) || !names_somebody(article, who.clone()) {
        return None;
    }
    let spoken = text::read(statement, Some(article.copy.language));
    let names: Vec<u64> = who
        .clone()
        .map(|at| &article.copy.words[at])
        .filter(|word| word.capital && !word.stop)
        .map(|word| word.key)
        .collect();
    if spoken.words.iter().any(|word| names.contains(&word.key)) {
        return None;
    }
    let name = spelled(&article.copy, who.clone());
    let begins_small = article.copy.words.get(who.start).is_some_and(|word| word.stop);
    let name = match name.chars().next().filter(|_| begins_small) {
        Some(first) => format!("{}{}", first.to_lowercase(), &name[first.len_utf8()..]),
        None => name.to_owned(),
    };
    let first = statement.split_whitespace().next()?;
    let is_word = text::is_stop(&first.to_lowercase(), article.copy.language);
    let rest = if is_word && first != "I" {
        format!("{}{}", first.to_lowercase(), &statement.trim_start()[first.len()..])
    } else {
        statement.trim_start().to_owned()
    };
    Some(format!("According to {name}, {rest}"))
}
