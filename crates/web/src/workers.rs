//! A fixed set of threads, each owning what it works with, such as a database connection.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

type Job<C> = Box<dyn FnOnce(&mut C) + Send>;

/// The threads and the queue before them. Dropping it lets them finish what is queued and ends them.
pub struct Workers<C> {
    queue: Option<mpsc::SyncSender<Job<C>>>,
    threads: Vec<JoinHandle<()>>,
}

/// The queue before the workers is full or closed: the caller answers "try again".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

impl<C: Send + 'static> Workers<C> {
    /// Starts one thread for each of `owned`. At most `queue` jobs wait.
    pub fn start(owned: Vec<C>, queue: usize) -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::sync_channel::<Job<C>>(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let mut threads = Vec::with_capacity(owned.len());
        for (number, mut own) in owned.into_iter().enumerate() {
            let receiver = Arc::clone(&receiver);
            let thread = std::thread::Builder::new()
                .name(format!("worker-{number}"))
                // Templates nest deeply in debug builds; the engine bounds the depth, this gives it room.
                .stack_size(16 * 1024 * 1024)
                .spawn(move || {
                    loop {
                        let job = match receiver.lock() {
                            Ok(queue) => queue.recv(),
                            Err(poisoned) => poisoned.into_inner().recv(),
                        };
                        let Ok(job) = job else { return };
                        // A fault in one answer must not take the thread, and with it the publication, down.
                        let outcome =
                            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(&mut own)));
                        drop(outcome);
                    }
                })?;
            threads.push(thread);
        }
        Ok(Workers { queue: Some(sender), threads })
    }

    /// Queues a job for the next free thread.
    pub fn run(&self, job: impl FnOnce(&mut C) + Send + 'static) -> Result<(), Busy> {
        self.queue.as_ref().ok_or(Busy)?.try_send(Box::new(job)).map_err(|_| Busy)
    }
}

impl<C> Drop for Workers<C> {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}
