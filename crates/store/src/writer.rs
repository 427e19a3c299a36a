//! The one writer: a thread that runs each change in one short transaction, and watches for writes of others.

mod error;

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use model::id::{AuthorId, MemberId, PostId, TagId};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

pub use error::WriteError;

use crate::chance::Chance;
use crate::changes::Changes;
use crate::listing;
use crate::open::Database;

/// How often the idle writer looks for writes of other programs. One look costs some microseconds.
pub const WATCH_EVERY: Duration = Duration::from_millis(100);

/// Changes that may wait before the writer; more are answered with [`WriteError::Busy`].
const QUEUE: usize = 1024;

/// What a write changed, for those who keep what was made from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Changed {
    /// A post or page, its relations included; also an added or deleted one.
    Post(PostId),
    /// A tag.
    Tag(TagId),
    /// A staff user.
    Author(AuthorId),
    /// A member and what the member may read.
    Member(MemberId),
    /// Tiers, newsletters, offers and the like: parts of many pages.
    Offering,
    /// Settings, also those of the theme.
    Settings,
    /// Anything may have changed: another program wrote.
    Everything,
}

/// A running write transaction, with the list of what it changed.
pub struct WriteTransaction<'c> {
    transaction: Transaction<'c>,
    changed: RefCell<Vec<Changed>>,
    unseen: Cell<bool>,
    chance: &'c RefCell<Chance>,
}

impl<'c> WriteTransaction<'c> {
    /// Begins it, for writing at once: what it reads is not changed by others until it ends.
    pub(crate) fn begin(
        connection: &'c mut Connection,
        chance: &'c RefCell<Chance>,
    ) -> Result<Self, rusqlite::Error> {
        let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
        Ok(WriteTransaction { transaction, changed: RefCell::default(), unseen: Cell::new(false), chance })
    }

    /// Commits it, and answers what was noted as changed.
    pub(crate) fn commit(self) -> Result<Vec<Changed>, rusqlite::Error> {
        // The kept lists change with what they list, in one transaction.
        listing::follow(&self.transaction, &self.changed.borrow())?;
        self.transaction.commit()?;
        Ok(self.changed.into_inner())
    }

    /// A new id.
    pub fn new_id(&self, now: Timestamp) -> String {
        self.chance.borrow_mut().id(now)
    }

    /// A new uuid.
    pub fn new_uuid(&self) -> String {
        self.chance.borrow_mut().uuid()
    }

    /// A new secret of this many hexadecimal digits.
    pub fn new_secret(&self, n_digits: usize) -> String {
        self.chance.borrow_mut().secret(n_digits)
    }

    /// The form of a password hash that no password is known for.
    pub fn closed_password(&self) -> String {
        self.chance.borrow_mut().closed_password()
    }

    /// Notes what is changed by this transaction; told to the observer after the commit.
    pub fn changed(&self, what: Changed) {
        let mut list = self.changed.borrow_mut();
        if !list.contains(&what) {
            list.push(what);
        }
    }

    /// Says that nothing that is made from the database depends on what this transaction writes: the number of changes
    /// then stays, unless something is noted as changed all the same.
    pub fn unseen(&self) {
        self.unseen.set(true);
    }

    /// The connection inside, for the rooms of this crate.
    pub(crate) fn connection(&self) -> &Connection {
        &self.transaction
    }
}

type Observer = Box<dyn Fn(&[Changed]) + Send>;

type Job = Box<dyn FnOnce(&mut Hand) + Send>;

/// The way to the writer thread. Dropping it lets the thread finish what is queued, and ends it.
pub struct Writer {
    queue: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// The answer of a write that was queued: await it, or wait with [`Answer::wait`].
pub struct Answer<T, E>(oneshot::Receiver<Result<T, E>>);

impl<T, E: From<WriteError>> Answer<T, E> {
    /// Blocks the thread until the answer is there. Never on a thread of the asynchronous front.
    pub fn wait(self) -> Result<T, E> {
        self.0.blocking_recv().unwrap_or_else(|_| Err(WriteError::Busy.into()))
    }
}

impl<T, E: From<WriteError>> Future for Answer<T, E> {
    type Output = Result<T, E>;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        std::pin::Pin::new(&mut self.0)
            .poll(context)
            .map(|received| received.unwrap_or_else(|_| Err(WriteError::Busy.into())))
    }
}

