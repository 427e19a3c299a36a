//! Key points proposed by a language model: asked for one story, held against its text, and put on record; by an editor's
//! command, or by a thread of its own as stories go out.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};

use editorial::Reading;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::desk::{KeyPoint, PointOrigin, PointState};
use model::id::PostId;
use model::{Post, PostKind, PostStatus, Reader};
use proposals::Model;
use site::Publication;
use store::{PostKey, PostRead, ReadConnection, Texts, With, Writer};

/// Stories that may wait for the model; the oldest of more are let go, and an editor can still ask for them.
const WAITING: usize = 256;
/// Tries to put an answer on record when editors act at the same time.
const TRIES: usize = 3;

/// Asks the model for points of a story and joins them to those it has; blocks for as long as the model may take.
///
/// What the text carries stands before what it does not; the latter keeps its reasons and is shown to no reader.
pub fn asked(
    model: &Model,
    (reading, post): (&Reading, &Post),
    locale: &str,
    points: &[KeyPoint],
    now: Timestamp,
) -> Result<Vec<KeyPoint>, proposals::Error> {
    let proposed = proposals::propose(model, &post.title, &reading.body.text, locale, editorial::MAX_POINTS)?;
    let mut points = points.to_vec();
    for judged in proposals::judged(&reading.article, proposed) {
        if points.iter().any(|point| point.text == judged.text) {
            continue;
        }
        let mut point = editorial::checked(reading, new_point(post, &judged.text, PointOrigin::Model, now));
        // More is asked of a model's line than of an editor's.
        point.is_supported = judged.verdict.publish;
        point.reasons = editorial::reasons(&judged.verdict);
        points.push(point);
    }
    points.sort_by_key(|point| !point.is_supported || point.state == PointState::Refused);
    Ok(points)
}

/// A point that nobody has looked at yet; spaces and line breaks become single spaces.
pub fn new_point(post: &Post, text: &str, origin: PointOrigin, now: Timestamp) -> KeyPoint {
    KeyPoint {
        id: String::new(),
        post: post.id.clone(),
        position: 0,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        origin,
        state: PointState::Open,
        is_supported: false,
        reasons: Vec::new(),
        evidence: Vec::new(),
        text_hash: String::new(),
        created_at: now,
        created_by: None,
        decided_at: None,
        decided_by: None,
    }
}

#[derive(Default)]
struct Queue {
    posts: VecDeque<PostId>,
    is_over: bool,
}

/// The thread that asks as stories go out; one question at a time.
///
/// When it is dropped, what waits is let go, and a question under way ends with the process: a model may take a minute.
pub struct Proposer {
    queue: Arc<(Mutex<Queue>, Condvar)>,
}

impl Proposer {
    /// Errors: no thread.
    pub fn start(
        model: Model,
        publication: Arc<Publication>,
        reader: ReadConnection,
        writer: &Arc<Writer>,
    ) -> Result<Self, String> {
        let queue = Arc::<(Mutex<Queue>, Condvar)>::default();
        let asking = Asking { model, publication, reader, writer: Arc::downgrade(writer) };
        let theirs = Arc::clone(&queue);
        std::thread::Builder::new()
            .name("proposals".into())
            .spawn(move || {
                while let Some(post) = next(&theirs) {
                    if let Err(message) = asking.ask(&post) {
                        tracing::warn!(post = post.as_str(), "no key points from the model: {message}");
                    }
                }
            })
            .map_err(|error| format!("no thread for proposals: {error}"))?;
        Ok(Self { queue })
    }

    /// Has the model asked for a story, after those that wait already.
    pub fn tell(&self, post: &PostId) {
        let mut queue = self.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !queue.posts.contains(post) {
            queue.posts.push_back(post.clone());
        }
        while queue.posts.len() > WAITING {
            let dropped = queue.posts.pop_front();
            tracing::warn!(
                post = dropped.as_ref().map(PostId::as_str),
                "the model is too slow: story let go"
            );
        }
        self.queue.1.notify_one();
    }
}

