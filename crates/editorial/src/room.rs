//! The desk of one publication: what it has judged lately, and the archive on disk.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use archive::{Archive, RelatedOptions, SearchOptions};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::desk::{KeyPoint, RelatedChoice};
use model::id::PostId;
use model::{Gated, Post, Reader, SiteUrl};
use store::Snapshot;
use store::desk::TextState;
use xxhash_rust::xxh3::Xxh3;

use crate::{Reading, ShownPoint, audience};

/// Stories whose shown points are remembered; all are forgotten when there are more.
const REMEMBERED: usize = 4096;
/// Posts that are read at once.
const BATCH: u32 = 200;
/// Posts after which the archive is made durable while it is built.
const COMMIT_EVERY: usize = 20_000;
/// Stories that the desk looks back on, so that what changes in them later is noticed.
pub const ON_RECORD: u32 = 1000;
/// Of these at once, so that a change need not wait.
const FEW: u32 = 20;
/// Neighbours that are asked for, so that enough are left when some were hidden or are no longer published.
const SPARE: usize = 10;

/// What a publication's desk can be asked. Shared by all threads.
#[derive(Default)]
pub struct Desk {
    archive: RwLock<Option<Archive>>,
    points: Mutex<HashMap<u64, Arc<Vec<ShownPoint>>>>,
    /// How often the archive was changed, and the neighbours that were found since the last time, by story.
    generation: AtomicU64,
    neighbours: Mutex<HashMap<String, Neighbours>>,
    /// Fingerprints of the posts that were changed in the second of the watermark: they are read again each time, as
    /// there may be more of that second, and need not be put in again.
    newest: Mutex<HashMap<String, u64>>,
}

/// The nearest stories of one story.
#[derive(Clone)]
struct Neighbours {
    /// Of the archive, when they were asked for.
    generation: u64,
    limit: usize,
    ids: Arc<Vec<String>>,
}

/// Stories that were found.
#[derive(Default)]
pub struct Found {
    /// Best first.
    pub posts: Vec<Gated<Post>>,
    /// Of all pages together.
    pub total: usize,
}

/// What is to be put on record of a changed story, where it is anything new.
pub struct Record {
    pub post: PostId,
    /// Those that were on record, and those that are to be.
    pub points: Option<(Vec<KeyPoint>, Vec<KeyPoint>)>,
    pub text: Option<TextState>,
}

/// What catching up brought.
#[derive(Default)]
pub struct Progress {
    /// Posts that were put into the archive or taken out.
    pub n_posts: usize,
    /// What is to be put on record, by post.
    pub records: Vec<Record>,
    /// There is more to do.
    pub has_more: bool,
}

/// How far the archive has come, as it stands in its watermark: `SECOND` when all up to there is in it, `SECOND|ID` in
/// the midst of a pass, `SECOND|ID|first` in the midst of the first.
struct Place {
    second: String,
    id: String,
    is_first_build: bool,
}

impl Place {
    fn read(watermark: Option<&str>) -> Self {
        let mut parts = watermark.unwrap_or_default().split('|').map(str::to_owned);
        let (second, id) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Place { second, id, is_first_build: watermark.is_none() || parts.next().is_some() }
    }

    fn to_watermark(&self) -> String {
        match (self.id.as_str(), self.is_first_build) {
            ("", false) => self.second.clone(),
            (id, false) => format!("{}|{id}", self.second),
            (id, true) => format!("{}|{id}|first", self.second),
        }
    }
}

