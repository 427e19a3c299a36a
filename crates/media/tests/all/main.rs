//! Pictures made from others: measures, formats, credits, limits, and what is kept.

mod apart;
mod avif;
mod credits;
mod drawings;
mod hostile;
mod kept;
mod samples;
mod sizes;
