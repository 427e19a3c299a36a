//! The post and the page that a new publication begins with, in our own words.

use jiff::Timestamp;
use model::id::{AuthorId, PostId, TagId};
use model::{PostKind, PostStatus};

use super::create::NewPublication;
use crate::write::{NewPost, add_post};
use crate::{WriteError, WriteTransaction};

const SOON: &str = "Work has begun here. The first stories will stand on this page soon; come back then.";
const ABOUT: &[&str] = &[
    "This page is for your readers: say who makes this publication, what it is about, and how to reach you.",
    "You find it under Pages in the editor. Write over these lines, or delete the page.",
];

/// Adds both.
pub(super) fn add(
    tx: &WriteTransaction<'_>,
    publication: &NewPublication,
    (owner, news): (&AuthorId, &TagId),
    now: Timestamp,
) -> Result<(), WriteError> {
    let mut soon =
        written(tx, (&format!("{} is coming soon", publication.title), "coming-soon"), &[SOON], owner, now);
    soon.tags = vec![news.clone()];
    add_post(tx, &soon, now)?;
    let mut about = written(tx, ("About", "about"), ABOUT, owner, now);
    about.kind = PostKind::Page;
    add_post(tx, &about, now)
}

fn written(
    tx: &WriteTransaction<'_>,
    (title, slug): (&str, &str),
    paragraphs: &[&str],
    owner: &AuthorId,
    now: Timestamp,
) -> NewPost {
    let mut post = NewPost::draft(PostId::new(tx.new_id(now)), tx.new_uuid(), title, slug, owner.clone());
    post.status = PostStatus::Published;
    post.published_at = Some(now);
    post.published_by = Some(owner.clone());
    post.lexical = Some(lexical(paragraphs));
    post.html = Some(paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect());
    post.plaintext = Some(paragraphs.join("\n\n"));
    post
}

/// The editor's document of plain paragraphs. The texts above need no escaping, in JSON or in HTML.
fn lexical(paragraphs: &[&str]) -> String {
    let blocks: Vec<String> = paragraphs
        .iter()
        .map(|text| {
            format!(
                r#"{{"children":[{{"detail":0,"format":0,"mode":"normal","style":"","text":"{text}","type":"extended-text","version":1}}],"direction":"ltr","format":"","indent":0,"type":"paragraph","version":1}}"#
            )
        })
        .collect();
    format!(
        r#"{{"root":{{"children":[{}],"direction":"ltr","format":"","indent":0,"type":"root","version":1}}}}"#,
        blocks.join(",")
    )
}
