//! Models that answer well, falsely, slowly, hugely and brokenly, played by a local server; and what passes the gate of it.

mod exchange;
mod foreign;
mod seed;
mod server;
