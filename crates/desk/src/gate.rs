//! The gate: an article and a statement in, a verdict with evidence and reasons out.

use std::ops::Range;

use text::Copy;

use crate::align::{Alignment, Term, align};
use crate::close::{Closeness, closeness};
use crate::features::{Features, features};
use crate::framed;
use crate::quoted::{Finding, quotations};
use crate::reasons::{Code, Reason};
use crate::rules::spelled;
use crate::verbatim::whole_sentences;
use crate::{Article, followed, offices, pronouns, reasons, reported, score, speakers, suspicion};

/// Score from which a statement without any reason against it may be published. Chosen by cross-validation over the documents of the
/// development statements so that of those that pass 95 in 100 are true; see `docs/desk.md`.
pub const PUBLISH: f64 = 0.8;

/// The same for a statement that puts two words or more in the place of the text's.
const PUBLISH_REWORDED: f64 = 0.8;

/// The same for what the same speaker as in the text is given to have said nearly so.
const PUBLISH_REPORTED: f64 = 0.75;

/// Share of a paraphrase's content words that the closest place of the text has, from which it may be published.
const HELD: f32 = 0.4;

/// Replaced words, each by the share of its neighbours that agree, from which a statement may not be published.
const SWAPPED: f32 = 0.5;

/// Share of a sentence's content words held in order at one place, from which its names are laid beside the names there.
const NAMED: f32 = 0.8;

/// Share of a mended statement's content words that the text has in order at one place.
const RESTORED: f32 = 0.75;

/// Share of content words held in order at one place, from which what is left out there is looked at.
const CUT: f32 = 0.95;

/// Words of a statement; a longer one is no key point and is refused unread.
pub const LONGEST: usize = 400;

/// A sentence of the article that a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// Bytes of the sentence in the article's text.
    pub range: Range<usize>,
}

/// What the gate says of a statement.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// May be published as it stands. Strict: most true paraphrases do not pass.
    pub publish: bool,
    /// More likely supported than not: for measuring and for putting proposals in order, not for publishing.
    pub likely: bool,
    /// 0 to 1, higher is better supported.
    pub score: f64,
    pub evidence: Vec<Evidence>,
    /// Why it is refused, gravest first; never empty when `publish` is false.
    pub reasons: Vec<Reason>,
    /// The statement with the article's attribution restored, when nothing else in particular is wrong with it and the whole may be published.
    pub mended: Option<String>,
}

/// Judges a statement that stands alone.
///
/// Cannot: follow an inference of more than one step, know what everyone knows, or add numbers up. What it cannot find it refuses.
pub fn check(article: &Article, statement: &str) -> Verdict {
    check_in_context(article, statement, None)
}

/// Judges `statement`; `context`, the sentences before it, may stand for its pronouns, and is never evidence.
///
/// A statement that does not pass is tried with a name for a description of the same person, and the other way; one that describes
/// a person passes only if the sentence that it rests on does, or if it does so by her name.
pub fn check_in_context(article: &Article, statement: &str, context: Option<&str>) -> Verdict {
    let mut verdict = check_as_written(article, statement, context);
    let copy = text::read(statement, Some(article.copy.language));
    let unclear = offices::unclear(article, &copy, &verdict.evidence);
    if verdict.publish && unclear.is_none() {
        return verdict;
    }
    for one in offices::rewordings(article, &copy) {
        let mut other = check_as_written(article, &one.statement, context);
        if other.publish {
            let has_joint = other.evidence.iter().any(|known| known.sentence == one.sentence);
            if !has_joint && let Some(range) = article.copy.sentences.get(one.sentence) {
                other.evidence.push(Evidence { sentence: one.sentence, range: range.clone() });
            }
            return other;
        }
    }
    if let Some(reason) = unclear.filter(|_| verdict.publish) {
        verdict.publish = false;
        verdict.reasons.push(reason);
    }
    verdict
}

