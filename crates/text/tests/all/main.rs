//! What reading finds, on copy made up for it, and properties on random text.

mod properties;
mod reading;
