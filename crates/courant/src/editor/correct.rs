//! `courant desk correct STORY`: a correction on the public record, or taken back from it; without either what was ever recorded.

use clap::Args;
use model::Post;
use model::desk::Correction;

use super::{Desk, Room, now};
use crate::say::say;

#[derive(Args)]
pub struct CorrectArgs {
    /// The story: its slug, id or address.
    story: String,
    /// What the story said.
    #[arg(long, value_name = "TEXT", requires = "is")]
    was: Option<String>,
    /// What it says now.
    #[arg(long, value_name = "TEXT", requires = "was")]
    is: Option<String>,
    /// What readers are told besides.
    #[arg(long, value_name = "TEXT", requires = "was")]
    note: Option<String>,
    /// Record it though the story does not say so yet, or no saved state of it says what it is to have said.
    #[arg(long, requires = "was")]
    force: bool,
    /// Take correction N of the list back: it stays on record as withdrawn, and no reader sees it.
    #[arg(long, value_name = "N", conflicts_with = "was")]
    withdraw: Option<usize>,
    #[command(flatten)]
    desk: Desk,
}

/// Does it, and says what is still to be done.
pub fn run(args: &CorrectArgs) -> Result<(), String> {
    let room = args.desk.open()?;
    let (post, zone) = room.story(&args.story)?;
    match (&args.was, &args.is, args.withdraw) {
        (_, _, Some(number)) => withdraw(&room, &post, number),
        (Some(was), Some(is), None) => record(args, &room, (was, is), &post),
        _ => list(&room, &post, &zone),
    }
}

fn record(args: &CorrectArgs, room: &Room, (was, is): (&str, &str), post: &Post) -> Result<(), String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (was, is) = (one_line(was), one_line(is));
    if was.is_empty() || is.is_empty() || was == is {
        return Err("a correction says what the story said (--was) and what it says now (--is)".to_owned());
    }
    if was.to_lowercase() == is.to_lowercase() {
        return Err(format!(
            "“{was}” and “{is}” are the same but for capitals, so nothing was recorded: a correction tells readers what was wrong"
        ));
    }
    let by = room.by()?.to_owned();
    let says_it = editorial::says(post, &is);
    if !says_it && !args.force {
        return Err(format!(
            "the story does not say “{is}”, so nothing was recorded: change its text first, or give --is in the \
             words of the text, or --force to publish the correction all the same"
        ));
    }
    let once = said_once(room, post, &was)?;
    if once == Once::Never && !args.force {
        return Err(format!(
            "neither the story nor any of its saved states says “{was}”, so nothing was recorded: give --was in the words that \
             the story had, or --force if it had them between two saves"
        ));
    }
    let correction = Correction {
        id: String::new(),
        post: post.id.clone(),
        was: was.clone(),
        is: is.clone(),
        note: args.note.as_deref().map(one_line).filter(|note| !note.is_empty()),
        made_at: now(),
        made_by: by.clone(),
        withdrawn: None,
    };
    room.write(move |tx| store::desk::add_correction(tx, &correction))?;
    say!(
        "corrected in the name of {by}: shown with “{}” and at {}",
        post.title,
        room.address("/corrections/")
    );
    if once == Once::Unknown {
        say!("whether the story ever said “{was}” could not be looked up: no earlier state of it was saved");
    }
    if editorial::says(post, &was) && !is.contains(&was) {
        say!("the story still says “{was}”: change its text, too");
    }
    if !says_it {
        say!("the story does not say “{is}” yet: change its text, too");
    }
    Ok(())
}

/// What is known of whether a story said something.
#[derive(PartialEq, Eq)]
enum Once {
    Said,
    /// Neither as it is nor in a saved state.
    Never,
    /// It does not say so now, and no earlier state was saved.
    Unknown,
}

fn said_once(room: &Room, post: &Post, words: &str) -> Result<Once, String> {
    if editorial::says(post, words) {
        return Ok(Once::Said);
    }
    let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
    let saved = store::desk::revisions(&snapshot, post.id.as_str()).map_err(|error| error.to_string())?;
    Ok(match saved.iter().any(|revision| editorial::once_said(revision, words)) {
        true => Once::Said,
        false if saved.is_empty() => Once::Unknown,
        false => Once::Never,
    })
}

/// Oldest first, so that a number means the same correction for ever.
fn recorded(room: &Room, post: &Post) -> Result<Vec<Correction>, String> {
    let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
    store::desk::recorded_corrections(&snapshot, post.id.as_str()).map_err(|error| error.to_string())
}

fn withdraw(room: &Room, post: &Post, number: usize) -> Result<(), String> {
    let all = recorded(room, post)?;
    let correction = number
        .checked_sub(1)
        .and_then(|at| all.get(at))
        .ok_or_else(|| format!("there is no correction {number}; the story has {}", all.len()))?
        .clone();
    let (by, at, said) = (room.by()?.to_owned(), now(), correction.was.clone());
    if !room.write(move |tx| store::desk::withdraw_correction(tx, &correction, (&by, at)))? {
        return Err(format!("correction {number} was withdrawn before; nothing was changed"));
    }
    say!(
        "correction {number} (“{said}”) was withdrawn in the name of {}: it stays on record, and no reader sees it",
        room.by()?
    );
    Ok(())
}

fn list(room: &Room, post: &Post, zone: &jiff::tz::TimeZone) -> Result<(), String> {
    let all = recorded(room, post)?;
    if all.is_empty() {
        say!("the story has no corrections; record one with --was TEXT --is TEXT");
    }
    let day = |at: jiff::Timestamp| at.to_zoned(zone.clone()).date();
    for (number, correction) in (1..).zip(all) {
        let withdrawn = match &correction.withdrawn {
            Some((at, by)) => format!("; withdrawn by {by}, {}", day(*at)),
            None => String::new(),
        };
        say!("{number}. [by {}, {}{withdrawn}]", correction.made_by, day(correction.made_at));
        say!("   was: {}\n   is:  {}", correction.was, correction.is);
        if let Some(note) = &correction.note {
            say!("   note: {note}");
        }
    }
    Ok(())
}
