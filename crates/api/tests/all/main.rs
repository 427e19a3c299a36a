//! The door, tried in process: with the fixture publication's database and without a socket.

mod door;
mod publication;
mod recordings;
mod secrets;
