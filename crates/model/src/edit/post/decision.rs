//! Adding and editing a post, decided: status, dates, slug, relations, revision, events.
//!
//! A post that was never published goes the way draft, scheduled, published; an unpublished one keeps its date. A
//! letter (`email_only`) is `sent` where others are published. Source: the real Ghost, whose rows for the same acts
//! are kept in the store's tests.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Meta, PostEdit, PostSheet};
use crate::edit::revision::{self, LastRevision};
use crate::edit::slug::{self, SlugOf};
use crate::edit::{changed, to_second};
use crate::id::{AuthorId, NewsletterId, TagId, TierId};
use crate::site_url::SiteUrl;
use crate::{PostStatus, Refusal};

const TITLE_MAX: usize = 255;

/// A post may be scheduled for a moment that is not longer ago than this: clocks differ.
const PAST_TOLERATED: SignedDuration = SignedDuration::from_mins(2);

/// What the decision stands on, gathered from the database.
#[derive(Debug)]
pub struct Ground<'g> {
    pub now: Timestamp,
    pub site: &'g SiteUrl,
    /// In whose name it is written: the acting user, or the owner for an integration.
    pub writer: AuthorId,
    /// Slugs of posts and pages that begin with the one that is asked for.
    pub taken_slugs: BTreeSet<String>,
    /// The tags that the request names, when it names any; missing ones are made before.
    pub tags: Option<Vec<TagId>>,
    /// The authors that it names.
    pub authors: Option<Vec<AuthorId>>,
    /// The tiers that it names, without the free one.
    pub tiers: Option<Vec<TierId>>,
    pub last_revision: Option<LastRevision>,
    /// Whether a letter was made of it already.
    pub has_email: bool,
    /// The newsletter that the request names, if it is active.
    pub newsletter: Option<NewsletterId>,
    /// Whether a program sets it up: the rule against scheduling into the past does not hold then.
    pub is_internal: bool,
}

/// What happened to a post, in the words of Ghost's webhooks (behind `post.` or `page.`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostEvent {
    Added,
    Edited,
    Published,
    PublishedEdited,
    Unpublished,
    Scheduled,
    Rescheduled,
    Unscheduled,
    Deleted,
    TagAttached,
    TagDetached,
}

impl PostEvent {
    /// Its name behind the noun.
    pub fn as_str(self) -> &'static str {
        match self {
            PostEvent::Added => "added",
            PostEvent::Edited => "edited",
            PostEvent::Published => "published",
            PostEvent::PublishedEdited => "published.edited",
            PostEvent::Unpublished => "unpublished",
            PostEvent::Scheduled => "scheduled",
            PostEvent::Rescheduled => "rescheduled",
            PostEvent::Unscheduled => "unscheduled",
            PostEvent::Deleted => "deleted",
            PostEvent::TagAttached => "tag.attached",
            PostEvent::TagDetached => "tag.detached",
        }
    }
}

/// Which kept pages are old after a save: what Ghost says in `X-Cache-Invalidate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    Nothing,
    /// Only the preview of a post that is not out.
    Preview,
    Everything,
}

/// What shall stand, and what follows.
#[derive(Debug)]
pub struct Decided {
    pub after: PostSheet,
    /// Columns and relations that change, except those that follow by themselves (`updated_at`).
    pub changed: Vec<&'static str>,
    /// Why a revision is left, if one is.
    pub revision: Option<&'static str>,
    pub events: Vec<PostEvent>,
    pub stale: Stale,
}

/// The slug that this request asks for, before it is known which are taken; None when the slug stays.
///
/// A slug does not follow a title that changes: the editor asks for a new one.
pub fn wanted_slug(before: Option<&PostSheet>, edit: &PostEdit) -> Option<String> {
    let title = || match edit.title.get().map(|title| title.trim()) {
        Some("") | None => UNTITLED,
        Some(title) => title,
    };
    match (before, edit.slug.get().filter(|slug| !slug.is_empty())) {
        (Some(before), Some(slug)) => (*slug != before.slug).then(|| slug::wanted(SlugOf::Post, slug)),
        (Some(_), None) => None,
        (None, Some(slug)) => Some(slug::wanted(SlugOf::Post, slug)),
        (None, None) => Some(slug::wanted(SlugOf::Post, title())),
    }
}

