//! Reads filters as JSON lines {"filter"} and writes {"tree"} or {"error"}: for comparing with other readers of NQL.

use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = jiff::Timestamp::now();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        let filter = line["filter"].as_str().ok_or("a line needs a text `filter`")?;
        let answer = match nql::Filter::parse(filter, now) {
            Ok(filter) => serde_json::json!({ "tree": filter.tree().to_string() }),
            Err(error) => serde_json::json!({ "error": error.to_string() }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
