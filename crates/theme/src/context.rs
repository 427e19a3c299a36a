//! What one page is rendered from: data, globals, facts of the site, the clock. Values are borrowed from whoever
//! gathered them; nothing here reads a database or the time.

use handlebars::Value;
use jiff::Timestamp;

/// Everything a template can see of one request.
///
/// All things are seen by field name, as Ghost's themes see them: a post is what has `html`, `title` and `slug`.
/// Whoever fills this hands out cut content only (a gated post's `html` is already cut, its `access` false), has
/// `feature_image_caption` as [`Value::Safe`], and has taken `show_title_and_feature_image` off the entry.
#[derive(Clone, Copy)]
pub struct PageContext<'a> {
    /// The fields of the root: `posts`, `pagination`, `post`, `page`, `tag`, `author`, named data of routes; for
    /// error pages `message`, `statusCode`, `errorDetails`. `context`, `relativeUrl`, `version`, `safeVersion` and
    /// `member` are added by the render.
    pub data: Value<'a>,
    /// Context names in Ghost's order: `paged`, `home`, then the route's (`index`, `post`, `page`, `tag`, …).
    pub context: &'a [&'a str],
    /// Path of the request below the site's own folder, with leading slash: `/tag/news/page/2/`.
    pub relative_url: &'a str,
    /// `@site`: the public settings as themes see them.
    pub site: Value<'a>,
    /// `@custom`: values of the theme's own settings.
    pub custom: Value<'a>,
    /// `@labs`: feature flags.
    pub labs: Value<'a>,
    /// `@member`: who is reading, or [`Value::Null`].
    pub member: Value<'a>,
    /// `@page`: `show_title_and_feature_image`, for entries; else undefined.
    pub page: Value<'a>,
    /// `@config.posts_per_page` where the route sets a limit; undefined takes the theme's own.
    pub posts_per_page: Value<'a>,
    /// Addresses and places that do not change between requests.
    pub facts: &'a SiteFacts<'a>,
    /// The instant that counts as now.
    pub now: Timestamp,
    /// Status of the answer being rendered: 200, or that of an error page.
    pub status: u16,
    /// The token of a gift link by which this reader was let in.
    pub gift: Option<&'a str>,
    /// A signed-in member of staff looks at the site with the editing tools on.
    pub staff_tools: bool,
}

/// What is fixed about the publication while its configuration is.
#[derive(Clone, Copy, Debug)]
pub struct SiteFacts<'a> {
    /// Public address without a slash at the end, with the folder it lives in if any: `https://example.com/blog`.
    pub url: &'a str,
    /// Address of the admin app's origin, as `url`, where one is configured apart.
    pub admin_url: Option<&'a str>,
    /// IANA name of the publication's time zone, such as `Europe/Zurich`.
    pub timezone: &'a str,
    /// Language tag of the publication, such as `en` or `de-CH`.
    pub locale: &'a str,
    /// Version of Ghost that is spoken, in full: `6.65.0`.
    pub version: &'a str,
    /// The same, major and minor alone: `6.65`.
    pub safe_version: &'a str,
    /// Address that takes the place of the site's root before `/assets/…`.
    pub assets_url: Option<&'a str>,
    /// Whether `{{asset … hasMinFile="true"}}` names the small file.
    pub use_min_files: bool,
    /// Value of the `referrer` meta tag; Ghost's default is `no-referrer-when-downgrade`.
    pub referrer_policy: &'a str,
    /// Whether open-graph tags and JSON-LD are written.
    pub structured_data: bool,
    /// Absolute address of the main feed, unless the routes switch it off.
    pub rss_url: Option<&'a str>,
    /// Scripts for readers.
    pub apps: Apps<'a>,
}

/// Addresses of the scripts that run in readers' browsers; an empty one is left out of the page.
#[derive(Clone, Copy, Debug)]
pub struct Apps<'a> {
    /// Sign-in, sign-up, account.
    pub portal: &'a str,
    /// Comments below a post.
    pub comments: &'a str,
    /// Search over the publication.
    pub search: &'a str,
    /// The search's style sheet.
    pub search_styles: &'a str,
    /// The announcement above the page.
    pub announcement: &'a str,
    /// The bar that staff see.
    pub admin_toolbar: &'a str,
}

impl<'a> SiteFacts<'a> {
    /// The folder the site lives in: empty, or `/blog`.
    pub fn subdirectory(&self) -> &'a str {
        let after_scheme = self.url.find("://").map_or(0, |at| at + 3);
        let rest = self.url.get(after_scheme..).unwrap_or("");
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("").trim_end_matches('/')
    }

    /// Scheme and host: `https://example.com`.
    pub fn origin(&self) -> &'a str {
        self.url.strip_suffix(self.subdirectory()).unwrap_or(self.url)
    }
}
