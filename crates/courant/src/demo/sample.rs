//! The sample publication: its manifest, texts and pictures, which the program carries, and the rows made from them.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use jiff::{SignedDuration, Timestamp};
use model::edit::content::Content;
use model::edit::member::{HeldTier, MemberEdit};
use model::edit::post::{AuthorRef, PostEdit, TagRef};
use model::edit::tag::TagEdit;
use model::edit::texts::TextEdits;
use model::edit::tier::TierEdit;
use model::edit::user::{NewUser, StaffRole, UserEdit};
use model::edit::{Actor, Change};
use model::id::{AuthorId, TagId, TierId};
use model::{PostKind, PostStatus, Visibility};
use serde::Deserialize;
use serde_json::Value as Json;
use store::acts::{members, posts, tags, tiers, users};
use store::{Act, ActError, WriteError, WriteTransaction};

use super::folder::Unfinished;
use super::lexical;
use super::manuscript::Manuscript;

/// The slug of the paid tier that every publication begins with.
pub const FIRST_TIER: &str = "default-product";

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
    free_tier: FreeTier,
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

/// What an account promises that costs nothing.
#[derive(Clone, Deserialize)]
struct FreeTier {
    name: String,
    description: String,
    benefits: Vec<String>,
}

#[derive(Clone, Deserialize)]
struct Tier {
    /// The first one is that with which the publication begins.
    slug: String,
    name: String,
    description: String,
    currency: String,
    /// In the smallest unit of the currency.
    monthly: i64,
    yearly: i64,
    benefits: Vec<String>,
}

/// A reader whom a visitor of the demo can be.
#[derive(Clone, Deserialize)]
pub struct SampleMember {
    /// The last part of the door's address.
    pub door: String,
    name: String,
    email: String,
    /// By slug; none for a free member.
    tier: Option<String>,
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
    text: Content,
}

#[derive(Clone)]
struct Page {
    slug: String,
    title: String,
    custom_excerpt: Option<String>,
    text: Content,
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

    /// Adds settings, people, tags, tiers, stories and pages to a new database, and the sample members; answers the names
    /// of their sessions, in the order of [`Sample::members`].
    pub fn add(&self, tx: &WriteTransaction<'_>, act: &Act) -> Result<Vec<String>, ActError> {
        super::set(
            tx,
            act,
            &[
                ("accent_color", &self.accent_color),
                ("icon", &self.icon),
                ("navigation", &self.navigation.to_string()),
                ("secondary_navigation", &self.secondary_navigation.to_string()),
            ],
        )?;
        let authors = self.add_authors(tx, act)?;
        let tags = self.add_tags(tx, act)?;
        let tiers = self.add_tiers(tx, act)?;
        let sessions = self.add_members(tx, act, &tiers)?;
        for story in &self.stories {
            let mut edit = published(&story.title, &story.slug, &story.text);
            let writers = all(&story.authors, &authors, "author")?;
            // Made when it was published: nothing else has changed since.
            let act = of_writer(act, writers.first(), story.published_hours_ago);
            edit.authors = Change::To(writers.into_iter().map(AuthorRef::Id).collect());
            let tags = all(&story.tags, &tags, "tag")?.into_iter();
            edit.tags = Change::To(tags.map(|id| TagRef { id: Some(id), ..TagRef::default() }).collect());
            edit.visibility = Change::To(story.visibility.as_str().to_owned());
            edit.tiers = Change::To(all(&story.tiers, &tiers, "tier")?);
            edit.featured = Change::To(story.featured);
            edit.texts = TextEdits::from([
                ("custom_excerpt".to_owned(), story.custom_excerpt.clone()),
                ("feature_image".to_owned(), story.feature_image.clone()),
                ("feature_image_alt".to_owned(), story.feature_image_alt.clone()),
                ("feature_image_caption".to_owned(), story.feature_image_caption.clone()),
            ]);
            posts::add(tx, &act, PostKind::Post, &edit)?;
        }
        self.add_pages(tx, act, &authors)?;
        Ok(sessions)
    }

