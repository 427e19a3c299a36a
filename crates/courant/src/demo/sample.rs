//! The sample publication: its manifest, texts and pictures, which the program carries, and the rows made from them.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use jiff::{SignedDuration, Timestamp};
use model::id::{AuthorId, PostId, TagId};
use model::{PostKind, PostStatus, Visibility};
use serde::Deserialize;
use serde_json::Value as Json;
use store::write::{NewPost, NewTag, NewUser, StaffRole, add_post, add_tag, add_user, set_setting};
use store::{WriteError, WriteTransaction};

use super::folder::Unfinished;
use super::lexical;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo");

/// `publication.json`. Addresses begin with `__GHOST_URL__`, as in a database.
#[derive(Clone, Deserialize)]
pub struct Sample {
    pub title: String,
    pub description: String,
    pub locale: String,
    pub timezone: String,
    accent_color: String,
    icon: String,
    theme_settings: serde_json::Map<String, Json>,
    navigation: Json,
    secondary_navigation: Json,
    authors: Vec<Author>,
    tags: Vec<Tag>,
    pub stories: Vec<Story>,
    pub pages: Vec<Page>,
}

#[derive(Clone, Deserialize)]
struct Author {
    slug: String,
    name: String,
    email: String,
    role: String,
    bio: Option<String>,
    location: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Tag {
    slug: String,
    name: String,
    description: Option<String>,
}

/// A story. Authors and tags by their slugs, the primary one first.
#[derive(Clone, Deserialize)]
pub struct Story {
    pub slug: String,
    title: String,
    custom_excerpt: Option<String>,
    /// `public`, `members` or `paid`.
    pub visibility: String,
    featured: bool,
    /// Before the moment the publication is made.
    published_hours_ago: i64,
    authors: Vec<String>,
    tags: Vec<String>,
    feature_image: Option<String>,
    feature_image_alt: Option<String>,
    feature_image_caption: Option<String>,
    /// File of the text.
    lexical: String,
}

/// A page.
#[derive(Clone, Deserialize)]
pub struct Page {
    slug: String,
    title: String,
    lexical: String,
}

/// A text in the three forms that a row keeps.
pub struct Text {
    lexical: String,
    html: String,
    plaintext: String,
}

/// Texts by the names of their files.
pub type Texts = HashMap<String, Text>;

impl Sample {
    /// The sample that the program carries.
    ///
    /// Errors: only when the program was built with a broken one.
    pub fn read() -> Result<Self, String> {
        serde_json::from_slice(carried("publication.json")?)
            .map_err(|error| format!("the sample's publication.json: {error}"))
    }

    /// Writes the pictures; answers how many.
    pub fn write_pictures(&self, unfinished: &Unfinished) -> Result<usize, String> {
        unfinished.make_folder("images/demo")?;
        let folder = FILES.get_dir("pictures").ok_or("the sample has no pictures")?;
        let mut n_pictures = 0;
        for file in folder.files() {
            let path = file.path();
            let is_picture =
                path.extension().is_some_and(|extension| extension == "jpg" || extension == "png");
            if let (true, Some(name)) = (is_picture, path.file_name().and_then(|name| name.to_str())) {
                unfinished.write(&format!("images/demo/{name}"), file.contents())?;
                n_pictures += 1;
            }
        }
        Ok(n_pictures)
    }

    /// All texts, rendered.
    pub fn texts(&self) -> Result<Texts, String> {
        let names = self.stories.iter().map(|story| &story.lexical);
        names
            .chain(self.pages.iter().map(|page| &page.lexical))
            .map(|name| {
                let fault = |error: &dyn std::fmt::Display| format!("the sample's {name}: {error}");
                let document = serde_json::from_slice(carried(name)?).map_err(|error| fault(&error))?;
                let lexical = lexical::without_sign_up(document).to_string();
                let (html, plaintext) = lexical::render(&lexical).map_err(|error| fault(&error))?;
                Ok((name.clone(), Text { lexical, html, plaintext }))
            })
            .collect()
    }

    /// The theme's settings that differ from the theme's own: name and value.
    pub fn theme_settings(&self) -> Vec<(String, String)> {
        let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.theme_settings.iter().map(|(name, value)| (name.clone(), text(value))).collect()
    }

