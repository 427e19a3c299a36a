//! Rows of nouns that were decided elsewhere, a noun a file: those of a new publication and of the demo. Each runs in
//! a transaction of the writer and notes what it changed. What staff does goes through [`crate::acts`].
//!
//! Nothing is decided here: the caller brings slugs, html and plain text, visibility, instants. Ids of the nouns are
//! the caller's (from [`crate::Chance`]); ids of rows that only join two nouns are taken from the transaction.
//! Addresses of the own site stand as `__GHOST_URL__` in what the caller brings.

mod custom_theme_settings;
mod integrations;
mod members;
mod posts;
mod row;
mod settings;
mod staff;
mod tags;
mod tiers;

pub use custom_theme_settings::{CustomKind, set_custom_theme_setting};
pub use integrations::{NewIntegration, NewKey, add_integration};
pub use members::{NewMember, add_member};
pub use posts::{NewPost, add_post};
pub(crate) use row::insert;
pub use settings::set_setting;
pub use staff::{NewUser, StaffRole, StaffStatus, add_user, edit_owner};
pub use tags::{NewTag, add_tag};
pub use tiers::{NewTier, TierPrice, add_tier};
