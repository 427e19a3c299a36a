//! What speaks against one sentence of a statement: each rule names its code, its sentence for the editor, and its evidence.

use text::{Copy, DateKind, is_hedge, is_negation, is_pronoun, is_speech_verb};

use crate::Article;
use crate::align::{Alignment, Kind, Term};
use crate::gate::spelled;
use crate::reasons::{Code, Reason};
use crate::rules::{content_sentence, denials_astray, same_date, speaker_fit, speakers_of};

/// Order of reasons: what is plainly false before what is only missing.
pub(crate) fn gravity(code: Code) -> u8 {
    match code {
        Code::OtherSpeaker => 0,
        Code::RolesExchanged => 1,
        Code::NegationFlipped => 2,
        Code::NumberDiffers => 3,
        Code::DateDiffers => 4,
        Code::UnknownName => 5,
        Code::QuotationAltered => 6,
        Code::CauseInvented => 7,
        Code::TimeLost => 8,
        Code::StatedAsCertain => 9,
        Code::NotInText => 10,
        Code::AttributionLost => 11,
        Code::DanglingPronoun => 12,
        Code::TooLong => 13,
    }
}

/// Score that outweighs a fault of [`is_grave`] that errs now and then against true paraphrases.
const OUTWEIGHS: f64 = 0.75;

/// Whether these reasons make a statement unlikely whatever its threshold. An invented cause does so when words are missing, too.
pub(crate) fn is_grave(reasons: &[Reason], score: f64) -> bool {
    let has = |code| reasons.iter().any(|reason| reason.code == code);
    let doubtful = has(Code::OtherSpeaker)
        || has(Code::RolesExchanged)
        || has(Code::CauseInvented) && has(Code::NotInText);
    has(Code::QuotationAltered) || has(Code::TimeLost) || doubtful && score < OUTWEIGHS
}

/// Phrases that join two facts as cause, answer or contrast; the text must have the first word of one of them too.
const CAUSES: &[&str] = &[
    "because",
    "due to",
    "despite",
    "in response to",
    "in the wake of",
    "as a result",
    "thanks to",
    "owing to",
    "leading to",
    "prompting",
    "causing",
    "resulting in",
    "making it",
    "therefore",
    "thus",
    "in order to",
    "in retaliation",
    "illustrating",
    "highlighting",
    "weil",
    "wegen",
    "aufgrund",
    "trotz",
    "deshalb",
    "daher",
    "infolge",
];

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

