//! Measures an archive of any size by hand: `measure INDEX-FOLDER < stories.jsonl` (lines as of `make_archive.py`).
//! Prints times of adding, committing, asking and opening again, and the anonymous memory of the process (Linux).

use std::io::BufRead;
use std::path::Path;
use std::time::{Duration, Instant};

use archive::{Archive, RelatedOptions, SearchOptions, Story};

/// Stories that are asked for and changed one by one.
const SAMPLES: usize = 1000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("give the folder of the index")?;
    let mut archive = Archive::open(Path::new(&dir))?;
    let mut stories = Vec::new();
    let (mut n_stories, mut adding) = (0, Vec::new());
    let begun = Instant::now();
    for line in std::io::stdin().lock().lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| line[name].as_str().unwrap_or_default();
        let mut story = Story::new(field("id"), field("title"), field("text"));
        story.published_at = n_stories;
        n_stories += 1;
        let one = Instant::now();
        archive.add(&story)?;
        adding.push(one.elapsed());
        if n_stories % 100_000 == 0 {
            archive.commit(&n_stories.to_string())?;
            println!("{n_stories} stories after {:?}, {}", begun.elapsed(), memory());
        }
        if n_stories % 97 == 0 && stories.len() < SAMPLES {
            stories.push(story);
        }
    }
    archive.commit(&n_stories.to_string())?;
    println!("{n_stories} stories in {:?}, {}", begun.elapsed(), memory());
    report("add, in bulk", adding);
    ask(&archive, &stories)?;
    let mut times = Vec::new();
    for story in stories.iter().take(100) {
        let one = Instant::now();
        archive.add(story)?;
        archive.commit("changed")?;
        times.push(one.elapsed());
    }
    report("change one story and commit", times);
    println!("after changes: {}", memory());
    drop(archive);
    let begun = Instant::now();
    let archive = Archive::open(Path::new(&dir))?;
    println!("opened again in {:?}, {} stories, {}", begun.elapsed(), archive.n_stories(), memory());
    ask(&archive, &stories)?;
    println!("after asking: {}", memory());
    Ok(())
}

fn ask(archive: &Archive, stories: &[Story]) -> Result<(), archive::Error> {
    let (mut related, mut versions, mut search) = (Vec::new(), Vec::new(), Vec::new());
    for story in stories {
        let one = Instant::now();
        archive.related(&story.id, &RelatedOptions::default())?;
        related.push(one.elapsed());
        let one = Instant::now();
        archive.versions(&story.id)?;
        versions.push(one.elapsed());
        let words: Vec<&str> = story.title.split_whitespace().take(2).collect();
        let one = Instant::now();
        archive.search(&words.join(" "), &SearchOptions::default())?;
        search.push(one.elapsed());
    }
    report("related", related);
    report("versions", versions);
    report("search, two words", search);
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at =
        |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)));
    println!("{what}: median {:?}, p99 {:?}, most {:?}", at(0.5), at(0.99), times.last());
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("RssAnon")).unwrap_or("RssAnon: unknown").to_owned()
}
