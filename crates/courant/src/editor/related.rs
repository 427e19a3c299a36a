//! `courant desk related STORY`: an editor's choices of stories beside a story.

use clap::Args;
use model::PostStatus;
use model::desk::RelatedChoice;

use super::{Desk, now};
use crate::say::say;

/// Stories that stand beside a story, at most.
const SHOWN: usize = 4;

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
        let (post, by, at) = (post.clone(), room.by()?.to_owned(), now());
        room.write(move |tx| store::desk::choose(tx, &post, &other, choice, (&by, at)))?;
    }
    if let Some(named) = &args.forget {
        room.by()?;
        let other = room.id_of(named)?;
        let post = post.clone();
        if !room.write(move |tx| store::desk::unchoose(tx, &post, &other))? {
            return Err(format!(
                "`{named}` is neither pinned nor hidden beside this story; nothing was changed"
            ));
        }
    }
    let choices = {
        let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
        store::desk::choices(&snapshot, post.as_str()).map_err(|error| error.to_string())?
    };
    let mut pinned = Vec::new();
    for (other, choice) in choices {
        let found = room.story(other.as_str()).ok();
        let title = found.as_ref().map_or("(deleted)", |(post, _)| post.title.as_str());
        say!("{}: {title}", choice.as_str());
        pinned.extend(found.filter(|_| choice == RelatedChoice::Pinned).map(|(post, _)| post));
    }
    let snapshot = room.reader.snapshot().map_err(|error| error.to_string())?;
    let desk = editorial::Desk::default();
    let lacking = match room.archive.as_deref() {
        Some(dir) => desk.read_archive(dir).err().map(|error| error.to_string()),
        None => Some("the publication has no archive (desk.has_archive)".to_owned()),
    };
    // Without an archive these are the pinned ones.
    let mut shown = Vec::new();
    for other in desk.related(&snapshot, &post, SHOWN).map_err(|error| error.to_string())? {
        let other = other.for_reader(&model::Reader::Anonymous, &room.site);
        say!("shown: {} ({})", other.title, other.slug);
        shown.push(other.id);
    }
    for other in pinned.iter().filter(|other| !shown.contains(&other.id)) {
        let reason = match other.status {
            PostStatus::Published => format!("there is room for {SHOWN}, and others were pinned before"),
            _ => "it is not published".to_owned(),
        };
        say!("pinned, but not shown: {} ({reason})", other.title);
    }
    if let Some(reason) = lacking {
        say!("what lies near by subject cannot be said: {reason}");
    }
    Ok(())
}
