//! Compares a running server with the real Ghost's recorded answers, scores the desk's related stories, and holds the
//! counts and scores against the floors.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{related, setup};

/// The groups that are compared.
const GROUPS: &str = "^(theme-|content-|assets|text|feeds|sitemaps|markdown|images)";

/// Runs the suites: fails below `conformance/floors.toml`, and where data is absent.
pub fn run() -> Result<(), String> {
    let root = setup::root();
    let shared = setup::shared()?;
    let peer = shared.join("peer");
    setup::run("cargo", &["build", "--release", "--package", "courant"])?;
    let binary = target_dir(&root).join("release/courant");
    let mut results: BTreeMap<String, u64> = BTreeMap::new();
    for theme in ["source", "casper"] {
        let site = Served::start(&binary, &peer, theme)?;
        let recording = peer.join("recordings/ghost-6.65.0").join(theme);
        println!("\n== comparing with the recorded answers, theme {theme}");
        let output = Command::new(peer.join("compare"))
            .args([
                recording.display().to_string(),
                site.url.clone(),
                "--group".into(),
                GROUPS.into(),
                "-v".into(),
                "--max".into(),
                "3".into(),
            ])
            .output()
            .map_err(|error| format!("compare cannot be started: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        println!("{text}");
        for line in text.lines() {
            if let Some((group, counts)) = line.split_once(" identical ") {
                let n = counts.split(' ').next().and_then(|n| n.trim().parse().ok()).unwrap_or(0);
                results.insert(format!("{theme}.{}", group.trim()), n);
            }
        }
        if !text.contains(" passed, ") {
            return Err(format!("compare did not finish: {}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    println!("\n== comparing editor cards");
    let command = format!("{} render-lexical", binary.display());
    let output = Command::new(peer.join("check-cards"))
        .args([command.as_str(), "-v"])
        .output()
        .map_err(|error| format!("check-cards cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    println!("{last}");
    results.insert("cards.html".to_owned(), last.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0));
    related::measure(&binary, &shared, &mut results)?;
    judge(&root.join("conformance/floors.toml"), &results)
}

/// Holds results against the floors: lines `name = count` under `[theme]` headings.
fn judge(floors: &Path, results: &BTreeMap<String, u64>) -> Result<(), String> {
    let text = fs::read_to_string(floors).map_err(|error| format!("{}: {error}", floors.display()))?;
    let mut section = String::new();
    let (mut passed, mut failed) = (0u32, 0u32);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_owned();
            continue;
        }
        let (name, floor) =
            line.split_once('=').ok_or_else(|| format!("floors.toml: `{line}` is no floor"))?;
        let name = format!("{section}.{}", name.trim().trim_matches('"'));
        let floor: u64 = floor.trim().parse().map_err(|_| format!("floors.toml: `{line}` has no number"))?;
        match results.get(&name) {
            Some(result) if *result >= floor => {
                passed += 1;
                if *result > floor {
                    println!("{name}: {result}, over the floor of {floor}: raise it");
                }
            }
            Some(result) => {
                failed += 1;
                println!("{name}: {result} is below the floor of {floor}");
            }
            None => {
                failed += 1;
                println!("{name}: was not measured");
            }
        }
    }
    println!("floors: {passed} passed, {failed} failed");
    if failed == 0 && passed > 0 { Ok(()) } else { Err("results are below the floors".into()) }
}

fn target_dir(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// A server on a throwaway copy of the fixture publication.
struct Served {
    child: Child,
    url: String,
    folder: PathBuf,
}

impl Served {
    fn start(binary: &Path, peer: &Path, theme: &str) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("courant-conformance-{}-{theme}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let copy = |from: &Path, to: &Path| {
            setup::run("cp", &["-r", &from.display().to_string(), &to.display().to_string()])
        };
        copy(&peer.join("fixture/ghost.db"), &folder.join("ghost.db"))?;
        copy(&peer.join("fixture/content"), &folder.join("content"))?;
        setup::run("chmod", &["-R", "u+w", &folder.display().to_string()])?;
        setup::run(
            &peer.join("themes").display().to_string(),
            &[&folder.join("content/themes").display().to_string()],
        )?;
        let statement = format!("update settings set value='{theme}' where key='active_theme'");
        let script = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()";
        setup::run("python3", &["-c", script, &folder.join("ghost.db").display().to_string(), &statement])?;
        fs::write(folder.join("config.json"), r#"{"mail":{"from":"noreply@courant.example"}}"#)
            .map_err(|e| e.to_string())?;
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .map_err(|e| e.to_string())?
            .port();
        let url = format!("http://127.0.0.1:{port}");
        let child = Command::new(binary)
            .args(["serve", "--config", "config.json", "--database", "ghost.db", "--content", "content"])
            .args(["--url", &url, "--listen", &format!("127.0.0.1:{port}")])
            .env("COURANT_LOG", "warn")
            .current_dir(&folder)
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", binary.display()))?;
        let served = Served { child, url, folder };
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(served);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("the server did not listen within ten seconds".into())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}
