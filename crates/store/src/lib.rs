//! The only SQL: opening and pool, schema, one file a noun, filters to SQL.
//!
//! Knows nothing of HTTP, templates or themes, and never reads the clock. Every value is bound; names of tables and
//! columns come from the lists in `filter`, never from a text that somebody sent.
//!
//! ```no_run
//! # fn main() -> store::Result<()> {
//! let connection = rusqlite::Connection::open("content/data/ghost.db")?;
//! let snapshot = store::Snapshot::new(&connection)?;
//! let query = store::PostQuery { with: store::With::RELATIONS, ..store::PostQuery::of(model::PostKind::Post) };
//! let list = store::posts::browse(&snapshot, &query)?;
//! println!("{} of {}", list.items.len(), list.pagination.total);
//! # Ok(()) }
//! ```

pub mod acts;
pub mod authors;
mod chance;
mod changes;
pub mod custom_theme_settings;
pub mod desk;
mod error;
mod filter;
mod insert;
pub mod keys;
pub mod links;
mod list;
pub mod listing;
pub mod members;
pub mod newsletters;
pub mod offers;
pub mod open;
pub mod pool;
pub mod posts;
mod query;
pub mod recommendations;
mod row;
pub mod schema;
pub mod search_index;
pub mod settings;
mod snapshot;
pub mod subscriptions;
pub mod tags;
pub mod tiers;
pub mod writer;

pub use acts::{Act, ActError, NounEvent, Saved};
pub use chance::Chance;
pub use changes::Changes;
pub use error::{Error, Result};
pub use open::{Database, OpenOptions};
pub use pool::ReadConnection;
pub use query::{ListQuery, Listing, PostKey, PostQuery, PostRead, Scope, Texts, With};
pub use snapshot::Snapshot;
pub use writer::{Changed, WriteError, WriteTransaction, Writer};
