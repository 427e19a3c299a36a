//! What a theme shows, against answers of the programs it must agree with.

mod dates;
mod money;