    /// The pages are as old as the publication seems to be, and the editor's.
    fn add_pages(
        &self,
        tx: &WriteTransaction<'_>,
        act: &Act,
        authors: &HashMap<&str, AuthorId>,
    ) -> Result<(), ActError> {
        let oldest = self.stories.iter().map(|story| story.published_hours_ago).max().unwrap_or(0);
        let editor = self.authors.first().and_then(|author| authors.get(author.slug.as_str()));
        let act = of_writer(act, editor, oldest);
        for page in &self.pages {
            let mut edit = published(&page.title, &page.slug, &page.text);
            edit.texts = TextEdits::from([("custom_excerpt".to_owned(), page.custom_excerpt.clone())]);
            posts::add(tx, &act, PostKind::Page, &edit)?;
        }
        Ok(())
    }

    fn add_authors(&self, tx: &WriteTransaction<'_>, act: &Act) -> Result<HashMap<&str, AuthorId>, ActError> {
        let mut ids = HashMap::new();
        for author in &self.authors {
            let texts = [
                ("bio", &author.bio),
                ("location", &author.location),
                ("profile_image", &author.profile_image),
            ];
            let new = NewUser {
                profile: UserEdit {
                    name: Change::To(author.name.clone()),
                    slug: Change::To(author.slug.clone()),
                    email: Change::To(author.email.clone()),
                    texts: texts.map(|(name, text)| (name.to_owned(), text.clone())).into(),
                },
                // Nobody knows these passwords: the people are made up.
                password_hash: tx.closed_password(),
                role: StaffRole::parse(&author.role).ok_or(WriteError::Absent("role"))?,
                is_active: true,
            };
            ids.insert(author.slug.as_str(), users::add(tx, act, &new)?.id);
        }
        Ok(ids)
    }

    fn add_tags(&self, tx: &WriteTransaction<'_>, act: &Act) -> Result<HashMap<&str, TagId>, ActError> {
        let mut ids = HashMap::new();
        for tag in &self.tags {
            let edit = TagEdit {
                name: Change::To(tag.name.clone()),
                slug: Change::To(tag.slug.clone()),
                texts: TextEdits::from([("description".to_owned(), tag.description.clone())]),
            };
            ids.insert(tag.slug.as_str(), tags::add(tx, act, &edit)?.id);
        }
        Ok(ids)
    }

    fn add_tiers(&self, tx: &WriteTransaction<'_>, act: &Act) -> Result<HashMap<&str, TierId>, ActError> {
        let mut ids = HashMap::new();
        if let Some(free) = tiers::find(tx, "free")? {
            let edit = TierEdit {
                name: Change::To(self.free_tier.name.clone()),
                texts: TextEdits::from([(
                    "description".to_owned(),
                    Some(self.free_tier.description.clone()),
                )]),
                benefits: Change::To(self.free_tier.benefits.clone()),
                ..TierEdit::default()
            };
            tiers::edit(tx, act, &free, &edit)?;
        }
        let mut first = tiers::find(tx, FIRST_TIER)?;
        for tier in &self.tiers {
            let edit = TierEdit {
                name: Change::To(tier.name.clone()),
                slug: Change::To(tier.slug.clone()),
                currency: Change::To(tier.currency.clone()),
                monthly_price: Change::To(tier.monthly),
                yearly_price: Change::To(tier.yearly),
                texts: TextEdits::from([("description".to_owned(), Some(tier.description.clone()))]),
                benefits: Change::To(tier.benefits.clone()),
                ..TierEdit::default()
            };
            let saved = match first.take() {
                Some(id) => tiers::edit(tx, act, &id, &edit)?,
                None => tiers::add(tx, act, &edit)?,
            };
            ids.insert(tier.slug.as_str(), saved.id);
        }
        Ok(ids)
    }

    fn add_members(
        &self,
        tx: &WriteTransaction<'_>,
        act: &Act,
        tiers: &HashMap<&str, TierId>,
    ) -> Result<Vec<String>, ActError> {
        let mut sessions = Vec::new();
        for member in &self.members {
            let given = all(member.tier.as_slice(), tiers, "tier")?;
            let note = "A sample reader: every visitor of the demo can be this one.";
            let edit = MemberEdit {
                email: Change::To(member.email.clone()),
                texts: TextEdits::from([
                    ("name".to_owned(), Some(member.name.clone())),
                    ("note".to_owned(), Some(note.to_owned())),
                ]),
                newsletters: Change::To(vec![]),
                tiers: Change::To(given.into_iter().map(HeldTier::of).collect()),
                ..MemberEdit::default()
            };
            let id = members::add(tx, act, &edit)?.id;
            sessions.push(members::session_name(tx, &id)?);
        }
        Ok(sessions)
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
            text: content(manuscript)?,
        })
    }
}

