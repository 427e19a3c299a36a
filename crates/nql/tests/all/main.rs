//! The filter language against what Ghost's own libraries made of the same texts.

mod evaluation;
mod properties;
mod reading;
