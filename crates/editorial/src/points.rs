//! Key points: which ones a reader sees, and what becomes of those on record when a text changes.

use std::collections::HashSet;
use std::ops::Range;

use desk::Verdict;
use desk::points::{Options, choose, repeat};
use jiff::Timestamp;
use model::Post;
use model::desk::{KeyPoint, PointOrigin, PointReason, PointState};

use crate::Reading;

/// Most points that are shown.
pub const MAX_POINTS: usize = 7;
/// Points that no longer hold are listed for the editor, the latest of them.
const MAX_LISTED: usize = 20;

/// A point as a reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownPoint {
    pub text: String,
    pub origin: PointOrigin,
    /// The editor whose words they are, also where a change of the text has made her approval void.
    pub written_by: Option<String>,
    /// Who stands for it, if an editor does, and since when.
    pub approved_by: Option<String>,
    pub approved_at: Option<Timestamp>,
    /// Sentences that it rests on: number from 0, bytes of the running text.
    pub evidence: Vec<(usize, Range<usize>)>,
}

/// The points that hold against what this reader can read, in their order, at most [`MAX_POINTS`].
///
/// `kept` are those on record; without any, points are chosen from the reader's own text. Of a text that was cut for the
/// reader a point is shown only if every word of it stands in what is left: no word of the rest comes out through it.
pub fn shown(reading: &Reading, post: &Post, kept: &[KeyPoint]) -> Vec<ShownPoint> {
    if kept.is_empty() {
        return choose(&reading.article, &options(post)).into_iter().map(from_text).collect();
    }
    let words: Option<HashSet<String>> = post.is_cut.then(|| words(&reading.body.text).collect());
    let mut holding: Vec<ShownPoint> = kept
        .iter()
        .filter(|point| point.state != PointState::Refused && !is_refused(point, reading))
        .filter(|point| {
            words.as_ref().is_none_or(|known| self::words(&point.text).all(|word| known.contains(&word)))
        })
        .filter_map(|point| {
            let verdict = desk::check(&reading.article, &point.text);
            verdict.publish.then(|| ShownPoint {
                text: point.text.clone(),
                origin: point.origin,
                written_by: point.created_by.clone().filter(|_| point.origin == PointOrigin::Editor),
                approved_by: by_name(point),
                approved_at: by_name(point).and(point.decided_at.or(Some(point.created_at))),
                evidence: places(&verdict),
            })
        })
        .collect();
    // An editor's come before the program's where there are too many.
    while holding.len() > MAX_POINTS {
        let last_open = holding.iter().rposition(|point| point.approved_by.is_none());
        holding.remove(last_open.unwrap_or(holding.len() - 1));
    }
    holding
}

/// Whether a point was refused already, against this very text; a model's refused point stays refused, as more is asked of
/// it than the gate asks.
fn is_refused(point: &KeyPoint, reading: &Reading) -> bool {
    !point.is_supported && (point.text_hash == reading.hash || point.origin == PointOrigin::Model)
}

/// Who answers for a point: the editor who approved or wrote it.
fn by_name(point: &KeyPoint) -> Option<String> {
    match (point.state, point.origin) {
        (PointState::Approved, _) => point.decided_by.clone().or_else(|| point.created_by.clone()),
        _ => None,
    }
}

fn from_text(point: desk::points::Point) -> ShownPoint {
    ShownPoint {
        text: point.text,
        origin: PointOrigin::Text,
        written_by: None,
        approved_by: None,
        approved_at: None,
        evidence: point.evidence.into_iter().map(|one| (one.sentence, one.range)).collect(),
    }
}

fn options(post: &Post) -> Options {
    Options { title: post.title.clone(), teaser: crate::teaser(post, crate::TEASER_CHARS) }
}

