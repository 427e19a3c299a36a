//! `courant desk …`: the desk's analysis, JSON lines in and out.

use clap::Subcommand;

use crate::desk_related::RelatedArgs;
use crate::editor::{CorrectArgs, PointsArgs, PreflightArgs};
use crate::lines::answer_each;

/// What the desk can be asked on the command line.
#[derive(Subcommand)]
pub enum DeskCommand {
    /// Hold statements against their articles: JSON lines {"id", "document", "statement", "context"?} in, verdicts out.
    Check {
        /// Answer `supported` only for what may be published as it stands; else for what is likelier true than not.
        #[arg(long)]
        publish: bool,
    },
    /// Take key points from articles: JSON lines {"id", "title", "teaser", "text", "published_at", "lang"} in, points out.
    Digest,
    /// The stories beside a story: list them, pin one or hide one. Without a story, find what goes together: JSON lines
    /// {"id", "title", "text"} in; neighbours, near-duplicates and cluster of each out.
    Related(RelatedArgs),
    /// The key points of a story: list them, or approve, refuse, change or add one.
    Points(PointsArgs),
    /// List what is wrong with a story before it goes out; ends with exit code 1 when something must be mended.
    Preflight(PreflightArgs),
    /// Put a correction on the public record of a story.
    Correct(CorrectArgs),
}

/// Runs one of them until standard input ends.
pub fn run(command: &DeskCommand) -> Result<(), String> {
    match command {
        DeskCommand::Check { publish } => {
            let mut checker = desk::jsonl::Checker::new(*publish);
            answer_each(|line| checker.answer(line))
        }
        DeskCommand::Digest => answer_each(desk::jsonl::digest),
        DeskCommand::Related(args) => crate::desk_related::run(args),
        DeskCommand::Points(args) => crate::editor::points(args),
        DeskCommand::Preflight(args) => crate::editor::preflight(args),
        DeskCommand::Correct(args) => crate::editor::correct(args),
    }
}
