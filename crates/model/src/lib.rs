//! The nouns of a publication: posts, tags, authors, tiers, members, settings; their permalinks, and who may
//! read what.
//!
//! Pure: knows nothing of databases, HTTP or templates, and never reads the clock.
//!
//! Invariants:
//! - A post that comes from the store is [`Gated`]; it opens only for a [`Reader`] or with a [`StaffProof`].
//! - Addresses inside stored content carry the placeholder `__GHOST_URL__`; opening a post makes them absolute.

pub mod access;
pub mod author;
pub mod dates;
pub mod desk;
pub mod edit;
pub mod id;
pub mod member;
pub mod newsletter;
pub mod outbound_links;
pub mod paging;
pub mod permalink;
pub mod post;
pub mod public_settings;
pub mod refusal;
pub mod settings;
pub mod site_url;
pub mod subscription;
pub mod tag;
pub mod tier;

pub use access::{Gated, Reader, StaffProof};
pub use author::Author;
pub use member::{Member, MemberStatus};
pub use newsletter::{Newsletter, Offer, Recommendation};
pub use paging::{Limit, Page, Pagination};
pub use post::{Post, PostKind, PostMeta, PostStatus, Visibility};
pub use refusal::Refusal;
pub use settings::Settings;
pub use site_url::SiteUrl;
pub use subscription::Subscription;
pub use tag::{SocialCard, Tag};
pub use tier::Tier;
