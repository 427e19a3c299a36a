//! What can be asked of a list, and what comes back.

use model::{Limit, Page, Pagination, PostKind};

/// Whose rules hold for a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// The Content API's, pages', feeds': published only; private columns can neither be filtered nor ordered by
    /// (such conditions vanish); tags and authors only with a published post or page.
    #[default]
    Public,
    /// The Admin API's.
    Staff,
}

/// Which relations of a post are wanted. What is not asked for is not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct With {
    pub tags: bool,
    pub authors: bool,
    pub tiers: bool,
    pub sentiment: bool,
}

impl With {
    /// Tags, authors and tiers: what themes get.
    pub const RELATIONS: With = With { tags: true, authors: true, tiers: true, sentiment: false };
    /// None of them.
    pub const NONE: With = With { tags: false, authors: false, tiers: false, sentiment: false };
}

/// Which long texts of a post are wanted. `excerpt` needs `plaintext`, `reading_time` needs `html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    pub html: bool,
    pub plaintext: bool,
}

impl Texts {
    pub const ALL: Texts = Texts { html: true, plaintext: true };
    pub const NONE: Texts = Texts { html: false, plaintext: false };
}

/// A list of posts or pages.
#[derive(Debug, Clone)]
pub struct PostQuery<'q> {
    pub kind: PostKind,
    pub scope: Scope,
    pub filter: Option<&'q nql::Filter>,
    /// Order string as it was asked for (repeated parameters joined by commas). None or one whose every rule names
    /// a private column: order of `slug:[…]` in the filter, else the default. Only unusable rules: unordered.
    pub order: Option<&'q str>,
    pub page: Page,
    pub with: With,
    pub texts: Texts,
    /// False: the total is not counted; the pagination of the answer then speaks of its rows alone.
    pub count: bool,
}

impl PostQuery<'_> {
    /// The first 15, in default order, with texts and without relations.
    pub fn of(kind: PostKind) -> Self {
        PostQuery {
            kind,
            scope: Scope::Public,
            filter: None,
            order: None,
            page: Page { number: 1, limit: Limit::Rows(15) },
            with: With::NONE,
            texts: Texts::ALL,
            count: true,
        }
    }
}

/// How one post is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostKey<'q> {
    Id(&'q str),
    Slug(&'q str),
    Uuid(&'q str),
}

/// One post or page.
#[derive(Debug, Clone)]
pub struct PostRead<'q> {
    pub key: PostKey<'q>,
    /// None: either.
    pub kind: Option<PostKind>,
    /// Statuses that may be shown; empty means any.
    pub statuses: &'q [model::PostStatus],
    pub with: With,
    pub texts: Texts,
}

impl<'q> PostRead<'q> {
    /// A published one, with texts and relations.
    pub fn published(kind: PostKind, key: PostKey<'q>) -> Self {
        const PUBLISHED: &[model::PostStatus] = &[model::PostStatus::Published];
        PostRead { key, kind: Some(kind), statuses: PUBLISHED, with: With::RELATIONS, texts: Texts::ALL }
    }
}

/// A list of something other than posts.
#[derive(Debug, Clone)]
pub struct ListQuery<'q> {
    pub scope: Scope,
    pub filter: Option<&'q nql::Filter>,
    /// As in [`PostQuery::order`].
    pub order: Option<&'q str>,
    pub page: Page,
    /// Whether `n_posts` of tags and authors is wanted (and can be ordered by as `count.posts`).
    pub count_posts: bool,
}

impl Default for ListQuery<'_> {
    /// The first 15, in default order.
    fn default() -> Self {
        ListQuery {
            scope: Scope::Public,
            filter: None,
            order: None,
            page: Page { number: 1, limit: Limit::Rows(15) },
            count_posts: false,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Listing<T> {
    pub items: Vec<T>,
    pub pagination: Pagination,
}
