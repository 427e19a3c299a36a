//! Command line and assembly.

fn main() {}
