//! GIF: a palette a frame.

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

use crate::fault::Fault;
use crate::format::Format;
use crate::pixels::Pixels;

/// How thoroughly a palette is searched, 1 (best) to 30 (fastest).
const SPEED: i32 = 10;

/// A file being written.
pub struct Writer {
    loops: u16,
    encoder: Option<Encoder<Vec<u8>>>,
    n_frames: u32,
}

fn fault(error: EncodingError) -> Fault {
    Fault::Encoding { format: Format::Gif.name(), message: error.to_string() }
}

impl Writer {
    pub fn new(loops: u16) -> Self {
        Writer { loops, encoder: None, n_frames: 0 }
    }

    pub fn push(&mut self, pixels: &Pixels, delay_ms: u32) -> Result<(), Fault> {
        let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
        let (width, height) = (side(pixels.width), side(pixels.height));
        let encoder = match &mut self.encoder {
            Some(encoder) => encoder,
            None => self.encoder.insert(Encoder::new(Vec::new(), width, height, &[]).map_err(fault)?),
        };
        // A picture that does not move says nothing of being shown again.
        if self.n_frames == 1 || (self.n_frames == 0 && delay_ms > 0) {
            let repeat = if self.loops == 0 { Repeat::Infinite } else { Repeat::Finite(self.loops) };
            encoder.set_repeat(repeat).map_err(fault)?;
        }
        let mut frame = Frame::from_rgba_speed(width, height, &mut pixels.with_alpha(), SPEED);
        // Hundredths of a second.
        frame.delay = u16::try_from(delay_ms.div_ceil(10)).unwrap_or(u16::MAX);
        frame.dispose = DisposalMethod::Background;
        encoder.write_frame(&frame).map_err(fault)?;
        self.n_frames += 1;
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<u8>, Fault> {
        match self.encoder {
            Some(encoder) => encoder.into_inner().map_err(fault),
            None => {
                Err(Fault::Encoding { format: Format::Gif.name(), message: "there is no frame".to_owned() })
            }
        }
    }
}
