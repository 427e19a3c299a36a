//! What happens by itself: scheduled posts go out, tiers that were given for a time end.
//!
//! One thread looks every second. As long as nothing was written that costs one load of a counter; the database is asked
//! when it changed, when something is due, and for ends of tiers once a minute. What was missed while nobody was there
//! happens at the start.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use model::SiteUrl;
use model::edit::Actor;
use model::id::PostId;
use store::acts::members;
use store::acts::schedule::{self, Scheduled};
use store::{Act, ActError, Changes, Database, ReadConnection, WriteError, Writer};

const TICK: Duration = Duration::from_secs(1);
/// How long a post that could not be published is left alone.
const REST: SignedDuration = SignedDuration::from_mins(1);
const ENDS_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What waits, as of the last look.
pub struct Timetable {
    reader: ReadConnection,
    writer: Arc<Writer>,
    changes: Changes,
    site: SiteUrl,
    /// The change of the database that `waiting` shows; None before the first look.
    seen: Option<u64>,
    waiting: Vec<Scheduled>,
    /// Posts that could not be published, and until when they are left alone.
    resting: Vec<(PostId, Timestamp)>,
    ends_looked_at: Option<Timestamp>,
}

impl Timetable {
    /// Reads nothing yet.
    pub fn new(database: &Database, writer: Arc<Writer>, site: SiteUrl) -> Result<Self, store::Error> {
        Ok(Timetable {
            reader: database.reader()?,
            writer,
            changes: database.changes().clone(),
            site,
            seen: None,
            waiting: vec![],
            resting: vec![],
            ends_looked_at: None,
        })
    }

    /// Does what is due at `now`; answers the posts that went out.
    pub fn tick(&mut self, now: Timestamp) -> Vec<PostId> {
        if let Err(error) = self.look() {
            tracing::warn!(%error, "scheduled posts cannot be read");
            return vec![];
        }
        self.resting.retain(|(_, until)| *until > now);
        let due: Vec<Scheduled> = self.waiting.iter().take_while(|post| post.at <= now).cloned().collect();
        let out = due.into_iter().filter(|post| self.publish(post, now)).map(|post| post.id).collect();
        if self.ends_looked_at.is_none_or(|last| now.duration_since(last) >= ENDS_EVERY) {
            self.ends_looked_at = Some(now);
            self.end_tiers(now);
        }
        out
    }

    /// Reads again what waits, when anything was written since.
    fn look(&mut self) -> Result<(), store::Error> {
        if self.seen == Some(self.changes.number()) {
            return Ok(());
        }
        let snapshot = self.reader.snapshot()?;
        self.waiting = schedule::waiting(&snapshot)?;
        self.seen = Some(snapshot.change());
        Ok(())
    }

    fn act(&self, at: Timestamp) -> Act {
        Act { by: Actor::System, at, site: self.site.clone() }
    }

    fn publish(&mut self, post: &Scheduled, now: Timestamp) -> bool {
        if self.resting.iter().any(|(id, _)| *id == post.id) {
            return false;
        }
        let (act, what) = (self.act(now), post.clone());
        match self.writer.write(move |tx| schedule::publish(tx, &act, &what)).wait() {
            Ok(Some(_)) => {
                tracing::info!(id = %post.id, planned = %post.at, "a scheduled post went out");
                true
            }
            Ok(None) => false,
            Err(error) => {
                tracing::error!(id = %post.id, %error, "a scheduled post could not go out; tried again in a minute");
                self.resting.push((post.id.clone(), now.saturating_add(REST).unwrap_or(now)));
                false
            }
        }
    }

    fn end_tiers(&self, now: Timestamp) {
        let act = self.act(now);
        match self.writer.write(move |tx| members::end_given_tiers(tx, &act)).wait() {
            Ok(ended) if ended.is_empty() => {}
            Ok(ended) => tracing::info!(members = ended.len(), "tiers that were given for a time have ended"),
            Err(ActError::Failed(WriteError::Locked | WriteError::Busy)) => {}
            Err(error) => tracing::error!(%error, "tiers whose time is over could not be taken back"),
        }
    }
}