    /// Adds settings, people, tags, stories and pages to a new database.
    pub fn add(&self, tx: &WriteTransaction<'_>, texts: &Texts, now: Timestamp) -> Result<(), WriteError> {
        set_setting(tx, "accent_color", Some(&self.accent_color), now)?;
        set_setting(tx, "icon", Some(&self.icon), now)?;
        set_setting(tx, "navigation", Some(&self.navigation.to_string()), now)?;
        set_setting(tx, "secondary_navigation", Some(&self.secondary_navigation.to_string()), now)?;
        let authors = self.add_authors(tx, now)?;
        let tags = self.add_tags(tx, now)?;
        for story in &self.stories {
            let writers = all(&story.authors, &authors, "author")?;
            let published_at = hours_before(now, story.published_hours_ago);
            let mut post = published(tx, (&story.title, &story.slug), writers, published_at)?;
            post.tags = all(&story.tags, &tags, "tag")?;
            post.visibility = Visibility::parse(&story.visibility);
            post.featured = story.featured;
            post.custom_excerpt.clone_from(&story.custom_excerpt);
            post.feature_image.clone_from(&story.feature_image);
            post.meta.feature_image_alt.clone_from(&story.feature_image_alt);
            post.meta.feature_image_caption.clone_from(&story.feature_image_caption);
            fill(&mut post, texts, &story.lexical)?;
            // Made when it was published: nothing else has changed since.
            add_post(tx, &post, published_at)?;
        }
        // The pages are as old as the publication seems to be.
        let oldest = self.stories.iter().map(|story| story.published_hours_ago).max().unwrap_or(0);
        let begun_at = hours_before(now, oldest);
        for page in &self.pages {
            let editor = self.authors.first().and_then(|author| authors.get(author.slug.as_str()));
            let editor = editor.ok_or(WriteError::Absent("author"))?.clone();
            let mut post = published(tx, (&page.title, &page.slug), vec![editor], begun_at)?;
            post.kind = PostKind::Page;
            fill(&mut post, texts, &page.lexical)?;
            add_post(tx, &post, begun_at)?;
        }
        Ok(())
    }

    fn add_authors(
        &self,
        tx: &WriteTransaction<'_>,
        now: Timestamp,
    ) -> Result<HashMap<&str, AuthorId>, WriteError> {
        let mut ids = HashMap::new();
        for author in &self.authors {
            let id = AuthorId::new(tx.new_id(now));
            // Nobody knows these passwords: the people are made up.
            let password = tx.closed_password();
            let mut user = NewUser::named(id.clone(), &author.name, &author.slug, &author.email, &password);
            user.role = match author.role.as_str() {
                "Administrator" => StaffRole::Administrator,
                "Editor" => StaffRole::Editor,
                _ => StaffRole::Author,
            };
            user.bio.clone_from(&author.bio);
            user.location.clone_from(&author.location);
            add_user(tx, &user, now)?;
            ids.insert(author.slug.as_str(), id);
        }
        Ok(ids)
    }

    fn add_tags(
        &self,
        tx: &WriteTransaction<'_>,
        now: Timestamp,
    ) -> Result<HashMap<&str, TagId>, WriteError> {
        let mut ids = HashMap::new();
        for tag in &self.tags {
            let id = TagId::new(tx.new_id(now));
            let mut row = NewTag::named(id.clone(), &tag.name, &tag.slug);
            row.description.clone_from(&tag.description);
            add_tag(tx, &row, now)?;
            ids.insert(tag.slug.as_str(), id);
        }
        Ok(ids)
    }
}

fn published(
    tx: &WriteTransaction<'_>,
    (title, slug): (&str, &str),
    authors: Vec<AuthorId>,
    at: Timestamp,
) -> Result<NewPost, WriteError> {
    let first = authors.first().ok_or(WriteError::Absent("author"))?.clone();
    let mut post = NewPost::draft(PostId::new(tx.new_id(at)), tx.new_uuid(), title, slug, first.clone());
    post.status = PostStatus::Published;
    post.published_at = Some(at);
    post.published_by = Some(first);
    post.authors = authors;
    Ok(post)
}

fn fill(post: &mut NewPost, texts: &Texts, name: &str) -> Result<(), WriteError> {
    let text = texts.get(name).ok_or(WriteError::Absent("text"))?;
    post.lexical = Some(text.lexical.clone());
    post.html = Some(text.html.clone());
    post.plaintext = Some(text.plaintext.clone());
    Ok(())
}

fn hours_before(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now)
}

/// The ids of these slugs, in their order.
fn all<T: Clone>(slugs: &[String], ids: &HashMap<&str, T>, noun: &'static str) -> Result<Vec<T>, WriteError> {
    slugs.iter().map(|slug| ids.get(slug.as_str()).cloned().ok_or(WriteError::Absent(noun))).collect()
}

fn carried(name: &str) -> Result<&'static [u8], String> {
    FILES
        .get_file(name)
        .map(include_dir::File::contents)
        .ok_or_else(|| format!("the sample has no file {name}"))
}