/// Why the archive cannot be asked or fed.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Desk {
    /// Opens the archive in `dir`, which is made anew when it cannot be read; until then nothing is found.
    ///
    /// Errors: the archive's, when another process has it open or the folder is somebody else's.
    pub fn open_archive(&self, dir: &Path) -> Result<(), RoomError> {
        let opened = match Archive::open(dir) {
            Err(error @ (archive::Error::Unreadable { .. } | archive::Error::Newer(_))) => {
                tracing::warn!(%error, "the archive is built anew");
                Archive::rebuild(dir)?
            }
            opened => opened?,
        };
        *self.archive.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
        Ok(())
    }

    /// Opens the archive in `dir` to be asked only, beside a server that may be changing it: what is durable is found.
    ///
    /// Errors: the archive's, when there is none yet, too.
    pub fn read_archive(&self, dir: &Path) -> Result<(), RoomError> {
        let opened = Archive::open_to_read(dir)?;
        *self.archive.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
        Ok(())
    }

    fn archive(&self) -> RwLockReadGuard<'_, Option<Archive>> {
        self.archive.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key points that this reader sees beside a story that was opened for her; see [`crate::shown`].
    ///
    /// Remembered by all that they depend on: made anew when the text, the title or the record changes.
    pub fn points(
        &self,
        snapshot: &Snapshot<'_>,
        post: &Post,
        zone: &TimeZone,
    ) -> store::Result<Arc<Vec<ShownPoint>>> {
        let kept = store::desk::points(snapshot, post.id.as_str())?;
        let key = key(post, &kept, zone);
        if let Some(points) = self.points.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(points));
        }
        let points = Arc::new(crate::shown(&Reading::of(post, zone), post, &kept));
        let mut remembered = self.points.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(key, Arc::clone(&points));
        Ok(points)
    }

    /// Stories to show beside a story, at most `limit`: those that an editor pinned, then the nearest by subject; none
    /// that she hid, none that is not near enough, no version of the story itself.
    pub fn related(
        &self,
        snapshot: &Snapshot<'_>,
        post: &PostId,
        limit: usize,
    ) -> Result<Vec<Gated<Post>>, RoomError> {
        let choices = store::desk::choices(snapshot, post.as_str())?;
        let of = |wanted: RelatedChoice| {
            choices.iter().filter(move |(_, choice)| *choice == wanted).map(|(id, _)| id.as_str().to_owned())
        };
        let mut ids: Vec<String> = of(RelatedChoice::Pinned).collect();
        let hidden: Vec<String> = of(RelatedChoice::Hidden).collect();
        for one in self.neighbours(post.as_str(), limit + hidden.len() + SPARE)?.iter() {
            if !ids.contains(one) && !hidden.contains(one) {
                ids.push(one.clone());
            }
        }
        let mut posts = store::desk::published_among(snapshot, &ids)?;
        posts.truncate(limit);
        Ok(posts)
    }

    /// The nearest stories by subject, remembered until the archive changes.
    fn neighbours(&self, post: &str, limit: usize) -> Result<Arc<Vec<String>>, RoomError> {
        let archive = self.archive();
        let Some(archive) = &*archive else { return Ok(Arc::default()) };
        let generation = self.generation.load(Ordering::Acquire);
        let known = self.neighbours.lock().unwrap_or_else(PoisonError::into_inner).get(post).cloned();
        if let Some(known) = known.filter(|known| (known.generation, known.limit) == (generation, limit)) {
            return Ok(known.ids);
        }
        let options = RelatedOptions { limit, ..RelatedOptions::default() };
        let ids: Arc<Vec<String>> =
            Arc::new(archive.related(post, &options)?.into_iter().map(|one| one.id).collect());
        let mut remembered = self.neighbours.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        let neighbours = Neighbours { generation, limit, ids: Arc::clone(&ids) };
        remembered.insert(post.to_owned(), neighbours);
        Ok(ids)
    }

    /// Stories in which every word of `query` stands where this reader may read.
    ///
    /// A story that was changed after the archive was last brought up to date is left out: its words may no longer be
    /// this reader's.
    pub fn search(
        &self,
        snapshot: &Snapshot<'_>,
        reader: &Reader,
        query: &str,
        (offset, limit): (usize, usize),
    ) -> Result<Found, RoomError> {
        let options = SearchOptions { audiences: audience::of_reader(reader), limit, offset };
        let (reached, found) = match &*self.archive() {
            // In this order: what is found is then at least as new as what it is held to be.
            Some(archive) => {
                let reached = Place::read(archive.watermark().as_deref()).second;
                (reached, archive.search(query, &options)?)
            }
            None => return Ok(Found::default()),
        };
        let ids: Vec<String> = found.hits.into_iter().map(|hit| hit.id).collect();
        let posts = store::desk::published_among(snapshot, &ids)?
            .into_iter()
            .filter(|post| post.updated_at().is_none_or(|at| model::dates::to_database(at) <= reached))
            .collect();
        Ok(Found { posts, total: found.total })
    }

    /// Whether there is an archive to search.
    pub fn can_search(&self) -> bool {
        self.archive().is_some()
    }

    /// Brings the archive nearer to what the snapshot shows; answers what else is to be put on record, and whether there
    /// is more to do, with a newer snapshot.
    ///
    /// Points are put on record for stories that were changed since the archive was first built; for those that were there
    /// before see [`Desk::look_back`].
    pub fn catch_up(
        &self,
        snapshot: &Snapshot<'_>,
        place: (&SiteUrl, &TimeZone),
        now: Timestamp,
    ) -> Result<Progress, RoomError> {
        self.caught_up(snapshot, place, now).inspect_err(|_| self.look_again())
    }

    /// What is to be put on record of the next few of the newest stories that were there before the desk was: their words and
    /// points. Empty when the newest [`ON_RECORD`] are on record.
    ///
    /// Older ones have no record until they change: their points are chosen when they are asked for.
    pub fn look_back(
        &self,
        snapshot: &Snapshot<'_>,
        place: (&SiteUrl, &TimeZone),
        now: Timestamp,
    ) -> Result<Vec<Record>, RoomError> {
        let mut records = Vec::new();
        for post in store::desk::unrecorded(snapshot, ON_RECORD, FEW)? {
            records.extend(to_record(snapshot, post, place, now)?);
        }
        Ok(records)
    }

    /// Takes the posts of the newest second for unseen, after something that was to be done with them failed.
    pub fn look_again(&self) {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn caught_up(
        &self,
        snapshot: &Snapshot<'_>,
        (site, zone): (&SiteUrl, &TimeZone),
        now: Timestamp,
    ) -> Result<Progress, RoomError> {
        let mut place = match &*self.archive() {
            Some(archive) => Place::read(archive.watermark().as_deref()),
            None => return Ok(Progress::default()),
        };
        let mut progress = Progress::default();
        let mut n_waiting = 0;
        while !progress.has_more {
            let feed = store::desk::feed(snapshot, (&place.second, &place.id), BATCH)?;
            let Some(last) = feed.last.clone() else { break };
            (place.second, place.id) = last;
            let fed = self.unseen(feed);
            let stories: Vec<archive::Story> =
                fed.published.iter().map(|post| audience::story(post, site)).collect();
            n_waiting += stories.len() + fed.gone.len();
            if let Some(archive) = &*self.archive() {
                for story in &stories {
                    archive.add(story)?;
                }
                for gone in &fed.gone {
                    archive.remove(gone.as_str());
                }
            }
            if !place.is_first_build {
                for post in fed.published {
                    progress.records.extend(to_record(snapshot, post, (site, zone), now)?);
                }
            }
            progress.has_more = n_waiting >= COMMIT_EVERY;
        }
        let is_first_build = place.is_first_build;
        if !progress.has_more {
            // All is seen: the next look begins at the newest second again, which may not be over.
            (place.id, place.is_first_build) = (String::new(), false);
        }
        if n_waiting > 0 || is_first_build {
            self.show(&place.to_watermark(), is_first_build || progress.has_more)?;
        }
        progress.n_posts = n_waiting;
        Ok(progress)
    }

    /// Makes what was put in visible; durable, too, while so much comes that it would be a pity to read it again.
    fn show(&self, watermark: &str, is_much: bool) -> Result<(), RoomError> {
        if let Some(archive) = &*self.archive() {
            if is_much {
                archive.commit(watermark)?
            } else {
                archive.show(watermark)?
            }
            self.generation.fetch_add(1, Ordering::AcqRel);
        }
        Ok(())
    }

    /// Whether the archive knows something that a crash would make it forget, until it catches up again.
    pub fn is_ahead_of_disk(&self) -> bool {
        self.archive().as_ref().is_some_and(Archive::is_ahead_of_disk)
    }

    /// Makes what the archive knows durable. Nobody waits for it but the caller.
    pub fn secure(&self) -> Result<(), RoomError> {
        match &*self.archive() {
            Some(archive) => Ok(archive.secure()?),
            None => Ok(()),
        }
    }

    /// What of a feed was not put in as it stands already.
    fn unseen(&self, feed: store::desk::Feed) -> store::desk::Feed {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = std::mem::take(&mut *newest);
        if feed.published.len() + feed.gone.len() < BATCH as usize {
            // The last part: what it holds of the newest second will come again.
            newest.extend(
                feed.published.iter().map(|post| (post.id().as_str().to_owned(), post.fingerprint())),
            );
            newest.extend(feed.gone.iter().map(|id| (id.as_str().to_owned(), 0)));
        }
        let mut is_new = |id: &str, fingerprint: u64| seen.remove(id) != Some(fingerprint);
        store::desk::Feed {
            published: feed
                .published
                .into_iter()
                .filter(|post| is_new(post.id().as_str(), post.fingerprint()))
                .collect(),
            gone: feed.gone.into_iter().filter(|id| is_new(id.as_str(), 0)).collect(),
            last: feed.last,
        }
    }

    /// Takes those of the posts out of the archive that are there no more. Answers how many that were.
    pub fn forget_deleted(&self, snapshot: &Snapshot<'_>, posts: &[PostId]) -> Result<usize, RoomError> {
        let ids: Vec<String> = posts.iter().map(|post| post.as_str().to_owned()).collect();
        let there = store::desk::published_among(snapshot, &ids)?;
        let gone: Vec<&String> =
            ids.iter().filter(|id| there.iter().all(|post| post.id().as_str() != id.as_str())).collect();
        if let (false, Some(archive)) = (gone.is_empty(), &*self.archive()) {
            gone.iter().for_each(|id| archive.remove(id));
            // Durable at once: no feed will name them again.
            archive.commit(&archive.watermark().unwrap_or_default())?;
            self.generation.fetch_add(1, Ordering::AcqRel);
        }
        Ok(gone.len())
    }
}