impl Page {
    fn of(slug: &str, manuscript: &Manuscript<'_>) -> Result<Self, String> {
        Ok(Page {
            slug: slug.to_owned(),
            title: manuscript.need("title")?.to_owned(),
            custom_excerpt: manuscript.get("standfirst").map(str::to_owned),
            text: content(manuscript)?,
        })
    }
}

fn content(manuscript: &Manuscript<'_>) -> Result<Content, String> {
    let lexical = lexical::without_services(manuscript.document.clone()).to_string();
    let (html, plaintext) = lexical::render(&lexical)?;
    Ok(Content { lexical, html: Some(html), plaintext: Some(plaintext) })
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

fn published(title: &str, slug: &str, text: &Content) -> PostEdit {
    PostEdit {
        title: Change::To(title.to_owned()),
        slug: Change::To(slug.to_owned()),
        status: Change::To(PostStatus::Published),
        content: Change::To(text.clone()),
        ..PostEdit::default()
    }
}

/// The act in a writer's name, so many hours earlier.
fn of_writer(act: &Act, writer: Option<&AuthorId>, hours: i64) -> Act {
    let by = writer.map_or(Actor::System, |id| Actor::User(id.clone()));
    Act { by, at: hours_before(act.at, hours), site: act.site.clone() }
}

fn hours_before(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now)
}

/// The ids of these slugs, in their order.
fn all<T: Clone>(slugs: &[String], ids: &HashMap<&str, T>, noun: &'static str) -> Result<Vec<T>, WriteError> {
    slugs.iter().map(|slug| ids.get(slug.as_str()).cloned().ok_or(WriteError::Absent(noun))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The cards of Ghost's editor, by the words in its documents.
    const CARDS: [&str; 22] = [
        "audio",
        "bookmark",
        "button",
        "call-to-action",
        "callout",
        "codeblock",
        "email",
        "email-cta",
        "embed",
        "file",
        "gallery",
        "header",
        "horizontalrule",
        "html",
        "image",
        "markdown",
        "paywall",
        "product",
        "signup",
        "toggle",
        "transistor",
        "video",
    ];

    fn cards(document: &Json) -> BTreeSet<String> {
        let blocks = document.pointer("/root/children").and_then(Json::as_array).into_iter().flatten();
        blocks.filter_map(|block| block.get("type")?.as_str().map(str::to_owned)).collect()
    }

    #[test]
    fn every_card_of_the_editor_stands_in_some_manuscript() {
        let of_folder = |folder: &str| {
            manuscripts(folder, |_, manuscript| Ok(cards(&manuscript.document)))
                .unwrap()
                .into_iter()
                .flatten()
        };
        let written: BTreeSet<String> = of_folder("stories").chain(of_folder("pages")).collect();
        let sample = Sample::read().unwrap();
        let texts =
            sample.stories.iter().map(|story| &story.text).chain(sample.pages.iter().map(|page| &page.text));
        let made: BTreeSet<String> =
            texts.flat_map(|text| cards(&serde_json::from_str(&text.lexical).unwrap())).collect();
        for card in CARDS {
            assert!(written.contains(card), "no manuscript has the card {card}");
            let is_left_out = matches!(card, "signup" | "transistor");
            // An invitation to sign up is left out by where it leads.
            let leads_to_sign_up = card == "call-to-action";
            assert!(made.contains(card) != is_left_out || leads_to_sign_up, "{card}");
        }
    }

    #[test]
    fn some_stories_are_long() {
        let sample = Sample::read().unwrap();
        let n_words =
            |story: &Story| story.text.plaintext.as_deref().unwrap_or_default().split_whitespace().count();
        let n_long = sample.stories.iter().filter(|story| (700..1300).contains(&n_words(story))).count();
        assert!(n_long >= 3, "{n_long}");
    }
}