/// A pronoun with nothing before it that it could stand for.
pub(crate) fn of_pronouns(statement: &Copy, context: Option<&str>, reasons: &mut Vec<Reason>) {
    if context.is_some_and(|context| !context.trim().is_empty()) {
        return;
    }
    let span = statement.words_of(0);
    let upto = span.clone().find(|at| !statement.words[*at].stop).unwrap_or(span.end);
    if let Some(at) = (span.start..upto)
        .find(|at| is_pronoun(&statement.words[*at].lower) && statement.quoted[*at].is_none())
    {
        // "The day that …" has its noun before; "that" right after a content word never comes here.
        let word = &statement.text[statement.words[at].range.clone()];
        reasons.push(Reason::new(
            Code::DanglingPronoun,
            format!("A reader cannot tell whom or what “{word}” stands for."),
            Vec::new(),
        ));
    }
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

/// Two names with a verb between them that stand the other way round in the best sentence.
///
/// Cannot: see roles without names, or verbs of more than one word; sentences in the passive are left alone.
fn roles_exchanged(article: &Article, statement: &Copy, found: &Alignment) -> Option<(String, String)> {
    let best = found.best.first().filter(|pair| pair.1 > 0.5)?.0;
    let passive = |copy: &Copy, words: std::ops::Range<usize>| {
        copy.words[words].iter().any(|word| word.lower == "by" || word.lower == "von")
    };
    if passive(statement, found.span.clone()) || passive(&article.copy, article.copy.words_of(best)) {
        return None;
    }
    let place = |term: &Term| {
        term.places.iter().copied().filter(|place| article.sentence_of(*place) == best).collect::<Vec<u32>>()
    };
    let names: Vec<&Term> = found.terms.iter().filter(|t| t.kind == Kind::Name && t.level >= 0.95).collect();
    for (at, one) in names.iter().enumerate().take(12) {
        for other in names.iter().skip(at + 1).take(12) {
            if other.word - one.word < 2 || other.word - one.word > 12 {
                continue;
            }
            let verb = found.terms.iter().find(|t| {
                let between =
                    t.word > one.word && t.word < other.word && t.kind == Kind::Plain && t.level >= 0.8;
                between
                    && (t.word + 1 == other.word || statement.words[t.word + 1].stop)
                    && looks_like_verb(&statement.words[t.word].lower)
            });
            let Some(verb) = verb else { continue };
            let (ones, others, verbs) = (place(one), place(other), place(verb));
            let ([a], [b], [v]) = (ones.as_slice(), others.as_slice(), verbs.as_slice()) else { continue };
            if b < v && v < a && v - b <= 4 && a - v <= 5 {
                return Some((
                    statement.text[statement.words[one.word].range.clone()].to_owned(),
                    statement.text[statement.words[other.word].range.clone()].to_owned(),
                ));
            }
        }
    }
    None
}

fn looks_like_verb(lower: &str) -> bool {
    lower.ends_with("ed")
        || lower.ends_with("es")
        || lower.ends_with('s')
        || is_speech_verb(lower)
        || ["met", "beat", "won", "left", "hit", "shot", "told", "gave", "sent", "sold", "paid", "led"]
            .contains(&lower)
}

fn cause_invented(article: &Article, statement: &Copy, found: &Alignment) -> Option<String> {
    let from = statement.words[found.span.start].range.start;
    let to = statement.words[found.span.end - 1].range.end;
    let ours = statement.text[from..to].to_lowercase();
    let theirs: String = found
        .best
        .iter()
        .take(2)
        .map(|pair| pair.0)
        .chain(found.second)
        .map(|sentence| article.copy.sentence(sentence).to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    CAUSES
        .iter()
        .find(|phrase| {
            holds(&ours, phrase)
                && !holds(&theirs, phrase.split(' ').max_by_key(|word| word.len()).unwrap_or(phrase))
                && !synonym_of_cause(&theirs, phrase)
        })
        .map(|phrase| (*phrase).to_owned())
}

/// "While …ing", "by …ing" and the like: two acts told as one, when no sentence of the text has something of both.
///
/// Cannot: see acts that are joined by a comma or an "and" alone.
fn joined(article: &Article, statement: &Copy, found: &Alignment) -> Option<String> {
    let at = found.span.clone().skip(1).find(|at| {
        let next = statement.words.get(at + 1).filter(|_| at + 1 < found.span.end);
        JOINTS.contains(&statement.words[*at].lower.as_str())
            && next.is_some_and(|word| !word.stop && word.lower.len() > 5 && word.lower.ends_with("ing"))
    })?;
    let sides = [
        found.terms.iter().filter(|term| term.word < at).collect::<Vec<_>>(),
        found.terms.iter().filter(|term| term.word > at).collect(),
    ];
    if sides.iter().any(|side| side.len() < 3) {
        return None;
    }
    let holds = |side: &[&Term], sentence: usize| {
        let near = |place: &u32| article.sentence_of(*place).abs_diff(sentence) == 0;
        let n = side.iter().filter(|term| term.places.iter().any(near)).count();
        n >= 2 && 3 * n >= side.len()
    };
    let mut sentences: Vec<usize> =
        found.terms.iter().flat_map(|term| &term.places).map(|place| article.sentence_of(*place)).collect();
    sentences.sort_unstable();
    sentences.dedup();
    let together = sentences.iter().take(60).any(|sentence| sides.iter().all(|side| holds(side, *sentence)));
    (!together).then(|| format!("{} {}", statement.words[at].lower, statement.words[at + 1].lower))
}

/// Words that join an act in "-ing" to the act before.
const JOINTS: &[&str] = &["while", "by", "thereby", "thus", "whilst", "without"];

/// Causes stand for one another: "because" for "due to".
fn synonym_of_cause(theirs: &str, phrase: &str) -> bool {
    const CAUSAL: &[&str] = &[
        "because",
        "due to",
        "thanks to",
        "owing to",
        "as a result",
        "caused",
        "after",
        "led to",
        "over",
        "following",
        "wegen",
        "weil",
        "so that",
        "since",
        "prompted",
        "blamed",
        "forced",
        "means",
    ];
    let causal = !matches!(
        phrase,
        "despite" | "trotz" | "illustrating" | "highlighting" | "in response to" | "making it"
    );
    causal && CAUSAL.iter().any(|word| holds(theirs, word))
        || phrase == "despite"
            && ["although", "though", "but", "however", "while", "yet"].iter().any(|word| holds(theirs, word))
}

/// Whether a phrase stands in a text in small letters, on word borders.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The doubting word of the best sentence that governs what the statement repeats without doubt.
fn doubt_lost(article: &Article, statement: &Copy, found: &Alignment) -> Option<String> {
    let ours = &statement.words[found.span.clone()];
    if ours.iter().any(|word| matches!(word.lower.as_str(), "if" | "whether" | "ob" | "wenn")) {
        return None;
    }
    let (best, held) = found.best.first().copied().filter(|pair| pair.1 > 0.4)?;
    let span = article.copy.words_of(best);
    let doubts = |words: &[text::Word]| words.iter().filter(|word| is_hedge(&word.lower)).count();
    if doubts(ours) >= doubts(&article.copy.words[span.clone()]) {
        return None;
    }
    let hedge = span.clone().take(300).find(|at| {
        let word = &article.copy.words[*at];
        let governs = || {
            (at + 1..span.end.min(at + 5)).any(|next| {
                found.terms.iter().any(|t| t.kind == Kind::Plain && t.places.contains(&(next as u32)))
            })
        };
        let kept = || ours.iter().any(|other| other.lower == word.lower);
        is_hedge(&word.lower)
            && !(word.lower == "may" && word.capital)
            && !kept()
            && (held >= 0.8 || governs())
    })?;
    Some(article.copy.text[article.copy.words[hedge].range.clone()].to_owned())
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
    let name = spelled(&article.copy, who);
    let first = statement.split_whitespace().next()?;
    let is_word = text::is_stop(&first.to_lowercase(), article.copy.language);
    let rest = if is_word && first != "I" {
        format!("{}{}", first.to_lowercase(), &statement.trim_start()[first.len()..])
    } else {
        statement.trim_start().to_owned()
    };
    Some(format!("According to {name}, {rest}"))
}
