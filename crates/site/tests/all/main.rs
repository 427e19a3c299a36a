//! The public site, asked in process: what gated words reach, what the desk adds, what hostile requests do, odd routes and
//! themes, private mode, links that lead on.

mod canary;
mod desk;
mod hostile;
mod keeping;
mod odd_routes;
mod odd_themes;
mod onward;
mod private;
mod publication;
mod template_values;
