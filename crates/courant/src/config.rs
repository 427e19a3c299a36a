//! What a publication is served with: from options, the environment, `courant.toml` or Ghost's own `config.*.json`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use model::SiteUrl;
use serde_json::Value as Json;
use site::{AppAddresses, Options};
use web::Config;

use crate::commands::ServeArgs;

/// Everything that `serve` needs to know.
pub struct Settings {
    pub database: PathBuf,
    pub listen: SocketAddr,
    pub options: Options,
}

/// The version of the scripts that Ghost loads from its content network.
const CDN: &str = "https://cdn.jsdelivr.net/ghost";

/// Puts options over the configuration file over the defaults.
///
/// Errors: a sentence naming the option or the key of the file.
pub fn gather(args: &ServeArgs) -> Result<Settings, String> {
    let file = match &args.config {
        Some(path) => read(path)?,
        None => Json::Null,
    };
    let base = args.config.as_deref().and_then(Path::parent).unwrap_or(Path::new("."));
    let text = |pointer: &str| file.pointer(pointer).and_then(Json::as_str).map(str::to_owned);
    let path = |pointer: &str| text(pointer).map(|path| base.join(path));

    let content = args
        .content
        .clone()
        .or_else(|| path("/paths/contentPath"))
        .or_else(|| args.dir.as_ref().map(|dir| dir.join("content")))
        .ok_or(
            "which publication? Give --dir DIR, or --database FILE with --content DIR (or --config FILE)",
        )?;
    if !content.is_dir() {
        return Err(format!("the content folder {} is not there; give it with --content", content.display()));
    }
    if let Some(client) = text("/database/client").filter(|client| client.starts_with("mysql")) {
        return Err(format!(
            "the configuration names a {client} database; this version opens SQLite files only"
        ));
    }
    let database = args
        .database
        .clone()
        .or_else(|| path("/database/connection/filename"))
        .unwrap_or_else(|| content.join("data").join("ghost.db"));
    let listen = match args.listen {
        Some(listen) => listen,
        None => {
            let host = text("/server/host").unwrap_or_else(|| "127.0.0.1".into());
            let port = file.pointer("/server/port").and_then(Json::as_u64).unwrap_or(2368);
            format!("{host}:{port}")
                .parse()
                .map_err(|_| format!("server.host and server.port: `{host}:{port}` is no address"))?
        }
    };
    let url = args.url.clone().or_else(|| text("/url")).unwrap_or_else(|| format!("http://{listen}"));
    let site = SiteUrl::parse(&url)?;
    let admin = match text("/admin/url") {
        Some(admin) => SiteUrl::parse(&admin)?,
        None => site.clone(),
    };
    let seconds = |pointer: &str| {
        file.pointer(pointer)
            .and_then(Json::as_u64)
            .and_then(|seconds| u32::try_from(seconds).ok())
            .unwrap_or(0)
    };
    let defaults = Config::default();
    let config = Config {
        max_limit: match file.pointer("/optimization/maxLimit").and_then(Json::as_u64) {
            Some(limit) => u32::try_from(limit).unwrap_or(u32::MAX).max(1),
            None => defaults.max_limit,
        },
        allow_limit_all: file.pointer("/optimization/allowLimitAll").and_then(Json::as_bool).unwrap_or(false),
        frontend_max_age_s: seconds("/caching/frontend/maxAge"),
        content_api_max_age_s: seconds("/caching/contentAPI/maxAge"),
        admin_redirects: file.pointer("/admin/redirects").and_then(Json::as_bool).unwrap_or(true),
        mail_from: text("/mail/from"),
    };
    let app = |name: &str, version: &str, file_name: &str| {
        text(&format!("/{name}/url")).unwrap_or_else(|| format!("{CDN}/{version}/{file_name}"))
    };
    let apps = AppAddresses {
        portal: app("portal", "portal@~2.71", "umd/portal.min.js"),
        comments: app("comments", "comments-ui@~1.6", "umd/comments-ui.min.js"),
        search: app("sodoSearch", "sodo-search@~1.8", "umd/sodo-search.min.js"),
        search_styles: text("/sodoSearch/styles")
            .unwrap_or_else(|| format!("{CDN}/sodo-search@~1.8/umd/main.css")),
        announcement: app("announcementBar", "announcement-bar@~1.1", "umd/announcement-bar.min.js"),
        admin_toolbar: app("adminToolbar", "admin-toolbar@~0.1", "umd/admin-toolbar.min.js"),
    };
    let options = Options { site, admin, content, config, apps, cache_bytes: 64 << 20, dev: args.dev };
    Ok(Settings { database, listen, options })
}

fn read(path: &Path) -> Result<Json, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the configuration {}: {error}", path.display()))?;
    if path.extension().is_some_and(|extension| extension == "json") {
        return serde_json::from_str(&text)
            .map_err(|error| format!("the configuration {}: {error}", path.display()));
    }
    Err(format!("the configuration {}: only Ghost's config.*.json is read by this version", path.display()))
}
