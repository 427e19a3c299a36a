//! AV1 frames to pixels: one frame of a still picture, by a decoder in Rust, its colours as eight bits of red, green, blue.
//!
//! The decoder's doors are functions of C's kind: a panic behind them could not be caught, and would end the process. So
//! a server has it done in another one (see `apart`), and it is given as little as can be: one key frame, no larger than
//! the file claims.

use std::ops::Range;

use re_rav1d::dav1d::pixel::{MatrixCoefficients, YUVRange};
use re_rav1d::dav1d::{DecodeFrameType, Decoder, Error, PixelLayout, PlanarImageComponent, Settings};

use crate::container::avif::{Picture, Tiles};
use crate::fault::Fault;
use crate::pixels::{Layout, Pixels};

/// What the picture's parts show, put together.
///
/// Errors: data that make no picture of the measures that the file claims.
pub fn decoded(bytes: &[u8], picture: &Picture) -> Result<Pixels, Fault> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let layout = if picture.alpha.is_some() { Layout::Rgba } else { Layout::Rgb };
    let n = layout.n_bytes();
    let mut out =
        Pixels { width: picture.width, height: picture.height, layout, bytes: vec![255; width * height * n] };
    each_row(bytes, &picture.tiles, (width, height), |frame, y, at, n_wide| {
        let colours = frame.colours(picture.colours)?;
        frame.row(y, &colours, &mut out.bytes[at * n..(at + n_wide) * n], n);
        Ok(())
    })?;
    let Some(alpha) = &picture.alpha else { return Ok(out) };
    each_row(bytes, alpha, (width, height), |frame, y, at, n_wide| {
        let luma = frame.planes[0].view();
        for (x, pixel) in out.bytes[at * n..(at + n_wide) * n].chunks_exact_mut(n).enumerate() {
            pixel[3] = byte(frame.light(luma.at(x, y)));
        }
        Ok(())
    })?;
    if picture.premultiplied {
        for pixel in out.bytes.chunks_exact_mut(n) {
            let alpha = u16::from(pixel[3]);
            for value in pixel[..3].iter_mut().filter(|_| alpha > 0) {
                *value = ((u16::from(*value) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
    Ok(out)
}

/// Decodes each part and gives its rows to `take`: the frame, the row in it, where in the picture the row begins (in
/// pixels), how many of its pixels are within the picture.
fn each_row(
    bytes: &[u8],
    tiles: &Tiles,
    (width, height): (usize, usize),
    mut take: impl FnMut(&Frame, usize, usize, usize) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for (index, pieces) in tiles.data.iter().enumerate() {
        let frame = Frame::new(pieces.iter().flat_map(|piece| &bytes[piece.clone()]), tiles)?;
        let left = index % tiles.columns as usize * tiles.width as usize;
        let top = index / tiles.columns as usize * tiles.height as usize;
        let n_wide = (tiles.width as usize).min(width.saturating_sub(left));
        for y in 0..(tiles.height as usize).min(height.saturating_sub(top)) {
            take(&frame, y, (top + y) * width + left, n_wide)?;
        }
    }
    Ok(())
}

/// A decoded frame.
struct Frame {
    /// Light, and the two of colour where it has any.
    planes: Vec<Plane>,
    /// What a sample can be at most: 255, 1023 or 4095.
    most: f32,
    full_range: bool,
    matrix: Option<u16>,
}

/// A plane as the decoder holds it.
struct Plane {
    samples: re_rav1d::dav1d::Plane,
    /// Bytes of a row in memory.
    stride: usize,
    width: usize,
    height: usize,
    /// Whether a sample stands for two pixels, across and down.
    halved: (bool, bool),
    /// Whether a sample takes two bytes.
    wide: bool,
}

impl Plane {
    fn view(&self) -> View<'_> {
        View { bytes: &self.samples, plane: self }
    }
}

/// A plane with its bytes at hand.
#[derive(Clone, Copy)]
struct View<'f> {
    bytes: &'f [u8],
    plane: &'f Plane,
}

impl View<'_> {
    fn at(&self, x: usize, y: usize) -> f32 {
        let row = y * self.plane.stride;
        if self.plane.wide {
            let at = row + 2 * x;
            self.bytes.get(at..at + 2).map_or(0.0, |two| f32::from(u16::from_ne_bytes([two[0], two[1]])))
        } else {
            self.bytes.get(row + x).map_or(0.0, |byte| f32::from(*byte))
        }
    }

    /// The value for a pixel: halved planes are read between their samples.
    fn between(&self, x: usize, y: usize) -> f32 {
        // The nearer sample, and the other one that the pixel lies towards.
        let both = |at: usize, halved: bool, side: usize| {
            if !halved {
                return (at, at);
            }
            let near = at / 2;
            let other = if at.is_multiple_of(2) { near.saturating_sub(1) } else { (near + 1).min(side - 1) };
            (near, other)
        };
        let Plane { width, height, halved, .. } = self.plane;
        let (near_x, other_x) = both(x, halved.0, *width);
        let (near_y, other_y) = both(y, halved.1, *height);
        let across = |y: usize| {
            if near_x == other_x {
                self.at(near_x, y)
            } else {
                0.75 * self.at(near_x, y) + 0.25 * self.at(other_x, y)
            }
        };
        if near_y == other_y { across(near_y) } else { 0.75 * across(near_y) + 0.25 * across(other_y) }
    }
}

/// How light and colour become red, green and blue.
enum Colours {
    Grey,
    /// The planes are green, blue and red themselves.
    Plain,
    /// Light and two differences of green and orange.
    GreenOrange,
    /// What red and blue count for in the light.
    Weighted {
        red: f32,
        blue: f32,
    },
}

impl Frame {
    fn new<'b>(data: impl Iterator<Item = &'b u8>, tiles: &Tiles) -> Result<Self, Fault> {
        let data: Vec<u8> = data.copied().collect();
        let broken = |error: Error| Fault::Broken(format!("its AV1 data: {error}"));
        let first = first_frame(&data).ok_or_else(|| Fault::Broken("it has no AV1 frame".to_owned()))?;
        let mut settings = Settings::new();
        // On this thread, and one frame alone.
        settings.set_n_threads(1);
        settings.set_max_frame_delay(1);
        settings.set_decode_frame_type(DecodeFrameType::Key);
        settings.set_frame_size_limit(tiles.width.saturating_mul(tiles.height));
        let mut decoder = Decoder::with_settings(&settings).map_err(broken)?;
        match decoder.send_data(first, None, None, None) {
            Ok(()) | Err(Error::Again) => {}
            Err(error) => return Err(broken(error)),
        }
        let picture = decoder.get_picture().map_err(broken)?;
        if (picture.width(), picture.height()) != (tiles.width, tiles.height) {
            return Err(Fault::Broken("its data have other measures than it claims".to_owned()));
        }
        let (width, height) = (tiles.width as usize, tiles.height as usize);
        let n_bits = picture.bits_per_component().map_or(8, |bits| bits.0);
        let plane = |component: PlanarImageComponent, halved: (bool, bool)| {
            let half = |side: usize, halved: bool| if halved { side.div_ceil(2) } else { side };
            Plane {
                samples: picture.plane(component),
                stride: picture.stride(component) as usize,
                width: half(width, halved.0),
                height: half(height, halved.1),
                halved,
                wide: n_bits > 8,
            }
        };
        let mut planes = vec![plane(PlanarImageComponent::Y, (false, false))];
        let halved = match picture.pixel_layout() {
            PixelLayout::I400 => None,
            PixelLayout::I420 => Some((true, true)),
            PixelLayout::I422 => Some((true, false)),
            PixelLayout::I444 => Some((false, false)),
        };
        if let Some(halved) = halved {
            planes.extend([PlanarImageComponent::U, PlanarImageComponent::V].map(|one| plane(one, halved)));
        }
        let matrix = match picture.matrix_coefficients() {
            MatrixCoefficients::Identity => Some(0),
            MatrixCoefficients::BT709 => Some(1),
            MatrixCoefficients::Unspecified => Some(2),
            MatrixCoefficients::BT470M => Some(4),
            MatrixCoefficients::BT470BG | MatrixCoefficients::ST170M => Some(6),
            MatrixCoefficients::ST240M => Some(7),
            MatrixCoefficients::YCgCo => Some(8),
            MatrixCoefficients::BT2020NonConstantLuminance => Some(9),
            _ => None,
        };
        Ok(Frame {
            planes,
            most: ((1u32 << n_bits) - 1) as f32,
            full_range: picture.color_range() == YUVRange::Full,
            matrix,
        })
    }

    /// How its colours are written; the file's word (see [`Picture::colours`]) before the data's.
    fn colours(&self, told: Option<(u16, bool)>) -> Result<Colours, Fault> {
        if self.planes.len() < 3 {
            return Ok(Colours::Grey);
        }
        let weighted = |red, blue| Ok(Colours::Weighted { red, blue });
        match told.map_or(self.matrix, |(matrix, _)| Some(matrix)) {
            Some(0) => Ok(Colours::Plain),
            Some(1) => weighted(0.2126, 0.0722),
            // Where nothing is said it is that of old television, as in JPEG.
            Some(2 | 5 | 6) => weighted(0.299, 0.114),
            Some(4) => weighted(0.30, 0.11),
            Some(7) => weighted(0.212, 0.087),
            Some(8) => Ok(Colours::GreenOrange),
            Some(9) => weighted(0.2627, 0.0593),
            _ => Err(Fault::Broken("its colours are written in a way that is not read".to_owned())),
        }
    }

    /// A sample of light, 0 to 255.
    fn light(&self, sample: f32) -> f32 {
        if self.full_range {
            sample * 255.0 / self.most
        } else {
            // 16 to 235 of 255, and likewise with more bits.
            (sample * 256.0 / (self.most + 1.0) - 16.0) * 255.0 / 219.0
        }
    }

    /// A sample of colour, -127.5 to 127.5 around none.
    fn colour(&self, sample: f32) -> f32 {
        if self.full_range {
            (sample - (self.most + 1.0) / 2.0) * 255.0 / self.most
        } else {
            (sample * 256.0 / (self.most + 1.0) - 128.0) * 255.0 / 224.0
        }
    }

    /// Writes red, green and blue of one row; `n` is the bytes of a pixel.
    fn row(&self, y: usize, colours: &Colours, out: &mut [u8], n: usize) {
        let views: Vec<View<'_>> = self.planes.iter().map(Plane::view).collect();
        let luma = views[0];
        // Grey has no others, and does not ask.
        let (first, second) = (views.get(1).copied().unwrap_or(luma), views.get(2).copied().unwrap_or(luma));
        for (x, pixel) in out.chunks_exact_mut(n).enumerate() {
            let light = self.light(luma.at(x, y));
            let rgb = match colours {
                Colours::Grey => [light; 3],
                Colours::Plain => [self.light(second.between(x, y)), light, self.light(first.between(x, y))],
                Colours::GreenOrange => {
                    let (green, orange) =
                        (self.colour(first.between(x, y)), self.colour(second.between(x, y)));
                    [light - green + orange, light + green, light - green - orange]
                }
                Colours::Weighted { red, blue } => {
                    let (to_blue, to_red) =
                        (self.colour(first.between(x, y)), self.colour(second.between(x, y)));
                    let (r, b) = (light + 2.0 * (1.0 - red) * to_red, light + 2.0 * (1.0 - blue) * to_blue);
                    [r, (light - red * r - blue * b) / (1.0 - red - blue), b]
                }
            };
            for (value, told) in pixel.iter_mut().zip(rgb) {
                *value = byte(told);
            }
        }
    }
}

