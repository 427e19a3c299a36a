//! Tests of the template engine.

mod bounds;
mod case;
mod differential;
mod generate;
mod jsonl;
mod oracle;
mod properties;
