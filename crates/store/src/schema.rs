//! Ghost 6.65's schema as facts, how a database compares with it, and how a new one is made.

mod compare;
mod create;
mod ddl;
mod first_posts;
mod fixtures;
mod migrations;
mod signing;
mod tables;

pub use compare::Difference;
pub(crate) use compare::compare;
pub use create::{CreateError, NewOwner, NewPublication, create};
pub use migrations::{GhostVersion, Migration, known_migrations};
pub use signing::SigningKey;
pub use tables::{Column, ForeignKey, Index, OnDelete, Table, known_tables};
