//! `courant demo` and `courant init`: new publications. What is half made is never served as if it were whole.

mod days;
mod doors;
mod folder;
mod lexical;
mod manuscript;
mod owner;
mod sample;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use model::edit::newsletter::NewsletterEdit;
use model::edit::theme_setting::{ThemeSetting, ThemeSettingKind};
use model::edit::tier::TierEdit;
use model::edit::{Actor, Change};
use model::{SiteUrl, Visibility};
use store::acts::{newsletters, settings, theme_settings, tiers};
use store::schema::{self, NewOwner, NewPublication, SigningKey};
use store::{Act, ActError, Chance, Database, OpenOptions, WriteError, WriteTransaction, Writer};

use self::folder::{Place, Unfinished};
use self::sample::Sample;
use crate::config::ServeArgs;
use crate::say::say;
use crate::serve::Listening;
use crate::{config, serve};

pub use self::owner::{owners_email, owners_name};

/// The theme that a new publication begins with.
const THEME: &str = "courant";
static THEME_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../themes/courant");

/// Makes the sample publication if absent, and serves it.
pub fn run(dir: &Path, listen: SocketAddr) -> Result<(), String> {
    let sample = Sample::read(Timestamp::now())?;
    match folder::look(dir)? {
        Place::Free => make_demo(dir, &sample)?,
        Place::Demo => say!("Serving the sample publication in {} as it is.", dir.display()),
        Place::Publication => {
            return Err(format!(
                "{0} holds a publication that is not the demo: serve it with `courant serve --dir {0}`, or choose another place with --dir",
                dir.display()
            ));
        }
        Place::Taken => {
            return Err(format!(
                "{} has other things in it and no demo: choose another place with --dir",
                dir.display()
            ));
        }
    }
    let listening = Listening::start(listen)?;
    let args = ServeArgs {
        dir: Some(dir.to_owned()),
        listen: Some(listening.address),
        url: Some(format!("http://{}", reachable(listening.address))),
        ..ServeArgs::default()
    };
    let settings = config::gather(&args)?;
    let key = content_key(&settings.database)?;
    let doors = doors::open(dir, &settings.database)?;
    serve::serve(settings, listening, doors, |url| print_doors(url, &sample, key.as_deref()))
}

