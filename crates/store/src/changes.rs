//! A number that grows with every change of the database, so that what was made from it can be known as old.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the changes of one database; clones share the count.
///
/// Reading it costs one load: a page cache may do so for every request.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    all: AtomicU64,
    foreign: AtomicU64,
}

impl Changes {
    /// Our writes and the noticed writes of other programs together.
    pub fn number(&self) -> u64 {
        self.counts.all.load(Ordering::Acquire)
    }

    /// How often a write of another program (Ghost) was noticed. Such a write says nothing of what it changed, so
    /// everything that was made before it is to be dropped. Noticed within [`crate::writer::WATCH_EVERY`].
    pub fn foreign(&self) -> u64 {
        self.counts.foreign.load(Ordering::Acquire)
    }

    pub(crate) fn note_ours(&self) {
        self.counts.all.fetch_add(1, Ordering::AcqRel);
    }

    pub(crate) fn note_foreign(&self) {
        self.counts.all.fetch_add(1, Ordering::AcqRel);
        self.counts.foreign.fetch_add(1, Ordering::AcqRel);
    }
}
