//! Scores what `courant desk related` finds on the desk's labelled collections: neighbours, near-duplicates, clusters.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Results by name, in thousandths, and where the scorer puts them.
const MEASURES: [(&str, &str); 5] = [
    ("related.ecbplus-map20", "/ecbplus/map@20"),
    ("related.ecbplus-bcubed", "/ecbplus/cluster/bcubed_f1"),
    ("related.reuters-map20", "/reuters21578/map@20"),
    ("related.reuters-duplicates-recall", "/reuters21578/duplicates/recall"),
    ("related.reuters-duplicates-precision", "/reuters21578/duplicates/precision"),
];

/// Adds the scores to `results`, rounded down.
///
/// Errors: the collections are absent, the scorer or the program failed, a measure is missing.
pub fn measure(binary: &Path, shared: &Path, results: &mut BTreeMap<String, u64>) -> Result<(), String> {
    println!("\n== scoring related stories");
    let scores = std::env::temp_dir().join(format!("courant-related-{}.json", std::process::id()));
    let status = Command::new("python3")
        .arg(shared.join("data/score/score_related.py"))
        .arg("--data")
        .arg(shared.join("data/related"))
        .args(["--bootstrap", "0", "--cmd", &format!("{} desk related", binary.display())])
        .arg("--json")
        .arg(&scores)
        .status()
        .map_err(|error| format!("score_related.py cannot be started: {error}"))?;
    let text = fs::read_to_string(&scores);
    drop(fs::remove_file(&scores));
    if !status.success() {
        return Err(format!("score_related.py failed ({status})"));
    }
    let text = text.map_err(|error| format!("{}: {error}", scores.display()))?;
    let scores: Value =
        serde_json::from_str(&text).map_err(|error| format!("what score_related.py wrote: {error}"))?;
    for (name, place) in MEASURES {
        let score = scores
            .pointer(place)
            .and_then(Value::as_f64)
            .ok_or_else(|| format!("score_related.py has no {place}"))?;
        results.insert(name.to_owned(), (score * 1000.0) as u64);
    }
    Ok(())
}
