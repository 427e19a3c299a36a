//! From a file's bytes to pixels, frame by frame, within limits that are checked before anything is decoded.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, DynamicImage, ImageDecoder};
use jpeg_decoder::{CodingProcess, PixelFormat};

use crate::apart::Apart;
use crate::av1;
use crate::container::{self, Found};
use crate::fault::Fault;
use crate::format::Kind;
use crate::limits::Limits;
use crate::pixels::{Layout, Pixels};

/// Width and height in pixels that a file of these bytes claims, as it lies (not turned upright); None when it is no
/// picture, or says none.
pub fn measure(bytes: &[u8]) -> Option<(u32, u32)> {
    if Kind::of(bytes) == Some(Kind::Drawing) {
        // The first element stands near the beginning; what follows need not be whole.
        return crate::drawing::claimed(&String::from_utf8_lossy(&bytes[..bytes.len().min(64 * 1024)]));
    }
    if Kind::of(bytes) == Some(Kind::Avif) {
        return container::avif::measures(bytes);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// A frame and for how many milliseconds it is shown (0 for a still).
pub type Frame = (Pixels, u32);

/// A picture whose beginning was read.
pub struct Opened<'b> {
    /// As it lies in the file.
    pub width: u32,
    pub height: u32,
    /// What stands beside the pixels.
    pub found: Found,
    /// Times an animation is shown; 0 is for ever.
    pub loops: u16,
    /// Bytes that decoding takes in memory.
    pub decoded_bytes: u64,
    reader: Reader<'b>,
}

enum Reader<'b> {
    Jpeg(jpeg_decoder::Decoder<&'b [u8]>),
    Png(Box<PngDecoder<Cursor<&'b [u8]>>>),
    Webp(WebPDecoder<Cursor<&'b [u8]>>),
    Gif(GifDecoder<Cursor<&'b [u8]>>),
    Avif(&'b [u8], Box<container::avif::Picture>),
}

/// Bytes that decoding a pixel of AVIF takes: its planes (six, with twelve bits), once more with grain, the result.
const AVIF_PIXEL_BYTES: u64 = 14;

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::Broken(error.to_string())
}

impl<'b> Opened<'b> {
    /// Reads the beginning. `at_least` gives the measures below which a JPEG need not be decoded, from those of the
    /// upright picture.
    ///
    /// Errors: too many pixels, passes or bytes in memory; a beginning that makes no sense; drawings.
    pub fn new(
        bytes: &'b [u8],
        kind: Kind,
        limits: &Limits,
        at_least: impl Fn((u32, u32)) -> (u32, u32),
    ) -> Result<Self, Fault> {
        let mut found = container::found(bytes);
        let mut loops = 0;
        let (width, height, decoded_bytes, reader) = match kind {
            Kind::Jpeg => {
                Fault::unless_within(
                    "passes over its pixels",
                    container::jpeg::n_scans(bytes),
                    limits.scans,
                )?;
                let mut decoder = jpeg_decoder::Decoder::new(bytes);
                decoder.read_info().map_err(broken)?;
                let info = decoder.info().ok_or_else(|| Fault::Broken("it has no measures".into()))?;
                let whole = check_pixels(info.width.into(), info.height.into(), limits)?;
                let lying = found.orientation >= 5;
                let turn = |(width, height)| if lying { (height, width) } else { (width, height) };
                let (width, height) = turn(at_least(turn((info.width.into(), info.height.into()))));
                let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
                let (width, height) = decoder.scale(side(width), side(height)).map_err(broken)?;
                let n_bytes = info.pixel_format.pixel_bytes() as u64;
                let scaled = u64::from(width) * u64::from(height) * n_bytes;
                // The planes and the picture put together from them; of a progressive one the coefficients of the whole.
                let coefficients = match info.coding_process {
                    CodingProcess::DctProgressive => whole * n_bytes * 2,
                    CodingProcess::DctSequential | CodingProcess::Lossless => 0,
                };
                decoder.set_max_decoding_buffer_size(limits.decoded_bytes as usize);
                (width.into(), height.into(), scaled * 2 + coefficients, Reader::Jpeg(decoder))
            }
            Kind::Png => {
                let (width, height) =
                    measure(bytes).ok_or_else(|| Fault::Broken("it has no measures".into()))?;
                let whole = check_pixels(width.into(), height.into(), limits)?;
                let mut decoder =
                    PngDecoder::with_limits(Cursor::new(bytes), image_limits(limits)).map_err(broken)?;
                found.profile = decoder.icc_profile().map_err(broken)?;
                let decoded = decoder.total_bytes();
                let converted = match decoder.color_type() {
                    image::ColorType::Rgb8 | image::ColorType::Rgba8 => 0,
                    _ => whole * 4,
                };
                (width, height, decoded + converted, Reader::Png(Box::new(decoder)))
            }
            Kind::Webp => {
                let (width, height) =
                    measure(bytes).ok_or_else(|| Fault::Broken("it has no measures".into()))?;
                let whole = check_pixels(width.into(), height.into(), limits)?;
                let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
                decoder.set_limits(image_limits(limits)).map_err(broken)?;
                found.profile = decoder.icc_profile().map_err(broken)?;
                if decoder.has_animation() {
                    loops = times(AnimationDecoder::loop_count(&decoder));
                }
                // The picture and, of the lossy kind, the planes that it is put together from.
                (width, height, whole * 6, Reader::Webp(decoder))
            }
            Kind::Gif => {
                let (width, height) =
                    measure(bytes).ok_or_else(|| Fault::Broken("it has no measures".into()))?;
                let whole = check_pixels(width.into(), height.into(), limits)?;
                let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(broken)?;
                decoder.set_limits(image_limits(limits)).map_err(broken)?;
                loops = times(AnimationDecoder::loop_count(&decoder));
                (width, height, whole * 12, Reader::Gif(decoder))
            }
            Kind::Avif => {
                let (picture, beside) = container::avif::open(bytes)?;
                // A grid's tiles may reach beyond the picture.
                let tiles = &picture.tiles;
                let side = |side: u32, n: u32| u64::from(side) * u64::from(n);
                let (width, height) = (side(tiles.width, tiles.columns), side(tiles.height, tiles.rows));
                let whole = check_pixels(width, height, limits)?;
                found = beside;
                let reader = Reader::Avif(bytes, Box::new(picture.clone()));
                (picture.width, picture.height, whole * AVIF_PIXEL_BYTES, reader)
            }
            Kind::Drawing => return Err(Fault::Broken("a drawing has no pixels".into())),
        };
        if width == 0 || height == 0 {
            return Err(Fault::Broken("it has no pixels".into()));
        }
        Fault::unless_within("bytes in memory", decoded_bytes, limits.decoded_bytes)?;
        Ok(Opened { width, height, found, loops, decoded_bytes, reader })
    }

    /// Gives each frame to `take`; only the first when the result does not move. AVIF is decoded `apart`, or here.
    ///
    /// Errors: those of the data and of `take`; more frames, or pixels of all frames, than the limits say.
    pub fn frames(
        self,
        moves: bool,
        limits: &Limits,
        apart: Option<&Apart>,
        mut take: impl FnMut(Frame) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        match self.reader {
            Reader::Jpeg(mut decoder) => {
                let bytes = decoder.decode().map_err(broken)?;
                let info = decoder.info().ok_or_else(|| Fault::Broken("it has no measures".into()))?;
                let (layout, bytes) = match info.pixel_format {
                    PixelFormat::RGB24 => (Layout::Rgb, bytes),
                    PixelFormat::CMYK32 => (Layout::Cmyk, bytes),
                    PixelFormat::L8 => (Layout::Rgb, bytes.iter().flat_map(|grey| [*grey; 3]).collect()),
                    PixelFormat::L16 => {
                        return Err(Fault::Broken("its samples have more than eight bits".into()));
                    }
                };
                let (width, height) = (u32::from(info.width), u32::from(info.height));
                take((Pixels { width, height, layout, bytes }, 0))
            }
            Reader::Png(decoder) => {
                let image = DynamicImage::from_decoder(*decoder).map_err(broken)?;
                take((pixels(image), 0))
            }
            Reader::Webp(decoder) if !decoder.has_animation() => {
                let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
                take((pixels(image), 0))
            }
            Reader::Webp(decoder) => each(decoder.into_frames(), moves, limits, take),
            Reader::Avif(bytes, picture) => {
                let pixels = match apart {
                    Some(apart) => apart.decoded(bytes, &picture),
                    None => av1::decoded(bytes, &picture),
                };
                take((pixels?, 0))
            }
            Reader::Gif(decoder) => each(decoder.into_frames(), moves, limits, take),
        }
    }
}

fn check_pixels(width: u64, height: u64, limits: &Limits) -> Result<u64, Fault> {
    let pixels = width.saturating_mul(height);
    Fault::unless_within("pixels", pixels, limits.pixels)?;
    Ok(pixels)
}

fn image_limits(limits: &Limits) -> image::Limits {
    let mut found = image::Limits::default();
    found.max_alloc = Some(limits.decoded_bytes);
    found
}

fn times(count: LoopCount) -> u16 {
    match count {
        LoopCount::Infinite => 0,
        LoopCount::Finite(times) => u16::try_from(times.get()).unwrap_or(u16::MAX),
    }
}

fn pixels(image: DynamicImage) -> Pixels {
    let (width, height) = (image.width(), image.height());
    let (layout, bytes) = if image.color().has_alpha() {
        (Layout::Rgba, image.into_rgba8().into_raw())
    } else {
        (Layout::Rgb, image.into_rgb8().into_raw())
    };
    Pixels { width, height, layout, bytes }
}

fn each(
    frames: image::Frames<'_>,
    moves: bool,
    limits: &Limits,
    mut take: impl FnMut(Frame) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let (mut n_frames, mut n_pixels) = (0, 0);
    for frame in frames {
        let frame = frame.map_err(broken)?;
        let (numerator, denominator) = frame.delay().numer_denom_ms();
        let delay_ms = numerator / denominator.max(1);
        let buffer = frame.into_buffer();
        let (width, height) = buffer.dimensions();
        n_frames += 1;
        n_pixels += u64::from(width) * u64::from(height);
        Fault::unless_within("frames", n_frames, limits.frames)?;
        Fault::unless_within("pixels in its frames", n_pixels, limits.pixels)?;
        take((Pixels { width, height, layout: Layout::Rgba, bytes: buffer.into_raw() }, delay_ms))?;
        if !moves {
            break;
        }
    }
    if n_frames == 0 { Err(Fault::Broken("it has no frame".into())) } else { Ok(()) }
}
