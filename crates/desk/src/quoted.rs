//! Quotations in a statement: whether the article has them word for word, and who speaks them there.

use std::ops::Range;

use text::{Copy, is_negation};

use crate::Article;
use crate::limits::STRICT;
use crate::reasons::Code;
use crate::rules::{same_speaker, speakers_of};

/// What became of one quotation of a statement.
pub(crate) struct Finding {
    /// Words of the article it was found at, first and behind the last.
    pub place: Option<Range<usize>>,
    /// What is wrong with it.
    pub code: Option<Code>,
    /// The word of the statement that is wrong, as it is written.
    pub word: Option<String>,
    /// Words of the article's sentence that show the right speaker.
    pub speaker: Option<Range<usize>>,
    /// Words in the quotation.
    pub n_words: usize,
}

/// Longest quotation that is held against the article word by word.
const LONGEST: usize = 240;

/// Looks up every quotation of the statement.
pub(crate) fn quotations(article: &Article, statement: &Copy) -> Vec<Finding> {
    let mut found = Vec::new();
    for number in 0..statement.quotations.len() {
        let words: Vec<usize> = (0..statement.words.len())
            .filter(|at| statement.quoted[*at] == Some(number))
            .take(LONGEST)
            .collect();
        if !words.is_empty() {
            found.push(one(article, statement, &words));
        }
    }
    found
}

fn one(article: &Article, statement: &Copy, words: &[usize]) -> Finding {
    let n_words = words.len();
    let lost = |code| Finding { place: None, code: Some(code), word: None, speaker: None, n_words };
    let Some(start) = anchor(article, statement, words) else { return lost(Code::NotInText) };
    let copy = &article.copy;
    let region = start.saturating_sub(12)..copy.words.len().min(start + n_words + 70);
    let pairs = matched(statement, words, copy, region);
    if (pairs.len() as f32) < 0.6 * n_words as f32 {
        return lost(Code::NotInText);
    }
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { return lost(Code::NotInText) };
    let place = first.1..last.1 + 1;
    let missing: Vec<usize> =
        words.iter().copied().filter(|at| !pairs.iter().any(|pair| pair.0 == *at)).collect();
    // Words of the article's quotation that the statement left out inside.
    let dropped =
        (place.clone()).filter(|at| copy.quoted[*at].is_some() && !pairs.iter().any(|pair| pair.1 == *at));
    let dropped_denial = dropped.clone().any(|at| is_negation(&copy.words[at].lower));
    let dropped_doubt = dropped.clone().any(|at| copy.doubts(at) || STRICT.holds(&copy.words[at].lower));
    let denial = missing.iter().find(|at| is_negation(&statement.words[**at].lower));
    let figure = missing
        .iter()
        .find(|at| statement.words[**at].digit || statement.numbers.iter().any(|n| n.words.contains(at)));
    let (code, word) = match (denial, figure, missing.first()) {
        (Some(at), _, _) => (Some(Code::NegationFlipped), Some(*at)),
        (None, Some(at), _) => (Some(Code::NumberDiffers), Some(*at)),
        (None, None, Some(at)) => (Some(Code::QuotationAltered), Some(*at)),
        (None, None, None) if dropped_denial => (Some(Code::NegationFlipped), None),
        (None, None, None) if dropped_doubt => (Some(Code::StatedAsCertain), None),
        _ => (None, None),
    };
    let word = word.map(|at| statement.text[statement.words[at].range.clone()].to_owned());
    let mut finding = Finding { place: Some(place.clone()), code, word, speaker: None, n_words };
    if finding.code.is_none() && n_words >= 3 {
        finding.speaker = wrong_speaker(article, statement, words, &place);
        if finding.speaker.is_some() {
            finding.code = Some(Code::OtherSpeaker);
        }
    }
    finding
}

/// Where the quotation most likely begins in the article: the shift on which most of its words agree.
fn anchor(article: &Article, statement: &Copy, words: &[usize]) -> Option<usize> {
    let mut votes: Vec<(i64, usize)> = Vec::new();
    let content = words.iter().filter(|at| !statement.words[**at].stop).count();
    for (offset, at) in words.iter().enumerate() {
        let word = &statement.words[*at];
        if word.stop && content > 2 {
            continue;
        }
        for place in article.places(word.key as u32) {
            votes.push((i64::from(*place) - offset as i64, *place as usize));
        }
    }
    votes.sort_unstable();
    let mut best = (0, None);
    let mut from = 0;
    for at in 0..votes.len() {
        // Small shifts (an added or a lost word) count as one place.
        while votes[at].0 - votes[from].0 > 4 {
            from += 1;
        }
        let quoted = article.copy.quoted[votes[from].1].is_some();
        let weight = 2 * (at - from + 1) + usize::from(quoted);
        if weight > best.0 {
            best = (weight, usize::try_from(votes[from].0.max(0)).ok());
        }
    }
    best.1
}

/// Longest common subsequence of the quotation and a region of the article, as pairs of words.
fn matched(statement: &Copy, words: &[usize], copy: &Copy, region: Range<usize>) -> Vec<(usize, usize)> {
    let (n, m) = (words.len(), region.len());
    let equal = |a: usize, b: usize| statement.words[words[a]].lower == copy.words[region.start + b].lower;
    let mut table = vec![0u16; (n + 1) * (m + 1)];
    for a in (0..n).rev() {
        for b in (0..m).rev() {
            table[a * (m + 1) + b] = if equal(a, b) {
                table[(a + 1) * (m + 1) + b + 1] + 1
            } else {
                table[(a + 1) * (m + 1) + b].max(table[a * (m + 1) + b + 1])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < n && b < m {
        if equal(a, b) {
            pairs.push((words[a], region.start + b));
            a += 1;
            b += 1;
        } else if table[(a + 1) * (m + 1) + b] >= table[a * (m + 1) + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// Words that show who speaks the quotation in the article, when the statement gives it to someone else.
fn wrong_speaker(
    article: &Article,
    statement: &Copy,
    words: &[usize],
    place: &Range<usize>,
) -> Option<Range<usize>> {
    let sentence = statement.sentence_of[words[0]];
    let last = statement.sentence_of[words[words.len() - 1]];
    let ours = statement
        .attributions
        .iter()
        .filter(|a| a.sentence >= sentence && a.sentence <= last)
        .find(|a| a.who().any(|at| !statement.words[at].stop))?;
    let copy = &article.copy;
    let mut theirs = Vec::new();
    for sentence in copy.sentence_of[place.start]..=copy.sentence_of[place.end - 1] {
        for found in speakers_of(article, sentence) {
            if !theirs.contains(&found) {
                theirs.push(found);
            }
        }
    }
    let named = |at: usize| copy.words[at].capital && !copy.words[at].stop;
    theirs.retain(|a| a.who().any(named));
    if theirs.is_empty() || theirs.iter().any(|a| same_speaker(article, statement, ours.who(), a)) {
        return None;
    }
    Some(theirs[0].who())
}
