//! A tag: a subject that readers see, or an internal mark of the editors.

use jiff::Timestamp;

use crate::id::TagId;
use crate::site_url::SiteUrl;

/// How a thing presents itself to search engines and social networks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SocialCard {
    pub og_image: Option<String>,
    pub og_title: Option<String>,
    pub og_description: Option<String>,
    pub twitter_image: Option<String>,
    pub twitter_title: Option<String>,
    pub twitter_description: Option<String>,
    pub meta_title: Option<String>,
    pub meta_description: Option<String>,
}

/// A tag of posts and pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub feature_image: Option<String>,
    /// `public` or `internal`, as stored.
    pub visibility: String,
    pub card: SocialCard,
    pub codeinjection_head: Option<String>,
    pub codeinjection_foot: Option<String>,
    pub canonical_url: Option<String>,
    pub accent_color: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Number of published posts, when asked for.
    pub n_posts: Option<u64>,
}

impl Tag {
    /// True for a tag that readers never see (its name begins with `#`).
    pub fn is_internal(&self) -> bool {
        self.visibility == "internal"
    }

    /// Replaces the placeholder of the publication's address, as Ghost does when it reads a tag.
    pub fn make_absolute(&mut self, site: &SiteUrl) {
        for text in [
            &mut self.feature_image,
            &mut self.card.og_image,
            &mut self.card.twitter_image,
            &mut self.codeinjection_head,
            &mut self.codeinjection_foot,
            &mut self.canonical_url,
        ] {
            site.expand_in(text);
        }
    }
}
