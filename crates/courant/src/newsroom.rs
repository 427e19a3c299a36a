//! The desk at work while the publication is served: keeps the archive up to date and key points on record, on a thread
//! of its own, woken by changes.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use editorial::Record;
use jiff::Timestamp;
use model::id::PostId;
use site::Publication;
use store::{Changed, Database, ReadConnection, WriteError, Writer};

use crate::proposed::Proposer;

/// Changes of a burst are looked at together.
const REST: Duration = Duration::from_millis(50);
/// After a failure the desk looks again, though nothing has changed.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// What was shown is made durable this long after; after a crash it is read again.
const SECURE_AFTER: Duration = Duration::from_secs(3);

/// What wakes the desk. Clones ring the same one.
#[derive(Clone, Default)]
pub struct Bell(Arc<(Mutex<Rung>, Condvar)>);

#[derive(Default)]
struct Rung {
    is_rung: bool,
    is_over: bool,
    /// Posts that were changed by writes of ours; they may have been deleted.
    posts: Vec<PostId>,
}

impl Bell {
    /// Wakes the desk if what changed concerns it.
    pub fn ring(&self, changed: &[Changed]) {
        let mut rung = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        for changed in changed {
            match changed {
                Changed::Post(post) => {
                    rung.posts.push(post.clone());
                    rung.is_rung = true;
                }
                Changed::Everything => rung.is_rung = true,
                _ => {}
            }
        }
        self.0.1.notify_all();
    }

    fn end(&self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).is_over = true;
        self.0.1.notify_all();
    }

    /// Waits until it is rung, at most so long; answers the posts, or None when it is all over.
    fn wait(&self, longest: Option<Duration>) -> Option<Vec<PostId>> {
        let guard = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_quiet = |rung: &mut Rung| !rung.is_rung && !rung.is_over;
        let mut rung = match longest {
            None => self.0.1.wait_while(guard, is_quiet).unwrap_or_else(PoisonError::into_inner),
            Some(longest) => {
                self.0
                    .1
                    .wait_timeout_while(guard, longest, is_quiet)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0
            }
        };
        rung.is_rung = false;
        (!rung.is_over).then(|| std::mem::take(&mut rung.posts))
    }

    fn is_over(&self) -> bool {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).is_over
    }
}

/// The desk's thread.
pub struct Newsroom {
    bell: Bell,
    thread: Option<JoinHandle<()>>,
}

impl Newsroom {
    /// Opens the archive, if there is to be one, and starts the thread.
    ///
    /// Without an archive nothing can be searched and no related stories are found; the publication is served all the
    /// same, and why is in the log. A `model` is asked for points of the stories that go out or whose words change. Errors: no
    /// connection, no thread.
    pub fn start(
        bell: Bell,
        publication: Arc<Publication>,
        (database, writer): (&Database, Arc<Writer>),
        archive: Option<&Path>,
        model: Option<proposals::Model>,
    ) -> Result<Self, String> {
        let Some(dir) = archive else { return Ok(Newsroom { bell, thread: None }) };
        if let Err(error) = publication.desk.open_archive(dir) {
            tracing::error!(%error, "the archive cannot be opened: no search, no related stories");
            return Ok(Newsroom { bell, thread: None });
        }
        let reader = database.reader().map_err(|error| error.to_string())?;
        let proposer = match model {
            Some(model) => {
                let reader = database.reader().map_err(|error| error.to_string())?;
                Some(Proposer::start(model, Arc::clone(&publication), reader, &writer)?)
            }
            None => None,
        };
        let shift = Shift { publication, reader, writer, bell: bell.clone(), proposer };
        let thread = std::thread::Builder::new()
            .name("desk".into())
            .spawn(move || shift.work())
            .map_err(|error| format!("no thread for the desk: {error}"))?;
        Ok(Newsroom { bell, thread: Some(thread) })
    }

