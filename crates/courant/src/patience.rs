//! How long a connection may keep a place without getting on with it, and how many there are places for.
//! Looks at when bytes pass, and asks [`Lenient`] alone where in a request they stand.
//!
//! hyper waits for the rest of a request for ever. A few thousand half-sent ones would then hold every file handle of the process,
//! and nobody else would be answered.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::lenient::Lenient;

/// From its first byte a request's head must be whole within this time; so must the first one of a connection, from its
/// beginning on.
const HEAD: Duration = Duration::from_secs(15);
/// Without a byte of an answer a connection is kept for so long: it is idle, or its body does not come. No answer takes as long.
const QUIET: Duration = Duration::from_secs(75);
/// A reader who does not take the bytes that wait for her: a film may be paused.
const PAUSED: Duration = Duration::from_secs(300);
/// File handles that are left to the database, the index, files and the log.
const RESERVED: u64 = 192;
/// Fewest and most connections at once.
const PLACES: std::ops::RangeInclusive<u64> = 64..=65_536;
/// The log says at most so often that all places are taken.
const SAID_EVERY: Duration = Duration::from_secs(60);

/// Places for connections.
pub struct Places {
    free: Arc<Semaphore>,
    said_at: Option<Instant>,
}

impl Places {
    /// As many as the process may have file handles, less some; the soft limit is raised to the hard one first.
    pub fn of_process() -> Self {
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
        let current = match setrlimit(Resource::Nofile, raised) {
            Ok(()) => limit.maximum,
            Err(_) => limit.current,
        };
        // No limit is as good as a high one.
        let n_places =
            current.unwrap_or(u64::MAX).saturating_sub(RESERVED).clamp(*PLACES.start(), *PLACES.end());
        Self { free: Arc::new(Semaphore::new(n_places as usize)), said_at: None }
    }

    /// Waits until there is one. Connections that come meanwhile wait in the system's queue.
    pub async fn take(&mut self) -> Option<OwnedSemaphorePermit> {
        if self.free.available_permits() == 0 && self.said_at.is_none_or(|at| at.elapsed() > SAID_EVERY) {
            self.said_at = Some(Instant::now());
            tracing::warn!("as many connections are open as the limit of open files allows: new ones wait");
        }
        // Never closed, so there is always one in the end.
        Arc::clone(&self.free).acquire_owned().await.ok()
    }
}

/// A connection that ends with an error when it has waited too long.
pub struct Patient<S> {
    stream: Lenient<S>,
    /// When the head that is being read began; the connection itself, before the first.
    head_since: Option<Instant>,
    /// When a byte of an answer last went out, or the last head was whole.
    quiet_since: Instant,
    /// Bytes wait for the reader to take them.
    is_held_up: bool,
    timer: Pin<Box<Sleep>>,
    _place: Option<OwnedSemaphorePermit>,
}

impl<S> Patient<S> {
    /// A connection from its first byte on. Must be called within a runtime.
    pub fn new(stream: Lenient<S>, place: Option<OwnedSemaphorePermit>) -> Self {
        let now = Instant::now();
        let timer = Box::pin(sleep_until(now + HEAD));
        Patient { stream, head_since: Some(now), quiet_since: now, is_held_up: false, timer, _place: place }
    }

    fn deadline(&self) -> Instant {
        match (self.head_since, self.is_held_up) {
            (Some(since), _) => since + HEAD,
            (None, false) => self.quiet_since + QUIET,
            (None, true) => self.quiet_since + PAUSED,
        }
    }

    /// Whether the time is up; else the task is woken then.
    fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        let deadline = self.deadline();
        if self.timer.deadline() != deadline {
            self.timer.as_mut().reset(deadline);
        }
        self.timer.as_mut().poll(context).is_ready()
    }

    fn written(&mut self, outcome: &Poll<io::Result<usize>>) {
        self.is_held_up = outcome.is_pending();
        if matches!(outcome, Poll::Ready(Ok(n)) if *n > 0) {
            self.quiet_since = Instant::now();
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        if outcome.is_ready() && buffer.filled().len() > before {
            if self.stream.is_in_head() {
                self.head_since.get_or_insert_with(Instant::now);
            } else if self.head_since.take().is_some() {
                self.quiet_since = Instant::now();
            }
        }
        if outcome.is_pending() && self.is_over(context) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        outcome
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(&outcome);
        if outcome.is_pending() && self.is_over(context) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        outcome
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(&outcome);
        if outcome.is_pending() && self.is_over(context) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    fn connection() -> (DuplexStream, Patient<DuplexStream>) {
        let (reader, server) = duplex(64);
        (reader, Patient::new(Lenient::new(server), None))
    }

    /// Reads until nothing more comes; how long that took, and why it ended.
    async fn ends(mut patient: Patient<DuplexStream>) -> (Duration, io::ErrorKind) {
        let begun = Instant::now();
        let mut bytes = [0; 256];
        loop {
            match patient.read(&mut bytes).await {
                Ok(0) => return (begun.elapsed(), io::ErrorKind::UnexpectedEof),
                Ok(_) => {}
                Err(error) => return (begun.elapsed(), error.kind()),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_at_all_and_half_a_head_are_waited_for_but_not_for_ever() {
        let (_reader, patient) = connection();
        assert_eq!(ends(patient).await, (HEAD, io::ErrorKind::TimedOut));

        let (mut reader, patient) = connection();
        reader.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n").await.unwrap();
        assert_eq!(ends(patient).await, (HEAD, io::ErrorKind::TimedOut));
    }

    #[tokio::test(start_paused = true)]
    async fn a_byte_now_and_then_gains_no_time() {
        let (mut reader, patient) = connection();
        let drip = tokio::spawn(async move {
            reader.write_all(b"GET / HTTP/1.1\r\nx: ").await.unwrap();
            while reader.write_all(b"a").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        });
        let (after, why) = ends(patient).await;
        assert_eq!((after, why), (HEAD, io::ErrorKind::TimedOut));
        drip.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn between_requests_there_is_more_time_and_each_answer_begins_it_anew() {
        let (mut reader, mut patient) = connection();
        reader.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut bytes = [0; 256];
        assert!(patient.read(&mut bytes).await.unwrap() > 0);
        tokio::time::sleep(QUIET - Duration::from_secs(1)).await;
        patient.write_all(b"HTTP/1.1 200 OK\r\n").await.unwrap();
        assert_eq!(ends(patient).await, (QUIET, io::ErrorKind::TimedOut));
        drop(reader);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_takes_nothing_is_waited_for_longer_and_then_let_go() {
        let (mut reader, mut patient) = connection();
        reader.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut bytes = [0; 256];
        assert!(patient.read(&mut bytes).await.unwrap() > 0);
        let begun = Instant::now();
        let error = patient.write_all(&[b'a'; 200]).await.unwrap_err();
        assert_eq!((begun.elapsed(), error.kind()), (PAUSED, io::ErrorKind::TimedOut));
        drop(reader);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_gone_leaves_her_place() {
        let mut places = Places { free: Arc::new(Semaphore::new(1)), said_at: None };
        let place = places.take().await;
        let (_reader, server) = duplex(64);
        let patient = Patient::new(Lenient::new(server), place);
        let begun = Instant::now();
        let gone = tokio::spawn(ends(patient));
        assert!(places.take().await.is_some());
        assert_eq!(begun.elapsed(), HEAD);
        gone.await.unwrap();
    }
}
