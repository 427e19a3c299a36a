//! A publication being served: its files, its newest state, its kept pages.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::tz::TimeZone;
use model::{Settings, SiteUrl};
use serde_json::Value as Json;
use store::Snapshot;
use theme::Theme;
use web::{Config, Facts};

use crate::cache::PageCache;
use crate::public::CardAssets;
use crate::redirects::Redirects;
use crate::routes::Routes;

/// Version of Ghost whose contract is kept, in full and short.
pub const GHOST_VERSION: (&str, &str) = ("6.65.0", "6.65");

/// What a publication is served with; the program fills it from options and configuration.
#[derive(Debug, Clone)]
pub struct Options {
    /// The public address.
    pub site: SiteUrl,
    /// Where the Admin app and the APIs are; mostly the same.
    pub admin: SiteUrl,
    /// The content folder: `themes`, `images`, `settings`, `data`.
    pub content: PathBuf,
    /// What readers can notice.
    pub config: Config,
    /// Where readers' browsers get the scripts that Ghost loads from a content network.
    pub apps: AppAddresses,
    /// Bytes of pages to keep.
    pub cache_bytes: usize,
    /// Read the theme anew when its files change, and show its errors in the browser.
    pub dev: bool,
    /// Where key points stand in themes that do not ask for them.
    pub key_points: Placing,
    /// The program that decodes AVIF; None: this process does it.
    pub avif_decoder: Option<media::Apart>,
}

/// Where key points stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Placing {
    /// Only where the theme puts them.
    #[default]
    Theme,
    /// Before the text, in every theme that does not place them itself.
    Before,
    /// After the text, likewise.
    After,
}

/// Addresses of scripts for readers' browsers; an empty one is left out.
#[derive(Debug, Clone)]
pub struct AppAddresses {
    pub portal: String,
    pub comments: String,
    pub search: String,
    pub search_styles: String,
    pub announcement: String,
    pub admin_toolbar: String,
}

/// One state of the publication: settings, routes, theme. Replaced as a whole.
pub struct State {
    /// What every door knows.
    pub facts: Facts,
    /// Where lists and entries stand.
    pub routes: Routes,
    /// The active theme, or why it cannot be used.
    pub theme: Result<Arc<Theme>, Arc<ThemeFault>>,
    /// The active theme's folder.
    pub theme_folder: PathBuf,
    /// The card files that the theme wants.
    pub card_assets: CardAssets,
    /// Addresses that lead elsewhere.
    pub redirects: Redirects,
    /// `@site`, sorted by name.
    pub site_fields: Vec<(String, Json)>,
    /// `@custom`.
    pub custom: Vec<(String, Json)>,
    /// `@labs`.
    pub labs: Vec<(String, Json)>,
    theme_name: String,
    /// What `routes` were read from, even if it could not be used.
    routes_file: Option<Vec<u8>>,
}

/// Why the active theme cannot be used.
#[derive(Debug)]
pub struct ThemeFault {
    /// For readers' error pages, as Ghost words it.
    pub message: String,
    /// For the owner: what is wrong where.
    pub problems: Vec<theme::Problem>,
    /// Whether there is no such theme at all.
    pub is_missing: bool,
}

/// A publication being served.
pub struct Publication {
    /// What it is served with.
    pub options: Options,
    /// Measures of pictures.
    pub image_sizes: crate::image_sizes::ImageSizes,
    /// Where pictures are made in other sizes.
    pub pictures: media::Studio,
    /// Kept pages.
    pub cache: PageCache,
    /// Key points, related stories, search.
    pub desk: editorial::Desk,
    /// Wrong access codes of a private publication.
    pub code_failures: web::Failures,
    state: RwLock<Option<(u64, Arc<State>)>>,
}

/// The state could not be read from the database.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The database did not answer.
    #[error("reading the settings: {0}")]
    Store(#[from] store::Error),
    /// A setting or file does not make sense.
    #[error("{0}")]
    Broken(String),
}

impl Publication {
    /// A publication that has read nothing yet.
    pub fn new(options: Options) -> Self {
        let cache = PageCache::new(options.cache_bytes);
        let images = options.content.join("images");
        let image_sizes = crate::image_sizes::ImageSizes::new(images.clone());
        let pictures = media::Studio::new(images, media::Limits::default(), options.avif_decoder.clone());
        Publication {
            options,
            image_sizes,
            pictures,
            cache,
            desk: editorial::Desk::default(),
            code_failures: web::Failures::default(),
            state: RwLock::new(None),
        }
    }

