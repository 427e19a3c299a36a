//! Tests of the template engine.

mod case;
mod differential;
mod generate;
mod oracle;
