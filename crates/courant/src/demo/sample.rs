//! The sample publication: its manifest, texts and pictures, which the program carries, and the rows made from them.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use jiff::{SignedDuration, Timestamp};
use model::id::{AuthorId, MemberId, PostId, TagId, TierId};
use model::{MemberStatus, PostKind, PostStatus, Visibility};
use serde::Deserialize;
use serde_json::Value as Json;
use store::write::{
    NewMember, NewPost, NewTag, NewTier, NewUser, StaffRole, TierPrice, add_member, add_post, add_tag,
    add_tier, add_user, set_setting,
};
use store::{WriteError, WriteTransaction};

use super::folder::Unfinished;
use super::lexical;
use super::manuscript::Manuscript;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo");

/// What is copied into the content folder: from, to, and the endings of the names.
const COPIED: [(&str, &str, &[&str]); 3] = [
    ("pictures", "images/demo", &["jpg", "png"]),
    ("media", "media/demo", &["webm", "wav"]),
    ("files", "files/demo", &["csv"]),
];

/// `publication.json`, and the manuscripts beside it. Addresses begin with `__GHOST_URL__`, as in a database.
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
    tiers: Vec<Tier>,
    members: Vec<SampleMember>,
    /// Newest first.
    #[serde(skip)]
    pub stories: Vec<Story>,
    #[serde(skip)]
    pages: Vec<Page>,
}

#[derive(Clone, Deserialize)]
struct Author {
    slug: String,
    name: String,
    email: String,
    role: String,
    bio: Option<String>,
    location: Option<String>,
    profile_image: Option<String>,
}

/// A section, or an internal tag (its name begins with `#`).
#[derive(Clone, Deserialize)]
struct Tag {
    slug: String,
    name: String,
    description: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Tier {
    slug: String,
    name: String,
    description: String,
    currency: String,
    /// In the smallest unit of the currency.
    monthly: u32,
    yearly: u32,
    /// Slug and words of each.
    benefits: Vec<(String, String)>,
}

/// A reader whom a visitor of the demo can be.
#[derive(Clone, Deserialize)]
pub struct SampleMember {
    /// The last part of the door's address.
    pub door: String,
    name: String,
    email: String,
    /// By slug; none for a free member.
    tiers: Vec<String>,
}

/// A story. Authors, tags and tiers by their slugs, the primary one first.
#[derive(Clone)]
pub struct Story {
    pub slug: String,
    title: String,
    custom_excerpt: Option<String>,
    pub visibility: Visibility,
    tiers: Vec<String>,
    featured: bool,
    /// Before the moment the publication is made.
    published_hours_ago: i64,
    authors: Vec<String>,
    tags: Vec<String>,
    feature_image: Option<String>,
    feature_image_alt: Option<String>,
    feature_image_caption: Option<String>,
    text: Text,
}

#[derive(Clone)]
struct Page {
    slug: String,
    title: String,
    custom_excerpt: Option<String>,
    text: Text,
}

/// A text in the three forms that a row keeps.
#[derive(Clone)]
struct Text {
    lexical: String,
    html: String,
    plaintext: String,
}

impl Sample {
    /// The sample that the program carries.
    ///
    /// Errors: only when the program was built with a broken one.
    pub fn read() -> Result<Self, String> {
        let file = FILES.get_file("publication.json").ok_or("the sample has no publication.json")?;
        let mut sample: Sample = serde_json::from_slice(file.contents())
            .map_err(|error| format!("the sample's publication.json: {error}"))?;
        sample.stories = manuscripts("stories", Story::of)?;
        sample
            .stories
            .sort_by(|a, b| (a.published_hours_ago, &a.slug).cmp(&(b.published_hours_ago, &b.slug)));
        sample.pages = manuscripts("pages", Page::of)?;
        Ok(sample)
    }

