//! The real Handlebars.js 4.7.9, run by Node: the judge of every comparison.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

const VERSION: &str = "4.7.9";

/// The folder of the npm package `handlebars`, installed once under the target folder.
pub fn package() -> &'static Path {
    static PACKAGE: OnceLock<PathBuf> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("handlebars-{VERSION}"));
        let package = home.join("node_modules/handlebars");
        if !package.join("package.json").exists() {
            std::fs::create_dir_all(&home).expect("the target folder can be written");
            let installed = Command::new("npm")
                .args(["install", "--no-save", "--no-audit", "--no-fund", "--omit=optional", "--prefix"])
                .arg(&home)
                .arg(format!("handlebars@{VERSION}"))
                .stdout(Stdio::null())
                .status()
                .expect("npm is needed to compare with the real Handlebars");
            assert!(installed.success(), "npm could not install handlebars@{VERSION}");
        }
        package
    })
}

/// What the real Handlebars makes of each case: `{"output"}` or `{"error"}`. Two processes share the work.
pub fn answers(cases: &[String]) -> Vec<serde_json::Value> {
    let (first, second) = cases.split_at(cases.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| answers_of_one(second));
        let mut answers = answers_of_one(first);
        answers.extend(second.join().expect("the second half fails with a message of its own"));
        answers
    })
}

fn answers_of_one(cases: &[String]) -> Vec<serde_json::Value> {
    if cases.is_empty() {
        return Vec::new();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle.js");
    let mut node = Command::new("node")
        .arg(script)
        .arg(package())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node is needed to compare with the real Handlebars");
    let mut stdin = node.stdin.take().expect("stdin is piped");
    let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let stdout = BufReader::new(node.stdout.take().expect("stdout is piped"));
    let answers: Vec<serde_json::Value> = stdout
        .lines()
        .map(|line| serde_json::from_str(&line.expect("Node writes UTF-8")).expect("Node writes JSON"))
        .collect();
    writer.join().expect("the writer does not panic").expect("Node reads to the end");
    assert!(node.wait().expect("Node was started").success());
    assert_eq!(answers.len(), cases.len(), "one answer a case");
    answers
}
