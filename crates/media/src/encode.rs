//! From pixels to a file's bytes: what Ghost's settings give, at Ghost's qualities, with the credits in it.

mod avif;
mod gif;
mod webp;

use crate::container::{self, Found};
use crate::fault::Fault;
use crate::format::Format;
use crate::pixels::{Layout, Pixels};

/// Ghost's quality of JPEG and WebP, of 100.
const QUALITY: f32 = 80.0;

/// A picture that does not move.
pub fn still(format: Format, pixels: Pixels, found: &Found) -> Result<Vec<u8>, Fault> {
    let pixels = pixels.without_idle_alpha();
    match format {
        Format::Jpeg => Ok(container::jpeg::with_credits(jpeg(&pixels)?, found)),
        Format::Png => Ok(container::png::with_credits(png(&pixels)?, found)),
        Format::Avif => avif::still(&pixels, found),
        Format::Webp | Format::Gif => {
            let mut moving = Moving::new(format, 0);
            moving.push(&pixels, 0)?;
            moving.finish(found)
        }
    }
}

/// A picture that may move, put together frame by frame.
pub enum Moving {
    Gif(gif::Writer),
    Webp(container::webp::Frames),
}

impl Moving {
    /// An empty one; `loops` is how often it is shown, 0 for ever. Formats that do not move become WebP.
    pub fn new(format: Format, loops: u16) -> Self {
        match format {
            Format::Gif => Moving::Gif(gif::Writer::new(loops)),
            _ => Moving::Webp(container::webp::Frames { width: 0, height: 0, loops, frames: Vec::new() }),
        }
    }

    /// Adds a frame; all have the measures of the first.
    pub fn push(&mut self, pixels: &Pixels, delay_ms: u32) -> Result<(), Fault> {
        match self {
            Moving::Gif(writer) => writer.push(pixels, delay_ms),
            Moving::Webp(file) => {
                (file.width, file.height) = (pixels.width, pixels.height);
                file.frames.push((webp::frame(pixels)?, delay_ms));
                Ok(())
            }
        }
    }

    /// The file.
    pub fn finish(self, found: &Found) -> Result<Vec<u8>, Fault> {
        match self {
            Moving::Gif(writer) => writer.finish(),
            Moving::Webp(file) => Ok(file.together(found)),
        }
    }
}

fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    let fault =
        |error: std::io::Error| Fault::Encoding { format: Format::Jpeg.name(), message: error.to_string() };
    let mut compress = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    compress.set_size(pixels.width as usize, pixels.height as usize);
    compress.set_quality(QUALITY);
    compress.set_progressive_mode();
    let mut started = compress.start_compress(Vec::new()).map_err(fault)?;
    started.write_scanlines(&pixels.on_black()).map_err(fault)?;
    started.finish().map_err(fault)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    let fault = |error: png::EncodingError| Fault::Encoding {
        format: Format::Png.name(),
        message: error.to_string(),
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_color(match pixels.layout {
        Layout::Rgb => png::ColorType::Rgb,
        Layout::Rgba | Layout::Cmyk => png::ColorType::Rgba,
    });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_image_data(&pixels.bytes).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(out)
}
