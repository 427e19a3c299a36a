//! The post and the page that a new publication begins with, in our own words.

use model::edit::Change;
use model::edit::content::Content;
use model::edit::post::{PostEdit, TagRef};
use model::id::TagId;
use model::{PostKind, PostStatus};

use super::create::NewPublication;
use crate::WriteTransaction;
use crate::acts::{self, Act, ActError};

const SOON: &str = "Work has begun here. The first stories will stand on this page soon; come back then.";
const ABOUT: &[&str] = &[
    "This page is for your readers: say who makes this publication, what it is about, and how to reach you.",
    "You find it under Pages in the editor. Write over these lines, or delete the page.",
];

/// Adds both, in the owner's name.
pub(super) fn add(
    tx: &WriteTransaction<'_>,
    act: &Act,
    publication: &NewPublication,
    news: &TagId,
) -> Result<(), ActError> {
    let mut soon = written((&format!("{} is coming soon", publication.title), "coming-soon"), &[SOON]);
    soon.tags = Change::To(vec![TagRef { id: Some(news.clone()), ..TagRef::default() }]);
    acts::posts::add(tx, act, PostKind::Post, &soon)?;
    acts::posts::add(tx, act, PostKind::Page, &written(("About", "about"), ABOUT))?;
    Ok(())
}

fn written((title, slug): (&str, &str), paragraphs: &[&str]) -> PostEdit {
    let content = Content {
        lexical: lexical(paragraphs),
        html: Some(paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect()),
        plaintext: Some(paragraphs.join("\n\n")),
    };
    PostEdit {
        title: Change::To(title.into()),
        slug: Change::To(slug.into()),
        status: Change::To(PostStatus::Published),
        content: Change::To(content),
        ..PostEdit::default()
    }
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
