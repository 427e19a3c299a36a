//! What the command line says of a publication.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Options of `courant serve`.
#[derive(Args, Default)]
pub struct ServeArgs {
    /// Folder of the publication: holds content/ and, unless given otherwise, content/data/ghost.db.
    #[arg(long, env = "COURANT_DIR")]
    pub dir: Option<PathBuf>,
    /// courant.toml, or Ghost's own config.*.json.
    #[arg(long, env = "COURANT_CONFIG")]
    pub config: Option<PathBuf>,
    /// The SQLite database.
    #[arg(long, env = "COURANT_DATABASE")]
    pub database: Option<PathBuf>,
    /// The content folder: themes, images, settings.
    #[arg(long, env = "COURANT_CONTENT")]
    pub content: Option<PathBuf>,
    /// The public address, such as https://example.com.
    #[arg(long, env = "COURANT_URL")]
    pub url: Option<String>,
    /// Address and port to listen on [default: 127.0.0.1:2368].
    #[arg(long, env = "COURANT_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Reload the theme when its files change, and show its errors in the browser.
    #[arg(long)]
    pub dev: bool,
}
