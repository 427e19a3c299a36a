//! How much of a picture is taken on, so that no file can take the server down.

/// Bounds of one picture's making. The defaults take what newsrooms really have: photographs of 200 megapixels as JPEG
/// (which are decoded at an eighth, a quarter or a half of their size), animations of a few hundred frames.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the original.
    pub bytes: u64,
    /// Pixels that a file may claim to have; of an animation, those of all frames. Ghost's bound.
    pub pixels: u64,
    /// Frames of an animation.
    pub frames: u64,
    /// Passes over its pixels that a JPEG may ask for.
    pub scans: u64,
    /// Bytes that the decoded picture may take in memory.
    pub decoded_bytes: u64,
    /// Bytes of decoded picture from which on it is made alone, no other such picture at the same time.
    pub large_bytes: u64,
    /// Bytes of a drawing's text, unpacked.
    pub drawing_bytes: u64,
    /// Elements and letters of a drawing, counting what it uses more than once as often as it is used.
    pub drawing_elements: u64,
    /// How deeply elements of a drawing may be nested, counting likewise.
    pub drawing_depth: u64,
    /// Pixels that painting a drawing touches, all its parts together; layers and filters count as the canvas, times
    /// what they cost.
    pub drawing_painted: u64,
    /// Pixels of a drawing's canvas.
    pub drawing_pixels: u64,
    /// Files kept in bytes, all together; beyond it the oldest are removed.
    pub kept_bytes: u64,
    /// Pictures that may wait to be made; more are refused.
    pub waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Limits {
            bytes: 100 * MIB,
            pixels: 0x3fff * 0x3fff,
            frames: 1_000,
            scans: 64,
            decoded_bytes: 400 * MIB,
            large_bytes: 64 * MIB,
            drawing_bytes: 2 * MIB,
            drawing_elements: 20_000,
            drawing_depth: 128,
            drawing_painted: 1_000_000_000,
            drawing_pixels: 12_000_000,
            kept_bytes: 16 * 1024 * MIB,
            waiting: 512,
        }
    }
}
