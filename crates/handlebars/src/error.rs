//! What goes wrong with a template, and where.

use std::fmt;

/// A spot in a template's source. Lines count from 1; columns from 0, in UTF-16 units, as Handlebars counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 0.
    pub column: u32,
}

/// Why a template could not be read or rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The source is not a template.
    Syntax,
    /// A helper is called with arguments and does not exist.
    MissingHelper,
    /// A partial is used and does not exist.
    MissingPartial,
    /// The template goes beyond its [`crate::Limits`].
    Limit,
    /// A helper was used wrongly or failed, or a value cannot be used as it is used.
    Helper,
}

/// A template's error with its place. `Display` gives `file:line:column: message`, the column counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// What kind of error it is.
    pub kind: Kind,
    /// What is wrong, in Handlebars' words where it has words for it; without the place.
    pub message: String,
    /// The name under which the template was compiled.
    pub file: String,
    /// Where; for errors of rendering the innermost statement.
    pub place: Place,
    /// Whether Handlebars ends this message with its place.
    pub(crate) says_place: bool,
}

impl Error {
    /// An error of a helper, without a place: [`crate::Call::error`] is better where there is a call.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            file: String::new(),
            place: Place::default(),
            says_place: false,
        }
    }

    /// The line, from 1; 0 when unknown.
    pub fn line(&self) -> u32 {
        self.place.line
    }

    /// The column, from 1.
    pub fn column(&self) -> u32 {
        self.place.column + 1
    }

    /// The message as Handlebars.js gives it, for answers that are compared with it.
    pub fn handlebars_message(&self) -> String {
        if self.says_place {
            format!("{} - {}:{}", self.message, self.place.line, self.place.column)
        } else {
            self.message.clone()
        }
    }

    pub(crate) fn at(kind: Kind, message: impl Into<String>, file: &str, place: Place) -> Self {
        Self { kind, message: message.into(), file: file.to_owned(), place, says_place: false }
    }

    /// Fills in file and place where the maker of the error did not know them.
    pub(crate) fn or_at(mut self, file: &str, place: Place) -> Self {
        if self.place.line == 0 {
            self.place = place;
            self.file = file.to_owned();
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.line == 0 {
            return f.write_str(&self.message);
        }
        write!(f, "{}:{}:{}: {}", self.file, self.line(), self.column(), self.message)
    }
}
