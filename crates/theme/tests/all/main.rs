//! What a theme shows, against answers of the programs it must agree with.

mod addresses;
mod dates;
mod get;
mod heads;
mod helpers;
mod messages;
mod money;
mod page;
mod themes;
