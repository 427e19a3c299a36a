//! The text of a post in the three forms that a row keeps: the editor's document, html and plain text.
//!
//! Made before a write begins, since rendering is the slow part of a save.

use document::{RenderOptions, stored};
use serde_json::Value;

use crate::Refusal;
use crate::site_url::SiteUrl;

/// A text as it is stored: own addresses as placeholders.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The document, as the editor keeps it.
    pub lexical: String,
    /// None for an empty document.
    pub html: Option<String>,
    /// None for a document without words.
    pub plaintext: Option<String>,
}

/// The document of a post that nothing was written into yet: one empty paragraph.
const BLANK: &str = r#"{"root":{"children":[{"children":[],"direction":null,"format":"","indent":0,"type":"paragraph","version":1}],"direction":null,"format":"","indent":0,"type":"root","version":1}}"#;

/// Properties of cards that hold an address, and those that hold html. Source: the maps of Ghost's card nodes.
const ADDRESSES: &[(&str, &[&str])] = &[
    ("image", &["src", "href"]),
    ("video", &["src", "thumbnailSrc", "customThumbnailSrc"]),
    ("audio", &["src"]),
    ("file", &["src"]),
    ("button", &["buttonUrl"]),
    ("header", &["buttonUrl", "backgroundImageSrc"]),
    ("bookmark", &["url"]),
    ("product", &["productImageSrc"]),
    ("embed", &["url"]),
    ("email-cta", &["buttonUrl"]),
];
const HTML: &[(&str, &[&str])] = &[
    ("codeblock", &["caption"]),
    ("image", &["caption"]),
    ("video", &["caption"]),
    ("html", &["html"]),
    ("toggle", &["heading", "content"]),
    ("header", &["header", "subheader"]),
    ("product", &["productTitle", "productDescription"]),
    ("email", &["html"]),
    ("gallery", &["caption"]),
    ("email-cta", &["html"]),
];

impl Content {
    /// Nothing yet.
    pub fn blank() -> Self {
        Content { lexical: BLANK.to_owned(), html: None, plaintext: None }
    }

    /// Renders a document as it came from the editor. `options` say how; addresses below `site` become placeholders.
    ///
    /// Errors: `Invalid` for what is no document.
    pub fn of_lexical(lexical: &str, site: &SiteUrl, options: &RenderOptions) -> Result<Self, Refusal> {
        let refused = |why: &str| {
            Refusal::invalid_field("lexical", format!("Invalid lexical structure. {why}").trim_end())
        };
        let mut value: Value =
            serde_json::from_str(lexical).map_err(|error| refused(&format!("{error}.")))?;
        if let Some(children) = value.pointer_mut("/root/children").and_then(Value::as_array_mut) {
            for child in children {
                store_addresses(child, site);
            }
        }
        let lexical = value.to_string();
        let parsed = document::lexical::parse(&lexical);
        if let Some(problem) = parsed.problems.iter().find(|problem| problem.kind.is_refused()) {
            return Err(refused(&format!("{:?} at {}.", problem.kind, problem.place)));
        }
        let html = document::render::html(&parsed.document, options);
        let html = Some(stored::html(&html, site.as_str()).into_owned()).filter(|html| !html.is_empty());
        let plaintext = html.as_deref().map(document::plaintext).filter(|text| !text.is_empty());
        Ok(Content { lexical, html, plaintext })
    }

    /// Turns a document of the old editor into one of the new, and renders it. One without sections is a blank one.
    ///
    /// Errors: `Invalid` for what is no document.
    pub fn of_mobiledoc(mobiledoc: &str, site: &SiteUrl, options: &RenderOptions) -> Result<Self, Refusal> {
        let lexical = document::mobiledoc::to_lexical(mobiledoc)
            .map_err(|_| Refusal::invalid("Invalid mobiledoc structure."))?;
        if lexical.starts_with(r#"{"root":{"children":[]"#) {
            return Ok(Content::blank());
        }
        Content::of_lexical(&lexical, site, options)
    }
}

