//! What a publication is served with: options over the environment over a configuration file over the defaults.

mod args;
mod file;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use model::SiteUrl;
use model::site_url::FileHosts;
use proposals::Model;
use site::{AppAddresses, Options, Placing};
use web::Config;

pub use args::ServeArgs;
use file::File;

/// Everything that `serve` needs to know.
pub struct Settings {
    pub database: PathBuf,
    pub listen: SocketAddr,
    /// Proxies that are believed when they say whom they speak for; this machine always is.
    pub trusted_proxies: Vec<IpNet>,
    /// Folder of the archive's index; None: there is to be none.
    pub archive: Option<PathBuf>,
    /// Who may propose key points, if anybody.
    pub model: Option<Model>,
    /// Whether it is asked for each story that goes out or whose words change, and not by an editor's command alone.
    pub proposes_unasked: bool,
    /// Whether somebody said what the address of the publication is; else it is where the server listens.
    pub is_address_given: bool,
    pub options: Options,
}

/// The version of the scripts that Ghost loads from its content network.
const CDN: &str = "https://cdn.jsdelivr.net/ghost";
/// The command of this program that decodes an AVIF file in a process of its own.
pub const DECODE_AVIF: &str = "decode-avif";
/// Bytes of a model's answer that are read.
const MOST_ANSWER: usize = 1 << 20;
/// Mebibytes of pages to keep.
const CACHE_MIB: usize = 64;

/// Puts options over the configuration file over the defaults. A publication's folder may hold a `courant.toml`.
///
/// Errors: a sentence naming the option or the key of the file.
pub fn gather(args: &ServeArgs) -> Result<Settings, String> {
    let own_file = args.dir.as_ref().map(|dir| dir.join("courant.toml")).filter(|file| file.is_file());
    let file = match args.config.as_ref().or(own_file.as_ref()) {
        Some(path) => File::read(path)?,
        None => File::default(),
    };
    let content = args
        .content
        .clone()
        .or(file.content)
        .or_else(|| args.dir.as_ref().map(|dir| dir.join("content")))
        .ok_or(
            "which publication? Give --dir DIR, or --database FILE with --content DIR (or --config FILE)",
        )?;
    if !content.is_dir() {
        return Err(format!("the content folder {} is not there; give it with --content", content.display()));
    }
    let database =
        args.database.clone().or(file.database).unwrap_or_else(|| content.join("data").join("ghost.db"));
    let listen = match (args.listen, file.listen) {
        (Some(listen), _) => listen,
        (None, Some(listen)) => listen
            .parse()
            .map_err(|_| format!("listen: `{listen}` is no address with a port, such as 127.0.0.1:2368"))?,
        (None, None) => SocketAddr::from(([127, 0, 0, 1], 2368)),
    };
    let url = args.url.clone().or(file.url);
    let is_address_given = url.is_some();
    let url = url.unwrap_or_else(|| format!("http://{listen}"));
    let hosts = FileHosts { image: file.urls.image, media: file.urls.media, files: file.urls.files };
    let site = SiteUrl::parse(&url)?.with_files(hosts.clone());
    let last = site.subdirectory().rsplit('/').next().unwrap_or_default();
    if last.eq_ignore_ascii_case("ghost") {
        return Err(format!(
            "the public address `{url}` ends in /{last}, which is the Admin app's place: give the address that readers \
             open, without it"
        ));
    }
    let admin = match file.admin.url {
        Some(admin) => SiteUrl::parse(&admin)?.with_files(hosts),
        None => site.clone(),
    };
    let trusted_proxies =
        file.trusted_proxies.iter().map(|proxy| network(proxy)).collect::<Result<_, _>>()?;
    let small = |number: Option<u64>| number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let defaults = Config::default();
    let config = Config {
        max_limit: small(file.api.max_limit).map_or(defaults.max_limit, |limit| limit.max(1)),
        allow_limit_all: file.api.allow_limit_all.unwrap_or(false),
        frontend_max_age_s: small(file.caching.frontend_max_age_s).unwrap_or(0),
        cache_members_content: file.caching.members_content.unwrap_or(false),
        content_api_max_age_s: small(file.caching.content_api_max_age_s).unwrap_or(0),
        admin_redirects: file.admin.redirects.unwrap_or(true),
        mail_from: file.mail.from,
        referrer_policy: file.referrer_policy.unwrap_or(defaults.referrer_policy),
        structured_data: file.structured_data.unwrap_or(defaults.structured_data),
    };
    let app = |said: Option<String>, path: &str| said.unwrap_or_else(|| format!("{CDN}/{path}"));
    let apps = AppAddresses {
        portal: app(file.apps.portal, "portal@~2.71/umd/portal.min.js"),
        comments: app(file.apps.comments, "comments-ui@~1.6/umd/comments-ui.min.js"),
        search: app(file.apps.search, "sodo-search@~1.8/umd/sodo-search.min.js"),
        search_styles: app(file.apps.search_styles, "sodo-search@~1.8/umd/main.css"),
        announcement: app(file.apps.announcement, "announcement-bar@~1.1/umd/announcement-bar.min.js"),
        admin_toolbar: app(file.apps.admin_toolbar, "admin-toolbar@~0.1/umd/admin-toolbar.min.js"),
    };
    let cache_bytes = file.cache_mib.unwrap_or(CACHE_MIB).saturating_mul(1 << 20);
    let proposes_unasked = proposes_unasked(file.desk.model.as_ref())?;
    let model = file.desk.model.map(model).transpose()?;
    let key_points = placing(file.desk.key_points.as_deref())?;
    let archive = file.desk.archive.unwrap_or_else(|| content.join("data").join("courant-archive"));
    let archive = file.desk.has_archive.unwrap_or(true).then_some(archive);
    let avif_decoder = this_program().map(|program| media::Apart::new(program, &[DECODE_AVIF]));
    let options =
        Options { site, admin, content, config, apps, cache_bytes, dev: args.dev, key_points, avif_decoder };
    Ok(Settings {
        database,
        listen,
        trusted_proxies,
        archive,
        model,
        proposes_unasked,
        is_address_given,
        options,
    })
}