fn byte(value: f32) -> u8 {
    (value + 0.5).clamp(0.0, 255.0) as u8
}

/// The data's units up to the end of the first frame, and of them only those that make it: whatever else a file may
/// bring (more frames, hidden ones), it costs nothing. None when there is no frame.
///
/// Source: AV1 Bitstream & Decoding Process Specification, 5.3.
fn first_frame(data: &[u8]) -> Option<Vec<u8>> {
    const SEQUENCE: u8 = 1;
    const FRAME_HEADER: u8 = 3;
    const TILE_GROUP: u8 = 4;
    const FRAME: u8 = 6;
    let mut kept = Vec::new();
    let mut has_header = false;
    let mut at = 0;
    while let Some(header) = data.get(at) {
        let mut next = at + 1 + usize::from(header & 4 != 0);
        let end = if header & 2 != 0 {
            let (length, n_bytes) = length(data.get(next..)?)?;
            next += n_bytes;
            next.checked_add(length)?
        } else {
            data.len()
        };
        let unit: Range<usize> = at..end;
        let Some(bytes) = data.get(unit) else { break };
        match header >> 3 & 15 {
            FRAME if has_header => break,
            FRAME => {
                kept.extend(bytes);
                return Some(kept);
            }
            FRAME_HEADER if has_header => break,
            kind @ (SEQUENCE | FRAME_HEADER | TILE_GROUP) => {
                has_header |= kind == FRAME_HEADER;
                kept.extend(bytes);
            }
            _ => {}
        }
        at = end;
    }
    has_header.then_some(kept)
}

/// A number as AV1 writes lengths, seven bits a byte, and how many bytes it takes.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0u64;
    for (index, byte) in bytes.iter().take(8).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(number).ok()?, index + 1));
        }
    }
    None
}
