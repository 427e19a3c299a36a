//! The gate and the key points: on copy made up here, on random text, and on the shared articles where they are at hand.

mod datelines;
mod gate;
mod leaning;
mod points;
mod properties;
mod shared;
mod teaser;
mod times;
mod turned;
