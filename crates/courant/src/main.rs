//! Courant's command line. Everything that reads options, files and environment stands in this crate.

mod commands;
mod config;
mod demo;
mod desk;
mod desk_related;
mod editor;
mod front;
mod kept;
mod lenient;
mod lines;
mod newsroom;
mod patience;
mod proposed;
mod proxies;
mod say;
mod serve;
mod subdirectory;
mod timetable;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::run()
}
