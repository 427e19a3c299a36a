//! Reads json lines `{"lexical"}` or `{"mobiledoc"}` and writes json lines `{"html","plaintext"}`.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let options = document::RenderOptions::default();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            writeln!(out, "{}", document::jsonl::answer(&line, &options))?;
        }
    }
    Ok(())
}
