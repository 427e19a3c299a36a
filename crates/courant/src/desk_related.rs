//! `courant desk related`: JSON lines of stories in; for each its neighbours, near-duplicates and cluster out.

use std::io::{BufRead, Write};

use archive::{Archive, RelatedOptions, Story};
use serde::Deserialize;
use serde_json::json;

use crate::editor::StoryRelatedArgs;

/// Stories on either side of which the archive is made durable while it is read in.
const COMMIT_EVERY: usize = 50_000;
/// Mean nearness within a cluster.
const CLUSTER_FLOOR: f32 = 0.7;

#[derive(clap::Args)]
pub struct RelatedArgs {
    #[command(flatten)]
    of_story: StoryRelatedArgs,
    /// Keep the index in this folder instead of one that vanishes.
    #[arg(long)]
    index: Option<std::path::PathBuf>,
    /// Neighbours for each story.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Likeness of two stories' own words below which one is no neighbour, 0.0 to 1.0.
    #[arg(long, default_value_t = 0.0)]
    floor: f32,
    /// Mean nearness within a cluster, 0.0 to 1.0.
    #[arg(long, default_value_t = CLUSTER_FLOOR)]
    cluster_floor: f32,
    /// As cards are chosen: no near-duplicate of the story, no two versions of one story.
    #[arg(long)]
    cards: bool,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    visibility: Option<String>,
}

/// Reads the whole collection before it answers, in its order.
pub fn run(args: &RelatedArgs) -> Result<(), String> {
    if let Some(story) = &args.of_story.story {
        return crate::editor::related(&args.of_story, story);
    }
    let vanishing = tempfile::tempdir().map_err(|error| format!("making a temporary folder: {error}"))?;
    let dir = args.index.as_deref().unwrap_or(vanishing.path());
    let archive = Archive::open(dir).map_err(|error| error.to_string())?;
    let mut ids = Vec::new();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|error| format!("reading standard input: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line =
            serde_json::from_str(&line).map_err(|error| format!("line {}: {error}", number + 1))?;
        let mut story = Story::new(&line.id, &line.title, &line.text);
        story.tags = line.tags;
        story.language = archive::Language::of_tag(line.language.as_deref().unwrap_or("en"));
        story.visibility = line.visibility.unwrap_or(story.visibility);
        // Earlier lines are older, as the archive of a paper is.
        story.published_at = number as i64;
        archive.add(&story).map_err(|error| error.to_string())?;
        ids.push(line.id);
        if ids.len() % COMMIT_EVERY == 0 {
            archive.commit(&number.to_string()).map_err(|error| error.to_string())?;
        }
    }
    archive.commit("").map_err(|error| error.to_string())?;
    answer(&archive, &ids, args)
}

fn answer(archive: &Archive, ids: &[String], args: &RelatedArgs) -> Result<(), String> {
    let options = RelatedOptions { limit: args.limit, floor: args.floor, versions: !args.cards };
    let numbers: std::collections::HashMap<&str, usize> =
        ids.iter().enumerate().map(|(number, id)| (id.as_str(), number)).collect();
    let mut answers = Vec::with_capacity(ids.len());
    let mut pairs = Vec::new();
    for (number, id) in ids.iter().enumerate() {
        let near = archive.related(id, &options).map_err(|error| error.to_string())?;
        let versions = archive.versions(id).map_err(|error| error.to_string())?;
        pairs.extend(
            near.iter().filter_map(|story| Some((number, *numbers.get(story.id.as_str())?, story.nearness))),
        );
        answers.push((near, versions));
    }
    let clusters = archive::clusters(ids.len(), &pairs, args.cluster_floor);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for ((id, (near, versions)), cluster) in ids.iter().zip(answers).zip(clusters) {
        let names =
            |stories: &[archive::Related]| stories.iter().map(|story| story.id.clone()).collect::<Vec<_>>();
        let answer = json!({
            "id": id,
            "neighbours": names(&near),
            "nearness": near.iter().map(|story| story.nearness).collect::<Vec<_>>(),
            "visibility": near.iter().map(|story| story.visibility.as_str()).collect::<Vec<_>>(),
            "duplicates": names(&versions),
            "cluster": cluster,
        });
        writeln!(out, "{answer}").map_err(|error| format!("writing the answer: {error}"))?;
    }
    out.flush().map_err(|error| format!("writing the answer: {error}"))
}
