//! Renders templates given as JSON lines: `{"template", "data", "partials"}` in, `{"output"}` or `{"error"}` out.

use std::io::{self, BufRead, Write};

#[path = "../tests/all/case.rs"]
mod case;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match case::Case::read(&line).map(|case| case.render()) {
            Ok(Ok(output)) => serde_json::json!({ "output": output }),
            Ok(Err(error)) => serde_json::json!({ "error": error.handlebars_message() }),
            Err(message) => serde_json::json!({ "error": message }),
        };
        writeln!(out, "{answer}")?;
        // Whoever asks case by case waits for each answer.
        out.flush()?;
    }
    Ok(())
}