/// A node and all below it. As deep as the document is, whose depth the parser has bounded.
fn store_addresses(node: &mut Value, site: &SiteUrl) {
    let Some(node) = node.as_object_mut() else { return };
    let kind = node.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let of = |table: &'static [(&str, &'static [&'static str])]| {
        table.iter().find(|(name, _)| *name == kind).map_or(&[][..], |(_, keys)| *keys)
    };
    let (addresses, htmls) = (of(ADDRESSES), of(HTML));
    let is_card = !addresses.is_empty() || !htmls.is_empty() || kind == "markdown";
    for key in addresses {
        change(node.get_mut(*key), |text| stored::address(text, site.as_str()).into_owned());
    }
    for key in htmls {
        change(node.get_mut(*key), |text| stored::html(text, site.as_str()).into_owned());
    }
    if kind == "markdown" {
        change(node.get_mut("markdown"), |text| stored::markdown(text, site.as_str()).into_owned());
    }
    if kind == "bookmark"
        && let Some(metadata) = node.get_mut("metadata").and_then(Value::as_object_mut)
    {
        for key in ["icon", "thumbnail"] {
            change(metadata.get_mut(key), |text| stored::address(text, site.as_str()).into_owned());
        }
    }
    if kind == "gallery"
        && let Some(images) = node.get_mut("images").and_then(Value::as_array_mut)
    {
        for image in images {
            change(image.get_mut("src"), |text| stored::address(text, site.as_str()).into_owned());
            change(image.get_mut("caption"), |text| stored::html(text, site.as_str()).into_owned());
        }
    }
    if !is_card {
        change(node.get_mut("url"), |text| stored::address(text, site.as_str()).into_owned());
    }
    for child in node.get_mut("children").and_then(Value::as_array_mut).into_iter().flatten() {
        store_addresses(child, site);
    }
}

fn change(value: Option<&mut Value>, to: impl Fn(&str) -> String) {
    if let Some(Value::String(text)) = value
        && !text.is_empty()
    {
        *text = to(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(children: &str) -> Content {
        let site = SiteUrl::parse("https://herald.example").unwrap();
        let lexical = format!(r#"{{"root":{{"children":[{children}],"type":"root","version":1}}}}"#);
        Content::of_lexical(&lexical, &site, &RenderOptions::default()).unwrap()
    }

    #[test]
    fn own_addresses_become_placeholders_and_others_stay() {
        let link = |url: &str| {
            format!(
                r#"{{"type":"paragraph","children":[{{"type":"link","url":"{url}","children":[{{"type":"text","text":"x"}}]}}]}}"#
            )
        };
        for (given, kept) in [
            ("https://herald.example/a/", "__GHOST_URL__/a/"),
            ("/a/", "__GHOST_URL__/a/"),
            ("https://other.example/a/", "https://other.example/a/"),
        ] {
            let content = check(&link(given));
            assert!(content.lexical.contains(&format!("\"url\":\"{kept}\"")), "{}", content.lexical);
            assert!(content.html.unwrap().contains(&format!("href=\"{kept}\"")), "{given}");
        }
        let picture = check(
            r#"{"type":"image","src":"https://herald.example/content/images/a.png","caption":"<a href=\"/b/\">b</a>"}"#,
        );
        assert!(picture.lexical.contains(r#""src":"__GHOST_URL__/content/images/a.png""#));
        assert!(picture.lexical.contains(r#"href=\"__GHOST_URL__/b/\""#), "{}", picture.lexical);
    }

    #[test]
    fn an_empty_document_has_no_html() {
        let site = SiteUrl::parse("https://herald.example").unwrap();
        let blank = Content::of_lexical(BLANK, &site, &RenderOptions::default()).unwrap();
        assert_eq!(blank, Content::blank());
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let site = SiteUrl::parse("https://herald.example").unwrap();
        for broken in ["", "{", "[]", r#"{"root":{}}"#, r#"{"root":{"children":[]}}"#] {
            let refused = Content::of_lexical(broken, &site, &RenderOptions::default());
            assert!(matches!(refused, Err(Refusal::Invalid { field: Some("lexical"), .. })), "{broken}");
        }
    }
}
