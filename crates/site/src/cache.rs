//! The page cache: finished answers by path and audience, dropped when what they were made from changes.
//!
//! Bounded in bytes. One request makes a missing page, the others wait for it. A page made from an older state of
//! the database than the newest known one is not kept.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use model::MemberStatus;
use model::id::TierId;
use tokio::sync::watch;
use web::finish::Finished;

/// For whom a page was made, as far as pages differ by reader.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Readers who are not signed in.
    Anonymous,
    /// Members who have the same status and tiers.
    Members {
        /// What they are by what they pay.
        status: MemberStatus,
        /// Their tiers, sorted.
        tiers: Vec<TierId>,
    },
}

/// What a page is kept under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Path as sent; pages do not depend on the query.
    pub path: String,
    /// For whom.
    pub audience: Audience,
}

/// A kept page.
struct Kept {
    page: Arc<Finished>,
    /// After this instant it must be made anew.
    until: Option<Instant>,
    /// When it was last asked for, in requests: what was not asked for longest goes first.
    used: u64,
    n_bytes: usize,
}

enum Slot {
    Kept(Kept),
    Making(watch::Receiver<()>),
}

/// What the cache says of a key.
pub enum Lookup {
    /// Here it is.
    Hit(Arc<Finished>),
    /// Somebody makes it: wait until this changes or closes, then look again.
    Wait(watch::Receiver<()>),
    /// Nobody makes it: you do.
    Make(Permit),
}

/// The right, and duty, to make a page. Dropped without [`Permit::keep`], the next one waiting makes it.
pub struct Permit {
    cache: Arc<Pages>,
    key: Option<Key>,
    _done: watch::Sender<()>,
}

const N_SHARDS: usize = 16;

struct Pages {
    shards: [Mutex<HashMap<Key, Slot>>; N_SHARDS],
    hasher: RandomState,
    /// The newest known change number of the database.
    change: AtomicU64,
    clock: AtomicU64,
    n_bytes: AtomicUsize,
    max_bytes: usize,
}

/// Pages that were made and are still right. Clones share them.
#[derive(Clone)]
pub struct PageCache(Arc<Pages>);

impl PageCache {
    /// An empty cache that keeps at most `max_bytes` of pages.
    pub fn new(max_bytes: usize) -> Self {
        PageCache(Arc::new(Pages {
            shards: std::array::from_fn(|_| Mutex::default()),
            hasher: RandomState::new(),
            change: AtomicU64::new(0),
            clock: AtomicU64::new(0),
            n_bytes: AtomicUsize::new(0),
            max_bytes,
        }))
    }

    /// Looks a page up, or gives the right to make it.
    pub fn lookup(&self, key: &Key) -> Lookup {
        let used = self.0.clock.fetch_add(1, Ordering::Relaxed);
        let mut shard = self.0.shard(key);
        match shard.get_mut(key) {
            Some(Slot::Making(done)) => return Lookup::Wait(done.clone()),
            Some(Slot::Kept(kept)) if kept.until.is_none_or(|until| Instant::now() < until) => {
                kept.used = used;
                return Lookup::Hit(Arc::clone(&kept.page));
            }
            _ => {}
        }
        let (sender, receiver) = watch::channel(());
        let old = shard.insert(key.clone(), Slot::Making(receiver));
        drop(shard);
        self.0.forget(old);
        Lookup::Make(Permit { cache: Arc::clone(&self.0), key: Some(key.clone()), _done: sender })
    }

    /// Drops all pages. `change` is the database's change number now: pages made from an older one are not kept
    /// any more.
    pub fn clear(&self, change: u64) {
        self.0.change.fetch_max(change, Ordering::AcqRel);
        for shard in &self.0.shards {
            let mut shard = lock(shard);
            let mut freed = 0;
            shard.retain(|_, slot| match slot {
                Slot::Making(_) => true,
                Slot::Kept(kept) => {
                    freed += kept.n_bytes;
                    false
                }
            });
            self.0.n_bytes.fetch_sub(freed, Ordering::Relaxed);
        }
    }

    /// Number of pages kept and their bytes.
    pub fn size(&self) -> (usize, usize) {
        let count = |shard: &Mutex<HashMap<Key, Slot>>| {
            lock(shard).values().filter(|slot| matches!(slot, Slot::Kept(_))).count()
        };
        (self.0.shards.iter().map(count).sum(), self.0.n_bytes.load(Ordering::Relaxed))
    }
}