fn check_as_written(article: &Article, statement: &str, context: Option<&str>) -> Verdict {
    let mut verdict = judge(article, statement, context);
    if verdict.likely
        && let [only] = verdict.reasons.iter().filter(|reason| !reason.soft).collect::<Vec<_>>().as_slice()
        && only.code == Code::AttributionLost
        && let Some(mended) = suspicion::with_attribution(article, statement, only)
    {
        let again = judge(article, &mended, context);
        if again.publish && is_restored(article, &mended) {
            verdict.mended = Some(mended);
        }
    }
    if verdict.publish
        && let Some((sentence, frame)) = framed::lost(article, statement)
    {
        let message = format!("The text says this only as part of something else, “{frame} …”; say so.");
        verdict.publish = false;
        verdict.reasons.push(Reason::new(Code::StatedAsCertain, message, vec![sentence]));
    }
    verdict
}

/// Whether a statement with its attribution restored is near the text: nothing but the attribution may be
/// mended.
fn is_restored(article: &Article, mended: &str) -> bool {
    let copy = text::read(mended, Some(article.copy.language));
    let spans =
        (0..copy.sentences.len()).map(|sentence| copy.words_of(sentence)).filter(|span| !span.is_empty());
    spans.map(|span| closeness(article, &copy, &align(article, &copy, span))).all(|close| {
        close.narrow == 0.0
            && close.extra <= 1.0
            && close.names <= 1.0
            && close.replaced <= 1.0
            && close.held >= RESTORED
    })
}

fn judge(article: &Article, statement: &str, context: Option<&str>) -> Verdict {
    let copy = text::read(statement, Some(article.copy.language));
    if copy.words.len() > LONGEST || copy.words.is_empty() {
        let message =
            format!("The statement has {} words; one to {LONGEST} can be checked.", copy.words.len());
        return refused(Reason::new(Code::TooLong, message, Vec::new()));
    }
    let found: Vec<Alignment> = (0..copy.sentences.len())
        .map(|sentence| copy.words_of(sentence))
        .filter(|span| !span.is_empty())
        .map(|span| align(article, &copy, span))
        .collect();
    let quotes = quotations(article, &copy);
    let closes: Vec<Closeness> = found.iter().map(|one| closeness(article, &copy, one)).collect();
    let features = features(article, &copy, &found, &closes);
    let mut score = score::score(&features.row());
    let mut reasons = quote_reasons(article, &quotes);
    let false_quote = !reasons.is_empty();
    let n_quoted: usize = quotes.iter().map(|quote| quote.n_words).sum();
    // A statement that is little more than a quotation stands or falls with it.
    let is_quotation = 2 * n_quoted > copy.words.len() && n_quoted >= 3;
    let verbatim = whole_sentences(article, &copy);
    if false_quote {
        score *= 0.3;
    } else if is_quotation {
        score = 0.5 + score / 2.0;
    }
    for one in found.iter().filter(|_| verbatim.is_none()) {
        suspicion::of_sentence(article, &copy, one, is_quotation, &mut reasons);
    }
    for sentence in verbatim.iter().flatten() {
        suspicion::of_whole(article, *sentence, &mut reasons);
    }
    pronouns::of_statement(article, &copy, context, &closes, &mut reasons);
    if let Some(at) = reported::without_speaker(&copy, article.copy.language) {
        let verb = &copy.text[copy.words[at].range.clone()];
        let sentences = found.iter().filter_map(|one| one.best.first()).map(|pair| pair.0).collect();
        let message = format!("“{verb}” reports what somebody says; say who.");
        reasons.push(Reason::new(Code::AttributionLost, message, sentences));
    }
    if verbatim.is_none() {
        let sentences: Vec<usize> =
            found.iter().filter_map(|one| one.best.first()).map(|pair| pair.0).collect();
        reasons.extend(
            faults_in_line(&features, is_quotation)
                .map(|(code, message)| Reason::new(code, message, sentences.clone())),
        );
    }
    for close in closes.iter().filter(|close| verbatim.is_none() && close.held >= NAMED) {
        reasons.extend(close.other_names.iter().map(|(at, theirs)| other_name(article, &copy, *at, theirs)));
    }
    if verbatim.is_none() {
        reasons.extend(speakers::invented(article, &copy, &found));
    }
    let closely = is_close(&features) || is_reported(&features) && score >= PUBLISH_REPORTED;
    let follows = verbatim.is_none() && !is_quotation && !closely;
    if follows && features.swapped > SWAPPED {
        let sentences = found.iter().filter_map(|one| one.best.first()).map(|pair| pair.0).collect();
        let message = format!(
            "The statement follows a sentence of the text, but puts other words in its place{}.",
            missing(&copy, &found)
        );
        reasons.push(Reason::soft(message, sentences));
    }
    if verbatim.is_none() && !is_quotation && features.close_held >= CUT && features.close_unsafe > 0.0 {
        let sentences = found.iter().filter_map(|one| one.best.first()).map(|pair| pair.0).collect();
        let message =
            "The statement leaves out words of the text without which the rest may say something else.";
        reasons.push(Reason::soft(message, sentences));
    }
    if verbatim.is_none() && !is_quotation && features.in_line >= 0.8 {
        let sentences = || found.iter().filter_map(|one| one.best.first()).map(|pair| pair.0).collect();
        if features.negation_gap > 0.0 {
            let message =
                "The statement follows a sentence of the text, but one of them has a denying word more.";
            reasons.push(Reason::new(Code::NegationFlipped, message, sentences()));
        }
        if follows && features.exact >= 0.99 && features.best >= 0.99 && features.in_line < 0.999 {
            reasons.push(Reason::soft("The words are the text's, but in another order.", sentences()));
        }
    }
    reasons.sort_by_key(|reason| reasons::gravity(reason.code));
    reasons.dedup_by_key(|reason| reason.code);
    let grave = reasons::is_grave(&reasons, score);
    score *= reasons.iter().map(|reason| reasons::worth(reason.code)).fold(1.0, f64::min);
    if verbatim.is_some() && !false_quote {
        score = 0.9 + score / 10.0;
    }
    let sure = verbatim.is_some() || is_quotation;
    let likely = (sure && score >= 0.5 || score::is_likely(score, features.runs3)) && !false_quote && !grave;
    let bar = if features.close_replaced >= 2.0 { PUBLISH_REWORDED } else { PUBLISH };
    let paraphrase = score >= bar && features.close_held >= HELD;
    let close_enough = verbatim.is_some() || closely || paraphrase || is_quotation && score >= 0.7;
    // These decide about publishing alone: of true paraphrases they refuse more than a measure of likelihood should.
    if verbatim.is_none() {
        reasons.extend(followed::faults(article, &closes, is_quotation));
        reasons.sort_by_key(|reason| reasons::gravity(reason.code));
        reasons.dedup_by_key(|reason| reason.code);
    }
    let sound = reasons.is_empty() && close_enough;
    let evidence = evidence(article, &found, &quotes);
    if !sound && reasons.is_empty() {
        let sentences = evidence.iter().map(|one| one.sentence).collect();
        reasons.push(Reason::soft(
            format!(
                "The text comes near, but does not say it closely enough to publish it as it stands{}.",
                missing(&copy, &found)
            ),
            sentences,
        ));
    }
    Verdict { publish: sound, likely, score, evidence, reasons, mended: None }
}

