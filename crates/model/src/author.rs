//! A staff user as readers see her: nothing here is private.

use jiff::Timestamp;

use crate::id::AuthorId;
use crate::site_url::SiteUrl;

/// An author's public face. E-mail, password, roles and times of sign-in are not part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Author {
    pub id: AuthorId,
    pub name: String,
    pub slug: String,
    pub profile_image: Option<String>,
    pub cover_image: Option<String>,
    pub bio: Option<String>,
    pub website: Option<String>,
    pub location: Option<String>,
    pub facebook: Option<String>,
    pub twitter: Option<String>,
    pub threads: Option<String>,
    pub bluesky: Option<String>,
    pub mastodon: Option<String>,
    pub tiktok: Option<String>,
    pub youtube: Option<String>,
    pub instagram: Option<String>,
    pub linkedin: Option<String>,
    pub meta_title: Option<String>,
    pub meta_description: Option<String>,
    /// For sitemaps only; the API never shows it.
    pub updated_at: Option<Timestamp>,
    /// Number of published posts, when asked for.
    pub n_posts: Option<u64>,
}

impl Author {
    /// Replaces the placeholder of the publication's address, as Ghost does when it reads a user.
    pub fn make_absolute(&mut self, site: &SiteUrl) {
        site.expand_in(&mut self.profile_image);
        site.expand_in(&mut self.cover_image);
    }
}