impl Drop for Proposer {
    fn drop(&mut self) {
        self.queue.0.lock().unwrap_or_else(PoisonError::into_inner).is_over = true;
        self.queue.1.notify_one();
    }
}

/// The next story; None when it is all over.
fn next((queue, bell): &(Mutex<Queue>, Condvar)) -> Option<PostId> {
    let guard = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let is_quiet = |queue: &mut Queue| queue.posts.is_empty() && !queue.is_over;
    let mut queue = bell.wait_while(guard, is_quiet).unwrap_or_else(PoisonError::into_inner);
    if queue.is_over { None } else { queue.posts.pop_front() }
}

struct Asking {
    model: Model,
    publication: Arc<Publication>,
    reader: ReadConnection,
    writer: Weak<Writer>,
}

/// A published story as it stands, with its points.
struct Story {
    post: Post,
    zone: TimeZone,
    locale: String,
    kept: Vec<KeyPoint>,
}

impl Asking {
    /// Asks once for this text; does nothing for a story that is gone, or whose text the model has been asked about.
    fn ask(&self, id: &PostId) -> Result<(), String> {
        let Some(mut story) = self.story(id)? else { return Ok(()) };
        let reading = Reading::of(&story.post, &story.zone);
        let is_answer =
            |point: &KeyPoint| point.origin == PointOrigin::Model && point.text_hash == reading.hash;
        if story.kept.iter().any(is_answer) {
            return Ok(());
        }
        let answer = asked(&self.model, (&reading, &story.post), &story.locale, &[], Timestamp::now())
            .map_err(|error| error.to_string())?;
        for _ in 0..TRIES {
            let (before, now) = (story.kept, Timestamp::now());
            let mut points =
                editorial::revised(&reading, &story.post, &before, now).unwrap_or_else(|| before.clone());
            let is_new = |one: &&KeyPoint| before.iter().all(|known| known.text != one.text);
            points.extend(answer.iter().filter(is_new).cloned());
            points.sort_by_key(|point| !point.is_supported || point.state == PointState::Refused);
            let (post, read) = (id.clone(), before);
            // Gone when the server is being stopped.
            let Some(writer) = self.writer.upgrade() else { return Ok(()) };
            let written = writer.write(move |tx| store::desk::revise_points(tx, &post, &read, &points, now));
            if written.wait().map_err(|error| error.to_string())? {
                return Ok(());
            }
            // Somebody acted meanwhile; if on the text, the desk tells of the story again.
            match self.story(id)? {
                Some(now) if Reading::of(&now.post, &now.zone).hash == reading.hash => story = now,
                _ => return Ok(()),
            }
        }
        Err("its points were changed again and again meanwhile".to_owned())
    }

    fn story(&self, id: &PostId) -> Result<Option<Story>, String> {
        let snapshot = self.reader.snapshot().map_err(|error| error.to_string())?;
        let state = self.publication.state(&snapshot).map_err(|error| error.to_string())?;
        let read = PostRead {
            key: PostKey::Id(id.as_str()),
            kind: Some(PostKind::Post),
            statuses: &[PostStatus::Published],
            with: With::RELATIONS,
            texts: Texts::ALL,
        };
        let Some(post) = store::posts::read(&snapshot, &read).map_err(|error| error.to_string())? else {
            return Ok(None);
        };
        let kept = store::desk::points(&snapshot, id.as_str()).map_err(|error| error.to_string())?;
        let settings =
            store::settings::read(&snapshot, &state.facts.site).map_err(|error| error.to_string())?;
        Ok(Some(Story {
            // Whole: what of a point a reader sees is decided when she asks.
            post: post.for_reader(&Reader::Preview, &state.facts.site),
            zone: state.facts.zone.clone(),
            locale: settings.locale().to_owned(),
            kept,
        }))
    }
}
