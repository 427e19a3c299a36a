//! `courant desk …`: the desk's analysis, JSON lines in and out.

use std::io::{BufRead, Write};

use clap::Subcommand;

use crate::desk_related::RelatedArgs;

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
    /// Find what goes together: JSON lines {"id", "title", "text"} in; neighbours, near-duplicates and cluster of each out.
    Related(RelatedArgs),
}

/// Runs one of them until standard input ends.
pub fn run(command: &DeskCommand) -> Result<(), String> {
    match command {
        DeskCommand::Check { publish } => {
            let mut checker = desk::jsonl::Checker::new(*publish);
            lines(|line| checker.answer(line))
        }
        DeskCommand::Digest => lines(desk::jsonl::digest),
        DeskCommand::Related(args) => crate::desk_related::run(args),
    }
}

fn lines(mut answer: impl FnMut(&str) -> String) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| format!("reading standard input: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        writeln!(out, "{}", answer(&line)).map_err(|error| format!("writing the answer: {error}"))?;
    }
    out.flush().map_err(|error| format!("writing the answer: {error}"))
}
