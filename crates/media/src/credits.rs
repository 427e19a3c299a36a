//! Who made a picture and whose it is: the three lines that stay when all else of its data is dropped.

pub mod exif;
pub mod iptc;
pub mod xmp;

/// Bytes of one line that are kept.
const MOST: usize = 2_000;

/// Creator, credit line and copyright; a missing one is None, never blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// Who made it; several are joined with `, `.
    pub creator: Option<String>,
    /// The line that has to stand beside it.
    pub credit: Option<String>,
    /// Whose it is.
    pub copyright: Option<String>,
}

impl Credits {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.creator.is_none() && self.credit.is_none() && self.copyright.is_none()
    }

    /// Takes from `other` what is missing here.
    pub(crate) fn fill_from(&mut self, other: Credits) {
        self.creator = self.creator.take().or(other.creator);
        self.credit = self.credit.take().or(other.credit);
        self.copyright = self.copyright.take().or(other.copyright);
    }
}

/// A line as it is kept: without control characters and space around it, of bounded length; None when nothing is left.
fn line(text: &str) -> Option<String> {
    let mut line: String = text.chars().filter(|c| !c.is_control()).collect();
    if line.len() > MOST {
        let end = (0..=MOST).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
        line.truncate(end);
    }
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// Bytes as text: UTF-8 where they are, else Latin-1, as cameras and agencies write.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
