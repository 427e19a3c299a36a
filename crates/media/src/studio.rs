//! Where pictures are made: on threads of their own, fewer than there are cores, each picture once for all who wait.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::apart::Apart;
use crate::convert::{self, convert_alone};
use crate::fault::Fault;
use crate::kept::Kept;
use crate::limits::Limits;
use crate::wanted::Wanted;

/// Failures that are remembered; when full, all are forgotten.
const MOST_FAILED: usize = 10_000;
/// A failure to write is tried again after so long; one of the picture when its file changes.
const TRY_AGAIN: Duration = Duration::from_secs(60);
/// Drawings nest.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Too many wait already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// The place. Its threads live as long as there is work, and end with the work at hand when it is dropped.
pub struct Studio(Arc<Shared>);

type Done = Box<dyn FnOnce() + Send>;

struct Shared {
    kept: Kept,
    limits: Limits,
    most_at_once: usize,
    makers: convert::Shared,
    work: Mutex<Work>,
}

#[derive(Default)]
struct Work {
    waiting: VecDeque<Wanted>,
    /// Who waits for what; also for what is being made.
    done: HashMap<Wanted, Vec<Done>>,
    n_threads: usize,
    failed: HashMap<Wanted, Failed>,
    n_made: u64,
}

struct Failed {
    original: Stamp,
    at: Instant,
    for_good: bool,
}

/// What changes when a file does.
type Stamp = Option<(PathBuf, u64, SystemTime)>;

fn stamp(path: Option<PathBuf>) -> Stamp {
    let path = path?;
    let metadata = fs::metadata(&path).ok()?;
    Some((path, metadata.len(), metadata.modified().ok()?))
}

impl Studio {
    /// For a folder of pictures. One core stays free for those who read pages, where there are several.
    /// AVIF is decoded by the program `apart`, or in this process.
    pub fn new(images: PathBuf, limits: Limits, apart: Option<Apart>) -> Self {
        let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
        let kept = Kept::new(images, limits.kept_bytes);
        let most_at_once = n_cores.saturating_sub(1).max(1);
        Studio(Arc::new(Shared {
            kept,
            limits,
            most_at_once,
            makers: convert::Shared::new(apart),
            work: Mutex::default(),
        }))
    }

    /// The folder.
    pub fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// Pictures that were made, or tried, since the start.
    pub fn n_made(&self) -> u64 {
        self.0.work().n_made
    }

    /// Whether this picture could not be made, and the next try would end no better.
    pub fn cannot_make(&self, wanted: &Wanted) -> bool {
        let now = stamp(self.0.kept.original(wanted));
        self.0.work().failed.get(wanted).is_some_and(|failed| {
            failed.original == now && (failed.for_good || failed.at.elapsed() < TRY_AGAIN)
        })
    }

    /// Has a picture made; `done` is called when it is kept, or cannot be made (see [`Self::cannot_make`]).
    ///
    /// Errors: [`Busy`] when too many others wait, or the system gives no thread.
    pub fn make(&self, wanted: Wanted, done: impl FnOnce() + Send + 'static) -> Result<(), Busy> {
        let mut work = self.0.work();
        if let Some(others) = work.done.get_mut(&wanted) {
            if others.len() >= self.0.limits.waiting {
                return Err(Busy);
            }
            others.push(Box::new(done));
            return Ok(());
        }
        if work.waiting.len() >= self.0.limits.waiting {
            return Err(Busy);
        }
        if work.n_threads < self.0.most_at_once {
            let shared = Arc::clone(&self.0);
            let thread = std::thread::Builder::new().name("pictures".to_owned()).stack_size(STACK_BYTES);
            match thread.spawn(move || shared.run()) {
                Ok(_) => work.n_threads += 1,
                Err(error) if work.n_threads == 0 => {
                    tracing::error!(%error, "no thread to make pictures");
                    return Err(Busy);
                }
                // The others will come to it.
                Err(_) => {}
            }
        }
        work.done.insert(wanted.clone(), vec![Box::new(done)]);
        work.waiting.push_back(wanted);
        Ok(())
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        let mut work = self.0.work();
        work.waiting.clear();
        work.done.clear();
    }
}

impl Shared {
    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What each thread does until nothing is left.
    fn run(&self) {
        loop {
            let wanted = {
                let mut work = self.work();
                let Some(wanted) = work.waiting.pop_front() else {
                    work.n_threads -= 1;
                    return;
                };
                wanted
            };
            let original = self.kept.original(&wanted);
            let before = stamp(original.clone());
            let span = tracing::info_span!("picture", made = %wanted.kept_path().display()).entered();
            let outcome = match &original {
                Some(path) => self.make(&wanted, path),
                None => Err(Fault::Disk {
                    path: wanted.kept_path().display().to_string(),
                    message: "its original is gone".to_owned(),
                }),
            };
            drop(span);
            let waiting = {
                let mut work = self.work();
                work.n_made += 1;
                match outcome {
                    Ok(()) => {
                        work.failed.remove(&wanted);
                    }
                    Err(fault) => {
                        tracing::warn!(picture = %wanted.kept_path().display(), "not made: {fault}");
                        if work.failed.len() >= MOST_FAILED {
                            work.failed.clear();
                        }
                        let for_good = !matches!(fault, Fault::Disk { .. });
                        let failed = Failed { original: before, at: Instant::now(), for_good };
                        work.failed.insert(wanted.clone(), failed);
                    }
                }
                work.done.remove(&wanted).unwrap_or_default()
            };
            for done in waiting {
                done();
            }
        }
    }

    fn make(&self, wanted: &Wanted, original: &Path) -> Result<(), Fault> {
        let fault = |error: std::io::Error| Fault::disk(original, &error);
        let mut bytes = Vec::new();
        let file = fs::File::open(original).map_err(fault)?;
        // One byte more than is taken on tells that there is more.
        file.take(self.limits.bytes + 1).read_to_end(&mut bytes).map_err(fault)?;
        let made = convert_alone(&bytes, &wanted.order(), &self.limits, &self.makers)?;
        self.kept.put(wanted, &made)
    }
}
