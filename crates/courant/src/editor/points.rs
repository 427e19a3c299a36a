//! `courant desk points STORY`: what stands on record, with verdicts; and an editor's word on it. Without a story: which ones wait for her.

use clap::Args;
use editorial::Reading;
use model::Post;
use model::desk::{KeyPoint, PointOrigin, PointState};

use super::{Desk, Room, now};
use crate::proposed;
use crate::say::say;

#[derive(Args)]
pub struct PointsArgs {
    /// The story: its slug, id or address [default: the stories with points that no longer hold].
    story: Option<String>,
    /// Stand for a point, named by its number in the list, its first words or its id: it is shown as approved by you.
    #[arg(long, value_name = "POINT", group = "act", requires = "story")]
    approve: Option<String>,
    /// Do not show this point, nor choose it again.
    #[arg(long, value_name = "POINT", group = "act", requires = "story")]
    refuse: Option<String>,
    /// Put TEXT in the place of a point, in your name.
    #[arg(long, num_args = 2, value_names = ["POINT", "TEXT"], group = "act", requires = "story")]
    edit: Option<Vec<String>>,
    /// Add a point in your name.
    #[arg(long, value_name = "TEXT", group = "act", requires = "story")]
    add: Option<String>,
    /// Ask the language model of the configuration for points. What the text carries is shown as made by machine, what it
    /// does not is kept here with the reason.
    #[arg(long, group = "act", requires = "story")]
    propose: bool,
    #[command(flatten)]
    desk: Desk,
}

/// Does it, and prints the list as it then is.
pub fn run(args: &PointsArgs) -> Result<(), String> {
    let room = args.desk.open()?;
    let Some(story) = &args.story else { return list_waiting(&room) };
    let (post, zone) = room.story(story)?;
    let reading = Reading::of(&post, &zone);
    let (mut before, mut listed) = on_record(&room, &reading, &post)?;
    loop {
        let mut points = listed.clone();
        if !act(args, &room, &reading, &post, &mut points)? {
            print(&reading, &post, &points);
            return Ok(());
        }
        let (id, read, after, at) = (post.id.clone(), before.clone(), points.clone(), now());
        if room.write(move |tx| store::desk::revise_points(tx, &id, &read, &after, at))? {
            print(&reading, &post, &points);
            return Ok(());
        }
        let (now_kept, now_listed) = on_record(&room, &reading, &post)?;
        // The desk's own hand, putting the same points on record, is no change to the editor.
        if now_kept == before || !is_same_list(&listed, &now_listed) {
            return Err("the points were changed meanwhile; nothing was done, look at them again".to_owned());
        }
        (before, listed) = (now_kept, now_listed);
    }
}

/// Whether two lists say the same in the same order with the same verdicts.
fn is_same_list(one: &[KeyPoint], other: &[KeyPoint]) -> bool {
    let seen =
        |point: &KeyPoint| (point.text.clone(), point.state, point.is_supported, point.decided_by.clone());
    one.iter().map(seen).eq(other.iter().map(seen))
}

/// Stories that are listed at once.
const LISTED: u32 = 200;

fn list_waiting(room: &Room) -> Result<(), String> {
    let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
    let waiting = store::desk::waiting(&snapshot, LISTED).map_err(|error| error.to_string())?;
    if waiting.is_empty() {
        say!("every point on record holds");
    }
    for story in waiting {
        let points = if story.n_points == 1 { "point does" } else { "points do" };
        say!("{}: {} {points} not hold ({})", story.slug, story.n_points, story.title);
    }
    Ok(())
}

/// The points on record; and those as they are when checked against the text as it is now, or those of the text where
/// there are none yet.
pub(super) fn on_record(
    room: &Room,
    reading: &Reading,
    post: &Post,
) -> Result<(Vec<KeyPoint>, Vec<KeyPoint>), String> {
    let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
    let kept = store::desk::points(&snapshot, post.id.as_str()).map_err(|error| error.to_string())?;
    let points = editorial::revised(reading, post, &kept, now()).unwrap_or_else(|| kept.clone());
    Ok((kept, points))
}

