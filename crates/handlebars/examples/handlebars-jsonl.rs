//! Renders templates given as JSON lines: `{"template", "data", "partials"}` in, `{"output"}` or `{"error"}` out.

use std::io::{self, BufRead, Write};

#[path = "../tests/all/case.rs"]
mod case;
#[path = "../tests/all/json.rs"]
mod json;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        writeln!(out, "{}", answer(&line))?;
        // Whoever asks case by case waits for each answer.
        out.flush()?;
    }
    Ok(())
}

fn answer(line: &[u8]) -> serde_json::Value {
    let case = match std::str::from_utf8(line) {
        Ok(line) => case::Case::read(line, &[]),
        Err(error) => Err(error.to_string()),
    };
    match case.map(|case| case.render()) {
        Ok(Ok(output)) => serde_json::json!({ "output": output }),
        Ok(Err(error)) => serde_json::json!({ "error": error.handlebars_message() }),
        Err(message) => serde_json::json!({ "error": message }),
    }
}
