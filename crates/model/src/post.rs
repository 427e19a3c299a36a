//! A post or a page, as it stands in the database with what belongs to it.

use jiff::Timestamp;

use crate::id::PostId;
use crate::{Author, Tag, Tier};

/// Post or page: the same table and rules, another place in the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostKind {
    /// A dated story; belongs to a collection.
    Post,
    /// An undated page at `/{slug}/`.
    Page,
}

impl PostKind {
    /// The word in the column `type`.
    pub fn as_str(self) -> &'static str {
        match self {
            PostKind::Post => "post",
            PostKind::Page => "page",
        }
    }
}

/// Where a post stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostStatus {
    /// Being written.
    Draft,
    /// Goes out at `published_at`.
    Scheduled,
    /// Out.
    Published,
    /// Went out by e-mail only.
    Sent,
}

impl PostStatus {
    /// The word in the column `status`.
    pub fn as_str(self) -> &'static str {
        match self {
            PostStatus::Draft => "draft",
            PostStatus::Scheduled => "scheduled",
            PostStatus::Published => "published",
            PostStatus::Sent => "sent",
        }
    }

    /// Reads the column `status`; None for a word that Ghost does not know.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "draft" => PostStatus::Draft,
            "scheduled" => PostStatus::Scheduled,
            "published" => PostStatus::Published,
            "sent" => PostStatus::Sent,
            _ => return None,
        })
    }
}

/// For whom a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Everybody who signed in.
    Members,
    /// Members who pay, or are given what payers get.
    Paid,
    /// Members of the tiers in [`Post::tiers`]. Stored filters of older Ghost versions are reported so, too.
    Tiers,
}

impl Visibility {
    /// Reads the column `visibility`: any text that is not one of the three other words is a filter on tiers.
    pub fn parse(text: &str) -> Self {
        match text {
            "public" => Visibility::Public,
            "members" => Visibility::Members,
            "paid" => Visibility::Paid,
            _ => Visibility::Tiers,
        }
    }

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Visibility::Public => "public",
            Visibility::Members => "members",
            Visibility::Paid => "paid",
            Visibility::Tiers => "tiers",
        }
    }
}

/// What the table `posts_meta` adds to a post; all absent when it has no row there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PostMeta {
    pub og_image: Option<String>,
    pub og_title: Option<String>,
    pub og_description: Option<String>,
    pub twitter_image: Option<String>,
    pub twitter_title: Option<String>,
    pub twitter_description: Option<String>,
    pub meta_title: Option<String>,
    pub meta_description: Option<String>,
    pub email_subject: Option<String>,
    pub frontmatter: Option<String>,
    pub feature_image_alt: Option<String>,
    pub feature_image_caption: Option<String>,
    pub email_only: bool,
}

/// A post or a page.
///
/// Lists that were not asked for are None; asked for and empty they are `Some(vec![])`. Addresses carry the
/// placeholder `__GHOST_URL__` until the post is opened (see [`crate::access`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    pub id: PostId,
    pub kind: PostKind,
    pub status: PostStatus,
    pub uuid: String,
    pub title: String,
    pub slug: String,
    pub html: Option<String>,
    pub plaintext: Option<String>,
    pub comment_id: Option<String>,
    pub feature_image: Option<String>,
    pub featured: bool,
    pub visibility: Visibility,
    pub created_at: Timestamp,
    pub updated_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    pub custom_excerpt: Option<String>,
    pub codeinjection_head: Option<String>,
    pub codeinjection_foot: Option<String>,
    pub custom_template: Option<String>,
    pub canonical_url: Option<String>,
    pub show_title_and_feature_image: bool,
    pub meta: PostMeta,
    /// In their order; the first is the primary tag unless it is internal.
    pub tags: Option<Vec<Tag>>,
    /// In their order; the first is the primary author.
    pub authors: Option<Vec<Author>>,
    /// The tiers whose members may read it, as the API lists them: all for public and members, all paid ones
    /// for paid, the chosen ones for tiers.
    pub tiers: Option<Vec<Tier>>,
    /// Share of votes for the story, when asked for.
    pub sentiment: Option<f64>,
    /// Whether the reader it was opened for may read all of it. False until opened.
    pub access: bool,
    /// Whether `html` is not the stored one because it was cut or had blocks for some readers. `plaintext` is then
    /// made anew from it, and the API shows it also unasked.
    pub is_cut: bool,
    /// Minutes it takes to read the whole, also for a reader who gets a part. None without html.
    pub reading_time: Option<u32>,
    /// `custom_excerpt`, or the first 500 characters of the plain text that this reader may read.
    pub excerpt: Option<String>,
}

impl Post {
    /// The first tag, unless it is internal or tags were not asked for.
    pub fn primary_tag(&self) -> Option<&Tag> {
        self.tags.as_ref()?.first().filter(|tag| !tag.is_internal())
    }

    /// The first author, if authors were asked for.
    pub fn primary_author(&self) -> Option<&Author> {
        self.authors.as_ref()?.first()
    }
}
