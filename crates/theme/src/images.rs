//! Addresses of pictures in other sizes and formats.

use std::borrow::Cow;

use crate::addresses::split_origin;
use crate::context::SiteFacts;

/// Below which path the site's own pictures lie.
const IMAGES: &str = "content/images";

/// Width and height in pixels of one of a theme's `image_sizes`; one of them may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ImageSize {
    /// Width.
    pub width: Option<f64>,
    /// Height.
    pub height: Option<f64>,
}

/// The address of `image` as `{{img_url}}` prints it.
///
/// Pictures of the site get the size and format in their path; pictures of unsplash.com in their query; all others
/// stay. `size` is absent where none was asked for or the theme has none of that name.
pub fn image_url<'u>(
    facts: &SiteFacts<'_>,
    image: &'u str,
    size: Option<ImageSize>,
    format: Option<&str>,
    absolute: bool,
) -> Cow<'u, str> {
    if !is_internal(facts, image) {
        if image.contains("images.unsplash.com")
            && let Some(url) = unsplash(image, size, format)
        {
            return Cow::Owned(url);
        }
        return Cow::Borrowed(image);
    }
    let sized = sized(image, size, format);
    if !absolute {
        return match sized {
            Cow::Borrowed(url) => facts.relative(url),
            Cow::Owned(url) => Cow::Owned(facts.relative(&url).into_owned()),
        };
    }
    let folder = facts.subdirectory();
    match sized
        .strip_prefix(folder)
        .filter(|rest| rest.strip_prefix('/').is_some_and(|rest| rest.starts_with(IMAGES)))
    {
        Some(path) => Cow::Owned(format!("{}{path}", facts.url.trim_end_matches('/'))),
        None => sized,
    }
}

fn is_internal(facts: &SiteFacts<'_>, image: &str) -> bool {
    let site = facts.site_url();
    if image.contains("http://") || image.contains("https://") {
        return image.starts_with(&site);
    }
    // relative to the site: another host when it begins with two slashes, another scheme when it has one
    if let Some(rest) = image.strip_prefix("//") {
        return site.split_once("//").is_some_and(|(_, own)| rest.starts_with(own));
    }
    match image.split_once(':') {
        Some((scheme, _))
            if !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            false
        }
        _ if image.starts_with('/') => image.starts_with(&format!("{}/", facts.subdirectory())),
        _ => true,
    }
}

fn sized<'u>(image: &'u str, size: Option<ImageSize>, format: Option<&str>) -> Cow<'u, str> {
    let Some(ImageSize { width, height }) = size.filter(|size| size.width.is_some() || size.height.is_some())
    else {
        return Cow::Borrowed(image);
    };
    let rest = image.trim_start_matches('/');
    let mut pieces = rest.split(IMAGES);
    let before = pieces.next().unwrap_or("");
    let Some(name) = pieces.next().filter(|name| !name.is_empty()) else {
        return Cow::Owned(format!("{}{before}", &image[..image.len() - rest.len()]));
    };
    let mut out = format!("{}{before}{IMAGES}/size/", &image[..image.len() - rest.len()]);
    for (letter, pixels) in [('w', width), ('h', height)] {
        if let Some(pixels) = pixels {
            out.push(letter);
            out.push_str(&crate::coercion::number_text(pixels));
        }
    }
    if let Some(format) =
        format.filter(|format| matches!(*format, "gif" | "jpeg" | "jpg" | "png" | "webp" | "avif"))
    {
        out.push_str("/format/");
        out.push_str(format);
    }
    out.push_str(name);
    Cow::Owned(out)
}

fn unsplash(image: &str, size: Option<ImageSize>, format: Option<&str>) -> Option<String> {
    let (origin, rest) = split_origin(image)?;
    let (rest, anchor) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut fields: Vec<(String, String)> = query
        .split('&')
        .filter(|field| !field.is_empty())
        .map(|field| field.split_once('=').unwrap_or((field, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut set = |name: &str, value: String| {
        let mut found = false;
        fields.retain_mut(|field| {
            if field.0 != name {
                return true;
            }
            field.1.clone_from(&value);
            !std::mem::replace(&mut found, true)
        });
        if !found {
            fields.push((name.to_owned(), value));
        }
    };
    match format {
        Some("jpeg") => set("fm", "jpg".to_owned()),
        Some(format) if matches!(format, "avif" | "gif" | "jpg" | "png" | "webp") => {
            set("fm", format.to_owned())
        }
        _ => {}
    }
    if let Some(ImageSize { width, height }) =
        size.filter(|size| size.width.is_some() || size.height.is_some())
    {
        fields.retain(|(name, _)| name != "w" && name != "h");
        for (name, pixels) in [("w", width), ("h", height)] {
            if let Some(pixels) = pixels {
                fields.push((name.to_owned(), crate::coercion::number_text(pixels)));
            }
        }
    }
    let query: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let path = if path.is_empty() { "/" } else { path };
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{origin}{path}{mark}{}{anchor}", query.join("&")))
}
