//! Project chores: `cargo xtask test` runs everything that can be tested, `cargo xtask conformance` compares with the
//! real Ghost's recorded answers. Both install what they need and say what they could not do. `cargo xtask theme` joins the
//! theme's style.

mod conformance;
mod related;
mod setup;
mod steps;
mod theme;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("test") => steps::test(),
        Some("conformance") => conformance::run(),
        Some("theme") => theme::join(),
        _ => Err("usage: cargo xtask test | conformance | theme".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