    /// Writes pictures, sound and files; answers how many.
    pub fn write_files(&self, unfinished: &Unfinished) -> Result<usize, String> {
        let mut n_files = 0;
        for (from, to, endings) in COPIED {
            unfinished.make_folder(to)?;
            let folder = FILES.get_dir(from).ok_or_else(|| format!("the sample has no {from}"))?;
            for file in folder.files() {
                let ending = file.path().extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                let name = file.path().file_name().and_then(|name| name.to_str());
                if let (true, Some(name)) = (endings.contains(&ending), name) {
                    unfinished.write(&format!("{to}/{name}"), file.contents())?;
                    n_files += 1;
                }
            }
        }
        Ok(n_files)
    }

    /// How many stories and pages there are.
    pub fn n_texts(&self) -> (usize, usize) {
        (self.stories.len(), self.pages.len())
    }

    /// The theme's settings that differ from the theme's own: name and value.
    pub fn theme_settings(&self) -> Vec<(String, String)> {
        let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.theme_settings.iter().map(|(name, value)| (name.clone(), text(value))).collect()
    }

    /// Adds settings, people, tags, tiers, stories and pages to a new database, and the sample members: `sessions` names
    /// each one's session, in the order of `members`.
    pub fn add(
        &self,
        tx: &WriteTransaction<'_>,
        sessions: &[String],
        now: Timestamp,
    ) -> Result<(), WriteError> {
        set_setting(tx, "accent_color", Some(&self.accent_color), now)?;
        set_setting(tx, "icon", Some(&self.icon), now)?;
        set_setting(tx, "navigation", Some(&self.navigation.to_string()), now)?;
        set_setting(tx, "secondary_navigation", Some(&self.secondary_navigation.to_string()), now)?;
        let authors = self.add_authors(tx, now)?;
        let tags = self.add_tags(tx, now)?;
        let tiers = self.add_tiers(tx, now)?;
        self.add_members(tx, &tiers, sessions, now)?;
        for story in &self.stories {
            let writers = all(&story.authors, &authors, "author")?;
            let published_at = hours_before(now, story.published_hours_ago);
            let mut post = published(tx, (&story.title, &story.slug), writers, published_at)?;
            post.tags = all(&story.tags, &tags, "tag")?;
            post.visibility = story.visibility;
            post.tiers = all(&story.tiers, &tiers, "tier")?;
            post.featured = story.featured;
            post.custom_excerpt.clone_from(&story.custom_excerpt);
            post.feature_image.clone_from(&story.feature_image);
            post.meta.feature_image_alt.clone_from(&story.feature_image_alt);
            post.meta.feature_image_caption.clone_from(&story.feature_image_caption);
            fill(&mut post, &story.text);
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
            post.custom_excerpt.clone_from(&page.custom_excerpt);
            fill(&mut post, &page.text);
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
            user.profile_image.clone_from(&author.profile_image);
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

    fn add_tiers(
        &self,
        tx: &WriteTransaction<'_>,
        now: Timestamp,
    ) -> Result<HashMap<&str, TierId>, WriteError> {
        let mut ids = HashMap::new();
        for tier in &self.tiers {
            let id = TierId::new(tx.new_id(now));
            let price =
                TierPrice { currency: tier.currency.clone(), monthly: tier.monthly, yearly: tier.yearly };
            let row = NewTier {
                id: id.clone(),
                name: tier.name.clone(),
                slug: tier.slug.clone(),
                description: Some(tier.description.clone()),
                welcome_page_url: None,
                is_public: true,
                trial_days: 0,
                price: Some(price),
                benefits: tier.benefits.iter().map(|(slug, words)| (words.clone(), slug.clone())).collect(),
            };
            add_tier(tx, &row, now)?;
            ids.insert(tier.slug.as_str(), id);
        }
        Ok(ids)
    }

    fn add_members(
        &self,
        tx: &WriteTransaction<'_>,
        tiers: &HashMap<&str, TierId>,
        sessions: &[String],
        now: Timestamp,
    ) -> Result<(), WriteError> {
        for (member, session) in self.members.iter().zip(sessions) {
            let tiers = all(&member.tiers, tiers, "tier")?;
            let row = NewMember {
                id: MemberId::new(tx.new_id(now)),
                uuid: tx.new_uuid(),
                transient_id: session.clone(),
                email: member.email.clone(),
                name: Some(member.name.clone()),
                note: Some("A sample reader: every visitor of the demo can be this one.".to_owned()),
                status: if tiers.is_empty() { MemberStatus::Free } else { MemberStatus::Comped },
                tiers: tiers.into_iter().map(|tier| (tier, None)).collect(),
                newsletters: vec![],
                source: "system",
            };
            add_member(tx, &row, now)?;
        }
        Ok(())
    }

    /// The readers whom visitors can be.
    pub fn members(&self) -> &[SampleMember] {
        &self.members
    }
}

impl Story {
    fn of(slug: &str, manuscript: &Manuscript<'_>) -> Result<Self, String> {
        let get = |name: &str| manuscript.get(name).map(str::to_owned);
        let list = |name: &str| manuscript.list(name).map(str::to_owned).collect::<Vec<_>>();
        let hours = manuscript.need("hours_ago")?;
        Ok(Story {
            slug: slug.to_owned(),
            title: manuscript.need("title")?.to_owned(),
            custom_excerpt: get("standfirst"),
            visibility: match manuscript.need("readers")? {
                "public" => Visibility::Public,
                "members" => Visibility::Members,
                "paid" => Visibility::Paid,
                "tiers" => Visibility::Tiers,
                other => return Err(format!("`{other}` are no readers")),
            },
            tiers: list("tiers"),
            featured: manuscript.get("featured") == Some("yes"),
            published_hours_ago: hours.parse().map_err(|_| format!("`{hours}` is no number of hours"))?,
            authors: list("authors"),
            tags: list("tags"),
            feature_image: get("picture").map(|name| format!("__GHOST_URL__/content/images/demo/{name}")),
            feature_image_alt: get("alt"),
            feature_image_caption: get("caption"),
            text: Text::of(manuscript)?,
        })
    }
}

impl Page {
    fn of(slug: &str, manuscript: &Manuscript<'_>) -> Result<Self, String> {
        Ok(Page {
            slug: slug.to_owned(),
            title: manuscript.need("title")?.to_owned(),
            custom_excerpt: manuscript.get("standfirst").map(str::to_owned),
            text: Text::of(manuscript)?,
        })
    }
}

impl Text {
    fn of(manuscript: &Manuscript<'_>) -> Result<Self, String> {
        let lexical = lexical::without_sign_up(manuscript.document.clone()).to_string();
        let (html, plaintext) = lexical::render(&lexical)?;
        Ok(Text { lexical, html, plaintext })
    }
}

/// Reads all manuscripts of a folder; `make` gets the slug (the file's name) and what stands in it.
fn manuscripts<T>(
    folder: &str,
    make: impl Fn(&str, &Manuscript<'_>) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let files = FILES.get_dir(folder).ok_or_else(|| format!("the sample has no {folder}"))?.files();
    files
        .map(|file| {
            let slug = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let text = file.contents_utf8().ok_or("it is not UTF-8".to_owned());
            text.and_then(Manuscript::read)
                .and_then(|manuscript| make(slug, &manuscript))
                .map_err(|error| format!("the sample's {folder}/{slug}: {error}"))
        })
        .collect()
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

fn fill(post: &mut NewPost, text: &Text) {
    post.lexical = Some(text.lexical.clone());
    post.html = Some(text.html.clone());
    post.plaintext = Some(text.plaintext.clone());
}

fn hours_before(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now)
}

/// The ids of these slugs, in their order.
fn all<T: Clone>(slugs: &[String], ids: &HashMap<&str, T>, noun: &'static str) -> Result<Vec<T>, WriteError> {
    slugs.iter().map(|slug| ids.get(slug.as_str()).cloned().ok_or(WriteError::Absent(noun))).collect()
}