/// What is to be put on record of a changed story, if it is anything new.
fn to_record(
    snapshot: &Snapshot<'_>,
    post: Gated<Post>,
    (site, zone): (&SiteUrl, &TimeZone),
    now: Timestamp,
) -> Result<Option<Record>, RoomError> {
    // Whole: what of it a reader sees is decided when she asks, against her own text.
    let post = post.for_reader(&Reader::Preview, site);
    let kept = store::desk::points(snapshot, post.id.as_str())?;
    let reading = Reading::of(&post, zone);
    let points = crate::revised(&reading, &post, &kept, now).map(|points| (kept, points));
    let text = changed_text(&post, store::desk::text_state(snapshot, post.id.as_str())?, now);
    let is_new = points.is_some() || text.is_some();
    Ok(is_new.then_some(Record { post: post.id, points, text }))
}

/// The state of the words, if it is another than the known one. Words that are seen for the first time were last changed
/// when the story went out, unless it was saved later.
fn changed_text(post: &Post, known: Option<TextState>, now: Timestamp) -> Option<TextState> {
    let mut hasher = Xxh3::new();
    for text in [Some(&post.title), post.custom_excerpt.as_ref(), post.plaintext.as_ref()] {
        hasher.update(text.map_or("", String::as_str).as_bytes());
        hasher.update(&[0]);
    }
    let hash = format!("{:016x}", hasher.digest());
    if known.is_some_and(|known| known.hash == hash) {
        return None;
    }
    Some(TextState { hash, changed_at: post.updated_at.or(post.published_at).unwrap_or(now) })
}

/// All that the shown points depend on, as a number.
fn key(post: &Post, kept: &[KeyPoint], zone: &TimeZone) -> u64 {
    let mut hasher = Xxh3::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(post.id.as_str());
    add(post.html.as_deref().unwrap_or_default());
    add(&post.title);
    add(post.custom_excerpt.as_deref().unwrap_or_default());
    add(if post.is_cut { "cut" } else { "whole" });
    add(&post.published_at.map(|at| at.to_zoned(zone.clone()).date().to_string()).unwrap_or_default());
    for point in kept {
        add(&point.text);
        add(point.state.as_str());
        add(point.origin.as_str());
        add(point.decided_by.as_deref().or(point.created_by.as_deref()).unwrap_or_default());
    }
    hasher.digest()
}
