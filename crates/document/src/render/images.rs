//! Which sizes of a picture are offered to browsers.

use url::Url;

use crate::json::{Json, number_text};

use super::RenderOptions;

/// What is known of the publication's pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageOptions {
    /// Where pictures lie, if not under the site's address.
    pub base_url: String,
    /// Widths in pixels in which our pictures are served, ascending.
    pub widths_px: Vec<u32>,
    /// Wider pictures of ours are made this wide when they are uploaded; their measures are given so.
    pub max_width_px: Option<u32>,
    /// Whether browsers are offered several sizes.
    pub srcset: bool,
    /// Whether our pictures can be made smaller at all.
    pub resizable: bool,
    /// Further formats that are offered (`avif`, `webp`), best first; none by default.
    pub formats: Vec<String>,
}

impl Default for ImageOptions {
    /// As Ghost has it.
    fn default() -> Self {
        ImageOptions {
            base_url: String::new(),
            widths_px: vec![600, 1000, 1600, 2400],
            max_width_px: Some(2000),
            srcset: true,
            resizable: true,
            formats: Vec::new(),
        }
    }
}

/// Whether a picture lies on our own storage.
pub(super) fn is_ours(src: &str, options: &RenderOptions) -> bool {
    let site = options.site_url.strip_suffix('/').unwrap_or(&options.site_url);
    let path = if site.is_empty() { src.to_owned() } else { src.replacen(site, "", 1) };
    let path = without_placeholder(&path);
    let line = path.split('\n').next().unwrap_or_default();
    if path.starts_with('/') && line.contains("content/images/") {
        return true;
    }
    let base = &options.images.base_url;
    if base.is_empty() {
        return false;
    }
    let below = src.replacen(base.strip_suffix('/').unwrap_or(base), "", 1);
    below.strip_prefix('/').unwrap_or(&below).starts_with("content/images/")
}

/// A path without the word in double underscores that stands for the site's address (`__GHOST_URL__`).
fn without_placeholder(src: &str) -> &str {
    let Some(rest) = src.strip_prefix("__") else { return src };
    let length = rest.bytes().take_while(|b| b.is_ascii_uppercase() || *b == b'_').count();
    let (word, path) = rest.split_at(length);
    if word.len() > 2 && word.ends_with("__") && path.starts_with('/') { path } else { src }
}

/// Whether smaller sizes of a picture of ours can be made: not of drawings and icons.
pub(super) fn is_resizable(src: &str, options: &RenderOptions) -> bool {
    let name = src.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let extension = name.rfind('.').filter(|at| *at > 0).map_or("", |at| &name[at..]);
    options.images.resizable && !matches!(extension, ".ico" | ".svg" | ".svgz")
}

pub(super) fn is_unsplash(src: &str) -> bool {
    src.contains("images.unsplash.com")
}

/// The measures to print: those given, unless the picture of ours is wider than the widest that is kept.
pub(super) fn measures(
    src: &str,
    width: &Json<'_>,
    height: &Json<'_>,
    options: &RenderOptions,
) -> Option<(String, String)> {
    let max = f64::from(options.images.max_width_px?);
    if width.to_number() > max && is_ours(src, options) && is_resizable(src, options) {
        let ratio = width.to_number() / height.to_number();
        return Some((number_text(max), number_text((max / ratio + 0.5).floor())));
    }
    None
}

/// The value of `srcset`; None when there is only one size.
pub(super) fn srcset(
    src: &str,
    width: Option<&Json<'_>>,
    format: Option<&str>,
    options: &RenderOptions,
) -> Option<String> {
    let width = width.filter(|width| width.is_truthy())?;
    if !options.images.srcset || src.is_empty() {
        return None;
    }
    let is_ours = is_ours(src, options);
    if is_ours && !is_resizable(src, options) {
        return None;
    }
    let width_px = width.to_number();
    let widest = options.images.widths_px.iter().copied().max().map_or(0.0, f64::from);
    let mut widths: Vec<f64> =
        options.images.widths_px.iter().map(|px| f64::from(*px)).filter(|px| *px <= width_px).collect();
    widths.sort_by(f64::total_cmp);
    let is_between = widths.last().is_some_and(|last| width_px > *last) && width_px < widest;
    if is_between {
        widths.push(width_px);
    }
    // A width written as text is not the same as the number.
    let exact = is_between || matches!(width, Json::Number(_));
    if is_ours {
        let at = src.rfind("/content/images/")?;
        let (folder, file) = src.split_at(at + "/content/images".len());
        let entries: Vec<String> = widths
            .iter()
            .map(|px| {
                let shown = number_text(*px);
                match format {
                    Some(format) => format!("{folder}/size/w{shown}/format/{format}{file} {shown}w"),
                    None if exact && *px == width_px => format!("{src} {shown}w"),
                    None => format!("{folder}/size/w{shown}{file} {shown}w"),
                }
            })
            .collect();
        return (!entries.is_empty()).then(|| entries.join(", "));
    }
    if is_unsplash(src) {
        let address = Url::parse(src).ok()?;
        let entries: Vec<String> = widths
            .iter()
            .map(|px| {
                let shown = number_text(*px);
                let mut address = with_parameter(&address, "w", &shown);
                if let Some(format) = format {
                    address = with_parameter(&address, "fm", format);
                }
                format!("{address} {shown}w")
            })
            .collect();
        return (!entries.is_empty()).then(|| entries.join(", "));
    }
    None
}

/// An address with a parameter of its query set: the first of that name replaced, further ones removed.
fn with_parameter(address: &Url, name: &str, value: &str) -> Url {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut is_set = false;
    for (key, old) in address.query_pairs() {
        if key != name {
            pairs.push((key.into_owned(), old.into_owned()));
        } else if !is_set {
            pairs.push((name.to_owned(), value.to_owned()));
            is_set = true;
        }
    }
    if !is_set {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    let mut out = address.clone();
    out.query_pairs_mut().clear().extend_pairs(pairs);
    out
}
