//! Why a picture cannot be made.

/// Why a picture cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The first bytes are of no kind of picture that is read here.
    #[error("not a picture that can be read (JPEG, PNG, WebP, GIF, AVIF or SVG); it begins with {0:?}")]
    Unknown(String),
    /// Nothing there at all.
    #[error("the file is empty")]
    Empty,
    /// A drawing under the name of a picture; drawings can carry scripts, so they have to say what they are.
    #[error("an SVG drawing under another name; rename it to .svg")]
    DisguisedDrawing,
    /// The data break off, or contradict themselves.
    #[error("the picture's data are broken: {0}")]
    Broken(String),
    /// More than is taken on; the text says of what.
    #[error("the picture has {found} {what}; at most {most} are taken on")]
    TooLarge { what: &'static str, found: u64, most: u64 },
    /// The encoder gave up.
    #[error("the picture cannot be written as {format}: {message}")]
    Encoding { format: &'static str, message: String },
    /// The original or the kept file could not be read or written.
    #[error("{path}: {message}")]
    Disk { path: String, message: String },
}

impl Fault {
    /// A fault of the file system.
    pub(crate) fn disk(path: &std::path::Path, error: &std::io::Error) -> Self {
        Fault::Disk { path: path.display().to_string(), message: error.to_string() }
    }

    /// Holds a count against its limit.
    pub(crate) fn unless_within(what: &'static str, found: u64, most: u64) -> Result<(), Fault> {
        if found > most { Err(Fault::TooLarge { what, found, most }) } else { Ok(()) }
    }
}
