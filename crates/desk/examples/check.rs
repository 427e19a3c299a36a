//! `courant desk check` without the rest of the program: for measuring while the rules change. `--publish` as there.

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut checker = desk::jsonl::Checker::new(std::env::args().any(|arg| arg == "--publish"));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", checker.answer(&line?))?;
    }
    out.flush()
}
