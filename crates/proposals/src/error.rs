//! Why a model gave no points: what, where, and what to do. Never holds the key, nor a word of the answer.

use std::time::Duration;

/// Why there are no proposals. `origin` is scheme, host and port of the model's address.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("The model's address is not usable: {fault}. Give one such as http://127.0.0.1:8080/v1.")]
    Address { fault: &'static str },
    #[error("The model's key has characters that no header can carry. Copy it anew, without line breaks.")]
    Key,
    #[error("The system gave no random bytes: {0}.")]
    Random(String),
    #[error(
        "The model at {origin} cannot be reached: {fault}. See whether it runs and the address is right."
    )]
    Unreachable { origin: String, fault: String },
    #[error("The model at {origin} took longer than {limit:?}. Give it more time, or take a smaller model.")]
    TimedOut { origin: String, limit: Duration },
    #[error("The model at {origin} answered with status {code}. {advice}")]
    Status { origin: String, code: u16, advice: &'static str },
    #[error(
        "The answer of the model at {origin} is longer than {limit} bytes. Allow more, or ask for fewer points."
    )]
    TooLarge { origin: String, limit: usize },
    #[error("The exchange with the model at {origin} broke off: {fault}. Try again.")]
    Broken { origin: String, fault: String },
    #[error(
        "The answer of the model at {origin} cannot be used: {fault}. See whether the address is the right one, or take another model."
    )]
    Answer { origin: String, fault: &'static str },
}

impl Error {
    pub(crate) fn status(origin: String, code: u16) -> Self {
        let advice = match code {
            300..=399 => "It leads elsewhere, which is not followed; give the final address.",
            400 | 422 => "It does not understand the question; see whether it speaks the chat protocol.",
            401 | 403 => "See whether the key is right.",
            404 | 405 => "See whether address and model name are right.",
            413 => "The article is too long for it.",
            429 => "It has too much to do; try again later.",
            500.. => "The fault is on its side; try again later.",
            _ => "See whether the address is right.",
        };
        Self::Status { origin, code, advice }
    }
}