const UNTITLED: &str = "(Untitled)";

/// Decides on a new post. `blank` is what it begins with: the publication's defaults.
pub fn added(blank: PostSheet, edit: &PostEdit, ground: &Ground<'_>) -> Result<Decided, Refusal> {
    let mut blank = blank;
    if edit.authors.get().is_none() {
        blank.authors = vec![ground.writer.clone()];
    }
    decide(None, blank, edit, ground)
}

/// Decides on a change of a post.
///
/// Errors: `Collision` when it would change something and somebody else has saved since; `Invalid` otherwise.
pub fn edited(before: &PostSheet, edit: &PostEdit, ground: &Ground<'_>) -> Result<Decided, Refusal> {
    decide(Some(before), before.clone(), edit, ground)
}

fn decide(
    before: Option<&PostSheet>,
    mut after: PostSheet,
    edit: &PostEdit,
    ground: &Ground<'_>,
) -> Result<Decided, Refusal> {
    if edit.authors.get().is_some_and(Vec::is_empty) {
        return Err(Refusal::invalid("At least one author is required."));
    }
    let was = before.map(|before| before.status);
    let wanted = edit.status.get().copied().unwrap_or(after.status);
    if wanted == PostStatus::Scheduled && was == Some(PostStatus::Published) {
        return Err(Refusal::invalid("Your post is already published, please reload your page."));
    }
    if let Some(published_at) = edit.published_at.get() {
        after.published_at = published_at.map(to_second);
    }
    check_schedule(before, &after, wanted, ground)?;
    fill(&mut after, edit, ground)?;
    stand(before, &mut after, wanted, edit, ground)?;
    if let Some(wanted) = wanted_slug(before, edit) {
        after.slug = slug::free(&wanted, &ground.taken_slugs);
    }
    let revision = match after.mobiledoc {
        Some(_) => None,
        None => revision::reason(
            &after,
            was,
            ground.last_revision.as_ref(),
            edit.save_revision,
            wanted,
            ground.now,
        ),
    };
    let changes = Changes::between(before, &after);
    if let (Some(before), Some(seen_at)) = (before, edit.seen_at)
        && !changes.contested.is_empty()
        && before.updated_at.is_some_and(|updated_at| updated_at != seen_at)
    {
        return Err(Refusal::Collision { changed: changes.contested });
    }
    if changes.touches_row {
        after.updated_at = Some(to_second(ground.now));
    }
    let events = events(before, &after, &changes.all);
    let stale = stale(before, &after, !changes.all.is_empty());
    Ok(Decided { after, changed: changes.all, revision, events, stale })
}

/// A scheduled post has a date, and it is not past.
fn check_schedule(
    before: Option<&PostSheet>,
    after: &PostSheet,
    wanted: PostStatus,
    ground: &Ground<'_>,
) -> Result<(), Refusal> {
    if wanted != PostStatus::Scheduled {
        return Ok(());
    }
    let Some(published_at) = after.published_at else {
        return Err(Refusal::invalid("Value in published_at cannot be blank."));
    };
    let is_new_date = before.is_none_or(|before| before.published_at != after.published_at);
    let earliest = ground.now.saturating_sub(PAST_TOLERATED).unwrap_or(ground.now);
    if is_new_date && published_at < earliest && !ground.is_internal {
        return Err(Refusal::invalid("Date must be at least -2 minutes in the future."));
    }
    Ok(())
}