/// Makes an empty publication; `owner` is her name and address.
pub fn init(dir: &Path, title: &str, owner: Option<(String, String)>) -> Result<(), String> {
    if folder::look(dir)? != Place::Free {
        return Err(format!(
            "{} is not empty, and nothing in it was touched: choose a new folder or an empty one",
            dir.display()
        ));
    }
    say!("Making the publication {title} in {}", dir.display());
    let unfinished = Unfinished::begin(dir)?;
    let owner = owner.map(|(name, email)| owner::with_no_password(name, email));
    let owns = owner.as_ref().map(|owner| format!("{} <{}>", owner.name, owner.email));
    begin(&unfinished, &New { owner, ..empty(title) })?;
    let title = title.to_owned();
    write(&unfinished, move |tx, act| {
        shut_sign_up(tx, act)?;
        set(tx, act, &[("navigation", r#"[{"label":"Home","url":"/"}]"#), ("secondary_navigation", "[]")])?;
        name_offerings(tx, act, &title)?;
        set_theme_settings(tx, act, &[])
    })?;
    unfinished.finish()?;
    match owns {
        Some(owner) => say!("  owner {owner}"),
        None => say!(
            "  no owner yet: editors' acts (`courant desk points --approve`, `correct`) need one. Make the publication in \
             a new folder with --owner NAME --email ADDRESS, or set it up in Ghost's Admin app on the same database."
        ),
    }
    say!("Done. Serve it with `courant serve --dir {0} --url https://YOUR.ADDRESS`.", dir.display());
    Ok(())
}

fn empty(title: &str) -> New<'_> {
    New { title, description: "", locale: "en", timezone: "Etc/UTC", owner: None }
}

/// What the first rows of a new publication say.
struct New<'a> {
    title: &'a str,
    description: &'a str,
    locale: &'a str,
    timezone: &'a str,
    /// None: whoever opens the Admin app first becomes the owner.
    owner: Option<NewOwner>,
}

fn make_demo(dir: &Path, sample: &Sample) -> Result<(), String> {
    say!("Making a sample publication in {}", dir.display());
    let unfinished = Unfinished::begin(dir)?;
    let new = New {
        title: &sample.title,
        description: &sample.description,
        locale: &sample.locale,
        timezone: &sample.timezone,
        owner: None,
    };
    begin(&unfinished, &new)?;
    let n_files = sample.write_files(&unfinished)?;
    say!("  {n_files} pictures and files");
    let (n_stories, n_pages) = sample.n_texts();
    say!("  {n_stories} stories, {n_pages} pages");
    let rows = sample.clone();
    let sessions = write(&unfinished, move |tx, act| {
        shut_sign_up(tx, act)?;
        name_offerings(tx, act, &rows.title)?;
        set_theme_settings(tx, act, &rows.theme_settings())?;
        rows.add(tx, act)
    })?;
    doors::mark(&unfinished, sample.members(), &sessions)?;
    unfinished.mark_as_demo()?;
    unfinished.finish()
}

/// Folders, theme, keys and database: what every publication begins with.
fn begin(unfinished: &Unfinished, new: &New<'_>) -> Result<(), String> {
    for name in ["data", "files", "images", "logs", "media", "public", "settings"] {
        unfinished.make_folder(name)?;
    }
    unfinished.write_all(&format!("themes/{THEME}"), &THEME_FILES)?;
    say!("  theme {THEME}");
    let (site_key, members_key) = signing_keys()?;
    let publication = NewPublication {
        title: new.title.to_owned(),
        description: new.description.to_owned(),
        locale: new.locale.to_owned(),
        timezone: new.timezone.to_owned(),
        theme: THEME.to_owned(),
        owner: new.owner.clone(),
        first_posts: false,
        site_key,
        members_key,
    };
    schema::create(&unfinished.database(), &publication, Timestamp::now(), Chance::of_system())
        .map_err(|error| error.to_string())?;
    say!("  database");
    Ok(())
}

/// Two pairs, each on a core of its own: this is what making a publication waits for.
fn signing_keys() -> Result<(SigningKey, SigningKey), String> {
    let other = std::thread::spawn(SigningKey::generate);
    let site = SigningKey::generate();
    let members = other.join().map_err(|_| "the signing keys cannot be made".to_owned())?;
    let fault = |error| format!("the signing keys cannot be made: {error}");
    Ok((site.map_err(fault)?, members.map_err(fault)?))
}

/// Runs one change on the new database and closes it, so that everything lies in the one file.
fn write<T: Send + 'static>(
    unfinished: &Unfinished,
    change: impl Fn(&WriteTransaction<'_>, &Act) -> Result<T, ActError> + Send + 'static,
) -> Result<T, String> {
    // Addresses are written as placeholders, so that no address of the publication can be meant.
    let site = SiteUrl::parse("http://localhost").map_err(|error| error.to_string())?;
    let act = Act { by: Actor::System, at: Timestamp::now(), site };
    let database =
        Database::open(&unfinished.database(), &OpenOptions::default()).map_err(|error| error.to_string())?;
    let writer = Writer::start(&database, Chance::of_system(), |_| {}).map_err(|error| error.to_string())?;
    writer
        .write(move |tx| change(tx, &act))
        .wait()
        .map_err(|error: ActError| format!("the new publication cannot be written: {error}"))
}

/// Gives settings their values.
fn set(tx: &WriteTransaction<'_>, act: &Act, pairs: &[(&str, &str)]) -> Result<(), ActError> {
    let pairs: Vec<(String, Option<String>)> =
        pairs.iter().map(|(key, value)| ((*key).to_owned(), Some((*value).to_owned()))).collect();
    settings::edit(tx, act, &pairs).map(drop)
}

/// Readers cannot sign up or comment yet, so nothing invites them to. With the members' doors this goes.
fn shut_sign_up(tx: &WriteTransaction<'_>, act: &Act) -> Result<(), ActError> {
    set(tx, act, &[("members_signup_access", "none"), ("comments_enabled", "off")])
}

/// The paid tier and the newsletter that every publication begins with get the publication's name, as when Ghost is set
/// up.
fn name_offerings(tx: &WriteTransaction<'_>, act: &Act, title: &str) -> Result<(), ActError> {
    if let Some(tier) = tiers::find(tx, sample::FIRST_TIER)? {
        tiers::edit(tx, act, &tier, &TierEdit { name: Change::To(title.into()), ..TierEdit::default() })?;
    }
    if let Some(newsletter) = newsletters::find(tx, "default-newsletter")? {
        let edit = NewsletterEdit { name: Change::To(title.into()), ..NewsletterEdit::default() };
        newsletters::edit(tx, act, &newsletter, &edit)?;
    }
    Ok(())
}

/// Gives the theme's settings their values: `chosen` (name, value), else the default of the theme's `package.json`.
fn set_theme_settings(
    tx: &WriteTransaction<'_>,
    act: &Act,
    chosen: &[(String, String)],
) -> Result<(), ActError> {
    let broken = |what: &str| WriteError::Broken(format!("package.json of the theme {THEME}: {what}"));
    let package = THEME_FILES.get_file("package.json").ok_or_else(|| broken("absent"))?;
    let package: serde_json::Value =
        serde_json::from_slice(package.contents()).map_err(|error| broken(&error.to_string()))?;
    let custom = package.pointer("/config/custom").and_then(serde_json::Value::as_object);
    let mut wanted = Vec::new();
    for (name, setting) in custom.into_iter().flatten() {
        let word = setting.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
        let kind = ThemeSettingKind::parse(word)
            .ok_or_else(|| broken(&format!("{name} is of no known type ({word})")))?;
        let options = setting.get("options").and_then(serde_json::Value::as_array).into_iter().flatten();
        let options = options.filter_map(|option| option.as_str().map(str::to_owned)).collect();
        let default = match setting.get("default") {
            Some(serde_json::Value::String(text)) => Some(text.clone()),
            Some(serde_json::Value::Bool(bool)) => Some(bool.to_string()),
            _ => None,
        };
        let value = chosen.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).or(default);
        wanted.push((ThemeSetting { key: name.clone(), kind, options }, value));
    }
    theme_settings::edit(tx, act, THEME, &wanted).map(drop)
}

