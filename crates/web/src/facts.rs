//! What every door knows of the publication without asking the database: settings, address, permalinks,
//! configuration. Made anew, as a whole, when one of them changes.

use jiff::tz::TimeZone;
use model::permalink::Permalinks;
use model::{Settings, SiteUrl};

/// Configuration that readers can notice. The defaults are Ghost's.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Most rows a list of the API gives (`optimization.maxLimit`).
    pub max_limit: u32,
    /// Whether `limit=all` means all (`optimization.allowLimitAll`).
    pub allow_limit_all: bool,
    /// Seconds that shared caches may keep a page (`caching.frontend.maxAge`).
    pub frontend_max_age_s: u32,
    /// Whether shared caches may keep what members read, by their tier (`cacheMembersContent.enabled`).
    pub cache_members_content: bool,
    /// Seconds that shared caches may keep an API answer (`caching.contentAPI.maxAge`).
    pub content_api_max_age_s: u32,
    /// Whether `/edit/` leads to the editor (`admin.redirects`).
    pub admin_redirects: bool,
    /// The sender address of mail (`mail.from`), shown among the public settings.
    pub mail_from: Option<String>,
    /// What browsers tell other sites of where a reader came from (`referrerPolicy`).
    pub referrer_policy: String,
    /// Whether pages carry open-graph tags and JSON-LD (`privacy.useStructuredData`).
    pub structured_data: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            max_limit: 100,
            allow_limit_all: false,
            frontend_max_age_s: 0,
            cache_members_content: false,
            content_api_max_age_s: 0,
            admin_redirects: true,
            mail_from: None,
            referrer_policy: "no-referrer-when-downgrade".to_owned(),
            structured_data: true,
        }
    }
}

/// One state of the publication's facts.
#[derive(Debug)]
pub struct Facts {
    pub site: SiteUrl,
    /// Where the APIs and the Admin app are; the same as `site` unless configured.
    pub admin: SiteUrl,
    pub settings: Settings,
    pub zone: TimeZone,
    pub permalinks: Permalinks,
    pub config: Config,
    /// Secret of the key that the frontend's own scripts use (integration `ghost-internal-frontend`).
    pub frontend_key: Option<String>,
}
