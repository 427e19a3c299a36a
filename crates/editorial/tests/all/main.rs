//! What the desk shows of a story: nothing of its gated part, and nothing that its text no longer says.

mod gated;
mod record;
mod stories;
