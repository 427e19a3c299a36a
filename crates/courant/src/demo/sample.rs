//! The sample publication: its manifest, texts and pictures, which the program carries, and the rows made from them.

use std::collections::HashMap;

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use model::desk::Correction;
use model::edit::content::Content;
use model::edit::member::{HeldTier, MemberEdit};
use model::edit::post::{AuthorRef, PostEdit, TagRef};
use model::edit::tag::TagEdit;
use model::edit::texts::TextEdits;
use model::edit::tier::TierEdit;
use model::edit::user::{NewUser, StaffRole, UserEdit};
use model::edit::{Actor, Change};
use model::id::{AuthorId, PostId, TagId, TierId};
use model::{PostKind, PostStatus, Visibility};
use serde::Deserialize;
use serde_json::Value as Json;
use store::acts::{members, posts, tags, tiers, users};
use store::{Act, ActError, WriteError, WriteTransaction};

use super::folder::Unfinished;
use super::manuscript::Manuscript;
use super::{days, lexical};

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
    corrected: Option<Corrected>,
}

/// A mistake that was mended after publication.
#[derive(Clone)]
struct Corrected {
    hours_ago: i64,
    was: String,
    is: String,
    note: Option<String>,
    /// The story's text with the mistake.
    first: Content,
}

#[derive(Clone)]
struct Page {
    slug: String,
    title: String,
    custom_excerpt: Option<String>,
    text: Content,
}

impl Sample {
    /// The sample that the program carries, as of `now`: the days in its texts are counted from it.
    ///
    /// Errors: only when the program was built with a broken one.
    pub fn read(now: Timestamp) -> Result<Self, String> {
        let file = FILES.get_file("publication.json").ok_or("the sample has no publication.json")?;
        let mut sample: Sample = serde_json::from_slice(file.contents())
            .map_err(|error| format!("the sample's publication.json: {error}"))?;
        let zone =
            TimeZone::get(&sample.timezone).map_err(|error| format!("the sample's timezone: {error}"))?;
        let today = now.to_zoned(zone).date();
        sample.stories = manuscripts("stories", today, Story::of)?;
        sample
            .stories
            .sort_by(|a, b| (a.published_hours_ago, &a.slug).cmp(&(b.published_hours_ago, &b.slug)));
        sample.pages = manuscripts("pages", today, Page::of)?;
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
            let first = story.corrected.as_ref().map_or(&story.text, |corrected| &corrected.first);
            let mut edit = published(&story.title, &story.slug, first);
            let writers = all(&story.authors, &authors, "author")?;
            // Made when it was published: nothing else has changed since.
            let of_day = of_writer(act, writers.first(), story.published_hours_ago);
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
            let post = posts::add(tx, &of_day, PostKind::Post, &edit)?.id;
            if let Some(corrected) = &story.corrected {
                self.correct(tx, act, &post, story, corrected, &authors)?;
            }
        }
        self.add_pages(tx, act, &authors)?;
        Ok(sessions)
    }

    /// Mends a story and puts the correction on record, in the editor's name.
    fn correct(
        &self,
        tx: &WriteTransaction<'_>,
        act: &Act,
        post: &PostId,
        story: &Story,
        corrected: &Corrected,
        authors: &HashMap<&str, AuthorId>,
    ) -> Result<(), ActError> {
        let editor = self.authors.first().ok_or(WriteError::Absent("author"))?;
        let act = of_writer(act, authors.get(editor.slug.as_str()), corrected.hours_ago);
        let edit = PostEdit { content: Change::To(story.text.clone()), ..PostEdit::default() };
        posts::edit(tx, &act, (PostKind::Post, post), &edit)?;
        let correction = Correction {
            id: String::new(),
            post: post.clone(),
            was: corrected.was.clone(),
            is: corrected.is.clone(),
            note: corrected.note.clone(),
            made_at: act.at,
            made_by: editor.name.clone(),
            withdrawn: None,
        };
        store::desk::add_correction(tx, &correction)?;
        Ok(())
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
            text: content(&manuscript.document.to_string())?,
            corrected: Corrected::of(manuscript)?,
        })
    }
}

