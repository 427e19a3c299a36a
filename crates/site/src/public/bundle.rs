//! The two card files of a theme: which cards it asks for, joined and shortened. Ghost's rules for `card_assets`.

use serde_json::Value;

use super::{Asset, CSS, JS};

/// Card names in the order of the bundle, with their text.
const STYLES: [(&str, &str); 16] = [
    ("audio", include_str!("cards/audio.css")),
    ("blockquote", include_str!("cards/blockquote.css")),
    ("bookmark", include_str!("cards/bookmark.css")),
    ("button", include_str!("cards/button.css")),
    ("callout", include_str!("cards/callout.css")),
    ("collection", include_str!("cards/collection.css")),
    ("cta", include_str!("cards/cta.css")),
    ("file", include_str!("cards/file.css")),
    ("gallery", include_str!("cards/gallery.css")),
    ("header", include_str!("cards/header.css")),
    ("nft", include_str!("cards/nft.css")),
    ("product", include_str!("cards/product.css")),
    ("signup", include_str!("cards/signup.css")),
    ("toggle", include_str!("cards/toggle.css")),
    ("transistor", include_str!("cards/transistor.css")),
    ("video", include_str!("cards/video.css")),
];

const SCRIPTS: [(&str, &str); 4] = [
    ("audio", include_str!("cards/audio.js")),
    ("gallery", include_str!("cards/gallery.js")),
    ("toggle", include_str!("cards/toggle.js")),
    ("video", include_str!("cards/video.js")),
];

/// Needed by `audio` and `video`, once.
const PLAYER: &str = include_str!("cards/player.js");
/// Rides along with other scripts where signup cards are styled: alone it would make a file that Ghost does not have.
const SIGNUP: &str = include_str!("cards/signup.js");

/// The card files for one theme, made once when the theme is loaded.
#[derive(Clone, Debug)]
pub struct CardAssets {
    css: Option<Asset>,
    js: Option<Asset>,
}

impl CardAssets {
    /// From the theme's `package.json`, `config.card_assets`.
    ///
    /// Shape: `true` all; `{"include": […]}` only these (it wins over `exclude`); `{"exclude": […]}` all but these;
    /// `false`, nothing at all, or anything else none. Ghost's default for a theme without the entry is `true`: the caller's.
    pub fn new(config: &Value) -> Self {
        let wanted = |name: &str| -> bool {
            let listed = |list: &Value| match list {
                Value::Array(names) => names.iter().any(|n| n.as_str() == Some(name)),
                _ => false,
            };
            match config {
                Value::Bool(all) => *all,
                Value::Object(rules) => match (rules.get("include"), rules.get("exclude")) {
                    (Some(include), _) => listed(include),
                    (None, Some(exclude)) => !listed(exclude),
                    (None, None) => false,
                },
                _ => false,
            }
        };
        Self { css: styles(&wanted), js: scripts(&wanted) }
    }

    /// Every card.
    pub fn all() -> Self {
        Self::new(&Value::Bool(true))
    }

    /// `cards.min.css`, unless the theme wants none of it.
    pub fn css(&self) -> Option<&Asset> {
        self.css.as_ref()
    }

    /// `cards.min.js`, unless the theme wants none of it.
    pub fn js(&self) -> Option<&Asset> {
        self.js.as_ref()
    }
}

fn styles(wanted: &dyn Fn(&str) -> bool) -> Option<Asset> {
    let text: String =
        STYLES.iter().filter(|(name, _)| wanted(name)).map(|(_, text)| shorten(text)).collect();
    (!text.is_empty()).then(|| Asset::new(text, CSS))
}

fn scripts(wanted: &dyn Fn(&str) -> bool) -> Option<Asset> {
    let chosen: Vec<_> = SCRIPTS.iter().filter(|(name, _)| wanted(name)).collect();
    if chosen.is_empty() {
        return None;
    }
    let has_player = chosen.iter().any(|(name, _)| matches!(*name, "audio" | "video"));
    // One function around all, so that the cards share the player and leave no names behind in the page.
    let mut text = String::from("(function(){\n\"use strict\";\n");
    if has_player {
        text.push_str(&shorten(PLAYER));
    }
    // A fault in one card's script leaves the others alive.
    let mut card = |script: &str| {
        text.push_str("try{\n");
        text.push_str(&shorten(script));
        text.push_str("}catch(error){console.error(error)}\n");
    };
    for (_, script) in chosen {
        card(script);
    }
    if wanted("signup") {
        card(SIGNUP);
    }
    text.push_str("})();\n");
    Some(Asset::new(text, JS))
}

/// Leaves out indentation, empty lines and comments that fill whole lines. Our files have no text that spans lines,
/// and gzip does the rest: no other shortening is worth its risk.
pub(super) fn shorten(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            short.push_str(line);
            short.push('\n');
        }
    }
    short
}
