//! `courant desk related`: JSON lines of stories in; for each its neighbours, near-duplicates and cluster out.

use std::io::Write;

use archive::{Archive, RelatedOptions, Story};
use serde::Deserialize;
use serde_json::json;

use crate::editor::StoryRelatedArgs;
use crate::lines::{Broken, questions};

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

/// What is answered for a line.
enum Told {
    /// What is known of the next story.
    Story,
    /// The line is no story; why.
    Fault(serde_json::Error),
}

/// Reads the whole collection before it answers, in its order. A line that is no story is answered with what is wrong with
/// it, and an error at the end says so.
pub fn run(args: &RelatedArgs) -> Result<(), String> {
    if let Some(story) = &args.of_story.story {
        return crate::editor::related(&args.of_story, story);
    }
    let vanishing = tempfile::tempdir().map_err(|error| format!("making a temporary folder: {error}"))?;
    let dir = args.index.as_deref().unwrap_or(vanishing.path());
    let archive = Archive::open(dir).map_err(|error| error.to_string())?;
    let (mut ids, mut told, mut broken) = (Vec::new(), Vec::new(), Broken::default());
    for question in questions() {
        let (number, line) = question?;
        let line: Line = match serde_json::from_str(&line) {
            Ok(line) => line,
            Err(error) => {
                broken.add(number);
                told.push(Told::Fault(error));
                continue;
            }
        };
        let mut story = Story::new(&line.id, &line.title, &line.text);
        story.tags = line.tags;
        story.language = archive::Language::of_tag(line.language.as_deref().unwrap_or("en"));
        story.visibility = line.visibility.unwrap_or(story.visibility);
        // Earlier lines are older, as the archive of a paper is.
        story.published_at = number as i64;
        archive.add(&story).map_err(|error| error.to_string())?;
        told.push(Told::Story);
        ids.push(line.id);
        if ids.len() % COMMIT_EVERY == 0 {
            archive.commit(&number.to_string()).map_err(|error| error.to_string())?;
        }
    }
    archive.commit("").map_err(|error| error.to_string())?;
    answer(&archive, &ids, &told, args)?;
    broken.told()
}

fn answer(archive: &Archive, ids: &[String], told: &[Told], args: &RelatedArgs) -> Result<(), String> {
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
    let mut of_stories = ids.iter().zip(answers).zip(clusters);
    for told in told {
        let answer = match told {
            Told::Fault(error) => {
                json!({"id": null, "error": format!("not a story of the form {{\"id\", \"title\", \"text\"}}: {error}")})
            }
            Told::Story => {
                let Some(((id, (near, versions)), cluster)) = of_stories.next() else { continue };
                let names = |stories: &[archive::Related]| {
                    stories.iter().map(|story| story.id.clone()).collect::<Vec<_>>()
                };
                json!({
                    "id": id,
                    "neighbours": names(&near),
                    "nearness": near.iter().map(|story| story.nearness).collect::<Vec<_>>(),
                    "visibility": near.iter().map(|story| story.visibility.as_str()).collect::<Vec<_>>(),
                    "duplicates": names(&versions),
                    "cluster": cluster,
                })
            }
        };
        writeln!(out, "{answer}").map_err(|error| format!("writing the answer: {error}"))?;
    }
    out.flush().map_err(|error| format!("writing the answer: {error}"))
}
