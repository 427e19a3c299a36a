//! `courant desk digest` without the rest of the program.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", desk::jsonl::digest(&line?))?;
    }
    out.flush()
}
