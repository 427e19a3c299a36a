//! `courant desk correct STORY`: a correction on the public record.

use clap::Args;
use editorial::Reading;
use model::desk::Correction;

use super::{Desk, now};

#[derive(Args)]
pub struct CorrectArgs {
    /// The story: its slug, id or address.
    story: String,
    /// What the story said.
    #[arg(long, value_name = "TEXT")]
    was: String,
    /// What it says now.
    #[arg(long, value_name = "TEXT")]
    is: String,
    /// What readers are told besides.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    desk: Desk,
}

/// Does it, and says what is still to be done.
pub fn run(args: &CorrectArgs) -> Result<(), String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (was, is) = (one_line(&args.was), one_line(&args.is));
    if was.is_empty() || is.is_empty() || was == is {
        return Err("a correction says what the story said (--was) and what it says now (--is)".to_owned());
    }
    let room = args.desk.open()?;
    let (post, zone) = room.story(&args.story)?;
    let correction = Correction {
        id: String::new(),
        post: post.id.clone(),
        was: was.clone(),
        is: is.clone(),
        note: args.note.as_deref().map(one_line).filter(|note| !note.is_empty()),
        made_at: now(),
        made_by: room.by.clone(),
    };
    room.write(move |tx| store::desk::add_correction(tx, &correction))?;
    println!(
        "corrected in the name of {}: shown with “{}” and at {}",
        room.by,
        post.title,
        room.site.join("/corrections/")
    );
    let text = one_line(&format!(
        "{} {} {}",
        post.title,
        post.custom_excerpt.as_deref().unwrap_or_default(),
        Reading::of(&post, &zone).body.text
    ));
    if text.contains(&was) {
        println!("the story still says “{was}”: change its text, too");
    }
    if !text.contains(&is) {
        println!("the story does not say “{is}” yet: change its text, too");
    }
    Ok(())
}
