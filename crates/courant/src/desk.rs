//! `courant desk …`: the desk's analysis, JSON lines in and out.

use std::io::{BufRead, Write};

use clap::Subcommand;

use crate::desk_related::RelatedArgs;
use crate::editor::{CorrectArgs, PointsArgs, PreflightArgs};

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
            lines(|line| checker.answer(line))
        }
        DeskCommand::Digest => lines(desk::jsonl::digest),
        DeskCommand::Related(args) => crate::desk_related::run(args),
        DeskCommand::Points(args) => crate::editor::points(args),
        DeskCommand::Preflight(args) => crate::editor::preflight(args),
        DeskCommand::Correct(args) => crate::editor::correct(args),
    }
}

/// Answers each line. What cannot be read is answered with what is wrong with it, the others as ever, and an error at the end says
/// how many those were.
fn lines(mut answer: impl FnMut(&str) -> String) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut broken = Vec::new();
    for (number, line) in (1_usize..).zip(std::io::stdin().lock().lines()) {
        let line = line.map_err(|error| format!("reading standard input: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = answer(&line);
        if is_error(&answer) {
            broken.push(number);
        }
        writeln!(out, "{answer}").map_err(|error| format!("writing the answer: {error}"))?;
    }
    out.flush().map_err(|error| format!("writing the answer: {error}"))?;
    match broken.as_slice() {
        [] => Ok(()),
        [line] => Err(format!("line {line} could not be read; its answer says why")),
        [first, ..] => Err(format!(
            "{} lines could not be read, the first of them line {first}; their answers say why",
            broken.len()
        )),
    }
}

/// Whether an answer says what is wrong with the question.
fn is_error(answer: &str) -> bool {
    answer.contains("\"error\":")
        && serde_json::from_str::<serde_json::Value>(answer).is_ok_and(|answer| answer.get("error").is_some())
}