    /// Ends the thread after what it has begun.
    pub fn stop(mut self) {
        self.bell.end();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// The posts that the bell told of and that the archive has not caught up with: it tells of each once.
#[derive(Default)]
struct Told(Vec<PostId>);

impl Told {
    /// Adds posts to those that are waiting; each waits once.
    fn hear(&mut self, posts: Vec<PostId>) {
        self.0.extend(posts);
        self.0.sort();
        self.0.dedup();
    }

    /// Lets `act` do what is to be done with the posts that wait. After a failure they wait for the next attempt.
    fn attempt(&mut self, act: impl FnOnce(&[PostId]) -> Result<(), String>) -> Result<(), String> {
        act(&self.0)?;
        self.0.clear();
        Ok(())
    }
}

struct Shift {
    publication: Arc<Publication>,
    reader: ReadConnection,
    writer: Arc<Writer>,
    bell: Bell,
    proposer: Option<Proposer>,
}

impl Shift {
    fn work(&self) {
        let mut told = Told::default();
        let mut ahead_since = None;
        loop {
            let caught_up = told.attempt(|posts| self.catch_up(posts));
            let pause = match caught_up.and_then(|()| self.look_back()) {
                Ok(()) => None,
                Err(message) => {
                    tracing::error!("the desk: {message}");
                    Some(AFTER_FAILURE)
                }
            };
            let until_secure = self.secured_in_time(&mut ahead_since);
            match self.bell.wait(pause.into_iter().chain(until_secure).min()) {
                Some(posts) => told.hear(posts),
                None => break,
            }
            std::thread::sleep(REST);
        }
        self.secure();
    }

    /// Makes the archive durable if that is due; answers how long it may wait otherwise, if there is anything to do.
    fn secured_in_time(&self, ahead_since: &mut Option<Instant>) -> Option<Duration> {
        if !self.publication.desk.is_ahead_of_disk() {
            *ahead_since = None;
            return None;
        }
        let wait = SECURE_AFTER.saturating_sub(ahead_since.get_or_insert_with(Instant::now).elapsed());
        if !wait.is_zero() {
            return Some(wait);
        }
        // Tried again after the same time if it fails.
        let is_done = self.secure();
        *ahead_since = (!is_done).then(Instant::now);
        (!is_done).then_some(SECURE_AFTER)
    }

    fn secure(&self) -> bool {
        let secured = self.publication.desk.secure();
        if let Err(error) = &secured {
            tracing::error!(%error, "the archive cannot be made durable");
        }
        secured.is_ok()
    }

    fn catch_up(&self, posts: &[PostId]) -> Result<(), String> {
        let mut n_posts = 0;
        let mut has_more = true;
        while has_more && !self.bell.is_over() {
            let now = Timestamp::now();
            let progress = {
                let snapshot = self.reader.snapshot().map_err(|error| error.to_string())?;
                let state = self.publication.state(&snapshot).map_err(|error| error.to_string())?;
                let place = (&state.facts.site, &state.facts.zone);
                self.publication.desk.catch_up(&snapshot, place, now).map_err(|error| error.to_string())?
            };
            for record in progress.records {
                let changed = record.text.is_some().then(|| record.post.clone());
                self.record(vec![record], now).inspect_err(|_| self.publication.desk.look_again())?;
                if let (Some(proposer), Some(post)) = (&self.proposer, changed) {
                    proposer.tell(&post);
                }
            }
            n_posts += progress.n_posts;
            has_more = progress.has_more;
        }
        if !posts.is_empty() {
            let snapshot = self.reader.snapshot().map_err(|error| error.to_string())?;
            let n_gone =
                self.publication.desk.forget_deleted(&snapshot, posts).map_err(|error| error.to_string())?;
            if n_gone > 0 {
                self.written(|tx| store::desk::forget_deleted(tx).map(drop), "deleted posts")?;
            }
            n_posts += n_gone;
        }
        if n_posts > 0 {
            // Pages that show related stories may show others now.
            let change = self.reader.snapshot().map_err(|error| error.to_string())?.change();
            self.publication.cache.clear(change);
            tracing::debug!(n_posts, "the archive is up to date");
        }
        Ok(())
    }

    /// Puts the next few of the stories on record that were there before the desk was. Its own write rings the bell, so that the
    /// rest follows, and what has changed meanwhile comes first.
    fn look_back(&self) -> Result<(), String> {
        let now = Timestamp::now();
        let records = {
            let snapshot = self.reader.snapshot().map_err(|error| error.to_string())?;
            let state = self.publication.state(&snapshot).map_err(|error| error.to_string())?;
            let place = (&state.facts.site, &state.facts.zone);
            self.publication.desk.look_back(&snapshot, place, now).map_err(|error| error.to_string())?
        };
        if records.is_empty() { Ok(()) } else { self.record(records, now) }
    }

    fn record(&self, records: Vec<Record>, now: Timestamp) -> Result<(), String> {
        let names: Vec<&str> = records.iter().map(|record| record.post.as_str()).collect();
        let name = format!("posts {}", names.join(", "));
        let publication = Arc::clone(&self.publication);
        let change = move |tx: &store::WriteTransaction<'_>| {
            for record in &records {
                if let Some((before, points)) = &record.points
                    && !store::desk::revise_points(tx, &record.post, before, points, now)?
                {
                    // An editor was quicker. Her write rings the bell, and hers is then what is revised.
                    publication.desk.look_again();
                }
                if let Some(text) = &record.text {
                    store::desk::keep_text(tx, &record.post, text)?;
                }
            }
            Ok(())
        };
        self.written(change, &name)
    }

    /// Puts something on record. On a publication that is served for reading only nothing is; points are then chosen
    /// when they are asked for.
    fn written(
        &self,
        change: impl FnMut(&store::WriteTransaction<'_>) -> Result<(), WriteError> + Send + 'static,
        of: &str,
    ) -> Result<(), String> {
        match self.writer.write(change).wait() {
            Ok(()) | Err(WriteError::ReadOnly) => Ok(()),
            Err(error) => Err(format!("what the desk found cannot be put on record ({of}): {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bell_told_waits_until_an_attempt_succeeds() {
        let ids = |names: &[&str]| names.iter().map(|name| PostId::new(*name)).collect::<Vec<_>>();
        let mut told = Told::default();
        told.hear(ids(&["b"]));
        assert!(told.attempt(|_| Err("the disk is full".into())).is_err());
        told.hear(ids(&["a", "b"]));
        let mut seen = Vec::new();
        told.attempt(|posts| {
            seen.extend_from_slice(posts);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, ids(&["a", "b"]));
        told.attempt(|posts| if posts.is_empty() { Ok(()) } else { Err("told twice".into()) }).unwrap();
    }
}
