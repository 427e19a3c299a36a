//! Kinds of pictures: what a file is by its first bytes, and what it can be made into.

/// What a picture can be made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Gif,
    Jpeg,
    Png,
    Webp,
    Avif,
}

impl Format {
    /// The format of this name in an address (`jpg` and `jpeg` are one); None for others.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "gif" => Format::Gif,
            "jpeg" | "jpg" => Format::Jpeg,
            "png" => Format::Png,
            "webp" => Format::Webp,
            "avif" => Format::Avif,
            _ => return None,
        })
    }

    /// Its name in words for people.
    pub fn name(self) -> &'static str {
        match self {
            Format::Gif => "GIF",
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
            Format::Webp => "WebP",
            Format::Avif => "AVIF",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Gif => "image/gif",
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Webp => "image/webp",
            Format::Avif => "image/avif",
        }
    }

    /// Whether animations stay animations in it; of others only the first frame is taken.
    pub fn moves(self) -> bool {
        matches!(self, Format::Gif | Format::Webp)
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Gif,
    Jpeg,
    Png,
    Webp,
    Avif,
    /// A drawing (SVG), plain or packed.
    Drawing,
}

impl Kind {
    /// What these bytes are, by their beginning; None when it is nothing that is read here.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Some(Kind::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Kind::Png);
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Some(Kind::Gif);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Some(Kind::Webp);
        }
        if crate::container::avif::begins(bytes) {
            return Some(Kind::Avif);
        }
        if bytes.starts_with(&[0x1f, 0x8b]) {
            return Some(Kind::Drawing);
        }
        // A drawing may begin with a declaration and comments; its first element stands near the beginning.
        let head = &bytes[..bytes.len().min(4096)];
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let begins = text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        (begins && text.windows(4).any(|four| four == b"<svg")).then_some(Kind::Drawing)
    }

    /// What it becomes when no other format is asked for.
    pub fn format(self) -> Format {
        match self {
            Kind::Gif => Format::Gif,
            Kind::Jpeg => Format::Jpeg,
            Kind::Webp => Format::Webp,
            Kind::Avif => Format::Avif,
            Kind::Png | Kind::Drawing => Format::Png,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_beginning() {
        assert_eq!(Kind::of(b"\xff\xd8\xff\xe0...."), Some(Kind::Jpeg));
        assert_eq!(Kind::of(b"RIFF\x10\0\0\0WEBPVP8 "), Some(Kind::Webp));
        assert_eq!(Kind::of(b"\xef\xbb\xbf <?xml version='1.0'?><!-- a --><svg>"), Some(Kind::Drawing));
        assert_eq!(Kind::of(b"<html><body>hi</body></html>"), None);
        assert_eq!(Kind::of(b"text about <svg>"), None);
        assert_eq!(Kind::of(b""), None);
    }
}