impl Permit {
    /// Keeps the page, unless it was made from an older state (`change`) than the newest known one.
    pub fn keep(mut self, page: Arc<Finished>, change: u64, until: Option<Instant>) {
        let Some(key) = self.key.take() else { return };
        let n_bytes = page.n_bytes();
        let mut shard = self.cache.shard(&key);
        // Looked at under the shard's lock: whoever clears after this finds the page and drops it.
        if change < self.cache.change.load(Ordering::Acquire) || n_bytes > self.cache.max_bytes / 4 {
            shard.remove(&key);
            return;
        }
        let used = self.cache.clock.fetch_add(1, Ordering::Relaxed);
        shard.insert(key, Slot::Kept(Kept { page, until, used, n_bytes }));
        drop(shard);
        self.cache.n_bytes.fetch_add(n_bytes, Ordering::Relaxed);
        self.cache.shrink();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.cache.shard(&key).remove(&key);
        }
    }
}

impl Pages {
    fn shard(&self, key: &Key) -> MutexGuard<'_, HashMap<Key, Slot>> {
        lock(&self.shards[self.hasher.hash_one(key) as usize % N_SHARDS])
    }

    fn forget(&self, slot: Option<Slot>) {
        if let Some(Slot::Kept(kept)) = slot {
            self.n_bytes.fetch_sub(kept.n_bytes, Ordering::Relaxed);
        }
    }

    /// Drops the least recently asked half of each shard while there is too much.
    ///
    /// Half at once, so that the cost is spread over as many requests as there were pages.
    fn shrink(&self) {
        if self.n_bytes.load(Ordering::Relaxed) <= self.max_bytes {
            return;
        }
        for shard in &self.shards {
            let mut shard = lock(shard);
            let mut ages: Vec<u64> = shard
                .values()
                .filter_map(|slot| if let Slot::Kept(kept) = slot { Some(kept.used) } else { None })
                .collect();
            ages.sort_unstable();
            let Some(&median) = ages.get(ages.len() / 2) else { continue };
            let mut freed = 0;
            shard.retain(|_, slot| match slot {
                Slot::Kept(kept) if kept.used <= median => {
                    freed += kept.n_bytes;
                    false
                }
                _ => true,
            });
            self.n_bytes.fetch_sub(freed, Ordering::Relaxed);
        }
    }
}

/// A panic while a lock was held leaves a map that is whole: each step on it is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;
    use web::exchange::respond;

    fn key(path: &str) -> Key {
        Key { path: path.into(), audience: Audience::Anonymous }
    }

    fn page(n_bytes: usize) -> Arc<Finished> {
        Arc::new(Finished::new(respond(StatusCode::OK, "text/html", "x".repeat(n_bytes))))
    }

    fn make(cache: &PageCache, path: &str, change: u64) {
        match cache.lookup(&key(path)) {
            Lookup::Make(permit) => permit.keep(page(10), change, None),
            _ => panic!("{path} was there"),
        }
    }

    #[test]
    fn a_page_is_made_once_and_kept_until_something_changes() {
        let cache = PageCache::new(1 << 20);
        make(&cache, "/", 0);
        assert!(matches!(cache.lookup(&key("/")), Lookup::Hit(_)));
        cache.clear(1);
        assert_eq!(cache.size(), (0, 0));
        make(&cache, "/", 0); // made from the state before the change
        assert_eq!(cache.size(), (0, 0));
        make(&cache, "/", 1);
        assert!(matches!(cache.lookup(&key("/")), Lookup::Hit(_)));
    }

    #[test]
    fn others_wait_and_take_over_when_the_maker_fails() {
        let cache = PageCache::new(1 << 20);
        let Lookup::Make(permit) = cache.lookup(&key("/")) else { panic!("nobody makes it") };
        let Lookup::Wait(done) = cache.lookup(&key("/")) else { panic!("somebody makes it") };
        drop(permit);
        assert!(done.has_changed().is_err(), "the maker is gone");
        assert!(matches!(cache.lookup(&key("/")), Lookup::Make(_)));
    }

    #[test]
    fn it_stays_within_its_bytes() {
        let cache = PageCache::new(64 * 1024);
        for number in 0..1000 {
            let path = format!("/{number}/");
            let Lookup::Make(permit) = cache.lookup(&key(&path)) else { panic!("{path} was there") };
            permit.keep(page(512), 0, None);
            assert!(cache.size().1 <= 64 * 1024 + 2048);
        }
        assert!(matches!(cache.lookup(&key("/999/")), Lookup::Hit(_)));
    }

    #[test]
    fn audiences_do_not_share_pages() {
        let cache = PageCache::new(1 << 20);
        make(&cache, "/", 0);
        let members = Key {
            path: "/".into(),
            audience: Audience::Members { status: MemberStatus::Paid, tiers: vec![] },
        };
        assert!(matches!(cache.lookup(&members), Lookup::Make(_)));
    }
}
