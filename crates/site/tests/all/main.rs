//! The public site, asked in process: what gated words reach, what hostile requests do, odd routes, private mode.

mod canary;
mod hostile;
mod odd_routes;
mod private;
mod publication;
