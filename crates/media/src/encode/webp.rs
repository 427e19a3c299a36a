//! WebP, lossy, one frame at a time.

use webp::{Encoder, PixelLayout};

use super::QUALITY;
use crate::fault::Fault;
use crate::format::Format;
use crate::pixels::{Layout, Pixels};

/// A file of one frame, without anything beside the pixels.
pub fn frame(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    let layout = match pixels.layout {
        Layout::Rgb => PixelLayout::Rgb,
        Layout::Rgba | Layout::Cmyk => PixelLayout::Rgba,
    };
    Encoder::new(&pixels.bytes, layout, pixels.width, pixels.height)
        .encode_simple(false, QUALITY)
        .map(|encoded| encoded.to_vec())
        .map_err(|error| Fault::Encoding { format: Format::Webp.name(), message: format!("{error:?}") })
}