/// The file that this process runs; on Linux the very same, though another may have taken its name since.
fn this_program() -> Option<PathBuf> {
    let same = PathBuf::from("/proc/self/exe");
    if same.exists() { Some(same) } else { std::env::current_exe().ok() }
}

/// A language model, with its key from the environment.
fn model(file: file::Model) -> Result<Model, String> {
    if file.url.is_empty() || file.name.is_empty() {
        return Err("desk.model: it needs `url` and `name`".to_owned());
    }
    let key = match &file.key_env {
        None => None,
        Some(name) => Some(std::env::var(name).map_err(|_| {
            format!("desk.model.key_env: there is no environment variable `{name}` that holds the key")
        })?),
    };
    Ok(Model {
        url: file.url,
        name: file.name,
        key,
        timeout: Duration::from_secs(file.timeout_s.unwrap_or(60).clamp(1, 600)),
        max_answer_bytes: MOST_ANSWER,
    })
}

fn proposes_unasked(file: Option<&file::Model>) -> Result<bool, String> {
    match file.and_then(|file| file.propose.as_deref()) {
        None | Some("asked") => Ok(false),
        Some("published") => Ok(true),
        Some(other) => Err(format!("desk.model.propose: `{other}` is none of asked, published")),
    }
}

/// Where key points stand in themes that do not place them.
fn placing(text: Option<&str>) -> Result<Placing, String> {
    match text {
        None | Some("theme") => Ok(Placing::Theme),
        Some("before") => Ok(Placing::Before),
        Some("after") => Ok(Placing::After),
        Some(other) => Err(format!("desk.key_points: `{other}` is none of theme, before, after")),
    }
}

/// A network, or one address.
fn network(text: &str) -> Result<IpNet, String> {
    text.parse()
        .or_else(|_| text.parse().map(|address: std::net::IpAddr| address.into()))
        .map_err(|_| format!("trusted_proxies: `{text}` is no address or network such as 10.0.0.0/8"))
}
