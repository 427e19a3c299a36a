//! Why an act may not be, in kinds that a door can answer with. Knows nothing of HTTP.

/// Why an act was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// What was to be changed is not there.
    NotFound {
        /// The noun, in the singular.
        noun: &'static str,
    },
    /// A value that may not be.
    Invalid {
        /// For the person, in Ghost's words, since its Admin app shows them.
        message: String,
        /// The field of the request that is to blame, when Ghost names it.
        field: Option<&'static str>,
        /// `table.column`, when a column's rule was broken.
        column: Option<String>,
    },
    /// A request that cannot be carried out as it stands.
    Bad {
        /// For the person.
        message: String,
    },
    /// Somebody else has saved the same post in between.
    Collision {
        /// The columns and relations that this save would have changed.
        changed: Vec<&'static str>,
    },
    /// Whoever asks may not do this.
    Forbidden {
        /// For the person.
        message: &'static str,
    },
}

impl Refusal {
    /// A value that may not be, with nothing but words.
    pub fn invalid(message: impl Into<String>) -> Self {
        Refusal::Invalid { message: message.into(), field: None, column: None }
    }

    /// A value of a named field that may not be.
    pub fn invalid_field(field: &'static str, message: impl Into<String>) -> Self {
        Refusal::Invalid { message: message.into(), field: Some(field), column: None }
    }

    /// A text that is longer than its column takes.
    pub fn too_long(table: &str, column: &str, max: usize) -> Self {
        Refusal::Invalid {
            message: format!("Value in [{table}.{column}] exceeds maximum length of {max} characters."),
            field: None,
            column: Some(format!("{table}.{column}")),
        }
    }

    /// A required text that is empty.
    pub fn blank(table: &str, column: &str) -> Self {
        Refusal::Invalid {
            message: format!("Value in [{table}.{column}] cannot be blank."),
            field: None,
            column: Some(format!("{table}.{column}")),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::NotFound { noun } => write!(f, "there is no such {noun}"),
            Refusal::Invalid { message, .. } | Refusal::Bad { message } => f.write_str(message),
            Refusal::Collision { .. } => f.write_str("Saving failed! Someone else is editing this post."),
            Refusal::Forbidden { message } => f.write_str(message),
        }
    }
}

impl std::error::Error for Refusal {}
