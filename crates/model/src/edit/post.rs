//! A post or page for writing: its sheet, and what an editor may ask for. What follows is decided in [`decision`].

mod convert;
pub mod decision;

use jiff::Timestamp;

use super::content::Content;
use super::texts::{TextColumn, TextEdits, Texts};
use super::{Cell, Change, Row};
use crate::id::{AuthorId, NewsletterId, PostId, TagId, TierId};
use crate::{PostKind, PostStatus};
pub use convert::{Converted, converted};
pub use decision::{Decided, Ground, PostEvent, Stale, added, edited, wanted_slug};

/// The texts of the table `posts` that may be null, and their limits.
pub const TEXTS: &[TextColumn] = &[
    TextColumn::address("feature_image", 2000),
    TextColumn::html("custom_excerpt", 300),
    TextColumn::html("codeinjection_head", 65535),
    TextColumn::html("codeinjection_foot", 65535),
    TextColumn::plain("custom_template", 100),
    TextColumn::address("canonical_url", 2000),
    TextColumn::plain("locale", 6),
];

/// Those of `posts_meta`.
pub const META: &[TextColumn] = &[
    TextColumn::address("og_image", 2000),
    TextColumn::plain("og_title", 300),
    TextColumn::plain("og_description", 500),
    TextColumn::address("twitter_image", 2000),
    TextColumn::plain("twitter_title", 300),
    TextColumn::plain("twitter_description", 500),
    TextColumn::plain("meta_title", 300),
    TextColumn::plain("meta_description", 500),
    TextColumn::plain("email_subject", 300),
    TextColumn::plain("frontmatter", 65535),
    TextColumn::plain("feature_image_alt", 191),
    TextColumn::plain("feature_image_caption", 65535),
];

/// A post as its editors see it: all columns that they can change, and what hangs on it, by ids.
///
/// Only for writing. Readers get a [`crate::Post`], sealed; what is in here never reaches one.
#[derive(Debug, Clone, PartialEq)]
pub struct PostSheet {
    pub id: PostId,
    pub kind: PostKind,
    pub status: PostStatus,
    pub uuid: String,
    pub title: String,
    pub slug: String,
    pub lexical: Option<String>,
    /// The old editor's document. A post has this or `lexical`; new ones never.
    pub mobiledoc: Option<String>,
    pub html: Option<String>,
    pub plaintext: Option<String>,
    pub featured: bool,
    /// The stored word, or an old filter.
    pub visibility: String,
    pub email_recipient_filter: String,
    pub newsletter: Option<NewsletterId>,
    pub show_title_and_feature_image: bool,
    pub updated_at: Option<Timestamp>,
    pub published_at: Option<Timestamp>,
    pub published_by: Option<AuthorId>,
    pub texts: Texts,
    /// None when it has no row in `posts_meta`.
    pub meta: Option<Meta>,
    /// In their order, the primary one first.
    pub tags: Vec<TagId>,
    /// In their order, the primary one first.
    pub authors: Vec<AuthorId>,
    pub tiers: Vec<TierId>,
}

/// The row in `posts_meta`.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    pub texts: Texts,
    pub email_only: bool,
}

impl Meta {
    /// A row that says nothing.
    pub fn none() -> Self {
        Meta { texts: Texts::none("posts_meta", META), email_only: false }
    }

    /// Its columns.
    pub fn row(&self) -> Row {
        let mut row = self.texts.row();
        row.push(("email_only", Cell::Flag(self.email_only)));
        row
    }
}

impl PostSheet {
    /// A new draft that says nothing, for everybody.
    pub fn new(kind: PostKind, id: PostId, uuid: String) -> Self {
        let blank = Content::blank();
        PostSheet {
            id,
            kind,
            status: PostStatus::Draft,
            uuid,
            title: String::new(),
            slug: String::new(),
            lexical: Some(blank.lexical),
            mobiledoc: None,
            html: blank.html,
            plaintext: blank.plaintext,
            featured: false,
            visibility: "public".into(),
            email_recipient_filter: "all".into(),
            newsletter: None,
            show_title_and_feature_image: true,
            updated_at: None,
            published_at: None,
            published_by: None,
            texts: Texts::none("posts", TEXTS),
            meta: None,
            tags: vec![],
            authors: vec![],
            tiers: vec![],
        }
    }

