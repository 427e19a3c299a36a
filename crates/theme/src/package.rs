//! `package.json` of a theme: what it asks of the site, and which settings it offers.

use serde_json::{Map, Value as Json};

use crate::images::ImageSize;

/// What a theme's `package.json` says, with Ghost's defaults for what it does not say.
#[derive(Clone, Debug)]
pub struct Package {
    /// `name`.
    pub name: String,
    /// `version`.
    pub version: String,
    /// The whole file, for those who show it.
    pub json: Json,
    /// `config.posts_per_page`; 5 if not said.
    pub posts_per_page: Json,
    /// `config.image_sizes` by name.
    pub image_sizes: Map<String, Json>,
    /// `config.card_assets`: which cards' styles and scripts the server adds.
    pub card_assets: CardAssets,
    /// `config.custom`: settings of the theme's own, in order.
    pub custom: Vec<CustomSetting>,
}

/// Which cards' styles and scripts are put into `cards.min.css` and `cards.min.js`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardAssets {
    /// Those of all cards.
    All,
    /// None.
    None,
    /// Those of these cards.
    Only(Vec<String>),
    /// All but those of these cards.
    Except(Vec<String>),
}

/// A setting that a theme offers.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomSetting {
    /// Its name in `@custom`.
    pub key: String,
    /// What values it takes.
    pub kind: SettingKind,
    /// Its value until somebody sets it; null where there is none.
    pub default: Json,
    /// `post` or `homepage`: where the Admin app shows it.
    pub group: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// When it is shown, in the filter language over the other settings.
    pub visibility: Option<String>,
}

/// Values that a setting takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// One of these.
    Select(Vec<String>),
    /// Yes or no.
    Boolean,
    /// A colour such as `#15171a`.
    Color,
    /// The address of a picture.
    Image,
    /// Words.
    Text,
}

impl SettingKind {
    /// Its name in `package.json` and in the database.
    pub fn name(&self) -> &'static str {
        match self {
            SettingKind::Select(_) => "select",
            SettingKind::Boolean => "boolean",
            SettingKind::Color => "color",
            SettingKind::Image => "image",
            SettingKind::Text => "text",
        }
    }

    /// Whether this value can be chosen (still).
    pub fn allows(&self, value: &str) -> bool {
        match self {
            SettingKind::Select(options) => options.iter().any(|option| option == value),
            _ => true,
        }
    }
}

impl Package {
    /// Reads the text of a `package.json`. Errors: the words and place of the JSON reader.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        Ok(Self::of(serde_json::from_str(text)?))
    }

    /// What a theme without `package.json` has.
    pub fn absent() -> Self {
        Self::of(Json::Null)
    }

    fn of(json: Json) -> Self {
        let text = |name: &str| json.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
        let config = |name: &str| json.get("config").and_then(|config| config.get(name));
        let package = Self {
            name: text("name"),
            version: text("version"),
            posts_per_page: config("posts_per_page").cloned().unwrap_or(Json::from(5)),
            image_sizes: config("image_sizes").and_then(Json::as_object).cloned().unwrap_or_default(),
            card_assets: card_assets(config("card_assets")),
            custom: config("custom").and_then(Json::as_object).map_or_else(Vec::new, custom),
            json: Json::Null,
        };
        Self { json, ..package }
    }

    /// One of the theme's sizes of pictures.
    pub fn image_size(&self, name: &str) -> Option<ImageSize> {
        let size = self.image_sizes.get(name)?;
        let pixels = |side: &str| match size.get(side)? {
            Json::Number(number) => number.as_f64().filter(|pixels| *pixels != 0.0),
            Json::String(text) => text.parse().ok(),
            _ => None,
        };
        Some(ImageSize { width: pixels("width"), height: pixels("height") })
    }

    /// Posts on a page of a list, where the package says a number.
    pub fn n_posts_per_page(&self) -> Option<u32> {
        self.posts_per_page.as_u64().and_then(|n| u32::try_from(n).ok())
    }
}

fn card_assets(json: Option<&Json>) -> CardAssets {
    let names = |list: &Json| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
    };
    match json {
        None | Some(Json::Bool(true)) => CardAssets::All,
        Some(Json::Object(fields)) => match (fields.get("include"), fields.get("exclude")) {
            (Some(include), _) => CardAssets::Only(names(include)),
            (None, Some(exclude)) => CardAssets::Except(names(exclude)),
            (None, None) => CardAssets::None,
        },
        Some(_) => CardAssets::None,
    }
}

fn custom(settings: &Map<String, Json>) -> Vec<CustomSetting> {
    settings
        .iter()
        .filter_map(|(key, json)| {
            let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
            let kind = match json.get("type").and_then(Json::as_str)? {
                "select" => SettingKind::Select(
                    json.get("options")
                        .and_then(Json::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(Json::as_str)
                        .map(str::to_owned)
                        .collect(),
                ),
                "boolean" => SettingKind::Boolean,
                "color" => SettingKind::Color,
                "image" => SettingKind::Image,
                "text" => SettingKind::Text,
                _ => return None,
            };
            Some(CustomSetting {
                key: key.clone(),
                kind,
                default: json.get("default").cloned().unwrap_or(Json::Null),
                group: text("group"),
                description: text("description"),
                visibility: text("visibility"),
            })
        })
        .collect()
}
