//! Measures an archive of any size by hand: `measure-archive INDEX-FOLDER STORIES.jsonl [N]` (lines as of
//! `make_archive.py`, the first N of them). Fills the index if it is empty, then asks, changes, opens again and asks once
//! more. Prints times by the clock and of the processor, and the anonymous memory of the process (Linux).
//!
//! On a busy machine the clock counts the work of others; the processor's time counts this program alone.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use archive::{Archive, RelatedOptions, SearchOptions, Story};
use cpu_time::{ProcessTime, ThreadTime};

/// Stories that are asked for.
const SAMPLES: usize = 1000;
/// Stories that are changed one by one.
const CHANGES: usize = 300;
/// Stories after which the index is made durable while it is filled.
const COMMIT_EVERY: u64 = 20_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let usage = "usage: measure-archive INDEX-FOLDER STORIES.jsonl [N]";
    let mut arguments = std::env::args().skip(1);
    let (dir, lines) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    let n_stories: u64 = arguments.next().map_or(Ok(u64::MAX), |n| n.parse())?;
    let archive = Archive::open(Path::new(&dir))?;
    let stories = fill(&archive, Path::new(&lines), n_stories)?;
    settle(&archive)?;
    ask(&archive, &stories)?;
    println!("after asking: {}", memory());
    change(&archive, &stories)?;
    ask(&archive, &stories)?;
    drop(archive);
    let begun = Watch::start();
    let archive = Archive::open(Path::new(&dir))?;
    let took = begun.stop();
    println!("opened again in {:?} ({:?} processor), {}", took.clock, took.thread, memory());
    ask(&archive, &stories)?;
    println!("after asking: {}", memory());
    Ok(())
}

/// Reads the stories, into the index if it has none; answers a sample of them.
fn fill(archive: &Archive, lines: &Path, most: u64) -> Outcome<Vec<Story>> {
    let is_empty = archive.n_stories() == 0;
    let (mut sample, mut adding, mut n_stories) = (Vec::new(), Vec::new(), 0);
    let (begun, processor) = (Instant::now(), ProcessTime::now());
    for line in BufReader::new(fs::File::open(lines)?).lines() {
        if n_stories >= most || (!is_empty && sample.len() >= SAMPLES) {
            break;
        }
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| line[name].as_str().unwrap_or_default();
        let mut story = Story::new(field("id"), field("title"), field("text"));
        story.published_at = n_stories as i64;
        n_stories += 1;
        if is_empty {
            let one = Watch::start();
            archive.add(&story)?;
            adding.push(one.stop());
            if n_stories.is_multiple_of(200) {
                memory();
            }
            if n_stories.is_multiple_of(COMMIT_EVERY) {
                archive.commit(&n_stories.to_string())?;
            }
            if n_stories.is_multiple_of(100_000) {
                println!("{n_stories} after {:?}: {}", begun.elapsed(), memory());
            }
        }
        if n_stories.is_multiple_of(97) && sample.len() < SAMPLES {
            sample.push(story);
        }
    }
    if is_empty {
        archive.commit(&n_stories.to_string())?;
        let processor = processor.elapsed();
        println!("filled in {:?} ({processor:?} processor, all threads), {}", begun.elapsed(), memory());
        report("add, in bulk", adding);
    }
    Ok(sample)
}

/// Waits until no segments are joined any more.
fn settle(archive: &Archive) -> Outcome<()> {
    let begun = Instant::now();
    let mut known = (0, ProcessTime::now());
    loop {
        let watermark = archive.watermark().unwrap_or_default();
        archive.commit(&watermark)?;
        let n_segments = archive.n_segments();
        if known.0 == n_segments && known.1.elapsed() < Duration::from_millis(200) {
            break;
        }
        known = (n_segments, ProcessTime::now());
        std::thread::sleep(Duration::from_secs(2));
    }
    println!(
        "{} stories in {} segments, at rest after {:?}, {}",
        archive.n_stories(),
        archive.n_segments(),
        begun.elapsed(),
        memory()
    );
    Ok(())
}

/// Changes stories one by one, each visible before the next; durable every fifty.
fn change(archive: &Archive, stories: &[Story]) -> Outcome<()> {
    let (mut shown, mut secured) = (Vec::new(), Vec::new());
    let processor = ProcessTime::now();
    for (number, story) in stories.iter().take(CHANGES).enumerate() {
        let mut story = story.clone();
        memory();
        let word = format!("changedstory{number}");
        story.public_text.push_str(&format!(" {word}"));
        let one = Watch::start();
        archive.add(&story)?;
        archive.show(&number.to_string())?;
        shown.push(one.stop());
        if archive.search(&word, &SearchOptions::default())?.total != 1 {
            return Err(format!("the change {number} is not found").into());
        }
        if number % 50 == 49 {
            let one = Watch::start();
            archive.secure()?;
            secured.push(one.stop());
        }
    }
    let processor = processor.elapsed() / shown.len().max(1) as u32;
    report("change one story, visible", shown);
    println!("  (processor, all threads, joining of segments and search included: mean {processor:?})");
    report("make fifty changes durable", secured);
    println!("after changes: {} segments, {}", archive.n_segments(), memory());
    Ok(())
}

fn ask(archive: &Archive, stories: &[Story]) -> Outcome<()> {
    let (mut related, mut versions, mut search) = (Vec::new(), Vec::new(), Vec::new());
    for story in stories {
        memory();
        let one = Watch::start();
        archive.related(&story.id, &RelatedOptions::default())?;
        related.push(one.stop());
        let one = Watch::start();
        archive.versions(&story.id)?;
        versions.push(one.stop());
        let words: Vec<&str> = story.title.split_whitespace().take(2).collect();
        let one = Watch::start();
        archive.search(&words.join(" "), &SearchOptions::default())?;
        search.push(one.stop());
    }
    report("related", related);
    report("versions", versions);
    report("search, two words", search);
    Ok(())
}

/// What something took: by the clock, and of the processor in this thread.
struct Took {
    clock: Duration,
    thread: Duration,
}

struct Watch(Instant, ThreadTime);

impl Watch {
    fn start() -> Watch {
        Watch(Instant::now(), ThreadTime::now())
    }

    fn stop(self) -> Took {
        Took { clock: self.0.elapsed(), thread: self.1.elapsed() }
    }
}

fn report(what: &str, times: Vec<Took>) {
    let of = |mut times: Vec<Duration>| {
        times.sort_unstable();
        let at = |share: f64| {
            let at = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
            times.get(at).copied().unwrap_or_default()
        };
        format!("median {:?}, p99 {:?}, most {:?}", at(0.5), at(0.99), at(1.0))
    };
    let clock = of(times.iter().map(|took| took.clock).collect());
    let thread = of(times.iter().map(|took| took.thread).collect());
    println!("{what}: clock {clock}; processor {thread}");
}

/// Anonymous memory now, and the most that was seen of it.
fn memory() -> String {
    static MOST: AtomicU64 = AtomicU64::new(0);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let now = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let now: u64 = now.and_then(|now| now.split_whitespace().next()?.parse().ok()).unwrap_or_default();
    let most = MOST.fetch_max(now, Ordering::Relaxed).max(now);
    format!("anonymous memory {} MiB, at most {} MiB so far", now / 1024, most / 1024)
}
