//! `courant desk related STORY`: an editor's choices of stories beside a story.

use clap::Args;
use model::desk::RelatedChoice;

use super::{Desk, now};

#[derive(Args)]
pub struct StoryRelatedArgs {
    /// The story: its slug, id or address.
    pub story: Option<String>,
    /// Always show this story beside it, before those that are found.
    #[arg(long, value_name = "STORY", group = "act", requires = "story")]
    pin: Option<String>,
    /// Never show this story beside it.
    #[arg(long, value_name = "STORY", group = "act", requires = "story")]
    hide: Option<String>,
    /// Forget the choice for this story.
    #[arg(long, value_name = "STORY", group = "act", requires = "story")]
    forget: Option<String>,
    #[command(flatten)]
    desk: Desk,
}

/// Does it, and prints what stands beside the story then.
pub fn run(args: &StoryRelatedArgs, story: &str) -> Result<(), String> {
    let room = args.desk.open()?;
    let post = room.id_of(story)?;
    let choices = [(&args.pin, RelatedChoice::Pinned), (&args.hide, RelatedChoice::Hidden)];
    for (other, choice) in choices {
        let Some(other) = other else { continue };
        let other = room.id_of(other)?;
        if other == post {
            return Err("a story cannot stand beside itself".to_owned());
        }
        let (post, by, at) = (post.clone(), room.by.clone(), now());
        room.write(move |tx| store::desk::choose(tx, &post, &other, choice, (&by, at)))?;
    }
    if let Some(other) = &args.forget {
        let other = room.id_of(other)?;
        let post = post.clone();
        room.write(move |tx| store::desk::unchoose(tx, &post, &other))?;
    }
    let choices = {
        let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
        store::desk::choices(&snapshot, post.as_str()).map_err(|error| error.to_string())?
    };
    for (other, choice) in choices {
        let title =
            room.story(other.as_str()).map_or_else(|_| "(deleted)".to_owned(), |(post, _)| post.title);
        println!("{}: {title}", choice.as_str());
    }
    let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
    let desk = editorial::Desk::default();
    match room.archive.as_deref().map(|dir| desk.open_archive(dir)) {
        Some(Ok(())) => {
            let found = desk.related(&snapshot, &post, 4).map_err(|error| error.to_string())?;
            for other in found {
                println!("shown: {}", other.for_reader(&model::Reader::Anonymous, &room.site).title);
            }
        }
        Some(Err(error)) => println!("what else is found is on the story's page ({error})"),
        None => println!("the publication has no archive (desk.has_archive)"),
    }
    Ok(())
}
