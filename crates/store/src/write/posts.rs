//! Posts and pages with their relations. What a post is (slug, html, status, dates) is decided before.

use jiff::Timestamp;
use model::id::{AuthorId, PostId, TagId, TierId};
use model::{PostKind, PostMeta, PostStatus, Visibility, dates};

use super::row::{Filled, insert};
use crate::{Changed, WriteError, WriteTransaction};

/// A post or page to be added.
#[derive(Debug, Clone)]
pub struct NewPost {
    pub id: PostId,
    pub kind: PostKind,
    pub status: PostStatus,
    pub uuid: String,
    pub title: String,
    pub slug: String,
    /// The document as the editor keeps it.
    pub lexical: Option<String>,
    /// What `lexical` renders to; None for an empty document.
    pub html: Option<String>,
    /// The text of `html`, as excerpts are made from it.
    pub plaintext: Option<String>,
    pub feature_image: Option<String>,
    pub featured: bool,
    pub visibility: Visibility,
    pub published_at: Option<Timestamp>,
    /// Who published it.
    pub published_by: Option<AuthorId>,
    pub custom_excerpt: Option<String>,
    pub codeinjection_head: Option<String>,
    pub codeinjection_foot: Option<String>,
    pub custom_template: Option<String>,
    pub canonical_url: Option<String>,
    pub show_title_and_feature_image: bool,
    pub meta: PostMeta,
    /// In their order, the primary one first.
    pub tags: Vec<TagId>,
    /// In their order, the primary one first; at least one.
    pub authors: Vec<AuthorId>,
    /// The tiers that may read it; only with [`Visibility::Tiers`].
    pub tiers: Vec<TierId>,
}

impl NewPost {
    /// An empty public draft by one author.
    pub fn draft(id: PostId, uuid: String, title: &str, slug: &str, author: AuthorId) -> Self {
        NewPost {
            id,
            kind: PostKind::Post,
            status: PostStatus::Draft,
            uuid,
            title: title.into(),
            slug: slug.into(),
            lexical: None,
            html: None,
            plaintext: None,
            feature_image: None,
            featured: false,
            visibility: Visibility::Public,
            published_at: None,
            published_by: None,
            custom_excerpt: None,
            codeinjection_head: None,
            codeinjection_foot: None,
            custom_template: None,
            canonical_url: None,
            show_title_and_feature_image: true,
            meta: PostMeta::default(),
            tags: vec![],
            authors: vec![author],
            tiers: vec![],
        }
    }
}

/// Adds a post or page with its meta row and its relations; `now` is when it is made.
///
/// Errors: `Conflict` when the slug is taken by one of its kind, `Dangling` when a tag, author or tier is not there.
pub fn add_post(tx: &WriteTransaction<'_>, post: &NewPost, now: Timestamp) -> Result<(), WriteError> {
    if post.authors.is_empty() {
        return Err(WriteError::Refused("a post needs an author".into()));
    }
    let at = dates::to_database(now);
    insert(
        tx,
        "posts",
        &[
            ("id", &post.id.as_str()),
            ("uuid", &post.uuid),
            ("title", &post.title),
            ("slug", &post.slug),
            ("lexical", &Filled(&post.lexical)),
            ("html", &Filled(&post.html)),
            ("comment_id", &post.id.as_str()),
            ("plaintext", &Filled(&post.plaintext)),
            ("feature_image", &Filled(&post.feature_image)),
            ("featured", &post.featured),
            ("type", &post.kind.as_str()),
            ("status", &post.status.as_str()),
            ("visibility", &post.visibility.as_str()),
            ("email_recipient_filter", &"all"),
            ("created_at", &at),
            ("updated_at", &at),
            ("published_at", &post.published_at.map(dates::to_database)),
            ("published_by", &post.published_by.as_ref().map(AuthorId::as_str)),
            ("custom_excerpt", &Filled(&post.custom_excerpt)),
            ("codeinjection_head", &Filled(&post.codeinjection_head)),
            ("codeinjection_foot", &Filled(&post.codeinjection_foot)),
            ("custom_template", &Filled(&post.custom_template)),
            ("canonical_url", &Filled(&post.canonical_url)),
            ("show_title_and_feature_image", &post.show_title_and_feature_image),
        ],
    )?;
    add_meta(tx, post, now)?;
    for (tag, place) in post.tags.iter().zip(0_i64..) {
        relate(tx, "posts_tags", ("tag_id", tag.as_str()), (post, place), now)?;
    }
    for (author, place) in post.authors.iter().zip(0_i64..) {
        relate(tx, "posts_authors", ("author_id", author.as_str()), (post, place), now)?;
    }
    for (tier, place) in post.tiers.iter().zip(0_i64..) {
        relate(tx, "posts_products", ("product_id", tier.as_str()), (post, place), now)?;
    }
    tx.changed(Changed::Post(post.id.clone()));
    Ok(())
}

fn relate(
    tx: &WriteTransaction<'_>,
    table: &'static str,
    (column, id): (&'static str, &str),
    (post, place): (&NewPost, i64),
    now: Timestamp,
) -> Result<(), WriteError> {
    let post = post.id.as_str();
    insert(tx, table, &[("id", &tx.new_id(now)), ("post_id", &post), (column, &id), ("sort_order", &place)])
}

/// The row is only there when it says something.
fn add_meta(tx: &WriteTransaction<'_>, post: &NewPost, now: Timestamp) -> Result<(), WriteError> {
    let meta = &post.meta;
    let texts: [(&'static str, &Option<String>); 12] = [
        ("og_image", &meta.og_image),
        ("og_title", &meta.og_title),
        ("og_description", &meta.og_description),
        ("twitter_image", &meta.twitter_image),
        ("twitter_title", &meta.twitter_title),
        ("twitter_description", &meta.twitter_description),
        ("meta_title", &meta.meta_title),
        ("meta_description", &meta.meta_description),
        ("email_subject", &meta.email_subject),
        ("frontmatter", &meta.frontmatter),
        ("feature_image_alt", &meta.feature_image_alt),
        ("feature_image_caption", &meta.feature_image_caption),
    ];
    let is_empty = |text: &Option<String>| text.as_deref().unwrap_or_default().is_empty();
    if !meta.email_only && texts.iter().all(|(_, text)| is_empty(text)) {
        return Ok(());
    }
    let (id, post) = (tx.new_id(now), post.id.as_str());
    let filled = texts.map(|(name, text)| (name, Filled(text)));
    let mut row: Vec<(&'static str, &dyn rusqlite::ToSql)> =
        vec![("id", &id), ("post_id", &post), ("email_only", &meta.email_only)];
    row.extend(filled.iter().map(|(name, text)| (*name, text as &dyn rusqlite::ToSql)));
    insert(tx, "posts_meta", &row)
}
