//! What commands say. The standard library's `println!` and `eprintln!` panic when the reader has gone away
//! (`courant desk points | head -1`), perhaps between two steps that belong together.

/// A line on standard output; whether anybody reads it is not our concern.
macro_rules! say {
    ($($said:tt)*) => {{
        use std::io::Write;
        drop(writeln!(std::io::stdout(), $($said)*));
    }};
}

/// A line on standard error, likewise.
macro_rules! complain {
    ($($said:tt)*) => {{
        use std::io::Write;
        drop(writeln!(std::io::stderr(), $($said)*));
    }};
}

pub(crate) use {complain, say};
