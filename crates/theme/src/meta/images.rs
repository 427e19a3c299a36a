//! Pictures that stand for a page: which one, how large, and the smaller form that social networks are given.

use std::borrow::Cow;

use super::HeadContext;
use super::addresses::absolute_picture;
use super::subject::Subject;

/// Social networks are given pictures of at most this width, in pixels.
const MAX_WIDTH: u32 = 1200;

const STORE: &str = "content/images";

/// A picture's address, and its width and height in pixels where they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picture<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// Its width and height.
    pub size: Option<(u32, u32)>,
}

impl<'a> Picture<'a> {
    /// The picture at `url`, in the smaller form if it is wide.
    fn measured(ctx: &HeadContext<'a>, url: Option<&'a str>) -> Self {
        let Some(url) = url else { return Picture::default() };
        match ctx.source.image_size(url) {
            Some((width, height)) if width > MAX_WIDTH => {
                let height = (f64::from(MAX_WIDTH) * f64::from(height) / f64::from(width)).round();
                Picture { url: Some(narrowed(ctx, url)), size: Some((MAX_WIDTH, height as u32)) }
            }
            size => Picture { url: Some(url), size },
        }
    }
}

/// The address of the same picture, 1200 pixels wide. Pictures kept elsewhere stay as they are.
fn narrowed<'a>(ctx: &HeadContext<'a>, url: &'a str) -> &'a str {
    let mut parts = url.split(STORE);
    match (parts.next(), parts.next()) {
        (Some(site), Some(name)) if !name.is_empty() => {
            ctx.arena.text(&format!("{site}{STORE}/size/w{MAX_WIDTH}{name}"))
        }
        (Some(site), Some(_)) => site,
        _ => url,
    }
}

/// The cover of a home or author page, or the feature image of anything else.
pub(super) fn cover<'a>(ctx: &HeadContext<'a>) -> Picture<'a> {
    let field = if ctx.is("home") || ctx.is("author") { "cover_image" } else { "feature_image" };
    let url = Subject::of_page(ctx).text(ctx, field).map(|url| absolute_picture(ctx, url));
    Picture::measured(ctx, url)
}

/// The face of the entry's first author.
pub(super) fn author<'a>(ctx: &HeadContext<'a>) -> Picture<'a> {
    if !ctx.is("post") && !ctx.is("page") {
        return Picture::default();
    }
    let author = Subject::of_page(ctx).field(ctx, "primary_author");
    let url =
        author.and_then(|author| ctx.text(author, "profile_image")).map(|url| absolute_picture(ctx, url));
    Picture::measured(ctx, url)
}

/// The picture for cards on social networks; `field` is `og_image` or `twitter_image`.
pub(super) fn social<'a>(ctx: &HeadContext<'a>, field: &str) -> Picture<'a> {
    let cover = || ctx.setting_text("cover_image");
    let subject = Subject::of_page(ctx);
    let own = || subject.text(ctx, field).or_else(|| subject.text(ctx, "feature_image"));
    let url = if ctx.is("home") {
        ctx.setting_text(field).or_else(cover)
    } else {
        let of_entry = if ctx.is("post") || ctx.is("page") {
            own().or_else(|| ctx.setting_text(field)).or_else(cover)
        } else {
            None
        };
        let of_author = || subject.text(ctx, "cover_image").filter(|_| ctx.is("author"));
        let of_tag = || if ctx.is("tag") { own().or_else(cover) } else { None };
        of_entry.or_else(of_author).or_else(of_tag)
    };
    Picture::measured(
        ctx,
        url.map(|url| match ctx.page.facts.absolute(url) {
            Cow::Borrowed(url) => url,
            Cow::Owned(url) => ctx.arena.text(&url),
        }),
    )
}

/// The publication's logo, or its icon. A size is only told where search engines accept it: at most 600 × 60, or
/// square, which is then said to be 60 × 60.
pub(super) fn logo<'a>(ctx: &HeadContext<'a>) -> Picture<'a> {
    let url = match ctx.setting_text("logo") {
        Some(logo) => absolute_picture(ctx, logo),
        None => icon_url(ctx, true),
    };
    let size = match ctx.source.image_size(url) {
        Some((width, height)) if width <= 600 && height <= 60 => Some((width, height)),
        Some((width, height)) if width == height => Some((60, 60)),
        _ => None,
    };
    Picture { url: Some(url), size }
}

/// The address of the publication's icon in a size and format for browsers; `/favicon.ico` if it has none.
pub fn icon_url<'a>(ctx: &HeadContext<'a>, absolute: bool) -> &'a str {
    let icon = ctx.setting_text("icon").unwrap_or("/favicon.ico");
    let file = icon.rsplit('/').next().unwrap_or(icon);
    let ending = file.rsplit_once('.').filter(|(name, _)| !name.is_empty()).map_or("", |(_, ending)| ending);
    let format = icon_format(icon);
    // browsers take an .ico in every size
    let sized = if ending.eq_ignore_ascii_case("ico") {
        icon.to_owned()
    } else if ending.eq_ignore_ascii_case(format) {
        icon.replacen("/content/images/", "/content/images/size/w256h256/", 1)
    } else {
        icon.replacen("/content/images/", &format!("/content/images/size/w256h256/format/{format}/"), 1)
    };
    ctx.arena.text(&ctx.page.facts.path(&sized, absolute))
}

/// The format in which an icon is served: what browsers do not take as an icon is made a PNG.
fn icon_format(url: &str) -> &'static str {
    let ends = |ending: &str| {
        let tail = url.len().checked_sub(ending.len()).and_then(|at| url.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending)) && url.len() > ending.len()
    };
    if ends("ico") {
        "ico"
    } else if ends("jpg") || ends("jpeg") {
        "jpeg"
    } else {
        "png"
    }
}

/// The part after `image/` of the icon's media type.
pub(super) fn icon_type(url: &str) -> &'static str {
    match icon_format(url) {
        "ico" => "x-icon",
        format => format,
    }
}
