//! Project chores: test, goldens.

fn main() {}
