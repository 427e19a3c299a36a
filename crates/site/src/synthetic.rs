//! Pages that stand in no table: made for an address that a publication has no page of its own at.

use jiff::Timestamp;
use model::id::PostId;
use model::{Post, PostKind, PostMeta, PostStatus, Visibility};

/// A page for everyone with this slug, title and html; `at` is when what it shows was last changed, if that can be said.
pub fn page((slug, title): (&str, &str), html: String, at: Option<Timestamp>) -> Post {
    Post {
        id: PostId::new(slug),
        kind: PostKind::Page,
        status: PostStatus::Published,
        uuid: String::new(),
        title: title.to_owned(),
        slug: slug.to_owned(),
        plaintext: Some(document::plaintext(&html)),
        html: Some(html),
        comment_id: None,
        feature_image: None,
        featured: false,
        visibility: Visibility::Public,
        created_at: at.unwrap_or(Timestamp::UNIX_EPOCH),
        updated_at: at,
        published_at: at,
        custom_excerpt: None,
        codeinjection_head: None,
        codeinjection_foot: None,
        custom_template: None,
        canonical_url: None,
        show_title_and_feature_image: true,
        meta: PostMeta::default(),
        tags: Some(Vec::new()),
        authors: Some(Vec::new()),
        tiers: None,
        sentiment: None,
        access: true,
        is_cut: false,
        reading_time: None,
        excerpt: Some(String::new()),
    }
}