    /// The state as of this snapshot. Settings are read again when anything was written since the last time; theme,
    /// routes and redirects only when what they come from changed.
    pub fn state(&self, snapshot: &Snapshot<'_>) -> Result<Arc<State>, StateError> {
        let change = snapshot.change();
        let old = self.state.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((known, state)) = &old
            && *known >= change
            && !self.options.dev
        {
            return Ok(Arc::clone(state));
        }
        let state = Arc::new(State::load(&self.options, snapshot, old.as_ref().map(|(_, state)| &**state))?);
        let mut slot = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if slot.as_ref().is_none_or(|(known, _)| *known <= change) {
            *slot = Some((change, Arc::clone(&state)));
        }
        Ok(state)
    }

    /// The newest state that was read, if any; for answers that need no database.
    pub fn known_state(&self) -> Option<Arc<State>> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(_, state)| Arc::clone(state))
    }

    /// Forgets theme, routes and redirects, so that they are read from their files again.
    pub fn forget_files(&self) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl State {
    fn load(options: &Options, snapshot: &Snapshot<'_>, old: Option<&State>) -> Result<Self, StateError> {
        let settings = store::settings::read(snapshot, &options.site)?;
        let zone = TimeZone::get(settings.timezone()).unwrap_or_else(|_| {
            tracing::warn!(timezone = settings.timezone(), "unknown time zone in the settings; UTC is used");
            TimeZone::UTC
        });
        // Looked at each time, since a file's change comes with no notice; read anew when it did change.
        let file = Routes::file(&options.content);
        let is_as_it_was = |file: &Option<Vec<u8>>| old.is_some_and(|old| old.routes_file == *file);
        let read = match (&file, old) {
            (Ok(file), Some(old)) if is_as_it_was(file) => Ok(old.routes.clone()),
            (Ok(file), _) => Routes::of_file(&options.content, file.as_deref()),
            (Err(fault), _) => Err(fault.clone()),
        };
        // Once for each state of the file: what it names may come, or go, later.
        if let (Ok(routes), Ok(file)) = (&read, &file)
            && !is_as_it_was(file)
        {
            for doubt in routes.absent_data(snapshot)? {
                tracing::warn!("{doubt}");
            }
        }
        let routes = match (read, old) {
            (Ok(routes), _) => routes,
            (Err(fault), None) => return Err(StateError::Broken(fault)),
            // A slip in a file must not take a running publication down.
            (Err(fault), Some(old)) => {
                tracing::error!("the routes stay as they were: {fault}");
                old.routes.clone()
            }
        };
        let routes_file = file.ok().flatten();
        let redirects = Redirects::read(&options.content);
        let theme_name = settings.text("active_theme").unwrap_or("source").to_owned();
        let theme = match old {
            Some(old) if old.theme_name == theme_name && !options.dev => old.theme.clone(),
            _ => load_theme(&options.content, &theme_name),
        };
        // The first state is checked as a whole by whoever starts the server.
        if let (Some(old), Ok(theme)) = (old, &theme) {
            let known = old.theme.as_ref().map_or(&[][..], |theme| theme.problems());
            for problem in theme.problems().iter().filter(|problem| !known.contains(problem)) {
                tracing::warn!(theme = theme_name, "{problem}");
            }
        }
        let stored = store::custom_theme_settings::of_theme(snapshot, &theme_name, &options.site)?;
        let custom = custom_values(&stored, theme.as_deref().ok());
        let card_assets = CardAssets::new(
            &theme.as_ref().ok().map_or(Json::Bool(true), |theme| card_assets(&theme.package().card_assets)),
        );
        let site_fields = site_fields(&settings, options);
        let labs = settings.labs().into_iter().map(|(name, on)| (name, Json::Bool(on))).collect();
        let permalinks = routes.permalinks(zone.clone());
        let frontend_key = store::keys::frontend_key(snapshot)?;
        let facts = Facts {
            site: options.site.clone(),
            admin: options.admin.clone(),
            settings,
            zone,
            permalinks,
            config: options.config.clone(),
            frontend_key,
        };
        let theme_folder = options.content.join("themes").join(&theme_name);
        Ok(State {
            facts,
            routes,
            theme,
            theme_folder,
            card_assets,
            redirects,
            site_fields,
            custom,
            labs,
            theme_name,
            routes_file,
        })
    }
}