impl Corrected {
    /// From the lines `corrected_hours_ago`, `was`, `is` and `note` of the head, if there are any.
    fn of(manuscript: &Manuscript<'_>) -> Result<Option<Self>, String> {
        let Some(hours) = manuscript.get("corrected_hours_ago") else { return Ok(None) };
        let (was, is) = (manuscript.need("was")?, manuscript.need("is")?);
        let text = manuscript.document.to_string();
        if text.matches(is).count() != 1 {
            return Err(format!("`{is}` was corrected, and does not stand once in it"));
        }
        Ok(Some(Corrected {
            hours_ago: hours.parse().map_err(|_| format!("`{hours}` is no number of hours"))?,
            was: was.to_owned(),
            is: is.to_owned(),
            note: manuscript.get("note").map(str::to_owned),
            first: content(&text.replacen(is, was, 1))?,
        }))
    }
}

impl Page {
    fn of(slug: &str, manuscript: &Manuscript<'_>) -> Result<Self, String> {
        Ok(Page {
            slug: slug.to_owned(),
            title: manuscript.need("title")?.to_owned(),
            custom_excerpt: manuscript.get("standfirst").map(str::to_owned),
            text: content(&manuscript.document.to_string())?,
        })
    }
}

fn content(lexical: &str) -> Result<Content, String> {
    let (html, plaintext) = lexical::render(lexical)?;
    Ok(Content { lexical: lexical.to_owned(), html: Some(html), plaintext: Some(plaintext) })
}

/// Reads all manuscripts of a folder; `make` gets the slug (the file's name) and what stands in it.
fn manuscripts<T>(
    folder: &str,
    today: Date,
    make: impl Fn(&str, &Manuscript<'_>) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let files = FILES.get_dir(folder).ok_or_else(|| format!("the sample has no {folder}"))?.files();
    files
        .map(|file| {
            let slug = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let text = file.contents_utf8().ok_or("it is not UTF-8".to_owned());
            text.and_then(|text| days::named(text, today))
                .and_then(|text| make(slug, &Manuscript::read(&text)?))
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

    fn sample() -> Sample {
        Sample::read("2026-11-28T03:00:00Z".parse().unwrap()).unwrap()
    }

    #[test]
    fn every_card_of_the_editor_stands_in_the_sample() {
        let sample = sample();
        let texts =
            sample.stories.iter().map(|story| &story.text).chain(sample.pages.iter().map(|page| &page.text));
        let made: BTreeSet<String> =
            texts.flat_map(|text| cards(&serde_json::from_str(&text.lexical).unwrap())).collect();
        for card in CARDS {
            assert!(made.contains(card), "no text has the card {card}");
        }
    }

    #[test]
    fn ten_stories_are_long() {
        let n_words =
            |story: &Story| story.text.plaintext.as_deref().unwrap_or_default().split_whitespace().count();
        let lengths: Vec<usize> = sample().stories.iter().map(n_words).collect();
        let n_long = lengths.iter().filter(|n_words| (600..1000).contains(*n_words)).count();
        assert!(n_long >= 10 && lengths.len() >= 24, "{n_long} of {}: {lengths:?}", lengths.len());
    }

    #[test]
    fn a_story_that_was_corrected_had_the_mistake_once() {
        let sample = sample();
        let mut n_corrected = 0;
        for story in &sample.stories {
            let Some(corrected) = &story.corrected else { continue };
            let text = |content: &Content| content.plaintext.clone().unwrap_or_default();
            assert!(
                text(&corrected.first).contains(&corrected.was) && text(&story.text).contains(&corrected.is)
            );
            assert!(!text(&story.text).contains(&corrected.was));
            assert!(corrected.hours_ago < story.published_hours_ago);
            n_corrected += 1;
        }
        assert!(n_corrected > 0);
    }
}
