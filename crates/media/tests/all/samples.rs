//! Pictures for the tests, drawn by rule: soft colours with some grain, so that they pack as photographs do.

use media::{Format, Limits, Order, Size};

/// Colours of a picture of these measures, three bytes a pixel.
pub fn colours(width: u32, height: u32) -> Vec<u8> {
    let mut grain = 1u32;
    let mut bytes = Vec::new();
    for y in 0..height {
        for x in 0..width {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let soft = |at: u32, of: u32| (at * 200 / of.max(1)) as u8;
            let noise = (grain >> 27) as u8;
            bytes.extend([soft(x, width) + noise, soft(y, height) + noise, 90 + noise]);
        }
    }
    bytes
}

/// A PNG.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&colours(width, height)).unwrap();
    writer.finish().unwrap();
    out
}

/// A JPEG of high quality.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut compress = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    compress.set_size(width as usize, height as usize);
    compress.set_fastest_defaults();
    compress.set_quality(97.0);
    let mut started = compress.start_compress(Vec::new()).unwrap();
    started.write_scanlines(&colours(width, height)).unwrap();
    started.finish().unwrap()
}

/// An animation of so many frames, a tenth of a second each, shown three times.
pub fn gif(width: u16, height: u16, n_frames: u32) -> Vec<u8> {
    let palette: Vec<u8> = (0..=255u8).flat_map(|value| [value, 255 - value, value / 2]).collect();
    let mut encoder = gif::Encoder::new(Vec::new(), width, height, &palette).unwrap();
    encoder.set_repeat(gif::Repeat::Finite(3)).unwrap();
    for number in 0..n_frames {
        let pixel = |at: usize| (at as u32 * 7 + number * 40) as u8;
        let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height)).map(pixel).collect();
        let mut frame = gif::Frame::from_indexed_pixels(width, height, pixels, None);
        frame.delay = 10;
        encoder.write_frame(&frame).unwrap();
    }
    encoder.into_inner().unwrap()
}

/// An order of a width, in a format or the original's own.
pub fn order(width: u32, format: Option<Format>) -> Order {
    Order { size: Size::width(width), format, enlarge: false, drawing: false }
}

/// Limits that tests can reach.
pub fn small_limits() -> Limits {
    Limits { pixels: 1_000_000, frames: 20, decoded_bytes: 16_000_000, ..Limits::default() }
}