/// A sentence of the text, or two, from which only asides, adjuncts and descriptions are left out: nothing added, replaced or moved,
/// and no denial, doubt, number or limit lost.
fn is_close(features: &Features) -> bool {
    let changed = features.close_extra
        + features.close_names
        + features.close_moved
        + features.close_replaced
        + features.close_risky
        + features.close_small
        + features.close_narrow
        + features.close_unsafe
        + features.absent_numbers
        + features.negation_gap;
    changed == 0.0 && features.close_held >= 1.0
}

/// What is wrong with a statement that follows a place of the text in order.
fn faults_in_line(features: &Features, is_quotation: bool) -> impl Iterator<Item = (Code, &'static str)> {
    let near = features.close_held >= 0.85;
    [
        (
            features.close_count > 0.0,
            Code::NumberDiffers,
            "The text has a number of these; the statement has one.",
        ),
        (
            features.close_held >= 0.7 && features.close_times > 0.0,
            Code::DateDiffers,
            "The text has another time at this place.",
        ),
        (
            near && !is_quotation && features.close_limits > 0.0,
            Code::StatedAsCertain,
            "The text limits this by a word (such as “may”, “only”, “almost”) that the statement leaves out.",
        ),
        (
            features.close_held >= 0.7 && features.close_exchanged > 0.0,
            Code::RolesExchanged,
            "Two names stand in each other's place.",
        ),
    ]
    .into_iter()
    .filter(|fault| fault.0)
    .map(|fault| (fault.1, fault.2))
}

