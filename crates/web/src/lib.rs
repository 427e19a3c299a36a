//! Shared HTTP: what a request and an answer are, who is asking, what every door knows of the publication.
//!
//! Handlers are synchronous: they run on worker threads that own a database connection each. Nothing here opens a
//! socket; the program (`courant`) does.

pub mod exchange;
pub mod facts;
pub mod failures;
pub mod finish;
pub mod identity;
pub mod words;
pub mod workers;

pub use exchange::{Request, Response};
pub use facts::{Config, Facts};
pub use failures::Failures;
