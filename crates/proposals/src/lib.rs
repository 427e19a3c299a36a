//! Key points asked of a language model at any address that speaks the chat protocol of OpenAI. Its answer is foreign text:
//! bounded in time and bytes, checked, cut down to plain lines, and each line judged by the desk's gate like any other
//! statement. Knows no database and no editor: what becomes of the verdicts is the caller's.
//!
//! Nothing in an article or an answer has a say in what passes: [`propose`] gives lines of text, [`judged`] holds each
//! against the article, and there is no other way through.
//!
//! ```
//! let article = desk::Article::new("The council met on Monday. Mayor Ana Ruiz said the bridge would open in May.");
//! let lines = vec![
//!     proposals::Proposal { text: "Mayor Ana Ruiz said the bridge would open in May.".to_owned() },
//!     proposals::Proposal { text: "Ana Ruiz said the bridge would open in June.".to_owned() },
//! ];
//! let judged = proposals::judged(&article, lines);
//! assert!(judged[0].verdict.publish && !judged[1].verdict.publish);
//! ```

mod answer;
mod error;
mod exchange;
mod judged;
mod plain;
mod question;

use std::fmt;
use std::time::{Duration, Instant};

pub use error::Error;
pub use judged::{Judged, judged};

/// Points of one answer that are read; what follows is dropped.
pub const MOST: usize = 20;

/// Where a model is asked, and what it may cost.
#[derive(Clone)]
pub struct Model {
    /// Base address, such as `http://127.0.0.1:8080/v1`.
    pub url: String,
    /// Sent as bearer token; never part of an error or of debug output.
    pub key: Option<String>,
    /// The model's name at that address.
    pub name: String,
    /// For the whole exchange, a second try included.
    pub timeout: Duration,
    /// Bytes of an answer that are read; a longer one is an error.
    pub max_answer_bytes: usize,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("url", &exchange::origin(&self.url))
            .field("key", &self.key.as_ref().map(|_| "…"))
            .field("name", &self.name)
            .field("timeout", &self.timeout)
            .field("max_answer_bytes", &self.max_answer_bytes)
            .finish()
    }
}

/// A line that a model proposes as key point.
///
/// One line of plain text of 1 to 400 characters, without controls, hidden characters, tags, Markdown and addresses. Whether
/// it is true nobody has checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub text: String,
}

/// Asks the model for key points of an article; blocks until it has answered or `model.timeout` is over.
///
/// `language` is a code such as `en`; `wanted` points at most are asked for, and [`MOST`] at most are given, none twice. Of
/// `text` the first 48 KiB are sent, up to the end of a sentence. An article without text is not sent, and has no points.
///
/// Errors: see [`Error`]. A point that is no plain line is left out and is no error.
pub fn propose(
    model: &Model,
    title: &str,
    text: &str,
    language: &str,
    wanted: usize,
) -> Result<Vec<Proposal>, Error> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let started = Instant::now();
    let question = question::Question::new(&model.name, title, text, language, wanted)?;
    let answer = match exchange::ask(model, &question.body(true), model.timeout) {
        // Not every server knows how to hold an answer to a form; the question asks for it in words as well.
        Err(Error::Status { code: 400, .. }) => {
            let left = model.timeout.saturating_sub(started.elapsed());
            exchange::ask(model, &question.body(false), left)?
        }
        outcome => outcome?,
    };
    answer::proposals(&answer).map_err(|fault| Error::Answer { origin: exchange::origin(&model.url), fault })
}