impl Writer {
    /// Starts the writer thread.
    ///
    /// `observer` hears after each commit, and before the write is answered, what was changed; it runs on the
    /// writer thread, so that a page cache has dropped what is old when the author sees her answer. It also hears
    /// [`Changed::Everything`] when another program wrote. On a database that can only be read, the thread only
    /// watches, and writes are answered with [`WriteError::ReadOnly`]. Ids come from `chance`.
    pub fn start(
        database: &Database,
        chance: Chance,
        observer: impl Fn(&[Changed]) + Send + 'static,
    ) -> Result<Self, WriteError> {
        let writable = database.is_writable();
        let access =
            if writable { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
        let connection = database.connect(access)?;
        if writable {
            // Files of a burst of writes shrink again; the default keeps the largest size for ever.
            connection.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
        }
        let seen = data_version(&connection)?;
        let mut hand = Hand {
            connection,
            seen,
            writable,
            chance: RefCell::new(chance),
            changes: database.changes().clone(),
            observer: Box::new(observer),
        };
        let (queue, jobs) = sync_channel::<Job>(QUEUE);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || hand.work(&jobs))
            .map_err(|error| WriteError::Broken(format!("no thread for the writer: {error}")))?;
        Ok(Writer { queue: Some(queue), thread: Some(thread) })
    }

    /// Queues a change. It runs in one immediate transaction: committed when it answers `Ok`, rolled back when it
    /// answers `Err` or panics. It must be quick, and must be able to run again (a cluster may ask for that).
    pub fn write<T, E, F>(&self, change: F) -> Answer<T, E>
    where
        T: Send + 'static,
        E: From<WriteError> + Send + 'static,
        F: FnMut(&WriteTransaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let mut change = change;
        let job: Job = Box::new(move |hand| {
            let answer = catch_unwind(AssertUnwindSafe(|| hand.run(&mut change)))
                .unwrap_or_else(|panic| Err(WriteError::Broken(panic_text(panic.as_ref())).into()));
            // The asker may have gone; the change stands all the same.
            drop(sender.send(answer));
        });
        // A job that finds no place is dropped, and its sender with it: the answer is then "busy".
        if self.queue.as_ref().is_none_or(|queue| queue.try_send(job).is_err()) {
            tracing::warn!("the queue before the writer is full");
        }
        Answer(receiver)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// What the writer thread owns.
struct Hand {
    connection: Connection,
    /// SQLite's number for the state that this connection saw last; its own writes do not change it.
    seen: i64,
    writable: bool,
    chance: RefCell<Chance>,
    changes: Changes,
    observer: Observer,
}

impl Hand {
    fn work(&mut self, jobs: &Receiver<Job>) {
        self.mend_lists();
        loop {
            match jobs.recv_timeout(WATCH_EVERY) {
                Ok(job) => job(self),
                Err(RecvTimeoutError::Timeout) => self.watch(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Looks whether another program has written.
    fn watch(&mut self) {
        match data_version(&self.connection) {
            Ok(now) if now == self.seen => {}
            Ok(now) => {
                self.seen = now;
                self.changes.note_foreign();
                self.tell(&[Changed::Everything]);
                // Whoever read in between has read from lists that may have been old.
                if self.mend_lists() {
                    self.changes.note_foreign();
                    self.tell(&[Changed::Everything]);
                }
            }
            Err(error) => tracing::warn!(%error, "cannot see whether another program wrote"),
        }
    }

    /// Brings the kept lists up to date; answers whether they were not.
    fn mend_lists(&mut self) -> bool {
        self.writable
            && listing::mend(&mut self.connection).unwrap_or_else(|error| {
                tracing::warn!(%error, "the kept lists cannot be mended; lists are read the long way");
                false
            })
    }

    /// Tells the observer. What is committed stays committed, and the thread alive, also when the observer fails.
    fn tell(&self, changed: &[Changed]) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (self.observer)(changed))) {
            tracing::error!(what = panic_text(panic.as_ref()), "the observer of changes broke off");
        }
    }

    fn run<T, E: From<WriteError>>(
        &mut self,
        change: &mut impl FnMut(&WriteTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.writable {
            return Err(WriteError::ReadOnly.into());
        }
        let (value, changed, unseen) = self.commit(change)?;
        if !unseen || !changed.is_empty() {
            self.changes.note_ours();
        }
        // A foreign write since the last look would be lost among ours without this.
        self.watch();
        if !changed.is_empty() {
            self.tell(&changed);
        }
        Ok(value)
    }

    fn commit<T, E: From<WriteError>>(
        &mut self,
        change: &mut impl FnMut(&WriteTransaction<'_>) -> Result<T, E>,
    ) -> Result<(T, Vec<Changed>, bool), E> {
        let tx = WriteTransaction::begin(&mut self.connection, &self.chance).map_err(WriteError::from)?;
        let value = change(&tx)?;
        let unseen = tx.unseen.get();
        let changed = tx.commit().map_err(WriteError::from)?;
        Ok((value, changed, unseen))
    }
}

fn data_version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
