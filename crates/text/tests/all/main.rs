//! What reading finds, on copy made up for it, and properties on random text.

mod descriptions;
mod properties;
mod reading;
