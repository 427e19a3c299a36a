//! The commands and their options. A wrong one says what is wrong, where, and what to do.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{DECODE_AVIF, ServeArgs};
use crate::say::{complain, say};

/// A publishing server for newsrooms that speaks Ghost.
#[derive(Parser)]
#[command(name = "courant", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make ./courant-demo (a sample publication) if absent, and serve it.
    Demo(DemoArgs),
    /// Make an empty publication in a folder.
    Init(InitArgs),
    /// Serve a publication.
    Serve(ServeArgs),
    /// Look a theme over.
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Render documents: JSON lines {"lexical"} or {"mobiledoc"} in, {"html", "plaintext"} out.
    RenderLexical,
    /// Decode one AVIF file from standard input: what the server has done apart.
    #[command(name = DECODE_AVIF, hide = true)]
    DecodeAvif,
    /// The desk's analysis of texts.
    #[command(subcommand)]
    Desk(crate::desk::DeskCommand),
}

#[derive(Args)]
struct DemoArgs {
    /// Where to make it.
    #[arg(long, default_value = "courant-demo")]
    dir: PathBuf,
    /// Address and port to listen on.
    #[arg(long, env = "COURANT_LISTEN", default_value = "127.0.0.1:2368")]
    listen: SocketAddr,
}

#[derive(Args)]
struct InitArgs {
    /// The folder to make it in.
    dir: PathBuf,
    /// The publication's name.
    #[arg(long, default_value = "A new publication")]
    title: String,
    /// The name of its owner, in whose name editors act; goes with --email.
    #[arg(long, value_name = "NAME", requires = "email", value_parser = crate::demo::owners_name)]
    owner: Option<String>,
    /// The owner's e-mail address, with which Ghost's Admin app lets her in; goes with --owner.
    #[arg(long, value_name = "ADDRESS", requires = "owner", value_parser = crate::demo::owners_email)]
    email: Option<String>,
}

#[derive(Subcommand)]
enum ThemeCommand {
    /// List what a theme needs that is not there, and errors with file:line:column.
    Check {
        /// The theme's folder.
        dir: PathBuf,
    },
}

/// Runs the command line. Exit code 2 for wrong use, 1 for failures.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Demo(args) => crate::demo::run(&args.dir, args.listen),
        Command::Init(args) => crate::demo::init(&args.dir, &args.title, args.owner.zip(args.email)),
        Command::Serve(args) => crate::serve::run(args),
        Command::Theme(ThemeCommand::Check { dir }) => return check_theme(&dir),
        Command::RenderLexical => render_lexical(),
        Command::DecodeAvif => decode_avif(),
        Command::Desk(command) => crate::desk::run(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            complain!("courant: {message}");
            ExitCode::FAILURE
        }
    }
}

fn check_theme(dir: &std::path::Path) -> ExitCode {
    let findings = theme::check::check(dir);
    let n_fatal = findings.iter().filter(|finding| finding.level == theme::check::Level::Fatal).count();
    for finding in &findings {
        say!("{finding}");
    }
    say!("{} findings, {n_fatal} of them fatal", findings.len());
    if n_fatal > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn decode_avif() -> Result<(), String> {
    media::decode_apart(&mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map_err(|error| format!("decoding AVIF: {error}"))
}

fn render_lexical() -> Result<(), String> {
    let options = document::RenderOptions::default();
    crate::lines::answer_each(|line| document::jsonl::answer(line, &options))
}