/// Answers whether anything is to be written.
fn act(
    args: &PointsArgs,
    room: &Room,
    reading: &Reading,
    post: &Post,
    points: &mut Vec<KeyPoint>,
) -> Result<bool, String> {
    if let Some(name) = &args.approve {
        let point = named(points, name)?;
        hold(point)?;
        decide(point, PointState::Approved, room)?;
    } else if let Some(name) = &args.refuse {
        decide(named(points, name)?, PointState::Refused, room)?;
    } else if let Some([name, text]) = args.edit.as_deref() {
        let point = named(points, name)?;
        *point = by_editor(reading, KeyPoint { id: point.id.clone(), ..new(post, text) }, room)?;
    } else if let Some(text) = &args.add {
        let at = points.iter().rposition(|point| point.is_supported && point.state != PointState::Refused);
        let point = by_editor(reading, new(post, text), room)?;
        points.insert(at.map_or(0, |at| at + 1), point);
    } else if args.propose {
        propose(room, reading, post, points)?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// Asks the model, and puts what it says through the gate.
fn propose(room: &Room, reading: &Reading, post: &Post, points: &mut Vec<KeyPoint>) -> Result<(), String> {
    // Before anybody is asked for nothing.
    room.may_write()?;
    let model = room.model.as_ref().ok_or(
        "no language model is configured: give `url` and `name` in the section [desk.model] of courant.toml",
    )?;
    let locale = room.locale()?;
    *points =
        proposed::asked(model, (reading, post), &locale, points, now()).map_err(|error| error.to_string())?;
    Ok(())
}

/// The point of this number in the list, from 1; or of this id; or the only one that begins with these words.
fn named<'p>(points: &'p mut [KeyPoint], name: &str) -> Result<&'p mut KeyPoint, String> {
    let at = place(points, name)?;
    points.get_mut(at).ok_or_else(|| format!("there is no point {name}"))
}

/// Words are compared without regard to case and punctuation; the last may not be a part of one.
fn place(points: &[KeyPoint], name: &str) -> Result<usize, String> {
    let n_points = points.len();
    if let Ok(number) = name.trim().parse::<usize>() {
        return match number.checked_sub(1) {
            Some(at) if at < n_points => Ok(at),
            _ => Err(format!("there is no point {number}; the story has {n_points}")),
        };
    }
    if let Some(at) = points.iter().position(|point| !point.id.is_empty() && point.id == name.trim()) {
        return Ok(at);
    }
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let first = words(name);
    if first.is_empty() {
        return Err("name a point by its number, its first words or its id".to_owned());
    }
    let found: Vec<usize> = (0..n_points).filter(|&at| words(&points[at].text).starts_with(&first)).collect();
    let whole: Vec<usize> = found.iter().copied().filter(|&at| words(&points[at].text) == first).collect();
    match (found.as_slice(), whole.as_slice()) {
        (&[at], _) | (_, &[at]) => Ok(at),
        ([], _) => Err(format!("no point begins with “{name}”; the story has {n_points}")),
        (several, _) => {
            let choice: Vec<String> = several
                .iter()
                .map(|&at| format!("  {}. {}{}", at + 1, points[at].text, id(&points[at])))
                .collect();
            Err(format!(
                "{} points begin with “{name}”, nothing was changed; give more words, or the id:\n{}",
                several.len(),
                choice.join("\n")
            ))
        }
    }
}

/// The id for whoever has to tell points apart by it; one that is not on record has none.
fn id(point: &KeyPoint) -> String {
    if point.id.is_empty() { String::new() } else { format!(" (id {})", point.id) }
}

/// An editor can only stand for what the text says.
fn hold(point: &KeyPoint) -> Result<(), String> {
    if point.is_supported {
        return Ok(());
    }
    let reasons: Vec<String> =
        point.reasons.iter().map(|reason| format!("  {}: {}", reason.code, reason.message)).collect();
    Err(format!("the text does not carry this point, nothing was changed:\n{}", reasons.join("\n")))
}

