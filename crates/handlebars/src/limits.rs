//! How much one render may do. Counts, not clocks: the same template stops at the same spot on every machine.

/// Bounds of one render. Going beyond one of them is an error of kind [`crate::Kind::Limit`].
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Statements executed and loop turns taken.
    pub steps: u64,
    /// Blocks and partials inside each other. Each level takes machine stack, so raise it with care.
    pub depth: u32,
    /// Bytes of output.
    pub output_bytes: usize,
    /// Bytes of the arena.
    pub arena_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 5_000_000, depth: 150, output_bytes: 64 << 20, arena_bytes: 256 << 20 }
    }
}