/// Everything that is taken as it is given.
fn fill(after: &mut PostSheet, edit: &PostEdit, ground: &Ground<'_>) -> Result<(), Refusal> {
    if let Some(title) = edit.title.get() {
        let title = if title.is_empty() { UNTITLED } else { title.trim() };
        if title.is_empty() {
            return Err(Refusal::blank("posts", "title"));
        }
        if title.chars().count() > TITLE_MAX && title != after.title {
            return Err(Refusal::too_long("posts", "title", TITLE_MAX));
        }
        after.title = title.to_owned();
    } else if after.title.is_empty() {
        after.title = UNTITLED.to_owned();
    }
    if let Some(content) = edit.content.get()
        && (after.mobiledoc.is_some() || after.lexical.as_ref() != Some(&content.lexical))
    {
        // One text, one form of it: a new document replaces that of the old editor.
        after.mobiledoc = None;
        after.lexical = Some(content.lexical.clone());
        after.html.clone_from(&content.html);
        after.plaintext.clone_from(&content.plaintext);
    }
    if let Some(featured) = edit.featured.get() {
        after.featured = *featured;
    }
    if let Some(shows) = edit.show_title_and_feature_image.get() {
        after.show_title_and_feature_image = *shows;
    }
    if let Some(visibility) = edit.visibility.get() {
        after.visibility = stored_visibility(visibility)?;
    }
    after.texts.edit(&edit.texts, ground.site)?;
    let mut meta = after.meta.clone().unwrap_or_else(Meta::none);
    meta.texts.edit(&edit.texts, ground.site)?;
    if let Some(email_only) = edit.email_only.get() {
        meta.email_only = *email_only;
    }
    // A row is made only when it says something; one that is there stays, empty or not.
    if after.meta.is_some() || meta.email_only || !meta.texts.is_empty() {
        after.meta = Some(meta);
    }
    if let Some(tags) = &ground.tags {
        after.tags.clone_from(tags);
    }
    if let Some(authors) = &ground.authors {
        after.authors.clone_from(authors);
    }
    if let Some(tiers) = &ground.tiers {
        after.tiers.clone_from(tiers);
    }
    Ok(())
}

/// The status, and what comes with it: dates, who published, the letter.
fn stand(
    before: Option<&PostSheet>,
    after: &mut PostSheet,
    wanted: PostStatus,
    edit: &PostEdit,
    ground: &Ground<'_>,
) -> Result<(), Refusal> {
    let is_change = before.is_none_or(|before| before.status != wanted);
    let is_out = matches!(wanted, PostStatus::Published | PostStatus::Sent);
    if is_out && after.published_at.is_none() {
        after.published_at = Some(to_second(ground.now));
    }
    if is_out && is_change {
        after.published_by = Some(ground.writer.clone());
    }
    if let Some((_, segment)) = &edit.newsletter
        && is_change
        && wanted != PostStatus::Draft
        && after.newsletter.is_none()
    {
        let newsletter = ground.newsletter.clone().ok_or_else(|| Refusal::Bad {
            message: "The newsletter parameter doesn't match any active newsletter.".into(),
        })?;
        after.newsletter = Some(newsletter);
        after.email_recipient_filter = segment.clone().unwrap_or_else(|| "all".into());
    }
    if wanted == PostStatus::Draft && is_change && !ground.has_email {
        after.email_recipient_filter = "all".into();
        after.newsletter = None;
    }
    if after.is_letter() && wanted == PostStatus::Scheduled && is_change && after.newsletter.is_none() {
        return Err(Refusal::invalid("Scheduling an email requires a newsletter reference."));
    }
    after.status = match wanted {
        PostStatus::Published if is_change && after.is_letter() => PostStatus::Sent,
        PostStatus::Sent if is_change && !after.is_letter() => PostStatus::Published,
        wanted => wanted,
    };
    Ok(())
}