fn places(verdict: &Verdict) -> Vec<(usize, Range<usize>)> {
    verdict.evidence.iter().map(|one| (one.sentence, one.range.clone())).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Why a verdict refuses, for the record; empty for one that does not.
pub fn reasons(verdict: &Verdict) -> Vec<PointReason> {
    if verdict.publish {
        return Vec::new();
    }
    let reason = |reason: &desk::Reason| PointReason {
        code: reason.code.as_str().to_owned(),
        message: reason.message.clone(),
    };
    verdict.reasons.iter().map(reason).collect()
}

/// A point held against the story's whole text: with verdict, evidence and the text's fingerprint.
pub fn checked(reading: &Reading, mut point: KeyPoint) -> KeyPoint {
    let verdict = desk::check(&reading.article, &point.text);
    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    point.is_supported = verdict.publish;
    point.reasons = reasons(&verdict);
    point.evidence = verdict
        .evidence
        .iter()
        .map(|one| (number(one.sentence), number(one.range.start)..number(one.range.end)))
        .collect();
    point.text_hash.clone_from(&reading.hash);
    point
}

/// What is to be on record of a story whose whole text is `reading`; None when it is on record already.
///
/// Points that were checked against another text are checked again; an approval of that text is void. What does not hold
/// stays for the editor, what does is joined by points from the text until there are as many as the text gives.
pub fn revised(reading: &Reading, post: &Post, kept: &[KeyPoint], now: Timestamp) -> Option<Vec<KeyPoint>> {
    if !kept.is_empty() && kept.iter().all(|point| point.text_hash == reading.hash) {
        return None;
    }
    let rechecked: Vec<KeyPoint> = kept.iter().map(|point| again(reading, point)).collect();
    let chosen = choose(&reading.article, &options(post));
    let by_editor = |point: &KeyPoint| {
        point.state != PointState::Open || point.origin != PointOrigin::Text || point.decided_by.is_some()
    };
    let (mut listed, mut holding): (Vec<KeyPoint>, Vec<KeyPoint>) =
        rechecked.into_iter().partition(|point| !point.is_supported || point.state == PointState::Refused);
    // What the program chose from an earlier text gives way to what it chooses from this one.
    holding.retain(by_editor);
    for point in &chosen {
        if holding.len() >= chosen.len().max(1) {
            break;
        }
        // What an editor wrote or refused comes back in no other words either.
        let language = reading.article.copy.language;
        let known = |other: &KeyPoint| {
            let is_editors = other.state != PointState::Open || other.origin != PointOrigin::Text;
            other.text == point.text
                || (is_editors || other.is_supported) && repeat(&other.text, &point.text, language)
        };
        if holding.iter().any(known) || listed.iter().any(known) {
            continue;
        }
        holding.push(checked(reading, new_point(post, &point.text, now)));
    }
    if kept.is_empty() && holding.is_empty() {
        return None;
    }
    if !holding.iter().any(by_editor) {
        // In the order of the story; editors' lists keep their own.
        holding.sort_by_key(|point| point.evidence.first().map_or(u32::MAX, |(sentence, _)| *sentence));
    }
    if listed.len() > MAX_LISTED {
        listed.drain(..listed.len() - MAX_LISTED);
    }
    holding.append(&mut listed);
    Some(holding)
}

fn again(reading: &Reading, point: &KeyPoint) -> KeyPoint {
    if point.text_hash == reading.hash {
        return point.clone();
    }
    if point.origin == PointOrigin::Model && !point.is_supported {
        return KeyPoint { text_hash: reading.hash.clone(), evidence: Vec::new(), ..point.clone() };
    }
    let mut point = checked(reading, point.clone());
    if point.state == PointState::Approved {
        point.state = PointState::Open;
    }
    point
}

fn new_point(post: &Post, text: &str, now: Timestamp) -> KeyPoint {
    KeyPoint {
        id: String::new(),
        post: post.id.clone(),
        position: 0,
        text: text.to_owned(),
        origin: PointOrigin::Text,
        state: PointState::Open,
        is_supported: false,
        reasons: Vec::new(),
        evidence: Vec::new(),
        text_hash: String::new(),
        created_at: now,
        created_by: None,
        decided_at: None,
        decided_by: None,
    }
}
