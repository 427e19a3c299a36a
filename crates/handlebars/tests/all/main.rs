//! Tests of the template engine.

mod bounds;
mod case;
mod corpus;
mod differential;
mod generate;
mod generate_calls;
mod helpers;
mod json;
mod jsonl;
mod oracle;
mod properties;
