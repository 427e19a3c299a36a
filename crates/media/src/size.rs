//! Sizes that are asked for, and what they mean for a picture: never enlarged, cut to cover where both sides are given.

use std::fmt;

/// Largest side that can be asked for, in pixels.
const MOST: u32 = 16_383;

/// Width and height in pixels that are asked for; at least one is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    width: Option<u32>,
    height: Option<u32>,
}

/// What is done to a picture for a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Width and height of the whole picture, scaled.
    pub scaled: (u32, u32),
    /// Left, top, width and height of what is kept of it.
    pub kept: (u32, u32, u32, u32),
}

impl Size {
    /// A size of this width; the height follows the picture.
    pub fn width(width: u32) -> Self {
        Size { width: Some(width.clamp(1, MOST)), height: None }
    }

    /// A size of both or one of the sides; None when neither is given, or one is no number of pixels.
    pub fn new(width: Option<f64>, height: Option<f64>) -> Option<Self> {
        let pixels = |side: Option<f64>| match side {
            // Zero is as good as not given: that is how Ghost reads a theme's sizes.
            None | Some(0.0) => Some(None),
            Some(side) if (1.0..=f64::from(MOST)).contains(&side) && side.fract() == 0.0 => {
                Some(Some(side as u32))
            }
            Some(_) => None,
        };
        let size = Size { width: pixels(width)?, height: pixels(height)? };
        (size.width.is_some() || size.height.is_some()).then_some(size)
    }

    /// What is done to a picture of these measures (as it is seen, turned upright).
    ///
    /// Shape: both measures of both results are at least 1, and the kept part lies within the scaled picture.
    /// Source: the rounding is that of libvips, which Ghost uses.
    pub fn plan(self, (width, height): (u32, u32), enlarge: bool) -> Plan {
        let ratio = |side: u32, wanted: Option<u32>| wanted.map(|wanted| f64::from(side) / f64::from(wanted));
        let shrink = match (ratio(width, self.width), ratio(height, self.height)) {
            (Some(one), Some(other)) => one.min(other),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => 1.0,
        };
        let shrink = if enlarge { shrink } else { shrink.max(1.0) };
        let scale = |side: u32| ((f64::from(side) / shrink).round() as u32).max(1);
        let scaled = (scale(width), scale(height));
        let kept_width = self.width.map_or(scaled.0, |wanted| wanted.min(scaled.0));
        let kept_height = self.height.map_or(scaled.1, |wanted| wanted.min(scaled.1));
        let middle = |whole: u32, part: u32| (whole - part).div_ceil(2);
        let kept = (middle(scaled.0, kept_width), middle(scaled.1, kept_height), kept_width, kept_height);
        Plan { scaled, kept }
    }
}

/// As in addresses: `w600`, `h100`, `w256h256`.
impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(width) = self.width {
            write!(out, "w{width}")?;
        }
        self.height.map_or(Ok(()), |height| write!(out, "h{height}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measures that the real Ghost gave.
    #[test]
    fn measures_are_ghosts() {
        let both = |width, height| Size::new(Some(width), Some(height)).unwrap();
        let check = |size: Size, from, to| {
            let kept = size.plan(from, false).kept;
            assert_eq!((kept.2, kept.3), to, "{size} of {from:?}");
        };
        check(Size::width(600), (2400, 1350), (600, 338));
        check(Size::width(600), (1000, 1500), (600, 900));
        check(Size::width(600), (3000, 100), (600, 20));
        check(Size::width(600), (100, 3000), (100, 3000));
        check(both(256.0, 256.0), (1000, 1500), (256, 256));
        check(both(1200.0, 960.0), (1000, 1500), (1000, 960));
        check(both(256.0, 256.0), (300, 200), (256, 200));
        check(both(256.0, 256.0), (3000, 100), (256, 100));
        check(both(1200.0, 960.0), (300, 200), (300, 200));
    }

    #[test]
    fn sizes_of_themes() {
        assert_eq!(Size::new(Some(300.0), None).unwrap().to_string(), "w300");
        assert_eq!(Size::new(Some(0.0), Some(20.0)).unwrap().to_string(), "h20");
        assert_eq!(Size::new(None, None), None);
        assert_eq!(Size::new(Some(-3.0), Some(20.0)), None);
        assert_eq!(Size::new(Some(1e9), None), None);
        assert_eq!(Size::new(Some(10.5), None), None);
    }
}