/// The name at word `at` of the statement, where the text has `theirs`.
fn other_name(article: &Article, statement: &Copy, at: usize, theirs: &Range<usize>) -> Reason {
    let speaks = statement.attributions.iter().any(|a| a.speaker.contains(&at));
    let code = if speaks { Code::OtherSpeaker } else { Code::OtherName };
    let ours = &statement.text[statement.words[at].range.clone()];
    let message = format!(
        "The text has “{}” where the statement has “{ours}”.",
        spelled(&article.copy, theirs.clone())
    );
    Reason::new(code, message, vec![article.copy.sentence_of[theirs.start]])
}

/// The same speaker as in the text says nearly the same, in some words of the statement's own: of those in the place of the text's
/// at least half must be known to mean the same.
fn is_reported(features: &Features) -> bool {
    features.speaker_known > 0.0
        && features.close_held >= 0.74
        && features.close_risky < 1.0
        && features.close_moved <= 2.0
        && features.close_replaced <= 2.0
        && (features.close_kin >= features.close_extra || features.swapped <= SWAPPED)
}

/// The words of the statement that the text does not have as they stand, those that it has in no form first.
fn missing(statement: &Copy, found: &[Alignment]) -> String {
    let mut terms: Vec<&Term> =
        found.iter().flat_map(|one| &one.terms).filter(|term| term.level < 0.95).collect();
    terms.sort_by(|a, b| a.level.total_cmp(&b.level));
    let absent: Vec<String> = terms
        .into_iter()
        .take(4)
        .map(|term| format!("“{}”", &statement.text[statement.words[term.word].range.clone()]))
        .collect();
    if absent.is_empty() { String::new() } else { format!("; it does not have {}", absent.join(", ")) }
}

fn refused(reason: Reason) -> Verdict {
    Verdict {
        publish: false,
        likely: false,
        score: 0.0,
        evidence: Vec::new(),
        reasons: vec![reason],
        mended: None,
    }
}

fn quote_reasons(article: &Article, quotes: &[Finding]) -> Vec<Reason> {
    let copy = &article.copy;
    let mut reasons = Vec::new();
    for quote in quotes {
        let Some(code) = quote.code else { continue };
        let sentences: Vec<usize> = quote.place.iter().map(|place| copy.sentence_of[place.start]).collect();
        let word = quote.word.as_deref().unwrap_or_default();
        let message = match (code, &quote.speaker) {
            (Code::OtherSpeaker, Some(who)) if !who.is_empty() => {
                let name = &copy.text[copy.words[who.start].range.start..copy.words[who.end - 1].range.end];
                format!("In the text these words are spoken by someone else: “{name}”.")
            }
            (Code::NegationFlipped, _) if word.is_empty() => {
                "The quotation leaves out a word that denies.".to_owned()
            }
            (Code::StatedAsCertain, _) => {
                "The quotation leaves out a word that makes it less than certain, or limits it.".to_owned()
            }
            (Code::NegationFlipped, _) => {
                format!("The quotation has “{word}”, which denies what the text's quotation says.")
            }
            (Code::NumberDiffers, _) => {
                format!("The quotation has “{word}”; the text's quotation has another number.")
            }
            (Code::QuotationAltered, _) => {
                format!("The quotation is not word for word: “{word}” is not in the text's quotation.")
            }
            _ => "The words in quotation marks are not in the text.".to_owned(),
        };
        reasons.push(Reason::new(code, message, sentences));
    }
    reasons
}

fn evidence(article: &Article, found: &[Alignment], quotes: &[Finding]) -> Vec<Evidence> {
    let copy = &article.copy;
    let mut sentences: Vec<usize> = Vec::new();
    for one in found {
        let first = one.best.first().copied();
        sentences.extend(first.map(|pair| pair.0));
        // A second sentence counts when it carries what the first lacks.
        if one.pair > first.map_or(0.0, |pair| pair.1) + 0.15 {
            sentences.extend(one.second);
        }
    }
    for place in quotes.iter().filter_map(|quote| quote.place.clone()) {
        sentences.extend(copy.sentence_of[place.start]..=copy.sentence_of[place.end - 1]);
    }
    sentences.sort_unstable();
    sentences.dedup();
    sentences
        .into_iter()
        .map(|sentence| Evidence { sentence, range: copy.sentences[sentence].clone() })
        .collect()
}
