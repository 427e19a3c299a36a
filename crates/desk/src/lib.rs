//! The news desk's judgement: whether a text supports a statement, and which points a text makes. Pure: no disk, network,
//! database or clock; reads by rule and with a few fitted numbers (`score.rs`), without a model of language.
//!
//! ```
//! let article = desk::Article::new("The council met on Monday. \"We will build 40 homes,\" Mayor Ana Ruiz said.");
//! let verdict = desk::check(&article, "Ana Ruiz said the council would build 400 homes.");
//! assert!(!verdict.publish);
//! assert!(verdict.reasons.iter().any(|reason| reason.code == desk::Code::NumberDiffers));
//! ```

mod align;
mod article;
mod causes;
mod close;
mod dateline;
mod doubt;
pub mod features;
mod followed;
mod framed;
pub mod gate;
pub mod jsonl;
mod limits;
mod offices;
pub mod points;
pub mod preflight;
mod pronouns;
mod quoted;
mod reasons;
mod reported;
mod roles;
mod rules;
mod score;
mod score_table;
mod speakers;
mod suspicion;
pub mod teaser;
mod verbatim;

pub use article::Article;
pub use gate::{Evidence, Verdict, check, check_in_context};
pub use reasons::{Code, Reason};