fn load_theme(content: &Path, name: &str) -> Result<Arc<Theme>, Arc<ThemeFault>> {
    // The name is a folder's: anything else would lead out of `themes`.
    let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    if !plain {
        let message = format!("the setting active_theme, `{name}`, is not the name of a folder");
        let problems = vec![theme::Problem::whole(name, message.clone())];
        return Err(Arc::new(ThemeFault { message, problems, is_missing: true }));
    }
    let folder = content.join("themes").join(name);
    if !folder.is_dir() {
        let message = format!("The currently active theme \"{name}\" is missing.");
        tracing::error!(theme = name, folder = %folder.display(), "the active theme's folder is missing");
        let problems = vec![theme::Problem::whole(&folder.display().to_string(), "there is no such folder")];
        return Err(Arc::new(ThemeFault { message, problems, is_missing: true }));
    }
    Theme::load(&folder).map(Arc::new).map_err(|problems| {
        let message = problems.to_string();
        tracing::error!(theme = name, problems = %message.replace('\n', "; "), "the active theme cannot be used");
        Arc::new(ThemeFault { message, problems: problems.0, is_missing: false })
    })
}

/// The theme's own settings as its templates see them: what the owner chose, else what the theme proposes.
fn custom_values(
    stored: &[store::custom_theme_settings::CustomSetting],
    theme: Option<&Theme>,
) -> Vec<(String, Json)> {
    let chosen = |key: &str, kind: Option<&str>| {
        stored.iter().find(|setting| setting.key == key && kind.is_none_or(|kind| kind == setting.kind))
    };
    let Some(theme) = theme else {
        let all = stored.iter().map(|setting| (setting.key.clone(), custom_value(setting)));
        return all.collect();
    };
    let offered = theme.package().custom.iter();
    offered
        .map(|offer| {
            let chosen = chosen(&offer.key, Some(offer.kind.name()))
                .filter(|setting| setting.value.as_deref().is_none_or(|value| offer.kind.allows(value)));
            (offer.key.clone(), chosen.map_or_else(|| offer.default.clone(), custom_value))
        })
        .collect()
}

fn custom_value(setting: &store::custom_theme_settings::CustomSetting) -> Json {
    match (setting.kind.as_str(), setting.value.as_deref()) {
        (_, None) => Json::Null,
        ("boolean", Some(value)) => Json::Bool(matches!(value, "true" | "1")),
        (_, Some(value)) => Json::String(value.to_owned()),
    }
}

/// `@site`: the public settings, with the differences that themes see.
fn site_fields(settings: &Settings, options: &Options) -> Vec<(String, Json)> {
    use model::public_settings::PublicValue;
    let mut fields: Vec<(String, Json)> = settings
        .public(&options.site, options.config.mail_from.as_deref())
        .into_iter()
        .map(|(name, value)| {
            let value = match value {
                PublicValue::Null => Json::Null,
                PublicValue::Bool(bool) => Json::Bool(bool),
                PublicValue::Text(text) => Json::String(text),
                PublicValue::Json(text) => serde_json::from_str(&text).unwrap_or(Json::Null),
            };
            (name.to_owned(), value)
        })
        .collect();
    let access = settings.raw("comments_enabled").unwrap_or("off").to_owned();
    let signup = if settings.members_enabled() {
        "#/portal".to_owned()
    } else {
        let feed = options.site.join("/rss/");
        let feed = crate::paths::encode_value(&feed);
        format!("https://feedly.com/i/subscription/feed/{feed}")
    };
    fields.retain(|(name, _)| name != "comments_enabled");
    fields.extend([
        ("comments_enabled".to_owned(), Json::Bool(access != "off")),
        ("comments_access".to_owned(), Json::String(access)),
        ("url".to_owned(), Json::String(options.site.as_str().to_owned())),
        ("admin_url".to_owned(), Json::String(options.admin.join("/ghost/"))),
        ("signup_url".to_owned(), Json::String(signup)),
    ]);
    fields.sort_by(|one, other| one.0.cmp(&other.0));
    fields
}

/// The theme's wish for card files, in the words of its `package.json`.
fn card_assets(wish: &theme::package::CardAssets) -> Json {
    use theme::package::CardAssets as Wish;
    match wish {
        Wish::All => Json::Bool(true),
        Wish::None => Json::Bool(false),
        Wish::Only(names) => serde_json::json!({ "include": names }),
        Wish::Except(names) => serde_json::json!({ "exclude": names }),
    }
}