fn decide(point: &mut KeyPoint, state: PointState, room: &Room) -> Result<(), String> {
    point.state = state;
    point.decided_at = Some(now());
    point.decided_by = Some(room.by()?.to_owned());
    Ok(())
}

fn new(post: &Post, text: &str) -> KeyPoint {
    proposed::new_point(post, text, PointOrigin::Editor, now())
}

fn by_editor(reading: &Reading, point: KeyPoint, room: &Room) -> Result<KeyPoint, String> {
    let mut point =
        editorial::checked(reading, KeyPoint { created_by: Some(room.by()?.to_owned()), ..point });
    hold(&point)?;
    decide(&mut point, PointState::Approved, room)?;
    Ok(point)
}

fn print(reading: &Reading, post: &Post, points: &[KeyPoint]) {
    let on_page = editorial::shown(reading, post, points);
    let is_left_off = |point: &KeyPoint| {
        let may_be_shown = point.is_supported && point.state != PointState::Refused;
        may_be_shown
            && on_page.len() >= editorial::MAX_POINTS
            && on_page.iter().all(|shown| shown.text != point.text)
    };
    if points.is_empty() {
        say!("no key points: the text has none that stand alone, or is too short");
    }
    for (at, point) in points.iter().enumerate() {
        let shown = match (point.state, point.is_supported) {
            (PointState::Refused, _) => "refused",
            (_, false) => "does not hold",
            (PointState::Approved, true) => "approved",
            (PointState::Open, true) => "open",
        };
        // Beside a decision that stands only: a point that was opened again, or lost its ground, is nobody's word.
        let stands = matches!(
            (point.state, point.is_supported),
            (PointState::Refused, _) | (PointState::Approved, true)
        );
        let by = point.decided_by.as_deref().filter(|_| stands);
        let by = by.map(|name| format!(" by {name}")).unwrap_or_default();
        say!("{}. [{shown}{by}; from {}] {}", at + 1, point.origin.as_str(), point.text);
        if is_left_off(point) {
            say!(
                "   not on the page: {} others stand before it; refuse one of them to have it shown",
                editorial::MAX_POINTS
            );
        }
        for (sentence, range) in &point.evidence {
            let range = range.start as usize..range.end as usize;
            let words = reading.body.text.get(range).unwrap_or_default();
            say!("   sentence {}: {}", sentence + 1, words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        for reason in &point.reasons {
            say!("   {}: {}", reason.code, reason.message);
        }
    }
}

#[cfg(test)]
mod tests {
    use model::desk::{KeyPoint, PointOrigin, PointState};
    use model::id::PostId;

    use super::{now, place};

    fn point(id: &str, text: &str) -> KeyPoint {
        KeyPoint {
            id: id.to_owned(),
            post: PostId::new("1".to_owned()),
            position: 0,
            text: text.to_owned(),
            origin: PointOrigin::Text,
            state: PointState::Open,
            is_supported: true,
            reasons: Vec::new(),
            evidence: Vec::new(),
            text_hash: String::new(),
            created_at: now(),
            created_by: None,
            decided_at: None,
            decided_by: None,
        }
    }

    #[test]
    fn a_point_is_named_by_number_id_or_words_that_are_its_alone() {
        let points = [
            point("6651a", "The wall “holds”."),
            point("6651b", "The wall holds, says Ana Karol."),
            point("", "12 people met."),
        ];
        let at = |name: &str| place(&points, name);
        assert_eq!((at("2"), at("6651b"), at("THE wall, holds says")), (Ok(1), Ok(1), Ok(1)));
        assert_eq!((at("12 people"), at("the wall holds")), (Ok(2), Ok(0)), "whole points go first");
        let several = at("the wall").unwrap_err();
        assert!(
            several.contains("  1. The wall “holds”. (id 6651a)\n  2. The wall holds, says"),
            "{several}"
        );
        assert!(at("the wa").unwrap_err().contains("no point begins with “the wa”"), "no part of a word");
        for name in ["", "?", "0", "4", "12", "Hungary"] {
            at(name).unwrap_err();
        }
    }
}
