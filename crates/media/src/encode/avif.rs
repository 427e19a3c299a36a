//! AVIF by rav1e.

use ravif::{BitDepth, Encoder, Img, RGB8, RGBA8};

use crate::container::Found;
use crate::credits::exif;
use crate::fault::Fault;
use crate::format::Format;
use crate::pixels::{Layout, Pixels};

/// On this encoder's scale; gives files of about the size that Ghost's setting gives.
const QUALITY: f32 = 62.0;
/// 1 is slowest, 10 fastest. 8 takes about a second for a megapixel; slower ones save few bytes.
const SPEED: u8 = 8;

pub fn still(pixels: &Pixels, found: &Found) -> Result<Vec<u8>, Fault> {
    let mut encoder = Encoder::new()
        .with_quality(QUALITY)
        .with_alpha_quality(QUALITY)
        .with_speed(SPEED)
        .with_bit_depth(BitDepth::Eight)
        .with_num_threads(Some(1));
    if let Some(block) = exif::write(1, &found.credits) {
        encoder = encoder.with_exif(block);
    }
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let encoded = match pixels.layout {
        Layout::Rgb => {
            let all: Vec<RGB8> = pixels.bytes.chunks_exact(3).map(|p| RGB8::new(p[0], p[1], p[2])).collect();
            encoder.encode_rgb(Img::new(&all, width, height))
        }
        Layout::Rgba | Layout::Cmyk => {
            let all: Vec<RGBA8> =
                pixels.bytes.chunks_exact(4).map(|p| RGBA8::new(p[0], p[1], p[2], p[3])).collect();
            encoder.encode_rgba(Img::new(&all, width, height))
        }
    };
    encoded
        .map(|encoded| encoded.avif_file)
        .map_err(|error| Fault::Encoding { format: Format::Avif.name(), message: error.to_string() })
}
