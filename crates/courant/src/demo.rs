//! `courant demo` and `courant init`: new publications.

use std::net::SocketAddr;
use std::path::Path;

/// Makes the sample publication if absent, and serves it.
pub fn run(dir: &Path, listen: SocketAddr) -> Result<(), String> {
    let _ = (dir, listen);
    Err("the demo is not there yet".into())
}

/// Makes an empty publication.
pub fn init(dir: &Path, title: &str) -> Result<(), String> {
    let _ = (dir, title);
    Err("init is not there yet".into())
}