/// The running thread. Dropping it ends it, after what it is at.
pub struct Running {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Looks every second from now on.
pub fn start(mut timetable: Timetable) -> std::io::Result<Running> {
    let (stop, stopped) = channel::<()>();
    let thread = std::thread::Builder::new().name("timetable".into()).spawn(move || {
        loop {
            timetable.tick(Timestamp::now());
            if stopped.recv_timeout(TICK) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    })?;
    Ok(Running { stop: Some(stop), thread: Some(thread) })
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use model::edit::Change;
    use model::edit::member::{HeldTier, MemberEdit};
    use model::edit::post::PostEdit;
    use model::{PostKind, PostStatus};
    use store::acts::{posts, tiers};
    use store::schema::{NewPublication, SigningKey, create};
    use store::{Chance, Changed, OpenOptions, PostKey, PostRead};
    use tempfile::TempDir;

    use super::*;

    type Heard = Arc<Mutex<Vec<Changed>>>;

    struct Paper {
        _folder: TempDir,
        database: Database,
        writer: Arc<Writer>,
        heard: Heard,
    }

    fn at(time: &str) -> Timestamp {
        format!("2026-03-01T{time}Z").parse().unwrap()
    }

    fn site() -> SiteUrl {
        SiteUrl::parse("https://herald.example").unwrap()
    }

    fn paper() -> Paper {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ghost.db");
        let key = || SigningKey { private: String::new(), public: String::new() };
        let publication = NewPublication {
            title: "The Herald".into(),
            description: String::new(),
            locale: "en".into(),
            timezone: "Etc/UTC".into(),
            theme: "courant".into(),
            owner: None,
            first_posts: false,
            site_key: key(),
            members_key: key(),
        };
        create(&path, &publication, at("06:00:00"), Chance::sequence(1)).unwrap();
        let database = Database::open(&path, &OpenOptions::default()).unwrap();
        let heard = Heard::default();
        let list = Arc::clone(&heard);
        let observer = move |changed: &[Changed]| list.lock().unwrap().extend_from_slice(changed);
        let writer = Arc::new(Writer::start(&database, Chance::sequence(2), observer).unwrap());
        Paper { _folder: folder, database, writer, heard }
    }

    impl Paper {
        fn timetable(&self) -> Timetable {
            Timetable::new(&self.database, Arc::clone(&self.writer), site()).unwrap()
        }

        fn schedule(&self, slug: &str, time: &str) -> PostId {
            let edit = PostEdit {
                title: Change::To(slug.into()),
                status: Change::To(PostStatus::Scheduled),
                published_at: Change::To(Some(at(time))),
                ..PostEdit::default()
            };
            let act = Act { by: Actor::System, at: at("06:00:00"), site: site() };
            self.writer.write(move |tx| posts::add(tx, &act, PostKind::Post, &edit)).wait().unwrap().id
        }

        fn is_out(&self, slug: &str) -> bool {
            let reader = self.database.reader().unwrap();
            let read = PostRead::published(PostKind::Post, PostKey::Slug(slug));
            store::posts::read(&reader.snapshot().unwrap(), &read).unwrap().is_some()
        }
    }

    #[test]
    fn a_scheduled_post_goes_out_in_its_second_and_kept_pages_hear_of_it() {
        let paper = paper();
        let mut timetable = paper.timetable();
        assert!(timetable.tick(at("06:59:00")).is_empty());
        // Scheduled while the thread runs, and one of them moved to an earlier time.
        let late = paper.schedule("late", "09:00:00");
        let early = paper.schedule("early", "07:00:00");
        assert!(timetable.tick(at("06:59:59")).is_empty());
        assert!(!paper.is_out("early"));
        paper.heard.lock().unwrap().clear();
        assert_eq!(timetable.tick(at("07:00:00")), std::slice::from_ref(&early));
        assert!(paper.is_out("early"));
        assert_eq!(*paper.heard.lock().unwrap(), [Changed::Post(early)]);
        assert!(timetable.tick(at("07:00:01")).is_empty(), "once");
        let sooner = PostEdit { published_at: Change::To(Some(at("08:00:00"))), ..PostEdit::default() };
        let (act, id) = (Act { by: Actor::System, at: at("07:00:02"), site: site() }, late.clone());
        paper.writer.write(move |tx| posts::edit(tx, &act, (PostKind::Post, &id), &sooner)).wait().unwrap();
        assert_eq!(timetable.tick(at("08:00:00")), [late]);
    }

    #[test]
    fn what_was_missed_goes_out_at_the_start_in_its_order() {
        let paper = paper();
        let second = paper.schedule("second", "07:30:00");
        let first = paper.schedule("first", "07:00:00");
        drop(paper.timetable());
        assert!(!paper.is_out("first"));
        assert_eq!(paper.timetable().tick(at("23:00:00")), [first, second]);
        assert!(paper.is_out("first") && paper.is_out("second"));
    }

    #[test]
    fn a_tier_that_was_given_for_a_time_ends_by_itself() {
        let paper = paper();
        let act = Act { by: Actor::System, at: at("06:00:00"), site: site() };
        let add = move |tx: &store::WriteTransaction<'_>| -> Result<String, ActError> {
            let id = tiers::find(tx, "default-product")?.expect("the tier that comes with a publication");
            let edit = MemberEdit {
                email: Change::To("ada@readers.example".into()),
                tiers: Change::To(vec![HeldTier { id, ends_at: Some(at("07:00:00")) }]),
                ..MemberEdit::default()
            };
            let id = members::add(tx, &act, &edit)?.id;
            members::session_name(tx, &id)
        };
        let session = paper.writer.write(add).wait().unwrap();
        let is_paid = || {
            let reader = paper.database.reader().unwrap();
            let snapshot = reader.snapshot().unwrap();
            // Read as of six, so that only what is written down counts.
            store::members::by_transient_id(&snapshot, &session, at("06:00:00")).unwrap().unwrap().is_paid()
        };
        let mut timetable = paper.timetable();
        timetable.tick(at("06:59:30"));
        assert!(is_paid());
        timetable.tick(at("07:00:29"));
        assert!(is_paid(), "looked at once a minute");
        timetable.tick(at("07:00:30"));
        assert!(!is_paid());
    }
}
