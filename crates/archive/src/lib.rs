//! The index of the archive: full-text search, related stories, near-duplicates and clusters, in one folder on disk.
//! Knows nothing of databases, HTTP, members or the clock: the caller feeds it stories that are already cut by audience.
//!
//! What holds, whatever is asked:
//! - Related stories, near-duplicates and every weight are computed from public text alone.
//! - A word of gated text is found only by a reader who names the audience it was cut for; for everybody else hits,
//!   order, scores and counts are the same as if that text did not exist.
//! - What was added is found after the next `show`, which is quick, and survives a crash after the next `secure`, which
//!   waits for the disk; `commit` is both. After a crash `watermark` says how far the index had come on disk, so that the
//!   caller feeds the rest again (adding a story twice replaces it).
//! - All threads may ask at any time; nobody waits for a change or for the disk but who asked for it.
//!
//! ```
//! let dir = tempfile::tempdir().unwrap();
//! let archive = archive::Archive::open(dir.path()).unwrap();
//! let mut story = archive::Story::new("1", "Harbour reopens", "The harbour of Odesa reopened to grain ships.");
//! story.audiences = vec![("members".into(), "The fee for a berth was doubled.".into())];
//! archive.add(&story).unwrap();
//! archive.commit("2026-11-25T20:00:00Z").unwrap();
//! let found = archive.search("harbours", &archive::SearchOptions::default()).unwrap();
//! assert_eq!(found.total, 1);
//! assert_eq!(archive.search("berth", &archive::SearchOptions::default()).unwrap().total, 0);
//! ```

mod candidates;
mod card;
mod cluster;
mod error;
mod fields;
mod folder;
mod index;
mod merging;
mod query;
mod related;
mod search;
mod snippet;
mod story;
mod uncommon;
mod words;

pub use cluster::clusters;
pub use error::Error;
pub use index::Archive;
pub use query::Query;
pub use related::{Related, RelatedOptions};
pub use search::{Found, Hit, SearchOptions};
pub use snippet::{Snippet, snippet};
pub use story::Story;
pub use words::Language;
