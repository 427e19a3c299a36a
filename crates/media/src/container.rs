//! What stands in a picture's file beside its pixels: read from it, and taken out of it without touching the pixels.

pub mod avif;
pub mod jpeg;
pub mod png;
pub mod webp;

use crate::credits::Credits;
use crate::format::Kind;

/// What a file says beside its pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// EXIF's number, 1 to 8; 1 is upright.
    pub orientation: u8,
    /// Who made it.
    pub credits: Credits,
    /// The colour profile of a JPEG or AVIF (of the other kinds their decoder tells it).
    pub profile: Option<Vec<u8>>,
}

impl Default for Found {
    fn default() -> Self {
        Found { orientation: 1, credits: Credits::default(), profile: None }
    }
}

/// What these bytes say beside their pixels; what is broken says nothing.
pub fn found(bytes: &[u8]) -> Found {
    match Kind::of(bytes) {
        Some(Kind::Jpeg) => jpeg::found(bytes),
        Some(Kind::Png) => png::found(bytes),
        Some(Kind::Webp) => webp::found(bytes),
        Some(Kind::Avif) => avif::found(bytes),
        Some(Kind::Gif | Kind::Drawing) | None => Found::default(),
    }
}

/// The same pixels with nothing beside them but orientation, credits and colour profile; None when the file cannot be
/// taken apart.
pub fn cleaned(bytes: &[u8], found: &Found) -> Option<Vec<u8>> {
    match Kind::of(bytes)? {
        Kind::Jpeg => jpeg::cleaned(bytes, found),
        Kind::Png => png::cleaned(bytes, found),
        Kind::Webp => webp::cleaned(bytes, found),
        Kind::Avif => avif::cleaned(bytes, found),
        Kind::Gif | Kind::Drawing => None,
    }
}

/// Blocks of one source after another: IPTC's word counts before XMP's, XMP's before EXIF's.
#[derive(Default)]
struct Sources {
    exif: Option<(u8, Credits)>,
    iptc: Credits,
    xmp: Credits,
}

impl Sources {
    fn into_found(self, profile: Option<Vec<u8>>) -> Found {
        let (orientation, exif) = self.exif.unwrap_or((1, Credits::default()));
        let mut credits = self.iptc;
        credits.fill_from(self.xmp);
        credits.fill_from(exif);
        Found { orientation, credits, profile }
    }
}
