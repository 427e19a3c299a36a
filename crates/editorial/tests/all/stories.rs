//! Stories to judge.

use jiff::Timestamp;
use model::id::PostId;
use model::{Gated, Post, PostKind, PostMeta, PostStatus, Reader, SiteUrl, Visibility};

/// A published story with this html.
pub fn post(title: &str, html: &str, visibility: Visibility) -> Gated<Post> {
    let at: Timestamp = "2026-03-04T08:00:00Z".parse().unwrap();
    Gated::seal(Post {
        id: PostId::new("0123456789abcdef01234567"),
        kind: PostKind::Post,
        status: PostStatus::Published,
        uuid: String::new(),
        title: title.to_owned(),
        slug: "story".to_owned(),
        html: Some(html.to_owned()),
        plaintext: Some(document::plaintext(html)),
        comment_id: None,
        feature_image: None,
        featured: false,
        visibility,
        created_at: at,
        updated_at: Some(at),
        published_at: Some(at),
        custom_excerpt: None,
        codeinjection_head: None,
        codeinjection_foot: None,
        custom_template: None,
        canonical_url: None,
        show_title_and_feature_image: true,
        meta: PostMeta::default(),
        tags: Some(Vec::new()),
        authors: Some(Vec::new()),
        tiers: Some(Vec::new()),
        sentiment: None,
        access: false,
        is_cut: false,
        reading_time: None,
        excerpt: None,
    })
}

/// As a reader sees it.
pub fn opened(post: &Gated<Post>, reader: &Reader) -> Post {
    post.clone().for_reader(reader, &SiteUrl::parse("https://paper.example").unwrap())
}

/// A story long enough for key points, on the harbour of a town.
pub const HARBOUR: &str = "<p>The town council of Westhaven voted on Tuesday to rebuild the harbour wall at a cost of \
    14 million euros. Mayor Ingrid Solberg said the work would begin in May and take three years.</p>\
    <p>Engineers found a crack of 40 metres in the wall after the storms of last winter. The harbour master, Tomas \
    Brandt, closed two of the five berths in January.</p>\
    <p>Fishing companies have warned that they will lose a fifth of their landings while the berths are shut. The \
    Westhaven Fishing Association asked the council for help with the cost of fuel.</p>\
    <p>The regional government will pay half of the cost, according to a letter that was read at the meeting. The \
    council will borrow the other half from the State Bank over 20 years.</p>\
    <p>Opposition members voted against the plan because the cost had doubled since the first estimate in 2024. \
    Councillor Pia Lund said the town should have asked a second company for a price.</p>";
