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
        let size = crate::files::below(&self.images, name)
            .and_then(|file| imagesize::size(file).ok())
            .and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(name.to_owned(), size);
        size
    }
}
