//! A picture in memory, eight bits a channel, and what is done to it: scaled, turned upright, cut, brought to sRGB.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{PixelTrait, ResizeOptions, Resizer};

use crate::fault::Fault;
use crate::size::Plan;

/// What the bytes of a pixel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Rgb,
    /// With alpha, not multiplied into the colours.
    Rgba,
    /// Ink: 255 is all of it.
    Cmyk,
}

impl Layout {
    /// Bytes of a pixel.
    pub fn n_bytes(self) -> usize {
        match self {
            Layout::Rgb => 3,
            Layout::Rgba | Layout::Cmyk => 4,
        }
    }
}

/// A picture: rows from the top, no gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub layout: Layout,
    pub bytes: Vec<u8>,
}

impl Pixels {
    /// Scales to the plan's measures, turns upright, cuts.
    ///
    /// `orientation` is EXIF's number; the plan is for the upright picture.
    pub fn fitted(self, plan: &Plan, orientation: u8) -> Result<Pixels, Fault> {
        let (width, height) = plan.scaled;
        let lying = orientation >= 5;
        let scaled = self.scaled(if lying { (height, width) } else { (width, height) })?;
        Ok(scaled.turned(orientation).cut(plan.kept))
    }

    fn scaled(self, (width, height): (u32, u32)) -> Result<Pixels, Fault> {
        if (self.width, self.height) == (width, height) {
            return Ok(self);
        }
        let mut bytes = vec![0; width as usize * height as usize * self.layout.n_bytes()];
        // Typed, so that only these two of the library's thirteen kinds of pixels are compiled.
        match self.layout {
            Layout::Rgb => self.scale_into::<U8x3>(width, height, &mut bytes)?,
            Layout::Rgba | Layout::Cmyk => self.scale_into::<U8x4>(width, height, &mut bytes)?,
        }
        Ok(Pixels { width, height, layout: self.layout, bytes })
    }

    fn scale_into<P: PixelTrait>(&self, width: u32, height: u32, bytes: &mut [u8]) -> Result<(), Fault> {
        let from = TypedImageRef::<P>::from_buffer(self.width, self.height, &self.bytes).map_err(unscaled)?;
        let mut to = TypedImage::<P>::from_buffer(width, height, bytes).map_err(unscaled)?;
        let options = ResizeOptions::new().use_alpha(self.layout == Layout::Rgba);
        Resizer::new().resize_typed(&from, &mut to, &options).map_err(unscaled)
    }