    /// Its own columns, without `updated_at`.
    pub fn row(&self) -> Row {
        let mut row = vec![
            ("status", Cell::text(Some(self.status.as_str()))),
            ("title", Cell::text(Some(self.title.as_str()))),
            ("slug", Cell::text(Some(self.slug.as_str()))),
            ("mobiledoc", Cell::text(self.mobiledoc.as_deref())),
            ("lexical", Cell::text(self.lexical.as_deref())),
            ("html", Cell::text(self.html.as_deref())),
            ("plaintext", Cell::text(self.plaintext.as_deref())),
            ("featured", Cell::Flag(self.featured)),
            ("visibility", Cell::text(Some(self.visibility.as_str()))),
            ("email_recipient_filter", Cell::text(Some(self.email_recipient_filter.as_str()))),
            ("newsletter_id", Cell::text(self.newsletter.as_ref().map(NewsletterId::as_str))),
            ("show_title_and_feature_image", Cell::Flag(self.show_title_and_feature_image)),
            ("published_at", Cell::instant(self.published_at)),
            ("published_by", Cell::text(self.published_by.as_ref().map(AuthorId::as_str))),
        ];
        row.extend(self.texts.row());
        row
    }

    /// What an editor would ask for to get a draft like it, named as a copy. The letter, the search engines' address
    /// and whether the title is shown stay with the original.
    pub fn to_copy(&self) -> PostEdit {
        let meta = self.meta.as_ref().map(|meta| &meta.texts);
        let all = self.texts.columns().iter().map(|column| (&self.texts, column.name));
        let all = all
            .chain(meta.into_iter().flat_map(|texts| texts.columns().iter().map(move |c| (texts, c.name))));
        let texts = all
            .filter(|(_, name)| !matches!(*name, "canonical_url" | "email_subject"))
            .filter_map(|(texts, name)| Some((name.to_owned(), Some(texts.get(name)?.to_owned()))));
        let content = self.lexical.clone().map(|lexical| Content {
            lexical,
            html: self.html.clone(),
            plaintext: self.plaintext.clone(),
        });
        PostEdit {
            title: Change::To(format!("{} (Copy)", self.title)),
            content: content.map_or(Change::Keep, Change::To),
            featured: Change::To(self.featured),
            visibility: Change::To(self.visibility.clone()),
            texts: texts.collect(),
            tags: Change::To(
                self.tags.iter().map(|id| TagRef { id: Some(id.clone()), ..TagRef::default() }).collect(),
            ),
            authors: Change::To(self.authors.iter().cloned().map(AuthorRef::Id).collect()),
            tiers: Change::To(self.tiers.clone()),
            ..PostEdit::default()
        }
    }

    fn is_letter(&self) -> bool {
        self.meta.as_ref().is_some_and(|meta| meta.email_only)
    }
}

/// What an editor asks for. Tags, authors and tiers are looked up before, see [`Ground`].
#[derive(Debug, Clone, Default)]
pub struct PostEdit {
    pub title: Change<String>,
    pub slug: Change<String>,
    pub status: Change<PostStatus>,
    /// The text, rendered before.
    pub content: Change<Content>,
    pub featured: Change<bool>,
    /// `public`, `members`, `paid` or `tiers`, or a filter on members.
    pub visibility: Change<String>,
    pub published_at: Change<Option<Timestamp>>,
    pub show_title_and_feature_image: Change<bool>,
    pub email_only: Change<bool>,
    /// Texts of [`TEXTS`] and [`META`].
    pub texts: TextEdits,
    pub tags: Change<Vec<TagRef>>,
    pub authors: Change<Vec<AuthorRef>>,
    pub tiers: Change<Vec<TierId>>,
    /// The `updated_at` that the editor saw. Absent in a request that does not know it: then the last save wins.
    pub seen_at: Option<Timestamp>,
    /// Whether the editor asks for a revision.
    pub save_revision: bool,
    /// Slug of the newsletter that goes out with it, and for which of its members.
    pub newsletter: Option<(String, Option<String>)>,
}

/// A tag as a request names it: by id, else by slug, else by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TagRef {
    pub id: Option<TagId>,
    pub slug: Option<String>,
    pub name: Option<String>,
}

/// An author as a request names her.
#[derive(Debug, Clone, PartialEq)]
pub enum AuthorRef {
    Id(AuthorId),
    Slug(String),
    Email(String),
}
