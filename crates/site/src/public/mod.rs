//! The files under `/public/` that the server brings itself: style and scripts of editor cards, of built-in pages,
//! of comment counts. All are our own; knows nothing of HTTP, and never reads the disk.

mod bundle;

use std::sync::LazyLock;

use bytes::Bytes;

pub use bundle::CardAssets;

/// One file, ready to be sent. Cloning it copies no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub bytes: Bytes,
    /// As Ghost names it, without a charset.
    pub content_type: &'static str,
    /// Quoted, as the header `ETag` wants it.
    pub etag: String,
}

impl Asset {
    /// What `{{asset}}` and `{{ghost_head}}` put behind `?v=`: 16 characters that change with the text.
    pub fn version(&self) -> &str {
        self.etag.trim_matches('"')
    }

    fn new(text: String, content_type: &'static str) -> Self {
        let etag = format!("\"{}\"", fingerprint(text.as_bytes()));
        Self { bytes: Bytes::from(text), content_type, etag }
    }
}

const CSS: &str = "text/css";
const JS: &str = "application/javascript";

static FILES: LazyLock<Vec<(&str, Asset)>> = LazyLock::new(|| {
    [
        ("ghost.css", CSS, false, include_str!("files/ghost.css")),
        ("ghost.min.css", CSS, true, include_str!("files/ghost.css")),
        ("ghost-stats.min.js", JS, true, include_str!("files/ghost-stats.js")),
        ("comment-counts.min.js", JS, true, include_str!("files/comment-counts.js")),
        ("member-attribution.min.js", JS, true, include_str!("files/member-attribution.js")),
        ("private.js", JS, false, include_str!("files/private.js")),
        ("private.min.js", JS, true, include_str!("files/private.js")),
    ]
    .into_iter()
    .map(|(name, content_type, small, text)| {
        let text = if small { bundle::shorten(text) } else { text.to_owned() };
        (name, Asset::new(text, content_type))
    })
    .collect()
});

/// The file that a request for `path` gets.
///
/// Shape: `path` is the path of the request below the site, with or without its first slash
/// (`/public/cards.min.css`); `None` where Ghost answers 404: unknown names, and card files of which the theme wants nothing.
/// Cost: no text is copied; the files are made once a process, the card files once a theme (`CardAssets`).
pub fn find(path: &str, card_assets: &CardAssets) -> Option<Asset> {
    let name = path.strip_prefix('/').unwrap_or(path).strip_prefix("public/")?;
    match name {
        "cards.min.css" => card_assets.css().cloned(),
        "cards.min.js" => card_assets.js().cloned(),
        _ => FILES.iter().find(|(known, _)| *known == name).map(|(_, asset)| asset.clone()),
    }
}

/// First 16 characters of the SHA-256 in base64url: the form of Ghost's own `?v=` fingerprints.
fn fingerprint(bytes: &[u8]) -> String {
    use base64::Engine;
    use sha2::Digest;
    let mut text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(bytes));
    text.truncate(16);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(path: &str, cards: &CardAssets) -> String {
        let asset = find(path, cards).unwrap_or_else(|| panic!("{path} is served"));
        String::from_utf8(asset.bytes.to_vec()).expect("our files are UTF-8")
    }

    #[test]
    fn every_file_of_the_contract_is_served() {
        let cards = CardAssets::all();
        for (path, content_type) in [
            ("/public/ghost.css", CSS),
            ("/public/ghost.min.css", CSS),
            ("/public/ghost-stats.min.js", JS),
            ("/public/cards.min.css", CSS),
            ("/public/cards.min.js", JS),
            ("/public/comment-counts.min.js", JS),
            ("/public/member-attribution.min.js", JS),
            ("/public/private.js", JS),
            ("/public/private.min.js", JS),
        ] {
            let asset = find(path, &cards).unwrap_or_else(|| panic!("{path} is served"));
            assert_eq!(asset.content_type, content_type, "{path}");
            assert!(
                asset.etag.len() == 18 && asset.etag.starts_with('"') && asset.etag.ends_with('"'),
                "{path}: {}",
                asset.etag
            );
            assert_eq!(asset.version().len(), 16, "{path}");
            assert!(!asset.bytes.is_empty(), "{path}");
        }
        for path in [
            "/public/",
            "/public/cards.css",
            "/public/ghost.css/",
            "/public/../ghost.css",
            "/cards.min.css",
            "/public/member-attribution.js",
        ] {
            assert_eq!(find(path, &cards), None, "{path}");
        }
    }

    #[test]
    fn a_theme_chooses_its_cards() {
        let only = CardAssets::new(&json!({"include": ["toggle", "file"], "exclude": ["toggle"]}));
        let css = text("public/cards.min.css", &only);
        assert!(
            css.contains(".kg-toggle-card")
                && css.contains(".kg-file-card")
                && !css.contains(".kg-audio-card")
        );
        let js = text("public/cards.min.js", &only);
        assert!(
            js.contains("kg-toggle-card") && !js.contains("setUpPlayer") && !js.contains("standInForSignup")
        );

        let without = CardAssets::new(&json!({"exclude": ["audio", "header"]}));
        assert!(!text("public/cards.min.css", &without).contains("kg-audio-card"));
        let js = text("public/cards.min.js", &without);
        assert!(
            js.contains("setUpPlayer") && js.contains("kg-video-card") && !js.contains("'.kg-audio-card'")
        );
        assert_eq!(
            text("public/cards.min.js", &CardAssets::all()).matches("function setUpPlayer").count(),
            1
        );
    }

    #[test]
    fn an_empty_choice_is_no_file() {
        for none in [
            json!(false),
            json!(null),
            json!("true"),
            json!({}),
            json!({"include": []}),
            json!({"include": "toggle"}),
        ] {
            let cards = CardAssets::new(&none);
            assert_eq!(find("/public/cards.min.css", &cards), None, "{none}");
            assert_eq!(find("/public/cards.min.js", &cards), None, "{none}");
        }
        // Cards that have style but no script make no script file.
        let cards = CardAssets::new(&json!({"include": ["signup", "callout"]}));
        assert!(cards.css().is_some() && cards.js().is_none());
    }

    #[test]
    fn the_fingerprint_follows_the_text() {
        let all = CardAssets::all();
        let some = CardAssets::new(&json!({"exclude": ["nft"]}));
        assert_ne!(all.css().map(Asset::version), some.css().map(Asset::version));
        assert_eq!(all.js().map(Asset::version), some.js().map(Asset::version));
        // printf abc | openssl dgst -sha256 -binary | basenc --base64url
        assert_eq!(fingerprint(b"abc"), "ungWv48Bz-pBQUDe");
    }

    #[test]
    fn shortening_keeps_what_is_not_a_comment() {
        let css =
            bundle::shorten("/* one\n   two */\n.a {\n    content: \"/* */\";\n}\n\n/* three */\n.b {}\n");
        assert_eq!(css, ".a {\ncontent: \"/* */\";\n}\n.b {}\n");
        assert_eq!(bundle::shorten("// why\n    f('http://x'); // here\n"), "f('http://x'); // here\n");
    }
}
