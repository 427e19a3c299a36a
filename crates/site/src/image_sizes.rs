//! Width and height of the publication's own pictures, read from their first bytes and remembered.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use model::SiteUrl;

/// Pictures remembered at most; when full, all are forgotten.
const MOST: usize = 20_000;

/// Bytes of a file that are read to find its measures: more than any camera writes before them.
const MOST_HEAD: u64 = 1024 * 1024;

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
    let mut head = Vec::new();
    let reader = std::fs::File::open(file).ok()?;
    std::io::Read::read_to_end(&mut std::io::Read::take(reader, MOST_HEAD), &mut head).ok()?;
    media::measure(&head)
}