    /// Turned by EXIF's number, so that it stands upright.
    fn turned(self, orientation: u8) -> Pixels {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (width, height) = (self.width as usize, self.height as usize);
        let lying = orientation >= 5;
        let (to_width, to_height) = if lying { (height, width) } else { (width, height) };
        let n = self.layout.n_bytes();
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for y in 0..to_height {
            for x in 0..to_width {
                let (from_x, from_y) = match orientation {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                let at = (from_y * width + from_x) * n;
                bytes.extend_from_slice(&self.bytes[at..at + n]);
            }
        }
        Pixels { width: to_width as u32, height: to_height as u32, layout: self.layout, bytes }
    }

    fn cut(self, (left, top, width, height): (u32, u32, u32, u32)) -> Pixels {
        if (self.width, self.height) == (width, height) {
            return self;
        }
        let n = self.layout.n_bytes();
        let row = self.width as usize * n;
        let part = left as usize * n..(left + width) as usize * n;
        let rows = self.bytes.chunks_exact(row).skip(top as usize).take(height as usize);
        let bytes = rows.flat_map(|row| &row[part.clone()]).copied().collect();
        Pixels { width, height, layout: self.layout, bytes }
    }

    /// Brought to sRGB by the profile that came with it; without one, or with one that makes no sense, its numbers are
    /// taken as sRGB's already.
    pub fn in_srgb(self, profile: Option<&[u8]>) -> Pixels {
        let by_profile = profile.and_then(|profile| self.by_profile(profile));
        match (by_profile, self.layout) {
            (Some(pixels), _) => pixels,
            (None, Layout::Rgb | Layout::Rgba) => self,
            (None, Layout::Cmyk) => {
                let light =
                    |ink: u8, black: u8| ((255 - u16::from(ink)) * (255 - u16::from(black)) / 255) as u8;
                let bytes = self
                    .bytes
                    .chunks_exact(4)
                    .flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])]);
                Pixels { layout: Layout::Rgb, bytes: bytes.collect(), ..self }
            }
        }
    }

    fn by_profile(&self, profile: &[u8]) -> Option<Pixels> {
        use moxcms::{ColorProfile, DataColorSpace, TransformOptions};
        let from = ColorProfile::new_from_slice(profile).ok()?;
        let (from_layout, to_layout, layout) = match (from.color_space, self.layout) {
            (DataColorSpace::Rgb, Layout::Rgb) => (moxcms::Layout::Rgb, moxcms::Layout::Rgb, Layout::Rgb),
            (DataColorSpace::Rgb, Layout::Rgba) => (moxcms::Layout::Rgba, moxcms::Layout::Rgba, Layout::Rgba),
            (DataColorSpace::Cmyk, Layout::Cmyk) => (moxcms::Layout::Rgba, moxcms::Layout::Rgb, Layout::Rgb),
            _ => return None,
        };
        let transform = from
            .create_transform_8bit(
                from_layout,
                &ColorProfile::new_srgb(),
                to_layout,
                TransformOptions::default(),
            )
            .ok()?;
        let mut bytes = vec![0; self.width as usize * self.height as usize * layout.n_bytes()];
        transform.transform(&self.bytes, &mut bytes).ok()?;
        Some(Pixels { width: self.width, height: self.height, layout, bytes })
    }

    /// Without the alpha channel where it says nothing.
    pub fn without_idle_alpha(self) -> Pixels {
        let opaque = self.layout == Layout::Rgba && self.bytes.chunks_exact(4).all(|pixel| pixel[3] == 255);
        if !opaque {
            return self;
        }
        let bytes = self.bytes.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        Pixels { layout: Layout::Rgb, bytes, ..self }
    }

    /// On black, as Ghost lays transparent pictures where the format has no transparency.
    pub fn on_black(&self) -> std::borrow::Cow<'_, [u8]> {
        if self.layout != Layout::Rgba {
            return std::borrow::Cow::Borrowed(&self.bytes);
        }
        let laid = |value: u8, alpha: u8| ((u16::from(value) * u16::from(alpha) + 127) / 255) as u8;
        let bytes = self.bytes.chunks_exact(4);
        bytes.flat_map(|p| [laid(p[0], p[3]), laid(p[1], p[3]), laid(p[2], p[3])]).collect::<Vec<u8>>().into()
    }

    /// With an alpha channel.
    pub fn with_alpha(&self) -> Vec<u8> {
        match self.layout {
            Layout::Rgb => self.bytes.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect(),
            Layout::Rgba | Layout::Cmyk => self.bytes.clone(),
        }
    }
}

fn unscaled(error: impl std::fmt::Display) -> Fault {
    Fault::Broken(format!("it cannot be scaled: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 3 by 2 pixels, numbered in reading order.
    fn numbered() -> Pixels {
        let bytes = (0..6).flat_map(|number| [number; 3]).collect();
        Pixels { width: 3, height: 2, layout: Layout::Rgb, bytes }
    }

    #[test]
    fn turned_upright() {
        let check = |orientation: u8, width: u32, numbers: [u8; 6]| {
            let turned = numbered().turned(orientation);
            let found: Vec<u8> = turned.bytes.iter().step_by(3).copied().collect();
            assert_eq!((turned.width, found), (width, numbers.to_vec()), "{orientation}");
        };
        check(1, 3, [0, 1, 2, 3, 4, 5]);
        check(2, 3, [2, 1, 0, 5, 4, 3]);
        check(3, 3, [5, 4, 3, 2, 1, 0]);
        check(4, 3, [3, 4, 5, 0, 1, 2]);
        check(5, 2, [0, 3, 1, 4, 2, 5]);
        check(6, 2, [3, 0, 4, 1, 5, 2]);
        check(7, 2, [5, 2, 4, 1, 3, 0]);
        check(8, 2, [2, 5, 1, 4, 0, 3]);
    }

    #[test]
    fn cut_to_a_part() {
        let cut = numbered().cut((1, 1, 2, 1));
        assert_eq!(cut.bytes, [4, 4, 4, 5, 5, 5]);
    }
}