/// The key that the publication's own pages carry; None when somebody took it away.
fn content_key(database: &Path) -> Result<Option<String>, String> {
    let database = Database::open(database, &OpenOptions::default()).map_err(|error| error.to_string())?;
    let readers = database.readers(1).map_err(|error| error.to_string())?;
    let Some(reader) = readers.first() else { return Ok(None) };
    let snapshot = reader.snapshot().map_err(|error| error.to_string())?;
    store::keys::frontend_key(&snapshot).map_err(|error| error.to_string())
}

/// Says what to open.
fn print_doors(url: &str, sample: &Sample, key: Option<&str>) {
    let url = url.trim_end_matches('/');
    say!("\n{} is at {url}/\n", sample.title);
    let first_for = |readers: Visibility| sample.stories.iter().find(|story| story.visibility == readers);
    if let Some(story) = first_for(Visibility::Public) {
        say!("  a story             {url}/{}/", story.slug);
    }
    if let Some(story) = first_for(Visibility::Members) {
        say!("  one for members     {url}/{}/", story.slug);
    }
    if let Some(story) = first_for(Visibility::Paid) {
        say!("  one for subscribers {url}/{}/", story.slug);
    }
    for member in sample.members() {
        say!("  read as {:<11} {url}{}", member.door, doors::path(&member.door));
    }
    if let Some(key) = key {
        say!("  the Content API     {url}/ghost/api/content/posts/?key={key}");
    }
    say!("\nStop it with Ctrl+C.");
}

/// Where a browser on this machine finds it: "all addresses" is none that can be opened.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}
