//! What a theme shows, against answers of the programs it must agree with.

mod dates;
mod get;
mod helpers;
mod money;
mod page;
