//! What tests need besides Rust: packages of npm and Debian, the reference data. Installed once, under `target`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// The folder of reference data: `COURANT_SHARED`, or `shared` beside the checkout.
///
/// Errors: where it was looked for.
pub fn shared() -> Result<PathBuf, String> {
    let folder = match std::env::var_os("COURANT_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => root().join("../shared"),
    };
    folder.canonicalize().map_err(|_| {
        format!("the reference data is not at {}; say where with COURANT_SHARED", folder.display())
    })
}

/// Runs a command in the checkout with its output shown.
///
/// Errors: the command and how it ended.
pub fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    run_in(&root(), program, arguments)
}

/// The same in another folder.
pub fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    println!("\n== {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .status()
        .map_err(|error| format!("{program} cannot be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{program} {}` failed ({status})", arguments.join(" ")))
    }
}

/// Whether a program is there.
pub fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Installs the browser if it is absent.
pub fn browser() -> Result<(), String> {
    if has("chromium") {
        return Ok(());
    }
    println!("\n== installing Debian's chromium");
    run("apt-get", &["update", "-qq"])?;
    run("apt-get", &["install", "-y", "-qq", "chromium"])
}

/// Installs the npm packages of a folder that has a lock file, unless they are there.
pub fn npm(folder: &Path) -> Result<(), String> {
    if folder.join("node_modules/.package-lock.json").is_file() {
        return Ok(());
    }
    run_in(folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])
}

/// Installs the real Ghost where the reference tools look for it.
pub fn ghost(shared: &Path) -> Result<(), String> {
    let tool = shared.join("peer/ghost-up");
    run(&tool.display().to_string(), &["--install-only"])
}

#[cfg(test)]
mod tests {
    use super::root;

    /// The map names every crate, and no crate that is not there.
    #[test]
    fn the_map_names_the_crates() {
        let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
        let named: Vec<&str> =
            map.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        let mut there: Vec<String> = std::fs::read_dir(root().join("crates"))
            .expect("crates/ is there")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        there.sort();
        let mut named: Vec<String> = named.into_iter().map(str::to_owned).collect();
        named.sort();
        assert_eq!(named, there);
    }
}
