//! `cargo xtask theme`: joins the theme's style, a file for each thing that it dresses, to the one file that pages ask for.
//!
//! One file, since each more costs a reader on a slow line a journey before anything is painted.

use std::fs;
use std::path::{Path, PathBuf};

/// In this order: a later one may overrule an earlier one.
const PARTS: [&str; 10] =
    ["base", "furniture", "card", "front", "lists", "membership", "story", "notes", "text", "wishes"];

/// Writes the joined file.
pub fn join() -> Result<(), String> {
    let joined = joined()?;
    fs::write(target(), joined).map_err(|error| format!("{}: {error}", target().display()))
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/courant/assets")
}

fn target() -> PathBuf {
    assets().join("courant.css")
}

fn joined() -> Result<String, String> {
    let mut out = String::from("/* Joined from the files in css/ by `cargo xtask theme`. */\n");
    for part in PARTS {
        let file = assets().join(format!("css/{part}.css"));
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        out.push_str(&lean(&text));
    }
    Ok(out)
}

/// The style without comments, indentation and empty lines.
fn lean(css: &str) -> String {
    let mut said = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        said.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    said.push_str(rest);
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_joined_style_is_in_step_with_its_parts() {
        let written = fs::read_to_string(target()).unwrap();
        assert!(written == joined().unwrap(), "run `cargo xtask theme`");
        let mut files: Vec<String> = fs::read_dir(assets().join("css"))
            .unwrap()
            .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        let mut parts = PARTS.map(str::to_owned).to_vec();
        files.sort();
        parts.sort();
        assert_eq!(files, parts);
    }

    #[test]
    fn comments_and_indentation_are_left_out() {
        assert_eq!(lean("/* A */\na {\n    b: c; /* d */\n}\n\ne {}\n"), "a {\nb: c;\n}\ne {}\n");
    }
}