/// Old filters that mean one of the words are stored as the word.
pub(in crate::edit) fn stored_visibility(given: &str) -> Result<String, Refusal> {
    match given {
        "public" | "members" | "paid" | "tiers" => Ok(given.to_owned()),
        "status:-free" => Ok("paid".into()),
        "status:free,status:-free" | "status:-free,status:free" => Ok("members".into()),
        filter => match nql::Filter::parse(filter, Timestamp::UNIX_EPOCH) {
            Ok(_) if filter.len() <= 50 => Ok(filter.to_owned()),
            Ok(_) => Err(Refusal::too_long("posts", "visibility", 50)),
            Err(_) => Err(Refusal::invalid_field(
                "visibility",
                format!(
                    "A post can be for public, members, paid or tiers, or a filter on members; not for `{filter}`."
                ),
            )),
        },
    }
}

struct Changes {
    all: Vec<&'static str>,
    /// Those for which two editors collide.
    contested: Vec<&'static str>,
    /// Whether the row in `posts` is written, and with it `updated_at`.
    touches_row: bool,
}

impl Changes {
    fn between(before: Option<&PostSheet>, after: &PostSheet) -> Self {
        let none = PostSheet::new(after.kind, after.id.clone(), String::new());
        let was = before.unwrap_or(&none);
        let row = changed(&was.row(), after.row());
        // Relations leave `updated_at` as it is.
        let touches_row = before.is_none() || !row.is_empty();
        let mut all: Vec<&'static str> = row.iter().map(|(name, _)| *name).collect();
        for (name, is_other) in [
            ("tags", was.tags != after.tags),
            ("authors", was.authors != after.authors),
            ("tiers", was.tiers != after.tiers),
        ] {
            if is_other {
                all.push(name);
            }
        }
        let follows = ["html", "plaintext", "published_by"];
        let contested: Vec<&'static str> =
            all.iter().copied().filter(|name| !follows.contains(name)).collect();
        // A row of its own: neither `updated_at` nor another editor's save is looked at for it.
        if was.meta != after.meta {
            all.push("posts_meta");
        }
        Changes { all, contested, touches_row }
    }
}

fn events(before: Option<&PostSheet>, after: &PostSheet, changed: &[&str]) -> Vec<PostEvent> {
    let attached = after.tags.iter().any(|tag| before.is_none_or(|before| !before.tags.contains(tag)));
    let detached = before.is_some_and(|before| before.tags.iter().any(|tag| !after.tags.contains(tag)));
    let mut events = Vec::new();
    if detached {
        events.push(PostEvent::TagDetached);
    }
    if attached {
        events.push(PostEvent::TagAttached);
    }
    let Some(before) = before else {
        events.push(PostEvent::Added);
        match after.status {
            PostStatus::Published => events.push(PostEvent::Published),
            PostStatus::Scheduled => events.push(PostEvent::Scheduled),
            PostStatus::Draft | PostStatus::Sent => {}
        }
        return events;
    };
    if changed.is_empty() {
        return vec![];
    }
    let (was, is) = (before.status, after.status);
    if was != is {
        if was == PostStatus::Published {
            events.push(PostEvent::Unpublished);
        }
        match is {
            PostStatus::Published => events.push(PostEvent::Published),
            PostStatus::Scheduled => events.push(PostEvent::Scheduled),
            PostStatus::Draft | PostStatus::Sent => {}
        }
        if was == PostStatus::Scheduled && is != PostStatus::Published {
            events.push(PostEvent::Unscheduled);
        }
    } else if is == PostStatus::Published {
        events.push(PostEvent::PublishedEdited);
    } else if is == PostStatus::Scheduled && before.published_at != after.published_at {
        events.push(PostEvent::Rescheduled);
    }
    events.push(PostEvent::Edited);
    events
}

fn stale(before: Option<&PostSheet>, after: &PostSheet, is_changed: bool) -> Stale {
    let was = before.map(|before| before.status);
    match after.status {
        PostStatus::Published if is_changed => Stale::Everything,
        PostStatus::Draft if was == Some(PostStatus::Published) => Stale::Everything,
        PostStatus::Draft if before.is_some() => Stale::Preview,
        PostStatus::Scheduled if before.is_some() && is_changed => Stale::Preview,
        _ => Stale::Nothing,
    }
}
