//! Width and height of the publication's own pictures, read from their first bytes and remembered.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use model::SiteUrl;

/// Pictures remembered at most; when full, all are forgotten.
const MOST: usize = 20_000;

/// Remembers the measures of pictures. Only files of the content folder are looked at, never the network.
#[derive(Debug)]
pub struct ImageSizes {
    images: PathBuf,
    known: Mutex<HashMap<String, Option<(u32, u32)>>>,
}

impl ImageSizes {
    /// For the folder `content/images`.
    pub fn new(images: PathBuf) -> Self {
        ImageSizes { images, known: Mutex::default() }
    }

    /// Measures in pixels of the picture at this address; None when it is not ours, absent or not a picture.
    pub fn of(&self, url: &str, site: &SiteUrl) -> Option<(u32, u32)> {
        let path = url.strip_prefix(site.as_str()).unwrap_or(url);
        let name = path.strip_prefix("/content/images/")?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(size) = known.get(name) {
            return *size;
        }
        let size = crate::files::below(&self.images, name).and_then(|file| measure(&file));
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(name.to_owned(), size);
        size
    }
}

/// Measures of a picture file; of a drawing (SVG) those that its first element claims.
fn measure(file: &std::path::Path) -> Option<(u32, u32)> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        let mut head = String::new();
        let reader = std::fs::File::open(file).ok()?;
        std::io::Read::read_to_string(&mut std::io::Read::take(reader, 64 * 1024), &mut head).ok()?;
        return drawing_size(&head);
    }
    let size = imagesize::size(file).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `width` and `height` of the `<svg>` element, else the last two numbers of its `viewBox`.
fn drawing_size(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let element = text.get(start..)?.split('>').next()?;
    let attribute = |name: &str| {
        let value = element.split_once(&format!(" {name}="))?.1;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    };
    let pixels = |value: &str| {
        let number: f64 = value.trim().trim_end_matches("px").parse().ok()?;
        (1.0..1e6).contains(&number).then_some(number.round() as u32)
    };
    match (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        (Some(width), Some(height)) => Some((width, height)),
        _ => {
            let mut numbers = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
            Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::drawing_size;

    #[test]
    fn drawings_say_their_size() {
        assert_eq!(drawing_size("<?xml version='1.0'?><svg width=\"100\" height='50px'>"), Some((100, 50)));
        assert_eq!(drawing_size("<svg viewBox=\"0 0 24 12\"></svg>"), Some((24, 12)));
        assert_eq!(drawing_size("<svg width=\"100%\"></svg>"), None);
        assert_eq!(drawing_size("not a drawing"), None);
    }
}
