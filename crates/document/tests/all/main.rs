//! Tests of the crate from outside: the recorded cards of Ghost, our own goldens, and what must hold for any input.

mod bounds;
mod cards;
mod goldens;
mod same_html;
