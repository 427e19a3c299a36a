//! Preflight over labelled articles, as a count of what it says of edited copy: `preflight FOLDER [CODE]`.
//!
//! FOLDER holds `digest/documents.jsonl.gz` (a paragraph a line; many articles were flattened to one line, and are counted
//! apart), `related/reuters21578.jsonl.gz` (title and text) and `extract/*.jsonl.gz` (saved web pages, read whole with menus and
//! all: more a trial of the reading than of copy). With a code the findings themselves are printed.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, Instant};

use desk::preflight::{Addresses, CODES, Manuscript, Severity, preflight};

/// Lines from which an article counts as one whose paragraphs were kept.
const PARAGRAPHS: usize = 5;

struct Everywhere;

impl Addresses for Everywhere {
    fn exists(&self, _path: &str) -> bool {
        true
    }
}

#[derive(Default)]
struct Group {
    n_articles: usize,
    n_words: usize,
    elapsed: Duration,
    /// Findings, of these doubtful, and articles that have one.
    counts: BTreeMap<&'static str, (usize, usize, usize)>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("usage: preflight FOLDER [CODE]");
    let wanted = arguments.next();
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (name, file) in [("digest", "digest/documents.jsonl.gz"), ("wire", "related/reuters21578.jsonl.gz")] {
        for line in lines(&format!("{folder}/{file}")).lines() {
            let document: serde_json::Value = serde_json::from_str(line).expect("an article a line");
            let text = document["text"].as_str().expect("an article has a text");
            let title = document["title"].as_str().unwrap_or_default();
            let n_lines = text.lines().filter(|line| !line.trim().is_empty()).count();
            let name = match (name, n_lines < PARAGRAPHS) {
                ("digest", true) => "digest, flattened",
                ("digest", false) => "digest, with paragraphs",
                _ => name,
            };
            groups.entry(name).or_default().add(title, &paragraphs(text), wanted.as_deref());
        }
    }
    for (name, file) in [
        ("pages, mostly English", "extract/article-extraction-benchmark.jsonl.gz"),
        ("pages, mostly German", "extract/trafilatura-segments.jsonl.gz"),
    ] {
        for line in lines(&format!("{folder}/{file}")).lines() {
            let page: serde_json::Value = serde_json::from_str(line).expect("a page a line");
            let html = page["html"].as_str().expect("a page has html");
            groups.entry(name).or_default().add("", html, wanted.as_deref());
        }
    }
    for (name, group) in &groups {
        let Group { n_articles, n_words, elapsed, counts } = group;
        println!("{name}: {n_articles} articles, {n_words} words, {} ms", elapsed.as_millis());
        for (code, _) in CODES {
            if let Some((all, doubtful, articles)) = counts.get(code) {
                println!("  {code:26} {all:5} findings ({doubtful} doubtful) in {articles} articles");
            }
        }
    }
}

impl Group {
    fn add(&mut self, title: &str, html: &str, wanted: Option<&str>) {
        let story = Manuscript { title, html, ..Manuscript::default() };
        let started = Instant::now();
        let found = preflight(&story, &Everywhere);
        self.elapsed += started.elapsed();
        self.n_articles += 1;
        self.n_words += html.split_whitespace().count();
        let mut seen: Vec<&str> = Vec::new();
        for finding in &found {
            let entry = self.counts.entry(finding.code).or_default();
            entry.0 += 1;
            entry.1 += usize::from(finding.severity == Severity::Doubtful);
            entry.2 += usize::from(!seen.contains(&finding.code));
            seen.push(finding.code);
            if wanted == Some(finding.code) {
                println!("{:?} {} | {} | {}", finding.severity, finding.place, finding.reason, finding.mend);
            }
        }
    }
}

fn paragraphs(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<p>{}</p>\n", line.replace('&', "&amp;").replace('<', "&lt;")))
        .collect()
}

fn lines(path: &str) -> String {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("gzip'd text");
    text
}
